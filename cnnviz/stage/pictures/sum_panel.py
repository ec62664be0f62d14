"""Multiply and sum, written out: every product of a window, and what they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import VGroup

from cnnviz.engine.trace import ConvStep, ConvTrace
from cnnviz.stage import layout
from cnnviz.stage.layout import units
from cnnviz.stage.mobjects.number_grid import NumberGrid
from cnnviz.stage.text import Align, Line, Piece, Words, text_width
from cnnviz.stage.theme import Theme
from cnnviz.subjects.number import MINUS, cell_text, factor_text, relation

_LEADING = 1.42  # distance of the lines of terms, in type sizes
_BEHIND = 0.75  # half the room of a result behind its terms, in units


class SumPanel:
    """Writes the steps of a trace of one-channel windows as terms, or as a grid of products where terms do not fit.

    Terms with a negative value are taken away, as ``3×2 − 1×(−5)``.

    Parameters
    ----------
    trace : ConvTrace
        Two-dimensional.
    texts : nested sequences of str
        The weights as written in the kernel.
    at : (x, y)
        Middle of the upper edge.
    width, height : float
        Room in units, the result line included.
    roles : (str, str, str)
        Color roles of values, weights and result.
    largest : int
        Type of the terms where there is room.
    in_line : bool
        Write all terms and the result in one line.
    """

    def __init__(
        self,
        trace: ConvTrace,
        texts: Sequence[Sequence[str]],
        *,
        at: tuple[float, float],
        width: float,
        height: float,
        theme: Theme,
        roles: tuple[str, str, str] = ("input", "kernel", "output"),
        largest: int = layout.TERM,
        in_line: bool = False,
    ) -> None:
        self.roles, self.largest, self.in_line = roles, largest, in_line
        self.trace, self.theme = trace, theme
        factors = [[factor_text(text) for text in row] for row in texts]
        self.texts = [[text for row in factors for text in row]] if in_line else factors
        self.x, self.top = at
        self.rows, self.columns = len(self.texts), len(self.texts[0])
        self._values = [cell_text(abs(v)) for v in np.unique(trace.padded)]
        self.size = self._term_size(width - in_line * 2 * _BEHIND, height)
        self._grid_cell = self._grid_side(width, height)
        self.result_y = self.top - (self._terms_height() if self.size else self._grid_cell * self.rows)
        self.result_y -= units(layout.RESULT) * 0.85
        self.x -= in_line * _BEHIND

    @property
    def extent(self) -> tuple[float, float]:
        """Left and right end of what is written, in units."""
        half = (self._row_width(self.size) if self.size else self._grid_cell * self.columns) / 2
        return self.x - half, self.x + half

    def terms(self, step: ConvStep) -> list[VGroup]:
        """Return the products of a step, one group for each row of the kernel."""
        if not self.size:
            return [self._products(step)]
        return [VGroup(*self._row(step, row)) for row in range(self.rows)]

    def result(self, step: ConvStep) -> VGroup:
        """Return ``= result``, with an ``≈`` where the text is rounded."""
        look: Any = {"at": (self.x, self.result_y), "bold": True, "role": self.roles[2]}
        if self.in_line:
            look |= {"at": (self.extent[1] + 0.12, self.top - units(self.size) / 2), "align": "left"}
        return equals(step.result, layout.RESULT, self.theme, **look)

    def _row(self, step: ConvStep, row: int) -> list[Words]:
        size, theme = self.size, self.theme
        plus, _, times, weights = self._widths(size)
        shape = self.rows, self.columns
        given = step.values[0].reshape(shape)[row]
        texts = [cell_text(abs(value) if row or column else value) for column, value in enumerate(given)]
        is_padding = step.is_padding.reshape(shape)[row]
        widths = self._value_widths(texts, size)
        y = self.top - units(size) * (0.5 + row * _LEADING)
        x = self.x - (self.columns * (plus + times) + sum(widths) + sum(weights) - plus) / 2 - plus
        pieces: tuple[list[Piece], ...] = ([], [], [], [])
        signs, values, outside, factors = pieces
        for column in range(self.columns):
            if row or column:
                signs.append(Piece(MINUS if given[column] < 0 else "+", (x + plus / 2, y)))
            x += plus + widths[column]
            into = outside if is_padding[column] else values
            into.append(Piece(texts[column], (x, y), "right"))
            signs.append(Piece("×", (x + times / 2, y)))
            factors.append(Piece(self.texts[row][column], (x + times, y), "left"))
            x += times + weights[column]
        colors = (theme.muted, theme.role(self.roles[0]), theme.muted, theme.role(self.roles[1]))
        return [Words(part, size, color) for part, color in zip(pieces, colors, strict=True) if part]

    def _products(self, step: ConvStep) -> VGroup:
        side = self._grid_cell
        center = (self.x, self.top - self.rows * side / 2)
        return NumberGrid(
            step.products[0], role=self.roles[2], scale=self._product_scale(), cell=side, theme=self.theme, at=center
        )

    def _product_scale(self) -> float:
        return float(np.abs(self.trace.padded).max() * np.abs(self.trace.weight).max())

    def _widths(self, size: float) -> tuple[float, float, float, list[float]]:
        value = max(text_width(text, size) for text in self._values)
        weights = [max(text_width(row[column], size) for row in self.texts) for column in range(self.columns)]
        return text_width("+", size) * 1.7, value, text_width("×", size) * 1.25, weights

    def _value_widths(self, texts: Sequence[str], size: float) -> list[float]:
        """Return the room of each value: in columns where there are several rows, else as much as it needs."""
        if self.rows == 1 and not self.in_line:
            return [text_width(text, size) for text in texts]
        return [self._widths(size)[1]] * self.columns

    def _row_width(self, size: float) -> float:
        plus, value, times, weights = self._widths(size)
        return self.columns * (plus + value + times) + sum(weights)

    def _term_size(self, width: float, height: float) -> float:
        below = 0.0 if self.in_line else units(layout.RESULT) * 1.4
        for size in range(self.largest, layout.SMALLEST - 1, -1):
            high = units(size) * (1 + (self.rows - 1) * _LEADING) + below
            if self._row_width(size) <= width and high <= height:
                return size
        return 0

    def _terms_height(self) -> float:
        return units(self.size) * (1 + (self.rows - 1) * _LEADING)

    def _grid_side(self, width: float, height: float) -> float:
        return min(0.5, width / self.columns, (height - units(layout.RESULT) * 1.4) / self.rows)


def equals(
    value: float,
    size: float,
    theme: Theme,
    *,
    at: tuple[float, float],
    align: Align = "center",
    bold: bool = False,
    role: str = "output",
) -> VGroup:
    """Write ``= value``, or ``≈ value`` where the text is rounded; the number is the last part."""
    text = cell_text(value)
    color = theme.role(role) if value >= 0 else theme.negative
    return Line([(f"{relation(value, text)} ", theme.muted), (text, color)], size, at=at, align=align, bold=bold)
