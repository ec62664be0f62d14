"""Activation and pooling."""
