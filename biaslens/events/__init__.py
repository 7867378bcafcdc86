"""Which articles report the same event, and which share copy."""
