"""Numbers as blocks on a line, equal ones one above the other, with their mean and how far around it they spread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import Animation, Mobject, VMobject, smooth

from cnnviz.stage import layout
from cnnviz.stage.color import mix
from cnnviz.stage.layout import Box, units
from cnnviz.stage.mobjects.curves import ticks
from cnnviz.stage.mobjects.number_grid import fitting_size
from cnnviz.stage.mobjects.shapes import Rectangle, Strokes, polyline
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.text import Label, Piece, Words
from cnnviz.subjects.number import cell_text

_SIDES = [0.01 * side for side in range(80, 19, -2)]  # of a block, in units
_BELOW, _ABOVE, _TICK = 0.5, 0.34, 0.07  # room under the axis, and over the blocks
_PIVOT, _FADED = 0.2, 0.72  # height of the mark under the mean; the ground's share in the band
_FULL, _ALIKE = 0.92, 0.95  # of a block's side: what is drawn; nearer ones stand one above the other


class NumberLine(Slot):
    """Numbers on an axis from the smallest to the largest that will be shown.

    ::

               5 ± 2
              [4]
              [4][5]
           [2][4][5]  [7] [9]
        ---+----+----+----+--
           0       ^ 5

    Parameters
    ----------
    states : sequence of sequences of float
        All numbers that will stand there together, the first of them at the beginning.
    width, height : float
        Room in units.
    over : sequence of float
        Other numbers that have to be on the axis.
    role : str
        Color of the blocks.

    Attributes
    ----------
    marks : list of Rectangle
        The blocks, in the order of the numbers.
    middle : tuple of float, or None
        The mean that is marked, and the root of the variance if it is marked, too.
    goal : float or None
        A number whose place is outlined, from the next time that blocks are drawn.
    """

    def __init__(
        self,
        states: Sequence[Sequence[float]],
        width: float,
        height: float,
        *,
        over: Sequence[float] = (),
        role: str = "input",
    ) -> None:
        super().__init__(width, height)
        self.states = [[float(value) for value in state] for state in states]
        self.values, self.dots_role = self.states[0], role
        self.middle: tuple[float, ...] | None = None
        self.goal: float | None = None
        numbers = [0.0, *(value for state in self.states for value in state), *map(float, over)]
        self.low, self.high = min(numbers), max(numbers)
        if self.low == self.high:
            self.high += 1.0

    def draw(self, cell: float) -> None:
        """Draw the axis and the blocks."""
        super().draw(cell)
        self.dot = min(_SIDES, key=self._ill)
        texts = {cell_text(value) for state in self.states for value in state}
        self.type_size = min(layout.TERM, fitting_size(texts, _FULL * self.dot))
        self.stand(self.values)

    def stand(self, values: Sequence[float], role: str = "") -> None:
        """Draw so many blocks at other numbers, at once."""
        self.values, self.dots_role = [float(value) for value in values], role or self.dots_role
        step = ticks(self.high - self.low, 6)[1]
        marks = [i * step for i in range(round(self.low / step), round(self.high / step) + 1)]
        marks = [mark for mark in marks if self.low - 1e-9 <= mark <= self.high + 1e-9]
        box, y, fill = self.box, self.ground, self.theme.role(self.dots_role)
        lines = [[(self.x(mark), y - _TICK), (self.x(mark), y)] for mark in marks]
        texts = [Piece(cell_text(mark), (self.x(mark), box.bottom + units(layout.NOTE) / 2)) for mark in marks]
        self.marks = [Rectangle(Box(0, 0, 1, 1), fill=fill) for _ in self.values]
        ink = self.theme.text_on(fill)
        self.labels = [Label("", self.type_size, ink) for _ in self.values if self.type_size >= layout.SMALLEST]
        self.band = Rectangle(Box(0, 0, 0, 0), fill=mix(self.theme.kernel, self.theme.ground, _FADED))
        self.pivot = VMobject(fill_color=self.theme.kernel, fill_opacity=1.0, stroke_width=0.0)
        self.said = Label("", layout.TERM, self.theme.kernel)
        self.put(
            self.band,
            Strokes([[(box.left, y), (box.right, y)], *lines], self.theme.muted, 1.6),
            Words(texts, layout.NOTE, self.theme.muted),
            self.pivot,
            self.said,
            *(
                Rectangle(box, outline=fill, width=3.0)
                for box in self.boxes([self.goal] if self.goal is not None else [])
            ),
            *self.marks,
            *self.labels,
        )
        self.show(self.values)
        self.balance(self.middle)

    @property
    def ground(self) -> float:
        """The y on which blocks stand."""
        return self.box.bottom + _BELOW

    def x(self, value: float) -> float:
        """Return where a number is."""
        inner = self.box.width - 2 * self.dot
        return self.box.left + self.dot + inner * (value - self.low) / (self.high - self.low)

    def show(self, values: Sequence[float]) -> None:
        """Stand at other numbers, at once."""
        self.values = [float(value) for value in values]
        self.place(self.boxes(self.values), [cell_text(value) for value in self.values])

    def place(self, boxes: Sequence[Box], texts: Sequence[str]) -> None:
        """Set the blocks into boxes, with texts on them where there is room."""
        for mark, box in zip(self.marks, boxes, strict=True):
            mark.reshape(box)
        for label, box, text in zip(self.labels, boxes, texts, strict=bool(self.labels)):
            _write(label, text, box.center)

    def balance(self, middle: tuple[float, ...] | None, *, rounded: bool = False) -> None:
        """Mark a mean under the axis, and a band from the root of the variance below it to that above; or nothing."""
        self.middle = middle
        numbers = middle or (0.0,)
        x, y, top = self.x(numbers[0]), self.ground, self.box.top - _ABOVE
        reach = self.x(sum(numbers)) - x
        self.band.reshape(Box(x - reach, y, x + reach, top))
        legs = [(x, y), (x - 0.6 * _PIVOT, y - _PIVOT), (x + 0.6 * _PIVOT, y - _PIVOT), (x, y)]
        self.pivot.points = polyline(legs)
        text = " ± ".join(cell_text(round(number, 1) if rounded else number) for number in numbers)
        _write(self.said, text * bool(middle), (x, self.box.top - 0.15))
        for part in (self.band, self.pivot):
            part.points = part.points if middle else part.points[:0]

    def boxes(self, values: Sequence[float], side: float = 0.0) -> list[Box]:
        """Return where the blocks of numbers are."""
        side = side or self.dot
        half, boxes = _FULL * side / 2, list[Box]()
        for value in values:
            x = self.x(value)
            below = sum(abs(other.center[0] - x) < _ALIKE * side for other in boxes)
            middle = self.ground + (below + 0.5) * side
            boxes.append(Box(x - half, middle - half, x + half, middle + half))
        return boxes

    def copies(self) -> list[list[Mobject]]:
        """Make a copy of each block, to travel from its place."""
        labels = [[label.copy()] for label in self.labels] or [[] for _ in self.marks]
        return [[mark.copy(), *label] for mark, label in zip(self.marks, labels, strict=True)]

    def go(
        self, values: Sequence[float], role: str = "", middle: tuple[float, ...] | None = None, **options: Any
    ) -> Animation:
        """Return the animation that moves the blocks to other numbers, in another color where a role is given.

        The mean and its band, where they are marked, move to ``middle``.
        """
        if role:
            self.stand(self.values, role)
        return _Go(self, values, middle or self.middle, **options)

    def _ill(self, side: float) -> tuple[float, float]:
        """Return how badly blocks of a size fit: those that do not, then those that pile unlike numbers, then small."""
        self.dot = side
        tops = [max(box.top for box in self.boxes(state, side)) for state in self.states if state]
        equal = [max(map(state.count, state)) for state in self.states if state]
        room = self.box.top - _ABOVE - self.ground
        high = max(tops, default=0.0) - self.ground
        piled = sum(top - self.ground > side * count for top, count in zip(tops, equal, strict=True))
        return (high if high > room else 0.0) + piled, -side


def _write(label: Label, text: str, at: tuple[float, float]) -> None:
    """Let a label say something else, or be somewhere else."""
    new = Label(text, label.size, label.get_fill_color().to_hex(), at=at)
    label.points, label.lengths = new.points, new.lengths


class _Go(Animation):
    """Move blocks without copying them, and count on what is written on them."""

    def __init__(
        self, line: NumberLine, values: Sequence[float], middle: tuple[float, ...] | None, **options: Any
    ) -> None:
        self.start, self.end = line.values, [float(value) for value in values]
        self.froms, self.tos = line.boxes(self.start), line.boxes(self.end)
        self.before, self.after = line.middle or middle, middle
        if self.before and self.after and len(self.before) < len(self.after):
            self.before = (*self.before, 0.0)
        super().__init__(line, rate_func=smooth, **options)

    def create_starting_mobject(self) -> Mobject:
        return self.mobject

    def interpolate_mobject(self, alpha: float) -> None:
        share = self.rate_func(alpha)
        boxes = []
        for a, b in zip(self.froms, self.tos, strict=True):
            sides = zip((a.left, a.bottom, a.right, a.top), (b.left, b.bottom, b.right, b.top), strict=True)
            boxes.append(Box(*(u + (v - u) * share for u, v in sides)))
        values = [u + (v - u) * share for u, v in zip(self.start, self.end, strict=True)]
        if self.start != self.end:
            values = [round(value, 1) for value in values]
        self.mobject.place(boxes, [cell_text(value) for value in values])
        if self.before and self.after:
            now = tuple(u + (v - u) * share for u, v in zip(self.before, self.after, strict=True))
            self.mobject.balance(now, rounded=True)

    def finish(self) -> None:
        super().finish()
        self.mobject.show(self.end)
        self.mobject.balance(self.after)
