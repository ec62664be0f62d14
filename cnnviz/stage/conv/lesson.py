"""The lesson that slides a kernel over a picture, for any picture, kernel and parameters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from manim import DOWN, FadeIn, Mobject, smooth

from cnnviz.engine.trace import ConvStep
from cnnviz.stage.conv import narration
from cnnviz.stage.conv.numbers import NumbersView, fits
from cnnviz.stage.conv.pictures import PicturesView
from cnnviz.stage.conv.view import ConvView
from cnnviz.stage.glide import Glide
from cnnviz.stage.lesson import Lesson
from cnnviz.subjects.convolution import Convolution

_MOST_VISITS = 150  # windows; beyond it the middle ones are swept row by row
_RUN = 11.0  # seconds that the fast windows take together, at most
_LONGEST, _SHORTEST = 0.4, 0.1  # seconds for one of them


class ConvolutionLesson(Lesson, subject=Convolution):
    """Slide, multiply, sum: the first windows slow and explained, the middle ones fast, the last one slow again."""

    title = "Convolution"
    subtitle = "slide · multiply · sum"
    closing: ClassVar[str] = ""  # the last sentence, where it is not the one about the map

    subject: Convolution

    def construct(self) -> None:
        """Tell the story of the trace."""
        trace, subject = self.subject.trace, self.subject
        view = NumbersView if fits(subject) else PicturesView
        self.view: ConvView = view(subject, self.theme)
        self.written: list[Mobject] = []
        self.map: list[Mobject] = []
        self.formula: list[Mobject] = []
        self.add(*self.view.static)
        self.put_formula(None)
        self.say(narration.opening(subject), fade=0)
        self.hold(0.6)
        if sentence := narration.settings(subject):
            self.say(sentence)
        self.explain(trace[0])
        if len(trace) > 2:
            self.say(narration.again(subject))
            self.visit(trace[1], 0.6)
            self.put_formula(None)
            self.hold(0.8)
            self.run(range(2, len(trace) - 1))
        if len(trace) > 1:
            self.visit(trace[-1], 0.5)
            self.hold(0.5)
        self.close(self.closing or narration.takeaway(subject))

    def explain(self, step: ConvStep) -> None:
        """Take one window apart: lay it down, write its products row by row, add them up, carry the sum over."""
        view = self.view
        self.count(step)
        self.say(narration.lay(self.subject))
        self.play(FadeIn(view.window, scale=1.15), run_time=0.5)
        *into, out = view.flows(step)
        if into:
            self.play(FadeIn(*into), run_time=0.3)
        terms = view.terms(step)
        for part in terms:
            self.play(FadeIn(part, shift=0.08 * DOWN), run_time=0.35)
            self.hold(0.25)
        self.hold(0.4)
        self.say(narration.add_up(step))
        result = view.result(step)
        self.play(FadeIn(result, scale=0.8), run_time=0.4)
        self.carry(step, result[-1].copy())
        self.put_formula(step)
        self.add(out)
        self.written = [*into, *terms, result, out]
        self.hold(1.0)

    def carry(self, step: ConvStep, number: Mobject) -> None:
        """Let the sum travel to its cell."""
        cell = self.view.landing(step)
        shrink = min(1.0, 0.5 * cell.height / number.height)
        self.play(number.animate.scale(shrink).move_to((*cell.center, 0)), run_time=0.7, rate_func=smooth)
        self.remove(number)
        self.land([step])

    def run(self, indices: range) -> None:
        """Go through the middle windows, fast, with a stop where the answer is largest."""
        trace = self.subject.trace
        if not indices:
            return
        peak = max(indices, key=lambda index: abs(trace[index].result))
        self.say(narration.sharing(self.subject))
        self.pass_over(indices.start, peak)
        self.visit(trace[peak], 0.5)
        self.say(narration.why(trace[peak], largest=self.view.scale))
        self.hold(1.0)
        self.pass_over(peak + 1, indices.stop)

    def pass_over(self, start: int, stop: int) -> None:
        """Visit windows one by one, or sweep row by row where there are too many."""
        trace = self.subject.trace
        if len(trace) <= _MOST_VISITS:
            seconds = min(_LONGEST, max(_SHORTEST, _RUN / len(trace)))
            for index in range(start, stop):
                self.visit(trace[index], seconds * 0.5)
                self.hold(seconds * 0.5)
            return
        columns = trace.output_shape[-1]
        rows = [range(max(start, first), min(stop, first + columns)) for first in range(0, len(trace), columns)]
        self.clear_writing()
        for row in filter(None, rows):
            self.slide(trace[row.start], 0.0)
            self.slide(trace[row.stop - 1], max(_SHORTEST, _RUN / len(rows)))
            self.land([trace[index] for index in row])
            self.count(trace[row.stop - 1])

    def visit(self, step: ConvStep, seconds: float) -> None:
        """Slide the window to a step, write it out and put its result into the map."""
        self.slide(step, seconds)
        self.clear_writing()
        view = self.view
        self.written = [*view.terms(step), view.result(step), *view.flows(step)]
        self.add(*self.written)
        self.land([step])
        self.count(step)

    def slide(self, step: ConvStep, seconds: float) -> None:
        """Move the window."""
        shift = self.view.window_shift(step)
        if seconds:
            self.play(Glide(self.view.window, shift), run_time=seconds)
        else:
            self.view.window.shift((*shift, 0))

    def land(self, steps: Sequence[ConvStep]) -> None:
        """Put results into the feature map and frame the last one."""
        fresh = list(self.view.fill(steps))
        if fresh:
            self.remove(*self.map)
            self.map = fresh
            self.add(*fresh)
        self.view.target.reshape(self.view.landing(steps[-1]))
        self.remove(self.view.target)
        self.add(self.view.target)

    def put_formula(self, step: ConvStep | None) -> None:
        """Show the formula, with the numbers of a step put in or in general."""
        self.remove(*self.formula)
        self.formula = list(self.view.formula(step))
        self.add(*self.formula)

    def clear_writing(self) -> None:
        """Take away what the last step wrote."""
        self.remove(*self.written)
        self.written = []

    def count(self, step: ConvStep) -> None:
        """Advance the step counter."""
        self.step(step.index + 1, len(self.subject.trace))
