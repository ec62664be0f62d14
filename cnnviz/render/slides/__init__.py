"""Scenes as a deck that a lecturer goes through: a slide for each beat, in a page, for PowerPoint, or on paper."""
