"""A function around a point: its curve, the line through two of its points, and the slope that a formula claims."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup

from cnnviz.stage.color import Color
from cnnviz.stage.language import Template
from cnnviz.stage.layout import NOTE, Box, units
from cnnviz.stage.mobjects.shapes import Point, Rectangle, Strokes
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.text import Piece, Words

_BELOW = units(NOTE) * 1.7
_HALF, _AIR, _RIM = 0.07, 0.08, 0.12  # of the side of a point; above and below, in heights; around a frame


class Secant(Slot):
    r"""A curve from left to right, seen as near as one likes.

    ::

                 _/ .
             _./
        __.-/
        ─────┼────┼────┼──
            −h    w   +h
    """

    def __init__(self, width: float, height: float, title: Template = "") -> None:
        super().__init__(width, height, title)

    def look(
        self,
        offsets: Sequence[float],
        values: Sequence[float],
        slope: float | None,
        *,
        nudged: bool = True,
        at: float = 0.0,
        frame: float = 0.0,
    ) -> None:
        """Draw the curve, the tangent of a slope, and with ``nudged`` the line through the points at -1 and 1.

        Parameters
        ----------
        offsets, values : sequence of float
            The points of the curve, in nudges from the middle one, which stands at 0; two of them at -1 and 1.
        slope : float, optional
            That of the tangent, for one nudge; there is no tangent without one.
        at : float
            Where the middle point has gone to, in nudges.
        frame : float
            What will be seen next, as a share of what is seen: a frame is drawn around it.
        """
        self.offsets, theme = offsets, self.theme
        least, most = min(values), max(values)
        room = (most - least or 1.0) * (1 + 2 * _AIR)
        self.low, self.room = (least + most - room) / 2, room
        self.plane = Box(self.box.left, self.box.bottom + _BELOW, self.box.right, self.box.top)
        middle = self.value_at(at, values)
        parts = VGroup(
            Strokes([[(self.plane.left, self.plane.bottom), (self.plane.right, self.plane.bottom)]], theme.muted, 1.6)
        )
        if slope is not None:
            tangent = [(place, middle + slope * place) for place in self._inside(middle, slope)]
            parts.add(self.line(tangent, theme.gradient, 3.0))
        parts.add(self.line(list(zip(offsets, values, strict=True)), theme.text, 3.0))
        marks = [(at, middle)]
        if nudged:
            ends = [(place, self.value_at(place, values)) for place in (-1.0, 1.0)]
            parts.add(self.line(ends, theme.highlight, 4.0))
            marks += ends
        if frame:
            ends = [(frame * side, self.value_at(frame * side, values)) for side in (offsets[0], offsets[-1])]
            (left, low), (right, high) = self.point(*ends[0]), self.point(*ends[1])
            low, high = min(low, high) - _RIM, max(low, high) + _RIM
            parts.add(Rectangle(Box(left, low, right, high), outline=theme.highlight, width=2.0))
        for number, (place, value) in enumerate(marks):
            x, y = self.point(place, value)
            fill = theme.highlight if number else theme.gradient
            parts.add(Rectangle(Box(x - _HALF, y - _HALF, x + _HALF, y + _HALF), fill=fill))
        names = zip((-1.0, 0.0, 1.0) if nudged else (0.0,), ("w − h", "w", "w + h") if nudged else ("w",), strict=True)
        below = self.box.bottom + units(NOTE) * 0.6
        parts.add(
            Words([Piece(name, (self.point(place, least)[0], below)) for place, name in names], NOTE, theme.muted)
        )
        self.put(parts)

    def value_at(self, at: float, values: Sequence[float]) -> float:
        """Return the value of the point nearest to a place."""
        return min(zip(self.offsets, values, strict=True), key=lambda pair: abs(pair[0] - at))[1]

    def point(self, at: float, value: float) -> Point:
        """Return where a value stands."""
        first, last = self.offsets[0], self.offsets[-1]
        x = self.plane.left + self.plane.width * (at - first) / (last - first)
        return x, self.plane.bottom + self.plane.height * (value - self.low) / self.room

    def line(self, points: Sequence[tuple[float, float]], color: Color, width: float) -> Strokes:
        """Draw through points."""
        return Strokes([[self.point(at, value) for at, value in points]], color, width)

    def _inside(self, middle: float, slope: float) -> tuple[float, float]:
        """Return how far the tangent goes before it leaves the picture, to the left and to the right."""
        first, last = self.offsets[0], self.offsets[-1]
        if not slope:
            return first, last
        ends = sorted(((self.low - middle) / slope, (self.low + self.room - middle) / slope))
        return max(first, ends[0]), min(last, ends[1])
