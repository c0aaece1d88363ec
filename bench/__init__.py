"""Measured comparisons: what a campaign costs here, beside other ways to run it."""
