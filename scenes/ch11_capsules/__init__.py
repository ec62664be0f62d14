"""Capsules."""
