"""Numbers as dots on a line, equal ones one above the other; they can move to other numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import Animation, Mobject, smooth

from cnnviz.stage import layout
from cnnviz.stage.language import Template
from cnnviz.stage.layout import Box, units
from cnnviz.stage.mobjects.curves import ticks
from cnnviz.stage.mobjects.shapes import Rectangle, Strokes
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.text import Piece, Words
from cnnviz.subjects.number import cell_text

_LARGEST, _SHARE = 0.3, 0.053  # the side of a dot: in units at most, and of the width
_BELOW, _TICK = units(1.8 * layout.SMALLEST), 0.07
_PIN = 4.0  # thickness
_ALIKE = 0.6  # of a dot: nearer ones stand one above the other


class NumberLine(Slot):
    """Numbers on an axis from the smallest to the largest that will be shown.

    ::

              ■
              ■ ■
           ■  ■ ■   ■   ■
        ---+----+----+----+--
           0         5

    Parameters
    ----------
    values : sequence of float
    over : sequence of float
        All numbers that will be shown.
    width, height : float
        Room in units, without the title.
    role : str
        Color of the dots.
    """

    def __init__(
        self,
        values: Sequence[float],
        width: float,
        height: float,
        title: Template = "",
        *,
        over: Sequence[float] = (),
        role: str = "input",
    ) -> None:
        super().__init__(width, height, title)
        self.values, self.dots_role = [float(value) for value in values], role
        self.dot = min(_LARGEST, _SHARE * width)
        numbers = [0.0, *self.values, *map(float, over)]
        self.low, self.high = min(numbers), max(numbers)
        if self.low == self.high:
            self.high += 1.0

    def draw(self, cell: float) -> None:
        """Draw the axis and the dots."""
        super().draw(cell)
        box, y = self.box, self.box.bottom + _BELOW
        step = ticks(self.high - self.low, 6)[1]
        marks = [i * step for i in range(round(self.low / step), round(self.high / step) + 1)]
        marks = [mark for mark in marks if self.low - 1e-9 <= mark <= self.high + 1e-9]
        lines = [[(self.x(mark), y - _TICK), (self.x(mark), y)] for mark in marks]
        texts = [Piece(cell_text(mark), (self.x(mark), box.bottom + 0.3 * _BELOW)) for mark in marks]
        self.marks = [Rectangle(Box(0, 0, 1, 1), fill=self.theme.role(self.dots_role)) for _ in self.values]
        self.put(
            Strokes([[(box.left, y), (box.right, y)], *lines], self.theme.muted, 1.6),
            Words(texts, layout.SMALLEST, self.theme.muted),
            *self.marks,
        )
        self.show(self.values)

    def x(self, value: float) -> float:
        """Return where a number is."""
        inner = self.box.width - 2 * self.dot
        return self.box.left + self.dot + inner * (value - self.low) / (self.high - self.low)

    def pin(self, value: float, role: str) -> Strokes:
        """Make an upright stroke at a number, from the axis to the top."""
        low, high = self.box.bottom + _BELOW, self.box.top
        return Strokes([[(self.x(value), low), (self.x(value), high)]], self.theme.role(role), _PIN)

    def show(self, values: Sequence[float]) -> None:
        """Stand at other numbers, at once."""
        self.values = [float(value) for value in values]
        for mark, box in zip(self.marks, self.boxes(self.values), strict=True):
            mark.reshape(box)

    def boxes(self, values: Sequence[float]) -> list[Box]:
        """Return where the dots of numbers are."""
        y, half = self.box.bottom + _BELOW, 0.46 * self.dot
        boxes: list[Box] = []
        for value in values:
            x = self.x(value)
            below = sum(abs(other.center[0] - x) < _ALIKE * self.dot for other in boxes)
            middle = y + (below + 0.5) * self.dot
            boxes.append(Box(x - half, middle - half, x + half, middle + half))
        return boxes

    def go(self, values: Sequence[float], role: str = "", **options: Any) -> Animation:
        """Return the animation that moves the dots to other numbers, in another color where a role is given."""
        for mark in self.marks if role else ():
            mark.set_fill(self.theme.role(role), opacity=1.0, family=False)
        return _Go(self, values, **options)


class _Go(Animation):
    """Move dots without copying them."""

    def __init__(self, line: NumberLine, values: Sequence[float], **options: Any) -> None:
        self.start, self.end = line.boxes(line.values), [float(value) for value in values]
        self.stop = line.boxes(self.end)
        super().__init__(line, rate_func=smooth, **options)

    def create_starting_mobject(self) -> Mobject:
        return self.mobject

    def interpolate_mobject(self, alpha: float) -> None:
        share = self.rate_func(alpha)
        for mark, a, b in zip(self.mobject.marks, self.start, self.stop, strict=True):
            sides = zip((a.left, a.bottom, a.right, a.top), (b.left, b.bottom, b.right, b.top), strict=True)
            mark.reshape(Box(*(u + (v - u) * share for u, v in sides)))

    def finish(self) -> None:
        super().finish()
        self.mobject.show(self.end)
