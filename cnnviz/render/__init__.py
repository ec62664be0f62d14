"""From a scene to a file: the catalogue, the renderer, and the writers."""

from cnnviz.render.runner import Render, render

__all__ = ["Render", "render"]
