"""A convolution small enough that every number of input, kernel and feature map is on the screen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Mobject, VGroup, VMobject
from numpy.typing import NDArray

from cnnviz.engine.trace import ConvStep
from cnnviz.stage.conv.sum_panel import SumPanel
from cnnviz.stage.conv.view import BOTTOM, GAP, TOP, ConvView
from cnnviz.stage.formula import convolution, formula
from cnnviz.stage.layout import LEFT, RIGHT, Box
from cnnviz.stage.mobjects.flow import Flow
from cnnviz.stage.mobjects.number_grid import NumberGrid, grid_texts, smallest_cell
from cnnviz.stage.theme import Theme
from cnnviz.subjects.convolution import Convolution

MOST_CELLS = 12  # a side; beyond it numbers become too small for the back row
_LARGEST_CELL = 0.82
_MIDDLE = 3.5  # width of the middle column
_FORMULA_Y = -2.08


class NumbersView(ConvView):
    """Input and feature map as grids of numbers, the sum written out below the kernel."""

    def __init__(self, subject: Convolution, theme: Theme) -> None:
        super().__init__(subject, theme)
        self._formulas: dict[tuple[int, ...] | None, list[VMobject]] = {}
        trace = self.trace
        padded = trace.padded[0]
        cells = _cells(padded, self.map)
        if cells is None:
            raise ValueError("these numbers do not fit; ask `fits` first")
        cell_in, cell_out = cells
        width_in, width_out = padded.shape[1] * cell_in, self.map.shape[1] * cell_out
        free = (RIGHT - LEFT - width_in - width_out - _MIDDLE) / 4
        x_in, x_out = LEFT + free + width_in / 2, RIGHT - free - width_out / 2
        self._x = LEFT + 2 * free + width_in + _MIDDLE / 2
        peak = subject.picture.peak
        at = (x_in, TOP - len(padded) * cell_in / 2)
        self.input = NumberGrid(
            padded, role="input", scale=peak, cell=cell_in, theme=theme, at=at, padding=trace.is_padding
        )
        at = (x_out, TOP - len(self.map) * cell_out / 2)
        self.output = NumberGrid(
            self.map, role="output", scale=self.scale, cell=cell_out, theme=theme, at=at, hidden=True
        )
        weights = subject.kernel.values
        readable = smallest_cell([text for row in subject.kernel.labels for text in row])
        side = min(max(min(cell_in, 0.52), readable), 1.75 / len(weights), 2.4 / weights.shape[1])
        self.kernel = self._kernel_grid(weights, side, (self._x, TOP - len(weights) * side / 2))
        below = self.kernel.box.bottom - 0.32
        width = _MIDDLE + 2 * min(free, GAP) - 0.8
        self.panel = SumPanel(
            trace, subject.kernel.labels, at=(self._x, below), width=width, height=below - BOTTOM, theme=theme
        )
        self._frames()
        self.static = [self.input, self.kernel, self.output, *self._titles(x_in, self._x, x_out), *self._border()]

    def input_cell(self, index: tuple[int, int]) -> Box:
        """Return where a cell of the padded input is."""
        return self.input.cell_box(index)

    def output_cell(self, index: tuple[int, int]) -> Box:
        """Return where a cell of the feature map is."""
        return self.output.cell_box(index)

    def terms(self, step: ConvStep) -> Sequence[VGroup]:
        """Return the products, one group for each row of the kernel."""
        return self.panel.terms(step)

    def result(self, step: ConvStep) -> VGroup:
        """Return the sum."""
        return self.panel.result(step)

    def flows(self, step: ConvStep) -> Sequence[VMobject]:
        """Return the arrows through the two gutters."""
        row = self.input.cell_box((step.padded_origin[0], 0), len(self.kernel.values)).center[1]
        text = self.panel.extent
        number = self.panel.result(step).get_right()[0] + 0.15
        middle = (self.panel.top + self.panel.result_y) / 2 + 0.12
        into = Flow((self.input.box.right + 0.1, row), (text[0] - 0.16, middle), self.theme.muted)
        landing = (self.output.box.left - 0.1, self.landing(step).center[1])
        out = Flow((number, self.panel.result_y), landing, self.theme.muted, bend=max(number, text[1] + 0.1))
        return [into, out]

    def formula(self, step: ConvStep | None) -> Sequence[VMobject]:
        """Return the sum as a formula, below the middle column where there is room; with the step's numbers put in."""
        if self.panel.result_y <= _FORMULA_Y + 0.75:
            return []
        place = None if step is None else step.output_index[1:]
        if place in self._formulas:
            return self._formulas[place]
        source = convolution(self.trace.stride, self.trace.dilation, place)
        color = self.theme.muted if step is None else self.theme.text
        self._formulas[place] = [formula(source, 24, color, at=(self._x, _FORMULA_Y))]
        return self._formulas[place]

    def fill(self, steps: Sequence[ConvStep]) -> Sequence[Mobject]:
        """Write the results into their cells; the grid is on stage already."""
        for step in steps:
            row, column = step.output_index[1:]
            self.output.show((row, column))
        return []


def fits(subject: Convolution) -> bool:
    """Tell whether all numbers of a convolution can be shown at a readable size."""
    output, padded = subject.trace.fold()[0], subject.trace.padded
    few = max(*padded.shape[1:], *output.shape) <= MOST_CELLS
    return len(padded) == 1 and few and _cells(padded[0], output) is not None


def _cells(padded: NDArray[np.floating], output: NDArray[np.floating]) -> tuple[float, float] | None:
    """Return the sides of the cells of input and output: equal if they can be, readable in any case."""
    width = RIGHT - LEFT - _MIDDLE - 2 * GAP
    least = [smallest_cell([text for row in grid_texts(grid) for text in row]) for grid in (padded, output)]
    most = [min(_LARGEST_CELL, (TOP - BOTTOM) / len(grid)) for grid in (padded, output)]
    both = min(*most, width / (padded.shape[1] + output.shape[1]))
    if both >= max(least):
        return both, both
    cell_in = min(most[0], max(least[0], both))
    cell_out = min(most[1], (width - padded.shape[1] * cell_in) / output.shape[1])
    return (cell_in, cell_out) if cell_in >= least[0] and cell_out >= least[1] else None
