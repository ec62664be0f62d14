"""Bars in the order of time, those of one year together."""

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
_AWAY, _NAMES = 0.3, 0.42  # before and behind names; the most of the width that they may take


class Years(Slot):
    """Names with bars, from the earliest to the latest, in a band for each year.

    ::

        2012      AlexNet  |=====
              5 x AlexNet  |====
        -----------------------------
        2015       ResNet  |==

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
        """Draw years and bands; bars come with `column`."""
        super().draw(cell)
        pitch = self.box.height / len(self.names)
        for self.type_size in _SIZES:
            names = max(text_width(name, self.type_size, bold=True) for name in self.names)
            if names < _NAMES * self.box.width and pitch > 1.2 * units(self.type_size):
                break
        size, left = self.type_size, self.box.left
        self.bars_at = left + text_width("2019", size, bold=True) + _AWAY
        each = dict.fromkeys(self.years)
        self.put(
            Strokes([[(left, y), (self.box.right, y)] for y in map(self._over, [*each][1:])], self.theme.line, 2.0),
            *(Label(str(y), size, self.theme.text, at=(left, self.at(y)), align="left", bold=True) for y in each),
        )

    def at(self, year: int) -> float:
        """Return the middle of the band of a year."""
        rows = [row for row, own in enumerate(self.years) if own == year]
        return (self.y(rows[0]) + self.y(rows[-1])) / 2

    def _over(self, year: int) -> float:
        """Return the upper edge of the band of a year."""
        return self.y(self.years.index(year)) + self.box.height / len(self.names) / 2

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
