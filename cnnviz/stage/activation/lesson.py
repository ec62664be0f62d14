"""The lesson that sends a feature map through ReLU, number by number, for any picture and kernel."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Create, FadeIn, Mobject, VGroup, smooth

from cnnviz.stage.activation import narration
from cnnviz.stage.activation.maps import NumberMaps
from cnnviz.stage.activation.view import ActivationView
from cnnviz.stage.lesson import Lesson
from cnnviz.stage.mobjects.number_grid import Cell
from cnnviz.subjects.activation import Activation

_MOST_VISITS = 150  # cells; beyond it rows are swept
_RUN = 9.0  # seconds that the fast cells take together, at most
_LONGEST, _SHORTEST = 0.3, 0.07  # seconds for one of them


class ActivationLesson(Lesson, subject=Activation):
    """A feature map through ReLU: one positive and one negative number slow, the others fast."""

    title = "ReLU"
    subtitle = "negatives become zero"

    subject: Activation

    def construct(self) -> None:
        """Tell the story of the map."""
        subject = self.subject
        self.before, self.after = subject.before, subject.after
        self.cells: list[Cell] = list(np.ndindex(*subject.before.shape))
        self.view = ActivationView(subject, self.theme)
        self.done: set[Cell] = set()
        self.written: list[Mobject] = []
        self.image: list[Mobject] = []
        self.tally = VGroup()
        self.add(*self.view.static)
        self.say(narration.opening(subject), fade=0)
        self.hold(0.6)
        self.say(narration.RULE)
        self.play(Create(self.view.graph.curve), run_time=1.0)
        for cell in self.examples():
            self.explain(cell)
        self.run()
        self.close(narration.takeaway(subject))

    def examples(self) -> list[Cell]:
        """Return the first positive and the first negative number; in a picture, the largest of each."""
        chosen = []
        for sign in (1.0, -1.0):
            signed = sign * self.before
            telling = signed > 0 if isinstance(self.view.maps, NumberMaps) else signed == max(signed.max(), 1e-300)
            chosen += [cell for cell in self.cells if telling[cell]][:1]
        return chosen

    def explain(self, cell: Cell) -> None:
        """Follow one number through the graph."""
        view = self.view
        self.clear_writing()
        view.place(cell)
        self.remove(*view.frames)
        self.add(view.frames[0])
        self.say(narration.number(float(self.before[cell]), float(self.after[cell])))
        lines, mark = point = view.point(cell)
        self.play(FadeIn(mark, scale=0.5), run_time=0.4)
        self.play(FadeIn(lines), run_time=0.4)
        self.hold(0.3)
        term, result = view.term(cell), view.result(cell)
        self.play(FadeIn(term), run_time=0.3)
        self.play(FadeIn(result, scale=0.8), run_time=0.4)
        number, landing = result[-1].copy(), view.maps.after.cell_box(cell)
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
            self.written = [self.view.point(cell), self.view.term(cell), self.view.result(cell)]
            self.add(*self.written)
            self.land([cell])
            self.place(cell)
            self.hold(seconds)
        self.hold(0.8)

    def sweep(self) -> None:
        """Send whole rows through."""
        self.clear_writing()
        self.remove(*self.view.frames)
        rows = len(self.before)
        for row in range(rows):
            self.land([cell for cell in self.cells if cell[0] == row])
            self.hold(max(_SHORTEST, _RUN / rows))

    def land(self, cells: Sequence[Cell]) -> None:
        """Put numbers into the map after the activation, and count."""
        fresh = self.view.maps.land(cells)
        if fresh:
            self.remove(*self.image)
            self.image = fresh
            self.add(*fresh)
        self.done |= set(cells)
        self.remove(self.tally)
        self.tally = self.view.tally(sum(bool(self.before[cell] < self.after[cell]) for cell in self.done))
        self.add(self.tally)
        self.step(len(self.done), len(self.cells), noun="number")

    def place(self, cell: Cell) -> None:
        """Frame a number before and after."""
        self.view.place(cell)
        self.remove(*self.view.frames)
        self.add(*self.view.frames)

    def clear_writing(self) -> None:
        """Take away what the last number wrote."""
        self.remove(*self.written)
        self.written = []
