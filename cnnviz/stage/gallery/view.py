"""A kernel at work on a photo: the photo, one window of true numbers, the kernel, and the map of all answers."""

from __future__ import annotations

import numpy as np
from manim import Mobject
from numpy.typing import NDArray

from cnnviz.stage import layout
from cnnviz.stage.gallery.picture import exhibit_scale
from cnnviz.stage.layout import LEFT, Box
from cnnviz.stage.mobjects.flow import Flow
from cnnviz.stage.mobjects.frame import marked
from cnnviz.stage.mobjects.kernel_window import KernelWindow
from cnnviz.stage.mobjects.number_grid import NumberGrid, grid_texts
from cnnviz.stage.mobjects.pixel_image import PixelImage, photo_pixels
from cnnviz.stage.mobjects.scale_bar import ScaleBar
from cnnviz.stage.mobjects.shapes import Rectangle, Strokes
from cnnviz.stage.pictures.sum_panel import equals
from cnnviz.stage.text import Label, Line
from cnnviz.stage.theme import Theme
from cnnviz.subjects.gallery import Exhibit, Gallery
from cnnviz.subjects.number import cell_text

_TOP, _BOTTOM, _LABEL_Y = 1.98, -2.16, 2.34
_SIDE = 4.3  # width of photo and map, at most
_MIDDLE, _BETWEEN = 4.12, 0.36  # width of the middle column, distance of window and kernel
_CELL = 0.56


class WorkView:
    """Everything that is drawn while one kernel after the other works on the photo."""

    def __init__(self, subject: Gallery, theme: Theme) -> None:
        self.subject, self.theme = subject, theme
        rows, columns = subject.picture.values.shape[1:]
        self._pixel = min(_SIDE / columns, (_TOP - _BOTTOM) / rows)
        wide = columns * self._pixel
        muted = np.zeros((rows, columns), dtype=bool)
        pixels = photo_pixels(subject.picture.values, subject.picture.peak, muted, theme.ground)
        x = LEFT + 0.1 + max(wide, 3.0) / 2
        self.photo = PixelImage(pixels, self._box(x, (rows, columns)))
        self._map_x = -x
        title = Line([("photo", theme.input), (f"  {rows} × {columns}", theme.muted)], layout.LABEL, at=(x, _LABEL_Y))
        self.static: list[Mobject] = [self.photo, Rectangle(self.photo.box, outline=theme.line, width=1.5), title]

    def window(self, exhibit: Exhibit) -> KernelWindow:
        """Return the frame on the photo, at the shared window."""
        row, column = exhibit.step.input_origin
        first = self.photo.cell_box((row, column))
        return KernelWindow(first, exhibit.kernel.values.shape, (1, 1), self.theme.kernel)

    def kernel(self, exhibit: Exhibit) -> list[Mobject]:
        """Return the kernel with its name and the sum of its weights."""
        theme = self.theme
        grid = self._grid(exhibit, of_window=False)
        runs = [("weights add up to ", theme.muted), (cell_text(exhibit.total), theme.kernel)]
        return [
            Label(exhibit.kernel.title, layout.LABEL, theme.kernel, at=(0.0, _LABEL_Y)),
            grid,
            Line(runs, layout.NOTE, at=(0.0, grid.box.bottom - 1.3)),
        ]

    def patch(self, exhibit: Exhibit) -> list[Mobject]:
        """Return the frame of the shared window on the photo and its pixels, enlarged."""
        grid = self._grid(exhibit, of_window=True)
        row, column = exhibit.step.input_origin
        mark = self.photo.cell_box((row, column), *exhibit.kernel.values.shape)
        ends = (grid.box.left, grid.box.top), (grid.box.left, grid.box.bottom)
        zoom = Strokes(
            [[(mark.right, mark.top), ends[0]], [(mark.right, mark.bottom), ends[1]]], self.theme.kernel, 1.6
        )
        times = Label("×", layout.LABEL, self.theme.muted, at=(0.0, grid.box.center[1]))
        return [self.window(exhibit), zoom, grid, times]

    def result(self, exhibit: Exhibit) -> list[Mobject]:
        """Return what window and kernel make, and the arrow to its place in the map."""
        y = self._grid(exhibit, of_window=True).box.bottom - 0.55
        result = equals(exhibit.step.result, layout.RESULT, self.theme, at=(0.0, y), bold=True)
        start, end = result.get_right()[0] + 0.15, self.map_box(exhibit).left - 0.1
        return [result, Flow((start, y), (end, y), self.theme.muted), *self.target(exhibit)]

    def map(self, exhibit: Exhibit, pixels: NDArray[np.uint8], rows: int) -> PixelImage:
        """Return the map with its first rows painted."""
        painted = pixels.copy()
        painted[rows:, :, 3] = 0
        return PixelImage(painted, self.map_box(exhibit))

    def about_map(self, exhibit: Exhibit) -> list[Mobject]:
        """Return the frame, the title and the scale of a map."""
        theme, box = self.theme, self.map_box(exhibit)
        rows, columns = exhibit.map.shape
        colors, ends = exhibit_scale(exhibit, theme)
        runs = [("feature map", theme.output), (f"  {rows} × {columns}", theme.muted)]
        return [
            Rectangle(box, outline=theme.line, width=1.5),
            Line(runs, layout.LABEL, at=(self._map_x, _LABEL_Y)),
            ScaleBar(colors, ends, at=(self._map_x, box.bottom - 0.28), width=1.5, theme=theme),
        ]

    def target(self, exhibit: Exhibit) -> list[Rectangle]:
        """Return the frame around the pixel of the map that the shared window gives."""
        row, column = exhibit.step.output_index[1:]
        box, around = self.map_box(exhibit), 0.03
        left, top = box.left + column * self._pixel, box.top - row * self._pixel
        pixel = Box(left - around, top - self._pixel - around, left + self._pixel + around, top + around)
        return marked(pixel, self.theme)

    def map_box(self, exhibit: Exhibit) -> Box:
        """Return where a map is: pixel for pixel as large as the photo."""
        return self._box(self._map_x, exhibit.map.shape)

    def _box(self, x: float, shape: tuple[int, ...]) -> Box:
        high, wide = shape[0] * self._pixel, shape[1] * self._pixel
        return Box(x - wide / 2, _TOP - high, x + wide / 2, _TOP)

    def _grid(self, exhibit: Exhibit, *, of_window: bool) -> NumberGrid:
        kernel = exhibit.kernel
        rows, columns = kernel.values.shape
        side = min(_CELL, (_MIDDLE - _BETWEEN) / 2 / columns, 2.6 / rows)
        x = (columns * side + _BETWEEN) / 2
        at = (-x if of_window else x, _TOP - 0.25 - rows * side / 2)
        values = exhibit.step.values[0] if of_window else kernel.values
        scale = self.subject.picture.peak if of_window else float(np.abs(kernel.values).max())
        return NumberGrid(
            values,
            role="input" if of_window else "kernel",
            scale=scale,
            cell=side,
            theme=self.theme,
            texts=grid_texts(values) if of_window else kernel.labels,
            at=at,
        )
