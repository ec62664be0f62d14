"""Dropout: chance silences some numbers of a layer, in each step others, and on average their sum stays."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import VGroup

from cnnviz.stage.language import Template, say
from cnnviz.stage.mobjects.shapes import Strokes
from cnnviz.stage.mobjects.tiles import Disks
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import TITLE_HEIGHT, Slot
from cnnviz.stage.place import Column, Item, Row, Table
from cnnviz.stage.scene import Scene
from cnnviz.subjects.number import cell_text
from cnnviz.subjects.overfitting import CHANCE, MANY, Overfitting

_GAP = 0.4
_FAN, _CLASSES, _THIN, _DOT = 0.1, 10, 1.4, 0.07  # to the next layer: width in stages, numbers there, lines, dots


class Dropping(Scene):
    """Numbers of a layer, what dropout leaves of them in some steps, and the sums."""

    def drop(self, s: Overfitting) -> list[Any]:
        """Let chance silence some numbers of a layer, in each step others; return what stands there."""
        beside, rest = self.frame.width > self.frame.height, round(1 - CHANCE, 9)
        part = f"÷ {cell_text(rest)}"
        look: dict[str, Any] = {"scale": s.largest, "widest": ["8.88"], "detail": ""}
        x = Grid(s.hidden[:, None], "input", "hidden", **look)
        look |= {"hidden": True}
        titled = {**look, "detail": part} if self.frame.is_wide else {**look, "note": part}
        self.steps = steps = [
            Grid(y[:, None], "output", say("step {number}", number=number), **titled)
            for number, y in enumerate(s.dropped, 1)
        ]
        sums = [Grid(y.values.sum(keepdims=True), y.role, "sum", **look) for y in (x, *steps)]
        mean = Grid(np.array([[s.average]]), "output", say("mean of {many}", many=MANY), **look)
        self.fans = {step: Slot(_FAN * self.frame.stage.width, TITLE_HEIGHT) for step in steps}
        fanned = [Row(*pair, gap=0.0) for pair in self.fans.items()]
        rows: list[list[Item]] = [[x, *fanned], [*sums]]
        if beside:
            rows = [[x, *fanned, Slot(0.0, 0.0)], [*sums, mean]]
        self.arrange(Column(Table(*rows, gap=(_GAP / 2, 0.1)), *[mean][beside:], gap=_GAP / 2))
        with self.beat("One remedy, dropout: with a chance of {p}, a number falls silent.", p=CHANCE, focus=x):
            self.write(steps[0])
        told: Template = "The others are divided by {rest}: the sum was {before}, now it is {after}."
        before, after = (total.values.item() for total in sums[:2])
        with self.beat(told, rest=rest, before=before, after=after, focus=sums[:2]):
            sums[0].show()
            sums[1].show()
        with self.beat("The next step drops others: no number can rely on its neighbors.", focus=steps[1:]):
            self.write(*steps[1:])
            for total in sums[2:]:
                total.show()
            self.rest(0.6)
        told = "Over {many} steps their mean is {mean}: on average, the sum stays."
        with self.beat(told, many=MANY, mean=s.average, focus=mean):
            mean.show()
        return [x, *steps, *self.fans.values(), *sums, mean]

    def write(self, *steps: Grid) -> None:
        """Write what is left behind dropout, number by number."""
        for y in steps:
            self.step(self.steps.index(y) + 1, len(self.steps), noun="step")
            for cell in y.everywhere():
                y.show([cell])
                self.hold(0.15)
            self.appear(self.fan(y), into=self.fans[y], seconds=0.3)

    def fan(self, y: Grid) -> VGroup:
        """Lead from each number that is left to every number of the next layer."""
        right, box, count = self.fans[y].box.right - 2 * _DOT, y.box, _CLASSES
        ends = [(right, box.top - (i + 0.5) * box.height / count) for i in range(count)]
        cells = [y.cell_box(cell) for cell in y.everywhere() if y.values[cell]]
        lines = [[(cell.right, cell.center[1]), end] for cell in cells for end in ends]
        return VGroup(Strokes(lines, self.theme.output, _THIN, 0.6), Disks(ends, _DOT, fill=self.theme.output))
