"""The lesson that lays a kernel of three slices on a color picture."""

from __future__ import annotations

from manim import DOWN, FadeIn, Group, Mobject, smooth

from cnnviz.engine.trace import ConvStep
from cnnviz.stage.glide import Glide
from cnnviz.stage.lesson import Lesson
from cnnviz.stage.rgb import narration
from cnnviz.stage.rgb.view import RgbView
from cnnviz.subjects.rgb import Rgb

_LARGE = 4.3  # height of the picture in the opening


class RgbLesson(Lesson, subject=Rgb):
    """Three slices, three partial sums, one number."""

    title = "Color pictures"
    subtitle = "three slices · one number"

    subject: Rgb

    def construct(self) -> None:
        """Tell the story of the trace."""
        subject, trace = self.subject, self.subject.trace
        self.view = RgbView(subject, self.theme)
        self.written: list[Mobject] = []
        photo = Group(*self.view.photo())
        self.show_large(photo)
        self.take_apart()
        self.explain(trace[0])
        if len(trace) > 2:
            self.say(narration.AGAIN)
            self.visit(trace[1], 0.6)
            self.hold(1.6)
            self.run(range(2, len(trace) - 1))
        if len(trace) > 1:
            self.visit(trace[-1], 0.5)
            self.hold(0.8)
        self.say(narration.takeaway(subject))
        self.play(FadeIn(*self.view.count()), run_time=0.5)
        self.hold(2.0)

    def show_large(self, photo: Group) -> None:
        """Open with the whole picture, large, and then put it in its corner."""
        place, height = photo.get_center(), photo.height
        photo.scale(_LARGE / max(height, photo.width * 0.6)).move_to((0, 0.1, 0))
        self.add(photo)
        self.say(narration.OPENING, fade=0)
        self.hold(4.6)
        self.play(photo.animate.scale(height / photo.height).move_to(place), run_time=0.6)

    def take_apart(self) -> None:
        """Bring the slices of the patch, then those of the kernel."""
        view = self.view
        self.say(narration.apart(self.subject))
        self.play(FadeIn(*view.enlarged()), run_time=0.5)
        self.play(FadeIn(view.split()), run_time=0.3)
        for channel in range(len(view.slices)):
            self.play(FadeIn(*view.slice(channel), shift=0.1 * DOWN), run_time=0.5)
            self.hold(0.3)
        self.say(narration.kernel(self.subject))
        self.play(FadeIn(view.kernel_title()), run_time=0.3)
        for kernel in view.kernels:
            self.play(FadeIn(kernel, shift=0.1 * DOWN), run_time=0.4)
        self.hold(0.4)

    def explain(self, step: ConvStep) -> None:
        """Take one window apart: three partial sums, the bias, the number, its place."""
        view = self.view
        self.count(step)
        self.say(narration.lay(self.subject))
        self.play(FadeIn(*view.windows, scale=1.1), run_time=0.5)
        self.hold(0.6)
        self.say(narration.partial(step))
        partial = [view.partial(step, channel) for channel in range(len(view.slices))]
        for parts in partial:
            self.play(FadeIn(*parts, shift=0.1 * DOWN), run_time=0.4)
            self.hold(0.4)
        self.say(narration.TOGETHER)
        total = view.total(step)
        self.play(FadeIn(*total[:-1], view.bias_name()), run_time=0.4)
        self.play(FadeIn(total[-1], scale=0.8), run_time=0.4)
        self.hold(0.6)
        self.add(view.map_title(), view.output)
        number, cell = total[-1].copy(), view.landing(step)
        shrink = min(1.0, 0.4 * cell.height / number.height)
        self.play(number.animate.scale(shrink).move_to((*cell.center, 0)), run_time=0.8, rate_func=smooth)
        self.remove(number)
        self.land(step)
        self.written = [part for parts in partial for part in parts] + [*total]
        self.hold(0.8)

    def run(self, indices: range) -> None:
        """Go through the middle windows, fast, with a word on what the kernel listens to."""
        for index in indices:
            if index == indices.start + len(indices) // 2:
                self.say(narration.why(self.subject))
            self.visit(self.subject.trace[index], 0.4)
            self.hold(0.6)

    def visit(self, step: ConvStep, seconds: float) -> None:
        """Move the windows to a step, write its sums and put its number into the map."""
        view = self.view
        shifts = view.shifts(step)
        moves = [Glide(window, by) for window, by in zip(view.windows, shifts, strict=True)]
        self.play(*moves, run_time=seconds)
        self.remove(*self.written)
        partial = [part for channel in range(len(view.slices)) for part in view.partial(step, channel)]
        self.written = [*partial, *view.total(step)]
        self.add(*self.written)
        self.land(step)
        self.count(step)

    def land(self, step: ConvStep) -> None:
        """Put a number into the map and frame it."""
        row, column = step.output_index[1:]
        self.view.output.show((row, column))
        self.view.target.reshape(self.view.landing(step))
        self.remove(self.view.target)
        self.add(self.view.target)

    def count(self, step: ConvStep) -> None:
        """Advance the step counter."""
        self.step(step.index + 1, len(self.subject.trace))
