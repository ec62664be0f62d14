"""Scenes as a static site: a page for each with a player, its transcript and its stills, and a list to find them by."""
