"""A matrix too large for numbers, as an image with hard pixel edges."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import RESAMPLING_ALGORITHMS, ImageMobject
from numpy.typing import NDArray

from cnnviz.stage.color import Color, rgb
from cnnviz.stage.layout import Box
from cnnviz.stage.theme import Theme


class PixelImage(ImageMobject):
    """Pixels, shape (H, W, 4), drawn so that each one is a sharp square; ``cell_box`` says where."""

    def __init__(self, pixels: NDArray[np.uint8], box: Box) -> None:
        super().__init__(pixels, scale_to_resolution=0)
        self.set_resampling_algorithm(RESAMPLING_ALGORITHMS["nearest"])
        self.box = box
        self.rows, self.columns = pixels.shape[:2]
        self.stretch_to_fit_width(box.width).stretch_to_fit_height(box.height)
        self.move_to((*box.center, 0))

    def paint(self, pixels: NDArray[np.uint8]) -> None:
        """Show other pixels in the same place."""
        self.pixel_array = pixels.copy()
        self.orig_alpha_pixel_array = pixels[:, :, 3].copy()

    def cell_box(self, index: tuple[int, int], rows: int = 1, columns: int = 1) -> Box:
        """Return the rectangle of ``rows`` x ``columns`` pixels whose first one is ``index``."""
        side = self.box.width / self.columns
        left, top = self.box.left + index[1] * side, self.box.top - index[0] * side
        return Box(left, top - rows * side, left + columns * side, top)


def photo_pixels(
    values: NDArray[np.floating], peak: float, muted: NDArray[np.bool_], ground: Color
) -> NDArray[np.uint8]:
    """Return a picture (C, H, W) as opaque pixels; what is ``muted`` (H, W) sinks halfway into the ground."""
    levels = np.clip(np.nan_to_num(values, neginf=0.0) / peak, 0, 1) * 255
    pixels = np.full((*values.shape[1:], 4), 255.0)
    pixels[..., :3] = np.moveaxis(np.broadcast_to(levels, (3, *levels.shape[1:])), 0, -1)
    pixels[muted, :3] = 0.45 * pixels[muted, :3] + 0.55 * np.array(rgb(ground))
    return pixels.round().astype(np.uint8)


def map_pixels(colors: Sequence[Sequence[Color | None]]) -> NDArray[np.uint8]:
    """Return a matrix of colors as pixels; None is transparent."""
    return np.array(
        [[(0, 0, 0, 0) if color is None else (*rgb(color), 255) for color in row] for row in colors], dtype=np.uint8
    )


def value_pixels(
    values: NDArray[np.floating], role: str, scale: float, theme: Theme, gamma: float = 1.0
) -> NDArray[np.uint8]:
    """Return a matrix (H, W) as pixels in the fills that `NumberGrid` gives the same numbers; nan is empty.

    The strength of a fill is the share of ``scale``, to the power of ``gamma``: below 1, small numbers stand out.

    Examples
    --------
    >>> from cnnviz.stage.theme import theme
    >>> value_pixels(np.array([[0.0, 2.0]]), "output", 2.0, theme("dark")).tolist()
    [[[21, 27, 33, 255], [73, 188, 123, 255]]]
    """
    levels, places = np.unique(np.nan_to_num(values), return_inverse=True)
    strengths = np.sign(levels) * np.abs(levels / (scale or 1.0)) ** gamma
    fills = [(*rgb(theme.fill(role, strength)), 255) for strength in strengths.tolist()]
    return np.array(fills, dtype=np.uint8)[places.reshape(values.shape)]
