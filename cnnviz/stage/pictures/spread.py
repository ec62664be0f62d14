"""What was measured again and again: every repetition a dot, the mean a stroke, one line for each contender."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping

from manim import VGroup

from cnnviz.nn.experiments import Point
from cnnviz.stage import layout
from cnnviz.stage.language import Template
from cnnviz.stage.layout import Box, units
from cnnviz.stage.mobjects.shapes import Strokes
from cnnviz.stage.mobjects.tiles import Tiles
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.text import Label, Piece, Words, text_width

_AWAY, _AIR = 0.16, 0.07
_DOT, _LARGEST = 0.065, 0.1  # half the side of a dot, as it is and at most
_SIZES = (layout.LABEL, layout.LABEL - 3, layout.NOTE)  # of names and numbers, the first that leaves dots their room
_WORDS, _LINE = 0.42, 1.7  # what words take of the width at most; the least distance of two lines, in type sizes
_WIDEST = "88.8 ± 88.8 %"  # room for any of these, so that axes stand in line
_ROUNDED = 0.05  # the ends of an axis of shares
_STEPS, _MARKS = (0.05, 0.1, 0.2, 0.25, 0.5), 3  # between two marks of it, and how many of these steps at most
_BELOW = units(2.0 * layout.NOTE)


class Spread(Slot):
    """Contenders one below the other on one axis; their numbers come with ``show``.

    ::

        nothing     · ·|· ·       86.4 ± 2.4 %
        dropout       ··|· ·      86.5 ± 2.0 %
                 80 %       100 %

    Parameters
    ----------
    points : mapping of str to Point
        What was measured, by the contender's name as it is written.
    width, height : float
        Room in units, without the title.
    said : callable
        How mean and spread are written.
    over : iterable of float, optional
        Values that the axis has to hold, so that several pictures share one; those of the points if left out.
    role : str
        Color of the dots.

    Attributes
    ----------
    plane : Box
        The part with the dots; its left and right edges are ``low`` and ``high``.
    """

    def __init__(
        self,
        points: Mapping[str, Point],
        width: float,
        height: float,
        title: Template = "",
        *,
        detail: str = "",
        said: Callable[[Point], str],
        over: Iterable[float] = (),
        role: str = "output",
    ) -> None:
        super().__init__(width, height, title, detail=detail)
        self.measured, self.said, self.dots = dict(points), said, role
        values = [*over] or [value for point in points.values() for value in point.values]
        self.low = math.floor(min(values) / _ROUNDED + 1e-9) * _ROUNDED
        self.high = max(math.ceil(max(values) / _ROUNDED - 1e-9) * _ROUNDED, self.low + _ROUNDED)

    def draw(self, cell: float) -> None:
        """Draw names and axis, and no numbers yet."""
        super().draw(cell)
        box, pitch = self.box, (self.box.height - _BELOW) / len(self.measured)
        texts = [_WIDEST, *(self.said(point) for point in self.measured.values())]
        for size in _SIZES:
            named, written = (max(text_width(text, size) for text in each) for each in (self.measured, texts))
            if named + written <= _WORDS * box.width and pitch >= _LINE * units(size):
                break
        self.type_size, self.dot = size, min(_LARGEST, max(_DOT, 0.1 * pitch))
        left, right = box.left + named + _AWAY, box.right - written - 1.6 * _AWAY
        self.plane = Box(left, box.bottom + _BELOW, right, box.top)
        step = next(step for step in _STEPS if (self.high - self.low) / step <= _MARKS + 1e-9)
        ends = [round(i * step, 9) for i in range(math.ceil(self.low / step - 1e-9), int(self.high / step + 1e-9) + 1)]
        ends = [end for end in ends if end <= self.high + 1e-9]
        rules = [[(self.x(at), self.plane.bottom), (self.x(at), self.plane.top)] for at in ends]
        marks = [Piece(_percent(at), (self.x(at), box.bottom + 0.4 * _BELOW)) for at in ends]
        names = [Piece(name, (box.left, self.y(name)), "left") for name in self.measured]
        self.lines: dict[str, VGroup] = {}
        self.put(
            Strokes(rules, self.theme.line, 1.2),
            Strokes([[(left, self.plane.bottom), (right, self.plane.bottom)]], self.theme.muted, 1.6),
            Words(marks, layout.SMALLEST, self.theme.muted),
            Words(names, size, self.theme.text),
        )

    def x(self, value: float) -> float:
        """Return where a value is."""
        return self.plane.left + self.plane.width * (value - self.low) / (self.high - self.low)

    def y(self, name: str) -> float:
        """Return the middle of a contender's line."""
        return self.plane.top - (list(self.measured).index(name) + 0.5) * self._pitch

    def line(self, name: str, *, lit: bool = False) -> VGroup:
        """Make the dots, the mean and the numbers of a contender."""
        point, y, high = self.measured[name], self.y(name), min(0.3, self._pitch * 0.35)
        dots = Tiles(
            [_around(self.x(value), y, self.dot) for value in point.values],
            fill=self.theme.role(self.dots),
            opacity=0.6,
        )
        color = self.theme.highlight if lit else self.theme.text
        x = self.x(point.mean)
        mean = Strokes([[(x, y - high), (x, y + high)]], color, 3.5)
        text = Label(self.said(point), self.type_size, color, at=(self.box.right, y), align="right")
        return VGroup(dots, mean, text)

    def show(self, name: str, *, lit: bool = False) -> VGroup:
        """Show a contender, at once; return what was drawn."""
        if name in self.lines:
            self.remove(self.lines[name])
            self.content.remove(self.lines[name])
        self.lines[name] = self.append(self.line(name, lit=lit))
        return self.lines[name]

    def row(self, name: str) -> Box:
        """Return the whole line of a contender."""
        y, half = self.y(name), self._pitch / 2
        return Box(self.box.left - _AIR, y - half, self.box.right + _AIR, y + half)

    @property
    def _pitch(self) -> float:
        return self.plane.height / len(self.measured)


def _around(x: float, y: float, half: float) -> Box:
    return Box(x - half, y - half, x + half, y + half)


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
