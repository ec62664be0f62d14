"""What a test claims and what is true, pair by pair on one axis, with the gap between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnnviz.stage.language import Template, counted, say
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import Strokes
from cnnviz.stage.pictures.answered import lifted
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.pairs import Pairs
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.stage.pictures.window import Outline
from cnnviz.stage.scene import Scene
from cnnviz.stage.stories.comparing import enter
from cnnviz.subjects.pipeline import Pipeline

_NAMES: tuple[Template, ...] = ("tested once", "chosen by the test", "test digits learned")
WAYS = ONCE, CHOSEN, LEARNED = tuple(map(str, _NAMES))
CASES: tuple[Template, ...] = ("claimed", "true")
_APART = 5.0  # the thickness of a gap


class Leaking(Scene):
    """Three ways to test; each claims a number, and another one is true."""

    def leak(self, s: Pipeline, tested: Grid, lines: int, gone: Sequence[Any]) -> None:
        """Compare what tests claim with what is true, with every seed.

        Before each way stand a digit that is learned from and one that is tested with, from the wall of tested digits.
        """
        stage, look = self.frame.stage, {"scale": 1.0, "form": "pixels"}
        one, made = lifted(tested, lines, s.asked_first), {}
        self.leaks: dict[str, Grid] = {}
        for way in WAYS:
            learned, leaked, asked = (
                Grid(ink, role, **look)  # type: ignore[arg-type]
                for ink, role in ((s.learned_first, "input"), (one.values, "output"), (one.values, "output"))
            )
            made[say(way)] = [learned, leaked if way == LEARNED else None, asked]
            self.leaks |= {CHOSEN: {CHOSEN: asked}, LEARNED: {LEARNED: leaked}}.get(way, {})
        came = {grid: one for row in made.values() for grid in row[1:] if grid is not None}
        points = {
            say(case): {say(way): chart[way].points[0] for way in WAYS}
            for case, chart in zip(CASES, (s.claimed, s.true), strict=True)
        }
        drawn: dict[str, Any] = {"roles": ("input", "output"), "stamps": made, "said": s.claimed.said}
        self.pairs = Pairs(points, stage.width, stage.height - TITLE_HEIGHT, "read right", **drawn)
        told: Template = "Few digits, {seeds}. What if the test is used to choose, or is learned from?"
        seeds = counted("{count} seed", "{count} seeds", s.seeds)
        with self.beat(told, seeds=seeds) as beat:
            enter(self, self.pairs, came, gone=gone)
            beat.focus = [self.pairs.box]
            self.rest(1.5)
        self.reveal(s, ONCE, "Tested once, it claims {claimed} %, and {true} % are true.")
        told = "The best of several, chosen by the test: {claimed} % claimed, {true} % true."
        if not s.flatters(CHOSEN):
            told = "Best of several, chosen by the test: {claimed} % for {true} %, a gap within the spread."
        self.reveal(s, CHOSEN, told)
        self.reveal(s, LEARNED, "Test digits learned, too, so more of them: {claimed} % claimed, {true} % true.")
        told = "Put the test away first, and open it once."
        if s.flatters(LEARNED):
            told = "A test that was learned from flatters. Put it away first, and open it once."
        self.close(told, focus=[self.row(LEARNED, case) for case in CASES])

    def reveal(self, s: Pipeline, way: str, told: Template) -> None:
        """Show what one way claims, what is true, and the gap where it is wider than the spread."""
        numbers: dict[str, Any] = {"claimed": s.percent(s.claimed, way), "true": s.percent(s.true, way)}
        keys = [self.pairs.key(say(way), say(case)) for case in CASES]
        with self.beat(told, focus=[self.row(way, case) for case in CASES], **numbers):
            if way in self.leaks:
                grid = self.leaks[way]
                edge = Outline(grid, (0, 0), grid.rows, grid.columns, color=self.theme.highlight)
                self.appear(edge, into=self.pairs)
            for key in keys:
                self.appear(self.pairs.show(key), seconds=0.4)
            if s.flatters(way):
                ends = [self.pairs.x(self.pairs.measured[key].mean) for key in keys]
                y = (self.pairs.y(keys[0]) + self.pairs.y(keys[1])) / 2
                gap = Strokes([[(ends[1], y), (ends[0], y)]], self.theme.highlight, _APART)
                self.appear(gap, into=self.pairs)

    def row(self, way: str, case: Template) -> Box:
        """Return the line of a way in a case."""
        return self.pairs.row(self.pairs.key(say(way), say(case)))
