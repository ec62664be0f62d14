"""Five ways to fill the border, one example, five different answers."""

from typing import Any

from manim import FadeIn

from cnnviz import subjects
from cnnviz.engine.trace import ConvStep
from cnnviz.stage import Lesson
from cnnviz.stage.glide import Glide
from cnnviz.stage.padding.board import board
from cnnviz.stage.padding.view import PaddingView
from cnnviz.subjects.number import cell_text
from cnnviz.subjects.padding import MODES

MEANING = {
    "none": "None, or crop: the window stays inside the picture, and the map comes out smaller.",
    "zeros": "Zeros: outside everything is 0, a dark frame that the picture never had.",
    "replicate": "Replicate, or extend: the border cells are repeated outward.",
    "reflect": "Reflect: the picture is mirrored at its border cells, which are not repeated.",
    "circular": "Circular: the picture goes round; what comes before the first column is the last one.",
}
MOST_VISITS = 150  # windows; beyond it the map is filled at once
ROW = 1.5  # seconds for the windows of the first row


class PaddingModes(
    Lesson,
    subject=subjects.Padding,
    gif="padding",
    takeaway="Padding decides what the kernel finds outside the picture; it changes the border of the map and "
    "nothing inside.",
    concepts=("padding", "zeros", "replicate", "reflect", "circular", "border"),
    seconds=58,
):
    """Fill the border of a picture in five ways and compare the maps.

    The ways are none (crop), zeros, replicate (extend), reflect and circular: where each border cell comes from, and
    what changes.

    cnnviz gif padding
    cnnviz gif padding digit:3 --kernel sobel-x
    cnnviz gif padding photo.jpg --kernel laplacian --padding 8 -o borders.gif
    """

    title = "Padding modes"
    subtitle = "what is outside the picture?"

    def construct(self) -> None:
        """Show one mode after the other, then all side by side."""
        view = self.view = PaddingView(self.subject, self.theme)
        self.written: list[Any] = []
        self.shown: list[Any] = []
        self.add(*view.static)
        self.say("A border pixel has no neighbors on one side. What should the kernel find there?", fade=0)
        self.hold(1.0)
        for number, mode in enumerate(MODES, 1):
            self.say(MEANING[mode])
            self.step(number, len(MODES), noun="mode")
            self.remove(*self.shown, *self.written, view.window)
            self.shown = view.turn_to(mode)
            self.add(*self.shown, view.picture, view.edge)
            if mode != "none":
                self.fill_border(mode)
            self.first_window()
            self.fill_map(mode)
        self.compare()

    def fill_border(self, mode: str) -> None:
        """Let the border cells travel from where they are copied."""
        view = self.view
        if mode == "zeros" or not view.border.numbers:
            self.hold(0.4)
            view.border.show(view.ring())
            self.hold(0.8)
            return
        for axis in (1, 0):
            if strips := view.strips(axis):
                self.play(*(Glide(strip.picture, strip.way) for strip in strips), run_time=0.9)
                for strip in strips:
                    self.remove(strip.picture)
                    view.border.show(strip.cells)
        arcs = view.arcs()
        self.shown.append(arcs)
        self.add(view.edge)
        self.play(FadeIn(arcs), run_time=0.3)
        self.hold(0.8)

    def first_window(self) -> None:
        """Write out the sum of the first window and carry it to the map."""
        view, step = self.view, self.view.trace[0]
        view.window.shift((*view.shift(step), 0))
        self.play(FadeIn(view.window), run_time=0.4)
        self.write(step, fade=0.4)
        self.land(step)
        self.hold(0.8)

    def fill_map(self, mode: str) -> None:
        """Slide along the first row, then fill the rest: the inside is what it was without padding."""
        view, trace = self.view, self.view.trace
        rows, columns = trace.output_shape[1:]
        view.map.show(view.inside())
        if mode != "none":
            self.say(_first(trace[0]))
        if len(trace) > MOST_VISITS:
            self.write(None)
            self.play(Glide(view.window, view.shift(trace[columns - 1])), run_time=ROW)
            view.map.show(view.map.everywhere())
        else:
            for step in trace[1:columns]:
                self.play(Glide(view.window, view.shift(step)), run_time=ROW / columns / 2)
                self.write(step)
                self.land(step)
                self.hold(ROW / columns / 2)
            self.write(None)
            for row in range(1, rows):
                view.map.show((row, column) for column in range(columns))
                self.hold(0.5 / rows)
        self.remove(view.target)
        if mode == "zeros":
            frame = view.inside_frame()
            self.shown.append(frame)
            self.say("Inside the frame nothing changes: there the window touches no padding.")
            self.play(FadeIn(frame), run_time=0.3)
        elif mode != "none":
            self.shown.append(view.inside_frame())
            self.add(self.shown[-1])
        self.hold(1.0)

    def write(self, step: ConvStep | None, *, fade: float = 0.0) -> None:
        """Write out the sum of a window in place of the one before."""
        self.remove(*self.written)
        self.written = []
        if step is not None:
            view = self.view
            self.written = [*view.panel.terms(step), view.panel.result(step), *view.flows(step)]
        if fade:
            self.play(FadeIn(*self.written), run_time=fade)
        self.add(*self.written)

    def land(self, step: ConvStep) -> None:
        """Put a result into the map and frame it."""
        view = self.view
        row, column = step.output_index[1:]
        view.map.show([(row, column)])
        view.target.reshape(view.map.cell_box((row, column)))
        self.add(view.target)

    def compare(self) -> None:
        """Put all modes side by side."""
        self.say("All five side by side: above what the kernel sees, below what it answers.")
        self.remove(*self.shown, *self.written, *self.view.static, self.view.window)
        for column in board(self.subject, self.theme, gray=not self.view.picture.numbers):
            self.add(*column)
            self.hold(0.4)
        self.close("Inside the frame all five maps agree; they differ only at the border.")


def _first(step: ConvStep) -> str:
    outside, cells = step.is_padding.sum(), step.is_padding.size
    return f"Of the first window, {outside} of {cells} cells are padding, and its answer is {cell_text(step.result)}."
