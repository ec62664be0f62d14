"""A window of a color picture, written out: three slices, each with its partial sum, and what they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Group

from cnnviz.stage import layout
from cnnviz.stage.layout import units
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.sum_panel import equals
from cnnviz.stage.text import Label
from cnnviz.stage.theme import CHANNELS
from cnnviz.subjects.number import cell_text

_GAP, _PARTIAL = 0.4, 1.25  # between slice and weights, and for the partial sum


class ColorSum(Slot):
    """Writes the steps of a trace of three-channel windows, as `Sum` does those of one channel.

    Parameters
    ----------
    trace : ConvTrace
    texts : nested sequences of str
        The weights as the kernel writes them, the same on every slice.
    peak : float
        The value of the strongest fill.
    """

    def __init__(self, trace: Any, texts: Sequence[Sequence[str]], peak: float) -> None:
        rows, columns = trace.weight.shape[2:]
        side = min(0.46, 1.3 / rows)
        super().__init__(2 * columns * side + _GAP + _PARTIAL, 3 * (rows * side + 0.14) + units(layout.RESULT) * 1.3)
        self.trace, self.weights, self.peak, self.side = trace, texts, peak, side
        self._rows = int(rows)
        self._widest = {cell_text(value) for value in np.unique(trace.padded)}

    def draw(self, cell: float) -> None:
        """Draw the weights of each slice."""
        super().draw(cell)
        columns = self.trace.weight.shape[3]
        self.kernels = []
        for index, weights in enumerate(self.trace.weight[0]):
            kernel = Grid(weights, "kernel", texts=self.weights, side=self.side)
            kernel.settle(self.box.left + columns * self.side + _GAP, self._top(index), cell)
            x, y = kernel.box.left - _GAP / 2, kernel.box.center[1]
            self.add(kernel, Label("×", layout.LABEL, self.theme.muted, at=(x, y)))
            self.kernels.append(kernel)

    def write(self, step: Any) -> None:
        """Write a step out, in place of the one before."""
        self.put(*self.terms(step), self.result(step))

    def terms(self, step: Any) -> list[Any]:
        """Make each slice of the window with its partial sum, to come one by one."""
        made = []
        for index, (values, total) in enumerate(zip(step.values, step.channel_sums.tolist(), strict=True)):
            patch = Grid(values, CHANNELS[index], scale=self.peak, side=self.side, widest=self._widest)
            patch.settle(self.box.left, self._top(index), 0.0)
            kernel = self.kernels[index]
            at = (kernel.box.right + 0.14, kernel.box.center[1])
            made.append(Group(patch, equals(total, layout.SUBTITLE, self.theme, at=at, align="left")))
        return made

    def result(self, step: Any) -> Any:
        """Make the sum of the partial sums; its last part is the number."""
        at = (self.kernels[0].box.right, self.box.bottom + units(layout.RESULT) * 0.5)
        return equals(step.result, layout.RESULT, self.theme, at=at, bold=True)

    def _top(self, index: int) -> float:
        return float(self.box.top - index * (self._rows * self.side + 0.14))
