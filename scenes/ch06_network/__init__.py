"""A whole network."""
