"""All exhibits of a gallery together: each map with its kernel and its name, and how to read them."""

from __future__ import annotations

import numpy as np
from manim import Mobject

from cnnviz.stage import layout
from cnnviz.stage.gallery.picture import exhibit_pixels
from cnnviz.stage.layout import LEFT, RIGHT, Box
from cnnviz.stage.mobjects.number_grid import NumberGrid, smallest_cell
from cnnviz.stage.mobjects.pixel_image import PixelImage
from cnnviz.stage.mobjects.scale_bar import ScaleBar, fill_scale, gray_scale
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.text import Label, text_width
from cnnviz.stage.theme import Theme
from cnnviz.subjects.gallery import Exhibit, Gallery

_TOP, _BOTTOM, _RULE_Y = 2.62, -2.12, -2.4
_NAME, _GAP = 0.34, 0.12
_KERNEL = 1.3  # side of a kernel, at most


class Poster:
    """A grid of exhibits; ``tile`` returns one of them, ``rules`` the line below."""

    def __init__(self, subject: Gallery, theme: Theme) -> None:
        self.subject, self.theme = subject, theme
        count = len(subject.exhibits)
        self._rows = 1 if count <= 3 else 2
        self._columns = -(-count // self._rows)
        self._width, self._height = (RIGHT - LEFT) / self._columns, (_TOP - _BOTTOM) / self._rows
        self._kernel_side = max(
            min(_KERNEL, self._cell(exhibit) * max(exhibit.kernel.values.shape)) for exhibit in subject.exhibits
        )
        rows, columns = (max(exhibit.map.shape[axis] for exhibit in subject.exhibits) for axis in (0, 1))
        self._pixel = min(
            (self._width - self._kernel_side - _GAP - 0.3) / columns, (self._height - _NAME - 0.12) / rows
        )
        self._used = columns * self._pixel + _GAP + self._kernel_side

    def tile(self, index: int) -> list[Mobject]:
        """Return the map of a kernel, the kernel and its name."""
        exhibit, theme = self.subject.exhibits[index], self.theme
        row, column = divmod(index, self._columns)
        left = LEFT + column * self._width + (self._width - self._used) / 2
        top = _TOP - row * self._height - _NAME
        rows, columns = exhibit.map.shape
        box = Box(left, top - rows * self._pixel, left + columns * self._pixel, top)
        name = exhibit.kernel.title
        if text_width(name, layout.NOTE) > self._used:
            name = exhibit.kernel.name
        return [
            PixelImage(exhibit_pixels(exhibit, theme), box),
            Rectangle(box, outline=theme.line, width=1.5),
            Label(name, layout.NOTE, theme.kernel, at=(left, top + 0.18), align="left"),
            self._kernel(exhibit, box.right + _GAP, top),
        ]

    def rules(self) -> list[Mobject]:
        """Return how the maps are to be read: a bar and a few words for each way that occurs."""
        theme, peak = self.theme, self.subject.picture.peak
        gray = [exhibit for exhibit in self.subject.exhibits if not exhibit.signed]
        made: list[Mobject] = []
        if gray:
            plain = all(exhibit.total == 1 for exhibit in gray)
            ends = ("weights of sum 1: 0", f"{peak:g}") if plain else ("black 0", f"white: sum of weights × {peak:g}")
            made.append(self._bar(gray_scale(), ends))
        if len(gray) < len(self.subject.exhibits):
            colors, _ = fill_scale(theme, 1.0, signed=True)
            least = min(exhibit.total for exhibit in self.subject.exhibits)
            made.append(
                self._bar(
                    colors,
                    ("sum 0: minus" if least == 0 else "sum 0 or below: minus", "plus, full at half the largest"),
                )
            )
        total = sum(part.width for part in made) + 0.9 * (len(made) - 1)
        x = -total / 2
        for part in made:
            part.shift((x - part.get_left()[0], 0, 0))
            x += part.width + 0.9
        return made

    def _bar(self, colors: list[str], ends: tuple[str, str]) -> ScaleBar:
        return ScaleBar(colors, ends, at=(0.0, _RULE_Y), width=1.2, theme=self.theme, size=layout.SMALLEST + 1)

    def _cell(self, exhibit: Exhibit) -> float:
        """Return the side of a weight's cell: readable, if that is not too large."""
        least = smallest_cell(text for row in exhibit.kernel.labels for text in row) * 1.01
        most = _KERNEL / max(exhibit.kernel.values.shape)
        return float(min(max(least, 0.36), most))

    def _kernel(self, exhibit: Exhibit, left: float, top: float) -> NumberGrid:
        values, cell = exhibit.kernel.values, self._cell(exhibit)
        rows, columns = values.shape
        return NumberGrid(
            values,
            role="kernel",
            scale=float(np.abs(values).max()),
            cell=cell,
            theme=self.theme,
            texts=exhibit.kernel.labels,
            at=(left + columns * cell / 2, top - rows * cell / 2),
        )
