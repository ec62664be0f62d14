"""The story that all lessons on shares have in common: give, multiply, add up, one cell after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from manim import FadeIn, FadeOut, Mobject, smooth

from cnnviz.stage.backprop.narration import Script
from cnnviz.stage.backprop.view import MOST_VISITS, SharesView
from cnnviz.stage.glide import Glide
from cnnviz.stage.lesson import Lesson
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.subjects.sharing import Cell, Numbers, Share, Sharing
from cnnviz.subjects.tally import Tally

_RUN = 9.0  # seconds that the fast shares take together, at most
_LONGEST, _SHORTEST = 0.55, 0.1  # seconds for one of them


class SharesLesson(Lesson):
    """A lesson that hands out shares: the first two explained, the middle ones fast, the last one slow again."""

    sharing: Sharing
    view: SharesView

    def hand_out(self, script: Script) -> None:
        """Tell the shares from the first to the last."""
        count = len(self.sharing)
        self.tally = Tally(self.sharing.target.values.shape)
        self.touched = np.zeros(self.sharing.target.values.shape, dtype=bool)
        self.shown: list[Mobject] = []
        self.formula = self.view.formula()
        self.add(*self.formula)
        first = next((i for i in range(count) if self.sharing[i].value), 0)
        if first:
            self.say(script.nothing)
            self.add(self.view.giver_frame, self.view.window)
            self.run(range(first))
        self.explain(self.sharing[first], script)
        if first + 1 < count:
            self.overlap(self.sharing[first + 1], script)
        if first + 2 < count:
            self.say(script.run)
            self.run(range(first + 2, count - 1))
            self.visit(self.sharing[count - 1], 0.5)
            self.hold(0.8)

    def explain(self, share: Share, script: Script) -> None:
        """Take one share apart: who gives, what, and where it lands."""
        view = self.view
        self.move_on(share, 0.0)
        self.step(share.index + 1, len(self.sharing))
        self.say(script.give(share))
        self.introduce(view.giver_frame, 1.3)
        if view.patch_moves:
            self.introduce(view.window, 1.15)
        into, out = view.flows(share)
        heading, *parts = view.middle.share(share)
        self.play(FadeIn(into, heading), run_time=0.4)
        self.hold(0.3)
        self.play(FadeIn(*parts, scale=0.9), run_time=0.5)
        self.hold(0.6)
        self.say(script.land)
        self.carry(share, parts[-1])
        self.add(out)
        self.introduce(view.window, 1.1)
        self.shown = [into, heading, *parts, out]
        self.hold(1.0)

    def introduce(self, frame: Mobject, scale: float) -> None:
        """Show a frame where it is, if it is not on stage yet."""
        if frame not in self.mobjects:
            self.play(FadeIn(frame, scale=scale), run_time=0.4)

    def carry(self, share: Share, grid: Mobject) -> None:
        """Let a share travel to where it lands."""
        target = self.view.landing(share)
        traveler = grid.copy()
        self.play(
            traveler.animate.stretch_to_fit_width(target.width)
            .stretch_to_fit_height(target.height)
            .move_to((*target.center, 0)),
            run_time=0.8,
            rate_func=smooth,
        )
        self.remove(traveler)
        self.land([share])

    def overlap(self, share: Share, script: Script) -> None:
        """Tell the second share, and write out how a cell adds it to what it had."""
        view = self.view
        self.say(script.again)
        self.move_on(share, 0.6)
        self.step(share.index + 1, len(self.sharing))
        into, out = view.flows(share)
        parts = view.middle.share(share)
        self.add(into, *parts)
        self.hold(0.5)
        self.shown = [into, *parts, out]
        cell = self._meeting(share)
        if cell is None or not view.target.readable:
            self.carry(share, parts[-1])
            self.add(out)
            self.hold(1.0)
            return
        before = float(self.tally.values[cell])
        line = view.middle.sum_line(before, self._part(share, cell))
        frame = Rectangle(view.target.cell_box(cell), outline=self.theme.highlight, width=4.0)
        self.carry(share, parts[-1])
        self.add(out)
        self.play(FadeIn(line, frame), run_time=0.3)
        self.hold(1.8)
        self.play(FadeOut(line, frame), run_time=0.2)

    def run(self, indices: range) -> None:
        """Tell the middle shares, one by one, or row by row where there are too many."""
        if not indices:
            return
        count = len(self.sharing)
        if count <= MOST_VISITS:
            seconds = min(_LONGEST, max(_SHORTEST, _RUN / count))
            for index in indices:
                self.visit(self.sharing[index], seconds * 0.5)
                self.hold(seconds * 0.5)
            return
        across = self.sharing.givers.values.shape[1]
        rows = [range(max(indices.start, r), min(indices.stop, r + across)) for r in range(0, count, across)]
        rows = [row for row in rows if row]
        self.clear_shown()
        for row in rows:
            shares = [self.sharing[index] for index in row]
            self.move_on(shares[0], 0.0)
            self.move_on(shares[-1], max(_SHORTEST, _RUN / len(rows)))
            self.land(shares)
            self.step(row.stop, count)

    def visit(self, share: Share, seconds: float) -> None:
        """Hand out one share, quickly."""
        self.move_on(share, seconds)
        self.shown = [*self.view.middle.share(share), *self.view.flows(share)]
        self.add(*self.shown)
        self.land([share])
        self.step(share.index + 1, len(self.sharing))

    def move_on(self, share: Share, seconds: float) -> None:
        """Take away what the last share wrote and move the frames."""
        self.clear_shown()
        view = self.view
        view.giver_frame.reshape(view.giver(share))
        shift = view.window.shift_to(view.window_cell(share))
        if seconds and any(shift):
            self.play(Glide(view.window, shift), run_time=seconds)
        else:
            view.window.shift((*shift, 0))
            self.hold(seconds)

    def land(self, shares: Sequence[Share]) -> None:
        """Add shares to the target and write what it holds now."""
        changed: set[Cell] = set()
        for share in shares:
            self.tally.add(share)
            self.touched[share.window] = True
            changed.update(share.cells)
        self.write(changed, self.tally.values)

    def write(self, cells: Iterable[Cell], values: Numbers) -> None:
        """Write numbers into the target, under the frames that lie on it."""
        view = self.view
        view.target.put(cells, values)
        if not view.patch_moves and view.window in self.mobjects:
            self.remove(view.window)
            self.add(view.window)

    def clear_shown(self) -> None:
        """Take away what the last share wrote."""
        self.remove(*self.shown)
        self.shown = []

    def clear_middle(self) -> None:
        """Take away everything that was written for the shares, frames included."""
        self.clear_shown()
        self.remove(self.view.window, self.view.giver_frame, *self.formula)

    def complete(self) -> None:
        """Empty the border of the target and write the rest as the engine says it comes out, zeros included."""
        target = self.sharing.target
        values = np.zeros(target.values.shape)
        values[~target.border] = self.sharing.result.ravel()
        self.view.target.erase_border()
        self.write([(row, column) for row, column in np.argwhere(~target.border).tolist()], values)

    def _meeting(self, share: Share) -> Cell | None:
        """Return the cell where this share meets most of what landed before, inside the border."""
        cells = [c for c in share.cells if self.touched[c] and not self.sharing.target.border[c]]
        weight = {cell: abs(self.tally.values[cell] * self._part(share, cell)) for cell in cells}
        return max(weight, key=lambda cell: weight[cell], default=None)

    def _part(self, share: Share, cell: Cell) -> float:
        return float(share.numbers.ravel()[share.cells.index(cell)])
