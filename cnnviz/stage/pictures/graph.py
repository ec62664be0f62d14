"""A graph: points with numbers, and lines between those that are neighbors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Circle, VGroup
from numpy.typing import NDArray

from cnnviz.stage.color import Color
from cnnviz.stage.language import Template
from cnnviz.stage.layout import LABEL
from cnnviz.stage.mobjects.shapes import Point, Strokes
from cnnviz.stage.mobjects.tiles import Disks
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.text import Label

_RADIUS, _ROOM = 0.11, 0.5  # of a point, as a share of the smaller side; strength of the largest number's fill


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
        pairs = [(int(a), int(b)) for a, b in np.argwhere(np.triu(self.links))]
        self.put(Strokes([[self.point(a), self.point(b)] for a, b in pairs], self.theme.muted, 3.0))
        for number, value in enumerate(self.values):
            fill = self.theme.fill("input", _ROOM + (1 - _ROOM) * value / max(self.values))
            at = self.point(number)
            self.append(Disks([at], self.radius, fill=fill))
            self.append(Label(f"{value:g}", LABEL, self.theme.text_on(fill), at=at))

    def point(self, number: int) -> Point:
        """Return where a point is."""
        (x, y), box, r = self.places[number], self.box, self.radius * 1.15
        return box.left + r + x * (box.width - 2 * r), box.bottom + r + y * (box.height - 2 * r)

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
