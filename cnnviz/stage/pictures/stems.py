"""Numbers of a row as bars, each above its cell."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from cnnviz.stage.language import Template
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import Strokes
from cnnviz.stage.mobjects.tiles import Tiles
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import Picture

_FULL = 0.72  # width of a bar, in cells


class Stems(Picture):
    """The row of a grid as bars from one axis, as wide as its cells: those of the cells that are shown.

    ::

          █
        ▂ █ ▁ ▂
        ───────
        2 9 1 2

    Parameters
    ----------
    grid : Grid
        Of one row; it is told nothing, `show` reads its values.
    height : float
        Units.

    Attributes
    ----------
    boxes : dict of int to Box
        The bars by their columns.
    """

    def __init__(self, grid: Grid, height: float, title: Template = "", *, detail: str = "") -> None:
        super().__init__(title, detail=detail, role=grid.role)
        self.grid, self.height_of, self.columns = grid, height, grid.columns
        self.low, self.high = float(min(0.0, grid.values.min())), float(max(0.0, grid.values.max()))
        self.boxes: dict[int, Box] = {}

    def size(self, cell: float) -> tuple[float, float]:
        """Return the width of the grid, and the height."""
        return self.grid.size(cell)[0], self.height_of

    def draw(self, cell: float) -> None:  # noqa: ARG002  # the width says it
        """Draw the axis and a bar for each cell that is shown."""
        span = (self.high - self.low) or 1.0
        self.axis = self.box.bottom - self.low / span * self.box.height
        self.unit = self.box.height / span
        self.add(Strokes([[(self.box.left, self.axis), (self.box.right, self.axis)]], self.theme.line, 1.2))
        self.bars = [Tiles([], fill=self.theme.role(role)) for role in (self.role, "negative")]
        self.add(*self.bars)
        self.show(column for _, column in self.grid.shown)

    def show(self, columns: Iterable[int] = ()) -> None:
        """Show bars beside those there are."""
        side = self.box.width / self.columns
        for column in columns:
            value = float(self.grid.values[0, column])
            left, end = self.box.left + (column + (1 - _FULL) / 2) * side, self.axis + value * self.unit
            self.boxes[column] = Box(left, min(self.axis, end), left + _FULL * side, max(self.axis, end))
        values = self.grid.values[0]
        for bars, sign in zip(self.bars, (1.0, -1.0), strict=True):
            chosen = [self.boxes[column] for column in sorted(self.boxes) if np.sign(values[column]) == sign]
            bars.points = Tiles(chosen).points

    def clear(self) -> None:
        """Take all bars away."""
        self.boxes = {}
        self.show(())
