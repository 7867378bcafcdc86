"""The human check: a sheet of items for people to code, and what they wrote into it."""
