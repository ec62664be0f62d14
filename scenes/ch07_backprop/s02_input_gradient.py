"""The gradient of an input: each cell of dY hands its share back through the kernel, which arrives rotated."""

from manim import FadeIn

from cnnviz import subjects
from cnnviz.stage.backprop import equations, narration
from cnnviz.stage.backprop.lesson import SharesLesson
from cnnviz.stage.backprop.rotation import Rotation, room
from cnnviz.stage.backprop.view import SharesView
from cnnviz.stage.glide import Glide

_MOST_GLIDES = 30  # cells of dX; beyond it the window jumps


class InputGradient(
    SharesLesson,
    subject=subjects.Backprop,
    kernel="1,2,3;4,5,6;7,8,9",
    dy="pattern",
    gif="backprop --wrt input",
    takeaway="dX is a full convolution of dY with the kernel rotated by 180°; above stride 1, zeros go in between.",
    concepts=("backpropagation", "gradient", "full convolution", "flipped kernel"),
    seconds=63,
):
    """How dX adds up, and the rotated kernel found in one of its cells."""

    title = "Gradient of the input"
    subtitle = "shares that add up"

    def construct(self) -> None:
        """Hand out the shares, cut off what the padding got, then look into one cell of dX."""
        subject, trace = self.subject, self.subject.trace
        self.sharing = subject.of_input()
        source = equations.of_input(trace.stride, trace.dilation)
        self.view = SharesView(
            self.sharing, self.theme, peak=subject.picture.peak, source=source, room=room(subject), equal=True
        )
        self.add(*self.view.static)
        self.say("How does the loss change with each cell of X? dY goes back through the kernel: that is dX.", fade=0)
        self.hold(0.6)
        self.say(subject.loss)
        self.hand_out(narration.of_input(self.sharing))
        if self.sharing.target.border.any():
            self.say(narration.border(subject))
            self.hold(0.6)
        self.complete()
        self.hold(0.6)
        if subject.rotated is not None:
            self.discover()
        self.say(narration.dx_takeaway(subject))
        self.hold(2.5)

    def discover(self) -> None:
        """Ask one cell of dX which weights it was reached through, and find the kernel rotated."""
        rotation = Rotation(self.subject, self.view)
        step = self.subject.most_reached
        self.clear_middle()
        self.remove(self.view.middle.top, self.view.titles[1])
        heading = rotation.heading("as it arrives")
        self.add(rotation.kernel, rotation.arrived, *rotation.titles, heading)
        rotation.frame.reshape(rotation.cell(step.output_index[1:]))
        self.say("Ask one cell of dX who gave to it, through which weight, and lay the weights out as they come.")
        self.play(FadeIn(rotation.frame, scale=1.3), run_time=0.4)
        self.add(rotation.giver, rotation.weight)
        for number, (source, tap) in enumerate(zip(step.sources.tolist(), step.taps.tolist(), strict=True)):
            rotation.giver.reshape(self.view.left.around(tuple(source[1:])))
            rotation.weight.reshape(rotation.kernel.cell_box(tuple(tap)))
            rotation.arrive(tuple(tap))
            self.hold(0.9 if number < 3 else min(0.5, 4.0 / len(step.taps)))
        self.remove(rotation.giver, rotation.weight)
        self.say(narration.flip(self.subject))
        self.hold(1.2)
        rotation.arrived.show_all()
        self.remove(heading)
        self.add(rotation.heading("W rotated"))
        self.say(narration.zeros(self.subject))
        self.lay_on_zeros(rotation, step.output_index)
        self.say("Slide it over dY and its zeros: the same sum of products makes every cell of dX.")
        self.sweep(rotation)

    def lay_on_zeros(self, rotation: Rotation, cell: tuple[int, ...]) -> None:
        """Put the zeros around dY and lay the rotated kernel on what made one cell of dX."""
        if rotation.spread is None or rotation.window is None:
            self.hold(1.0)
            return
        title = self.view.titles[0]
        rise = self.view.titles[2].get_y() - title.get_y()
        self.play(FadeIn(rotation.spread), Glide(title, (0.0, rise)), run_time=0.6)
        self.remove(self.view.left)
        step = self.subject.rotated.at(cell)
        rotation.window.shift((*rotation.window.shift_to(rotation.spread.cell_box(step.padded_origin)), 0))
        self.play(FadeIn(rotation.window, scale=1.1), run_time=0.4)
        self.written = rotation.terms(step)
        if self.written:
            self.play(FadeIn(*self.written), run_time=0.4)
        self.hold(1.6)

    def sweep(self, rotation: Rotation) -> None:
        """Go over all cells of dX."""
        if rotation.spread is None or rotation.window is None:
            return
        trace = self.subject.rotated
        for step in trace:
            self.remove(*self.written)
            self.written = rotation.terms(step)
            self.add(*self.written)
            rotation.frame.reshape(rotation.cell(step.output_index[1:]))
            shift = rotation.window.shift_to(rotation.spread.cell_box(step.padded_origin))
            if len(trace) <= _MOST_GLIDES:
                self.play(Glide(rotation.window, shift), run_time=0.25)
            else:
                rotation.window.shift((*shift, 0))
                self.hold(6.0 / len(trace))
            self.hold(0.0 if step.index else 1.2)
