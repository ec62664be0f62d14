"""Digits with their shares above the filters and the loss of a training: what each epoch makes of them."""

from __future__ import annotations

from math import ceil
from typing import Any

from cnnviz.stage import layout
from cnnviz.stage.color import Color
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import Box
from cnnviz.stage.pictures.course import Course
from cnnviz.stage.pictures.filters import LEAST, Filters
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import TITLE_HEIGHT, Slot
from cnnviz.stage.pictures.verdict import Verdict
from cnnviz.stage.place import Column, Row
from cnnviz.stage.scene import Scene
from cnnviz.stage.text import Line, size_within
from cnnviz.subjects.number import cell_text, share_text
from cnnviz.subjects.run import Run
from cnnviz.subjects.training import Training

_HIGH, _GAP, _AWAY = 0.5, 0.12, 0.35  # of the stage, for digits; between pictures
_NAMES: tuple[Template, ...] = ("training", "validation")
_RIGHT: Template = "{first} of {asked} right"


class Learning(Scene):
    """A scene that goes through the epochs of a training.

    Attributes
    ----------
    verdicts : list of Verdict
    digits : list of Grid
        Those of the verdicts.
    place, share : Slot
        The lines above the digits and above the loss.
    filters : Filters
    loss : Course
        Once there are `curves`.
    """

    subject: Training
    verdicts: list[Verdict]
    digits: list[Grid]
    place: Slot
    share: Slot
    filters: Filters
    loss: Course

    def build(self, run: Run) -> None:
        """Set digits with room for their shares above all filters."""
        stage, count = self.frame.stage, len(run.labels)
        across = count if stage.width > stage.height else 2
        high, rows = _HIGH * stage.height, ceil(count / across)
        wide, tall = ((stage.width + _AWAY) / across - _AWAY, (high - TITLE_HEIGHT + _GAP) / rows - _GAP)
        digits = zip(run.ink, run.labels.tolist(), strict=True)
        self.verdicts = [Verdict(ink, label, wide, tall, beside=True) for ink, label in digits]
        self.digits, self.place = [verdict.digit for verdict in self.verdicts], Slot(stage.width, TITLE_HEIGHT)
        lines = [Row(*self.verdicts[i : i + across], gap=_AWAY) for i in range(0, count, across)]
        self.below = Box(stage.left, stage.bottom, stage.right, stage.top - high - 2 * _GAP)
        above = Box(stage.left, self.below.top, stage.right, stage.top)
        self.fit(Column(self.place, Column(*lines, gap=_GAP), gap=0.0), room=above)
        texts = [cell_text(weight) for weight in run.filters[:, 0].ravel().tolist()]
        self.filters = Filters(run.filters[0], "first filters", scale=run.strongest, widest=texts)
        self.add(self.place, *self.verdicts)
        self.arrange(self.filters.in_line(), room=self.below)
        self.head()

    def curves(self) -> None:
        """Let the filters make room for the loss, and above it a line that also says which share is read right."""
        room, (left, _) = self.below, self.filters.gathered().extent(LEAST / 2)
        beside = self.frame.stage.width > self.frame.stage.height
        width, height = (room.width - left - _AWAY, room.height) if beside else (room.width, _HIGH * room.height)
        lines: dict[Any, Any] = dict(zip(_NAMES, self.subject.run.loss.T, strict=True))
        self.share, look = Slot(width, TITLE_HEIGHT), dict[str, Any](along=say("epoch"), powers=True, size=layout.CRUMB)
        self.loss = Course(lines, width, height - TITLE_HEIGHT, roles=("input", "output"), **look)
        both = self.filters.gathered(), Column(self.share, self.loss, gap=0.0)
        self.rearrange((Row if beside else Column)(*both, gap=_AWAY), room=room)
        self.tell_of(0)

    def head(self, what: str = "") -> None:
        """Write above the digits what they are, and how many of all are read right."""
        self.line(self.place, [(say("test digits"), self.theme.text), (f"   {what}", self.theme.output)])

    def line(self, slot: Slot, runs: list[tuple[str, Color]]) -> None:
        """Write a title of several colors."""
        size = size_within(slot.box.width, layout.LABEL, *(text for text, _ in runs))
        slot.put(Line(runs, size, at=(slot.box.left, slot.box.top - 0.14), align="left"))

    def go(self, epoch: int, seconds: float) -> None:
        """Draw on to an epoch, or go back to it, and write what was measured after it."""
        run = self.subject.run
        self.step(epoch, run.epochs, noun="epoch")
        on = [self.loss.go(epoch)] if epoch > 0 and epoch > self.loss.curves.shown else []
        shares = list(zip(self.verdicts, run.shares[epoch], strict=True))
        self.play(*on, *(verdict.grow(share) for verdict, share in shares), run_time=seconds)
        for verdict, share in shares:
            verdict.show(share)
        self.head(say(_RIGHT, first=int(run.right[epoch]), asked=self.subject.asked))
        if epoch:
            self.filters.show(run.filters[epoch])
            self.tell_of(epoch)

    def tell_of(self, epoch: int) -> None:
        """Write the loss after an epoch, and which shares are read right."""
        self.loss.tell(epoch)
        start = [(say("loss"), self.theme.text), (f"    {say('read right')}", self.theme.muted)]
        shares = list(map(share_text, self.subject.run.accuracy[epoch].tolist()))
        inks = self.theme.input, self.theme.output
        for named in (True, False):
            told = [
                f"  {say(name)} {text}" if named else f"  {text}" for name, text in zip(_NAMES, shares, strict=True)
            ]
            runs = [*start, *zip(told, inks, strict=True)]
            if size_within(self.share.box.width, layout.LABEL, *(text for text, _ in runs)) >= layout.NOTE:
                break
        self.line(self.share, runs)
