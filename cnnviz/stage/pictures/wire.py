"""What leads from one drawn thing to another: a wire, or a way with corners and the head of an arrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import VGroup

from cnnviz.stage.color import Color
from cnnviz.stage.mobjects.shapes import Point, Strokes
from cnnviz.stage.pictures.arrows import Arrow

_AIR, _BELOW = 0.12, 0.5  # units: between a thing and what leads to it; of a way below or beside things
_OFF = 0.2  # of a grid's height: from its middle to ways in and out


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


class Way(VGroup):
    """A line along corners that ends in the head of an arrow."""

    def __init__(self, corners: Sequence[Point], color: Color) -> None:
        super().__init__(Arrow(corners[-2], corners[-1], color))
        if len(corners) > 2:
            self.add(Strokes([corners[:-1]], color, 6.0))


def bypass(x: Any, inside: Any, y: Any) -> tuple[Way, Way, Way]:
    """Lead from a grid to what is made of it, on to the sum of both, and past it; side by side or in a column."""
    a, b, c, look = x.box, inside.box, y.box, x.theme
    if a.right > b.left:
        left, right = a.left - _BELOW, a.right + _BELOW
        ends = [(up.center[1] - _OFF * up.height, low.center[1] + _OFF * low.height) for up, low in ((a, b), (b, c))]
        downs = [
            Way([(a.left - _AIR, high), (left, high), (left, low), (a.left - _AIR, low)], look.muted)
            for high, low in ends
        ]
        corners = [
            (a.right + _AIR, a.center[1]),
            (right, a.center[1]),
            (right, c.center[1]),
            (c.right + _AIR, c.center[1]),
        ]
        return downs[0], downs[1], Way(corners, look.input)
    straight = Way([(a.right + _AIR, a.center[1]), (b.left - _AIR, b.center[1])], look.muted)
    into, low = Way([(b.right + _AIR, b.center[1]), (c.left - _AIR, c.center[1])], look.muted), a.bottom - _BELOW
    corners = [(a.center[0], a.bottom - _AIR), (a.center[0], low), (c.center[0], low), (c.center[0], c.bottom - _AIR)]
    return straight, into, Way(corners, look.input)
