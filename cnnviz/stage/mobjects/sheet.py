"""A matrix of any size: as numbers where they can be read, as hard-edged pixels where not."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from manim import Group, Mobject, VGroup
from numpy.typing import NDArray

from cnnviz.stage.color import Color, mix, rgb
from cnnviz.stage.layout import SMALLEST, Box
from cnnviz.stage.mobjects.number_grid import Cell, NumberGrid, fitting_size, grid_texts
from cnnviz.stage.mobjects.pixel_image import PixelImage, map_pixels, photo_pixels
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.theme import Theme

_SUNK = 0.8  # share of the ground in what is sunk


class Sheet(Group):
    """A matrix around a center, rows from the top, whose cells can appear and sink one by one.

    ::

        [ 1][−2][ 3]       ▒ █ ░
        [ 0][ 5][−4]  or   ░ ▓ █   where the cells are too small

    Parameters
    ----------
    values : array, shape (H, W)
    role : str
        Color role of positive values.
    scale : float
        The magnitude that gets the strongest fill.
    cell : float
        Side of a cell in units.
    at : (x, y)
        Center.
    padding : bool array, optional
        True where a cell is padding; such cells are drawn muted.
    photo : float, optional
        The value of white: where numbers do not fit, the matrix is shown as a gray picture instead of in its role.
    hidden : bool
        Start with empty cells, to be filled by ``show``.
    numbers : bool
        False for pixels even where numbers could be read.
    like : Sheet, optional
        Another one with the same kind of numbers, whose type is not to be exceeded; for hidden ones.

    Attributes
    ----------
    numbers : bool
        Whether the cells show numbers.
    box : Box
        Where it is.
    """

    def __init__(
        self,
        values: NDArray[np.floating],
        *,
        role: str,
        scale: float,
        cell: float,
        theme: Theme,
        at: tuple[float, float] = (0.0, 0.0),
        padding: NDArray[np.bool_] | None = None,
        photo: float | None = None,
        hidden: bool = False,
        numbers: bool = True,
        like: Sheet | None = None,
    ) -> None:
        super().__init__()
        self.values, self.theme, self.cell_side = values, theme, cell
        self._role, self._scale = role, scale or 1.0
        self.numbers = numbers and readable(values, cell)
        if self.numbers:
            self._grid = NumberGrid(
                values, role=role, scale=scale, cell=cell, theme=theme, at=at, padding=padding, hidden=hidden
            )
            if like is not None and like.numbers:
                self._grid.type_size = min(self._grid.type_size, like._grid.type_size)
            self.box = self._grid.box
            self.add(self._grid)
            return
        rows, columns = values.shape
        width, height = columns * cell, rows * cell
        self.box = Box(at[0] - width / 2, at[1] - height / 2, at[0] + width / 2, at[1] + height / 2)
        self._full = self._pixels(padding, photo)
        self._shown = np.zeros_like(self._full) if hidden else self._full.copy()
        self.add(PixelImage(self._shown.copy(), self.box), Rectangle(self.box, outline=theme.line, width=1.5))

    def cell_box(self, index: Cell, rows: int = 1, columns: int = 1) -> Box:
        """Return the rectangle of ``rows`` x ``columns`` cells whose first one is ``index``; it may reach outside."""
        left, top = self.box.left + index[1] * self.cell_side, self.box.top - index[0] * self.cell_side
        return Box(left, top - rows * self.cell_side, left + columns * self.cell_side, top)

    def everywhere(self) -> list[Cell]:
        """List all cells, row by row."""
        rows, columns = self.values.shape
        return [(row, column) for row in range(rows) for column in range(columns)]

    def show(self, cells: Iterable[Cell]) -> None:
        """Fill cells, or lift them up again where they are sunk."""
        for cell in cells:
            if not self.numbers:
                self._shown[cell] = self._full[cell]
                continue
            self._grid.show(cell)
            self._grid.fills[cell].set_fill(self._grid.color_of(cell), family=False)
            self._grid.add(self._grid.labels[cell])
        self._repaint()

    def sink(self, cells: Iterable[Cell]) -> None:
        """Let cells fade almost into the ground, without their numbers."""
        for cell in cells:
            if not self.numbers:
                self._shown[cell] = _sunk(self._full[cell], self.theme.ground)
                continue
            fill = mix(self._grid.color_of(cell), self.theme.ground, _SUNK)
            self._grid.fills[cell].set_fill(fill, opacity=1.0, family=False)
            if cell in self._grid.labels:
                self._grid.remove(self._grid.labels[cell])
        self._repaint()

    def copies(self, cells: Iterable[Cell]) -> VGroup:
        """Make copies of cells as they look once they are shown, to travel into their places."""
        parts = []
        for cell in cells:
            parts.append(
                Rectangle(self.cell_box(cell), fill=self._grid.color_of(cell), outline=self.theme.line, width=1.2)
            )
            parts.append(self._grid.label(cell))
        return VGroup(*parts)

    def _repaint(self) -> None:
        if self.numbers:
            return
        old: Mobject = self.submobjects[0]
        self.remove(old)
        self.add_to_back(PixelImage(self._shown.copy(), self.box))

    def _pixels(self, padding: NDArray[np.bool_] | None, photo: float | None) -> NDArray[np.uint8]:
        outside = np.zeros(self.values.shape, dtype=bool) if padding is None else padding
        if photo is not None:
            return photo_pixels(self.values[None], photo, outside, self.theme.ground)
        fills = [
            [self.theme.fill(self._role, float(np.nan_to_num(value)) / self._scale) for value in row]
            for row in self.values
        ]
        return map_pixels(fills)


def readable(values: NDArray[np.floating], cell: float) -> bool:
    """Tell whether every number of a matrix is large enough to be read in cells of this size."""
    return fitting_size((text for row in grid_texts(values) for text in row), cell) >= SMALLEST


def _sunk(pixel: NDArray[np.uint8], ground: Color) -> NDArray[np.uint8]:
    return np.array([*np.rint(pixel[:3] * (1 - _SUNK) + np.array(rgb(ground)) * _SUNK), 255], dtype=np.uint8)
