"""A convolution on a picture too large for numbers, or in color: images, with one window of true numbers enlarged."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Mobject, VGroup, VMobject

from cnnviz.engine.trace import ConvStep
from cnnviz.stage import layout
from cnnviz.stage.color import Color
from cnnviz.stage.conv.sum_panel import SumPanel, equals
from cnnviz.stage.conv.view import BOTTOM, TOP, ConvView
from cnnviz.stage.layout import LEFT, RIGHT, Box, units
from cnnviz.stage.mobjects.flow import Flow
from cnnviz.stage.mobjects.number_grid import NumberGrid, grid_texts, smallest_cell
from cnnviz.stage.mobjects.pixel_image import PixelImage, map_pixels, photo_pixels
from cnnviz.stage.mobjects.scale_bar import ScaleBar, fill_scale
from cnnviz.stage.mobjects.shapes import Rectangle, Strokes
from cnnviz.stage.text import Label
from cnnviz.stage.theme import Theme
from cnnviz.subjects.convolution import Convolution

_SIDE = 4.1  # of the two images, at most
_SMALL = 2.4  # longest side of a feature map, at least; a smaller one is enlarged
_MIDDLE = 4.3  # width of the middle column
_BETWEEN = 0.42  # between patch and kernel
_RESULT_ROOM = 0.75


class PicturesView(ConvView):
    """Input and feature map as images; the window's pixels beside the kernel, one row for each channel."""

    def __init__(self, subject: Convolution, theme: Theme) -> None:
        super().__init__(subject, theme)
        trace = self.trace
        channels, rows, columns = trace.weight.shape[1:]
        room = TOP - BOTTOM - _RESULT_ROOM - 0.14 * (channels - 1)
        partial = 0.95 if channels > 1 else 0.0
        side = min(0.52, room / rows / channels, (_MIDDLE - _BETWEEN - partial) / 2 / columns)
        pixel = min(_SIDE / max(trace.padded.shape[1:]), _SIDE / max(self.map.shape))
        x_in, x_out = LEFT + 0.1 + _SIDE / 2, RIGHT - 0.1 - _SIDE / 2
        self._side, self._x, self._partial = side, 0.0, partial
        self._legible = smallest_cell(text for line in grid_texts(trace.padded.reshape(-1, 1)) for text in line) <= side
        self.input = PixelImage(
            photo_pixels(trace.padded, subject.picture.peak, trace.is_padding, theme.ground),
            _box(x_in, pixel, trace.padded.shape[1:]),
        )
        self._pixels = map_pixels([[None] * self.map.shape[1]] * len(self.map))
        self.output = PixelImage(self._pixels, _box(x_out, max(pixel, _SMALL / max(self.map.shape)), self.map.shape))
        width = 2 * columns * side + _BETWEEN + partial
        self._patch_x = self._x - width / 2 + columns * side / 2
        kernel_x = self._patch_x + columns * side + _BETWEEN
        self._rows = [TOP - (i + 0.5) * rows * side - i * 0.14 for i in range(channels)]
        kernels = [self._kernel_grid(w, side, (kernel_x, y)) for w, y in zip(trace.weight[0], self._rows, strict=True)]
        self._kernel_right = kernel_x + columns * side / 2
        below = self._rows[-1] - rows * side / 2 - 0.2
        self.panel = None
        if channels == 1:
            self.panel = SumPanel(
                trace, subject.kernel.labels, at=(self._x, below), width=_MIDDLE, height=below - BOTTOM, theme=theme
            )
        self._result_y = self.panel.result_y if self.panel else below - units(layout.RESULT) * 0.6
        self._frames()
        edges = [
            Rectangle(Box(b.left, b.bottom, b.right, b.top), outline=theme.line, width=1.5)
            for b in (self.input.box, self.output.box)
        ]
        self._times_x = kernel_x - (columns * side + _BETWEEN) / 2
        self.static = [self.input, self.output, *edges, *kernels, *self._titles(x_in, kernel_x, x_out)]
        self.static += self._border() + self._scale_bar()
        if channels > 1:
            x = self._patch_x - columns * side / 2 - 0.2
            self.static += [Label(c, 20, theme.muted, at=(x, y)) for c, y in zip("RGB", self._rows, strict=True)]

    def input_cell(self, index: tuple[int, int]) -> Box:
        """Return where a pixel of the padded input is."""
        return self.input.cell_box(index)

    def output_cell(self, index: tuple[int, int]) -> Box:
        """Return where a pixel of the feature map is."""
        return self.output.cell_box(index)

    def terms(self, step: ConvStep) -> Sequence[Mobject]:
        """Return the enlarged window, then the products; for a color picture, each channel with its partial sum."""
        patches = [VGroup(self._patch(step, channel), self._times(channel)) for channel in range(len(step.values))]
        zoom = self._zoom(step)
        if self.panel:
            return [VGroup(zoom, *patches), *self.panel.terms(step)]
        sums = [
            VGroup(*equals(value, 22, self.theme, at=(self._kernel_right + 0.12, y), align="left"))
            for value, y in zip(step.channel_sums.tolist(), self._rows, strict=True)
        ]
        return [zoom, *(VGroup(patch, total) for patch, total in zip(patches, sums, strict=True))]

    def result(self, step: ConvStep) -> VGroup:
        """Return the sum, for a color picture that of the partial sums."""
        return equals(step.result, layout.RESULT, self.theme, at=(self._x, self._result_y), bold=True)

    def flows(self, step: ConvStep) -> Sequence[VMobject]:
        """Return the arrow from the sum to the feature map."""
        number = self.result(step).get_right()[0] + 0.15
        box = self.output.box
        end = (box.left - 0.1, max(box.bottom + 0.1, min(self._result_y + 0.6, box.center[1])))
        return [Flow((number, self._result_y), end, self.theme.muted, bend=max(number, self._x + 1.4))]

    def fill(self, steps: Sequence[ConvStep]) -> Sequence[Mobject]:
        """Paint the results; return the new image."""
        for step in steps:
            row, column = step.output_index[1:]
            self._pixels[row, column] = map_pixels([[self._color(step.result)]])[0, 0]
        self.output = PixelImage(self._pixels.copy(), self.output.box)
        return [self.output]

    def _color(self, value: float) -> Color:
        return self.theme.fill("output", value / (self.scale or 1.0))

    def _scale_bar(self) -> list[Mobject]:
        """State what the colors of the feature map mean."""
        box = self.output.box
        colors, ends = fill_scale(self.theme, self.scale, signed=bool(self.map.min() < 0))
        at = (box.center[0], box.bottom - 0.3)
        return [ScaleBar(colors, ends, at=at, width=box.width * 0.5, theme=self.theme)]

    def _times(self, channel: int) -> Label:
        return Label("×", layout.LABEL, self.theme.muted, at=(self._times_x, self._rows[channel]))

    def _patch(self, step: ConvStep, channel: int) -> NumberGrid:
        """Enlarge a window, with the numbers of all windows or of none."""
        values = step.values[channel]
        return NumberGrid(
            values,
            role="input",
            scale=self.subject.picture.peak,
            cell=self._side,
            theme=self.theme,
            at=(self._patch_x, self._rows[channel]),
            padding=step.is_padding,
            texts=None if self._legible else [[""] * values.shape[1]] * len(values),
        )

    def _zoom(self, step: ConvStep) -> Strokes:
        rows, columns = step.is_padding.shape
        dilation = self.trace.dilation
        first = self.input_cell((step.padded_origin[0], step.padded_origin[1]))
        right = first.left + ((columns - 1) * dilation[1] + 1) * first.width
        bottom = first.top - ((rows - 1) * dilation[0] + 1) * first.height
        left = self._patch_x - columns * self._side / 2 - (0.34 if self._partial else 0.0)
        high = rows * self._side / 2
        ends = (left, self._rows[0] + high), (left, self._rows[-1] - high)
        return Strokes([[(right, first.top), ends[0]], [(right, bottom), ends[1]]], self.theme.kernel, 1.6, 0.75)


def _box(x: float, pixel: float, shape: tuple[int, ...]) -> Box:
    height, width = shape[0] * pixel, shape[1] * pixel
    return Box(x - width / 2, TOP - height, x + width / 2, TOP)
