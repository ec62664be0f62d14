"""Scores and what is made of them: a column for each kind of number, a row for each class, and bars of the shares."""

from __future__ import annotations

from typing import Any

from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import LABEL, Box
from cnnviz.stage.mobjects.bars import Bars
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.ladder import Ladder
from cnnviz.stage.pictures.made import Made
from cnnviz.stage.place import Column, Row
from cnnviz.stage.scene import Scene
from cnnviz.stage.text import Label
from cnnviz.subjects.number import cell_text
from cnnviz.subjects.softmax import Softmax, State

KINDS: tuple[tuple[Template, str, float | None], ...] = (
    ("score", "input", None),
    ("power", "output", None),
    ("share", "output", 1.0),
    ("loss", "gradient", None),
    ("gradient", "gradient", 1.0),
)


class Scoring(Scene):
    """Columns that come one after the other; the bars give way to those of the loss."""

    def build(self, s: Softmax) -> None:
        """Set a column for each kind of number, bars beside or below them, and room for the formula."""
        count, stage, beside = len(s.scores), self.frame.stage, self.frame.width >= self.frame.height
        side = min(0.88, (stage.height - 2.0) / count, (stage.width - 5.2) / 5) if beside else 0.8
        widest = {cell_text(value) for value in s.every}
        self.columns = [
            Grid(values[:, None], role, title, detail="", scale=scale, hidden=bool(at), side=side, widest=widest)
            for at, (values, (title, role, scale)) in enumerate(zip(s.state.columns, KINDS, strict=True))
        ]
        self.names = [say("class {number}", number=index) for index in range(count)]
        self.classes = Made(0.95, count * side, self.named, " ")
        table = Row(self.classes, *self.columns, gap=0.26 if self.frame.is_wide else 0.16)
        wide, pitch = (min(6.0, stage.width - table.extent(side)[0] - 0.4), side) if beside else (stage.width, 0.55)
        ends = [""] * count if beside else self.names
        bars = Made(wide, count * pitch, lambda box: Bars(ends, box, theme=self.theme, size=25), " " * beside)
        self.ladder = Ladder(min(stage.width, 11.0), 2, size=32 if beside else 27)
        rows = [Row(table, bars)] if beside else [table, bars]
        self.fit(Column(*rows, self.ladder, gap=0.15 if beside else 0.5))
        self.last, self.first = bars, bars
        if beside:  # until the columns of the loss are there, the bars take their room, too
            left, box = self.columns[3].box.left, bars.box
            self.first = Made(box.right - left, box.height, bars.make)
            self.first.settle(left, box.top, side)
        self.bars: Any = self.first.made
        self.right: int | None = None
        self.add(self.classes, self.columns[0], self.first, self.ladder)

    def named(self, box: Box, right: int | None = None) -> list[Label]:
        """Write the names of the classes before their rows; that of the right one stands out."""
        pitch, inks = box.height / len(self.names), {right: self.theme.highlight}
        places = [(box.left, box.top - (row + 0.5) * pitch) for row in range(len(self.names))]
        made = enumerate(zip(self.names, places, strict=True))
        return [Label(name, LABEL, inks.get(row, self.theme.text), at=at, align="left") for row, (name, at) in made]

    def make_room(self, state: State) -> None:
        """Let the bars give way to the last columns, where these stand between."""
        if self.last is not self.first:
            self.vanish(self.first)
            self.bars = self.last.made
            self.bars.show(state.shares.tolist())
            self.appear(self.last)

    def become(self, state: State) -> None:
        """Show another state in all columns that are open."""
        for column, values in zip(self.columns, state.columns, strict=True):
            if column.shown:
                column.become(values[:, None])
        if self.right is not None:
            self.columns[3].only([(self.right, 0)])

    def draw(self, state: State, label: int | None = None) -> None:
        """Bring the bars to the shares of a state; that of the right class stands out."""
        shares = state.shares.tolist()
        self.play(self.bars.grow(shares), run_time=0.5)
        self.bars.show(shares, best=label)
        if label is not None:
            self.right = label
            self.columns[3].only([(label, 0)])

    def reveal(self, column: Grid) -> None:
        """Show a column from above."""
        self.appear(column, seconds=0.3)
        for cell in column.everywhere():
            column.show([cell])
            self.hold(0.25)
