"""A picture on its way through a network in one line: the digit, the blocks made of it, shares and answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from manim import Group

from cnnviz.stage.language import say
from cnnviz.stage.layout import LABEL, Box
from cnnviz.stage.mobjects.bars import Bars
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.made import Made
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.volume import Volume
from cnnviz.stage.place import Row, arrange
from cnnviz.stage.text import Label, size_within

_WORDS, _GAP, _BARS = 0.4, 0.3, 2.6  # units: height of a line of words, distance, width of the bars
_BETWEEN = 0.2  # units, of two blocks
_WIDE, _DIGIT = 2.0, 0.24  # how wide a room for one row is, in heights; share of it for the digit


class Passage(Group):
    """One item of an arrangement, as large as its room.

    ::

        ▒█▒                  0 |=
        █ █   block  block   1 |====
        written as 9         read as 3

    Parameters
    ----------
    digit : Grid
        Whose side is changed to what fits.
    volumes : sequence of Volume
        What is made of it, layer by layer.
    bars : callable
        Draws bars of the classes into a box.
    width, height : float
        The room, in units.
    """

    def __init__(
        self, digit: Grid, volumes: Sequence[Volume], bars: Callable[[Box], Bars], width: float, height: float
    ) -> None:
        super().__init__()
        self.digit, self.volumes, self._size = digit, volumes, (width, height)
        self.is_row = width > _WIDE * height
        high = height if self.is_row else 0.55 * height
        wide = min(_BARS, 0.3 * width) if self.is_row else 0.5 * width
        self.chart, self.said = Made(wide, high - _WORDS, bars), Slot(wide, _WORDS)
        self.large = min(high - _WORDS, _DIGIT * width if self.is_row else width - wide - _GAP)
        self.written = Slot(self.large, _WORDS)

    def extent(self, cell: float) -> tuple[float, float]:  # noqa: ARG002  # the room does not depend on cells
        """Return width and height."""
        return self._size

    def settle(self, left: float, top: float, cell: float) -> None:
        """Stand with the upper left corner at a point."""
        (width, height), high = self._size, self.large + _WORDS
        wide = self.chart.extent(cell)[0]
        side = self.large / max(self.digit.rows, self.digit.columns)
        self.digit.settle(left, top, side)
        self.written.settle(left, top - self.large, cell)
        self.chart.settle(left + width - wide, top, cell)
        self.said.settle(left + width - wide, top - self.chart.extent(cell)[1], cell)
        room = Box(left, top - height, left + width, top - high - _GAP)
        if self.is_row:
            room = Box(left + self.large + _GAP, top - self.large, left + width - wide - _GAP, top)
        arrange([Row(*self.volumes, gap=_BETWEEN)], room, most=9.0)
        for volume in self.volumes:
            x, y = volume.box.left, room.center[1] + volume.box.height / 2
            volume.settle(x, y, volume.cell)
        self.edges = [volume.edges() for volume in self.volumes]

    @property
    def bars(self) -> Bars:
        """The shares."""
        bars: Bars = self.chart.made
        return bars

    def sign(self, answer: str, label: str | None) -> list[Label]:
        """Write what it is, where that is known, and what it is read as; return the words."""
        theme = self.digit.theme
        words = [(self.said, say("read as {answer}", answer=answer), theme.output)]
        if label is not None:
            ink = theme.output if label == answer else theme.negative
            words = [(self.written, say("written as {label}", label=label), theme.text), (*words[0][:2], ink)]
        return [
            Label(text, size_within(slot.box.width, LABEL, text, bold=True), ink, at=slot.box.center, bold=True)
            for slot, text, ink in words
        ]
