"""Two scores as bars, and what the second one lacks of the first, drawn where it is missing."""

from __future__ import annotations

from typing import Literal

from cnnviz import subjects
from cnnviz.stage.language import say
from cnnviz.stage.layout import LABEL, Box, units
from cnnviz.stage.mobjects.bars import Bars
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.pictures.made import Made
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.scene import Scene
from cnnviz.stage.text import Label, size_within
from cnnviz.subjects.number import cell_text

_LEAST, _WORD = 0.02, 0.9  # units, of what is lost, so that it can be seen; of the room for a bar


class Covering(Scene):
    """The scores of a picture as a whole and covered.

    Attributes
    ----------
    s : Occlusion
    scores : Made
        The bars.
    lost : Slot
        What is missing between them, and how much that is.
    is_low : bool
        Whether bars lie instead of standing.
    """

    s: subjects.Occlusion
    scores: Made
    lost: Slot
    is_low: bool
    at: int | None = None  # the place that is covered

    def bars(self, box: Box) -> Bars:
        """Make bars for the score of the whole picture, for that of the covered one, and for what is lost."""
        s = self.s
        peak = max(s.score, s.score - float(s.drop.min()), 1e-9)
        named = [say("whole"), say("covered"), say("missing")]
        size = LABEL if self.is_low else min(size_within(_WORD * box.width / len(named), LABEL, one) for one in named)
        bars = Bars(
            named,
            box,
            theme=self.theme,
            upward=not self.is_low,
            peak=peak,
            size=size,
            write=lambda value: cell_text(float(value)),
            widest="−88.8",
        )
        if self.at is not None:
            bars.show(self.levels(self.at), upto=2)
        return bars

    def levels(self, index: int) -> list[float]:
        """Return the score of the whole picture, and of the picture covered at a place; what is lost has no bar."""
        return [self.s.score, self.s.score - float(self.s.drop.flat[index]), 0.0]

    def tell_loss(self, index: int) -> None:
        """Draw what is lost at a place as what is missing between both scores, and write it."""
        s, bars = self.s, self.scores.made
        value = float(s.drop.flat[index])
        self.at = index
        bars.show(self.levels(index), upto=2)
        less, more = (bars.bar_box(2, level) for level in sorted((s.score, s.score - value)))
        ink, away = self.theme.output if value >= 0 else self.theme.negative, units(LABEL)
        align: Literal["left", "center", "right"] = "center"
        if bars.upward:
            box = Box(less.left, min(less.top, more.top - _LEAST), less.right, more.top)
            below = box.bottom - away > more.bottom + away / 2
            at, align = (box.center[0], box.bottom - away if below else box.top + away), "center"
        else:
            box = Box(min(less.right, more.right - _LEAST), less.bottom, more.right, less.top)
            below = box.left - away > more.left + 2 * away
            at, align = (
                (box.left - away / 2 if below else box.right + away / 2, box.center[1]),
                "right" if below else "left",
            )
        self.lost.clear()
        label = Label(cell_text(value), LABEL, self.theme.text, at=at, align=align)
        self.lost.append(Rectangle(box, fill=ink), label)
