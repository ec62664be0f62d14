"""A pooling small enough that every number of input and pooled map is on the screen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Mobject, VMobject
from numpy.typing import NDArray

from cnnviz.engine.trace import PoolStep
from cnnviz.stage.layout import LEFT, RIGHT, Box
from cnnviz.stage.mobjects.flow import Flow
from cnnviz.stage.mobjects.number_grid import NumberGrid, grid_texts, smallest_cell
from cnnviz.stage.mobjects.sifted_grid import SiftedGrid
from cnnviz.stage.pooling.panel import WindowPanel, outside_texts, rings
from cnnviz.stage.pooling.view import BOTTOM, GAP, TOP, PoolView
from cnnviz.stage.theme import Theme
from cnnviz.subjects.pooling import Pooling

MOST_CELLS = 12  # a side; beyond it numbers become too small for the back row
_LARGEST_CELL = 0.95
_MIDDLE = 3.5  # width of the middle column, at least
_LARGEST_PATCH = 2.5
_WIDEST_LINE = 2.9


class NumbersView(PoolView):
    """Input and pooled map as grids of numbers; the winners stay lit, the others step back."""

    def __init__(self, subject: Pooling, theme: Theme, *, below: float = 0.0) -> None:
        super().__init__(subject, theme)
        trace = self.trace
        padded = trace.padded[0]
        cells = _cells(subject, below)
        if cells is None:
            raise ValueError("these numbers do not fit; ask `fits` first")
        cell_in, cell_out = cells
        rows, columns = trace.kernel_size
        patch = min(_LARGEST_CELL, _LARGEST_PATCH / rows, _LARGEST_PATCH / columns)
        width_in, width_out = padded.shape[1] * cell_in, self.map.shape[1] * cell_out
        free = (RIGHT - LEFT - width_in - width_out - _MIDDLE) / 4
        x_in, x_out = LEFT + free + width_in / 2, RIGHT - free - width_out / 2
        x = LEFT + 2 * free + width_in + _MIDDLE / 2
        finite = np.where(np.isfinite(padded), padded, np.nan)
        self.input = SiftedGrid(
            finite,
            role="input",
            scale=self.peak,
            cell=cell_in,
            theme=theme,
            at=(x_in, TOP - len(padded) * cell_in / 2),
            padding=trace.is_padding,
            texts=outside_texts(padded, _overrun(subject)),
        )
        at = (x_out, TOP - len(self.map) * cell_out / 2)
        self.output = NumberGrid(
            self.map, role="output", scale=self.peak, cell=cell_out, theme=theme, at=at, hidden=True
        )
        # The line below the window keeps clear of the arrows, which turn in the middle of the gutters.
        gutter = _MIDDLE / 2 + free - columns * patch / 2
        width = min(_WIDEST_LINE, columns * patch + gutter - 0.4)
        self.panel: WindowPanel = WindowPanel(trace, self.peak, at=(x, TOP), cell=patch, width=width, theme=theme)
        self._frames()
        self._before = tuple(before for before, _ in trace.padding)
        self._won: set[tuple[int, int]] = set()
        self._seen: set[tuple[int, int]] = set()
        self.static = [self.input, self.output, *self._titles(x_in, x_out), *self._border()]

    def input_cell(self, index: tuple[int, int]) -> Box:
        """Return where a cell of the padded input is."""
        return self.input.cell_box(index)

    def output_cell(self, index: tuple[int, int]) -> Box:
        """Return where a cell of the pooled map is."""
        return self.output.cell_box(index)

    def map_box(self) -> Box:
        """Return where the pooled map is."""
        return self.output.box

    def lifting(self, step: PoolStep) -> NumberGrid:
        """Return the window's numbers where they lie in the input."""
        lifted = self.panel.values(step)
        ratio = self.input.cell_side / self.panel.cell
        lifted.scale(ratio).move_to((*self._window_box(step).center, 0))
        return lifted

    def marks(self, step: PoolStep) -> Sequence[Mobject]:
        """Return rings around the window's largest numbers."""
        return rings(step, self._window_box(step), self.input.cell_side, self.theme) if step.argmaxes else []

    def flows(self, step: PoolStep) -> Sequence[VMobject]:
        """Return the arrows through the two gutters."""
        row = self._window_box(step).center[1]
        end = (self.panel.box.left - 0.16, self.panel.box.center[1])
        return [Flow((self.input.box.right + 0.1, row), end, self.theme.muted), self.arrow_out(step)]

    def fill(self, steps: Sequence[PoolStep]) -> Sequence[Mobject]:
        """Write the results into their cells; the grid is on stage already."""
        for step in steps:
            row, column = step.output_index[1:]
            self.output.show((row, column))
        return []

    def sift(self, step: PoolStep, *, decided: bool) -> None:
        """Show the window as it is before the decision, or with the winners alone lit after it."""
        if self.trace.kind == "avg":
            return
        rows, columns = self.trace.kernel_size
        row, column = step.padded_origin
        current = {(row + i, column + j) for i in range(rows) for j in range(columns)}
        if decided and step.argmax is not None:
            self._won.add((step.argmax[0] + self._before[0], step.argmax[1] + self._before[1]))
        self._seen |= current
        lit = self._won if decided else self._won | current
        self.input.sift(self._seen - lit)

    def _window_box(self, step: PoolStep) -> Box:
        row, column = step.padded_origin
        return self.input.cell_box((row, column), *self.trace.kernel_size)


def fits(subject: Pooling, *, below: float = 0.0) -> bool:
    """Tell whether all numbers of a pooling can be shown at a readable size."""
    few = max(*subject.trace.padded.shape[1:], *subject.trace.output_shape[1:]) <= MOST_CELLS
    return len(subject.trace.input) == 1 and few and _cells(subject, below) is not None


def _cells(subject: Pooling, below: float) -> tuple[float, float] | None:
    """Return the sides of the cells of input and pooled map: equal if they can be, readable in any case."""
    padded, pooled = subject.trace.padded[0], subject.trace.fold()[0]
    width = RIGHT - LEFT - _MIDDLE - 2 * GAP
    least = [smallest_cell([text for row in grid_texts(grid) for text in row]) for grid in (padded, pooled)]
    high = TOP - BOTTOM
    most_in = min(_LARGEST_CELL, high / len(padded))
    most_out = min(_LARGEST_CELL, (high - below) / len(pooled))
    both = min(most_in, most_out, width / (padded.shape[1] + pooled.shape[1]))
    if both >= max(least):
        return both, both
    cell_in = min(most_in, max(least[0], both))
    cell_out = min(most_out, (width - padded.shape[1] * cell_in) / pooled.shape[1])
    return (cell_in, cell_out) if cell_in >= least[0] and cell_out >= least[1] else None


def _overrun(subject: Pooling) -> NDArray[np.bool_]:
    """Tell which padded cells an average never counts: those that the last windows reach beyond the padding."""
    trace = subject.trace
    beyond = np.zeros(trace.padded.shape[1:], dtype=bool)
    if trace.kind == "avg":
        below, beside = (side - over for side, over in zip(trace.padded.shape[1:], trace.overrun, strict=True))
        beyond[below:] = beyond[:, beside:] = True
    return beyond
