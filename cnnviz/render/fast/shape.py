"""The shape of one outline: a path as cairo keeps it, and how far it reaches."""

from typing import Any

import cairo
import numpy.typing as npt
from manim import VMobject

Extents = tuple[float, float, float, float]
Pen = tuple[float, cairo.LineJoin, cairo.LineCap]
"""How a line is drawn: its width in Manim units, its joints and its ends."""

FAR = 10_000.0
"""Coordinates beyond this leave cairo's number range, so that nothing it says of their extents can be trusted."""


class Shape:
    """A path, measured once for each way of painting it.

    Parameters
    ----------
    context
        Traces and measures the path; its matrix is the camera's.
    mobject
        The mobject.
    points
        Its points as the camera sees them.
    """

    __slots__ = ("_extents", "far", "path")

    def __init__(self, context: "cairo.Context[Any]", mobject: VMobject, points: npt.NDArray[Any]) -> None:
        _trace(context, mobject, points)
        self.path = context.copy_path()
        self.far = not (len(points) and -FAR < points.min() <= points.max() < FAR)
        self._extents: dict[Pen | None, Extents] = {}

    def extents(self, context: "cairo.Context[Any]", pen: Pen | None) -> Extents:
        """Return left, top, right and bottom of the filled shape, or of its line drawn with a pen."""
        known = self._extents.get(pen)
        if known is None:
            context.new_path()
            context.append_path(self.path)
            if pen is None:
                known = context.fill_extents()
            else:
                take_up(context, pen)
                known = context.stroke_extents()
            self._extents[pen] = known
        return known


def take_up(context: "cairo.Context[Any]", pen: Pen) -> None:
    """Draw the next lines with a pen."""
    width, join, cap = pen
    context.set_line_width(width)
    context.set_line_join(join)
    context.set_line_cap(cap)


def _trace(context: "cairo.Context[Any]", mobject: VMobject, points: npt.NDArray[Any]) -> None:
    """Make a mobject's cubic curves the context's path, closing the runs that end where they began."""
    context.new_path()
    step = mobject.n_points_per_cubic_curve
    at = points[:, :2].tolist()
    for start, stop in _runs(mobject, points, at):
        if stop - start < step:
            continue
        context.new_sub_path()
        context.move_to(*at[start])
        for i in range(start, stop - step + 1, step):
            context.curve_to(*at[i + 1], *at[i + 2], *at[i + 3])
        if mobject.consider_points_equals_2d(at[start], at[stop - 1]):
            context.close_path()


def _runs(mobject: VMobject, points: npt.NDArray[Any], at: list[list[float]]) -> list[tuple[int, int]]:
    """Split points where a curve does not begin at the end of the one before.

    Manim's own way is made for many points; for the few of a usual mobject a loop is quicker.
    """
    step = mobject.n_points_per_cubic_curve
    plain = type(mobject).get_subpath_split_indices_from_points is VMobject.get_subpath_split_indices_from_points
    if not plain or len(at) % step or len(at) > 50 * step:
        return [(a, b) for a, b in mobject.get_subpath_split_indices_from_points(points, n_dims=2).tolist()]
    together = VMobject.consider_points_equals_2d
    cuts = [i for i in range(step, len(at), step) if at[i - 1] != at[i] and not together(mobject, at[i - 1], at[i])]
    return list(zip([0, *cuts], [*cuts, len(at)], strict=True)) if at else []
