"""A pooling of a picture too large for numbers: images, with one window of true numbers enlarged."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Mobject, VMobject

from cnnviz.engine.trace import PoolStep
from cnnviz.stage.layout import LEFT, RIGHT, Box
from cnnviz.stage.mobjects.pixel_image import PixelImage, photo_pixels
from cnnviz.stage.mobjects.shapes import Rectangle, Strokes
from cnnviz.stage.pooling.panel import WindowPanel
from cnnviz.stage.pooling.slices import SlicesPanel
from cnnviz.stage.pooling.view import BOTTOM, TOP, PoolView
from cnnviz.stage.theme import Theme
from cnnviz.subjects.pooling import Pooling

_SIDE, _COLOR_SIDE = 4.4, 3.9  # of the two images, at most, in gray and beside three windows
_PATCH, _LINE = 2.4, 2.6  # widths of the enlarged window and of the line below it, at most
_LARGEST_CELL = 1.2
_SLICES, _LARGEST_SLICE_CELL = 3.7, 0.62  # width of the three windows together, without the gaps


class PicturesView(PoolView):
    """Input and pooled map as images of one width: the same picture, with fewer and larger pixels."""

    def __init__(self, subject: Pooling, theme: Theme, *, below: float = 0.0) -> None:
        super().__init__(subject, theme)
        trace = self.trace
        rows, columns = trace.kernel_size
        color = len(trace.input) > 1
        side = _COLOR_SIDE if color else _SIDE
        x_in, x_out = LEFT + 0.1 + side / 2, RIGHT - 0.1 - side / 2
        padded = trace.padded.shape[1:]
        self.input = PixelImage(
            photo_pixels(trace.padded, self.peak, trace.is_padding, theme.ground), _box(x_in, padded, side, side)
        )
        high = min(side, TOP - BOTTOM - below)
        inside = np.zeros(self.map.shape, dtype=bool)
        self._full = photo_pixels(trace.fold(), self.peak, inside, theme.ground)
        self._pixels = np.zeros_like(self._full)
        self.output = PixelImage(self._pixels.copy(), _box(x_out, self.map.shape, side, high))
        if color:
            cell = min(_LARGEST_SLICE_CELL, _PATCH / rows, _SLICES / 3 / columns)
            self.panel = SlicesPanel(trace, self.peak, at=(0.0, TOP), cell=cell, width=_LINE, theme=theme)
        else:
            cell = min(_LARGEST_CELL, _PATCH / rows, _PATCH / columns)
            self.panel = WindowPanel(trace, self.peak, at=(0.0, TOP), cell=cell, width=_LINE, theme=theme)
        self._frames()
        edges = [Rectangle(image.box, outline=theme.line, width=1.5) for image in (self.input, self.output)]
        self.static = [self.input, self.output, *edges, *self._titles(x_in, x_out), *self._border()]

    def input_cell(self, index: tuple[int, int]) -> Box:
        """Return where a pixel of the padded input is."""
        return self.input.cell_box(index)

    def output_cell(self, index: tuple[int, int]) -> Box:
        """Return where a pixel of the pooled map is."""
        return self.output.cell_box(index)

    def map_box(self) -> Box:
        """Return where the pooled map is."""
        return self.output.box

    def lifting(self, step: PoolStep) -> None:
        """Lift nothing: the numbers would be too small."""

    def marks(self, step: PoolStep) -> Sequence[Mobject]:  # noqa: ARG002
        """Return nothing: the panel has the rings."""
        return []

    def flows(self, step: PoolStep) -> Sequence[VMobject]:
        """Return the lines that enlarge the window, and the arrow to the map."""
        row, column = step.padded_origin
        window, box = self.input.cell_box((row, column), *self.trace.kernel_size), self.panel.box
        ends = (box.left - 0.06, box.top), (box.left - 0.06, box.bottom)
        lines = [[(window.right, window.top), ends[0]], [(window.right, window.bottom), ends[1]]]
        return [Strokes(lines, self.theme.kernel, 1.6, 0.75), self.arrow_out(step)]

    def fill(self, steps: Sequence[PoolStep]) -> Sequence[Mobject]:
        """Paint the results; return the new image."""
        for step in steps:
            row, column = step.output_index[1:]
            self._pixels[row, column] = self._full[row, column]
        self.output = PixelImage(self._pixels.copy(), self.output.box)
        return [self.output]


def _box(x: float, shape: tuple[int, ...], wide: float, high: float) -> Box:
    pixel = min(wide / shape[1], high / shape[0])
    height, width = shape[0] * pixel, shape[1] * pixel
    return Box(x - width / 2, TOP - height, x + width / 2, TOP)
