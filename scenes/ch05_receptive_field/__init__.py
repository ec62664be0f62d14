"""Receptive field."""
