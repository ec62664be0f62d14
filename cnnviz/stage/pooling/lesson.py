"""The lesson that pools a map, window by window, for any picture and parameters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from manim import FadeIn, Mobject, smooth

from cnnviz.engine.trace import PoolStep
from cnnviz.stage.glide import Glide
from cnnviz.stage.layout import Box
from cnnviz.stage.lesson import Lesson
from cnnviz.stage.mobjects.number_grid import NumberGrid
from cnnviz.stage.pooling import narration
from cnnviz.stage.pooling.numbers import NumbersView, fits
from cnnviz.stage.pooling.panel import WindowPanel
from cnnviz.stage.pooling.pictures import PicturesView
from cnnviz.stage.pooling.view import PoolView
from cnnviz.subjects.pooling import Pooling

_MOST_VISITS = 150  # windows; beyond it the middle ones are swept row by row
_MOST_TRAVELS = 20  # windows; up to so many, each number is seen traveling
_RUN = 11.0  # seconds that the fast windows take together, at most
_LONGEST, _SHORTEST = 0.4, 0.1  # seconds for one of them


class PoolingLesson(Lesson, subject=Pooling):
    """Choose or share, and go on: the first windows slow and explained, the middle ones fast, the last one slow."""

    title = "Pooling"
    subtitle = "one number for each window"
    below: ClassVar[float] = 0.0  # room that a lesson needs below the pooled map

    subject: Pooling

    def construct(self) -> None:
        """Tell the story of the trace."""
        subject, windows = self.subject, self.subject.windows
        view = NumbersView if fits(subject, below=self.below) else PicturesView
        self.view: PoolView = view(subject, self.theme, below=self.below)
        self.written: list[Mobject] = []
        self.map: list[Mobject] = []
        self.add(*self.view.static)
        self.say(narration.opening(subject), fade=0)
        self.hold(0.6)
        if sentence := narration.settings(subject):
            self.say(sentence)
        first = subject.telling()
        self.pass_over(0, first)
        self.explain(windows[first])
        if first + 2 < len(windows):
            self.say(narration.again(subject))
            self.visit(windows[first + 1], 0.7, travel=0.8)
            self.hold(0.8)
            self.run(range(first + 2, len(windows) - 1))
        if first + 1 < len(windows):
            self.visit(windows[-1], 0.6, travel=0.8)
            self.hold(0.6)
        self.finish()

    def finish(self) -> None:
        """Close; a lesson that has more to tell does so first."""
        self.close(narration.takeaway(self.subject))

    def explain(self, step: PoolStep) -> None:
        """Take one window apart: lay it down, lift its numbers, decide, carry the answer over."""
        view, panel = self.view, self.view.panel
        if step.index:
            self.slide(step, 0.4)
            self.clear_writing()
            self.say(narration.lay(self.subject))
        else:
            view.sift(step, decided=False)
            self.say(narration.lay(self.subject))
            self.play(FadeIn(view.window, scale=1.15), run_time=0.5)
        self.count(step)
        self.hold(0.3)
        into, out = view.flows(step)
        values = panel.values(step)
        if lifted := view.lifting(step):
            self.play(lifted.animate.match_height(values).move_to(values), run_time=0.9, rate_func=smooth)
            self.remove(lifted)
            self.add(values, into)
        else:
            self.play(FadeIn(values), FadeIn(into), run_time=0.4)
        self.hold(0.5)
        decided, marks = panel.decided(step), view.marks(step)
        if isinstance(panel, WindowPanel) and step.argmax is None:
            self.share_out(panel.values(step), panel.shares(step))
        else:
            self.play(FadeIn(decided), *map(FadeIn, marks), run_time=0.5)
        self.remove(values)
        self.add(decided)
        view.sift(step, decided=True)
        self.hold(0.4)
        self.say(narration.decide(self.subject, step))
        line, result = panel.line(step), panel.result(step)
        self.play(FadeIn(line), run_time=0.3)
        self.play(FadeIn(result, scale=0.8), run_time=0.4)
        self.carry(step, 0.9)
        self.add(out)
        self.written = [into, decided, line, result, out, *marks]
        self.hold(1.0)

    def share_out(self, values: NumberGrid, shares: NumberGrid) -> None:
        """Turn each number of the window into what it hands over, one after the other."""
        cells = [(shares.fills[index], shares.labels[index], values.labels[index]) for index in shares.fills]
        seconds = min(0.45, 2.0 / len(cells))
        for fill, label, before in cells:
            values.remove(before)
            self.play(FadeIn(fill), FadeIn(label), run_time=seconds)
        self.remove(*(part for fill, label, _ in cells for part in (fill, label)))

    def carry(self, step: PoolStep, seconds: float) -> None:
        """Let the answer travel to its cell: the winner as the cell it is, a mean as the number it became."""
        cell = self.view.landing(step)
        if not self.view.panel.travels:
            self.send(self.view.panel.result(step)[-1], cell, seconds)
        else:
            tile = self.view.tile(step)
            x, y = tile.box.center
            if abs(tile.cell_side - cell.width) < 1e-6:
                self.play(Glide(tile, (cell.center[0] - x, cell.center[1] - y)), run_time=seconds)
            else:
                moved = tile.animate.scale(cell.width / tile.cell_side).move_to((*cell.center, 0))
                self.play(moved, run_time=seconds, rate_func=smooth)
            self.remove(tile)
        self.land([step])

    def send(self, number: Mobject, cell: Box, seconds: float) -> None:
        """Let a number travel from the panel to a cell."""
        shrink = min(1.0, 0.5 * cell.height / number.height)
        self.play(number.animate.scale(shrink).move_to((*cell.center, 0)), run_time=seconds, rate_func=smooth)
        self.remove(number)

    def run(self, indices: range) -> None:
        """Go through the middle windows, fast, with a stop at the first tie and at the first number that wins again."""
        if not indices:
            return
        tie, again = self.subject.remarkable(indices)
        stops = sorted({index for index in (tie, again) if index is not None})
        if len(indices) > len(stops):
            self.say(narration.rest(self.subject))
        start = indices.start
        for index in stops:
            self.pass_over(start, index)
            step = self.subject.windows[index]
            self.visit(step, 0.6, travel=0.8)
            self.say(narration.tie(step) if index == tie else narration.winner_again(step))
            self.hold(1.2)
            start = index + 1
        self.pass_over(start, indices.stop)

    def pass_over(self, start: int, stop: int) -> None:
        """Visit windows one by one, or sweep row by row where there are too many."""
        windows = self.subject.windows
        if len(windows) <= _MOST_VISITS:
            seconds = min(_LONGEST, max(_SHORTEST, _RUN / len(windows)))
            travel = 0.5 if len(windows) <= _MOST_TRAVELS else 0.0
            for index in range(start, stop):
                self.visit(windows[index], seconds * 0.5, travel=travel)
                self.hold(seconds * 0.5)
            return
        columns = self.subject.trace.output_shape[-1]
        rows = [range(max(start, first), min(stop, first + columns)) for first in range(0, len(windows), columns)]
        self.clear_writing()
        for row in filter(None, rows):
            self.slide(windows[row.start], 0.0)
            self.slide(windows[row.stop - 1], max(_SHORTEST, _RUN / len(rows)))
            self.land([windows[index] for index in row])
            self.count(windows[row.stop - 1])

    def visit(self, step: PoolStep, seconds: float, *, travel: float) -> None:
        """Slide the window to a step, write it out and put its answer into the map."""
        view, panel = self.view, self.view.panel
        self.slide(step, seconds)
        self.clear_writing()
        view.sift(step, decided=True)
        self.written = [panel.decided(step), panel.line(step), panel.result(step), *view.marks(step)]
        self.add(*self.written)
        self.count(step)
        if travel:
            self.carry(step, travel)
        else:
            self.land([step])
        flows = view.flows(step)
        self.add(*flows)
        self.written += flows

    def slide(self, step: PoolStep, seconds: float) -> None:
        """Move the window."""
        self.view.sift(step, decided=False)
        shift = self.view.window_shift(step)
        if seconds:
            self.play(Glide(self.view.window, shift), run_time=seconds)
        else:
            self.view.window.shift((*shift, 0))

    def land(self, steps: Sequence[PoolStep]) -> None:
        """Put results into the pooled map and frame the last one."""
        fresh = list(self.view.fill(steps))
        if fresh:
            self.remove(*self.map)
            self.map = fresh
            self.add(*fresh)
        self.view.target.reshape(self.view.landing(steps[-1]))
        self.remove(self.view.target)
        self.add(self.view.target)

    def clear_writing(self) -> None:
        """Take away what the last step wrote."""
        self.remove(*self.written)
        self.written = []

    def count(self, step: PoolStep) -> None:
        """Advance the step counter."""
        self.step(step.index + 1, len(self.subject.windows), noun="window")
