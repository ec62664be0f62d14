"""Drawing what is not an outline: images, points, outlines filled with an image. Manim draws, we keep the pixels."""

from collections.abc import Hashable, Sequence

import numpy as np
import numpy.typing as npt
from manim import Camera, PMobject, VMobject
from manim.mobject.types.image_mobject import AbstractImageMobject

from cnnviz.render.fast.camera import pixels_of
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
    sheet = np.zeros_like(pixels_of(camera))
    camera.display_image_mobject(mobject, sheet)
    return _layer(look, sheet)


def draw_textured(mobjects: Sequence[VMobject], look: Hashable, camera: Camera) -> Layer:
    """Let the camera put outlines filled with one image over clear pixels."""
    sheet = np.zeros_like(pixels_of(camera))
    camera.display_multiple_background_colored_vmobjects(mobjects, sheet)
    return _layer(look, sheet)


def draw_points(mobject: PMobject, look: Hashable, camera: Camera) -> Dots:
    """Find the pixels that the camera would set for points, and nothing of the frame beside."""
    points, thickness = mobject.points, camera.adjusted_thickness(mobject.stroke_width)
    if not len(points):
        return Dots(look, None, np.zeros((0, 0, 4), np.uint8), np.zeros((0, 0), np.bool_))
    places = camera.thickened_coordinates(camera.points_to_pixel_coords(mobject, points), thickness)
    colors = (camera.rgb_max_val * mobject.rgbas).astype(np.uint8)
    colors = np.array([colors] * (len(places) // len(colors))).reshape(len(places), 4)
    seen = camera.on_screen_pixels(places)
    places, colors = places[seen].astype(int), colors[seen]
    if not len(places):
        return Dots(look, None, np.zeros((0, 0, 4), np.uint8), np.zeros((0, 0), np.bool_))
    (left, top), (right, bottom) = places.min(axis=0).tolist(), places.max(axis=0).tolist()
    columns, rows = (places - (left, top)).T
    pixels = np.zeros((bottom + 1 - top, right + 1 - left, 4), np.uint8)
    mask = np.zeros(pixels.shape[:2], np.bool_)
    pixels[rows, columns], mask[rows, columns] = colors, True
    return Dots(look, (top, left, bottom + 1, right + 1), pixels, mask)


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
