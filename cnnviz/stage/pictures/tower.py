"""A network as a building in space: every layer a storey, as broad as it has maps, as deep as its maps have rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import numpy as np
from manim import UP, FadeIn, LaggedStart, VGroup

from cnnviz.stage.color import Color, mix
from cnnviz.stage.glide import Resettle
from cnnviz.stage.language import Template
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import Point
from cnnviz.stage.mobjects.tiles import Rings
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.space import View

Storey = tuple[int, int]
_VIEW = View(40.0, 22.0)
_FACES = (0.78, 0.5, 0.28)  # strengths of the roof, the front and the left side
_BASE = 0.45  # of the height, at most, for what is seen of the largest roof
_LINE, _THIN = 1.2, 0.05  # width of the lines between storeys; thinner ones, in units, have none


class Tower(Slot):
    """The layers of a network from the ground up.

    ::

         .---------.
         |_________/|   the last layers: broad, for they have many maps, and shallow
          |       |/
          '---.-----.
             /     /|
            /_____/ |   the first: narrow and deep
            |_____|/

    Breadth and depth go by roots, so that few and many can be seen side by side.

    Parameters
    ----------
    storeys : sequence of (maps, rows)
        From the first layer.
    width, height : float
        Room in units, without the title.
    among : sequence of such sequences
        Other towers that are drawn on one scale with it.
    root : float
        The root that breadth and depth are.
    """

    def __init__(
        self,
        storeys: Sequence[Storey],
        width: float,
        height: float,
        title: Template = "",
        *,
        among: Sequence[Sequence[Storey]] = (),
        role: str = "output",
        root: float = 2.0,
    ) -> None:
        super().__init__(width, height, title, role=role)
        self.storeys, self.root = [*storeys], root
        self.every = [[*storeys], *map(list, among)]

    def draw(self, cell: float) -> None:
        """Make the storeys, those of one size together; none is shown yet."""
        super().draw(cell)
        hulls = [self._hull(*storey) for storeys in self.every for storey in storeys]
        wide, high = (max(sizes) for sizes in zip(*hulls, strict=True))
        self.unit = min(self.box.width / wide, _BASE * self.box.height / high)
        up = _VIEW.project(0.0, 1.0, 0.0)[1]
        self.thick = (self.box.height - high * self.unit) / max(map(len, self.every)) / up
        self.ground = self.box.bottom + high * self.unit / 2
        self.parts = [self._block(*run, self.theme.fill) for run in _runs(self.storeys)]

    def shadow(self) -> VGroup:
        """Make all of it in the color of lines: what is to come."""
        look = self.theme

        def quiet(_: str, strength: float) -> Color:
            return mix(look.ground, look.line, strength)

        return VGroup(*(self._block(*run, quiet) for run in _runs(self.storeys)))

    def rise(self, scene: Any, seconds: float = 1.2) -> None:
        """Let it grow from the ground."""
        floors = (FadeIn(part, shift=0.25 * UP) for part in self.parts)
        scene.play(LaggedStart(*floors, lag_ratio=0.4), run_time=seconds)
        scene.remove(*self.parts)
        self.append(*self.parts)

    @property
    def hull(self) -> Box:
        """Where all of it is once it stands."""
        points = np.concatenate([part.points for floor in self.parts for part in floor])
        (left, bottom), (right, top) = points.min(axis=0)[:2].tolist(), points.max(axis=0)[:2].tolist()
        return Box(left, bottom, right, top)

    def grow(self, box: Box, **options: Any) -> Resettle:
        """Let it grow out of a box, where another one stands, as an animation; it has to ``stand`` afterward."""
        self.whole = VGroup(*self.parts)
        self.whole.box = self.hull
        return Resettle(self.whole, box, **options)

    def stand(self, scene: Any) -> None:
        """Be there after it has grown."""
        scene.remove(self.whole)
        self.append(*self.parts)

    def edges(self) -> tuple[list[Point], list[Point], list[Point]]:
        """Return the edges along which one sees how deep the network is, how many maps and how many rows it has."""
        count, hull = len(self.storeys), self.hull
        wide, deep = (self.unit * length / 2 for length in self._measures(*self.storeys[-1]))
        x, y = self.box.center[0], self.ground
        across = [(x + a, y + b) for a, b in (_VIEW.project(side, count * self.thick, deep) for side in (-wide, wide))]
        wide, deep = (self.unit * length / 2 for length in self._measures(*self.storeys[0]))
        along = [(x + a, y + b) for a, b in (_VIEW.project(-wide, 0.0, side) for side in (-deep, deep))]
        return [(hull.right, hull.bottom), (hull.right, hull.bottom + count * self.thick)], across, along

    def _measures(self, maps: int, rows: int) -> tuple[float, float]:
        return float(maps ** (1 / self.root)), float(rows ** (1 / self.root))

    def _hull(self, maps: int, rows: int) -> tuple[float, float]:
        """Return width and height of a roof in roots."""
        wide, deep = self._measures(maps, rows)
        (a, b), (c, d) = _VIEW.project(wide, 0.0, 0.0), _VIEW.project(0.0, 0.0, deep)
        return abs(a) + abs(c), abs(b) + abs(d)

    def _block(self, size: Storey, first: int, count: int, fill: Any) -> VGroup:
        """Make storeys of one size: left sides, fronts and the roof."""
        wide, deep = (self.unit * length / 2 for length in self._measures(*size))
        low = [(first + floor) * self.thick for floor in range(count)]
        roof, front, left = (fill(self.role, strength) for strength in _FACES)
        top = (first + count) * self.thick

        def ring(*corners: tuple[float, float, float]) -> list[Point]:
            x, y = self.box.center[0], self.ground
            return [(x + a, y + b) for a, b in (_VIEW.project(*corner) for corner in corners)]

        def walls(a: Point, b: Point) -> list[list[Point]]:
            (x, z), (u, w), up = a, b, self.thick
            return [ring((x, y, z), (u, y, w), (u, y + up, w), (x, y + up, z)) for y in low]

        look: dict[str, Any] = {"outline": self.theme.ground if self.thick > _THIN else None, "width": _LINE}
        flat = [(-wide, deep), (wide, deep), (wide, -deep), (-wide, -deep)]
        return VGroup(
            Rings(walls(flat[3], flat[0]), fill=left, **look),
            Rings(walls(flat[0], flat[1]), fill=front, **look),
            Rings([ring(*((x, top, z) for x, z in flat))], fill=roof, **look),
        )


def _runs(storeys: Sequence[Storey]) -> list[tuple[Storey, int, int]]:
    """Find storeys of one size on each other: their size, the first, and how many."""
    runs, first = [], 0
    for size, group in groupby(storeys):
        count = len([*group])
        runs.append((size, first, count))
        first += count
    return runs
