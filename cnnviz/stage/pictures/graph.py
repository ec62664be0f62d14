"""A graph: points with numbers, and lines between those that are neighbors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Circle, VGroup
from numpy.typing import NDArray

from cnnviz.stage.color import Color
from cnnviz.stage.language import Template
from cnnviz.stage.layout import LABEL, Box, units
from cnnviz.stage.mobjects.shapes import Point, Rectangle, Strokes
from cnnviz.stage.mobjects.tiles import Disks
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.text import Label, Line

_RADIUS, _ROOM = 0.11, 0.5  # of a point, as a share of the smaller side; strength of the largest number's fill
_TYPE = 0.85  # of the numbers, in radii
_BELOW, _AIR = 0.42, 0.08  # units: room for a line below a point, and beside that


class Graph(Slot):
    r"""Points and their links; ``look`` makes what leads to one of them.

    ::

        (5)---(1)   (4)---(7)
           \  |    /
             (2)--
              |
             (3)

    Parameters
    ----------
    values : sequence of float
        A number for each point.
    links : array, shape (N, N)
        Not 0 where two points are neighbors.
    places : sequence of (x, y)
        Where the points are, from 0 to 1 to the right and up.
    width, height : float
        Room in units, without the title.
    """

    def __init__(
        self,
        values: Sequence[float],
        links: NDArray[np.float64],
        places: Sequence[Point],
        width: float,
        height: float,
        title: Template = "",
    ) -> None:
        super().__init__(width, height, title, role="input")
        self.values, self.links, self.places = list(values), links, list(places)

    def draw(self, cell: float) -> None:
        """Draw all points, and the links below them."""
        super().draw(cell)
        self.radius = _RADIUS * min(self.box.width, self.box.height)
        self._noted: dict[int, VGroup] = {}
        pairs = [(int(a), int(b)) for a, b in np.argwhere(np.triu(self.links))]
        self.put(Strokes([[self.point(a), self.point(b)] for a, b in pairs], self.theme.muted, 3.0))
        for number, value in enumerate(self.values):
            fill = self.theme.fill("input", _ROOM + (1 - _ROOM) * value / max(self.values))
            at = self.point(number)
            self.append(Disks([at], self.radius, fill=fill))
            self.append(Label(f"{value:g}", self.type_size, self.theme.text_on(fill), at=at))

    @property
    def type_size(self) -> float:
        """The type of the numbers."""
        return max(LABEL, _TYPE * self.radius / units(1.0))

    def point(self, number: int) -> Point:
        """Return where a point is."""
        (x, y), box, r = self.places[number], self.box, self.radius * 1.15
        return box.left + r + x * (box.width - 2 * r), box.bottom + _BELOW + r + y * (box.height - _BELOW - 2 * r)

    def number(self, point: int) -> Label:
        """Make the number of a point again, where it stands, to travel."""
        return Label(f"{self.values[point]:g}", self.type_size, self.theme.highlight, at=self.point(point))

    def spot(self, number: int) -> Box:
        """Return where a line below a point stands, as high as that line."""
        (x, y), half = self.point(number), 0.4 * _BELOW
        y -= self.radius + _BELOW / 2
        return Box(x - half, y - half, x + half, y + half)

    def write(self, number: int, *runs: tuple[str, Color]) -> VGroup:
        """Write a line below a point, over the links there, in place of what was written; at once."""
        line = Line(runs, LABEL)
        spot, half = self.spot(number), line.width / 2 + _AIR
        x = min(max(spot.center[0], self.box.left + half), self.box.right - half)
        plate = Rectangle(Box(x - half, spot.bottom, x + half, spot.top), fill=self.theme.ground)
        if number in self._noted:
            self.take(self._noted[number])
        self._noted[number] = self.append(VGroup(plate, Line(runs, LABEL, at=(x, spot.center[1]))))
        return self._noted[number]

    def look(self, number: int, color: Color) -> VGroup:
        """Make the lines from the neighbors of a point to its rim, and rings around them and around it."""
        ways, here = [], np.array(self.point(number))
        for other in np.flatnonzero(self.links[number]):
            there = np.array(self.point(int(other)))
            away = (here - there) / np.linalg.norm(here - there) * self.radius
            ways.append([tuple(there + away), tuple(here - away)])
        around = [number, *map(int, np.flatnonzero(self.links[number]))]
        rings = [
            Circle(self.radius, color, stroke_width=7.0 if each == number else 3.5).move_to((*self.point(each), 0))
            for each in around
        ]
        return VGroup(Strokes(ways, color, 6.0), *rings)
