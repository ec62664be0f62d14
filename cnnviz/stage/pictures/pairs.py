"""What was measured twice, as two lines for each contender, with the thing itself before its name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from manim import VGroup

from cnnviz.nn.experiments import Point
from cnnviz.stage.color import Color
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import Strokes
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.spread import Spread

_NEAR = 0.84  # of a line, from it to its twin
_STAMP, _LARGEST = 0.9, 1.25  # of a contender's room, for its stamps, and at most so many units
_AIR, _AHEAD = 0.05, 0.2  # of the width, for all stamps at most
_RULE, _WAY = 1.8, 5.0  # strokes: through the mean of one contender, and from there to the others
_WIDE, _APART, _NARROW = 2.2, 0.12, 10.0  # of a stamp, in heights; between stamps; less wide, names are above


class Pairs(Spread):
    """Contenders one below the other, each with a line for every case, all on one axis.

    ::

        read right   5 of each   20 of each
        [#]  nothing   · ·|· ·              86.4 ± 2.4 %
        [#]                     ··|·        94.3 ± 1.4 %
        [#]  dropout   · |··                86.5 ± 2.0 %
        [#]                       ··|··     96.4 ± 1.2 %

    Parameters
    ----------
    cases : mapping of str to (mapping of str to Point)
        What was measured in each case, by the contender's name; as they are written.
    width, height : float
        Room in units, without the title.
    roles : sequence of str
        Color of each case.
    stamps : mapping of str to sequence of Grid or None
        What stands before a name, in columns; pixels, without titles.
    **look
        Of `Spread`.
    """

    def __init__(
        self,
        cases: Mapping[str, Mapping[str, Point]],
        width: float,
        height: float,
        title: Template = "",
        *,
        roles: Sequence[str],
        stamps: Mapping[str, Sequence[Grid | None]],
        **look: Any,
    ) -> None:
        self.cases, self.names, self.stamps = [*cases], [*next(iter(cases.values()))], stamps
        lines = {(name, case): cases[case][name] for name in self.names for case in cases}
        ink = dict(zip(cases, roles, strict=False))  # a run may have one case only
        role = {self.key(*line): ink[line[1]] for line in lines}
        points = {self.key(*line): point for line, point in lines.items()}
        self.inks, self.compared = ink, dict[str, VGroup]()
        super().__init__(points, width, height, title, role=role, **look)
        self.over = width < _NARROW
        self.rows = len(cases) + self.over
        self.slots = self.rows * len(self.names)
        self.written = {self.key(name, self.cases[0]): name for name in self.names}

    @staticmethod
    def key(name: str, case: str) -> str:
        """Return what a line is called."""
        return f"{name}: {case}"

    def draw(self, cell: float) -> None:
        """Draw stamps, names and axis, and no numbers yet."""
        pitch = self.rows * self.pitch(self.slots)
        high = min(_STAMP * pitch, _LARGEST)
        columns = [*zip(*self.stamps.values(), strict=True)]
        wide = sum(max(self._width(grid, high) for grid in column) for column in columns)
        high *= min(1.0, _AHEAD * self.box.width / wide)
        ways = [max(self._width(grid, high) for grid in column) + _APART for column in columns]
        self.ahead = sum(ways) + _APART
        self.middles = {name: self.box.top - (i + 0.5) * pitch for i, name in enumerate(self.names)}
        super().draw(cell)
        for name, row in self.stamps.items():
            left = self.box.left
            for grid, way in zip(row, ways, strict=True):
                if grid is not None:
                    side = self._width(grid, high) / grid.columns
                    grid.settle(left, self.middles[name] + grid.rows * side / 2, side)
                    self.append(grid)
                left += way

    @staticmethod
    def _width(grid: Grid | None, high: float) -> float:
        """Return how wide a stamp is in a room of that height."""
        return 0.0 if grid is None else min(high * grid.columns / grid.rows, _WIDE * high)

    def y(self, name: str) -> float:
        """Return the middle of a line."""
        place = list(self.measured).index(name)
        group, line = divmod(place, len(self.cases))
        down = (line + self.over - (self.rows - 1) / 2) * _NEAR * self._pitch
        return self.middles[self.names[group]] - down

    def name_at(self, name: str) -> tuple[float, float]:
        """Return where the name of a contender begins, at the middle of its lines or above them."""
        middle = self.middles[self.written[name]]
        if self.over:
            return self.plane.left, middle + _NEAR * self._pitch * (self.rows - 1) / 2
        return self.box.left + self.ahead, middle

    def row(self, name: str) -> Box:
        """Return a line with its number; the name of its contender belongs to both."""
        y, half = self.y(name), _NEAR * self._pitch / 2
        return Box(self.plane.left - _AIR, y - half, self.box.right + _AIR, y + half)

    def among(self, case: str, names: Iterable[Template]) -> list[Box]:
        """Return the lines of some contenders in a case."""
        return [self.row(self.key(say(name), case)) for name in names]

    def against(self, case: str, base: Template) -> VGroup:
        """Make a line at what one contender gave in a case, through all lines, and how far it is to the others.

        Ways within the spread are muted, longer ones have the color of a highlight or of a loss.
        """
        key, look = self.key(say(base), case), self.theme
        start, x = self.measured[key], self.x(self.measured[key].mean)
        ways = []
        for other in (self.key(name, case) for name in self.names if name != say(base)):
            point, y = self.measured[other], self.y(other) - self.half
            color = look.negative if start.beyond(point) else look.highlight if point.beyond(start) else look.muted
            ways.append(Strokes([[(x, y), (self.x(point.mean), y)]], color, _WAY))
        ends = [(self.y(self.key(n, self.cases[-1])), self.y(self.key(n, self.cases[0]))) for n in self.names]
        rules = [[(x, low - self.half), (x, high + self.half)] for low, high in ends]
        rule = Strokes(rules, look.role(self.inks[case]), _RULE)
        self.compared[case] = VGroup(rule, *ways)
        return self.compared[case]

    def group(self, name: str) -> Box:
        """Return all of a contender."""
        half = self.rows * self._pitch / 2
        return Box(self.box.left - _AIR, self.middles[name] - half, self.box.right + _AIR, self.middles[name] + half)

    def _title_runs(self) -> list[tuple[str, Color]]:
        said = [(f"   {case}", self.theme.role(self.inks[case])) for case in self.cases]
        return [(self.title, self.theme.text), *said]
