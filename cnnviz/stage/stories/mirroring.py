"""Digits as they were written, and in a mirror: a trained network reads both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnnviz.stage.language import Template
from cnnviz.stage.layout import NOTE
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.stage.pictures.verdict import Verdict
from cnnviz.stage.place import Column, Row
from cnnviz.stage.scene import Scene
from cnnviz.subjects.augmentation import Mirrored

_GAP, _ROOM = 0.4, 0.6  # units: between digits; for a title that is wider than its digit


class Mirroring(Scene):
    """A change that does not leave the label true."""

    def mirror(self, mirrored: list[Mirrored], gone: Sequence[Any]) -> list[Verdict]:
        """Let a network read digits as they were written, and in a mirror; return what stands there."""
        stage, count = self.frame.stage, len(mirrored)
        across, line = (2, Row) if self.frame.width > self.frame.height else (1, Column)
        width = (stage.width + _GAP - _ROOM) / across - _GAP
        height = across * (stage.height + _GAP) / 2 - _GAP - TITLE_HEIGHT
        titles: tuple[Template, ...] = ("as written", "mirror")
        self.uncount()
        both: list[Verdict] = []
        for number, m in enumerate(mirrored, 1):
            pairs = zip(m.inks, titles, strict=True)
            both = [Verdict(ink, m.digit, width, height, title, beside=True, size=NOTE) for ink, title in pairs]
            self.step(number, count, noun="digit")
            with self.beat("Is a mirrored {digit} still one? A trained network reads both.", digit=m.digit):
                self.rearrange(line(*both, gap=_GAP), gone=gone, seconds=0.6)
                self.rest(1.4, focus=both[1].digit)
                for verdict, shares in zip(both, m.shares, strict=True):
                    self.play(verdict.grow(shares), run_time=0.9)
                    verdict.show(shares)
            told: Template = "In the mirror it reads {answer}: a mirror would teach a wrong label."
            if m.answer == m.digit:
                told = "In the mirror it still reads {answer}: here a mirror does no harm."
            with self.beat(told, answer=m.answer, focus=[each.digit for each in both[::-1]]):
                self.rest(1.4)
            gone = both
        return both
