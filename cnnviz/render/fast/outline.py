"""Drawing one VMobject's outline: its path, its paints, and the pixels it can touch."""

from collections.abc import Hashable
from math import ceil, floor
from typing import Any

import cairo
import numpy as np
import numpy.typing as npt
from manim import VMobject
from manim.camera.camera import CAP_STYLE_MAP, LINE_JOIN_MAP

from cnnviz.render.fast.picture import Nothing, Outline, Stroke
from cnnviz.render.fast.scratch import Scratch
from cnnviz.render.fast.sink import Box
from cnnviz.render.fast.view import View

Colors = npt.NDArray[np.float64]

FAR = 10_000.0
"""Coordinates beyond this leave cairo's number range, so their extents cannot be trusted."""


def look_of(mobject: VMobject, view: View) -> Hashable:
    """Return all that decides how an outline looks, compared byte by byte: arrays may change in place."""
    fill = mobject.get_fill_rgbas()
    front = mobject.get_stroke_width()
    back = mobject.get_stroke_width(background=True)
    look: tuple[Any, ...] = (
        mobject.points.tobytes(),
        fill.tobytes(),
        view.stance(mobject) if view.deep else None,
        front,
        back,
    )
    gradient = len(fill) > 1
    if front or back:
        line, behind = mobject.get_stroke_rgbas(), mobject.get_stroke_rgbas(background=True)
        look += (line.tobytes(), behind.tobytes(), mobject.joint_type, mobject.cap_style)
        gradient = gradient or len(line) > 1 or len(behind) > 1
    if gradient:
        # The ends of a gradient also depend on the members of the family.
        look += tuple(end.tobytes() for end in mobject.get_gradient_start_and_end_points())
    return look


def draw_outline(mobject: VMobject, look: Hashable, view: View, scratch: Scratch) -> Outline | Nothing:
    """Build the path and the paints of a mobject as the camera sees it now."""
    camera, context = view.camera, scratch.context
    points = camera.transform_points_pre_display(mobject, mobject.points)
    trace_path(context, mobject, points)
    picture = Outline(look, context.copy_path())
    extents: list[tuple[float, float, float, float]] = []

    def stroke(behind: bool) -> Stroke | None:
        width = mobject.get_stroke_width(behind)
        if not width:
            return None
        paint = _paint(camera.get_stroke_rgbas(mobject, background=behind), mobject, view)
        if paint is None:
            return None
        pen = Stroke(
            paint,
            width * camera.cairo_line_width_multiple,
            LINE_JOIN_MAP[mobject.joint_type],
            CAP_STYLE_MAP[mobject.cap_style],
        )
        pen.prepare(context)
        extents.append(context.stroke_extents())
        return pen

    picture.back = stroke(True)
    picture.fill = _paint(camera.get_fill_rgbas(mobject), mobject, view)
    if picture.fill is not None:
        extents.append(context.fill_extents())
    picture.front = stroke(False)
    context.new_path()
    if not extents:
        return Nothing(look)
    picture.box = _pixels(extents, points, context.get_matrix(), scratch.whole)
    return picture


def trace_path(
    context: "cairo.Context[cairo.ImageSurface]", mobject: VMobject, points: npt.NDArray[np.float64]
) -> None:
    """Make a mobject's cubic curves the context's path, closing the runs that end where they began."""
    context.new_path()
    step = mobject.n_points_per_cubic_curve
    if len(points) < step:
        return
    at = points[:, :2].tolist()
    curve_to = context.curve_to
    for start, stop in mobject.get_subpath_split_indices_from_points(points, n_dims=2).tolist():
        if stop - start < step:
            continue
        context.new_sub_path()
        context.move_to(*at[start])
        for i in range(start, stop - step + 1, step):
            curve_to(*at[i + 1], *at[i + 2], *at[i + 3])
        if mobject.consider_points_equals_2d(at[start], at[stop - 1]):
            context.close_path()


def _paint(colors: Colors, mobject: VMobject, view: View) -> cairo.Pattern | None:
    """Return what to paint with, None where every color is clear; cairo stores blue first, hence the swapped order."""
    stops = colors.tolist()
    if not any(alpha for *_, alpha in stops):
        return None
    if len(stops) == 1:
        red, green, blue, alpha = stops[0]
        return cairo.SolidPattern(blue, green, red, alpha)
    ends = view.camera.transform_points_pre_display(mobject, mobject.get_gradient_start_and_end_points())
    pattern = cairo.LinearGradient(*(coordinate for end in ends for coordinate in end[:2]))
    for offset, (red, green, blue, alpha) in zip(np.linspace(0, 1, len(stops)).tolist(), stops, strict=True):
        pattern.add_color_stop_rgba(offset, blue, green, red, alpha)
    return pattern


def _pixels(
    extents: list[tuple[float, float, float, float]],
    points: npt.NDArray[np.float64],
    matrix: cairo.Matrix,
    whole: Box,
) -> Box | None:
    """Return the pixels inside all extents with one more on each side for antialiasing, cut to the frame."""
    if not -FAR < points.min() <= points.max() < FAR:
        return whole
    corners = [matrix.transform_point(x, y) for x1, y1, x2, y2 in extents for x, y in ((x1, y1), (x2, y2))]
    xs, ys = zip(*corners, strict=True)
    top, left = max(floor(min(ys)) - 1, 0), max(floor(min(xs)) - 1, 0)
    bottom, right = min(ceil(max(ys)) + 1, whole[2]), min(ceil(max(xs)) + 1, whole[3])
    return (top, left, bottom, right) if top < bottom and left < right else None
