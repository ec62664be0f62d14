"""A wall of small pictures that parts into blocks, and blocks that join into walls: nothing goes dark in between."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from manim import FadeOut

from cnnviz.stage.glide import SOON, Resettle
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.scene import Scene


def part(scene: Scene, wall: Grid, blocks: Sequence[Grid]) -> None:
    """Let a standing wall part into blocks that have their places: each comes from its share of it."""
    scene.remove(wall)
    _travel(scene, blocks, _strips(wall, len(blocks)), [wall])


def join(scene: Scene, blocks: Sequence[Grid], walls: Sequence[Grid]) -> None:
    """Let standing blocks join into walls that have their places, in each as many as it is large."""
    whole = sum(wall.values.size for wall in walls)
    shares = [max(1, round(len(blocks) * wall.values.size / whole)) for wall in walls]
    strips = [strip for wall, share in zip(walls, shares, strict=True) for strip in _strips(wall, share)]
    scene.remove(*blocks)
    _travel(scene, strips, blocks, blocks)
    scene.remove(*strips)
    scene.add(*walls)


def _travel(scene: Scene, pictures: Sequence[Grid], came: Sequence[Grid], gone: Sequence[Grid]) -> None:
    """Let pictures travel from where others stand to their places, while titles fade out."""
    moves = [Resettle(picture, old.box, old.top) for picture, old in zip(pictures, came, strict=False)]
    titles = [FadeOut(old.heading, rate_func=SOON) for old in gone if old.heading is not None]
    scene.play(*moves, *titles, run_time=1.0)


def _strips(wall: Grid, count: int) -> list[Grid]:
    """Cut a wall that has its place into strips side by side, each where it is."""
    ends = [round(i * wall.columns / count) for i in range(count + 1)]
    strips = []
    for left, right in pairwise(ends):
        strip = Grid(wall.values[:, left:right], wall.role, scale=wall.scale_of_fill, form="pixels")
        strip.settle(wall.cell_box((0, left)).left, wall.box.top, wall.side)
        strips.append(strip)
    return strips
