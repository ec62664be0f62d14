"""The gradient of a filter: every position adds its window, times its dY."""

from collections.abc import Callable

from manim import FadeIn, Mobject

from cnnviz import subjects
from cnnviz.engine.trace import ConvStep
from cnnviz.stage import KernelWindow, SumPanel, layout
from cnnviz.stage.backprop import equations, narration
from cnnviz.stage.backprop.columns import BOTTOM, MIDDLE
from cnnviz.stage.backprop.field import MOST_CELLS
from cnnviz.stage.backprop.lesson import SharesLesson
from cnnviz.stage.backprop.view import SharesView
from cnnviz.stage.glide import Glide
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.pictures.sum_panel import equals


class FilterGradient(
    SharesLesson,
    subject=subjects.Backprop,
    gif="backprop --wrt weight",
    takeaway="The gradient of a filter is a sum over all positions: dY there, times the window of X there.",
    concepts=("backpropagation", "gradient", "weight sharing"),
    seconds=50,
):
    """Hand the gradient of a convolution back, share by share.

    The gradient of the filter is a sum over all positions of the picture; that of the input shows which weights reach
    a pixel, and that they arrive rotated.

    cnnviz gif backprop
    cnnviz gif backprop --wrt input
    cnnviz gif backprop digit:3 --wrt input --kernel sobel-x
    cnnviz gif backprop photo.jpg --size 10 --stride 2 --dy squares -o dw.gif
    cnnviz gif backprop --wrt input --kernel edge-x --dy "1,0,0;0,0,0;0,0,2"
    """

    title = "Gradient of the filter"
    subtitle = "a sum over all positions"

    def construct(self) -> None:
        """Hand out the shares of all positions, then look at the sum from one weight."""
        subject, trace = self.subject, self.subject.trace
        self.sharing = subject.of_weight()
        source = equations.of_weight(trace.stride, trace.dilation)
        self.view = SharesView(self.sharing, self.theme, peak=subject.picture.peak, source=source)
        self.add(*self.view.static)
        self.say(
            "How should each weight change? Its gradient tells how the loss moves with it: dW, made from dY.", fade=0
        )
        self.hold(0.6)
        self.say(subject.loss)
        self.hand_out(narration.of_weight(self.sharing))
        self.look_from_one_weight()
        self.say("The gradient of a filter is a sum over all positions: dY there, times the window of X there.")
        self.hold(2.5)

    def look_from_one_weight(self) -> None:
        """Show that a cell of dW is dY laid on X, and move it over all cells."""
        view, crossed = self.view, self.subject.crossed
        self.clear_middle()
        rows, columns = self.sharing.target.values.shape
        step = crossed.at((0, rows // 2, columns // 2))
        window = self.laid_dy(step)
        frame = Rectangle(view.target.cell_box(step.output_index[1:]), outline=self.theme.highlight, width=4.0)
        self.say("The other way round: one weight met these pixels, one at each position. Each counts as dY says.")
        self.play(FadeIn(frame, scale=1.3), run_time=0.4)
        self.play(FadeIn(window, scale=1.1), run_time=0.4)
        write = self.panel()
        shown = write(step)
        self.play(FadeIn(*shown), run_time=0.5)
        self.hold(1.6)
        self.say(narration.cross(self.subject))
        seconds = min(0.5, 5.0 / (rows * columns))
        for cell in ((row, column) for row in range(rows) for column in range(columns)):
            step = crossed.at((0, *cell))
            self.remove(*shown)
            frame.reshape(view.target.cell_box(cell))
            self.play(Glide(window, window.shift_to(view.left.cell_box(step.padded_origin))), run_time=seconds * 0.5)
            shown = write(step)
            self.add(*shown)
            self.hold(seconds * 0.5)

    def laid_dy(self, step: ConvStep) -> KernelWindow:
        """Return the outline of dY on X: each cell of it where there are numbers, else the frame of all."""
        view, trace = self.view, self.subject.trace
        shape, apart = trace.dy.shape[1:], trace.stride
        if not view.left.readable:
            shape, apart = tuple(s * (n - 1) + 1 for n, s in zip(shape, apart, strict=True)), (1, 1)
        return KernelWindow(view.left.cell_box(step.padded_origin), shape, apart, self.theme.gradient)

    def panel(self) -> Callable[[ConvStep], list[Mobject]]:
        """Return what writes a sum below dY: with its products, or the result alone where they are too many."""
        view, roles = self.view, ("input", "gradient", "gradient")
        x, top = view.middle.x, view.middle.top.box.bottom - 0.35
        if max(self.subject.trace.dy.shape) > MOST_CELLS:
            at = x, top - 0.3
            return lambda step: [equals(step.result, layout.RESULT, self.theme, at=at, bold=True, role=roles[2])]
        room = {"width": MIDDLE, "height": top - BOTTOM}
        panel = SumPanel(self.subject.crossed, self.subject.labels, at=(x, top), theme=self.theme, roles=roles, **room)
        return lambda step: [*panel.terms(step), panel.result(step)]
