"""A photo that becomes a dream in its own place, step by step, and what a network reads in pieces of both."""

from __future__ import annotations

from typing import Any

from cnnviz import subjects
from cnnviz.stage.language import say, written
from cnnviz.stage.layout import CAPTION, LABEL
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.scene import Scene
from cnnviz.stage.text import size_within, text_width
from cnnviz.subjects.number import share_text

SECONDS = 2.8  # for the steps of one size
GAP, SAID = 0.3, 0.28  # units: between a title and what is read; the height of that


class Dreams(Scene):
    """The steps of a dream, and what is read.

    Attributes
    ----------
    s : Dreaming
    dream : Grid
        Where it takes place.
    score : Slot
        For how strongly the layer answers.
    """

    s: subjects.Dreaming
    dream: Grid
    score: Slot
    copy: Grid | None = None

    def climb(self, number: int) -> None:
        """Show all steps of one size, in the place of the dream."""
        octave, box = self.s.octaves[number], self.dream.box
        for step in octave:
            frame = self.s.frames[step]
            copy = Grid(**look(frame, side=min(box.width / frame.shape[2], box.height / frame.shape[1])))
            copy.settle(box.left, box.top, 1.0)
            self.remove(*([self.copy] if self.copy is not None else []))
            self.add(copy)
            self.copy = copy
            self.write(self.s.strengths[step])
            self.step(step + 1, len(self.s.frames))
            self.hold(SECONDS / len(octave))

    def write(self, *strengths: float) -> None:
        """Write how strongly the layer answers, or from where to where."""
        runs = [(say("answers of {where}", where=self.s.where) + "  ", self.theme.muted)]
        for number, strength in enumerate(strengths):
            runs += [(say(" to ") if number else "", self.theme.muted), (written(strength), self.theme.output)]
        runs = [run for run in runs if run[0]]
        self.score.put_line(runs, size_within(self.score.box.width, CAPTION, *(text for text, _ in runs)))

    def tell_reading(self, x: Grid, name: str, share: float) -> None:
        """Write beside the title of a picture as what its piece is read."""
        before = text_width(x.title, LABEL) + GAP
        room = self.said.setdefault(x, Slot(x.box.width - before, SAID))
        room.settle(x.box.left + before, x.top, 1.0)
        runs = [(say(name), self.theme.text), ("  " + share_text(share), self.theme.output)]
        room.put_line(runs, size_within(room.box.width, LABEL, *(text for text, _ in runs)))
        self.add(room)


def look(picture: Any, **more: Any) -> dict[str, Any]:
    """Say how a picture is drawn: in colors where it has some."""
    colors = picture if len(picture) == 3 else None
    drawn = {"values": picture[0], "colors": colors, "detail": "", "photo": 1.0, "form": "pixels", "most": 9.0}
    return {**drawn, **more}


def become(x: Grid, picture: Any) -> None:
    """Let a picture be another one of its shape, in colors where it has some."""
    if len(picture) == 3:
        x.colors = picture
    x.become(picture[0])
