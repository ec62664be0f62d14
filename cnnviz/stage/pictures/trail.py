"""A way over a grid, point by point, as it is drawn on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from manim import Animation, Mobject, VGroup, VMobject, linear

from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import Point, polyline
from cnnviz.stage.mobjects.tiles import Tiles
from cnnviz.stage.pictures.grid import Grid

_DOT, _HEAD = 0.045, 0.09


class Trail(VGroup):
    """Dots joined by a line, in the middles of cells and between them; only its start is seen at first.

    Parameters
    ----------
    grid : Grid
        Flat, and in its place.
    cells : sequence of (float, float)
        Rows and columns; what lies outside of the grid is not drawn.
    role : str
        Color role.
    """

    def __init__(self, grid: Grid, cells: Sequence[tuple[float, float]], role: str) -> None:
        super().__init__()
        self.grid, self.role, color = grid, role, grid.theme.role(role)
        inside = [0 <= row <= grid.rows - 1 and 0 <= column <= grid.columns - 1 for row, column in cells]
        self.cells = list(cells[: inside.index(False) if False in inside else len(cells)])
        self.line = VMobject(stroke_color=color, stroke_width=3.0, fill_opacity=0.0)
        self.head = VMobject(fill_color=color, fill_opacity=1.0, stroke_color=grid.theme.ground, stroke_width=1.5)
        self.dots = Tiles([], fill=color)
        self.add(self.line, self.dots, self.head)
        self.show(0.0)

    def point(self, at: float) -> Point:
        """Return where the way is at a step; between two of them, on the straight line."""
        before = min(int(at), len(self.cells) - 1)
        after = min(before + 1, len(self.cells) - 1)
        row, column = (a + (b - a) * (at - before) for a, b in zip(self.cells[before], self.cells[after], strict=True))
        box, side = self.grid.box, self.grid.side
        return box.left + (column + 0.5) * side, box.top - (row + 0.5) * side

    def show(self, upto: float) -> None:
        """Draw it as far as a step."""
        self.shown = min(upto, len(self.cells) - 1.0)
        whole = [self.point(step) for step in range(int(self.shown) + 1)]
        path = [*whole, self.point(self.shown)]
        self.line.points = polyline(path)
        self.dots.points = Tiles([Box(x - _DOT, y - _DOT, x + _DOT, y + _DOT) for x, y in whole]).points
        x, y = path[-1]
        corners = [(x + _HEAD * math.cos(i * math.pi / 6), y + _HEAD * math.sin(i * math.pi / 6)) for i in range(13)]
        self.head.points = polyline(corners)

    def go(self, **options: Any) -> Animation:
        """Return the animation that draws all of it."""
        return _Go(self, **options)


class _Go(Animation):
    """Draw on without copying."""

    def __init__(self, trail: Trail, **options: Any) -> None:
        super().__init__(trail, rate_func=linear, **options)

    def create_starting_mobject(self) -> Mobject:
        return self.mobject

    def interpolate_mobject(self, alpha: float) -> None:
        self.mobject.show(self.rate_func(alpha) * (len(self.mobject.cells) - 1))
