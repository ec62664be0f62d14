"""The way back through pooling on stage: the gradient of the pooled map, the input, and the gradient of the input."""

from __future__ import annotations

import numpy as np
from manim import Mobject, VMobject

from cnnviz.engine.trace import PoolVjpStep, PoolVjpTrace
from cnnviz.stage import layout
from cnnviz.stage.layout import LEFT, RIGHT, Box
from cnnviz.stage.mobjects.flow import Flow
from cnnviz.stage.mobjects.number_grid import NumberGrid
from cnnviz.stage.mobjects.running_grid import RunningGrid
from cnnviz.stage.mobjects.shapes import Rectangle, Strokes
from cnnviz.stage.text import Label, Line, text_width
from cnnviz.stage.theme import Theme
from cnnviz.subjects.number import cell_text, exact
from cnnviz.subjects.pool_gradient import PoolGradient, landings

TOP, BOTTOM = 1.98, -1.85
_LARGEST_CELL, _GAP = 0.8, 0.55
NAMES = {"max": "by max", "avg": "by average"}


class RoutesView:
    """Three columns: dY at the left, X in the middle, dX at the right.

    Attributes
    ----------
    dy, x : NumberGrid
        The gradient of the pooled map, and the input.
    giver, window, landing : Rectangle
        The frames on dY, on X and on dX.
    """

    def __init__(self, subject: PoolGradient, theme: Theme) -> None:
        self.subject, self.theme = subject, theme
        values, dy = subject.picture.values[0], subject.gradient
        columns = dy.shape[1] + 2 * values.shape[1]
        width = RIGHT - LEFT - 4 * _GAP
        self.cell = cell = min(_LARGEST_CELL, (TOP - BOTTOM) / max(len(values), len(dy)), width / columns)
        free = (RIGHT - LEFT - columns * cell) / 4
        wide, narrow = values.shape[1] * cell, dy.shape[1] * cell
        x_dy, x_right = LEFT + free + narrow / 2, RIGHT - free - wide / 2
        self.middle, self.right = (x_right - free - wide), x_right
        self.y = TOP - max(len(values), len(dy)) * cell / 2
        self.dy = NumberGrid(
            dy, role="gradient", scale=float(np.abs(dy).max()), cell=cell, theme=theme, at=(x_dy, self.y)
        )
        self.x = NumberGrid(
            values, role="input", scale=subject.picture.peak, cell=cell, theme=theme, at=(self.middle, self.y)
        )
        self.giver = Rectangle(self.dy.cell_box((0, 0)), outline=theme.highlight, width=4.0)
        self.window = Rectangle(self.x.box, outline=theme.kernel, width=5.0)
        self.landing = Rectangle(self.x.box, outline=theme.kernel, width=5.0)

    def empty(self, trace: PoolVjpTrace, x: float) -> RunningGrid:
        """Return an empty dX in the column around ``x``, with room for every number that it will ever show."""
        total = trace.fold()[0][0]
        return RunningGrid(
            total.shape,
            widest=_texts(trace),
            role="gradient",
            scale=float(np.abs(total).max()),
            cell=self.cell,
            theme=self.theme,
            at=(x, self.y),
        )

    def title(self, name: str, what: str, role: str, grid: NumberGrid) -> Line:
        """Return what stands above a grid."""
        runs = [(name, self.theme.role(role)), ("  " + what, self.theme.muted)]
        return Line(runs, layout.LABEL, at=(grid.box.center[0], grid.box.top + 0.36))

    def window_box(self, step: PoolVjpStep, grid: NumberGrid) -> Box:
        """Return where the window lies on a grid of the input's shape, without what reaches over its edge."""
        real = step.source[~step.is_padding]
        first, last = real.min(axis=0), real.max(axis=0)
        rows, columns = (last - first + 1).tolist()
        return grid.cell_box((int(first[0]), int(first[1])), rows, columns)

    def giver_box(self, step: PoolVjpStep) -> Box:
        """Return the cell of dY that hands out."""
        return self.dy.cell_box((step.output_index[1], step.output_index[2]))

    def rings(self, step: PoolVjpStep) -> list[Rectangle]:
        """Return a frame around each of the largest numbers of the window, the strong one around the first."""
        return [
            Rectangle(
                self.x.cell_box((row, column)),
                outline=self.theme.highlight,
                width=5.0 if (row, column) == step.argmax else 2.0,
            )
            for row, column in step.argmaxes
        ]

    def tile(self, step: PoolVjpStep) -> NumberGrid:
        """Return the gradient that is handed out, as a cell that lies on its place in dY."""
        return NumberGrid(
            np.array([[step.gradient]]),
            role="gradient",
            scale=self.dy.scale_of_fill,
            cell=self.cell,
            theme=self.theme,
            at=self.giver_box(step).center,
        )

    def flows(self, step: PoolVjpStep, target: NumberGrid, *, through_x: bool) -> list[VMobject]:
        """Return the arrows from dY to the target, by way of the winner in X where there is one."""
        y = self.giver_box(step).center[1]
        start = (self.dy.box.right + 0.1, y)
        if step.argmax is None:
            end = self.window_box(step, target).center[1]
            if not through_x:
                return [Flow(start, (target.box.left - 0.1, end), self.theme.muted)]
        else:
            end = target.cell_box((step.argmax[0], step.argmax[1])).center[1]
        out = (self.x.box.right + 0.1, end), (target.box.left - 0.1, end)
        return [Flow(start, (self.x.box.left - 0.1, end), self.theme.muted), Flow(*out, self.theme.muted)]

    def sum_line(self, target: NumberGrid, before: float, added: float) -> Line:
        """Write how one cell of dX grows."""
        text, muted = self.theme.gradient, self.theme.muted
        runs = [(cell_text(before), text), (" + ", muted), (cell_text(added), text)]
        runs += [(" = ", muted), (cell_text(before + added), text)]
        return self._below(target, runs)

    def share_line(self, step: PoolVjpStep, target: NumberGrid) -> Line:
        """Write the share of each cell of an average's window."""
        text, muted = self.theme.gradient, self.theme.muted
        each = next(iter(landings(step).values()), 0.0)
        written = cell_text(each)
        sign = "=" if exact(each, written) else "≈"
        runs = [(cell_text(step.gradient), text), (f" / {step.divisor} {sign} ", muted), (written, text)]
        return self._below(target, [*runs, (" each", muted)])

    def overwritten(self, added: float) -> list[Mobject]:
        """Return, below X, what a cell would hold that forgets what it held before, crossed out."""
        text = f"written over: {cell_text(added)}"
        x, y = self.x.box.center[0], self.x.box.bottom - 0.36
        half = text_width(text, layout.TERM) / 2 + 0.06
        label = Label(text, layout.TERM, self.theme.muted, at=(x, y))
        return [label, Strokes([[(x - half, y), (x + half, y)]], self.theme.negative, 3.0)]

    def sums(self, grids: list[NumberGrid]) -> list[Line]:
        """Return below each grid what its numbers add up to: what came in, and what has arrived."""
        text, muted = self.theme.gradient, self.theme.muted
        return [self._below(grid, [("sum ", muted), (cell_text(float(grid.values.sum())), text)]) for grid in grids]

    def _below(self, target: NumberGrid, runs: list[tuple[str, str]]) -> Line:
        return Line(runs, layout.LABEL, at=(target.box.center[0], target.box.bottom - 0.36))


def _texts(trace: PoolVjpTrace) -> set[str]:
    """Return every text that a dX shows on its way."""
    held = np.zeros(trace.forward.input.shape[1:])
    texts = {"0"}
    for step in trace:
        for cell, added in landings(step).items():
            held[cell] += added
            texts.add(cell_text(float(held[cell])))
    return texts
