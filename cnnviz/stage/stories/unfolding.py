"""From a photo to its sheets: come closer to a patch, lift it out, and take it apart into red, green and blue."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation, FadeOut, VGroup
from numpy.typing import NDArray

from cnnviz.data import Picture
from cnnviz.stage.mobjects.pixel_image import PixelImage, photo_pixels
from cnnviz.stage.pictures.stack import Stack
from cnnviz.stage.pictures.viewport import Viewport
from cnnviz.stage.theme import CHANNELS


def photo_of(scene: Any, picture: Picture) -> Viewport:
    """Show a picture as large as the stage."""
    pixels = photo_pixels(
        picture.values, picture.peak, np.zeros(picture.values.shape[1:], dtype=bool), scene.theme.ground
    )
    stage, ratio = scene.frame.stage, pixels.shape[1] / pixels.shape[0]
    photo = Viewport(pixels, picture.values[0], width=min(stage.width, stage.height * ratio))
    scene.arrange(photo)
    return photo


def unfold(scene: Any, photo: Viewport, corner: tuple[int, int], stack: Stack, *others: Animation) -> VGroup:
    """Carry a patch of the photo to where the sheets lie folded, and fan them out; return their names.

    The photo goes meanwhile, and ``others`` are played.
    """
    sheet = stack.sheets[0]
    (row, column), pixels = corner, _part(photo.pixels, corner, sheet.rows, sheet.columns)
    cover = PixelImage(pixels, photo.cell_box(row, column, sheet.rows, sheet.columns))
    scene.add(cover)
    side = sheet.columns * sheet.side
    leaves = cover.animate.scale(side / cover.width).move_to((*stack.box.center, 0))
    scene.play(leaves, *(others or [FadeOut(photo)]))
    scene.remove(photo)
    scene.remove(cover)
    scene.add(stack, cover)
    scene.play(FadeOut(cover, run_time=0.7), stack.fan(run_time=1.9))
    names = stack.names(CHANNELS)
    scene.appear(names)
    return names


def _part(pixels: NDArray[np.uint8], corner: tuple[int, int], rows: int, columns: int) -> NDArray[np.uint8]:
    row, column = corner
    return pixels[row : row + rows, column : column + columns]
