"""Digits as they were written, and in a mirror: a trained network reads both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnnviz.stage.language import Template
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.stage.pictures.verdict import Verdict
from cnnviz.stage.place import Row
from cnnviz.stage.scene import Scene
from cnnviz.subjects.augmentation import Mirrored

_GAP, _BARS, _WIDEST = 0.4, 2.4, 3.4  # units: between digits; the height of all bars, and their width at most


class Mirroring(Scene):
    """A change that does not leave the label true."""

    def mirror(self, mirrored: list[Mirrored], gone: Sequence[Any]) -> list[Verdict]:
        """Let a network read digits as they were written, and in a mirror; return what stands there."""
        stage, count = self.frame.stage, len(mirrored)
        lines = 1 if self.frame.width >= self.frame.height else count
        width = min(_WIDEST, stage.width * lines / (2 * count) - _GAP)
        high = (stage.height - (lines - 1) * _GAP) / lines - _BARS - 3 * TITLE_HEIGHT
        titles: tuple[Template, ...] = ("as written", "mirror")
        pairs = [
            [
                Verdict(ink, m.digit, width, _BARS, title, most=min(width, high) / len(ink))
                for ink, title in zip(m.inks, titles, strict=True)
            ]
            for m in mirrored
        ]
        self.uncount()
        verdicts = [verdict for pair in pairs for verdict in pair]
        self.rearrange(*[Row(*pair, gap=_GAP / 2) for pair in pairs], gone=gone, gap=_GAP, seconds=0.6)
        for number, (m, both) in enumerate(zip(mirrored, pairs, strict=True), 1):
            self.step(number, count, noun="digit")
            with self.beat("Is a mirrored {digit} still one? A trained network reads both.", digit=m.digit):
                self.rest(1.4, focus=both[1].digit)
                for verdict, shares in zip(both, m.shares, strict=True):
                    self.play(verdict.grow(shares), run_time=0.9)
                    verdict.show(shares)
            told: Template = "In the mirror it reads {answer}: a mirror would teach a wrong label."
            if m.answer == m.digit:
                told = "In the mirror it still reads {answer}: here a mirror does no harm."
            with self.beat(told, answer=m.answer, focus=[each.digit for each in both[::-1]]):
                self.rest(1.6)
        return verdicts
