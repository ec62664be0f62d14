"""Bars in the order of time: each is wired to its year on an axis that is true to scale."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cnnviz.stage import layout
from cnnviz.stage.language import Template
from cnnviz.stage.layout import Box, units
from cnnviz.stage.mobjects.bars import Bars
from cnnviz.stage.mobjects.shapes import Strokes
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.text import Label, text_width

_SIZES = (layout.LABEL - 2, layout.NOTE + 1, layout.SMALLEST)
_FAN, _TICK, _AWAY, _NAMES = (
    0.6,
    0.12,
    0.12,
    0.42,
)  # across, between axis and bars; share of the width for names at most


class Years(Slot):
    """Names with bars, from the earliest to the latest, beside an axis of years.

    ::

        1998 +------  LeNet-5   |
             |
        2012 +------  AlexNet   |=====
        2015 +------  ResNet    |==

    Parameters
    ----------
    years : sequence of int
        Of each bar, in order.
    names : sequence of str
        As they are written.
    width, height : float
        Room in units, without the title.
    """

    def __init__(
        self, years: Sequence[int], names: Sequence[str], width: float, height: float, title: Template = ""
    ) -> None:
        super().__init__(width, height, title)
        self.years, self.names = tuple(years), tuple(names)

    def draw(self, cell: float) -> None:
        """Draw axis, years and wires; bars come with `column`."""
        super().draw(cell)
        pitch = self.box.height / len(self.names)
        for self.type_size in _SIZES:
            names = max(text_width(name, self.type_size, bold=True) for name in self.names)
            if names < _NAMES * self.box.width and pitch > 1.2 * units(self.type_size):
                break
        apart = [b - a for a, b in zip(self.years, self.years[1:], strict=False) if b > a]
        near = min(apart, default=1) * abs(self.at(self.years[0] + 1) - self.at(self.years[0]))
        size, left = self.type_size if near > units(self.type_size) else layout.SMALLEST, self.box.left
        self.axis = left + text_width("2019", size) + _AWAY
        self.bars_at = self.axis + _TICK + _FAN
        each = dict.fromkeys(self.years)
        named = [self.bars_at + names - text_width(name, self.type_size, bold=True) - _AWAY for name in self.names]
        wires = [
            [(self.axis, self.at(year)), (self.bars_at - _AWAY, self.y(row)), (named[row], self.y(row))]
            for row, year in enumerate(self.years)
        ]
        ends = [(self.axis, self.at(self.years[0])), (self.axis, self.at(self.years[-1]))]
        self.put(
            Strokes([ends], self.theme.muted, 3.0),
            Strokes(wires, self.theme.muted, 1.4),
            *(Label(str(y), size, self.theme.text, at=(left, self.at(y)), align="left", tabular=True) for y in each),
        )

    def at(self, year: int) -> float:
        """Return the height of a year on the axis."""
        first, last = self.years[0], self.years[-1]
        top, bottom = self.y(0), self.y(len(self.names) - 1)
        return top + (bottom - top) * (year - first) / max(last - first, 1)

    def y(self, row: int) -> float:
        """Return the middle of a bar."""
        return self.box.top - (row + 0.5) * self.box.height / len(self.names)

    def row(self, number: int) -> Box:
        """Return the whole line of a bar."""
        half = self.box.height / len(self.names) / 2
        return Box(self.bars_at - 0.05, self.y(number) - half, self.box.right + 0.1, self.y(number) + half)

    def column(self, peak: float, write: Callable[[float], str], widest: str, role: str) -> Bars:
        """Make the bars, without length; in place of those before."""
        box = Box(self.bars_at, self.box.bottom, self.box.right, self.box.top)
        look = {"peak": peak, "write": write, "widest": widest, "role": role, "size": self.type_size}
        return Bars(self.names, box, theme=self.theme, **look)  # type: ignore[arg-type]
