"""Where padding comes from: arcs around a padded grid, from each column and row that is copied to its copy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from manim import VGroup, VMobject

from cnnviz.engine.trace import ConvTrace
from cnnviz.stage.color import Color
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import Point, polyline

REACH = 0.38  # how far the highest arc stands off, at most
_OFF = 0.05
_TIP = 0.11


@dataclass(frozen=True)
class Copy:
    """A border column (axis 1) or row (axis 0) of a padded grid, and the one it copies, both counted with padding."""

    axis: int
    place: int
    source: int
    before: bool
    """Whether it lies before the picture."""

    def cells(self, shape: tuple[int, ...], padding: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
        """List its cells in a grid of this shape: a column is as high as the picture, a row as wide as the grid."""
        rows, columns = shape
        if self.axis:
            above, below = padding[0]
            return [(row, self.place) for row in range(above, rows - below)]
        return [(self.place, column) for column in range(columns)]


def copies(trace: ConvTrace) -> Iterator[Copy]:
    """List the border columns, then the border rows, with what each copies; none for zeros.

    Copying columns first and then whole rows gives the corners, too.
    """
    for axis in (1, 0):
        before, after = trace.padding[axis]
        places = trace.padded.shape[1 + axis]
        other = trace.padding[1 - axis][0]  # a place on the picture along the other axis
        for place in (*range(before), *range(places - after, places)):
            cell = (other, place) if axis else (place, other)
            source = int(trace.padded_source[(*cell, axis)])
            if source >= 0:
                yield Copy(axis, place, source + before, place < before)


def arcs(trace: ConvTrace, box: Box, cell: float, color: Color) -> VGroup:
    """Draw an arc for each border column and row, outside the grid, so that it crosses no number.

    Columns before the picture are served above the grid, those after it below; rows above it on the left, those below
    it on the right.
    """
    found = list(copies(trace))
    far = max((abs(copy.place - copy.source) for copy in found), default=1)
    curves, tips = [], []
    for copy in found:
        middle = cell / 2
        rise = REACH * (0.45 + 0.55 * abs(copy.place - copy.source) / far) - _OFF
        ends = ((copy.source * cell + middle), (copy.place * cell + middle))
        if copy.axis:
            edge, sign = (box.top + _OFF, 1) if copy.before else (box.bottom - _OFF, -1)
            points = [(box.left + along, edge + sign * high) for along, high in _arch(*ends, rise)]
        else:
            edge, sign = (box.left - _OFF, -1) if copy.before else (box.right + _OFF, 1)
            points = [(edge + sign * high, box.top - along) for along, high in _arch(*ends, rise)]
        *curve, tip = points
        curves.append(np.array([(x, y, 0.0) for x, y in curve]))
        tips.append(_tip(tip, copy.axis, sign))
    if not found:
        return VGroup()
    line = VMobject(stroke_color=color, stroke_width=2.6, fill_opacity=0.0)
    line.points = np.concatenate(curves)
    heads = VMobject(fill_color=color, fill_opacity=1.0, stroke_width=0.0)
    heads.points = np.concatenate(tips)
    return VGroup(line, heads)


def _arch(start: float, end: float, rise: float) -> list[Point]:
    """Return an arch as a cubic curve over a line, (along, high), and then the point where its arrow ends."""
    high = (rise - _TIP / 2) * 4 / 3
    return [(start, 0.0), (start, high), (end, high + _TIP), (end, _TIP), (end, 0.0)]


def _tip(at: Point, axis: int, sign: int) -> np.ndarray:
    """Return an arrowhead that ends at a point, coming from outside."""
    x, y = at
    if axis:
        corners = [(x, y), (x - _TIP / 2, y + sign * _TIP), (x + _TIP / 2, y + sign * _TIP)]
    else:
        corners = [(x, y), (x + sign * _TIP, y - _TIP / 2), (x + sign * _TIP, y + _TIP / 2)]
    return polyline([*corners, corners[0]])
