"""Clips made before: what each depends on, and where it is kept."""
