"""Running values of batch normalization: how they follow the batches, and what they make of a lone number."""

from __future__ import annotations

from typing import Any

from cnnviz.stage.formula import number, outcome
from cnnviz.stage.glide import Glide
from cnnviz.stage.language import Template, say
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.ladder import Ladder
from cnnviz.stage.pictures.number_line import NumberLine
from cnnviz.stage.pictures.window import Outline
from cnnviz.stage.place import Column
from cnnviz.stage.scene import Scene
from cnnviz.subjects.batch_norm import BATCHES, BatchNorm

_GAP, _MOMENTUM, _ZOOM = 0.16, 0.1, 1.5  # units; what a batch moves; cells of few numbers
_MANY = 5  # digits of small numbers that are subtracted
_TALL = 1.3  # from here on, in widths, a frame is high enough for all


class Running(Scene):
    """Rows of one channel with a number line and a ladder of formulas, and the second act of their story."""

    rows: list[Grid]
    line: NumberLine
    ladder: Ladder

    def use(self, s: BatchNorm) -> None:
        """Let running values take the place of the batch's."""
        after = ", ".join(map(str, BATCHES))
        if self.frame.is_wide:
            after = say("batch {batches}", batches=after)
        own = zip(("batch mean", "its variance", "normalized"), s.in_batch, strict=True)
        look: dict[str, Any] = {"scale": s.peak, "zoom": _ZOOM}
        batch = [Grid(value, _role(name), name, detail="", **look) for name, value in own]
        names: tuple[Template, ...] = ("running mean", "running variance", "normalized")
        mean, spread, alone = running = [
            Grid(values, _role(name), name, detail=after * (name == names[0]), hidden=True, **look)
            for name, values in zip(names, s.in_use, strict=True)
        ]
        x, *others = self.rows
        self.ladder.clear()
        self.play(self.line.go(s.x.tolist(), "input"), run_time=0.6)
        columns = [Column(*each, gap=_GAP) for each in (batch, running)]
        low = not self.frame.is_wide and self.frame.height < _TALL * self.frame.width  # no room for all numbers
        if low:
            x, gone = Grid(s.x[:1, None], "input", "one number", detail="", scale=s.peak), [*self.rows, self.line]
            self.ladder = Ladder(3.2, 2)
            self.rearrange(Column(x, self.ladder), *columns, gone=gone, gap=0.4)
        else:
            self.rearrange(Column(x, self.line, self.ladder, gap=_GAP), *columns, gone=others, gap=0.4)
        with self.beat("In use, a number may come alone: it has no batch. What now?", focus=x):
            x.only([(0, 0)])
            self.rest(1.2)
        x.show()
        with self.beat("In training, each batch moves the running mean a tenth of the way to its own.", focus=mean):
            kept = f"{_MOMENTUM} dot {number(s.mean)}"
            self.work("m", f"{1 - _MOMENTUM} dot 0 + {kept}", self.result(s.running[0][0]))
            pin = None if low else self.line.append(self.line.pin(0.0, "kernel"))
            for column, (middle, _) in enumerate(s.running):
                if pin:
                    self.play(Glide(pin, (self.line.x(middle) - pin.get_x(), 0.0)), run_time=0.7)
                mean.show([(0, column)])
                self.hold(0.4 * low)
        count, less = len(s.x), len(s.x) - 1
        told: Template = "The running variance, too, by {count} / {less} of the batch's: samples spread too little."
        with self.beat(told, count=count, less=less, focus=spread):
            kept = f"{_MOMENTUM} dot {count}/{less} dot {number(s.variance)}"
            self.work("v", f"{1 - _MOMENTUM} dot 1 + {kept}", self.result(s.running[0][1]))
            for column in range(len(BATCHES)):
                spread.show([(0, column)])
                self.hold(0.4)
        last, (middle, variance) = len(BATCHES) - 1, s.running[-1]
        mark = Outline(alone, (0, last), color=self.theme.highlight)
        told = "With them {x} alone becomes {alone}; within its batch it was {normal}."
        with self.beat(told, x=s.x[0], alone=s.alone[last], normal=s.normal[0], focus=mark):
            x.only([(0, 0)])
            digits = _MANY if variance < 1 else None
            first = f"({number(s.x[0])} - {number(middle, digits)}) / sqrt({number(variance, digits)} + epsilon)"
            self.work("hat(x)_1", first, self.result(s.alone[last]))
            alone.show()
            self.add(mark)
        self.close("Training normalizes by the batch, use by the running values.", focus=[*batch, *running])

    def work(self, *rungs: str) -> None:
        """Write a formula, the numbers put in, and its value."""
        self.ladder.climb(self, self.ladder.rungs(*rungs), pause=0.3)

    def result(self, value: float) -> str:
        """Write a result in its color, behind the sign of what is only nearly equal."""
        return outcome(value, self.theme.output)


def _role(name: Template) -> str:
    """Return the color of what is made of the numbers, and of what is known about them."""
    return "output" if name == "normalized" else "kernel"
