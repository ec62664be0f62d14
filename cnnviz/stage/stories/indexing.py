"""Numbers of maps on their way to their places in a line, and one of them followed to its index."""

from __future__ import annotations

from typing import Any

from manim import DL, UR, Transform

from cnnviz.stage.formula import tinted
from cnnviz.stage.layout import RESULT, Box
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.pictures.band import Band
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.ladder import Ladder
from cnnviz.stage.pictures.reckoning import Reckoning
from cnnviz.stage.scene import Scene
from cnnviz.stage.text import Label
from cnnviz.subjects.number import cell_text

_AIR = 0.06  # units, around words
Group = list[tuple[int, tuple[int, int]]]


class Indexing(Scene):
    """Maps, one of them enlarged, a formula, and the lines in which all numbers are laid."""

    maps: list[Grid]
    large: Grid
    ladder: Ladder
    bands: list[Band]
    rails: list[Rectangle]
    asks: list[Label]
    rungs: list[Any]

    def ask(self, room: Box) -> Label:
        """Ask what belongs here."""
        return Label("?", RESULT, self.theme.highlight, at=room.center, bold=True)

    def ask_for(self, band: Band) -> Label:
        """Ask for an index, behind the title of a line: where it stands in the line is not known yet."""
        heading: Any = band.heading
        x, y = float(heading.get_right()[0]), float(heading.get_center()[1])
        return self.ask(Box(x, y, x + 1.0, y))

    def carry(self, s: Any, groups: list[Group], order: int) -> None:
        """Let numbers travel to their places in a line, group by group: the first, its own and the last slowly."""
        index, laid, band = 0, list[Any](), self.bands[order]
        self.remove(self.asks[order])
        for number, group in enumerate(groups, 1):
            inks = [self.maps[at].color_of(cell) for at, cell in group]
            starts = [self.maps[at].cell_box(cell) for at, cell in group]
            flying = [Rectangle(box, fill=ink) for box, ink in zip(starts, inks, strict=True)]
            ends = [Rectangle(band.place(index + i), fill=ink) for i, ink in enumerate(inks)]
            slow = number in (1, 2, len(groups)) or (s.place[0], s.place[1:]) in group
            self.play(*map(Transform, flying, ends), run_time=0.7 if slow else 0.15)
            laid, index = [*laid, *flying], index + len(group)
        self.remove(*laid, band.heading, self.rails[order])
        self.add(band)

    def pass_by(self, s: Any, order: int) -> None:
        """Say how the index of a number comes about, and go past what lies before it."""
        band, ink, before = self.bands[order], self.theme.highlight, 0
        self.rungs = self.ladder.rungs("", *s.sums[order], tinted(str(s.indices[order]), ink))
        self.ladder.climb(self, self.rungs[:2], pause=0.1)
        self.add(way := Rectangle(band.way(0), fill=ink))
        for passed in s.passed[order]:
            before += passed
            self.play(Transform(way, Rectangle(band.way(before), fill=ink)), run_time=0.6)

    def arrive(self, s: Any, order: int) -> None:
        """Write the index, and put a lens over the number in its place."""
        band, index = self.bands[order], s.indices[order]
        self.ladder.climb(self, self.rungs[2:], pause=0.1)
        self.fly((self.large.copy_of(s.place[1:]), band.place(index)), scale=0.4)
        self.appear(band.lens(index)[1], seconds=0.4)

    def meet(self, sums: Reckoning, line: int, place: Box, order: str, number: str, weight: str, made: float) -> Any:
        """Let a number come out of its line and meet the weight; return the product."""
        sums.reckon(self, line, (order, "muted"))
        runs = (number, "output"), (" · ", "muted"), (weight, "kernel"), (" ≈ ", "muted"), (cell_text(made), "text")
        made_line = sums.line(line + 1, runs)
        copy = made_line[0].copy().scale(0.3).move_to((*place.center, 0))
        self.play(Transform(copy, made_line[0].copy()), run_time=0.8)
        self.remove(copy)
        self.appear(made_line, into=sums, seconds=0.3)
        return made_line[-1]

    def past(self, words: Any, above: Box, below: Box) -> list[list[tuple[float, float]]]:
        """Return a line from a place down to the same place in another line, that leaves words out."""
        x, (left, low, _), (right, high, _) = above.center[0], words.get_corner(DL), words.get_corner(UR)
        if not left - _AIR < x < right + _AIR:
            return [[(x, above.bottom), (x, below.top)]]
        return [[(x, above.bottom), (x, float(high) + _AIR)], [(x, float(low) - _AIR), (x, below.top)]]
