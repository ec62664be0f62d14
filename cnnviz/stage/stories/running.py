"""Running values of batch normalization: how they follow the batches, and what they make of a lone number."""

from __future__ import annotations

from cnnviz.stage.formula import chain, number, outcome
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import LABEL, NOTE
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.number_line import NumberLine
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.window import Outline
from cnnviz.stage.place import Column, Row
from cnnviz.stage.scene import Scene
from cnnviz.stage.text import Label, text_width
from cnnviz.subjects.batch_norm import BatchNorm
from cnnviz.subjects.number import cell_text, factor_text

_GAP, _AWAY, _MOMENTUM = 0.1, 0.25, 0.1  # units, twice; what a batch moves
_LINE = 0.3  # units from a name to what is below it
_MANY = 5  # digits of small numbers that are subtracted
_TYPE = 29  # pixels at 720p, of a formula
AFTER: Template = "batch 1, 10, 50"


class Named(Row):
    """A row of cells with its title and detail before it, in a place as wide as those of other rows."""

    def __init__(self, row: Grid, width: float) -> None:
        self.row, self.name, muted = row, Slot(width, 0.1), row.theme.muted
        self.lines = [(row.title, LABEL, row.theme.role(row.role)), (row.detail, NOTE, muted)][: 1 + bool(row.detail)]
        row.title = row.detail = ""
        super().__init__(self.name, row, gap=_AWAY)

    @staticmethod
    def width(row: Grid) -> float:
        """Return how wide the name of a row is."""
        return max(text_width(row.title, LABEL), text_width(row.detail, NOTE))

    def settle(self, left: float, top: float, cell: float) -> None:
        """Place both, the name in the middle of the row's height."""
        super().settle(left, top, cell)
        y = self.row.box.center[1] + _LINE / 2 * (len(self.lines) - 1)
        for index, (text, size, ink) in enumerate(self.lines):
            self.name.append(Label(text, size, ink, at=(left, y - index * _LINE), align="left"))


class Running(Scene):
    """Rows of one channel between a formula and an axis, and the second act of their story."""

    rows: list[Grid]
    names: list[Slot]
    line: NumberLine
    formula: Slot
    high: float

    def use(self, s: BatchNorm) -> None:
        """Let running values take the place of the batch's."""
        names: tuple[Template, ...] = ("running mean", "running variance", "normalized")
        own = [say("in its batch: {value}", value=cell_text(value.item())) for value in s.in_batch]
        mean, spread, alone = running = [
            Grid(values, _role(name), name, detail=detail, note=note, scale=s.peak, hidden=True)
            for name, values, note, detail in zip(names, s.in_use, own, (say(AFTER), "", ""), strict=True)
        ]
        line, first = self.line, s.x[:1].tolist()
        with self.beat("In use, a number may come alone: it has no batch. What now?", focus=line.box):
            self.formula.clear()
            self.formula = Slot(line.box.width, self.high)
            self.play(line.go(s.x.tolist(), "input", s.middles[0]), run_time=1.0)
            others = [*line.marks[1:], *line.labels[1:]]
            line.take(*others)
            self.vanish(*others)
            line.balance(None)
            line.values, line.states = first, [first, *([value] for value in s.alone)]
            orders = ([self.formula, *each, line] for each in ([Column(*running, gap=_GAP)], running))
            self.rearrange(*self.roomiest(*orders, gap=_AWAY), gone=[*self.rows, *self.names], gap=_AWAY)
            self.rest(0.8)
        with self.beat("In training, each batch moves the running mean a tenth of the way to its own.", focus=mean):
            kept = f"{number(_MOMENTUM)} dot {factor_text(number(s.mean))}"
            self.work("m", f"{number(1 - _MOMENTUM)} dot 0 + {kept}", self.result(s.running[0][0]))
            line.balance(s.passing[0][:1])
            for column, (middle, _) in enumerate(s.running):
                self.play(line.go(first, middle=(middle,)), run_time=0.8)
                mean.show([(0, column)])
        count, less = len(s.x), len(s.x) - 1
        told: Template = "The running variance, too, by {count} / {less} of the batch's: samples spread too little."
        with self.beat(told, count=count, less=less, focus=spread):
            kept = f"{number(_MOMENTUM)} dot {count}/{less} dot {number(s.variance)}"
            self.work("v", f"{number(1 - _MOMENTUM)} dot 1 + {kept}", self.result(s.running[0][1]))
            line.balance(s.passing[0])
            for column in range(len(s.running)):
                self.play(line.go(first, middle=s.passing[column + 1]), run_time=0.8)
                spread.show([(0, column)])
        last, (middle, variance) = len(s.running) - 1, s.running[-1]
        mark = Outline(alone, (0, last), color=self.theme.highlight)
        told = "With them {x} alone becomes {alone}; within its batch it was {normal}."
        with self.beat(told, x=s.x[0], alone=s.alone[last], normal=s.normal[0], focus=mark):
            digits = _MANY if variance < 1 else None
            away = f"{number(s.x[0])} - {factor_text(number(middle, digits))}"
            top = f"({away}) / sqrt({number(variance, digits)} + epsilon)"
            self.work("hat(x)_1", top, self.result(s.alone[last]))
            line.goal = s.normal[0].item()
            for column, value in enumerate(s.alone):
                self.play(line.go([value], "" if column else "output", (0.0, 1.0)), run_time=0.9)
                alone.show([(0, column)])
            self.add(mark)
        self.close("Training normalizes by the batch, use by the running values.", focus=[*running, line.box])

    def work(self, *parts: str) -> None:
        """Write a formula, with the numbers put in, and its value, in one line."""
        box = self.formula.box
        self.formula.clear()
        for part in chain(parts, _TYPE, self.theme, at=box.center, align="center", width=box.width - _AWAY):
            self.appear(part, into=self.formula)
            self.hold(0.3)

    def result(self, value: float) -> str:
        """Write a result in its color, behind the sign of what is only nearly equal."""
        return outcome(value, self.theme.output)


def _role(name: Template) -> str:
    """Return the color of what is made of the numbers, and of what is known about them."""
    return "output" if name == "normalized" else "kernel"
