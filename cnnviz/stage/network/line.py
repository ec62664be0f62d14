"""The flattened line and the dense layer: 256 numbers in one row, 256 weights under them, ten scores."""

from __future__ import annotations

import numpy as np
from manim import Group, VGroup
from numpy.typing import NDArray

from cnnviz.engine.trace import LinearStep, PoolStep
from cnnviz.stage import layout
from cnnviz.stage.layout import Box, pixel, units
from cnnviz.stage.mobjects.number_grid import NumberGrid
from cnnviz.stage.mobjects.pixel_image import PixelImage, value_pixels
from cnnviz.stage.mobjects.shapes import Rectangle, Strokes
from cnnviz.stage.network.sums import MIDDLE, TOP, equal
from cnnviz.stage.text import Label, Line, Piece, Words
from cnnviz.stage.theme import Theme
from cnnviz.subjects.number import cell_text, share_text

Floats = NDArray[np.floating]
_LEFT, _WIDE = 214, 1024  # pixels: where the long line begins, and how long it is
_HIGH = 24


def winner(step: PoolStep, theme: Theme, *, scale: float) -> list[VGroup]:
    """Write one window of a pooling and its largest number, framed where it is."""
    side = 64
    grid = NumberGrid(step.values, role="output", scale=scale, cell=units(side), theme=theme, at=pixel(520, MIDDLE))
    row, column = np.unravel_index(int(step.share.argmax()), step.values.shape)
    frame = Rectangle(grid.cell_box((int(row), int(column))), outline=theme.highlight, width=5.0)
    values = ", ".join(cell_text(value) for value in step.values.ravel().tolist())
    largest = Line(
        [(f"max({values})", theme.muted), (" = ", theme.muted), (cell_text(step.result), theme.output)],
        layout.LABEL,
        at=pixel(620, MIDDLE),
        align="left",
    )
    return [VGroup(grid), VGroup(frame), VGroup(largest)]


def unrolled(pooled: Floats, step: PoolStep, place: int, theme: Theme) -> list[Group]:
    """Show how maps become a line: one map with its numbers, its rows after one another, and the line of all maps."""
    channel, row, column = step.output_index
    scale, cell = float(np.abs(pooled).max()), 40
    grid = NumberGrid(
        pooled[channel], role="output", scale=scale, cell=units(cell), theme=theme, at=pixel(40 + 2 * cell, MIDDLE)
    )
    wide, first = 60, pooled[0].size * channel
    flat = pooled[channel].reshape(1, -1)
    line = NumberGrid(flat, role="output", scale=scale, cell=units(wide), theme=theme, at=pixel(_LEFT + _WIDE / 2, 460))
    y = pixel(0, TOP)[1]
    pieces = [Piece(str(first + i), (line.cell_box((0, i)).center[0], y)) for i in range(flat.shape[1])]
    indices = Words(pieces, layout.SMALLEST, theme.muted)
    own = place - first
    frames = VGroup(
        Rectangle(grid.cell_box((row, column)), outline=theme.highlight, width=4.0),
        Rectangle(line.cell_box((0, own)), outline=theme.highlight, width=4.0),
    )
    strip, block = long_line(pooled.ravel(), "output", scale, 536, theme), _block(channel, 536, len(pooled))
    ends = ((line.box.left, line.box.bottom), (line.box.right, line.box.bottom))
    zoom = Strokes([[ends[0], (block.left, block.top)], [ends[1], (block.right, block.top)]], theme.highlight, 1.6, 0.8)
    marks = Group(strip, zoom, Rectangle(block, outline=theme.highlight, width=3.0), _marks(len(pooled), 568, theme))
    return [Group(grid), Group(line, indices), Group(frames), marks]


def weighed(step: LinearStep, maps: int, theme: Theme, *, weights: float) -> list[Group]:
    """Show a dense sum: the long line, its weights, the products, and what each map adds up to."""
    rows = (
        ("numbers", step.values, "output", float(np.abs(step.values).max()), 434),
        ("weights", step.weights, "kernel", weights, 468),
        ("products", step.products, "output", float(np.abs(step.products).max()), 502),
    )
    parts = [
        Group(_name(name, y, theme), long_line(values, role, scale, y, theme)) for name, values, role, scale, y in rows
    ]
    sums = step.products.reshape(maps, -1).sum(axis=1).tolist()
    texts = [Piece(cell_text(value, 3), _block(i, 532, maps).center) for i, value in enumerate(sums)]
    parts.append(Group(_name("sums", 532, theme), Words(texts, layout.SMALLEST, theme.text)))
    score = Line(
        [
            ("sum ", theme.muted),
            (cell_text(float(step.products.sum())), theme.text),
            ("   + bias ", theme.muted),
            (cell_text(step.bias), theme.text),
            (f"   {equal(step.result)}", theme.muted),
            (cell_text(step.result), theme.highlight),
            (f"   the score of {step.output_index[0]}", theme.muted),
        ],
        layout.TERM,
        at=pixel(_LEFT + _WIDE / 2, 574),
    )
    return [*parts, Group(score)]


def table(scores: Floats, shares: Floats, best: int, theme: Theme) -> list[VGroup]:
    """Write the softmax as a table: scores, their exponentials with their sum, and each one's share of the sum."""
    with np.errstate(over="ignore"):
        powers = np.exp(scores.astype(np.float64))
    rows = (
        ("digit", [str(digit) for digit in range(len(scores))], 432),
        ("score", [cell_text(value) for value in scores.tolist()], 472),
        ("exp(score)", [cell_text(value) for value in powers.tolist()], 512),
        ("÷ sum", [share_text(value) for value in shares.tolist()], 552),
    )
    lines = []
    for name, texts, y in rows:
        others = [Piece(text, pixel(_cell_x(i), y)) for i, text in enumerate(texts) if i != best]
        color = theme.muted if name == "digit" else theme.text
        own = Label(texts[best], layout.NOTE, theme.highlight, at=pixel(_cell_x(best), y), bold=True)
        line = VGroup(_name(name, y, theme), Words(others, layout.NOTE, color), own)
        if name == "exp(score)":
            line.add(
                Label(
                    f"sum {cell_text(float(powers.sum()))}", layout.NOTE, theme.muted, at=pixel(1238, y), align="right"
                )
            )
        lines.append(line)
    return lines


def long_line(values: Floats, role: str, scale: float, y: float, theme: Theme) -> Group:
    """Draw many numbers as one line of colors, around a height in pixels."""
    box = Box.of_pixels(_LEFT, y - _HIGH / 2, _LEFT + _WIDE, y + _HIGH / 2)
    return Group(
        PixelImage(value_pixels(values.reshape(1, -1), role, scale, theme), box),
        Rectangle(box, outline=theme.line, width=1.2),
    )


def _block(channel: int, y: float, maps: int) -> Box:
    """Return the part of the long line that one map takes up."""
    left = _LEFT + channel * _WIDE / maps
    return Box.of_pixels(left, y - _HIGH / 2, left + _WIDE / maps, y + _HIGH / 2)


def _marks(maps: int, y: float, theme: Theme) -> Words:
    size = 256 // maps
    pieces = [Piece(str(i * size), (_block(i, y, maps).left, pixel(0, y)[1]), "left") for i in range(maps)]
    return Words(pieces, layout.SMALLEST, theme.muted)


def _name(text: str, y: float, theme: Theme) -> Label:
    return Label(text, layout.SMALLEST, theme.muted, at=pixel(_LEFT - 14, y), align="right")


def _cell_x(index: int) -> float:
    return _LEFT + 40 + index * 90
