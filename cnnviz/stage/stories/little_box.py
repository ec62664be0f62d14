"""A kernel of slices that lies on its sheets: slices that travel there, and numbers in the box that come to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Group, Transform

from cnnviz.engine.trace.wording import number_text, sum_text
from cnnviz.stage.glide import Glide
from cnnviz.stage.layout import Box
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import TITLE_HEIGHT, Slot
from cnnviz.stage.pictures.reckoning import Reckoning
from cnnviz.stage.pictures.stack import Stack, Tunnel
from cnnviz.stage.pictures.window import Window
from cnnviz.stage.place import Column, Row
from cnnviz.subjects.number import cell_text, exact, relation

_ZOOMS = 2.2, 2.0, 1.8, 1.6, 1.4, 1.2, 1.0


def lay_slices(scene: Any, kernels: Sequence[Grid], tunnel: Tunnel) -> None:
    """Let the slices of a kernel travel to their sheets, turn into their planes there, and become the box."""
    copies, laid = Group(), Group()
    for kernel, window in zip(kernels, tunnel.windows, strict=True):
        sheet, (row, column), scale = window.grid, window.cell, window.grid.side / kernel.side
        corner = np.array([sheet.box.left + column * sheet.side, sheet.box.top - row * sheet.side, 0.0])
        start = np.array([kernel.box.left, kernel.box.top, 0.0])
        for part in (part for cell in kernel.everywhere() for part in kernel.copy_of(cell)):
            copies.add(part)
            laid.add(there := part.copy())
            there.points = sheet.plane.lay(corner + scale * (part.points - start), sheet.middle)
    scene.play(Transform(copies, laid), run_time=1.2)
    scene.add(tunnel)
    scene.point(*tunnel.windows, seconds=0.6)
    scene.vanish(copies, seconds=0.4)


def light(tunnel: Tunnel) -> None:
    """Let the cells of its sheets step back but those in the box."""
    for window in tunnel.windows:
        window.grid.only(window.cells())


def deeper(scene: Any, stack: Stack, old: Tunnel, layer: int) -> Tunnel:
    """Let a box glide on to those from a layer on; return the box that lies there."""
    new = Tunnel(stack, old.frame.kernel, cell=old.frame.cell, sheets=slice(layer, layer + len(old.windows)))
    start, end = old.frame.box, new.frame.box
    scene.play(Glide(old, (end.left - start.left, end.top - start.top)), run_time=1.0)
    scene.remove(old)
    scene.add(new)
    return new


def read_box(scene: Any, window: Window, target: Grid, *, seconds: float = 0.7) -> None:
    """Bring the numbers that a window of the box lies on to cells of a flat grid."""
    pairs = zip(window.cells(), target.everywhere(), strict=True)
    scene.fly(*((window.grid.copy_of(cell), target.cell_box(to)) for cell, to in pairs), seconds=seconds)


def larger(scene: Any, *grids: Grid, order: Sequence[Any], **room: Any) -> None:
    """Let grids have the largest cells that cost the other pictures of an order next to nothing."""
    least = 0.97 * scene.fit(*order, **room)
    for zoom in _ZOOMS:
        for grid in grids:
            grid.zoom = zoom
        if scene.fit(*order, **room) >= least:
            break


def worked(columns: Sequence[Sequence[Any]], total: Slot, side: float) -> tuple[Row, Column]:
    """Set what lies in the box, the kernel's slices and their sums slice by slice, and the total beside or below.

    ::

        [values] [weights] = part             [values] [weights] = part
        [values] [weights] = part = total     [values] [weights] = part
        [values] [weights] = part             [values] [weights] = part
                                                                 = total
    """
    lines = Column(*(Row(*each, gap=0.2) for each in zip(*columns, strict=True)), gap=0.1)
    above, before = Slot(0.1, TITLE_HEIGHT + 4 * side), Slot(6 * side + 0.2, 0.0)
    beside = Row(lines, Column(above, total, gap=0.1), gap=0.1)
    return beside, Column(lines, Row(before, total, gap=0.2), gap=0.1)


def added(sums: Sequence[float], result: float) -> list[tuple[str, str]]:
    """Write the sums of all slices as one sum, for a line of a `Reckoning`.

    >>> added([-1.0, 43.0, -2.0], 40.0)
    [('−1 + 43 − 2 = ', 'muted'), ('40', 'output')]
    """
    text, whole = cell_text(result), all(exact(value, number_text(value)) for value in sums)
    return [(f"{sum_text(sums)} {relation(result, text) if whole else '≈'} ", "muted"), (text, "output")]


def add_up(scene: Any, tunnel: Tunnel, answer: Box, count: Reckoning, sums: Sequence[float], result: float) -> None:
    """Let slice after slice of what lies in the box travel to its answer, and its sum join a line of sums."""
    for index, window in enumerate(tunnel.windows, 1):
        parts = [part for cell in window.cells() for part in window.grid.copy_of(cell)]
        scene.fly((parts, answer), scale=0.4, seconds=0.8)
        runs = added(sums, result) if index == len(sums) else [(sum_text(sums[:index]), "muted")]
        count.put(count.line(0, runs))
