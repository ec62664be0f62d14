"""One cell of dX looked into: the weights that reached it, laid out as they came, and dY padded all around."""

from __future__ import annotations

import numpy as np
from manim import Mobject

from cnnviz.engine.trace import ConvStep
from cnnviz.stage import layout
from cnnviz.stage.backprop.columns import BOTTOM, LABEL_Y, MIDDLE, TOP
from cnnviz.stage.backprop.field import MOST_CELLS
from cnnviz.stage.backprop.view import SharesView
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.kernel_window import KernelWindow
from cnnviz.stage.mobjects.number_grid import NumberGrid, smallest_cell
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.pictures.sum_panel import SumPanel
from cnnviz.stage.text import Line
from cnnviz.subjects.backprop import Backprop
from cnnviz.subjects.sharing import Cell

_BETWEEN, _TITLE = 0.5, 0.5  # between the kernel and its arrivals: beside each other, above each other


def room(subject: Backprop) -> tuple[int, int] | None:
    """Return the cells that dY takes with its zeros, or None where they are too many or there is no such picture."""
    if subject.rotated is None:
        return None
    rows, columns = subject.rotated.padded.shape[1:]
    return (rows, columns) if max(rows, columns) <= MOST_CELLS else None


class Rotation:
    """What stands in the left and the middle column while a cell of dX is looked into.

    Attributes
    ----------
    spread : NumberGrid or None
        dY with its zeros, in the place of dY.
    kernel, arrived : NumberGrid
        The kernel, and the same weights where the dY cells they came from lie; hidden until they are shown.
    window : KernelWindow or None
        Where the rotated kernel lies on ``spread``.
    frame, giver, weight : Rectangle
        The cell of dX, a cell that gave to it, and the weight it came through.
    """

    def __init__(self, subject: Backprop, view: SharesView) -> None:
        self.subject, self.view, self.theme = subject, view, view.theme
        theme, trace = view.theme, subject.trace
        self.spread = self._spread()
        labels = subject.kernel.labels
        turned = tuple(row[::-1] for row in labels[::-1])
        (x, y), (x_turned, y_turned), side = self._places(smallest_cell(text for row in labels for text in row))
        values, scale = trace.weight[0, 0], float(np.abs(trace.weight).max())
        self.kernel, self.arrived = (
            NumberGrid(v, role="kernel", scale=scale, cell=side, theme=theme, texts=t, at=at, hidden=hidden)
            for v, t, at, hidden in (
                (values, labels, (x, y), False),
                (values[::-1, ::-1], turned, (x_turned, y_turned), True),
            )
        )
        self._heading_at = x_turned, self.arrived.box.top + LABEL_Y - TOP
        self.titles = [Line([("W", theme.kernel)], layout.LABEL, at=(x, self.kernel.box.top + LABEL_Y - TOP))]
        self.panel = self._panel(turned)
        self.frame = Rectangle(view.target.cell_box((0, 0)), outline=theme.highlight, width=4.0)
        self.giver = Rectangle(view.left.cell_box((0, 0)), outline=theme.highlight, width=4.0)
        self.weight = Rectangle(self.kernel.cell_box((0, 0)), outline=theme.highlight, width=4.0)
        self.window: KernelWindow | None = None
        if self.spread is not None:
            shape = trace.weight.shape[2:]
            self.window = KernelWindow(self.spread.cell_box((0, 0)), shape, trace.dilation, theme.kernel)

    def heading(self, text: str) -> Line:
        """Write above the arrivals."""
        return Line([(text, self.theme.kernel)], layout.LABEL, at=self._heading_at)

    def cell(self, index: Cell) -> Box:
        """Return a cell of dX, given without its border."""
        (above, _), (before, _) = self.subject.trace.padding
        return self.view.target.around((index[0] + above, index[1] + before))

    def arrive(self, tap: Cell) -> None:
        """Write the weight that a share came through to where its dY cell lies under the window."""
        rows, columns = self.subject.trace.weight.shape[2:]
        self.arrived.show((rows - 1 - tap[0], columns - 1 - tap[1]))

    def terms(self, step: ConvStep) -> list[Mobject]:
        """Write the sum of a cell: dY under the rotated kernel."""
        return [*self.panel.terms(step), self.panel.result(step)] if self.panel else []

    def _at(self, position: Cell) -> Cell:
        """Return where a cell of dY stands among its zeros."""
        trace = self.subject.trace
        axes = zip(position, trace.stride, trace.padding, trace.dilation, trace.weight.shape[2:], strict=True)
        return tuple(p * s - before + d * (k - 1) for p, s, (before, _), d, k in axes)

    def _spread(self) -> NumberGrid | None:
        view, rotated = self.view, self.subject.rotated
        if rotated is None or not view.has_room:
            return None
        values = rotated.padded[0]
        zeros = np.ones(values.shape, dtype=bool)
        texts = [["0"] * values.shape[1] for _ in values]
        for step in self.subject.trace:
            row, column = self._at(step.output_index[1:])
            if 0 <= row < len(values) and 0 <= column < values.shape[1]:
                zeros[row, column] = False
                texts[row][column] = self.subject.labels[step.output_index[1]][step.output_index[2]]
        at = view.left.box.center[0], TOP - len(values) * view.left.side / 2
        scale = float(np.abs(values).max())
        grid = NumberGrid(
            values,
            role="gradient",
            scale=scale,
            cell=view.left.side,
            theme=self.theme,
            texts=texts,
            padding=zeros,
            at=at,
        )
        if max(self.subject.trace.stride) == 1:
            first = tuple(np.argwhere(~zeros)[0].tolist())
            grid.add(Rectangle(grid.cell_box(first, *view.left.matrix.size), outline=self.theme.gradient, width=3.0))
        return grid

    def _places(self, least: float) -> tuple[tuple[float, float], tuple[float, float], float]:
        """Put kernel and arrivals beside each other if they can be read so, else above each other."""
        rows, columns = self.subject.trace.weight.shape[2:]
        x = self.view.middle.x
        side = min(0.5, (MIDDLE - _BETWEEN) / 2 / columns, (TOP - BOTTOM) / rows)
        tall = min(0.5, MIDDLE / columns, (TOP - BOTTOM - _TITLE) / 2 / rows)
        self._beside = side >= least or side >= tall
        if self._beside:
            reach, y = (columns * side + _BETWEEN) / 2, TOP - rows * side / 2
            return (x - reach, y), (x + reach, y), side
        return (x, TOP - rows * tall / 2), (x, TOP - _TITLE - rows * tall * 1.5), tall

    def _panel(self, turned: tuple[tuple[str, ...], ...]) -> SumPanel | None:
        below = self.kernel.box.bottom - 0.4
        if not self._beside or self.subject.rotated is None or self.spread is None or below - BOTTOM < 1.2:
            return None
        return SumPanel(
            self.subject.rotated,
            turned,
            at=(self.view.middle.x, below),
            width=MIDDLE,
            height=below - BOTTOM,
            theme=self.theme,
            roles=("gradient", "kernel", "gradient"),
        )
