"""Windows that are copied into columns: cells that travel, light up in both places, and are counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnnviz.stage.language import written
from cnnviz.stage.layout import LABEL
from cnnviz.stage.pictures.grid import Cell, Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.scene import Scene
from cnnviz.stage.text import Line
from cnnviz.subjects.im2col import Im2col


class Copying(Scene, subject=Im2col):
    """Copies cells."""

    x: Grid
    columns: Grid
    rows: Grid
    products: Grid
    kernels: list[Grid]
    maps: list[Grid]
    notes: Slot

    def light(self, cells: Sequence[Cell], places: Sequence[Cell]) -> None:
        """Let all but some cells of the picture and their copies step back; none do where none are named."""
        self.x.only(cells or self.x.everywhere())
        self.columns.only(places or self.columns.everywhere())

    def carry(self, source: Grid, cells: Sequence[Any], target: Grid, places: Sequence[Any]) -> None:
        """Let copies of cells travel to their places in another grid."""
        flights = zip(map(source.copy_of, cells), map(target.cell_box, places), strict=True)
        self.fly(*flights, seconds=1.4)
        target.show(places)

    def flatten(self, index: int) -> None:
        """Lay a kernel flat."""
        kernel = self.kernels[index]
        self.carry(kernel, kernel.everywhere(), self.rows, [(index, column) for column in range(self.rows.columns)])

    def fold(self, index: int) -> None:
        """Fold a line of products into its map."""
        line = [(index, column) for column in range(self.products.columns)]
        self.add(self.maps[index])
        self.carry(self.products, line, self.maps[index], self.maps[index].everywhere())

    def note(self, line: int, grid: Grid) -> Line:
        """Count the cells of a grid."""
        ink, box, text = self.theme, self.notes.box, written(grid.values.size)
        factors = f"  {grid.rows} × {grid.columns} = "
        runs = [(grid.title, ink.role(grid.role)), (factors, ink.muted), (text, ink.text)]
        made = Line(runs, LABEL, at=(box.left, box.top - 0.2 - 0.4 * line), align="left")
        self.appear(made, into=self.notes)
        return made
