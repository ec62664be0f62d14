"""A digit, the shares that a network gives to each answer, and what it is read as."""

from __future__ import annotations

from typing import Any

from manim import Animation, Group
from numpy.typing import NDArray

from cnnviz.stage import layout
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.bars import Bars
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.made import Made
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.place import Column, Row
from cnnviz.stage.text import size_within

_GAP, _ANSWER = 0.12, 0.3
_CELL = 0.12  # of a digit
_SHARE, _THIN = 0.42, 1.5  # of the width, for a digit beside its bars; outlines of earlier shares
READ: Template = "read as {answer}"
AT_FIRST: Template = "at first {answer}"


class Verdict(Group):
    """A digit above or beside the shares of 0 to 9, which are all 0 at first.

    ::

          ▒█▒           ▒█▒      0 |=====
          █ █           █ █      1 |==
        0 |=====        read as 0
        1 |==           at first 7
        read as 0

    Parameters
    ----------
    ink : array, shape (H, W)
        From 0 to 16.
    label : int
        What it is: the bar that is pointed out.
    width, height : float
        Room for the bars, in units; where these are beside the digit, for all.
    title : str
        Above the digit.
    most : float
        The largest side of a cell of the digit, in units.
    beside : bool
        Set the bars beside the digit, with room for what it was read as at first.
    size : float
        Of the type of the bars, in pixels at 720p.
    """

    def __init__(
        self,
        ink: NDArray[Any],
        label: int,
        width: float,
        height: float = 2.0,
        title: Template = "",
        *,
        most: float = _CELL,
        beside: bool = False,
        size: float = layout.SMALLEST,
    ) -> None:
        super().__init__()
        self.label, self.type_size = label, size
        side = min(most, width / max(ink.shape))
        if beside:
            side = min(_SHARE * width, height - 2 * (_ANSWER + _GAP)) / max(ink.shape)
        self.digit = Grid(ink, "input", title, detail="", scale=16.0, side=side, form="pixels")
        wide = self.digit.size(0.0)[0]
        left = width - wide - _GAP if beside else width
        self.chart, self.answer = Made(left, height, self._bars), Slot(wide if beside else width, _ANSWER)
        self.before = Slot(wide, _ANSWER)
        self._item: Column | Row = Column(self.digit, self.chart, self.answer, gap=_GAP)
        if beside:
            self._item = Row(Column(self.digit, self.answer, self.before, gap=_GAP), self.chart, gap=_GAP)

    def extent(self, cell: float) -> tuple[float, float]:
        """Return width and height."""
        return self._item.extent(cell)

    def settle(self, left: float, top: float, cell: float) -> None:
        """Stand with the upper left corner at a point."""
        self._item.settle(left, top, cell)
        self.add(self.digit, self.chart, self.answer, self.before)

    @property
    def bars(self) -> Bars:
        """The shares."""
        bars: Bars = self.chart.made
        return bars

    def grow(self, shares: NDArray[Any]) -> Animation:
        """Return the animation that leads to other shares; `show` them afterwards."""
        return self.bars.grow(shares.tolist())

    def show(self, shares: NDArray[Any]) -> None:
        """Show shares, and the answer: the one with the largest."""
        self.bars.show(shares.tolist(), self.label)
        look, text = self.digit.theme, say(READ, answer=int(shares.argmax()))
        color = look.output if shares.argmax() == self.label else look.negative
        size = max(layout.SMALLEST, size_within(self.answer.box.width, layout.LABEL, text))
        self.answer.put_line([(text, color)], size)

    def keep(self, shares: NDArray[Any]) -> None:
        """Leave an outline of shares behind the bars, and what a digit beside them was read as."""
        look, text = self.digit.theme, say(AT_FIRST, answer=int(shares.argmax()))
        size = max(layout.SMALLEST, size_within(self.before.box.width, layout.NOTE, text))
        self.before.put_line([(text, look.muted)], size)
        boxes = (self.bars.bar_box(index, share) for index, share in enumerate(shares.tolist()))
        self.chart.append(*(Rectangle(box, outline=look.text, width=_THIN) for box in boxes))

    def _bars(self, box: Box) -> Bars:
        return Bars("0123456789", box, theme=self.digit.theme, write=None, size=self.type_size)
