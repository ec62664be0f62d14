"""Flat maps beside their filters that travel into one stack, while picture and filters make room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from manim import FadeIn

from cnnviz.stage.arranging import pictures
from cnnviz.stage.glide import Resettle
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.stack import Stack
from cnnviz.stage.place import Column, Item, Row
from cnnviz.stage.space import Plane, Turn

_SPREAD, _GAP = 1.9, 0.6  # of the whole stack and of two sheets at most, in widths of a map


def tables(items: Sequence[Item], widths: Sequence[int], gap: float) -> list[Column]:
    """Set items in lines of so many, in every one of these widths."""
    lines = [[items[i : i + n] for i in range(0, len(items), n)] for n in widths]
    return [Column(*(Row(*line, gap=gap) for line in some), gap=0.2) for some in lines]


def stack_up(
    scene: Any,
    given: Item,
    kernels: Sequence[Grid],
    numbers: Sequence[Grid],
    sheets: Sequence[Grid],
    write: Callable[[], None],
) -> Stack:
    """Let maps that stand flat become a stack; filters stand before it, each with room for a number.

    ``write`` writes again what stands in slots of what is given.
    """
    stood = [(picture, picture.box, picture.top) for picture in (*pictures([given]), *kernels)]
    flat = [sheet.box for sheet in sheets]
    for sheet in sheets:
        sheet.title = sheet.detail = ""
    for sheet in sheets[:-1]:  # the next one will partly cover it, and half a number is none
        sheet.form = "pixels"
    gap = min(_GAP, _SPREAD / (len(sheets) - 1))
    stack = Stack(sheets, "feature maps", role="output", gap=gap)
    pairs = [Row(*pair, gap=0.2) for pair in zip(kernels, numbers, strict=True)]
    orders = [[given, Column(table, stack)] for table in tables(pairs, (4, 2, 3), gap=0.3)]
    orders += [[given, table, stack] for table in tables(pairs, (1, 2), gap=0.3)]
    scene.remove(*sheets)
    scene.fit(*scene.roomiest(*orders, gap=0.4), gap=0.4)
    ends = [sheet.plane for sheet in sheets]
    for sheet, box in zip(sheets, flat, strict=True):
        across, up = box.width / sheet.box.width, box.height / sheet.box.height
        sheet.stand(Plane(box.center, (across, 0.0), (0.0, up)))
    moves = [Resettle(*each) for each in stood]
    write()
    heading = stack.heading
    stack.remove(heading)
    scene.add(stack)
    turn = Turn(list(zip(sheets, ends, strict=True)), whole=stack)
    scene.play(*moves, turn, *map(FadeIn, numbers), run_time=1.6)
    scene.appear(heading)
    scene.remove(heading)
    stack.add(heading)
    return stack
