"""What a test claims and what is true, pair by pair on one axis, with the gap between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnnviz.nn.experiments import Point
from cnnviz.stage.language import Template, counted, say
from cnnviz.stage.mobjects.shapes import Strokes
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.stage.pictures.spread import Spread
from cnnviz.stage.scene import Scene
from cnnviz.subjects.pipeline import Pipeline

WAYS: tuple[str, ...] = ("tested once", "chosen by the test", "test digits learned")
ONCE, CHOSEN, LEARNED = WAYS
CLAIMS: tuple[Template, ...] = ("once: claimed", "chosen: claimed", "learned: claimed")
TRUTHS: tuple[Template, ...] = ("once: true", "chosen: true", "learned: true")
_APART = 5.0  # the thickness of a gap


class Leaking(Scene):
    """Three ways to test; each claims a number, and another one is true."""

    def leak(self, s: Pipeline, gone: Sequence[Any]) -> None:
        """Compare what tests claim with what is true, with every seed, in place of what is gone."""
        stage = self.frame.stage
        points: dict[str, Point] = {}
        roles: dict[str, str] = {}
        for way, claims, truth in zip(WAYS, CLAIMS, TRUTHS, strict=True):
            points |= {say(claims): s.claimed[way].points[0], say(truth): s.true[way].points[0]}
            roles |= {say(claims): "input", say(truth): "output"}
        size = stage.width, stage.height - TITLE_HEIGHT
        title: Template = "read right, as claimed and in truth"
        self.pairs = Spread(points, *size, title, said=s.claimed.said, role=roles)
        self.rearrange(self.pairs, gone=gone)
        told: Template = "Few digits, {seeds}. What if the test is used to choose, or is learned from?"
        seeds = counted("{count} seed", "{count} seeds", s.seeds)
        with self.beat(told, seeds=seeds, focus=self.pairs.box):
            self.rest(0.6)
        self.reveal(s, ONCE, "Tested once, it claims {claimed} %, and {true} % are true.")
        told = "The best of several, chosen by the test: {claimed} % claimed, {true} % true."
        if not s.flatters(CHOSEN):
            told = "Best of several, chosen by the test: {claimed} % for {true} %, a gap within the spread."
        self.reveal(s, CHOSEN, told)
        self.reveal(s, LEARNED, "Test digits learned, too, so more of them: {claimed} % claimed, {true} % true.")
        told = "Put the test away first, and open it once."
        if s.flatters(LEARNED):
            told = "A test that was learned from flatters. Put it away first, and open it once."
        self.close(told, focus=self.pairs.box)

    def reveal(self, s: Pipeline, way: str, told: Template) -> None:
        """Show what one way claims, what is true, and the gap where it is wider than the spread."""
        names = [say(each[WAYS.index(way)]) for each in (CLAIMS, TRUTHS)]
        numbers: dict[str, Any] = {"claimed": s.percent(s.claimed, way), "true": s.percent(s.true, way)}
        for name in names:
            self.appear(self.pairs.show(name), seconds=0.3)
        with self.beat(told, focus=[self.pairs.row(name) for name in names], **numbers):
            if s.flatters(way):
                ends = [self.pairs.x(self.pairs.measured[name].mean) for name in names]
                y = (self.pairs.y(names[0]) + self.pairs.y(names[1])) / 2
                gap = Strokes([[(ends[1], y), (ends[0], y)]], self.theme.highlight, _APART)
                self.appear(gap, into=self.pairs)
