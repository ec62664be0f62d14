"""A digit that steps aside before a dense network that learned digits in the middle."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import LABEL
from cnnviz.stage.mobjects.bars import Bars
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.made import Made
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.readings import Readings
from cnnviz.stage.pictures.verdict import READ
from cnnviz.stage.pictures.window import Outline
from cnnviz.stage.place import Column
from cnnviz.stage.scene import Scene
from cnnviz.subjects.moving import Walked

NETWORKS: tuple[Template, ...] = ("MLP", "CNN, flattened", "CNN, pooled")
MLP, _, _ = NETWORKS
ROLES = dict(zip(NETWORKS, ("gradient", "kernel", "output"), strict=True))
WIDE, LINE = 0.5, 0.4  # the shares of the answers in widths of the stage, and a line of text in units


class Stepping(Scene):
    """A digit on a canvas, and what the dense network says of it."""

    def meet(self, s: subjects.Moving) -> None:
        """Show a digit in the middle, and what the dense network says."""
        stage = self.frame.stage
        self.s, self.flat = s, stage.width > stage.height
        wide, high = (WIDE * stage.width, stage.height - 2.5 * LINE) if self.flat else (stage.width, 0.4 * stage.height)
        self.x = Grid(s.walk[0].ink, "input", "a digit", scale=1.0, form="pixels", ruled=True)
        look: dict[str, Any] = {"theme": self.theme, "role": ROLES[MLP], "size": LABEL}
        self.chart = Made(
            wide, high, lambda box: Bars("0123456789", box, **look), "a dense network says", role=ROLES[MLP]
        )
        self.answer = Slot(wide, LINE)
        self.arrange(self.x, Column(self.chart, self.answer, gap=0.1))
        told: Template = "A dense network learned digits in the middle, as this {digit}. What if it steps aside?"
        with self.beat(told, digit=s.digit, focus=self.x):
            self.read(s.walk[0])
            self.rest(2.0)

    def read(self, walked: Walked) -> None:
        """Show the digit where it is, the shares, and the answer."""
        shares, theme = walked.shares.tolist(), self.theme
        self.x.become(walked.ink)
        self.play(self.chart.made.grow(shares), run_time=0.7)
        self.chart.made.show(shares, self.s.digit)
        color = theme.output if walked.answer == self.s.digit else theme.negative
        self.answer.put_line([(say(READ, answer=walked.answer), color)])

    def walk_away(self, s: subjects.Moving) -> None:
        """Walk down and right, and say what the network learned and for where."""
        _, step, *further = s.walk
        told: Template = "One cell down and right, and it is read as {answer}."
        if step.answer == s.digit:
            told = "One cell down and right it is still read as {answer}, but less surely."
        with self.beat(told, answer=step.answer, focus=self.answer.box):
            self.read(step)
            self.rest(1.4)
        frame = Outline(self.x, *self.place(), color=self.theme.role(ROLES[MLP]))
        with self.beat("Every cell has its own weights, and only those in this frame ever met ink.", focus=frame):
            self.appear(frame)
            for walked in further:
                self.read(walked)
                self.rest(0.6)
        self.remove(frame)

    def place(self, by: int = 0) -> tuple[tuple[int, int], int, int]:
        """Return where digits in the middle have ink, so many cells down and right, as an outline takes it."""
        row, column, rows, columns = self.s.frame
        return (row + by, column + by), rows, columns

    def stand(self, by: int, *around: Outline) -> None:
        """Let the digit stand so many cells down and right, and what lies around it."""
        self.x.become(self.s.walked(by).ink)
        for outline in around:
            outline.lay(self.place(self.s.walked(by).by)[0])

    def hop(self, table: Readings, column: int, place: str | float, *, pause: float = 0.15) -> None:
        """Show some digits as they are placed, on the canvas of a column."""
        for ink in self.s.hops(place):
            table.stand(column, ink)
            self.hold(pause)
