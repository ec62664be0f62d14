"""Networks as towers on one ground, with lines of numbers below them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import VGroup

from cnnviz.stage import layout
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import Box, units
from cnnviz.stage.mobjects.shapes import Strokes
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.tower import Storey, Tower
from cnnviz.stage.text import Label, text_width

_SIZES = (layout.LABEL, layout.LABEL - 2, layout.NOTE + 2, layout.NOTE, layout.SMALLEST)
_LEADING, _AWAY, _APART = 1.55, 0.2, 0.18  # distance of two lines, in type sizes; behind names and between towers
_NAMED, _WRITTEN = 0.3, 0.5  # shares at most: of the width for the names of lines, of the height for lines


class Skyline(Slot):
    """Towers side by side on one scale; each rises by itself, and its numbers are written by ``write``.

    ::

                         ||
              ||         ||       ||
        depth     × 1.00   × 2.00   × 1.00
        width     × 1.00   × 1.00   × 2.00

    Parameters
    ----------
    towers : sequence of sequences of (maps, rows)
    lines : sequence of (str, str)
        The name of each line of numbers, and its color role.
    width, height : float
        Room in units.
    widest : str
        The widest text that will be written.
    root : float
        Of breadths and depths.
    """

    def __init__(
        self,
        towers: Sequence[Sequence[Storey]],
        lines: Sequence[tuple[Template, str]],
        width: float,
        height: float,
        *,
        widest: str,
        root: float = 2.0,
    ) -> None:
        super().__init__(width, height)
        self.storeys, self.widest, self.root = [*towers], widest, root
        self.names, self.roles = [say(name) for name, _ in lines], [role for _, role in lines]

    def draw(self, cell: float) -> None:
        """Name the lines, and stand every tower there as a shadow."""
        super().draw(cell)
        box, count, names = self.box, len(self.storeys), self.names
        for self.type_size in _SIZES:
            named = max(text_width(name, self.type_size) for name in names) + _AWAY
            self.pitch = units(self.type_size) * _LEADING
            fits = named + count * (text_width(self.widest, self.type_size, bold=True) + 0.1) <= box.width
            if fits and named <= _NAMED * box.width and len(names) * self.pitch <= _WRITTEN * box.height:
                break
        self.left, self.across = box.left + named, (box.width - named) / count
        self.floor = box.bottom + len(names) * self.pitch + _AWAY
        self.towers = [
            Tower(storeys, self.across - _APART, box.top - self.floor, among=self.storeys, root=self.root)
            for storeys in self.storeys
        ]
        for number, tower in enumerate(self.towers):
            tower.settle(self.left + number * self.across + _APART / 2, box.top, 1.0)
        self.shadows = [tower.shadow() for tower in self.towers]
        rules = [[(box.left, self.floor - 0.5 * _AWAY), (box.right, self.floor - 0.5 * _AWAY)]]
        self.put(
            *(
                Label(name, self.type_size, self.theme.role(role), at=(box.left, self.y(line)), align="left")
                for line, (name, role) in enumerate(zip(names, self.roles, strict=True))
            ),
            Strokes(rules, self.theme.line, 1.2),
            *self.shadows,
            *self.towers,
        )

    def y(self, line: int) -> float:
        """Return the middle of a line of numbers."""
        return self.floor - _AWAY - (line + 0.5) * self.pitch + 0.5 * _AWAY

    def column(self, number: int) -> Box:
        """Return the room of a tower and its numbers."""
        left = self.left + number * self.across
        return Box(left, self.box.bottom, left + self.across, self.box.top)

    def build(self, scene: Any, number: int, seconds: float = 1.2) -> None:
        """Let a tower grow where its shadow is."""
        self.take(self.shadows[number])
        self.towers[number].rise(scene, seconds)

    def write(self, number: int, texts: Sequence[str], lit: Sequence[int] = ()) -> VGroup:
        """Write below a tower, at once; the lines that are ``lit`` in the color of the highlight."""
        made = VGroup()
        for line, (text, role) in enumerate(zip(texts, self.roles, strict=True)):
            color = self.theme.highlight if line in lit else self.theme.role(role)
            at = self.column(number).center[0], self.y(line)
            made.add(Label(text, self.type_size, color, at=at, bold=line in lit))
        self.append(made)
        return made
