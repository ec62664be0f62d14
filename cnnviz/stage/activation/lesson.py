"""The lesson that sends a feature map through ReLU, number by number, for any picture and kernel."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from manim import Create, FadeIn, Mobject, VGroup, smooth

from cnnviz.stage import layout
from cnnviz.stage.activation import narration
from cnnviz.stage.activation.graph import FunctionGraph
from cnnviz.stage.activation.maps import BOTTOM, NOTE_ROOM, NumberMaps, PixelMaps, fits
from cnnviz.stage.activation.subject import ActivationSubject
from cnnviz.stage.formula import formula
from cnnviz.stage.layout import Box
from cnnviz.stage.lesson import Lesson
from cnnviz.stage.mobjects.number_grid import Cell
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.number import cell_text
from cnnviz.stage.text import Line, text_width

_GRAPH = Box(-1.65, 0.05, 1.65, 1.7)
_TERM_Y, _RESULT_Y, _FORMULA_Y, _LABEL_Y = -0.85, -1.4, -2.2, 2.34
_MOST_VISITS = 150  # cells; beyond it rows are swept
_RUN = 9.0  # seconds that the fast cells take together, at most
_LONGEST, _SHORTEST = 0.3, 0.07  # seconds for one of them


class ActivationLesson(Lesson):
    """A feature map through ReLU: one positive and one negative number slow, the others fast.

    Options beside those of `Lesson` are those of `ActivationSubject.from_options`.
    """

    chapter = "4 · Activation and pooling"
    title = "ReLU"
    subtitle = "negatives become zero"

    def __init__(
        self,
        *args: Any,
        image: str | Path | None = None,
        kernel: str | Path | None = None,
        size: int | tuple[int, int] | None = None,
        stride: int | tuple[int, int] = 1,
        padding: Any = 0,
        padding_mode: str = "zeros",
        dilation: int | tuple[int, int] = 1,
        channels: str = "gray",
        **kwargs: Any,
    ) -> None:
        self.subject = ActivationSubject.from_options(
            image, kernel, size, stride, padding, padding_mode, dilation, channels
        )
        super().__init__(*args, **kwargs)

    def construct(self) -> None:
        """Tell the story of the map."""
        subject = self.subject
        self.before, self.after = subject.before, subject.after
        self.cells: list[Cell] = list(np.ndindex(*subject.before.shape))
        self.maps: NumberMaps | PixelMaps = (NumberMaps if fits(subject) else PixelMaps)(subject, self.theme)
        self.has_note = self.maps.after.box.bottom > BOTTOM + NOTE_ROOM - 1e-6
        self.graph = self.make_graph()
        self.done: set[Cell] = set()
        self.written: list[Mobject] = []
        self.image: list[Mobject] = []
        self.tally = VGroup()
        self.frames = [Rectangle(self.maps.before.cell_box((0, 0)), outline=self.theme.kernel, width=5.0)]
        self.frames += [Rectangle(self.maps.after.cell_box((0, 0)), outline=self.theme.text, width=4.0)]
        self.add(*self.maps.static, self.graph, *self.titles())
        self.say(narration.opening(subject), fade=0)
        self.hold(0.6)
        self.say(narration.RULE)
        self.play(Create(self.graph.curve), run_time=1.0)
        for cell in self.examples():
            self.explain(cell)
        self.run()
        self.close(narration.takeaway(subject))

    def examples(self) -> list[Cell]:
        """Return the first positive and the first negative number; in a picture, the largest of each."""
        chosen = []
        for sign in (1.0, -1.0):
            signed = sign * self.before
            telling = signed > 0 if isinstance(self.maps, NumberMaps) else signed == max(signed.max(), 1e-300)
            chosen += [cell for cell in self.cells if telling[cell]][:1]
        return chosen

    def explain(self, cell: Cell) -> None:
        """Follow one number through the graph."""
        value = float(self.before[cell])
        self.clear_writing()
        self.place(cell)
        self.remove(self.frames[1])
        self.say(narration.number(value, float(self.after[cell])))
        point = self.graph.point(value)
        self.play(FadeIn(point[-1], scale=0.5), run_time=0.4)
        self.play(FadeIn(point[0]), run_time=0.4)
        self.hold(0.3)
        term, result = self.term(cell), self.result(cell)
        self.play(FadeIn(term), run_time=0.3)
        self.play(FadeIn(result, scale=0.8), run_time=0.4)
        number, landing = result[-1].copy(), self.maps.after.cell_box(cell)
        shrink = min(1.0, 0.5 * landing.height / number.height)
        moved = number.animate.scale(shrink).move_to((*landing.center, 0))
        self.play(moved, run_time=0.8, rate_func=smooth)
        self.remove(number)
        self.written = [*point, term, result]
        self.land([cell])
        self.place(cell)
        self.hold(0.8)

    def run(self) -> None:
        """Send the other numbers through, fast."""
        others = [cell for cell in self.cells if cell not in self.done]
        if not others:
            return
        self.say(narration.RUN)
        if len(self.cells) > _MOST_VISITS:
            self.sweep()
            return
        seconds = min(_LONGEST, max(_SHORTEST, _RUN / len(self.cells)))
        for cell in others:
            self.clear_writing()
            self.written = [self.graph.point(float(self.before[cell])), self.term(cell), self.result(cell)]
            self.add(*self.written)
            self.land([cell])
            self.place(cell)
            self.hold(seconds)
        self.hold(0.8)

    def sweep(self) -> None:
        """Send whole rows through."""
        self.clear_writing()
        self.remove(*self.frames)
        rows = len(self.before)
        for row in range(rows):
            self.land([cell for cell in self.cells if cell[0] == row])
            self.hold(max(_SHORTEST, _RUN / rows))

    def land(self, cells: Sequence[Cell]) -> None:
        """Put numbers into the map after the activation, and count."""
        fresh = self.maps.land(cells)
        if fresh:
            self.remove(*self.image)
            self.image = fresh
            self.add(*fresh)
        self.done |= set(cells)
        cut = sum(bool(self.before[cell] < self.after[cell]) for cell in self.done)
        self.remove(self.tally)
        box = self.maps.after.box
        runs = [(f"{cut} of {len(self.cells)}", self.theme.text), (" cut to 0", self.theme.muted)]
        at = (box.center[0], box.bottom - 0.34) if self.has_note else (0.0, _FORMULA_Y)
        self.tally = Line(runs, layout.LABEL, at=at)
        self.add(self.tally)
        self.step(len(self.done), len(self.cells), noun="number")

    def place(self, cell: Cell) -> None:
        """Frame a number before and after."""
        for frame, shown in zip(self.frames, (self.maps.before, self.maps.after), strict=True):
            frame.reshape(shown.cell_box(cell))
        self.remove(*self.frames)
        self.add(*self.frames)

    def term(self, cell: Cell) -> Line:
        """Return ``max(0, x)`` with the number put in."""
        value = float(self.before[cell])
        color = self.theme.input if value >= 0 else self.theme.negative
        runs = [("max(0, ", self.theme.muted), (cell_text(value), color), (")", self.theme.muted)]
        return Line(runs, layout.TERM, at=(0.0, _TERM_Y))

    def result(self, cell: Cell) -> Line:
        """Return ``= y``; the number is the last part."""
        runs = [("= ", self.theme.muted), (cell_text(float(self.after[cell])), self.theme.output)]
        return Line(runs, layout.RESULT, at=(0.0, _RESULT_Y), bold=True)

    def clear_writing(self) -> None:
        """Take away what the last number wrote."""
        self.remove(*self.written)
        self.written = []

    def make_graph(self) -> FunctionGraph:
        """Return the graph of ReLU over the range of the map."""
        reach = float(np.abs(self.before).max())
        return FunctionGraph(lambda x: max(0.0, x), reach, _GRAPH, theme=self.theme)

    def titles(self) -> list[Mobject]:
        """Return what stands above and below."""
        theme, shape = self.theme, " × ".join(map(str, self.before.shape))
        kernel = self.subject.conv.kernel.title
        boxes = self.maps.before.box, self.maps.after.box
        x = boxes[0].center[0]
        full = f"{kernel}, {shape}"
        room = 2 * min(x - layout.LEFT, -1.2 - x)  # to the margin, and to the title in the middle
        columns = (
            (
                "feature map",
                full if text_width(f"feature map  {full}", layout.LABEL) <= room else shape,
                theme.input,
                x,
            ),
            ("ReLU", "max(0, x)", theme.kernel, 0.0),
            ("activation", shape, theme.output, boxes[1].center[0]),
        )
        lines: list[Mobject] = [
            Line([(name, color), ("  " + what, theme.muted)], layout.LABEL, at=(x, _LABEL_Y))
            for name, what, color, x in columns
        ]
        if not self.has_note:  # the tally takes the formula's place
            return lines
        return [*lines, formula("Y_(i,j) = max(0, X_(i,j))", 24, theme.muted, at=(0.0, _FORMULA_Y))]
