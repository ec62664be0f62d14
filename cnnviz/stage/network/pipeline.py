"""The whole network in one row: the picture, a wall of maps for each layer, the flattened line, the shares."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from manim import Group, VGroup
from numpy.typing import NDArray

from cnnviz.stage.layout import NOTE, SMALLEST, Box, units
from cnnviz.stage.mobjects.bars import Bars
from cnnviz.stage.mobjects.map_wall import MapWall
from cnnviz.stage.mobjects.shapes import Strokes
from cnnviz.stage.text import Label
from cnnviz.stage.theme import Theme
from cnnviz.subjects.number import cell_text
from cnnviz.subjects.reading import Reading

Floats = NDArray[np.floating]
Link = tuple[float, list[tuple[float, float]]]
LAYERS = ("input", "relu1", "relu2", "pool1", "flatten1", "dense1")
"""The layers that have a column; a convolution is shown with its ReLU."""

_NAMES = ("input", "conv 3 × 3, ReLU", "conv 3 × 3, ReLU", "max pool 2 × 2", "flatten", "dense, softmax")
_MIDDLE, _HIGH = 282, 210  # pixels from above: middle and height of the row
_HEAD, _SHAPE = 137, 160
# Of each wall: maps in a row, side of a cell, gap between maps, left edge, in pixels.
_WALLS = {
    "input": (1, 18, (0, 0), 40),
    "relu1": (2, 6, (6, 6), 232),
    "relu2": (4, 6, (6, 6), 386),
    "pool1": (4, 10, (10, 10), 648),
    "flatten1": (1, 8, (0, 5), 890),
}
_BARS = Box.of_pixels(1076, _MIDDLE - _HIGH / 2, 1240, _MIDDLE + _HIGH / 2)


class Pipeline(Group):
    """One reading as a row of columns; dark until each layer is lit.

    Attributes
    ----------
    walls : dict of str to MapWall
        The maps of each layer but the last.
    bars : Bars
        The shares of the ten digits.
    """

    def __init__(self, reading: Reading, theme: Theme) -> None:
        super().__init__()
        self.reading, self.theme = reading, theme
        self.walls = {layer: self._wall(layer) for layer in _WALLS}
        self.bars = Bars("0123456789", _BARS, theme=theme, size=SMALLEST, widest="> 99.9 %")
        self.links: list[Strokes] = []
        self._heads: dict[str, VGroup] = {}
        self.add(*self.walls.values(), self.bars, self._arrows())
        for layer in LAYERS:
            self._head(layer, lit=False)

    def light(self, layer: str) -> None:
        """Show all numbers of a layer; for the last one, leave that to the bars."""
        if layer in self.walls:
            self.walls[layer].light_all()
        self.announce(layer)

    def announce(self, layer: str) -> None:
        """Let the name of a layer stand out, with its largest number."""
        self.remove(self._heads[layer])
        self._head(layer, lit=True)

    def column(self, layer: str) -> Box:
        """Return where a layer stands."""
        return self.walls[layer].box if layer in self.walls else _BARS

    def fan(self, parts: Floats) -> None:
        """Draw a line from each flattened map to each digit, as strong as what it adds to the digit's score.

        Parameters
        ----------
        parts : array, shape (10, maps)
            The partial sums of the dense layer.
        """
        wall, best = self.walls["flatten1"], self.reading.answer
        rest: list[Link] = []
        own: list[Link] = []
        for digit, sums in enumerate(parts.tolist()):
            for channel, part in enumerate(sums):
                line = self._link(wall.map_box(channel), digit)
                (own if digit == best else rest).append((part, line))
        self.links = [Strokes([line for _, line in rest], self.theme.line, 0.6, 0.6)]
        strongest = max((abs(part) for part, _ in own), default=1.0) or 1.0
        for part, line in own:
            color = self.theme.highlight if part >= 0 else self.theme.negative
            share = abs(part) / strongest
            self.links.append(Strokes([line], color, 0.6 + 2.2 * share, 0.25 + 0.75 * share))
        self.add(*self.links)

    def _link(self, start: Box, digit: int) -> list[tuple[float, float]]:
        y = self.bars.box.top - (digit + 0.5) * self.bars.box.height / 10
        return [(start.right + 0.06, start.center[1]), (self.bars.box.left - 0.1, y)]

    def _wall(self, layer: str) -> MapWall:
        columns, cell, gap, left = _WALLS[layer]
        if layer == "input":
            values, role = self.reading.ink[None], "input"
        else:
            values, role = self.reading.maps(layer), "output"
        if layer == "flatten1":
            values = values.reshape(len(self.reading.maps("pool1")), 1, -1)
        count, high, wide = values.shape
        rows = count // columns
        width, height = columns * wide * cell + (columns - 1) * gap[0], rows * high * cell + (rows - 1) * gap[1]
        top = _MIDDLE - height // 2
        return MapWall(
            values,
            columns,
            units(cell),
            theme=self.theme,
            at=Box.of_pixels(left, top, left + width, top + height).center,
            gap=(units(gap[0]), units(gap[1])),
            role=role,
        )

    def _arrows(self) -> VGroup:
        boxes = [wall.box for wall in self.walls.values()]
        arrows = VGroup()
        for before, after in pairwise(boxes):
            x, y = (before.right + after.left) / 2, boxes[0].center[1]
            tip = [(x + 0.06, y + 0.08), (x + 0.14, y), (x + 0.06, y - 0.08)]
            arrows.add(Strokes([[(x - 0.14, y), (x + 0.14, y)], tip], self.theme.muted, 2.2))
        return arrows

    def _head(self, layer: str, *, lit: bool) -> None:
        theme, x = self.theme, self._x(layer)
        color = theme.text if lit else theme.muted
        shape = " × ".join(map(str, self._values(layer).shape))
        if lit and layer in self.walls and layer != "flatten1":
            shape += f", max {cell_text(float(self._values(layer).max()))}"
        head = VGroup(
            Label(_NAMES[LAYERS.index(layer)], NOTE, color, at=(x, units(360 - _HEAD))),
            Label(shape, SMALLEST, theme.muted, at=(x, units(360 - _SHAPE))),
        )
        self._heads[layer] = head
        self.add(head)

    def _x(self, layer: str) -> float:
        return self.column(layer).center[0]

    def _values(self, layer: str) -> Floats:
        return self.reading.ink[None] if layer == "input" else self.reading.maps(layer)
