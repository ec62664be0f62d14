"""Drawing one VMobject's outline: its shape, its paints, and the pixels it can touch."""

from collections.abc import Callable, Iterable
from math import ceil, floor
from typing import Any

import cairo
import numpy as np
import numpy.typing as npt
from manim import VMobject
from manim.camera.camera import CAP_STYLE_MAP, LINE_JOIN_MAP

from cnnviz.render.fast.picture import Nothing, Outline, Picture, Stroke
from cnnviz.render.fast.scratch import Scratch
from cnnviz.render.fast.shape import Extents, Shape
from cnnviz.render.fast.sink import Box
from cnnviz.render.fast.view import View

Look = tuple[Any, ...]


def look_of(mobject: VMobject, view: View) -> Look:
    """Return all that decides how an outline looks, the shape first.

    Arrays are compared byte by byte, as they may change in place.
    """
    fill = mobject.get_fill_rgbas()
    front, back = mobject.get_stroke_width(), mobject.get_stroke_width(background=True)
    stance = view.stance(mobject) if view.deep else None
    shape = (mobject.points.tobytes(), mobject.tolerance_for_point_equality, stance)
    look: Look = (shape, fill.tobytes(), front, back)
    gradient = len(fill) > 1
    if front or back:
        line, behind = mobject.get_stroke_rgbas(), mobject.get_stroke_rgbas(background=True)
        look += (line.tobytes(), behind.tobytes(), mobject.joint_type, mobject.cap_style)
        gradient = gradient or len(line) > 1 or len(behind) > 1
    if (gradient or (view.deep and mobject.shade_in_3d)) and _gradient_follows_others(mobject):
        look += tuple(end.tobytes() for end in mobject.get_gradient_start_and_end_points())
    return look


def _gradient_follows_others(mobject: VMobject) -> bool:
    """Tell whether the ends of a gradient depend on more than the mobject's points, usually on its family's."""
    name = "get_gradient_start_and_end_points"
    by_manim = name not in vars(mobject) and getattr(type(mobject), name) is getattr(VMobject, name)
    return not (by_manim and mobject.shade_in_3d)


def draw_outline(mobject: VMobject, look: Look, view: View, scratch: Scratch, last: Picture | None) -> Picture:
    """Make the picture of a mobject as the camera sees it now; the shape of its last one may still serve."""
    camera, context = view.camera, scratch.context

    def ends() -> Any:
        return camera.transform_points_pre_display(mobject, mobject.get_gradient_start_and_end_points())

    back = _stroke(mobject, view, ends, behind=True)
    fill = _paint(camera.get_fill_rgbas(mobject), ends)
    front = _stroke(mobject, view, ends, behind=False)
    if front is None and fill is None and back is None:
        return Nothing(look)
    if isinstance(last, Outline) and last.look[0] == look[0]:
        shape = last.shape
    else:
        shape = Shape(context, mobject, camera.transform_points_pre_display(mobject, mobject.points))
    if shape.far:
        box: Box | None = scratch.whole
    else:
        extents = [shape.extents(context, stroke.pen) for stroke in (back, front) if stroke is not None]
        if fill is not None:
            extents.append(shape.extents(context, None))
        box = _pixels(extents, context.get_matrix(), scratch.whole)
    return Outline(look, shape, box, back, fill, front)


def _stroke(mobject: VMobject, view: View, ends: Callable[[], Any], behind: bool) -> Stroke | None:
    """Return how the line along a path is drawn, None where none is."""
    width = mobject.get_stroke_width(behind)
    if not width:
        return None
    paint = _paint(view.camera.get_stroke_rgbas(mobject, background=behind), ends)
    if paint is None:
        return None
    join, cap = LINE_JOIN_MAP[mobject.joint_type], CAP_STYLE_MAP[mobject.cap_style]
    return Stroke(paint, (float(width * view.camera.cairo_line_width_multiple), join, cap))


def _paint(colors: npt.NDArray[np.float64], ends: Callable[[], Any]) -> cairo.Pattern | None:
    """Return what to paint with, None where every color is clear; cairo stores blue first, hence the swapped order."""
    stops = colors.tolist()
    if not any(alpha for *_, alpha in stops):
        return None
    if len(stops) == 1:
        red, green, blue, alpha = stops[0]
        return cairo.SolidPattern(blue, green, red, alpha)
    pattern = cairo.LinearGradient(*(coordinate for end in ends() for coordinate in end[:2]))
    for offset, (red, green, blue, alpha) in zip(np.linspace(0, 1, len(stops)).tolist(), stops, strict=True):
        pattern.add_color_stop_rgba(offset, blue, green, red, alpha)
    return pattern


def _pixels(extents: Iterable[Extents], matrix: cairo.Matrix, whole: Box) -> Box | None:
    """Return the pixels inside all extents with one more on each side for antialiasing, cut to the frame."""
    lefts, tops, rights, bottoms = zip(*extents, strict=True)
    x1, y1 = matrix.transform_point(min(lefts), min(tops))
    x2, y2 = matrix.transform_point(max(rights), max(bottoms))
    top, left = max(floor(min(y1, y2)) - 1, 0), max(floor(min(x1, x2)) - 1, 0)
    bottom, right = min(ceil(max(y1, y2)) + 1, whole[2]), min(ceil(max(x1, x2)) + 1, whole[3])
    return (top, left, bottom, right) if top < bottom and left < right else None
