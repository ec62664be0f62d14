"""A color convolution on stage: the patch, its three slices over three kernel slices, the row of sums, the map."""

from __future__ import annotations

import numpy as np
from manim import Mobject, VGroup

from cnnviz.engine.trace import ConvStep
from cnnviz.errors import OptionError
from cnnviz.stage import layout
from cnnviz.stage.layout import LEFT, RIGHT, Box
from cnnviz.stage.mobjects.flow import Flow
from cnnviz.stage.mobjects.frame import marked
from cnnviz.stage.mobjects.kernel_window import KernelWindow
from cnnviz.stage.mobjects.number_grid import NumberGrid, grid_texts, smallest_cell
from cnnviz.stage.mobjects.pixel_image import PixelImage, map_pixels, photo_pixels
from cnnviz.stage.mobjects.shapes import Point, Rectangle, Strokes
from cnnviz.stage.text import Label, Line, text_width
from cnnviz.stage.theme import Theme
from cnnviz.subjects.number import cell_text, exact
from cnnviz.subjects.rgb import CHANNELS, Rgb

_TOP, _BOTTOM, _LABEL_Y = 1.98, -2.5, 2.34
_LEFT_WIDTH, _PITCH = 2.2, 2.42  # width of the pictures, distance of the slices
_SLICES = LEFT + _LEFT_WIDTH + 0.55 + _PITCH / 2  # middle of the first slice
_MAP_X = (_SLICES + 2.5 * _PITCH + RIGHT) / 2
_SUM, _TOTAL = 30, 40
_COUNT = 1.0  # room of the two lines that count the parameters
_HEAD, _SUMS = 0.46, 0.8  # room of the kernel's title above it and of the sums below
_SWATCHES = ("#ff0000", "#00ff00", "#0000ff")  # what the channels are, not what they mean


class RgbView:
    """Everything a lesson on color draws, in the order in which it appears."""

    def __init__(self, subject: Rgb, theme: Theme) -> None:
        self.subject, self.trace, self.theme = subject, subject.trace, theme
        self.map = self.trace.fold()[0]
        self._xs = [_SLICES + i * _PITCH for i in range(len(CHANNELS))]
        rows = self.trace.input.shape[1]
        cell, weight_cell = self._cells()
        self._kernel_top = _TOP - rows * cell - _HEAD
        self._sum_y = self._kernel_top - self.trace.weight.shape[2] * weight_cell - 0.38
        self.slices = [self._slice(i, cell) for i in range(len(CHANNELS))]
        self.kernels = [self._kernel(i, weight_cell) for i in range(len(CHANNELS))]
        self.patch, self._photo = self._pictures(cell)
        side = min(0.74, 2.2 / max(self.map.shape))
        at = (_MAP_X, _TOP - len(self.map) * side / 2)
        scale = float(np.abs(self.map).max())
        self.output = NumberGrid(self.map, role="output", scale=scale, cell=side, theme=theme, at=at, hidden=True)
        kernel = self.trace.weight.shape[2:]
        self._faces: list[NumberGrid | PixelImage] = [*self.slices, self.patch]
        self.windows = [KernelWindow(face.cell_box((0, 0)), kernel, (1, 1), theme.kernel) for face in self._faces]
        self.target = Rectangle(self.output.cell_box((0, 0)), outline=theme.text, width=4.0)

    def photo(self) -> list[Mobject]:
        """Return the picture with the patch marked on it."""
        side = self.trace.input.shape[1]
        mark = self._photo.cell_box(self.subject.corner, side, side)
        return [self._photo, *marked(mark, self.theme)]

    def enlarged(self) -> list[Mobject]:
        """Return the patch, with its title, and the lines that lead to it from its place in the picture."""
        theme, box = self.theme, self.patch.box
        rows, columns = self.trace.input.shape[1:]
        mark = self._photo.cell_box(self.subject.corner, rows, columns)
        runs = [("patch", theme.input), (f"  {rows} × {columns}", theme.muted)]
        lines = [[(mark.left, mark.top), (box.left, box.bottom)], [(mark.right, mark.top), (box.right, box.bottom)]]
        return [
            Line(runs, layout.LABEL, at=(box.center[0], _LABEL_Y)),
            Strokes(lines, theme.highlight, 1.6, 0.6),
            self.patch,
            *marked(box, theme),
        ]

    def slice(self, channel: int) -> list[Mobject]:
        """Return a slice of the patch with its name."""
        x = self._xs[channel]
        name = CHANNELS[channel]
        wide = text_width(name, layout.LABEL) + 0.3
        swatch = Box(x - wide / 2, _LABEL_Y - 0.1, x - wide / 2 + 0.2, _LABEL_Y + 0.1)
        chip = PixelImage(map_pixels([[_SWATCHES[channel]]]), swatch)
        return [chip, Label(name, layout.LABEL, self.theme.input, at=(x + 0.15, _LABEL_Y)), self.slices[channel]]

    def split(self) -> Flow:
        """Return the arrow from the patch to its slices."""
        y = self.patch.box.center[1]
        return Flow((self.patch.box.right + 0.12, y), (self.slices[0].box.left - 0.12, y), self.theme.muted)

    def kernel_title(self) -> Line:
        """Return the heading over the kernel's slices."""
        shape = " × ".join(map(str, self.trace.weight.shape[1:]))
        runs = [("kernel", self.theme.kernel), (f"  {shape}", self.theme.muted)]
        return Line(runs, layout.LABEL, at=(self._xs[1], self._kernel_top + 0.23))

    def map_title(self) -> Line:
        """Return the heading over the map."""
        shape = " × ".join(map(str, self.trace.output_shape))
        runs = [("feature map", self.theme.output), (f"  {shape}", self.theme.muted)]
        return Line(runs, layout.LABEL, at=(_MAP_X, _LABEL_Y))

    def partial(self, step: ConvStep, channel: int) -> list[Mobject]:
        """Return the partial sum of a channel, under its slice, with the plus sign before it."""
        value, theme = float(step.channel_sums[channel]), self.theme
        x = self._xs[channel]
        parts: list[Mobject] = [Label(_about(value), _SUM, _sign_color(value, theme), at=(x, self._sum_y), bold=True)]
        if channel:
            parts.append(Label("+", _SUM, theme.muted, at=(x - _PITCH / 2, self._sum_y)))
        return parts

    def total(self, step: ConvStep) -> VGroup:
        """Return the bias and what all four numbers add up to; the last part is the number itself."""
        theme, y = self.theme, self._sum_y
        text = cell_text(step.result)
        sign = "= " if exact(step.result, text) else "≈ "
        left = self._xs[-1] + _PITCH / 2
        runs = [("+ ", theme.muted), (cell_text(step.bias), theme.kernel), (f"  {sign}", theme.muted)]
        bias = Line(runs, _SUM, at=(left, y), align="left")
        wide = sum(text_width(run, _SUM) for run, _ in runs)
        number = Label(text, _TOTAL, _sign_color(step.result, theme), at=(left + wide, y), align="left", bold=True)
        return VGroup(*bias, number)

    def bias_name(self) -> Label:
        """Return the word below the bias."""
        left = self._xs[-1] + _PITCH / 2 + text_width("+ ", _SUM)
        middle = left + text_width(cell_text(float(self.trace[0].bias)), _SUM) / 2
        return Label("bias", layout.NOTE, self.theme.muted, at=(middle, self._sum_y - 0.36))

    def count(self) -> list[Mobject]:
        """Return the number of parameters, counted."""
        theme, weights = self.theme, self.trace.weight.size
        below = self.output.box.bottom
        y = (below + self._sum_y) / 2 if below - self._sum_y > _COUNT else self._sum_y - _COUNT
        shape = " × ".join(map(str, self.trace.weight.shape[1:]))
        first = [(shape, theme.kernel), (f" = {weights} weights", theme.muted)]
        second = [("+ 1", theme.kernel), (f" bias = {self.subject.parameters} parameters", theme.muted)]
        return [Line(runs, 22, at=(_MAP_X, y + d)) for runs, d in ((first, 0.19), (second, -0.19))]

    def shifts(self, step: ConvStep) -> list[Point]:
        """Return how far each window moves to reach a step."""
        row, column = step.input_origin
        return [w.shift_to(face.cell_box((row, column))) for w, face in zip(self.windows, self._faces, strict=True)]

    def landing(self, step: ConvStep) -> Box:
        """Return where a step lands in the map."""
        row, column = step.output_index[1:]
        return self.output.cell_box((row, column))

    def _cells(self) -> tuple[float, float]:
        """Return the sides of the cells of slices and kernels, readable and together not too high."""
        rows, weight_rows = self.trace.input.shape[1], self.trace.weight.shape[2]
        least = 1.01 * smallest_cell(text for grid in self.trace.input for row in grid_texts(grid) for text in row)
        weights = 1.01 * smallest_cell(text for one in self.subject.kernels for row in one.labels for text in row)
        room = _TOP - _BOTTOM - _HEAD - _SUMS
        wide = (_PITCH - 0.2) / max(rows, 1), (_PITCH - 0.2) / self.trace.weight.shape[3]
        if rows * least + weight_rows * weights > room or least > wide[0] or weights > wide[1]:
            raise OptionError(
                f"patch: expected numbers that can be read, got {rows} rows of pixels above {weight_rows} rows of "
                f"weights; choose a smaller patch or shorter weights"
            )
        cell = min(0.5, wide[0], (room - weight_rows * weights) / rows)
        return max(cell, least), min(max(weights, 0.42), wide[1], (room - rows * max(cell, least)) / weight_rows)

    def _slice(self, channel: int, cell: float) -> NumberGrid:
        values = self.trace.input[channel]
        at = (self._xs[channel], _TOP - len(values) * cell / 2)
        peak = self.subject.picture.peak
        return NumberGrid(values, role="input", scale=peak, cell=cell, theme=self.theme, at=at)

    def _kernel(self, channel: int, cell: float) -> NumberGrid:
        kernel = self.subject.kernels[channel]
        return NumberGrid(
            kernel.values,
            role="kernel",
            scale=float(np.abs(self.trace.weight).max()),
            cell=cell,
            theme=self.theme,
            texts=kernel.labels,
            at=(self._xs[channel], self._kernel_top - len(kernel.values) * cell / 2),
        )

    def _pictures(self, cell: float) -> tuple[PixelImage, PixelImage]:
        """Return the patch, as large as its slices and on one level with them, and below it the whole picture."""
        picture = self.subject.picture
        (row, column), side = self.subject.corner, self.trace.input.shape[1]
        pixels = photo_pixels(
            picture.values, picture.peak, np.zeros(picture.values.shape[1:], dtype=bool), self.theme.ground
        )
        x, half = LEFT + _LEFT_WIDTH / 2, side * cell / 2
        patch = PixelImage(
            pixels[row : row + side, column : column + side], Box(x - half, _TOP - 2 * half, x + half, _TOP)
        )
        rows, columns = pixels.shape[:2]
        top = _TOP - 2 * half - _HEAD
        pixel = min(_LEFT_WIDTH / columns, (top - _BOTTOM) / rows)
        wide = columns * pixel
        return patch, PixelImage(pixels, Box(x - wide / 2, top - rows * pixel, x + wide / 2, top))


def _about(value: float) -> str:
    text = cell_text(value)
    return text if exact(value, text) else f"≈ {text}"


def _sign_color(value: float, theme: Theme) -> str:
    return theme.output if value >= 0 else theme.negative
