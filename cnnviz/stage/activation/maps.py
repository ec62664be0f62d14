"""A feature map before and after its activation: two grids of numbers, or two images where there are too many."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Mobject

from cnnviz.stage.layout import LEFT, RIGHT, Box
from cnnviz.stage.mobjects.number_grid import Cell, NumberGrid, grid_texts, smallest_cell
from cnnviz.stage.mobjects.pixel_image import PixelImage, value_pixels
from cnnviz.stage.mobjects.scale_bar import ScaleBar, fill_scale
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.mobjects.sifted_grid import SiftedGrid
from cnnviz.stage.theme import Theme
from cnnviz.subjects.activation import Activation

TOP, BOTTOM = 1.98, -2.5
NOTE_ROOM = 0.65  # below a map, for what is said about it, where the numbers leave it
MOST_CELLS = 12
_MIDDLE, _GAP = 3.5, 0.45
_LARGEST_CELL, _LARGEST_IMAGE = 0.95, 4.1


class NumberMaps:
    """Both maps with all their numbers; negative ones step back once they are dealt with.

    Attributes
    ----------
    before, after : NumberGrid or PixelImage
        The two maps; ``cell_box`` tells where a cell is.
    static : list of Mobject
        What stands there from the start.
    """

    def __init__(self, subject: Activation, theme: Theme) -> None:
        self.subject = subject
        before, after = subject.before, subject.after
        scale, cell = float(np.abs(before).max()), _cell(subject)
        x_before, x_after = columns(before.shape[1] * cell)
        y = TOP - len(before) * cell / 2
        self.before = SiftedGrid(before, role="input", scale=scale, cell=cell, theme=theme, at=(x_before, y))
        self.after = NumberGrid(after, role="output", scale=scale, cell=cell, theme=theme, at=(x_after, y), hidden=True)
        self.static: list[Mobject] = [self.before, self.after]

    def land(self, cells: Sequence[Cell]) -> list[Mobject]:
        """Show cells after the activation; return what has to be added to the scene for it."""
        for cell in cells:
            self.after.show(cell)
        cut = {cell for cell in cells if self.subject.before[cell] < self.subject.after[cell]}
        self.before.sift(self.before.muted | cut)
        return []


class PixelMaps:
    """Both maps as images in the colors that the grids would have; attributes as in `NumberMaps`."""

    def __init__(self, subject: Activation, theme: Theme) -> None:
        rows, width = subject.before.shape
        scale = float(np.abs(subject.before).max())
        pixel = min(_LARGEST_IMAGE / width, (TOP - BOTTOM - NOTE_ROOM) / rows)
        boxes = [Box(x - width * pixel / 2, TOP - rows * pixel, x + width * pixel / 2, TOP) for x in columns(0.0)]
        self._final = value_pixels(subject.after, "output", scale, theme)
        self._pixels = np.zeros_like(self._final)
        self.before = PixelImage(value_pixels(subject.before, "input", scale, theme), boxes[0])
        self.after = PixelImage(self._pixels.copy(), boxes[1])
        edges = [Rectangle(box, outline=theme.line, width=1.5) for box in boxes]
        colors, ends = fill_scale(theme, scale, role="input", signed=bool((subject.before < 0).any()))
        at = boxes[0].center[0], boxes[0].bottom - 0.34
        bar = ScaleBar(colors, ends, at=at, width=boxes[0].width * 0.5, theme=theme)
        self.static: list[Mobject] = [self.before, self.after, *edges, bar]

    def land(self, cells: Sequence[Cell]) -> list[Mobject]:
        """Paint cells after the activation; return the new image."""
        for cell in cells:
            self._pixels[cell] = self._final[cell]
        self.after = PixelImage(self._pixels.copy(), self.after.box)
        return [self.after]


def columns(width: float) -> tuple[float, float]:
    """Return the middles of the two maps, each ``width`` wide; images are centered beside the graph."""
    if not width:
        half = (RIGHT - LEFT - _MIDDLE) / 4
        return LEFT + half, RIGHT - half
    free = (RIGHT - LEFT - 2 * width - _MIDDLE) / 4
    return LEFT + free + width / 2, RIGHT - free - width / 2


def fits(subject: Activation) -> bool:
    """Tell whether all numbers of the maps can be shown at a readable size."""
    return max(subject.before.shape) <= MOST_CELLS and _cell(subject) >= _least(subject)


def _cell(subject: Activation) -> float:
    """Return the side of a cell: with room for a note below, unless the numbers need that room."""
    rows, width = subject.before.shape
    wide = min(_LARGEST_CELL, (RIGHT - LEFT - _MIDDLE - 2 * _GAP) / 2 / width)
    cell = min(wide, (TOP - BOTTOM - NOTE_ROOM) / rows)
    return float(cell if cell >= _least(subject) else min(wide, (TOP - BOTTOM) / rows))


def _least(subject: Activation) -> float:
    texts = [text for grid in (subject.before, subject.after) for row in grid_texts(grid) for text in row]
    return smallest_cell(texts)
