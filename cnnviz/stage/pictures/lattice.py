"""Layers along one row, each cell above the middle of what it sees, and what neighbors see as bars below."""

from __future__ import annotations

import numpy as np
from manim import Animation, UpdateFromAlphaFunc, VGroup, smooth

from cnnviz.stage.color import Color
from cnnviz.stage.language import Template
from cnnviz.stage.layout import SMALLEST, Box
from cnnviz.stage.mobjects.pixel_image import PixelImage, photo_pixels
from cnnviz.stage.mobjects.shapes import Rectangle, Strokes
from cnnviz.stage.mobjects.tiles import Tiles
from cnnviz.stage.pictures.picture import Picture
from cnnviz.stage.text import Label, size_within
from cnnviz.subjects.field import Sight

ABOVE: Template = "layers over a row of the picture"
_FULL, _LOW, _TALLEST = 0.76, 0.3, 0.5  # of a tile: width in cells, height in pitches and in units
_LANE, _APART = 0.36, 0.12  # units: of a bar below, and between two of them
_QUIET, _TYPE = 0.3, 22
_CORNERS = 16  # points of a tile


class Lattice(Picture):
    """A row of a picture and the same row of each layer over it.

    ::

                 o       o         layer 2
           o   o   o   o   o       layer 1
         . . . . . . . . . . .     a row of the picture
             =========== 7
             < 4 >=========== 7

    Parameters
    ----------
    sight : Sight
        The layers; their columns are drawn.
    height : float
        Units.
    """

    def __init__(self, sight: Sight, height: float, title: Template = ABOVE) -> None:
        super().__init__(title)
        self.sight, self.tall = sight, height
        self.columns = sight.levels[0].shape[1]

    def size(self, cell: float) -> tuple[float, float]:
        """Return the width of the row, and the height."""
        return self.columns * cell, self.tall

    def draw(self, cell: float) -> None:  # noqa: ARG002  # the width says it
        """Draw all cells, those of the layers quietly."""
        self.unit = self.box.width / self.columns
        self.floor = self.box.bottom + 2 * (_LANE + _APART)
        self.pitch = (self.box.top - self.floor) / len(self.sight.levels)
        values = self.sight.values(0)
        pixels = photo_pixels(
            values[None, len(values) // 2][:, None], self.sight.picture.peak, values[:1] < 0, "#000000"
        )
        first, last = self.spot(0, 0, 1.0), self.spot(0, self.columns - 1, 1.0)
        self.row = Box(first.left, first.bottom, last.right, last.top)
        self.add(PixelImage(pixels, self.row), Rectangle(self.row, outline=self.theme.line, width=1.5))
        self.layers = list[Tiles]()
        for level, here in enumerate(self.sight.levels[1:], 1):
            spots = [self.spot(level, at) for at in range(here.shape[1])]
            self.layers.append(Tiles(spots, fill=self.theme.fill("output", _QUIET)))
        self.add(*self.layers)

    def part(self, before: Lattice) -> list[Animation]:
        """Let the cells of each layer slide from where those in the middle of the same layer stood before."""
        return [_slide(here, there) for here, there in zip(self.layers, before.layers, strict=False)]

    def spot(self, level: int, cell: int, full: float = _FULL) -> Box:
        """Return where a cell is."""
        here = self.sight.levels[level]
        x = self.box.left + (here.start[1] + cell * here.jump[1] + here.size[1] / 2) * self.unit
        y, wide, high = self.floor + (level + 0.5) * self.pitch, full * self.unit, min(_LOW * self.pitch, _TALLEST)
        return Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)

    def look(self, level: int, cell: int, color: Color, *, filled: bool = True) -> list[VGroup]:
        """Make what leads down from a cell, from its layer to the picture: cells, and lines to those they are made of.

        What is not ``filled`` has outlines alone.
        """
        seen, steps = self.sight.seen(level, cell, 1), list[VGroup]()
        for here in range(level, -1, -1):
            spots = [self.spot(here, at) for at in sorted(seen[here])]
            quiet = here == 0 or not filled
            lit = Tiles(spots, fill=None if quiet else color, outline=color, width=2.5)
            wires = self._wires(here, seen[here + 1]) if here < level else []
            steps.append(VGroup(Strokes(wires, color, 2.0 if filled else 1.4, 0.85), lit))
        return steps

    def _wires(self, level: int, above: frozenset[int]) -> list[list[tuple[float, float]]]:
        lines = []
        for upper in above:
            spot = self.spot(level + 1, upper)
            for lower in self._made_of(level + 1, upper):
                end = self.spot(level, lower)
                lines.append([(spot.center[0], spot.bottom), (end.center[0], end.top)])
        return lines

    def _made_of(self, level: int, cell: int) -> frozenset[int]:
        return self.sight.seen(level, cell, 1)[level - 1]

    def bar(self, first: int, count: int, number: int, color: Color) -> VGroup:
        """Make a bar under some columns, with their count in it."""
        top = self.floor - _APART - number * (_LANE + _APART) + 0.06
        left = self.box.left + first * self.unit
        box, text = Box(left, top - _LANE, left + count * self.unit, top), str(count)
        size = max(SMALLEST, size_within(0.9 * box.width, _TYPE, text))
        return VGroup(Rectangle(box, fill=color), Label(text, size, self.theme.text_on(color), at=box.center))


def _slide(here: Tiles, there: Tiles) -> Animation:
    ends, starts = (tiles.points.reshape(-1, _CORNERS, 3) for tiles in (here, there))
    some = np.arange(len(ends)) + (len(starts) - len(ends)) // 2
    starts = starts[np.clip(some, 0, len(starts) - 1)]

    def stand(tiles: Tiles, share: float) -> None:
        tiles.points = (starts + share * (ends - starts)).reshape(-1, 3)

    return UpdateFromAlphaFunc(here, stand, rate_func=smooth)
