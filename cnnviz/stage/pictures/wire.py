"""A wire: a straight line that leads from one drawn thing to another."""

from __future__ import annotations

from typing import Any

from cnnviz.stage.color import Color
from cnnviz.stage.mobjects.shapes import Strokes


class Wire(Strokes):
    """A line from the right side of one thing to the left side of another; of things above each other, up or down.

    Parameters
    ----------
    ends : (thing, thing)
        Each has a ``box``: a grid, an outline.
    color : str
    width : float
        In Manim's stroke units.
    """

    def __init__(self, ends: tuple[Any, Any], color: Color, width: float = 2.4) -> None:
        self.ends = ends
        a, b = (end.box for end in ends)
        if a.right <= b.left:
            line = (a.right, a.center[1]), (b.left, b.center[1])
        elif a.top <= b.bottom:
            line = (a.center[0], a.top), (b.center[0], b.bottom)
        else:
            line = (a.center[0], a.bottom), (b.center[0], b.top)
        super().__init__([line], color, width)
