"""A layer on stage: the picture, the bank of filters and the stack of maps that grows beside it."""

from __future__ import annotations

import numpy as np
from manim import Mobject

from cnnviz.engine.trace import ConvStep
from cnnviz.stage import layout
from cnnviz.stage.layout import LEFT, RIGHT, Box
from cnnviz.stage.mobjects.feature_stack import FeatureStack
from cnnviz.stage.mobjects.flow import Flow
from cnnviz.stage.mobjects.kernel_window import KernelWindow
from cnnviz.stage.mobjects.number_grid import NumberGrid, grid_texts, smallest_cell
from cnnviz.stage.mobjects.pixel_image import PixelImage, photo_pixels
from cnnviz.stage.mobjects.scale_bar import ScaleBar, fill_scale
from cnnviz.stage.mobjects.shapes import Point, Rectangle
from cnnviz.stage.text import Label, Line
from cnnviz.stage.theme import Theme
from cnnviz.subjects.depth import Depth

_TOP, _BOTTOM, _LABEL_Y = 1.98, -2.5, 2.34
_INPUT, _GUTTER = 3.4, 0.62
_NAME = 0.3  # room of a filter's name, above it
_LONGEST_NAME = 16  # characters
_CELL = 0.52  # side of a weight's cell, at most
_STACK_BOTTOM, _SHAPE_Y, _COUNT_Y = -1.42, -1.86, -2.38
_MOST_CELLS = 12


class DepthView:
    """Everything a lesson on depth draws.

    Attributes
    ----------
    static : list of Mobject
        What stands there from the start.
    window : KernelWindow
        The frame on the picture.
    stack : FeatureStack
        The maps, none of them on stage at first.
    """

    def __init__(self, subject: Depth, theme: Theme) -> None:
        self.subject, self.theme = subject, theme
        self.scale = float(np.abs(subject.maps).max()) or 1.0
        bank = _Bank(len(subject.filters), subject.trace.weight.shape[2:], self._weight_cell())
        self._bank_left = LEFT + _INPUT + _GUTTER
        self._bank, right = bank, self._bank_left + bank.width
        self.input = self._input()
        self.stack = FeatureStack(
            subject.maps,
            Box(right + _GUTTER, _STACK_BOTTOM, RIGHT - 0.02, _TOP),
            theme=theme,
            scale=self.scale,
            hidden=True,
        )
        self._stack_x = (right + _GUTTER + RIGHT) / 2
        first = self.input.cell_box((0, 0))
        self.window = KernelWindow(first, subject.trace.weight.shape[2:], (1, 1), theme.kernel)
        self.static: list[Mobject] = [self.input, self.stack, *self._titles(), *self._arrows(right)]
        self.static += [part for index in range(len(subject.filters)) for part in self._filter(index)]
        if isinstance(self.input, PixelImage):
            self.static.append(Rectangle(self.input.box, outline=theme.line, width=1.5))

    def frame(self, index: int) -> Rectangle:
        """Return the frame around the filter at work."""
        x, y = self._bank.center(index)
        x += self._bank_left
        rows, columns = self.subject.trace.weight.shape[2:]
        wide, high = columns * self._bank.cell / 2, rows * self._bank.cell / 2
        return Rectangle(Box(x - wide, y - high, x + wide, y + high), outline=self.theme.kernel, width=5.0)

    def shape(self, count: int) -> Line:
        """Return the shape of a stack of ``count`` maps, its depth first."""
        rows, columns = self.subject.maps.shape[1:]
        theme = self.theme
        runs = [(str(count), theme.output), (f" × {rows} × {columns}", theme.text)]
        return Line(runs, 36, at=(self._stack_x, _SHAPE_Y), bold=True)

    def count(self, count: int) -> Line:
        """Return the calculation of the parameters of ``count`` filters."""
        theme, weights = self.theme, self.subject.trace.weight[0].size
        total = self.subject.parameters(count)
        runs = [
            (str(count), theme.output),
            (" × (", theme.muted),
            (str(weights), theme.kernel),
            (f" + 1) = {total} parameters", theme.muted),
        ]
        return Line(runs, 22, at=(self._stack_x, _COUNT_Y))

    def numbers(self, index: int) -> NumberGrid | None:
        """Return an empty grid for the numbers of a map, on top of it; None where they could not be read."""
        values = self.subject.maps[index]
        every = [text for one in self.subject.maps for row in grid_texts(one) for text in row]
        if max(values.shape) > _MOST_CELLS or smallest_cell(every) > self.stack.cell_side:
            return None
        return NumberGrid(
            values,
            role="output",
            scale=self.scale,
            cell=self.stack.cell_side,
            theme=self.theme,
            at=self.stack.boxes[index].center,
            hidden=True,
        )

    def window_shift(self, step: ConvStep) -> Point:
        """Return how far the window moves to reach a step."""
        row, column = step.input_origin
        return self.window.shift_to(self.input.cell_box((row, column)))

    def _weight_cell(self) -> float:
        texts = [text for kernel in self.subject.filters for row in kernel.labels for text in row]
        return max(_CELL, smallest_cell(texts))

    def _input(self) -> NumberGrid | PixelImage:
        picture, theme = self.subject.picture, self.theme
        values = picture.values[0]
        rows, columns = values.shape
        cell = min(_INPUT / columns, (_TOP - _BOTTOM) / rows, 0.6)
        x, y = LEFT + _INPUT / 2, _TOP - rows * cell / 2
        least = smallest_cell(text for row in grid_texts(values) for text in row)
        if max(rows, columns) <= _MOST_CELLS and cell >= least:
            return NumberGrid(values, role="input", scale=picture.peak, cell=cell, theme=theme, at=(x, y))
        wide, high = columns * cell, rows * cell
        pixels = photo_pixels(picture.values, picture.peak, np.zeros(values.shape, dtype=bool), theme.ground)
        return PixelImage(pixels, Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2))

    def _filter(self, index: int) -> list[Mobject]:
        kernel, cell = self.subject.filters[index], self._bank.cell
        x, y = self._bank.center(index)
        x += self._bank_left
        grid = NumberGrid(
            kernel.values,
            role="kernel",
            scale=float(np.abs(kernel.values).max()),
            cell=cell,
            theme=self.theme,
            texts=kernel.labels,
            at=(x, y),
        )
        text = kernel.title if len(kernel.title) <= _LONGEST_NAME else kernel.name[:_LONGEST_NAME]
        name = Label(text, layout.SMALLEST, self.theme.muted, at=(x, grid.box.top + 0.17))
        return [name, grid]

    def _titles(self) -> list[Mobject]:
        theme, picture = self.theme, self.subject.picture
        shape = " × ".join(map(str, picture.values.shape))
        left = self._stack_x - (RIGHT - self._stack_x)
        colors, ends = fill_scale(theme, self.scale, signed=bool(self.subject.maps.min() < 0))
        x_bank = self._bank_left + self._bank.width / 2
        filters = "filter" if len(self.subject.filters) == 1 else "filters"
        maps = "feature map" if len(self.subject.filters) == 1 else "feature maps"
        return [
            Line([("input", theme.input), (f"  {shape}", theme.muted)], layout.LABEL, at=(LEFT + _INPUT / 2, _LABEL_Y)),
            Label(filters, layout.LABEL, theme.kernel, at=(x_bank, _LABEL_Y)),
            Label(maps, layout.LABEL, theme.output, at=(left, _LABEL_Y), align="left"),
            ScaleBar(colors, ends, at=(RIGHT, _LABEL_Y), align="right", width=1.2, theme=theme),
        ]

    def _arrows(self, bank_right: float) -> list[Mobject]:
        y = min(self.input.box.center[1], 0.3)
        ends = [(LEFT + _INPUT, self._bank_left), (bank_right, bank_right + _GUTTER)]
        return [Flow((a + 0.14, y), (b - 0.14, y), self.theme.muted) for a, b in ends]


class _Bank:
    """Where the filters stand: in rows of up to three."""

    def __init__(self, count: int, kernel: tuple[int, ...], cell: float) -> None:
        self.columns = 1 if count <= 3 else 2 if count <= 6 else 3
        self.rows = -(-count // self.columns)
        room = (_TOP - _BOTTOM) / self.rows - _NAME - 0.1
        self.cell = min(cell, room / kernel[0], 4.2 / self.columns / (kernel[1] + 0.9))
        self.pitch = (max(kernel[1] * self.cell + 0.34, 1.4), kernel[0] * self.cell + _NAME + 0.12)
        self.high = kernel[0] * self.cell
        self.width = self.columns * self.pitch[0]

    def center(self, index: int) -> Point:
        """Return the middle of a filter, x from the left end of the bank."""
        row, column = divmod(index, self.columns)
        return (column + 0.5) * self.pitch[0], _TOP - _NAME - self.high / 2 - row * self.pitch[1]
