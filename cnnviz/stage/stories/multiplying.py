"""A part of a picture times a filter, number by number, and what the products add up to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import FadeIn

from cnnviz.stage.language import say
from cnnviz.stage.layout import RESULT, SMALLEST
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.place import Column, Row
from cnnviz.stage.text import size_within
from cnnviz.subjects.number import as_in_cell, cell_text

_FINE = 5  # characters of a number that is reckoned with
_LEAST, _SMALL = 0.69, 4  # units: a cell whose numbers can be read; of so small parts
_WIDE, _HIGH = 8.0, 0.6  # units, of the line


def multiply(
    scene: Any, sources: Sequence[Any], numbers: Sequence[Any], step: Any, *, gone: Sequence[Any]
) -> list[Any]:
    """Let a part and a filter grow out of where they stand, multiply them, and add up; return what then stands.

    Parameters
    ----------
    sources : (Outline, Grid)
        The window on the picture, and the filter on its wall.
    numbers : (array, array, array)
        Part, filter and products, as matrices.
    step : ConvStep
        What is reckoned.
    gone : sequence
        What goes.
    """
    theme, least = scene.theme, _LEAST if max(numbers[0].shape) <= _SMALL else 0.0
    names = (("part", "input"), ("filter", "kernel"), ("products", "output"))
    part, weights, products = grids = [
        Grid(each, role, name, detail="", texts=_texts(each), least=least, most=9.0, hidden=role == "output")
        for each, (name, role) in zip(numbers, names, strict=True)
    ]
    line = Slot(min(scene.frame.stage.width, _WIDE), _HIGH)
    with scene.beat("Each number of the part times the weight that lies on it.", focus=products):
        orders = [Column(Row(*grids), line)], [Column(Row(part, weights), products, line)]
        places = scene.roomiest(*orders, most=9.0)
        scene.rearrange(*places, gone=gone, instead=dict(zip((part, weights), sources, strict=True)), most=9.0)
        for grid in (part, weights):
            cells = [(grid.copy_of(cell), products.cell_box(cell)) for cell in grid.everywhere()]
            scene.fly(*cells, seconds=0.9)
        products.show()
    ends = (("sum", theme.output), ("bias", theme.kernel), ("answer", theme.text))
    values = (float(step.products.sum()), step.bias, step.result)
    runs = [(f"{say(name)} {as_in_cell(v, _FINE)}   ", ink) for (name, ink), v in zip(ends, values, strict=True)]
    with scene.beat("The products are added up, and the bias to them: this is the answer.", focus=line):
        scene.fly(*((products.copy_of(cell), line.box) for cell in products.everywhere()), scale=0.4, seconds=0.9)
        line.put_line(runs, max(SMALLEST, size_within(line.box.width, RESULT, *(text for text, _ in runs))))
    return [*grids, line]


def put_back(scene: Any, stands: Sequence[Any], x: Grid, window: Any) -> None:
    """Let what was multiplied go, and the part of it shrink into its window on the picture, which comes."""
    part, *others = stands
    part.remove(part.heading)
    scene.add(part.heading)
    scene.vanish(part.heading, *others)
    scene.add(x, part)
    shrinks = part.animate.scale_to_fit_width(window.box.width).move_to((*window.box.center, 0))
    scene.play(FadeIn(x), shrinks, run_time=0.9)
    scene.add(window)
    scene.vanish(part)


def _texts(values: Any) -> list[list[str]]:
    return [[cell_text(value, _FINE) for value in row] for row in values.tolist()]
