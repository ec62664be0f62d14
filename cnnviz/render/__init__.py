"""From a scene to a file: the catalogue, the renderer, and the writers."""
