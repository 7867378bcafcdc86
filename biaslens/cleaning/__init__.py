"""Cleaning: what is not the outlet's own words is set aside, with a reason, and harvested."""
