"""Drawing what is not an outline: images, points, outlines filled with an image. Manim draws, we keep the pixels."""

from collections.abc import Hashable, Sequence

import numpy as np
import numpy.typing as npt
from manim import Camera, PMobject, VMobject
from manim.mobject.types.image_mobject import AbstractImageMobject

from cnnviz.render.fast.picture import Dots, Layer
from cnnviz.render.fast.sink import Box, Frame
from cnnviz.render.fast.view import View


def look_of_image(mobject: AbstractImageMobject, view: View) -> Hashable:
    """Return what decides how an image looks."""
    pixels = mobject.get_pixel_array()
    shown = pixels.shape, pixels.tobytes(), mobject.resampling_algorithm
    return mobject.points.tobytes(), view.stance(mobject), *shown


def look_of_points(mobject: PMobject, view: View) -> Hashable:
    """Return what decides how a point cloud looks."""
    return mobject.points.tobytes(), view.stance(mobject), mobject.rgbas.tobytes(), mobject.stroke_width


def draw_image(mobject: AbstractImageMobject, look: Hashable, camera: Camera) -> Layer:
    """Let the camera put an image over clear pixels: that gives the image itself, ready to go over any others."""
    sheet = np.zeros_like(camera.pixel_array)
    camera.display_image_mobject(mobject, sheet)
    return _layer(look, sheet)


def draw_textured(mobjects: Sequence[VMobject], look: Hashable, camera: Camera) -> Layer:
    """Let the camera put outlines filled with one image over clear pixels."""
    sheet = np.zeros_like(camera.pixel_array)
    camera.display_multiple_background_colored_vmobjects(mobjects, sheet)
    return _layer(look, sheet)


def draw_points(mobject: PMobject, look: Hashable, camera: Camera) -> Dots:
    """Let the camera set points on two grounds that differ everywhere: where they agree afterwards, a point was set."""
    sheet = np.zeros_like(camera.pixel_array)
    other = np.full_like(sheet, 255)
    for ground in (sheet, other):
        camera.display_multiple_point_cloud_mobjects([mobject], ground)
    mask = (sheet == other).all(axis=2)
    box, crop = _crop(mask)
    return Dots(look, box, sheet[crop].copy(), mask[crop].copy())


def _layer(look: Hashable, sheet: Frame) -> Layer:
    box, crop = _crop(sheet[:, :, 3] > 0)
    return Layer(look, box, sheet[crop].copy())


def _crop(mask: npt.NDArray[np.bool_]) -> tuple[Box | None, tuple[slice, slice]]:
    """Return the smallest rectangle around the marked pixels."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return None, (slice(0), slice(0))
    top, bottom, left, right = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    return (top, left, bottom, right), (slice(top, bottom), slice(left, right))
