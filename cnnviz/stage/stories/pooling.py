"""Choose or share: the story of a pooling, for any picture, window and parameters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from manim import Group

from cnnviz.stage import layout
from cnnviz.stage.layout import Box
from cnnviz.stage.pictures.grid import Cell, Form, Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.window import Outline, Window
from cnnviz.stage.place import Column, Row
from cnnviz.stage.scene import Scene
from cnnviz.stage.stories import pooling_words as words
from cnnviz.stage.text import Line, text_width
from cnnviz.stage.theme import CHANNELS
from cnnviz.subjects.number import cell_text, exact

_WIDTH, _ADDED = 3.3, 32  # units for what is written of a window; type of its sum
_LARGE, _MOST = 26, 1.25  # type from which on pooled cells are as large as their windows; a cell then, in units
_SHARE = 4  # letters of a mean that stands in every cell of its window
_MOST_WRITTEN = 60  # windows; of more, those in the middle are not written out


class PoolingStory(Scene):
    """The first windows slow and explained, the middle ones fast, with a stop where windows are remarkable."""

    def tell(self, s: Any) -> None:
        """Tell the story of the trace."""
        self.s, self.trace, self.windows = s, s.trace, s.windows
        self.build()
        first = s.telling()
        question, fields = words.question(self.trace)
        with self.beat(question, focus=[self.window, self.x], **fields):
            self.appear(self.window)
            self.walk(self.windows[:first], self.window, self.land, seconds=1.0)
            self.wonder(first)
        if said := words.settings(self.trace):
            with self.beat(said[0], focus=[self.x, self.y], **said[1]):
                self.rest(1.0)
        self.explain(self.windows[first])
        if first + 1 < len(self.windows):
            with self.beat(words.again(self.trace), focus=[self.window]):
                self.walk(self.windows[first + 1 : first + 2], self.window, self.land, self.write)
                self.rest(1.0)
        self.run(first + 2)
        self.finish()

    def wonder(self, first: int) -> None:  # noqa: ARG002  # a scene may show what is asked
        """Leave time for a guess, before the window that is explained."""
        self.rest(2.0)

    def finish(self) -> None:
        """Show question and answer side by side."""
        self.gather()
        self.rearrange(self.x, self.y, gone=[*self.patches, *self.lines], most=_MOST)
        sentence, fields = words.takeaway(self.trace)
        self.close(sentence, focus=[self.x, self.y], **fields)

    def build(self) -> None:
        """Set the pictures: all numbers where they can be read, else pixels with one window of numbers."""
        trace, peak = self.trace, self.s.picture.peak
        result, side = trace.fold(), min(1.2, 2.4 / max(trace.kernel_size))
        gray, photo = len(result) == 1, peak if trace.input.min() >= 0 else None
        roles = ("input",) if gray else CHANNELS
        sizes: list[tuple[Form, float]] = [("numbers", 1.0), ("pixels", 1.0)] if gray else [("pixels", 1.0)]
        if gray and words.tiles(trace) and len(set(trace.stride)) == 1:
            sizes.insert(0, ("numbers", float(trace.stride[0])))
        for form, zoom in sizes:
            self.x = Grid(
                trace.padded.mean(axis=0),
                "input",
                "input",
                detail=words.shape(trace.input.shape),
                scale=peak,
                photo=photo,
                padding=trace.is_padding,
                colors=None if gray else trace.padded,
                form=form,
                most=_MOST,
            )
            self.y = Grid(
                result.mean(axis=0),
                "output",
                "pooled",
                detail=words.shape(result.shape),
                scale=peak,
                photo=photo,
                hidden=True,
                colors=None if gray else result,
                form=form,
                zoom=zoom,
                most=_MOST * zoom,
            )
            self.patches = [
                Grid(
                    self.windows[0].values,
                    role,
                    "" if index else "window",
                    detail="" if index else words.window(trace),
                    scale=peak,
                    side=side if gray else side / 2,
                    hidden=True,
                    widest=words.longest(trace.padded),
                )
                for index, role in enumerate(roles)
            ]
            said = [each for step in self.windows[:_MOST_WRITTEN] for each in self.steps(step)]
            said += getattr(self.s, "whole", [])
            needed = max(1.6, *(_length(words.spelled(each), layout.SMALLEST + 0.1) for each in said))
            self.lines = [Slot(_WIDTH, 1.15) if gray else Slot(needed, 0.6) for _ in roles]
            pairs = list(zip(self.patches, self.lines, strict=True))
            self.middle = Column(*((Column if gray else Row)(*pair) for pair in pairs))
            below = Column(*(Row(*pair) for pair in pairs))
            items = self.roomiest([self.x, self.middle, self.y], [self.x, self.y, below])
            self.fit(*items)
            least = _LARGE if zoom > 1 else layout.SMALLEST
            if form == "pixels" or min(self.x.type_size, self.y.type_size) >= least:
                break
        self.arrange(*items)
        self.window = Window(self.x, trace.kernel_size)
        self.landing = Outline(self.y, (0, 0), color=self.theme.text)
        self.winner = Outline(self.x, (0, 0), color=self.theme.highlight, width=5.0)
        self.looked: set[Cell] = set()
        self.won: list[Cell] = []

    def steps(self, step: Any) -> list[Any]:
        """Return the steps of all slices at a window."""
        return [self.trace[channel * len(self.windows) + step.index] for channel in range(len(self.patches))]

    def explain(self, step: Any) -> None:
        """Take one window apart: lay it down, lift its numbers, decide, carry the answer over."""
        self.move(self.window, step.padded_origin[-2:], 0.4 if step.index else 0.0)
        with self.beat(words.ask(self.trace), focus=[*self.patches, self.window]):
            self.arrive(step)
            self.lift(step)
            self.add_up(step)
            self.rest(1.0)
        sentence, fields = words.decide(self.trace, step)
        with self.beat(sentence, focus=[self.landing, self.window], **fields):
            written = [self.spell(channel, each) for channel, each in enumerate(self.steps(step))]
            for slot, lines in zip(self.lines, written, strict=True):
                self.appear(lines[-1], into=slot)
            self.mark(step)
            self.hold(0.6)
            self.carry(step, self.shares(step) or [lines[-1][-1].copy() for lines in written])
            self.fill(step)
            self.mark(step)
            self.rest(0.8)

    def lift(self, step: Any) -> None:
        """Let the numbers of the window travel to where they are large."""
        row, column = step.padded_origin[-2:]
        if self.x.has_numbers and step.values.size <= 25:
            copies = {
                tap: Group(*self.x.copy_of((row + tap[0], column + tap[1]))) for tap in np.ndindex(step.values.shape)
            }
            patch = self.patches[0]
            ratio = patch.side / self.x.side
            self.play(
                *(copy.animate.scale(ratio).move_to((*patch.cell_box(tap).center, 0)) for tap, copy in copies.items()),
                run_time=0.9,
            )
            self.remove(*copies.values())
        self.fill(step)

    def add_up(self, step: Any) -> None:
        """Let the numbers of the window travel into their sum, where that is written."""
        lines = self.spell(0, step)[:-1]
        for line in lines:
            taps = [tap for tap in np.ndindex(step.values.shape) if not step.is_padding[tap]]
            spots = [piece.get_center()[:2] for piece in line[:-2:2]]
            copies = [self.patches[0].copy_of(tap)[-1:] for tap in taps]
            flights = [(copy, Box(x, y, x, y)) for copy, (x, y) in zip(copies, spots, strict=True)]
            self.fly(*flights, scale=_ADDED / self.patches[0].type_size)
            self.lines[0].append(line)

    def shares(self, step: Any) -> list[Any]:
        """Level the numbers of a window, where their mean is short: each cell gets its equal share."""
        patch, mean = self.patches[0], cell_text(step.result, _SHARE)
        if not self.spell(0, step)[:-1] or len(mean) > _SHARE or not exact(step.result, mean):
            return []
        patch.become(np.full(step.values.shape, step.result))
        self.hold(0.8)
        return [patch.copy_of(tap)[-1] for tap in patch.everywhere()]

    def fill(self, step: Any) -> None:
        """Write the window's numbers, and let those step back that do not go on."""
        for patch, each in zip(self.patches, self.steps(step), strict=True):
            for tap, value in np.ndenumerate(each.values):
                patch.put(tap, float(value))

    def mark(self, step: Any) -> None:
        """Mark the winner and let the others step back."""
        if self.trace.kind != "max":
            return
        for patch, each in zip(self.patches, self.steps(step), strict=True):
            if each.argmax is not None:
                patch.only([self.tap(each)])
        if self.x.has_numbers and step.argmax is not None:
            self.winner.lay(self.padded(step.argmax))
            self.add(self.winner)
            self.won.append(self.winner.cell)
            row, column = step.padded_origin[-2:]
            self.looked |= {(row + i, column + j) for i, j in np.ndindex(step.values.shape)}
            self.x.sink(self.looked - set(self.won) - self.x.sunk)
            self.x.show(self.won[-1:])

    def padded(self, cell: Cell) -> Cell:
        """Return a cell of the input as one of the padded input."""
        (above, _), (before, _) = self.trace.padding
        return cell[0] + above, cell[1] + before

    def tap(self, step: Any) -> Cell:
        """Return the winner's place in its window."""
        (row, column), (top, left) = self.padded(step.argmax), step.padded_origin[-2:]
        return row - top, column - left

    def carry(self, step: Any, numbers: list[Any]) -> None:
        """Let the answer travel to its cell."""
        cell = step.output_index[-2:]
        box = self.y.cell_box(cell)
        self.play(
            *(
                number.animate.scale(min(1.0, 0.5 * box.height / number.height)).move_to((*box.center, 0))
                for number in numbers
            ),
            run_time=0.8,
        )
        self.remove(*numbers)
        self.land(step)

    def land(self, step: Any) -> None:
        """Show the answer of a window in its cell."""
        cell = step.output_index[-2:]
        self.y.show([cell])
        self.landing.lay(cell)
        self.add(self.landing)
        self.arrive(step)
        if self.x.has_numbers:
            self.mark(step)

    def arrive(self, step: Any) -> None:
        """Count a window that is looked at."""
        self.step(step.index + 1, len(self.windows), noun="window")

    def write(self, step: Any) -> None:
        """Write a window out, in place of the one before."""
        self.fill(step)
        self.mark(step)
        for channel, (slot, each) in enumerate(zip(self.lines, self.steps(step), strict=True)):
            slot.put(*self.spell(channel, each))

    def spell(self, channel: int, step: Any) -> list[Line]:
        """Write what becomes of a window: its sum, where it is short, and the answer, which is the last part."""
        slot, alone = self.lines[channel], len(self.lines) == 1
        left, top = min(each.box.left for each in self.lines), slot.box.top
        added = words.addends(step, self.windows) if alone else []
        if _length(added, layout.SMALLEST) > slot.box.width:
            added = []
        y = top - 0.45 - 0.45 * bool(added) if alone else self.patches[channel].box.center[1]
        written = [(added, _ADDED, top - 0.2)] * bool(added)
        written.append((words.spelled(step), layout.RESULT if alone else layout.LABEL, y))
        return [self._line(runs, large, (left, at), slot.box.width) for runs, large, at in written]

    def _line(self, said: words.Runs, large: float, at: tuple[float, float], room: float) -> Line:
        runs = [(text, self.theme.muted if role == "muted" else self.theme.role(role)) for text, role in said]
        return Line(runs, large * min(1.0, room / _length(runs, large)), at=at, align="left", bold=True)

    def run(self, start: int) -> None:
        """Go through the other windows, with a stop at the first tie and at the first number that wins again."""
        count = len(self.windows)
        if start >= count:
            return
        written = [self.write] if count <= _MOST_WRITTEN else []
        if not written:
            for patch, slot in zip(self.patches, self.lines, strict=True):
                patch.hide()
                slot.clear()
        tie, again = self.s.remarkable(range(start, count)) if written else (None, None)
        stops = sorted(index for index in (tie, again) if index is not None)
        for begin, end in zip([start, *(stop + 1 for stop in stops)], [*stops, count], strict=True):
            if begin < end:
                with self.beat(words.running(self.trace, begin > start), focus=[self.window, self.y]):
                    some = self.windows[begin:end]
                    self.walk(some, self.window, self.land, *written, seconds=min(9.0, 0.7 * len(some)))
            if end < count:
                step = self.windows[end]
                with self.beat(words.remark(end == tie), focus=[self.winner, self.landing], result=step.result):
                    if end == tie:
                        self.compare(step)
                    self.walk([step], self.window, self.land, *written)
                    self.rest(1.0)

    def compare(self, step: Any) -> None:
        """Stop at a window in which the largest number stands more than once, and ring each of them."""
        self.vanish(self.winner, self.landing, *self.lines, seconds=0.2)
        self.move(self.window, step.padded_origin[-2:], 0.5)
        self.arrive(step)
        self.fill(step)
        largest = [Outline(self.x, self.padded(cell), color=self.theme.highlight, width=5.0) for cell in step.argmaxes]
        self.appear(*largest)
        self.point(*largest)
        self.vanish(*largest[1:])
        self.remove(*largest)

    def gather(self) -> list[Outline]:
        """Show all windows at once where they lie side by side, and all winners; return the outlines."""
        trace = self.trace
        self.vanish(self.winner, self.landing, self.window, *self.lines, seconds=0.2)
        apart = all(s >= k for s, k in zip(trace.stride, trace.kernel_size, strict=True))
        steps = self.windows if apart and len(self.windows) <= _MOST_WRITTEN else []
        ink, glow = self.theme.kernel, self.theme.highlight
        marks = [Outline(self.x, step.padded_origin[-2:], *trace.kernel_size, color=ink, width=3.0) for step in steps]
        marks += [Outline(self.x, cell, color=glow, width=5.0) for cell in dict.fromkeys(self.won)]
        if marks:
            self.appear(*marks, seconds=0.6)
        return marks


def _length(runs: Iterable[tuple[str, str]], size: float) -> float:
    return sum(text_width(text, size, bold=True) for text, _ in runs)
