"""Networks as towers on one ground, with lines of numbers below them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import FadeIn, FadeOut, VGroup

from cnnviz.stage import layout
from cnnviz.stage.arranging import content_of
from cnnviz.stage.glide import LATE, SOON
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import Box, units
from cnnviz.stage.mobjects.shapes import Strokes
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.tower import Storey, Tower
from cnnviz.stage.text import Label, Line, text_width

_SIZES = (layout.LABEL, layout.LABEL - 2, layout.NOTE + 2, layout.NOTE, layout.SMALLEST)
_LEADING, _AWAY, _APART = 1.55, 0.2, 0.18  # distance of two lines, in type sizes; behind names and between towers
_BESIDE = 0.2  # units between two texts
_NAMED, _WRITTEN = 0.3, 0.5  # shares at most: of the width for the names of lines, of the height for lines


class Skyline(Slot):
    """Towers side by side on one scale; each rises by itself, and its numbers are written by ``write``.

    ::

                         ||
              ||         ||       ||
                    B0       B1       B2
        depth     × 1.00   × 2.00   × 1.00
        width     × 1.00   × 1.00   × 2.00

    Parameters
    ----------
    towers : sequence of sequences of (maps, rows)
    called : sequence of str
        A name for each, or none; long names stand higher and lower by turns.
    lines : sequence of (str, str)
        The name of each line of numbers, and its color role.
    width, height : float
        Room in units.
    widest : str
        The widest text that will be written.
    root : float
        Of breadths and depths.
    above : float
        Share of the height over the ground that stays free above the highest tower.
    least : float
        The smallest type in which names stand in one line; else they take turns.
    """

    def __init__(
        self,
        towers: Sequence[Sequence[Storey]],
        lines: Sequence[tuple[Template, str]],
        width: float,
        height: float,
        *,
        widest: str,
        called: Sequence[str] = (),
        root: float = 2.0,
        above: float = 0.0,
        least: float = layout.NOTE,
    ) -> None:
        super().__init__(width, height)
        self.least = least
        self.called = [*called]
        self.storeys, self.widest, self.root, self.above = [*towers], widest, root, above
        self.names, self.roles = [say(name) for name, _ in lines], [role for _, role in lines]

    def draw(self, cell: float) -> None:
        """Name the lines, and stand every tower there as a shadow."""
        super().draw(cell)
        box, count, names = self.box, len(self.storeys), self.names
        ways = [(size, turns) for turns in (1, 2, 3) for size in _SIZES if turns > 1 or size >= self.least]
        for self.type_size, self.turns in ways:
            named = max(text_width(name, self.type_size) for name in names) + _AWAY
            self.pitch = units(self.type_size) * _LEADING
            self.left, self.across = box.left + named, (box.width - named) / count
            self.lines = self.turns * bool(self.called) + len(names)
            room = [(self.widest, 1), *((name, self.turns) for name in self.called)]
            fits = all(
                text_width(text, self.type_size, bold=True) + _BESIDE <= turns * self.across for text, turns in room
            )
            if fits and named <= _NAMED * box.width and self.lines * self.pitch <= _WRITTEN * box.height:
                break
        self.floor = box.bottom + self.lines * self.pitch + _AWAY
        high = (1 - self.above) * (box.top - self.floor)
        self.towers = [
            Tower(storeys, self.across - _APART, high, among=self.storeys, root=self.root) for storeys in self.storeys
        ]
        for number, tower in enumerate(self.towers):
            tower.settle(self.left + number * self.across + _APART / 2, self.floor + high, 1.0)
        self.shadows = [tower.shadow() for tower in self.towers]
        self.labels = [
            Label(name, self.type_size, self.theme.text, at=self._called_at(number))
            for number, name in enumerate(self.called)
        ]
        rules = [[(box.left, self.floor - 0.5 * _AWAY), (box.right, self.floor - 0.5 * _AWAY)]]
        self.put(
            *(
                Label(name, self.type_size, self.theme.role(role), at=(box.left, self.y(line)), align="left")
                for line, (name, role) in enumerate(zip(names, self.roles, strict=True))
            ),
            *self.labels,
            Strokes(rules, self.theme.line, 1.2),
            *self.shadows,
            *self.towers,
        )

    def y(self, line: int) -> float:
        """Return the middle of a line of numbers."""
        return self.floor - 0.5 * _AWAY - (self.lines - len(self.names) + line + 0.5) * self.pitch

    def _called_at(self, number: int) -> tuple[float, float]:
        """Return where a name stands: below its tower, but not beyond the right end."""
        half = text_width(self.called[number], self.type_size) / 2
        x = min(self.column(number).center[0], self.box.right - half)
        return x, self.floor - 0.5 * _AWAY - (number % self.turns + 0.5) * self.pitch

    def column(self, number: int) -> Box:
        """Return the room of a tower and its numbers."""
        left = self.left + number * self.across
        return Box(left, self.box.bottom, left + self.across, self.box.top)

    def fits(self, text: str) -> bool:
        """Tell whether a text is narrower than a column."""
        return text_width(text, self.type_size, bold=True) + _BESIDE / 2 <= self.across

    def build(self, scene: Any, number: int, seconds: float = 1.2) -> None:
        """Let a tower grow where its shadow is."""
        self.take(self.shadows[number])
        self.towers[number].rise(scene, seconds)

    def grow(self, scene: Any, number: int, box: Box, seconds: float = 1.2, gone: Sequence[Any] = ()) -> None:
        """Let a tower grow out of a box, where another one stands; with the first one all else comes, and others go."""
        tower = self.towers[number]
        self.take(self.shadows[number])
        comes = [] if self in scene.mobjects else [FadeIn(self, rate_func=LATE)]
        away = [FadeOut(each, rate_func=SOON) for each in content_of(gone)]
        scene.play(*comes, tower.grow(box), *away, run_time=seconds)
        tower.stand(scene)

    def over(self, number: int) -> Box:
        """Return where the first tower would be in the column of another one."""
        hull, by = self.towers[0].hull, number * self.across
        return Box(hull.left + by, hull.bottom, hull.right + by, hull.top)

    def aside(self, line: int, runs: Sequence[tuple[str, str]]) -> Line:
        """Make a line of texts, each in the color of a role, in the upper left corner."""
        y = self.box.top - (line + 0.5) * units(layout.CAPTION) * _LEADING
        made = Line(
            [(text, self.theme.role(role)) for text, role in runs], layout.CAPTION, at=(self.box.left, y), align="left"
        )
        self.append(made)
        return made

    def write(self, number: int, texts: Sequence[str], lit: Sequence[int] = (), *, first: int = 0) -> VGroup:
        """Write below a tower from a line on, at once; the lines that are ``lit`` in the color of the highlight."""
        made = VGroup()
        for line, (text, role) in enumerate(zip(texts, self.roles[first:], strict=False), first):
            color = self.theme.highlight if line in lit else self.theme.role(role)
            at = self.column(number).center[0], self.y(line)
            made.add(Label(text, self.type_size, color, at=at, bold=line in lit))
        self.append(made)
        return made
