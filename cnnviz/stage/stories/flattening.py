"""From a grid to a line: all cells one after the other, row after row, as a dense layer reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import Transform

from cnnviz.stage.language import Template
from cnnviz.stage.layout import LABEL, Box
from cnnviz.stage.mobjects.pixel_image import PixelImage, value_pixels
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.pictures.grid import Cell, Grid
from cnnviz.stage.pictures.made import Made
from cnnviz.stage.text import Label, text_width


class Flat(Made):
    """The cells of a grid in one line: from the left where it is wider than high, else from the top.

    Parameters
    ----------
    grid : Grid
    width, height : float
        Units.
    """

    def __init__(self, grid: Grid, width: float, height: float, title: Template = "") -> None:
        self.grid, self.across = grid, width > height
        line = grid.values.reshape((1, -1) if self.across else (-1, 1))
        pixels = value_pixels(line, grid.role, grid.scale_of_fill, grid.theme)
        super().__init__(width, height, lambda box: PixelImage(pixels, box), title, role=grid.role)
        self.rail: list[Any] = []

    def place(self, cell: Cell) -> Box:
        """Return where a cell of the grid comes to lie."""
        box, index, count = self.box, cell[0] * self.grid.columns + cell[1], self.grid.values.size
        if self.across:
            left, pitch = box.left + index * box.width / count, box.width / count
            return Box(left, box.bottom, left + pitch, box.top)
        top, pitch = box.top - index * box.height / count, box.height / count
        return Box(box.left, top - pitch, box.right, top)

    def indices(self, pair: Sequence[Cell], y: float) -> list[Label]:
        """Write the index of two cells above their places, beside each other where these are too near."""
        texts = [str(row * self.grid.columns + column) for row, column in pair]
        left, right = (self.place(cell).center[0] for cell in pair)
        away = max(0.0, (text_width("  ".join(texts), LABEL) - right + left) / 2)
        ends = zip(texts, (left - away, right + away), strict=True)
        return [Label(text, LABEL, self.theme.highlight, at=(x, y)) for text, x in ends]

    def open(self, scene: Any) -> None:
        """Show where the line will be, still empty."""
        empty = Rectangle(self.box, fill=self.theme.cell, outline=self.theme.line, width=1.5)
        self.rail = [part for part in (empty, self.heading) if part is not None]
        scene.add(*self.rail)

    def fill(self, scene: Any, *, seconds: float = 3.0) -> None:
        """Carry the cells of the grid over, row by row: the first and the last row slowly."""
        grid, carried = self.grid, []
        pace = seconds / (grid.rows + 2)
        if not self.rail and self.heading is not None:
            scene.appear(self.heading, seconds=0.3)
        for row in range(grid.rows):
            cells = [(row, column) for column in range(grid.columns)]
            pixels = [Rectangle(grid.cell_box(cell), fill=grid.color_of(cell)) for cell in cells]
            laid = [Rectangle(self.place(cell), fill=grid.color_of(cell)) for cell in cells]
            slow = row in (0, grid.rows - 1)
            scene.play(*map(Transform, pixels, laid), run_time=pace * (2 if slow else 1))
            carried += pixels
        scene.remove(*carried, *self.rail, *[self.heading] if self.heading is not None else [])
        scene.add(self)
