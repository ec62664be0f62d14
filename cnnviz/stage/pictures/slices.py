"""Numbers in light: the slices of a filter, each in that of its channel, and a sheet of grays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.stage.color import Color, mix
from cnnviz.stage.mobjects.pixel_image import PixelImage, map_pixels
from cnnviz.stage.pictures.grid import Cell, Grid
from cnnviz.stage.theme import BLACK, WHITE


class Slice(Grid):
    """A slice in one light: none for the most negative weight, half for 0, all of it for the largest."""

    def color_of(self, cell: Cell) -> Color:
        """Return the fill of a cell once it is shown."""
        share = float(np.clip(0.5 + self.values[cell] / (2 * self.scale_of_fill), 0, 1))
        return mix(BLACK, self.theme.role(self.role), share)

    def _pixels(self) -> NDArray[np.uint8]:
        return _fills(self)


class Shade(Grid):
    """Numbers on the grays that they stand for: 0 on black, the ``photo``'s peak on white."""

    def color_of(self, cell: Cell) -> Color:
        """Return the fill of a cell once it is shown."""
        return mix(BLACK, WHITE, float(np.clip(self.values[cell] / (self.photo or 1.0), 0, 1)))


def copied(grid: Grid) -> PixelImage:
    """Draw the cells of a grid where they are, without their numbers."""
    return PixelImage(_fills(grid) if grid.photo is None else grid._pixels(), grid.box)


def opened(scene: Any, tile: Any, slices: Sequence[Grid], *, seconds: float = 1.3) -> None:
    """Let the slices of a filter come out of a thing that has a box, all at once, and show them."""
    moves = []
    for grid in slices:
        image = copied(grid)
        target = image.copy()
        image.stretch_to_fit_width(tile.box.width).stretch_to_fit_height(tile.box.height)
        image.move_to((*tile.box.center, 0))
        moves.append((image, target))
    scene.add(*(image for image, _ in moves))
    scene.play(*(image.animate.become(target) for image, target in moves), run_time=seconds)
    scene.remove(*(image for image, _ in moves))
    for grid in slices:
        grid.show()


def _fills(grid: Grid) -> NDArray[np.uint8]:
    return map_pixels([[grid.color_of((row, column)) for column in range(grid.columns)] for row in range(grid.rows)])
