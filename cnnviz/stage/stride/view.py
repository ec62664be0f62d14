"""A stride on stage: the input, the map of every window with the skipped ones sunk, and what is left of it."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import VGroup

from cnnviz.engine.trace import ConvStep, ConvTrace
from cnnviz.stage import layout
from cnnviz.stage.formula import chain, tinted
from cnnviz.stage.layout import LEFT, RIGHT, Box
from cnnviz.stage.mobjects.kernel_window import KernelWindow
from cnnviz.stage.mobjects.number_grid import NumberGrid, fitting_size
from cnnviz.stage.mobjects.shapes import Point, Rectangle
from cnnviz.stage.mobjects.sheet import Sheet
from cnnviz.stage.mobjects.tiles import Tiles
from cnnviz.stage.output_size import SizeFormula
from cnnviz.stage.text import Label, Line, text_width
from cnnviz.stage.theme import Theme
from cnnviz.subjects.stride import Stride

TOP, BOTTOM, LABEL_Y = 1.98, -2.5, 2.34
_LARGEST_CELL = 0.5
_GAP = 0.55  # between columns
_LAST = 3.6  # width of the last column, where the formula stands
_TYPE, _LONG_TYPE = 27, 19  # of the formula, without dilation and with it
_VEIL = 0.78
_SMALLEST_MARK = 0.2  # cells that are still outlined


class StrideView:
    """The pictures of a lesson on strides; all cells have one size, so that a smaller map is seen to be smaller."""

    def __init__(self, subject: Stride, theme: Theme) -> None:
        self.subject, self.theme = subject, theme
        every = subject.every
        self.map = every.fold()[0]
        self.scale = float(np.abs(self.map).max())
        padded = every.padded[0]
        columns = padded.shape[1] + self.map.shape[1]
        room = RIGHT - LEFT - _LAST - 2 * _GAP
        self.cell = min(_LARGEST_CELL, (TOP - BOTTOM) / len(padded), room / columns)
        free = (room - columns * self.cell) / 4
        left = LEFT + free
        self.input = self._sheet(padded, left, role="input", scale=subject.picture.peak, photo=subject.picture.peak)
        self.every = self._sheet(self.map, self.input.box.right + _GAP + free, role="output", hidden=True)
        titles = self._titles()
        # A title can be wider than a small map.
        self.last = max(self.every.box.right + free, titles[-1].get_right()[0]) + _GAP
        self.kept: Sheet
        self.window = KernelWindow(self.input.cell_box((0, 0)), every.weight.shape[2:], every.dilation, theme.kernel)
        self.target = Rectangle(self.every.cell_box((0, 0)), outline=theme.text, width=4.0)
        self.landing = Rectangle(self.every.cell_box((0, 0)), outline=theme.text, width=4.0)
        self._type_size = _LONG_TYPE if max(every.dilation) > 1 else _TYPE
        self.static = [self.input, self.every, *titles, *self._border(), *self._kernel()]

    def title(self, trace: ConvTrace) -> Line:
        """Name a stride and the size of its map."""
        runs = [(f"stride {_steps(trace)}", self.theme.highlight), (f"  {_shape(trace)}", self.theme.muted)]
        return Line(runs, layout.LABEL, at=(self.last, LABEL_Y), align="left")

    def start(self, trace: ConvTrace) -> Sheet:
        """Make the empty map of a stride."""
        self.kept = self._sheet(trace.fold()[0], self.last, role="output", hidden=True, like=self.every)
        return self.kept

    def shift(self, step: ConvStep) -> Point:
        """Return how far the window moves to reach a step."""
        row, column = step.padded_origin
        return self.window.shift_to(self.input.cell_box((row, column)))

    def visit(self, step: ConvStep) -> None:
        """Lift the window of a step in the map of every window, and carry its number into the map of the stride."""
        place, (row, column) = step.padded_origin, step.output_index[1:]
        self.every.show([(place[0], place[1])])
        self.kept.show([(row, column)])
        self.target.reshape(self.every.cell_box((place[0], place[1])))
        self.landing.reshape(self.kept.cell_box((row, column)))

    def marks(self, trace: ConvTrace) -> Tiles:
        """Outline the visited windows; nothing where they are too many to be told apart."""
        boxes = (
            [self.every.cell_box(cell) for cell in self.subject.visited(trace)] if self.cell >= _SMALLEST_MARK else []
        )
        return Tiles(boxes, outline=self.theme.highlight, width=3.5)

    def unseen(self, trace: ConvTrace) -> VGroup:
        """Veil the rows and columns at the end that no window reaches."""
        rows, columns = self.subject.left_over(trace)
        box, side = self.input.box, self.cell
        veils = []
        if columns:
            veils.append(Box(box.right - columns * side, box.bottom, box.right, box.top))
        if rows:
            veils.append(Box(box.left, box.bottom, box.right - columns * side, box.bottom + rows * side))
        return VGroup(Tiles(veils, fill=self.theme.ground, opacity=_VEIL)) if veils else VGroup()

    def formula(self, trace: ConvTrace) -> list[VGroup]:
        """Set the width of a map as a formula, line by line: in letters, with numbers put in, and what it becomes."""
        formula = SizeFormula(self.subject.size_along(trace), self.theme, short=True)
        steps = formula.steps
        lines = [chain([tinted("O", self.theme.output), formula.letters], **self._type(0))]
        indent = lines[0][1].get_left()[0] - self.last
        lines += [
            chain(["", step], **self._type(row, indent)) for row, step in enumerate((steps[0], steps[2], steps[4]), 1)
        ]
        return [VGroup(*parts) for parts in lines]

    def recap(self) -> list[Any]:
        """List the strides, each with its formula and size."""
        parts: list[Any] = []
        traces = (self.subject.every, *self.subject.traces)
        pitch = min(1.4, (TOP - BOTTOM) / len(traces))
        for row, trace in enumerate(traces):
            size = self.subject.size_along(trace)
            y = TOP - 0.15 - row * pitch
            runs = [(f"stride {_steps(trace)}", self.theme.highlight), (f"   {_shape(trace)}", self.theme.text)]
            parts.append(Line(runs, layout.LABEL, at=(self.last, y), align="left"))
            source = [SizeFormula(size, self.theme, short=True).put_in, tinted(str(size.out), self.theme.output)]
            parts += chain(
                source, min(self._type_size, 20 * pitch), self.theme, at=(self.last, y - 0.48 * pitch), width=_LAST
            )
        return parts

    def _type(self, row: int, indent: float = 0.0) -> dict[str, Any]:
        """Say where a line of the formula stands: below the largest map of a stride, from the bottom up."""
        y = BOTTOM + (0.28, 0.8, 1.5, 2.35)[3 - row]
        return {"size": self._type_size, "theme": self.theme, "at": (self.last + indent, y), "width": _LAST - indent}

    def _sheet(self, values: Any, left: float, *, role: str, **look: Any) -> Sheet:
        rows, columns = values.shape
        at = (left + columns * self.cell / 2, TOP - rows * self.cell / 2)
        look.setdefault("scale", self.scale)
        if role == "input":
            look["padding"] = self.subject.every.is_padding
        return Sheet(values, role=role, cell=self.cell, at=at, theme=self.theme, **look)

    def _titles(self) -> list[Line]:
        theme, every = self.theme, self.subject.every
        shape = " × ".join(map(str, every.input.shape[1:]))
        names = (
            (self.input, "input", theme.input, shape),
            (self.every, "every window", theme.output, _shape(every)),
        )
        return [
            Line([(name, color), (f"  {size}", theme.muted)], layout.LABEL, at=(sheet.box.left, LABEL_Y), align="left")
            for sheet, name, color, size in names
        ]

    def _kernel(self) -> list[Any]:
        """Show the kernel below the map of every window, where there is room for it."""
        kernel, free = self.subject.kernel, self.every.box.bottom - BOTTOM - _GAP * 0.6
        rows, columns = kernel.values.shape
        side = min(0.4, free / rows)
        texts = [text for row in kernel.labels for text in row]
        if fitting_size(texts, side) < layout.SMALLEST:
            return []
        at = (self.every.box.left + columns * side / 2, BOTTOM + rows * side / 2)
        grid = NumberGrid(
            kernel.values,
            role="kernel",
            scale=float(np.abs(kernel.values).max()),
            cell=side,
            theme=self.theme,
            texts=kernel.labels,
            at=at,
        )
        x = grid.box.right + 0.25
        labels = [Label("kernel", 22, self.theme.kernel, at=(x, at[1] + 0.19), align="left")]
        if text_width(kernel.title, 22) <= self.last - x - 0.3:
            labels.append(Label(kernel.title, 22, self.theme.muted, at=(x, at[1] - 0.19), align="left"))
        return [grid, *labels]

    def _border(self) -> list[Rectangle]:
        every = self.subject.every
        if not every.is_padding.any():
            return []
        (above, _), (before, _) = every.padding
        box = self.input.cell_box((above, before), *every.input.shape[1:])
        return [Rectangle(box, outline=self.theme.input, width=3.0)]


def _shape(trace: ConvTrace) -> str:
    return " × ".join(map(str, trace.output_shape[1:]))


def _steps(trace: ConvTrace) -> str:
    return str(trace.stride[1])
