"""The graph of a function of one number, with a point that can be put on it."""

from __future__ import annotations

from collections.abc import Callable

from manim import VGroup

from cnnviz.stage import layout
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import Point, Rectangle, Strokes
from cnnviz.stage.text import Label
from cnnviz.stage.theme import Theme
from cnnviz.subjects.number import MINUS, cell_text

_POINT = 0.17  # side of the point that marks a value
_BELOW = 0.42  # from an axis to its numbers


class FunctionGraph(VGroup):
    """The graph of a function from ``-reach`` to ``reach``, one unit across as long as one unit up.

    ::

               |      /
               |    /
               |  /
        -------+-------
       -60     0     60

    Parameters
    ----------
    function : callable
        From float to float, not above ``reach``; piecewise straight between the ends and 0.
    reach : float
        The largest magnitude that is put in.
    box : Box
        Where it stands: the left and right edge are ``-reach`` and ``reach``, the upper one ``reach``.

    Examples
    --------
    >>> from cnnviz.stage.theme import theme
    >>> graph = FunctionGraph(abs, 10.0, Box(-2.0, -1.0, 2.0, 1.0), theme=theme("dark"))
    >>> graph.at(-5.0), graph.at(0.0)
    ((-1.0, 0.0), (0.0, -1.0))
    """

    def __init__(self, function: Callable[[float], float], reach: float, box: Box, *, theme: Theme) -> None:
        super().__init__()
        self.function, self.reach, self.box, self.theme = function, reach or 1.0, box, theme
        self._unit = box.width / 2 / self.reach
        middle, floor = box.center[0], box.bottom
        axes = [[(box.left, floor), (box.right, floor)], [(middle, floor), (middle, box.top)]]
        self.axes = Strokes(axes, theme.muted, 1.6)
        self.curve = Strokes([[self.at(x) for x in (-self.reach, 0.0, self.reach)]], theme.kernel, 5.0)
        largest = cell_text(reach)
        at = {MINUS + largest: box.left, "0": middle, largest: box.right}
        self.numbers = VGroup(
            *(Label(text, layout.NOTE, theme.muted, at=(x, floor - _BELOW / 2 - 0.05)) for text, x in at.items()),
            Label(largest, layout.NOTE, theme.muted, at=(middle - 0.12, box.top), align="right"),
        )
        self.add(self.axes, self.numbers)

    def at(self, x: float) -> Point:
        """Return where the graph is at ``x``."""
        return self.box.center[0] + x * self._unit, self.box.bottom + self.function(x) * self._unit

    def point(self, x: float) -> VGroup:
        """Return a point on the graph, with lines to it from ``x`` below and from its value at the side."""
        across, up = self.at(x)
        middle, floor = self.box.center[0], self.box.bottom
        lines = [line for line in ([(across, floor), (across, up)], [(middle, up), (across, up)]) if line[0] != line[1]]
        half = _POINT / 2
        mark = Rectangle(Box(across - half, up - half, across + half, up + half), fill=self.theme.highlight)
        return VGroup(Strokes(lines, self.theme.highlight, 1.8), mark)
