"""What was measured again and again: every repetition a dot, the mean a stroke, one line for each contender.

Equal values stand one above the other, so that no dot covers another one that was the same.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from manim import VGroup

from cnnviz.nn.experiments import Point
from cnnviz.stage import layout
from cnnviz.stage.language import Template
from cnnviz.stage.layout import Box, units
from cnnviz.stage.mobjects.shapes import Strokes
from cnnviz.stage.mobjects.tiles import Disks, Tiles
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.text import Label, Piece, Words, text_width

_AWAY, _AIR = 0.16, 0.07
# Of names and numbers, the first that leaves dots their room.
_SIZES = (layout.LABEL, layout.LABEL - 2, layout.NOTE + 2, layout.NOTE, layout.SMALLEST)
_TEXTS, _LEADING = 0.55, 1.2  # of the width, for names and numbers at most; the least distance of two lines
_RAIL, _THICK = 0.36, 0.34  # half the thickness of a line: in pitches, and in units at most
_DOT, _DOTS = 0.17, (0.065, 0.14)  # the radius of a dot: in pitches, and in units
_WIDEST = "88.8 ± 88.8 %"
_ROUNDED = 0.05  # the ends of an axis of shares
_STEPS, _MARKS = (0.05, 0.1, 0.2, 0.25, 0.5), 3  # between two marks of it, and how many of these steps at most
_BELOW = units(2.0 * layout.NOTE)
UNKNOWN = "?"
_TALL = 1.2  # units from one contender to the next, at most


class Spread(Slot):
    """Contenders one below the other on one axis; their numbers come with ``show``, until then it asks for them.

    ::

        nothing     · ·|· ·       86.4 ± 2.4 %
        dropout       ··|· ·      86.5 ± 2.0 %
        all three                            ?
                 80 %       100 %

    Parameters
    ----------
    points : mapping of str to Point
        What was measured, by the contender's name as it is written.
    width, height : float
        Room in units, without the title.
    said : callable
        How mean and spread are written.
    widest : str
        A text that has room at the right, so that axes stand in line.
    over : iterable of float, optional
        Values that the axis has to hold, so that several pictures share one; those of the points if left out.
    role : str or mapping of str to str
        Color of the dots, of all or of each contender.
    above : float
        Units kept free above each line, for a picture of the contender: see ``room``.

    Attributes
    ----------
    plane : Box
        The part with the dots; its left and right edges are ``low`` and ``high``.
    half : float
        Half the thickness of a line.
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
        widest: str = _WIDEST,
        over: Iterable[float] = (),
        role: str | Mapping[str, str] = "output",
        above: float = 0.0,
    ) -> None:
        super().__init__(width, min(height, (_TALL + above) * len(points) + _BELOW), title, detail=detail)
        self.above, self.ahead, self.slots = above, 0.0, len(points)  # before the names; lines that have room
        self.written: Mapping[str, str] = {name: name for name in points}  # at the left of a line
        self.over = False  # whether names stand above their lines
        self.measured, self.said, self.widest = dict(points), said, widest
        self.dots = dict.fromkeys(points, role) if isinstance(role, str) else dict(role)
        values = [*over] or [value for point in points.values() for value in point.values]
        self.low = math.floor(min(values) / _ROUNDED + 1e-9) * _ROUNDED
        self.high = max(math.ceil(max(values) / _ROUNDED - 1e-9) * _ROUNDED, self.low + _ROUNDED)

    def draw(self, cell: float) -> None:
        """Draw names and axis, and no numbers yet."""
        super().draw(cell)
        box, texts = self.box, [self.widest, *(self.said(point) for point in self.measured.values())]
        self._pitch, before = self.pitch(self.slots), [""] if self.over else [*self.written.values()]
        for self.type_size in _SIZES:
            names, said = (max(text_width(text, self.type_size) for text in each) for each in (before, texts))
            names += self.ahead
            if names + said <= _TEXTS * box.width and self._pitch >= _LEADING * units(self.type_size):
                break
        self.plane = Box(box.left + names + _AWAY, box.bottom + _BELOW, box.right - said - 1.6 * _AWAY, box.top)
        step = next(step for step in _STEPS if (self.high - self.low) / step <= _MARKS + 1e-9)
        ends = [round(i * step, 9) for i in range(math.ceil(self.low / step - 1e-9), int(self.high / step + 1e-9) + 1)]
        ends = [end for end in ends if end <= self.high + 1e-9]
        rules = [[(self.x(at), self.plane.bottom), (self.x(at), self.plane.top)] for at in ends]
        marks = [Piece(_percent(at), (self.x(at), box.bottom + 0.4 * _BELOW)) for at in ends]
        named = [Piece(text, self.name_at(name), "left") for name, text in self.written.items()]
        self.half = half = min(_RAIL * (self._pitch - self.above), _THICK)
        left, right = self.plane.left, self.plane.right
        rails = [Box(left, self.y(name) - half, right, self.y(name) + half) for name in self.measured]
        self.lines: dict[str, VGroup] = {}
        self.asked = {
            name: Label(UNKNOWN, self.type_size, self.theme.muted, at=(box.right, self.y(name)), align="right")
            for name in self.measured
        }
        self.put(
            Tiles(rails, fill=self.theme.rail),
            Strokes(rules, self.theme.line, 1.2),
            Strokes([[(left, self.plane.bottom), (right, self.plane.bottom)]], self.theme.muted, 1.6),
            Words(marks, layout.SMALLEST + 1, self.theme.muted),
            Words(named, self.type_size, self.theme.text),
            *self.asked.values(),
        )

    def pitch(self, lines: int) -> float:
        """Return how far it is from line to line where so many have room."""
        return (self.box.height - _BELOW) / lines

    def x(self, value: float) -> float:
        """Return where a value is."""
        return self.plane.left + self.plane.width * (value - self.low) / (self.high - self.low)

    def y(self, name: str) -> float:
        """Return the middle of a contender's line."""
        return self.plane.top - (list(self.measured).index(name) + 0.5) * self._pitch - self.above / 2

    def name_at(self, name: str) -> tuple[float, float]:
        """Return where the name of a line begins."""
        return self.box.left + self.ahead, self.y(name)

    def room(self, name: str) -> Box:
        """Return what is kept free above a contender's line."""
        low = self.y(name) + self.half + _AIR
        return Box(self.plane.left, low, self.plane.right, low + self.above - _AIR)

    def line(self, name: str, *, lit: bool = False) -> VGroup:
        """Make what a contender gave: how far it spreads, its dots, its mean, and both numbers."""
        point, y, ink = self.measured[name], self.y(name), self.theme.role(self.dots[name])
        half, radius = self.half, min(max(_DOT * (self._pitch - self.above), _DOTS[0]), _DOTS[1])
        counts = Counter(round(self.x(value), 6) for value in point.values)
        radius = min(radius, half / max(counts.values()))
        places = [(at, y + (2 * i - n + 1) * half / n) for at, n in counts.items() for i in range(n)]
        low, high = (self.x(min(max(point.mean + way * point.spread, self.low), self.high)) for way in (-1, 1))
        band = Tiles([Box(low, y - half, high, y + half)], fill=ink, opacity=0.3)
        dots = Disks(places, radius, fill=ink, opacity=0.8)
        color, x = self.theme.highlight if lit else self.theme.text, self.x(point.mean)
        mean = Strokes([[(x, y - half), (x, y + half)]], color, 4.0)
        text = Label(self.said(point), self.type_size, color, at=(self.box.right, y), align="right")
        return VGroup(band, dots, mean, text)

    def show(self, name: str, *, lit: bool = False) -> VGroup:
        """Show a contender, at once; return what was drawn."""
        if name in self.lines:
            self.take(self.lines[name])
        self.take(self.asked[name])
        self.lines[name] = self.append(self.line(name, lit=lit))
        return self.lines[name]

    def row(self, name: str) -> Box:
        """Return the whole line of a contender."""
        y, half = self.y(name) + self.above / 2, self._pitch / 2
        return Box(self.box.left - _AIR, y - half, self.box.right + _AIR, y + half)


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
