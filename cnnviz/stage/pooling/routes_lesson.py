"""The lesson that sends gradients back through pooling: to the winner, or in equal shares."""

from __future__ import annotations

from typing import Any

from manim import FadeIn, FadeOut, Mobject, Transform

from cnnviz.engine.trace import PoolVjpStep, PoolVjpTrace
from cnnviz.stage.glide import Glide
from cnnviz.stage.lesson import Lesson
from cnnviz.stage.mobjects.number_grid import Cell, NumberGrid
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.pooling import routes_narration as narration
from cnnviz.stage.pooling.routes import NAMES, RoutesView
from cnnviz.stage.stories.pooling_words import shape as shape_text
from cnnviz.subjects.pool_gradient import PoolGradient, landings, remarkable

_RUN = 9.0  # seconds that the fast windows take together, at most
_LONGEST, _SHORTEST = 0.7, 0.08  # seconds for one of them
_MOST_TRAVELS = 20


class PoolingGradientLesson(Lesson, subject=PoolGradient):
    """Gradients on their way back, window by window: the first one slow, a tie and an overlap explained."""

    title = "Pooling, backwards"
    subtitle = "to the winner, or in shares"

    subject: PoolGradient

    def construct(self) -> None:
        """Send dY back through each pooling in turn."""
        subject = self.subject
        self.view = view = RoutesView(subject, self.theme)
        self.written: list[Mobject] = []
        self.done, self.total = 0, sum(map(len, subject.traces.values()))
        x_title = view.title("X", shape_text(subject.picture.values.shape), "input", view.x)
        self.add(
            view.dy, view.x, view.title("dY", shape_text((1, *subject.gradient.shape)), "gradient", view.dy), x_title
        )
        grids: list[NumberGrid] = [view.dy]
        for number, (kind, trace) in enumerate(subject.traces.items()):
            if number:
                self.clear_writing()
                self.say(narration.AVG_OPENING)
                self.play(FadeOut(view.x, x_title, view.window, view.landing, view.giver), run_time=0.6)
            self.start(trace, view.middle if number else view.right, kind, with_x=not number)
            if not number:
                self.say(narration.OPENING, fade=0)
                self.hold(0.6)
                if kind == "avg":
                    self.say(narration.AVG_OPENING)
            self.tell()
            grids.append(self.target)
        self.clear_writing()
        self.remove(view.giver, *self.frames())
        self.play(*map(FadeIn, view.sums(grids)), run_time=0.5)
        self.say(narration.balance(subject))
        self.close(narration.takeaway(subject))

    def start(self, trace: PoolVjpTrace, x: float, kind: str, *, with_x: bool) -> None:
        """Put an empty dX on stage."""
        self.trace, self.with_x = trace, with_x
        self.target = self.view.empty(trace, x)
        self.held: dict[Cell, float] = {}
        self.add(self.target, self.view.title("dX", NAMES[kind], "gradient", self.target))

    def tell(self) -> None:
        """Go through the windows of one pooling."""
        trace = self.trace
        tie, overlap = remarkable(trace)
        stops = {index for index in (tie, overlap) if index is not None}
        rest = max(stops, default=0) + 1
        seconds = min(_LONGEST, max(_SHORTEST, _RUN / len(trace)))
        self.explain(trace[0])
        for step in trace[1:]:
            if step.index == rest:
                self.say(narration.AVG_REST if step.argmax is None else narration.MAX_REST)
            elif step.index == 1 and 1 not in stops:
                self.say(narration.MAX_NEXT)
            last = step.index == len(trace) - 1
            self.visit(step, 1.6 if step.index in stops else 1.2 if last else seconds)
            if step.index == tie:
                self.say(narration.tie(step))
                self.hold(1.2)
            if step.index == overlap:
                self.add_up(step)
        for cell in self.target.fills:
            if cell not in self.held:
                self.target.put(cell, 0.0)
        self.hold(1.0)

    def add_up(self, step: PoolVjpStep) -> None:
        """Dwell on a gradient that was added to another one, and show what writing over it would give."""
        ((cell, added),) = landings(step).items()
        self.say(narration.overlap(self.held[cell] - added, added))
        instead = self.view.overwritten(added)
        self.play(*map(FadeIn, instead), run_time=0.4)
        self.written += instead
        self.hold(1.2)

    def explain(self, step: PoolVjpStep) -> None:
        """Follow the first gradient."""
        view = self.view
        self.count()
        view.giver.reshape(view.giver_box(step))
        self.play(FadeIn(view.giver), run_time=0.3)
        self.frame(step)
        self.play(*(FadeIn(frame) for frame in self.frames()), run_time=0.4)
        self.say(narration.share(step) if step.argmax is None else narration.route(step))
        if step.argmax is not None:
            rings = view.rings(step)
            self.play(*map(FadeIn, rings), run_time=0.4)
            self.written += rings
            self.hold(0.4)
        self.travel(step, 1.0)
        self.land(step)
        self.hold(1.2)

    def visit(self, step: PoolVjpStep, seconds: float) -> None:
        """Let one gradient go back."""
        view = self.view
        self.clear_writing()
        self.count()
        view.giver.reshape(view.giver_box(step))
        if seconds >= 0.5:
            moves = [Transform(f, Rectangle(b, outline=self.theme.kernel, width=5.0)) for f, b in self.places(step)]
            self.play(*moves, run_time=0.35)
        self.frame(step)
        rings = view.rings(step)
        self.add(view.giver, *self.frames(), *rings)
        self.written += rings
        if len(self.trace) <= _MOST_TRAVELS:
            self.travel(step, seconds * 0.7)
        self.land(step)
        self.hold(seconds * 0.5)

    def travel(self, step: PoolVjpStep, seconds: float) -> None:
        """Let the gradient go from dY to dX, by way of the winner in X where one is shown."""
        view, tile = self.view, self.view.tile(step)
        x, y = tile.box.center
        stops = []
        if step.argmax is not None:
            cell = step.argmax[0], step.argmax[1]
            stops = [view.x.cell_box(cell).center] if self.with_x and seconds >= 0.8 else []
            stops.append(self.target.cell_box(cell).center)
        else:
            stops.append(view.window_box(step, self.target).center)
        for stop in stops:
            self.play(Glide(tile, (stop[0] - x, stop[1] - y)), run_time=seconds)
            x, y = stop
        self.remove(tile)

    def land(self, step: PoolVjpStep) -> None:
        """Add what arrives to dX and write the sum."""
        view, cells = self.view, landings(step)
        before = {cell: self.held.get(cell, 0.0) for cell in cells}
        for cell, added in cells.items():
            self.held[cell] = before[cell] + added
            self.target.put(cell, self.held[cell])
        if step.argmax is None:
            line = view.share_line(step, self.target)
        else:
            ((cell, added),) = cells.items()
            line = view.sum_line(self.target, before[cell], added)
        flows = view.flows(step, self.target, through_x=self.with_x)
        self.add(line, *flows)
        self.written += [line, *flows]

    def places(self, step: PoolVjpStep) -> list[tuple[Rectangle, Any]]:
        """Return the window's frames and where they go."""
        view = self.view
        on_target = (view.landing, view.window_box(step, self.target))
        return [(view.window, view.window_box(step, view.x)), on_target] if self.with_x else [on_target]

    def frames(self) -> list[Rectangle]:
        """Return the window's frames that are on stage."""
        return [self.view.window, self.view.landing] if self.with_x else [self.view.landing]

    def frame(self, step: PoolVjpStep) -> None:
        """Lay the window's frames over a step."""
        for frame, box in self.places(step):
            frame.reshape(box)

    def clear_writing(self) -> None:
        """Take away what the last step wrote."""
        self.remove(*self.written)
        self.written = []

    def count(self) -> None:
        """Advance the step counter."""
        self.done += 1
        self.step(self.done, self.total)
