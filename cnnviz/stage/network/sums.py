"""How one number of a convolution comes about: its windows, its weights, the sums, the bias and the ReLU."""

from __future__ import annotations

import numpy as np
from manim import VGroup
from numpy.typing import NDArray

from cnnviz.engine.trace import ConvStep
from cnnviz.stage import layout
from cnnviz.stage.layout import pixel, units
from cnnviz.stage.mobjects.number_grid import NumberGrid
from cnnviz.stage.text import Label, Line, Piece, Words
from cnnviz.stage.theme import Theme
from cnnviz.subjects.number import cell_text, exact

TOP, BOTTOM = 418, 590  # pixels from above, of the lower half of the stage
MIDDLE = (TOP + BOTTOM) / 2
_CELL = 52  # pixels, of cells with numbers
_SMALL = 19  # of cells without


def single(step: ConvStep, theme: Theme, *, scale: float, weights: float) -> list[VGroup]:
    """Write a window of one slice times its kernel: window, kernel, products, each with the sign before it."""
    parts, x = [], 66.0
    grids = (
        ("window", step.values[0], "input", scale, "", step.is_padding),
        (f"filter {step.output_index[0] + 1}", step.weights[0], "kernel", weights, "×", None),
        ("products", step.products[0], "output", scale * weights, "=", None),
    )
    for name, values, role, peak, sign, padding in grids:
        group, wide = VGroup(), values.shape[1] * _CELL
        if sign:
            group.add(Label(sign, layout.LABEL, theme.muted, at=pixel(x + 28, MIDDLE)))
            x += 56
        middle, cell = pixel(x + wide / 2, MIDDLE), units(_CELL)
        grid = NumberGrid(values, role=role, scale=peak, cell=cell, theme=theme, at=middle, padding=padding)
        head = Label(name, layout.NOTE, theme.role(role), at=pixel(x + wide / 2, TOP - 8))
        parts.append(VGroup(grid, head, *group))
        x += wide
    return parts


def several(step: ConvStep, theme: Theme, *, scale: float, weights: float) -> list[VGroup]:
    """Write windows of several slices: for each its window, its weights and its partial sum, below each other."""
    rows = step.values.shape[1]
    pitch, first = 90, 196
    y = [TOP + rows * _SMALL / 2, TOP + rows * _SMALL * 1.5 + 10, TOP + rows * _SMALL * 2 + 32]
    names = Words(
        [Piece(text, pixel(66, line), "left") for text, line in zip(("windows", "weights", "sums"), y, strict=True)],
        layout.SMALLEST,
        theme.muted,
    )
    windows, kernels, sums = VGroup(names), VGroup(), []
    for channel, (values, kernel) in enumerate(zip(step.values, step.weights, strict=True)):
        x = first + channel * pitch
        windows.add(_plain(values, "output", scale, pixel(x, y[0]), theme, step.is_padding))
        kernels.add(_plain(kernel, "kernel", weights, pixel(x, y[1]), theme))
        sums.append(Piece(cell_text(float(step.channel_sums[channel])), pixel(x, y[2])))
    signs = [Piece("+", pixel(first + (channel + 0.5) * pitch, y[2])) for channel in range(len(sums) - 1)]
    return [windows, kernels, VGroup(Words(sums, layout.NOTE, theme.text), Words(signs, layout.NOTE, theme.muted))]


def total(step: ConvStep, result: float, theme: Theme) -> list[VGroup]:
    """Write the sum of the products, the bias, what they make, and what the ReLU makes of that.

    The number is the last part of each line.
    """
    count = len(step.channel_sums)
    what = f"sum of {count} sums" if count > 1 else f"sum of {step.products.size} products"
    added = float(step.channel_sums.sum())
    rows = (
        (what, "", added, theme.text),
        ("bias", "+ ", step.bias, theme.text),
        ("before ReLU", equal(step.result), step.result, theme.text),
        ("after ReLU", "", result, theme.output),
    )
    lines, right = [], 1214 if count > 1 else 1090
    for index, (name, sign, value, color) in enumerate(rows):
        y, last = MIDDLE - 60 + index * 40, index == len(rows) - 1
        line = VGroup(
            Label(name, layout.NOTE, theme.muted, at=pixel(right - 130, y), align="right"),
            Line(
                [(sign, theme.muted), (cell_text(value), color)],
                layout.LABEL if last else layout.TERM,
                at=pixel(right, y),
                align="right",
                bold=last,
            ),
        )
        lines.append(line)
    return lines


def equal(value: float) -> str:
    """Return the sign before a number as it is written: equal, or nearly so where it is rounded."""
    return "= " if exact(value, cell_text(value)) else "≈ "


def _plain(
    values: NDArray[np.floating],
    role: str,
    scale: float,
    middle: tuple[float, float],
    theme: Theme,
    padding: NDArray[np.bool_] | None = None,
) -> NumberGrid:
    """Draw a grid too small for numbers."""
    return NumberGrid(values, role=role, scale=scale, cell=units(_SMALL), theme=theme, at=middle, padding=padding)
