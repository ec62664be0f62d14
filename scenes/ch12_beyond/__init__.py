"""Beyond images."""
