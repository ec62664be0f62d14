"""A sheet of digits on which one sees which of them a network reads right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.stage import layout
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import Box
from cnnviz.stage.pictures.grid import Cell, Grid
from cnnviz.stage.text import text_width
from cnnviz.subjects.sheets import columns_of

_SAID: Template = "{right} of {asked} right"
_PITCH = 9  # pixels from digit to digit


class Answered(Grid):
    """Digits one below the other, column after column; those that are read wrong turn into the negative color.

    ::

        not seen  41 of 50 right
        0 1 2 3
        0 1 2 3

    Parameters
    ----------
    digits : array, shape (N, 8, 8)
        From 0 to 1.
    lines : int
        Digits in a column.
    role, title, **look
        Of `Grid`.
    """

    def __init__(self, digits: NDArray[np.floating], lines: int, role: str, title: Template, **look: Any) -> None:
        super().__init__(columns_of(digits, lines), role, title, scale=1.0, form="pixels", **look)
        self.written, self.lines = self.values.copy(), lines
        self.places: list[Cell] = []

    def answer(self, right: Sequence[bool] | NDArray[np.bool_]) -> None:
        """Show which digits are read right, and say behind the title how many."""
        values, wrong = self.written.copy(), np.flatnonzero(~np.asarray(right)).tolist()
        self.places = [(_PITCH * (place % self.lines), _PITCH * (place // self.lines)) for place in wrong]
        for top, left in self.places:
            values[top : top + _PITCH, left : left + _PITCH] *= -1
        self.become(values)
        self.rename(self.title, say(_SAID, right=int(np.sum(right)), asked=len(right)))

    def _title_width(self) -> float:
        count = len(range(0, self.written.shape[1] - 1, _PITCH)) * self.lines
        widest = f"{self.title}  {say(_SAID, right=count, asked=count)}"
        return max(super()._title_width(), text_width(widest, layout.LABEL))

    @property
    def wrong(self) -> list[Box]:
        """Where the digits are that are read wrong."""
        return [self.cell_box(place, _PITCH + 1, _PITCH + 1) for place in self.places]


def lifted(sheet: Grid, lines: int, place: int = 0, *, zoom: float = 1.0) -> Grid:
    """Make a picture of one digit of a sheet, column after column, where it is: to go on from there."""
    top, left = _PITCH * (place % lines) + 1, _PITCH * (place // lines) + 1
    ink = np.abs(sheet.values[top : top + _PITCH - 1, left : left + _PITCH - 1])
    one, box = Grid(ink, sheet.role, scale=1.0, form="pixels", zoom=zoom), sheet.cell_box((top, left))
    one.settle(box.left, box.top, sheet.side / zoom)
    return one
