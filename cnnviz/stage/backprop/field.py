"""One matrix of the picture: as numbers where they can be read, else as pixels; its values may change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from manim import Group
from numpy.typing import NDArray

from cnnviz.stage.color import Color, mix
from cnnviz.stage.layout import SMALLEST, Box
from cnnviz.stage.mobjects.number_grid import NumberGrid
from cnnviz.stage.mobjects.pixel_image import PixelImage, map_pixels, photo_pixels
from cnnviz.stage.mobjects.running_grid import RunningGrid
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.theme import Theme
from cnnviz.subjects.sharing import Cell, Matrix

_LEAST_MARK = 0.2  # side of a mark around a pixel, in units
MOST_CELLS = 12  # a side; beyond it a grid becomes an image


class Field(Group):
    """A matrix in its place.

    Parameters
    ----------
    matrix : Matrix
        What to draw.
    scale : float
        The magnitude that gets the strongest fill.
    cell : float
        Side of a cell in units.
    at : (x, y)
        Its center.
    running : iterable of str, optional
        Start empty, to be filled by `put`; these are the texts that will have to fit.
    """

    def __init__(
        self,
        matrix: Matrix,
        *,
        scale: float,
        cell: float,
        at: tuple[float, float],
        theme: Theme,
        running: Iterable[str] | None = None,
    ) -> None:
        super().__init__()
        self.matrix, self.scale_of_fill, self.side, self.theme = matrix, scale or 1.0, cell, theme
        self.rows, self.columns = matrix.values.shape
        width, height = self.columns * cell, self.rows * cell
        self.box = Box(at[0] - width / 2, at[1] - height / 2, at[0] + width / 2, at[1] + height / 2)
        self.grid: NumberGrid | None = None
        look: dict[str, Any] = {"role": matrix.role, "scale": scale, "cell": cell, "theme": theme, "at": at}
        if max(self.rows, self.columns) > MOST_CELLS:
            self._pixels = self._all_pixels() if running is None else self._no_pixels()
            self.add(PixelImage(self._pixels, self.box), Rectangle(self.box, outline=theme.line, width=1.5))
        elif running is None:
            self.grid = NumberGrid(matrix.values, texts=matrix.texts, padding=matrix.border, **look)
            self.add(self.grid)
        else:
            self.grid = RunningGrid((self.rows, self.columns), widest=running, border=matrix.border, **look)
            self.add(self.grid)

    @property
    def readable(self) -> bool:
        """Whether its numbers are written."""
        return self.grid is not None and self.grid.type_size >= SMALLEST

    def cell_box(self, index: Cell, rows: int = 1, columns: int = 1) -> Box:
        """Return the rectangle of ``rows`` x ``columns`` cells whose first one is ``index``."""
        left, top = self.box.left + index[1] * self.side, self.box.top - index[0] * self.side
        return Box(left, top - rows * self.side, left + columns * self.side, top)

    def around(self, index: Cell) -> Box:
        """Return a rectangle to mark a cell with: the cell itself, or what leaves a small pixel to be seen."""
        box = self.cell_box(index)
        more = max(0.0, _LEAST_MARK - self.side) / 2
        return Box(box.left - more, box.bottom - more, box.right + more, box.top + more)

    def inside(self) -> Box:
        """Return the rectangle without the border."""
        kept = np.argwhere(~self.matrix.border)
        return self.cell_box(tuple(kept[0].tolist()), *self.matrix.size)

    def put(self, cells: Iterable[Cell], values: NDArray[np.floating]) -> None:
        """Write the numbers that ``values``, a matrix like this one, has in these cells."""
        if isinstance(self.grid, RunningGrid):
            for index in cells:
                self.grid.put((index[0], index[1]), float(values[index]))
            return
        for index in cells:
            self._pixels[index] = map_pixels([[self._color(index, float(values[index]))]])[0, 0]
        self.submobjects[0] = PixelImage(self._pixels.copy(), self.box)

    def erase_border(self) -> None:
        """Empty the cells around the matrix proper."""
        for row, column in np.argwhere(self.matrix.border).tolist():
            if isinstance(self.grid, RunningGrid):
                self.grid.erase((row, column))
            else:
                self._pixels[row, column] = 0
        if self.grid is None:
            self.put([], self.matrix.values)

    def _color(self, index: Cell, value: float) -> Color:
        fill = self.theme.fill(self.matrix.role, value / self.scale_of_fill)
        return mix(fill, self.theme.ground, 0.55) if self.matrix.border[index] else fill

    def _all_pixels(self) -> NDArray[np.uint8]:
        matrix = self.matrix
        if matrix.role == "input":
            return photo_pixels(matrix.values[None], self.scale_of_fill, matrix.border, self.theme.ground)
        rows = [[self._color((i, j), value) for j, value in enumerate(row)] for i, row in enumerate(matrix.values)]
        return map_pixels(rows)

    def _no_pixels(self) -> NDArray[np.uint8]:
        return map_pixels([[None] * self.columns] * self.rows)
