"""One padding mode, large: the picture with its border, the kernel with the sum of a window, and the map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import VGroup, VMobject
from numpy.typing import NDArray

from cnnviz.engine.trace import ConvStep, ConvTrace
from cnnviz.stage import layout
from cnnviz.stage.color import Color
from cnnviz.stage.layout import LEFT, RIGHT, Box
from cnnviz.stage.mobjects.flow import Flow
from cnnviz.stage.mobjects.kernel_window import KernelWindow
from cnnviz.stage.mobjects.number_grid import Cell, NumberGrid
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.mobjects.sheet import Sheet, readable
from cnnviz.stage.padding.arcs import REACH, Copy, arcs, copies
from cnnviz.stage.pictures.sum_panel import SumPanel
from cnnviz.stage.text import Line
from cnnviz.stage.theme import Theme
from cnnviz.subjects.number import MINUS
from cnnviz.subjects.padding import Padding

TOP, BOTTOM, LABEL_Y = 1.98, -2.5, 2.34
_LARGEST_CELL = 0.58
_MIDDLE = 3.6
_GAP = 0.15  # between columns, at least
_RULE = 0.75  # room below the map for the sentence on its border
_ALIAS = {"none": "crop", "zeros": "0 outside", "replicate": "extend", "reflect": "mirror", "circular": "wrap around"}


@dataclass(frozen=True)
class Strip:
    """A travelling copy of a column or row: its picture, its way in units, and the cells where it arrives."""

    picture: VGroup
    way: tuple[float, float]
    cells: list[Cell]


class PaddingView:
    """The pictures of one mode after the other; the picture and the inside of the map stay where they are.

    Attributes
    ----------
    static : list of Mobject
        What stands there from the start: the picture, the kernel.
    border, map : Sheet
        The padded grid of the present mode and its map, empty at first; from `turn_to`.
    window, target : KernelWindow, Rectangle
    """

    def __init__(self, subject: Padding, theme: Theme) -> None:
        self.subject, self.theme = subject, theme
        self.scale = max(float(np.abs(trace.fold()).max()) for trace in subject.traces.values())
        self._place()
        trace = subject.traces["zeros"]
        (above, _), (before, _) = subject.around
        self.offset = above, before
        inner = self.cell_box(self.offset, *trace.input.shape[1:])
        peak = subject.picture.peak
        self.picture = Sheet(
            trace.input[0], role="input", scale=peak, photo=peak, cell=self.cell, theme=theme, at=inner.center
        )
        self.edge = Rectangle(inner, outline=theme.input, width=3.0)
        self.kernel = self._kernel()
        first = self.cell_box(self.offset)
        self.window = KernelWindow(first, trace.weight.shape[2:], trace.dilation, theme.kernel)
        self.target = Rectangle(first, outline=theme.text, width=4.0)
        label = self._label("kernel", theme.kernel, subject.kernel.title, self._middle)
        self.static = [self.picture, self.edge, self.kernel, label]

    def turn_to(self, mode: str) -> list[Any]:
        """Make border, map and labels of a mode; return what is to be added."""
        theme, trace = self.theme, self.subject.traces[mode]
        self.mode, self.trace = mode, trace
        peak = self.subject.picture.peak
        parts: list[Any] = []
        if mode != "none":
            self.border = self._sheet(
                trace.padded[0], self._at, self.cell, role="input", scale=peak, photo=peak, padding=trace.is_padding
            )
            parts.append(self.border)
        values = trace.fold()[0]
        at = self._map_box(trace).center
        # Numbers for all modes or for none.
        numbers = all(readable(other.fold()[0], self._map_cell) for other in self.subject.traces.values())
        self.map = self._sheet(values, at, self._map_cell, role="output", scale=self.scale, numbers=numbers)
        below = self.kernel.box.bottom - 0.32
        self.panel = SumPanel(
            trace,
            self.subject.kernel.labels,
            at=(self._middle, below),
            width=_MIDDLE - 0.9,
            height=below - BOTTOM,
            theme=theme,
        )
        shape = " × ".join(map(str, values.shape))
        names = [
            self._label(mode, theme.highlight, _ALIAS[mode], self._at[0]),
            self._label("feature map", theme.output, shape, self._map_at[0]),
        ]
        return [*parts, self.map, *names, *self._rule()]

    def cell_box(self, index: Cell, rows: int = 1, columns: int = 1) -> Box:
        """Return a rectangle of the padded grid."""
        left, top = self._box.left + index[1] * self.cell, self._box.top - index[0] * self.cell
        return Box(left, top - rows * self.cell, left + columns * self.cell, top)

    def ring(self) -> list[Cell]:
        """List the border cells of the present mode."""
        return [(int(row), int(column)) for row, column in np.argwhere(self.trace.is_padding)]

    def strips(self, axis: int) -> list[Strip]:
        """Make copies of the border's columns (1) or rows (0), standing where they come from."""
        found = []
        for copy in copies(self.trace):
            if copy.axis == axis:
                cells = copy.cells(self.trace.padded.shape[1:], self.subject.around)
                strip = Strip(self.border.copies(cells), self._way(copy), cells)
                strip.picture.shift((-strip.way[0], -strip.way[1], 0))
                found.append(strip)
        return found

    def arcs(self) -> VGroup:
        """Draw where the border comes from, where there is room."""
        return arcs(self.trace, self._box, self.cell, self.theme.highlight) if self._around else VGroup()

    def shift(self, step: ConvStep) -> tuple[float, float]:
        """Return how far the window moves to reach a step."""
        row, column = (i + before for i, before in zip(step.input_origin, self.offset, strict=True))
        return self.window.shift_to(self.cell_box((row, column)))

    def flows(self, step: ConvStep) -> list[VMobject]:
        """Return the arrow from the sum to the map."""
        number = self.panel.result(step).get_right()[0] + 0.15
        row, column = step.output_index[1:]
        end = (self.map.box.left - 0.1, self.map.cell_box((row, column)).center[1])
        return [
            Flow((number, self.panel.result_y), end, self.theme.muted, bend=max(number, self.panel.extent[1] + 0.1))
        ]

    def inside(self) -> list[Cell]:
        """List the cells of the present map whose windows touch no padding."""
        return [(s.output_index[1], s.output_index[2]) for s in self.trace if not s.is_padding.any()]

    def inside_frame(self) -> Rectangle:
        """Frame the part of the map in which all modes agree."""
        return Rectangle(self._map_box(self.subject.traces["none"]), outline=self.theme.output, width=3.0)

    def _place(self) -> None:
        """Share the room out: the padded picture with its arcs, the kernel with the sum, the map."""
        trace = self.subject.traces["zeros"]
        (rows, columns), (out_rows, out_columns) = trace.padded.shape[1:], trace.output_shape[1:]
        room = (RIGHT - LEFT - _MIDDLE) / 2 - _GAP
        for around in (REACH, 0.0):  # arcs only where the numbers stay readable beside them
            side = min((TOP - BOTTOM - 2 * around) / rows, (room - 2 * around) / columns, _LARGEST_CELL)
            self._around, self.cell = around, side
            if self.subject.few and readable(trace.padded[0], side):
                break
        self._map_cell = min(_LARGEST_CELL, (TOP - BOTTOM - _RULE) / out_rows, room / out_columns)
        wide_in, wide_out = columns * self.cell + 2 * self._around, out_columns * self._map_cell
        free = (RIGHT - LEFT - wide_in - _MIDDLE - wide_out) / 4
        left, top = LEFT + free + self._around, TOP - self._around
        self._box = Box(left, top - rows * self.cell, left + columns * self.cell, top)
        self._at = self._box.center
        self._middle = LEFT + 2 * free + wide_in + _MIDDLE / 2
        self._map_at = RIGHT - free - wide_out / 2, TOP - out_rows * self._map_cell / 2

    def _kernel(self) -> NumberGrid:
        kernel = self.subject.kernel
        rows, columns = kernel.values.shape
        side = min(0.5, 1.75 / rows, 2.4 / columns)
        return NumberGrid(
            kernel.values,
            role="kernel",
            scale=float(np.abs(kernel.values).max()),
            cell=side,
            theme=self.theme,
            texts=kernel.labels,
            at=(self._middle, TOP - rows * side / 2),
        )

    def _map_box(self, trace: ConvTrace) -> Box:
        rows, columns = trace.output_shape[1:]
        whole = self.subject.traces["zeros"]
        out_rows, out_columns = whole.output_shape[1:]
        # Without padding the first window begins on the picture: as many outputs are missing before it as are padded.
        down, right = (0, 0) if trace.is_padding.any() else self.offset
        cell = self._map_cell
        left = self._map_at[0] + (right - out_columns / 2) * cell
        top = self._map_at[1] + (out_rows / 2 - down) * cell
        return Box(left, top - rows * cell, left + columns * cell, top)

    def _sheet(self, values: NDArray[np.floating], at: tuple[float, float], cell: float, **look: Any) -> Sheet:
        return Sheet(values, cell=cell, theme=self.theme, at=at, hidden=True, **look)

    def _label(self, name: str, color: Color, more: str, x: float) -> Line:
        return Line([(name, color), (f"  {more}", self.theme.muted)], layout.LABEL, at=(x, LABEL_Y))

    def _way(self, copy: Copy) -> tuple[float, float]:
        cells = copy.place - copy.source
        return (cells * self.cell, 0.0) if copy.axis else (0.0, -cells * self.cell)

    def _rule(self) -> list[VMobject]:
        """Say what the column before the first holds, below the map where there is room."""
        y = self.map.box.bottom - 0.5
        if self.mode == "none" or y < BOTTOM + 0.2 or not self.offset[1]:
            return []
        found = [c for c in copies(self.trace) if c.axis == 1 and c.place == self.offset[1] - 1]
        source = f"column {found[0].source - self.offset[1]}" if found else "0"
        runs = [(f"column {MINUS}1 is ", self.theme.muted), (source, self.theme.highlight)]
        return [Line(runs, layout.LABEL, at=(self._map_at[0], y))]
