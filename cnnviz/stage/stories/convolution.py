"""Slide, multiply, sum: the story of a convolution, for any picture, kernel and parameters."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from manim import Transform, VGroup

from cnnviz.stage.arranging import pictures
from cnnviz.stage.language import Template
from cnnviz.stage.layout import SMALLEST, Box
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.pictures.beam import Beam
from cnnviz.stage.pictures.color_sum import ColorSum
from cnnviz.stage.pictures.grid import Form, Grid
from cnnviz.stage.pictures.sum import Sum
from cnnviz.stage.pictures.window import Outline, Window
from cnnviz.stage.place import LEAST, Column, Row
from cnnviz.stage.scene import Scene
from cnnviz.stage.stories import kernel_words as words
from cnnviz.stage.walk import MOST_VISITS
from cnnviz.subjects.number import cell_text

_PATCH_CELL, _KERNEL_HEIGHT = 0.5, 2.1
_IN_LINE, _LINE = 9, 9.0  # weights whose products can be written in one line, and the width of a frame that has room
_GAMMA = 0.6  # edges of a photo are weak beside its strongest one
_MOST_TAGGED = 16  # windows that follow each other so slowly that their weights can be read
_TYPES, _LITTLE = (28, 26, 24, 22, 19), 0.9  # of a sum, and what is left of a cell that becomes but a little smaller
_FLIGHT, _FLIGHTS = 0.2, 2.7  # seconds of a window that flies to its number at least, and of all of them
_BOW = 1.5  # radians, of the way of a sum
_EASY = 20  # type that need not become larger at the cost of a kernel as large as its window

QUESTIONS: dict[bool, Template] = {
    False: "Where does this kernel answer most strongly?",
    True: "Where in this picture does the kernel answer most strongly?",
}


class Convolving(Scene):
    """The first windows slow and explained, the middle ones fast, a stop at the strongest answer."""

    closing: ClassVar[Template] = ""
    is_known: ClassVar[bool] = False  # windows, weights and sums are: only the picture is new

    def tell(self, s: Any) -> None:
        """Tell the story of the trace."""
        self.s, trace = s, s.trace
        self.build()
        peak = int(np.argmax([abs(step.result) for step in trace]))
        window = self.window = Window(self.x, trace.weight.shape[2:], trace.dilation)
        self.landing, self.lens = Outline(self.y, (0, 0), color=self.theme.text), VGroup()
        with self.beat(QUESTIONS[self.is_known], focus=[self.kernel, self.x]):
            self.rest(2.2)
        if said := words.settings(trace):
            with self.beat(said[0], focus=[self.x, self.y], **said[1]):
                self.rest(1.0)
        if self.is_known:
            self.repeat(trace[0])
        else:
            self.explain(trace[0])
        if len(trace) > 2:
            if not self.is_known:
                with self.beat("One step further, the same weights meet other pixels.", focus=[window, self.kernel]):
                    self.visit(trace[1], 0.4)
                    self.rest(1.5)
            with self.beat("The same weights serve every window: this is weight sharing.", focus=[window]):
                self.run(trace[1 if self.is_known else 2 :])
            self.compare(words.calm(trace))
            self.answer(trace[peak])
        elif len(trace) == 2:
            self.visit(trace[1], 0.7)
        sentence, fields = (self.closing, {}) if self.closing else words.takeaway(s.kernel.values, len(trace))
        motion = self.gather if self.closing or not words.compares(s.kernel.values) else self.lay_back
        self.close(sentence, focus=[self.landing, self.window], motion=motion, **fields)

    def build(self) -> None:
        """Set the pictures: all numbers where they can be read, else pixels with one window of numbers."""
        small = min(_PATCH_CELL, _KERNEL_HEIGHT / max(self.s.kernel.values.shape))
        ways: list[tuple[Form, float | None]] = [("numbers", None), ("numbers", small), ("pixels", small)]
        for form, side in ways if len(self.s.picture.values) == 1 else ways[-1:]:
            least = _EASY if side is None else SMALLEST
            items = self.easiest(form, side, least)
            if form == "pixels" or self.readable(items, least):
                break
        self.arrange(*items)
        self.sum: Any = next(part for part in pictures(items) if isinstance(part, Sum | ColorSum))

    def easiest(self, form: Form, side: float | None, least: float) -> Any:
        """Return the roomiest order, its sum in the largest type that makes cells but a little smaller."""
        self.easy = _TYPES[-1]
        cell = self.fit(*self.roomiest(*self.orders(form, side)))
        for self.easy in _TYPES:
            items = self.roomiest(*self.orders(form, side))
            if self.fit(*items) >= _LITTLE * cell and self.readable(items, least):
                break
        return items

    def orders(self, form: Form, side: float | None) -> list[list[Any]]:
        """Make input, kernel, sum and feature map, and say in which orders they may stand.

        The kernel's cells have the ``side``, or are as large as those that it is laid on.
        """
        s, trace = self.s, self.s.trace
        peak, texts, result = s.picture.peak, s.kernel.labels, trace.fold()[0]
        look: dict[str, Any] = {"scale": peak, "photo": peak, "padding": trace.is_padding, "form": form}
        if len(trace.padded) > 1:
            look["colors"] = trace.padded
        self.x = Grid(trace.padded.mean(axis=0), "input", "input", **look)
        self.y = Grid(result, "output", "feature map", hidden=True, form=form, legend=True, gamma=_GAMMA)
        self.patch = None
        if len(trace.padded) > 1:
            self.kernel: Any = ColorSum(trace, texts, peak)
            return [[self.x, self.kernel, self.y]]
        self.kernel = Grid(s.kernel.values, "kernel", "kernel", detail=words.title(s.kernel), texts=texts, side=side)
        if form == "numbers":
            total = Sum(trace, texts, easy=self.easy)
            beside = [self.x, Column(self.kernel, total, gap=0.25), self.y]
            return [beside, [self.x, Column(Row(self.kernel, self.y), total, gap=0.25)]]
        self.patch = Grid(
            trace[0].values[0],
            "input",
            "window",
            detail="",
            scale=peak,
            side=side,
            hidden=True,
            widest={cell_text(v) for v in np.unique(trace.padded)},
        )
        self.kernel.title, self.kernel.detail = self.kernel.detail or self.kernel.title, ""
        window = Column(Row(self.patch, self.kernel), Sum(trace, texts), gap=0.25)
        orders: list[list[Any]] = [[self.x, window, self.y], [Column(self.x, self.y), window]]
        if max(self.fit(*items) for items in orders) <= LEAST:  # too narrow for terms: products as cells
            orders = [[Column(self.x, self.y), Column(Row(self.patch, self.kernel), Sum(trace, texts, width=2.0))]]
        if self.kernel.values.size <= _IN_LINE and self.frame.width > _LINE:
            line = Sum(trace, texts, width=self.frame.right - self.frame.left, height=0.45, in_line=True)
            self.fit(line)
            if line.panel.size:
                orders.append([Column(Row(self.x, Column(self.patch, self.kernel, gap=0.15), self.y), line, gap=0.2)])
        return orders

    def readable(self, items: Any, least: float) -> bool:
        """Tell whether every number of input and map is set in so large a type once these pictures are set."""
        self.fit(*items)
        return all(grid.type_size >= least for grid in (self.x, self.y))

    def explain(self, step: Any) -> None:
        """Take one window apart: lay it down, write its products row by row, add them up, carry the sum over."""
        count = step.products.size
        self.step(1, len(self.s.trace), noun="window")
        with self.beat(
            "The kernel lies on {count} pixels: each meets the weight on top of it.", count=count, focus=[self.window]
        ):
            self.appear(self.window)
            self.take_up(seconds=0.8)
            self.show_patch(step)
            parts = self.sum.terms(step)
            for number, part in enumerate(parts):
                self.lift(part, number, len(parts))
                self.appear(part, into=self.sum, seconds=0.25)
            self.rest(0.4)
        result = self.sum.result(step)
        with self.beat(
            "{count} products add up to {sum}: the first number of the map.",
            count=count,
            sum=step.result,
            focus=[self.landing],
        ):
            self.appear(result, into=self.sum, scale=0.8)
            self.carry(step, result[-1].copy())
            self.rest(0.8)

    def repeat(self, step: Any) -> None:
        """Make the number of a window once more, all of it at once."""
        self.step(1, len(self.s.trace), noun="window")
        told: Template = "{count} weights meet {count} pixels: {count} products make one number."
        with self.beat(told, count=step.products.size, focus=[self.landing]):
            self.appear(self.window, seconds=0.3)
            self.take_up(seconds=0.8)
            self.show_patch(step)
            self.appear(*self.sum.terms(step), into=self.sum)
            self.rest(0.5)
            self.appear(result := self.sum.result(step), into=self.sum, scale=0.8)
            self.carry(step, result[-1].copy())
            self.rest(0.6)

    def lift(self, part: Any, row: int, rows: int) -> None:
        """Let a row of the window, numbers and weights, travel to where its products are written."""
        columns = self.s.trace.weight.shape[3]
        if rows != self.s.trace.weight.shape[2] or not isinstance(self.sum, Sum):
            return
        (left, y, _), right, flights = part.get_left(), part.get_right()[0], []
        wide = (right - left) / columns
        for column in range(columns):
            index = row * columns + column
            place = Box(left + column * wide, y, left + (column + 1) * wide, y)
            at = (row, column) if self.patch else self.window.cells()[index]
            numbers = (self.patch or self.x).copy_of(at)[1:]
            tags = [tag.copy() for tag in self.window.tags[index : index + 1]]
            flights.append(([*numbers, *tags], place))
        self.fly(*flights, scale=0.8, seconds=0.4)

    def take_up(self, *, seconds: float) -> None:
        """Let the window carry the weights; in windows that follow fast they could not be read."""
        if self.kernel is not self.sum and not self.window.tags:
            self.window.take_up(self, self.kernel, seconds=seconds)

    def carry(self, step: Any, number: Any) -> None:
        """Let the sum travel to its cell, around what it was made of."""
        cell = step.output_index[-2:]
        self.landing.lay(cell)
        box = self.y.cell_box(cell)
        scale = min(1.0, 0.5 * box.height / number.height)
        self.play(number.animate(path_arc=_BOW).scale(scale).move_to((*box.center, 0)), run_time=0.8)
        self.remove(number)
        self.y.show([cell])
        self.add(self.landing)

    def visit(self, step: Any, seconds: float) -> None:
        """Slide the window to a step and show all that it makes."""
        self.remove(self.lens)
        self.move(self.window, step.padded_origin[-2:], seconds)
        self.show(step)
        self.sum.write(step)
        self.show_patch(step)

    def show(self, step: Any) -> None:
        """Put the result of a step into its cell."""
        cell = step.output_index[-2:]
        self.y.show([cell])
        self.landing.lay(cell)
        self.add(self.landing)
        self.step(step.index + 1, len(self.s.trace), noun="window")

    def run(self, steps: Any) -> None:
        """Go through the other windows, fast."""
        few = len(steps) <= MOST_VISITS
        if not few:
            self.vanish(self.sum, self.lens, *([self.patch] if self.patch else []))
        if len(steps) > _MOST_TAGGED:
            self.window.put_down()
        listeners = (self.show, self.sum.write, self.show_patch) if few else (self.show,)
        self.walk(steps, self.window, *listeners, seconds=min(7.0, 0.4 * len(steps)))

    def compare(self, step: Any) -> None:
        """Go to a window whose two sides weigh alike, if there is one."""
        if step is None:
            return
        sentence, fields = words.alike(step)
        self.visit(step, 0.4)
        self.uncount()
        with self.beat(sentence, focus=[self.landing, self.window], **fields):
            self.rest(1.0)

    def gather(self) -> None:
        """Let every window travel to its number, one after the other."""
        trace, ink = self.s.trace, self.theme.kernel
        if not 2 < len(trace) <= MOST_VISITS:
            return
        window, landed = Window(self.x, trace.weight.shape[2:], trace.dilation), []
        for step in trace:
            start, end = window.lay(step.padded_origin[-2:]).box, self.y.cell_box(step.output_index[-2:])
            around, cell = (Rectangle(box, outline=ink, width=3.0) for box in (start, end))
            self.play(Transform(around, cell), run_time=max(_FLIGHT, _FLIGHTS / len(trace)))
            landed.append(around)
        self.vanish(*landed)

    def lay_back(self) -> None:
        """Let every answer light up in the middle of its window, a strong one solid; the picture is seen once more."""
        trace, middle, strongest = self.s.trace, [reach // 2 for reach in self.window.span], self.y.scale_of_fill
        if not 2 < len(trace) <= MOST_VISITS:
            return
        self.window.put_down()
        self.x.rename("map over input")
        self.vanish(self.window, *self.x.labels.values(), seconds=0.2)
        rows: dict[int, list[Rectangle]] = {}
        for step in trace:
            cell, (row, column) = step.output_index[-2:], step.padded_origin[-2:]
            answer = Rectangle(self.x.cell_box((row + middle[0], column + middle[1])), fill=self.y.color_of(cell))
            answer.set_fill(opacity=min(1.0, abs(step.result) / strongest) ** _GAMMA)
            rows.setdefault(cell[0], []).append(answer)
        for answers in rows.values():
            self.add(*answers)
            self.hold(1.2 / len(rows))
        laid = [answer for answers in rows.values() for answer in answers]
        for change in (self.remove, self.add):
            self.hold(0.7)
            change(*laid)
        self.add(self.window)

    def answer(self, step: Any) -> None:
        """Go back to the strongest answer and say why it is strong."""
        sentence, fields = words.why(step)
        self.visit(step, 0.4)
        self.uncount()
        self.take_up(seconds=0.0)
        with self.beat(sentence, focus=[self.landing, self.window], **fields):
            for side in self.sides():
                self.point(side, seconds=0.8)
            self.rest(1.0)

    def sides(self) -> list[Box]:
        """Return the two sides of the window that the kernel compares, or none."""
        weights, (row, column), (rows, columns) = self.s.kernel.values, self.window.cell, self.window.span
        if not words.compares(weights):
            return []
        if words.is_odd(weights):
            wide = (weights.shape[1] // 2 - 1) * self.window.dilation[1] + 1
            return [self.x.cell_box((row, at), rows, wide) for at in (column, column + columns - wide)]
        high = (weights.shape[0] // 2 - 1) * self.window.dilation[0] + 1
        return [self.x.cell_box((at, column), high, columns) for at in (row, row + rows - high)]

    def show_patch(self, step: Any) -> None:
        """Enlarge the pixels below the window, where they are too small to be read."""
        if self.patch is None:
            return
        self.remove(self.lens)
        ink = self.theme.kernel
        if self.patch.box.left > self.x.box.right:
            around = Outline(self.patch, (0, 0), *self.patch.values.shape, color=ink)
            self.lens = Beam(self.window.frame, around, ink)
            self.add(self.lens)
        self.add(self.patch, self.window)
        self.patch.become(step.values[0])
