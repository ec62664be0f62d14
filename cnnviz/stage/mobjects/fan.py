"""The connections of a dense neuron: a line from every input."""

from __future__ import annotations

from collections.abc import Sequence

from cnnviz.stage.color import Color
from cnnviz.stage.mobjects.shapes import Point, Strokes


class Fan(Strokes):
    """A line from each of ``starts`` to each of ``ends``, as one mobject: for one end, a fan with its handle there."""

    def __init__(
        self, starts: Sequence[Point], ends: Sequence[Point], color: Color, *, width: float = 1.2, opacity: float = 0.6
    ) -> None:
        super().__init__([[start, end] for end in ends for start in starts], color, width, opacity)
