"""Where the three columns of the picture stand, and how large their cells are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cnnviz.stage.backprop.field import MOST_CELLS
from cnnviz.stage.layout import LEFT, RIGHT
from cnnviz.stage.mobjects.number_grid import smallest_cell

TOP, BOTTOM, LABEL_Y = 1.98, -2.5, 2.34
MIDDLE, GAP = 3.5, 0.6  # width of the middle column, and the least distance between columns
_LARGEST_CELL = 0.82
_IMAGE = 4.1  # side of an image, at most
_SCALE_ROOM = 0.4  # below an image, for the bar that says what its colors mean


@dataclass(frozen=True)
class Side:
    """What a side column has to hold: rows, columns, and the texts that should be readable in a cell."""

    rows: int
    columns: int
    texts: frozenset[str]

    @classmethod
    def of(cls, shape: tuple[int, ...], texts: Iterable[str]) -> Side:
        """Take the shape of a matrix and everything that it will show."""
        return cls(shape[0], shape[1], frozenset(texts))

    def least(self) -> float:
        """Return the smallest readable cell; infinite for what can only be an image."""
        return smallest_cell(self.texts) if max(self.rows, self.columns) <= MOST_CELLS else float("inf")

    def most(self, width: float) -> float:
        """Return the largest cell for a column of this width."""
        readable = min(_LARGEST_CELL, width / self.columns, (TOP - BOTTOM) / self.rows)
        if readable >= self.least():
            return readable
        side = min(_IMAGE, width)
        return min(_LARGEST_CELL, side / self.columns, min(side, TOP - BOTTOM - _SCALE_ROOM) / self.rows)


@dataclass(frozen=True)
class Columns:
    """The middles of the three columns, the cells of the outer two, and whether all of their numbers can be read."""

    left: float
    middle: float
    right: float
    left_cell: float
    right_cell: float
    readable: bool


def lay_out(left: Side, right: Side, *, equal: bool = False) -> Columns:
    """Give both outer columns the same cells if they can be read then, else each the largest that there is room for.

    ``equal`` keeps them the same even where one could be larger.
    """
    room = RIGHT - LEFT - MIDDLE - 2 * GAP
    both = min(left.most(room), right.most(room), room / (left.columns + right.columns))
    images = left.least() == right.least() == float("inf")
    if images:
        both = min(left.most(room / 2), right.most(room / 2))
    cells = (both, both)
    if not images and (not equal or both < max(left.least(), right.least())):
        cell_right = right.most(max(room / 2, room - left.columns * both))
        cell_left = left.most(room - right.columns * cell_right)
        cells = cell_left, right.most(room - left.columns * cell_left)
    widths = left.columns * cells[0], right.columns * cells[1]
    free = (RIGHT - LEFT - MIDDLE - sum(widths)) / 4
    return Columns(
        left=LEFT + free + widths[0] / 2,
        middle=LEFT + 2 * free + widths[0] + MIDDLE / 2,
        right=RIGHT - free - widths[1] / 2,
        left_cell=cells[0],
        right_cell=cells[1],
        readable=cells[0] >= left.least() and cells[1] >= right.least(),
    )
