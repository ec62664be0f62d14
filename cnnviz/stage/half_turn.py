"""Turning cells by half a turn."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import PI, Animation, Group, smooth

from cnnviz.stage.glide import Glide
from cnnviz.stage.pictures.grid import Grid


class HalfTurn(Animation):
    """Turn cells as one around a point, with numbers that stay upright."""

    def __init__(self, cells: Group, center: tuple[float, float], **options: Any) -> None:
        self.parts = [(part, part.points.copy(), k) for cell in cells for k, part in enumerate(cell)]
        self.center = np.array([*center, 0.0])
        super().__init__(cells, rate_func=smooth, **options)

    def interpolate_mobject(self, alpha: float) -> None:
        """Stand where the cells are after a share ``alpha`` of the turn."""
        c, s = np.cos(PI * self.rate_func(alpha)), np.sin(PI * self.rate_func(alpha))
        spin = np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])
        for part, points, is_text in self.parts:
            middle = (points.min(axis=0) + points.max(axis=0)) / 2
            moved = self.center + (middle - self.center) @ spin.T
            part.points = moved + (points - middle) @ (np.eye(3) if is_text else spin.T)


def turn_onto(scene: Any, grid: Grid, other: Grid, *, seconds: float = 0.9) -> None:
    """Let copies of a grid's cells travel onto another grid and turn by half a turn there; it then shows its cells."""
    _travel(scene, grid, other, turned=True, seconds=seconds)
    other.show()


def carry(scene: Any, kernel: Grid, target: Grid, *, turned: bool = False) -> None:
    """Carry the cells of a kernel to a place, or half a turn around it; what stood there gives way."""
    cells, values, texts = kernel.everywhere(), kernel.values.copy(), [list(row) for row in kernel.texts]
    scene.remove(target)
    _travel(scene, kernel, target, turned=turned, seconds=0.5)
    if turned:
        values, texts = values[::-1, ::-1], [row[::-1] for row in texts[::-1]]
    target.rewrite({cell: float(values[cell]) for cell in cells}, {cell: texts[cell[0]][cell[1]] for cell in cells})
    scene.add(target)


def _travel(scene: Any, grid: Grid, other: Grid, *, turned: bool, seconds: float) -> None:
    """Let copies of all cells go to where another grid stands, if that is elsewhere, and turn there if asked."""
    (x, y), (to_x, to_y) = grid.box.center, other.box.center
    copies = Group(*(Group(*grid.copy_of(cell)) for cell in grid.everywhere()))
    scene.add(copies)
    if grid.box != other.box:
        scene.play(Glide(copies, (to_x - x, to_y - y)), run_time=seconds)
    if turned:
        scene.play(HalfTurn(copies, other.box.center), run_time=0.9)
    scene.remove(copies)
