"""Lines over a common axis that are drawn as their numbers come in: loss and accuracy, epoch by epoch."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from manim import Animation, Mobject, VGroup, VMobject, linear

from cnnviz.stage.layout import NOTE, SMALLEST, Box, units
from cnnviz.stage.mobjects.shapes import Point, Strokes, polyline
from cnnviz.stage.text import Align, Label, Line, Piece, Words, text_width
from cnnviz.stage.theme import Theme
from cnnviz.subjects.number import cell_text

_DOT = 0.06
_AIR = 0.7  # where an axis of powers begins, as a share of the smallest number
_ON, _OFF = 0.13, 0.08  # lengths of dashes and gaps, in units
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0, 20.0, 50.0, 100.0)


class Curves(VGroup):
    r"""Several lines in one pair of axes, each with its numbers at 0, 1, 2, ...; from the second on they are dashed.

    ::

        loss   training   validation
        2 |\
        1 | \__
        0 +-----------
          0   5   10  epoch

    Parameters
    ----------
    lines : mapping of str to sequence of float
        Numbers by the name of the line; all lines have equally many.
    box : Box
        The room for axes, labels and title.
    roles : sequence of str
        Color role of each line.
    title : str
        What the numbers are.
    along : str
        What is counted along the axis.
    first : int
        Where the count begins.
    each : float
        How many of these lie between two numbers.
    high : float, optional
        The upper end of the vertical axis; the largest number if omitted.
    powers : bool
        Give each power of ten the same height, so that small numbers stay apart; all must be positive.
    legend : bool
        Whether the title says which line is which.
    widest : str
        A text beside the axis to keep room for, so that several axes stand in line.
    write : callable
        How a number is written beside the axis.
    named : callable, optional
        What is written below a place along the axis, in place of its count; nothing if that is empty.

    Attributes
    ----------
    plane : Box
        The part between the axes.
    shown : float
        How far the lines are drawn; 0 at first.

    Examples
    --------
    >>> from cnnviz.stage.theme import theme
    >>> curves = Curves({"loss": [2.0, 1.0, 0.5]}, Box(-2, -1, 2, 1), theme=theme("dark"), roles=["output"])
    >>> curves.show(1.5)
    >>> curves.value("loss", 1.5)
    0.75
    """

    def __init__(
        self,
        lines: Mapping[str, Sequence[float]],
        box: Box,
        *,
        theme: Theme,
        roles: Sequence[str],
        title: str = "",
        along: str = "",
        first: int = 0,
        each: float = 1,
        high: float | None = None,
        powers: bool = False,
        legend: bool = True,
        widest: str = "",
        write: Callable[[float], str] = cell_text,
        size: float = SMALLEST,
        named: Callable[[int], str] | None = None,
    ) -> None:
        super().__init__()
        self.numbers = {name: tuple(map(float, values)) for name, values in lines.items()}
        counts = {len(values) for values in self.numbers.values()}
        if len(counts) != 1 or counts == {0} or len(roles) != len(lines):
            raise ValueError(f"Curves: expected equally many numbers and a role for each line, got {sorted(counts)}")
        self.theme, self.roles, self.powers, self.legend = theme, tuple(roles), powers, legend
        self.last = counts.pop() - 1
        top = max(map(max, self.numbers.values())) if high is None else high
        columns = ticks(max(self.last, 1) * each, 6, whole=True)
        if powers:
            self.low, self.top = _AIR * min(map(min, self.numbers.values())), top
            if self.low <= 0:
                raise ValueError(f"Curves: expected positive numbers on an axis of powers, got {self.low / _AIR:g}")
            rows = _powers(self.low, top)
        else:
            rows = ticks(top or 1.0, 4)
            self.low, self.top = 0.0, max(top, rows[-1]) or 1.0
        em = units(size)
        texts = [write(value) for value in rows]
        left = box.left + max(text_width(text, size) for text in [*texts, widest]) + 0.6 * em
        above = units(NOTE) * 1.7 if title else em
        self.plane = plane = Box(left, box.bottom + 1.9 * em, box.right - 0.6 * em, box.top - above)
        self.add(
            Strokes([[(left, self._y(v)), (plane.right, self._y(v))] for v in rows if v > self.low], theme.line, 1.0)
        )
        self.add(Strokes([[(left, plane.top), (left, plane.bottom), (plane.right, plane.bottom)]], theme.muted, 1.6))
        marks = [Piece(t, (left - 0.5 * em, self._y(v)), "right") for t, v in zip(texts, rows, strict=True)]
        below = plane.bottom - 0.95 * em
        room = plane.right - text_width(along, size) - em
        counted = ((first + round(x), self._x(x / each)) for x in columns)
        if named:
            texts, room = [named(place) for place in range(self.last + 1)], plane.right + 0.6 * em
            places = ((text, min(self._x(at), room - text_width(text, size) / 2)) for at, text in enumerate(texts))
            marks += [Piece(text, (x, below)) for text, x in places if text]
        else:
            marks += [Piece(str(count), (x, below)) for count, x in counted if not along or x < room]
        self.add(Words(marks, size, theme.muted))
        if along:
            self.add(Label(along, size, theme.muted, at=(plane.right, below), align="right"))
        if title:
            self.add(self._title(title, (left, box.top - units(NOTE) * 0.6), "left"))
        self.drawn = [VMobject(stroke_color=theme.role(role), stroke_width=3.2, fill_opacity=0.0) for role in roles]
        self.heads = [VMobject(fill_color=theme.role(role), fill_opacity=1.0, stroke_width=0.0) for role in roles]
        self.add(*self.drawn, *self.heads)
        self.show(0.0)

    def value(self, name: str, at: float) -> float:
        """Return a line's number at a place; between two of them, on the straight line."""
        values, before = self.numbers[name], min(int(at), self.last)
        after = min(before + 1, self.last)
        return values[before] + (values[after] - values[before]) * (at - before)

    def point(self, name: str, at: float) -> Point:
        """Return where a line is at a place."""
        return self._x(at), self._y(self.value(name, at))

    def show(self, upto: float) -> None:
        """Draw the lines as far as ``upto``, with a dot at the end of each."""
        self.shown = min(max(upto, 0.0), float(self.last))
        places = [*range(math.ceil(self.shown)), self.shown]
        for number, name in enumerate(self.numbers):
            path = [self.point(name, place) for place in places]
            pieces = [path] if number == 0 else _dashes(path)
            self.drawn[number].points = Strokes([p for p in pieces if len(p) > 1], "#000000", 1.0).points
            x, y = path[-1]
            corners = [(x + _DOT * math.cos(i * math.pi / 6), y + _DOT * math.sin(i * math.pi / 6)) for i in range(13)]
            self.heads[number].points = polyline(corners)

    def draw(self, upto: float, **options: Any) -> Animation:
        """Return the animation that draws the lines on to a place."""
        return _Draw(self, upto, **options)

    def _x(self, at: float) -> float:
        return self.plane.left + self.plane.width * at / max(self.last, 1)

    def _y(self, value: float) -> float:
        if self.powers:
            share = math.log(max(value, self.low) / self.low) / math.log(self.top / self.low)
        else:
            share = value / self.top
        return self.plane.bottom + self.plane.height * min(max(share, 0.0), 1.0)

    def _title(self, title: str, at: Point, align: Align) -> Line:
        runs = [(title, self.theme.text)]
        named = zip(self.numbers, self.roles, strict=True) if self.legend else ()
        for number, (name, role) in enumerate(named):
            runs += [("     " + ("–––  ", "– –  ")[number > 0] + name, self.theme.role(role))]
        return Line(runs, NOTE, at=at, align=align)


class _Draw(Animation):
    """Draw the lines on without copying them."""

    def __init__(self, curves: Curves, upto: float, **options: Any) -> None:
        self.start, self.end = curves.shown, upto
        super().__init__(curves, rate_func=linear, **options)

    def create_starting_mobject(self) -> Mobject:
        return self.mobject

    def interpolate_mobject(self, alpha: float) -> None:
        self.mobject.show(self.start + (self.end - self.start) * self.rate_func(alpha))


def ticks(high: float, most: int, *, whole: bool = False) -> list[float]:
    """Return round numbers from 0 to ``high``, at most ``most`` steps apart from each other.

    Examples
    --------
    >>> ticks(2.3, 4), ticks(40, 4, whole=True)
    ([0.0, 1.0, 2.0], [0.0, 10.0, 20.0, 30.0, 40.0])
    """
    unit = 10.0 ** math.floor(math.log10(high / most))
    steps = (unit * step for step in _STEPS)
    fitting = (step for step in steps if not whole or step.is_integer())
    step = next(step for step in fitting if high / step <= most + 1e-9)
    return [round(i * step, 12) for i in range(int(high / step + 1e-9) + 1)]


def _powers(low: float, high: float) -> list[float]:
    """Return the powers of ten between the smallest number and the largest one.

    >>> _powers(0.03, 2.7)
    [0.1, 1.0]
    """
    return [10.0**power for power in range(math.ceil(math.log10(low)), math.floor(math.log10(high)) + 1)]


def _dashes(path: Sequence[Point]) -> list[list[Point]]:
    """Cut a path into dashes of equal length, with the corners that fall inside them."""
    pieces: list[list[Point]] = []
    gone, on = 0.0, True
    current = [path[0]]
    for (x0, y0), (x1, y1) in pairwise(path):
        length, at = math.dist((x0, y0), (x1, y1)), 0.0
        while length - at > (left := (_ON if on else _OFF) - gone):
            at += left
            place = (x0 + (x1 - x0) * at / length, y0 + (y1 - y0) * at / length)
            if on:
                pieces.append([*current, place])
            current, on, gone = [place], not on, 0.0
        gone += length - at
        if on:
            current.append((x1, y1))
    return [*pieces, current] if on else pieces
