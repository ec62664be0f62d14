"""Tables that share the names of their rows, with the names of their columns below them."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Group

from cnnviz.stage import layout
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.place import Row
from cnnviz.stage.text import Label, text_width

_SIZE, _AWAY, _GAP, _BELOW = layout.LABEL - 3, 0.2, 0.25, 0.32


class Headed(Group):
    """Grids side by side, named at the left and below.

    ::

             coupling   agreement
        eye  [  ][  ]   [  ][  ]
        nose [  ][  ]   [  ][  ]
             face other face other

    Parameters
    ----------
    tables : sequence of Grid
        Equally many rows and columns each.
    rows, columns : sequence of str
    """

    def __init__(self, tables: Sequence[Grid], rows: Sequence[str], columns: Sequence[str]) -> None:
        super().__init__()
        self.tables, self.rows, self.columns = [*tables], [*rows], [*columns]
        self.names = Slot(max(text_width(row, _SIZE) for row in rows) + _AWAY - _GAP, 0.1, detail=" ")
        self._row = Row(self.names, *tables, gap=_GAP)

    def extent(self, cell: float) -> tuple[float, float]:
        """Return width and height with all names."""
        width, height = self._row.extent(cell)
        return width, height + _BELOW

    def settle(self, left: float, top: float, cell: float) -> None:
        """Stand with the upper left corner at a point."""
        self._row.settle(left, top, cell)
        look, first = self.names.theme, self.tables[0]
        for row, text in enumerate(self.rows):
            at = left, first.cell_box((row, 0)).center[1]
            self.names.append(Label(text, _SIZE, look.text, at=at, align="left"))
        for table in self.tables:
            for column, text in enumerate(self.columns):
                at = table.cell_box((0, column)).center[0], table.box.bottom - 0.6 * _BELOW
                self.names.append(Label(text, layout.NOTE, look.muted, at=at))
        self.add(self.names, *self.tables)
