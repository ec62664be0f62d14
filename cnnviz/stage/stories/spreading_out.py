"""A strided convolution there, and its gradient on the way back: dY with zeros around and between its cells."""

from __future__ import annotations

from typing import Any

from manim import FadeIn, FadeOut

from cnnviz.stage.half_turn import turn_onto
from cnnviz.stage.language import say
from cnnviz.stage.layout import RESULT
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.window import Outline, Window
from cnnviz.stage.place import Column, Row
from cnnviz.stage.scene import Scene
from cnnviz.stage.text import size_within
from cnnviz.subjects.number import MINUS, cell_text, factor_text, relation
from cnnviz.subjects.strided_gradient import StridedGradient

MOST_TAGGED = 16  # windows that follow each other so slowly that what they carry can be read
ROOM = 2.1, 0.42  # units, for what is written below dX


class SpreadingOut(Scene):
    """X and the kernel that goes over it in steps; dY, the place where it is spread out, the turned kernel, and dX."""

    subject: StridedGradient

    def build(self, s: StridedGradient) -> None:
        """Set dY, the rotated kernel, the place where dY is spread out, and dX, which is still empty."""
        scale = float(abs(s.given).max())
        size = " × ".join(map(str, s.given.shape))
        wide = self.frame.is_wide
        detail = say("{size}, stride {stride}" if wide else "stride {stride}", size=size, stride=s.stride)
        self.dy = Grid(s.given, "gradient", "dY", detail=detail, texts=s.labels, scale=scale)
        turned = [row[::-1] for row in s.kernel.labels[::-1]]
        self.kernel = Grid(s.spread.weight[0, 0], "kernel", "W rotated", detail="", texts=turned)
        widest = {text for row in s.labels for text in row}
        hidden: dict[str, Any] = {"detail": "", "scale": scale, "hidden": True, "widest": widest}
        self.spread = Grid(0 * s.spread.padded[0], "gradient", "dY and zeros", **hidden)
        self.dx, self.note = Grid(s.dx, "gradient", "dX", hidden=True), Slot(*ROOM)
        peak = s.picture.peak
        self.x = Grid(s.picture.values[0], "input", "X", scale=peak, photo=peak, least=0.0)
        self.weights = Grid(s.kernel.values, "kernel", "W", detail="", texts=s.kernel.labels)
        self.dy.hide()
        is_tall = self.frame.height > self.frame.width
        self.arrange((Row if is_tall else Column)(self.weights, self.dy), self.x)
        self.stand = self.dy, {cell: cell for cell in s.places}

    def step_over(self, s: StridedGradient) -> list[Outline]:
        """Let the kernel go over X in its steps, and mark where each window began: what dY has a number of."""
        window, starts = Window(self.x, self.kernel.values.shape), list[Outline]()

        def show(step: Any) -> None:
            self.dy.show([step.output_index[1:]])
            starts.append(Outline(self.x, step.padded_origin[-2:], color=self.theme.highlight))
            self.add(starts[-1])

        self.add(window)
        if len(s.forward) <= MOST_TAGGED:
            window.take_up(self, self.weights, seconds=0.6)
        self.walk(s.forward, window, show, seconds=3.2)
        self.remove(window)
        return starts

    def turn_to_dx(self, starts: list[Outline]) -> None:
        """Make room for what is to come: X gives way to dX, and the kernel turns by half a turn."""
        narrow = 0.6 if self.frame.is_wide else 0.25
        x = Column(self.x, self.note, gap=0.0)
        self.rearrange(Column(self.weights, self.dy), self.spread, x, gap=narrow)
        for picture, stood in ((self.dx, self.x), (self.kernel, self.weights)):
            picture.settle(stood.box.left, stood.top, stood.side)
        self.kernel.hide()
        self.remove(self.weights, *starts)
        self.add(self.kernel)
        turn_onto(self, self.weights, self.kernel)
        for start in starts:
            start.grid = self.dx
        self.play(FadeOut(self.x), FadeIn(self.dx, *starts), run_time=0.6)

    def place(self, s: StridedGradient, places: dict[Any, Any], shape: tuple[int, int]) -> None:
        """Let the cells of dY travel from where they stand to other places, and put zeros everywhere else."""
        (grid, before), spread = self.stand, self.spread
        flights = [(grid.copy_of(before[cell]), spread.cell_box(at)) for cell, at in places.items()]
        spread.hide()
        self.fly(*flights, scale=spread.side / grid.side, seconds=1.4)
        spread.padding[:] = True
        for at in places.values():
            spread.padding[at] = False
        zeros = [(i, j) for i, j in spread.everywhere() if i < shape[0] and j < shape[1]]
        numbers = {**dict.fromkeys(zeros, 0.0), **{at: float(s.given[cell]) for cell, at in places.items()}}
        spread.rewrite(numbers, {at: s.labels[cell[0]][cell[1]] for cell, at in places.items()})
        self.stand = spread, dict(places)

    def write(self, pairs: Any, total: float) -> None:
        """Write below dX what the cells under the window add up to, one product after the other."""
        theme, runs, minus = self.theme, list[Any](), MINUS
        for (row, column), (i, j) in pairs:
            text, weight = self.spread.texts[row][column], self.kernel.texts[i][j]
            sign = (" − " if text.startswith(minus) else " + ") if runs else ""
            value = text.removeprefix(minus) if runs else text
            factor = (factor_text(weight), theme.kernel)
            runs += [(sign, theme.muted), (value, theme.gradient), ("×", theme.muted), factor]
        text = cell_text(total)
        end = [(f" {relation(total, text)} ", theme.muted), (text, theme.highlight)]
        size = size_within(self.dx.box.width, RESULT, *(text for text, _ in runs + end))
        for upto in (*range(4, len(runs), 4), len(runs)):
            self.note.put_line(runs[:upto], size)
            self.hold(0.5)
        self.note.put_line(runs + end, size)
