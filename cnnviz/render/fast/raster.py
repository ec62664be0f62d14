"""Drawing what is not an outline: images, points, outlines filled with an image."""

import contextlib
from collections.abc import Hashable, Sequence

import numpy as np
import numpy.typing as npt
from manim import Camera, PMobject, VMobject
from manim.mobject.types.image_mobject import AbstractImageMobject
from PIL import Image

from cnnviz.render.fast.boxes import overlap
from cnnviz.render.fast.camera import pixels_of
from cnnviz.render.fast.picture import Dots, Layer, Nothing
from cnnviz.render.fast.sink import Frame
from cnnviz.render.fast.view import View

_PERSPECTIVE = Image.Transform.PERSPECTIVE
_THINNEST = 0.5  # pixels; an image that looks thinner is not drawn


def look_of_image(mobject: AbstractImageMobject, view: View) -> Hashable:
    """Return what decides how an image looks."""
    pixels = mobject.get_pixel_array()
    shown = pixels.shape, pixels.tobytes(), mobject.resampling_algorithm
    return mobject.points.tobytes(), view.stance(mobject), *shown


def look_of_points(mobject: PMobject, view: View) -> Hashable:
    """Return what decides how a point cloud looks."""
    return mobject.points.tobytes(), view.stance(mobject), mobject.rgbas.tobytes(), mobject.stroke_width


def draw_image(mobject: AbstractImageMobject, look: Hashable, camera: Camera) -> Layer | Nothing:
    """Draw an image between its corners as Manim does, on pixels of its own instead of a frame's."""
    corners = camera.points_to_subpixel_coords(mobject, mobject.points)
    pixels = corners.astype(np.int64)
    start = pixels.min(axis=0)
    image = Image.fromarray(mobject.get_pixel_array())
    way_back = _way_back(corners - start, image.size)
    if way_back is None:
        return Nothing(look)
    width, height = (pixels - start).max(axis=0).tolist()
    drawn = image.transform((width, height), _PERSPECTIVE, way_back, mobject.resampling_algorithm)
    left, top = start.tolist()
    seen = overlap((top, left, top + height, left + width), (0, 0, camera.pixel_height, camera.pixel_width))
    if seen is None:
        return Nothing(look)
    sheet = np.asarray(drawn)[seen[0] - top : seen[2] - top, seen[1] - left : seen[3] - left]
    return _layer(look, sheet, seen[:2])


def _way_back(corners: npt.NDArray[np.float64], size: tuple[int, int]) -> list[float] | None:
    """Return the perspective from pixels drawn to those of an image; None where it is seen from its edge.

    Corners come as Manim keeps them: upper left, upper right, lower left, lower right. The equations stand in Manim's
    order, so that not even a rounding differs.
    """
    around = corners[[0, 1, 3, 2]]
    sides = np.roll(around, -1, axis=0) - around
    lengths = np.linalg.norm(sides, axis=1)
    longest = int(np.argmax(lengths))
    along, before = sides[longest], sides[longest - 1]
    if not lengths[longest] or abs(along[0] * before[1] - along[1] * before[0]) / lengths[longest] < _THINNEST:
        return None
    rows, ends = [], [(0, 0), (size[0], 0), (0, size[1]), size]
    for (x, y), (to_x, to_y) in zip(corners, ends, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -to_x * x, -to_x * y], [0, 0, 0, x, y, 1, -to_y * x, -to_y * y]]
    with contextlib.suppress(np.linalg.LinAlgError):
        solved: list[float] = np.linalg.solve(np.array(rows, float), np.array(ends, float).reshape(8)).tolist()
        return solved
    return None


def draw_textured(mobjects: Sequence[VMobject], look: Hashable, camera: Camera) -> Layer | Nothing:
    """Let the camera put outlines filled with one image over clear pixels."""
    sheet = np.zeros_like(pixels_of(camera))
    camera.display_multiple_background_colored_vmobjects(mobjects, sheet)
    return _layer(look, sheet, (0, 0))


def draw_points(mobject: PMobject, look: Hashable, camera: Camera) -> Dots | Nothing:
    """Find the pixels that the camera would set for points, and nothing of the frame beside."""
    points, thickness = mobject.points, camera.adjusted_thickness(mobject.stroke_width)
    if not len(points):
        return Nothing(look)
    places = camera.thickened_coordinates(camera.points_to_pixel_coords(mobject, points), thickness)
    colors = (camera.rgb_max_val * mobject.rgbas).astype(np.uint8)
    colors = np.array([colors] * (len(places) // len(colors))).reshape(len(places), 4)
    seen = camera.on_screen_pixels(places)
    places, colors = places[seen].astype(int), colors[seen]
    if not len(places):
        return Nothing(look)
    (left, top), (right, bottom) = places.min(axis=0).tolist(), places.max(axis=0).tolist()
    columns, rows = (places - (left, top)).T
    pixels = np.zeros((bottom + 1 - top, right + 1 - left, 4), np.uint8)
    mask = np.zeros(pixels.shape[:2], np.bool_)
    pixels[rows, columns], mask[rows, columns] = colors, True
    return Dots(look, (top, left, bottom + 1, right + 1), pixels, mask)


def _layer(look: Hashable, sheet: Frame, at: tuple[int, int]) -> Layer | Nothing:
    """Keep what is not clear of a sheet whose first pixel is at a row and column of the frame."""
    mask = sheet[:, :, 3] > 0
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return Nothing(look)
    top, bottom, left, right = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    box = at[0] + top, at[1] + left, at[0] + bottom, at[1] + right
    return Layer(look, box, sheet[top:bottom, left:right].copy())
