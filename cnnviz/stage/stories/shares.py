"""Cells hand out shares, and what lands in one place adds up: the story of gradients on their way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Group

from cnnviz.stage.language import Template
from cnnviz.stage.pictures.window import Outline, Window
from cnnviz.stage.stories.sharing_grids import SharingGrids
from cnnviz.stage.walk import MOST_VISITS
from cnnviz.subjects.number import as_in_cell
from cnnviz.subjects.sharing import Cell, Share

LOSSES: dict[str, Template] = {
    "sum": "The loss is the sum of all outputs: it moves with each of them, so dY is 1 everywhere.",
    "squares": "The loss is half the sum of all squared outputs, so dY is the output itself.",
    "given": "The layers that follow have sent back this dY: how the loss changes with each output.",
}
"""Why dY is what it is, by the name of the loss."""


class HandingOut(SharingGrids):
    """Every cell of one matrix hands a share to another one: who gives, how much, and where it lands.

    Attributes
    ----------
    gives, lands, runs : str
        What is said of the first share (it may name the ``value`` that is handed out), of where it lands, and of all
        that follow (it may name what ``told_of_all`` returns).
    noun, nothing, finds, meets, adds, apart : str
        What a share is called, and what is said of a giver that holds 0 and of the second share, before and when it
        lands; ``finds`` may be empty, where ``meets`` says it.
    """

    gives: Template
    lands: Template
    runs: Template
    noun: Template = "share"
    nothing: Template = "A cell of dY that is 0 hands out nothing."
    finds: Template = "This cell holds {before}, and the next share brings {more}."
    meets: Template = "Where shares meet, they add up: {sum}."
    adds: Template = "The next share lands: where shares meet, they add up."
    apart: Template = "The next share lands: no two numbers other than 0 meet yet."

    def hand_out(self, window: Window, trace: Sequence[Any]) -> None:
        """Tell the first share, how the second adds to it, and run through the others."""
        self.window, count = window, len(self.sharing)
        self.giver = Outline(self.givers, (0, 0), color=self.theme.text)
        first = next((i for i in range(count) if self.sharing[i].value), 0)
        if first:
            with self.beat(self.nothing, focus=[self.givers]):
                self.add(self.giver, window)
                self.walk(trace[:first], window, self.give, seconds=1.5, at=self.place_of)
        self.explain(self.sharing[first])
        self.follow(trace, first + 1)
        self.target.rewrite(dict.fromkeys(set(self.target.everywhere()) - self.target.shown, 0.0))

    def follow(self, trace: Sequence[Any], start: int) -> None:
        """Tell how the next share adds to what is there, and run through the others."""
        if start < len(trace):
            self.overlap(self.sharing[start])
        if start + 1 < len(trace):
            self.run(trace[start + 1 :], self.runs)

    def run(self, steps: Sequence[Any], sentence: Template) -> None:
        """Hand out shares one after the other."""
        with self.beat(sentence, focus=[self.giver, self.window], **self.told_of_all()):
            self.walk(steps, self.window, self.give, seconds=min(7.0, 0.8 * len(steps)), at=self.place_of)

    def told(self, share: Share) -> dict[str, Any]:
        """Return what sentences may name of a share."""
        return {"value": as_in_cell(share.value)}

    def told_of_all(self) -> dict[str, Any]:
        """Return what the sentence about all shares may name."""
        return {"count": len(self.sharing)}

    def count(self, share: Share) -> None:
        """Set the counter to a share."""
        self.step(share.index + 1, len(self.sharing), noun=self.noun)

    def explain(self, share: Share) -> None:
        """Take one share apart: who gives, what, and where it lands."""
        self.count(share)
        self.stand(share)
        with self.beat(self.gives, focus=[self.giver, self.window], **self.told(share)):
            self.appear(self.giver, self.window)
            self.multiply(share)
            for row, numbers in enumerate(share.numbers.tolist()):
                self.share.rewrite({(row, column): value for column, value in enumerate(numbers)})
                self.hold(0.35)
            self.rest(1.0)
        with self.beat(self.lands, focus=[self.target]):
            self.carry(share)
            self.rest(0.8)

    def multiply(self, share: Share) -> None:
        """Let what is handed out meet what it is multiplied by, where that stands apart."""

    def overlap(self, share: Share) -> None:
        """Let a second share land, and say what becomes of a cell that got both."""
        before = self.tally.values.copy()
        brought = zip(share.numbers.ravel().tolist(), share.cells, strict=True)
        both = [(more, cell) for more, cell in brought if more and before[cell]]
        self.approach(share)
        if not both or not self.target.has_numbers:
            with self.beat(self.adds if both else self.apart, focus=[self.giver, self.target]):
                self.carry(share)
                self.rest(0.6)
            return
        more, cell = max(both, key=lambda pair: abs(pair[0]))
        mark = Outline(self.target, (cell[0], cell[1]), color=self.theme.highlight)
        fields = {"before": before[cell], "more": more, "sum": before[cell] + more}
        said = {name: as_in_cell(value) for name, value in fields.items()}
        if self.finds:
            comes = Outline(self.share, self.share.everywhere()[share.cells.index(cell)], color=self.theme.highlight)
            with self.beat(self.finds, focus=[mark, comes], **said):
                self.appear(mark, comes)
                self.rest(1.0)
                self.remove(comes)
                self.carry(share)
                self.add(mark)
        with self.beat(self.meets, focus=[mark], **said):
            if not self.finds:
                self.carry(share)
                self.appear(mark)
            self.rest(1.2 if self.finds else 1.8)
        self.vanish(mark)

    def approach(self, share: Share) -> None:
        """Move the window to a share, and write the share out."""
        self.share.hide()
        self.move(self.window, self.where(share), 0.6)
        self.count(share)
        self.stand(share)
        self.multiply(share)
        self.share.rewrite({at: float(value) for at, value in np.ndenumerate(share.numbers)})

    def cut(self, sentence: Template, **fields: Any) -> None:
        """Take away what landed on the border, and show what is left."""
        target, border = self.target, self.sharing.target.border
        if not border.any():
            return
        with self.beat(sentence, focus=[target], **fields):
            self.rest(1.0)
            target.hide([(i, j) for i, j in np.argwhere(border).tolist()])
            inside = [(i, j) for i, j in np.argwhere(~border).tolist()]
            target.rewrite(dict(zip(inside, self.sharing.result.ravel().tolist(), strict=True)))
            self.rest(1.0)

    def give(self, step: Any) -> None:
        """Hand out the share of a step, at once."""
        share = self.sharing[step.index]
        self.giver.lay((share.giver[0], share.giver[1]))
        if len(self.sharing) <= MOST_VISITS:
            self.share.rewrite({at: float(value) for at, value in np.ndenumerate(share.numbers)})
        else:
            self.share.hide()
        self.count(share)
        self.land(share)

    def carry(self, share: Share) -> None:
        """Let a share travel to the cells that get it."""
        flying = []
        for at, cell in self.taken(share):
            copy = Group(*self.share.copy_of(at))
            box = self.target.cell_box((cell[0], cell[1]))
            flying.append(copy.animate.scale(box.width / self.share.side).move_to((*box.center, 0)))
        copies = [each.mobject for each in flying]
        self.play(*flying, run_time=0.9)
        self.remove(*copies)
        self.land(share)

    def land(self, share: Share) -> None:
        """Add a share to what it lands in."""
        self.tally.add(share)
        self.target.rewrite({(cell[0], cell[1]): float(self.tally.values[cell]) for _, cell in self.taken(share)})

    def taken(self, share: Share) -> list[tuple[tuple[int, int], Cell]]:
        """Return which cells of a share go where."""
        return list(zip(self.share.everywhere(), share.cells, strict=True))

    def stand(self, share: Share) -> None:
        """Mark who gives and what takes part."""
        self.giver.lay((share.giver[0], share.giver[1]))
        self.window.lay(self.where(share))

    def where(self, share: Share) -> tuple[int, int]:
        """Return where the window stands for a share: among the factors, or where it lands."""
        row, column = share.patch_origin if self.window.grid is self.factors else share.landing
        return row, column

    def place_of(self, step: Any) -> tuple[int, int]:
        """Return where the window stands at a step of the trace."""
        return self.where(self.sharing[step.index])
