"""Borders and steps."""
