"""Moving digits: what a step aside does to a dense network and to convolutional ones, as measured."""

from manim import Group

from cnnviz import subjects
from cnnviz.nn.experiments import Chart
from cnnviz.stage import Column, Outline, Row, Setting, counted
from cnnviz.stage.language import Template
from cnnviz.stage.pictures.seeds import Seeds
from cnnviz.stage.stories.stepping import NETWORKS, ROLES, Stepping

MLP, FLAT, POOLED = NETWORKS
ANYWHERE: dict[str, Template] = {
    MLP: "The MLP reads {right} % anywhere: it has to learn each digit again at every place.",
    FLAT: "The CNN that flattens reads {right} %: behind its maps, places have weights of their own.",
    POOLED: "Having learned from digits that move, the pooled CNN reads {right} % anywhere.",
}
SLOWLY = 0.35  # seconds for a digit that has moved
POOL = 2  # cells a side that the first pooling of the pooled network takes together


class MovingDigits(
    Stepping,
    subject=subjects.Moving,
    takeaway="A dense network learns a digit for its place; a convolution moves along, and pooling all of it lets go.",
    concepts=("translation", "MLP", "CNN", "invariance", "pooling", "parameter sharing"),
    seconds=56,
):
    """A digit walks away from where a network learned it; then three networks, and digits that move from the start."""

    title = "Moving digits"
    subtitle = "what a step aside does"

    def tell(self, s: subjects.Moving) -> None:
        """Walk one digit, then show what was measured on many."""
        self.meet(s)
        self.walk_away(s)
        self.shift(s)
        self.learn(s)

    def measured(self, chart: Chart, title: Template, note: Template, wide: float, high: float) -> Seeds:
        """Make axes for what was measured, in these shares of the stage."""
        size = wide * self.frame.stage.width, high * self.frame.stage.height
        return Seeds(chart, ROLES, self.s.along(chart), size, title, note)

    def shift(self, s: subjects.Moving) -> None:
        """Shift digits before networks that learned them in the middle."""
        self.near = course = self.measured(
            s.close, "learned in the middle", "cells aside", *((0.55, 0.95) if self.flat else (1.0, 0.42))
        )
        told: Template = "Many digits, three networks of one size, {seeds}: in the middle all read well."
        with self.beat(told, seeds=counted("{count} seed", "{count} seeds", s.seeds)) as beat:
            self.vanish(Group(self.chart, self.answer))
            self.x.become(s.walk[0].ink)
            self.rearrange(self.x, course)
            course.know(0)
            beat.focus = [course.box]
            self.rest(1.2)
        windows: list[Outline] = []
        for number, place in enumerate(s.close.places[1:], 1):
            fields = {"mlp": s.percent(s.close, MLP, place), "pooled": s.percent(s.close, POOLED, place)}
            is_back = fields["pooled"] > s.percent(s.close, POOLED, s.close.places[number - 1])
            told = "{by} aside: the MLP reads {mlp} %, the pooled CNN {pooled} %."
            if is_back:
                told = "{by} aside: the MLP reads {mlp} %, the pooled CNN is back at {pooled} %."
            with self.beat(told, by=counted("{count} cell", "{count} cells", int(place)), focus=course.box, **fields):
                self.stand(int(place), *windows[-1:])
                self.play(course.go(course.far[number]), run_time=0.6)
                course.know(number)
                self.rest(0.6)
            if is_back and not windows:
                windows = self.explain(int(place))
        self.remove(*windows)

    def explain(self, by: int) -> list[Outline]:
        """Lay the windows of the first pooling on the canvas, and let the digit step across them and back."""
        windows = [
            Outline(self.x, (row, column), POOL, POOL, color=self.theme.muted, width=1.0)
            for row, column in self.x.everywhere()
            if row % POOL == column % POOL == 0
        ]
        around = Outline(self.x, *self.place(by), color=self.theme.role(ROLES[POOLED]))
        told: Template = "Its first pooling takes 2 × 2 cells: even steps move whole windows, odd ones cut them."
        with self.beat(told, focus=around):
            self.appear(*windows, around)
            for at in (by, by - 1, by):
                self.stand(at, around)
                self.rest(1.1)
        return [*windows, around]

    def learn(self, s: subjects.Moving) -> None:
        """Let networks learn from digits that move."""
        chart, near = s.apart, self.near
        beside, stage = self.frame.width > self.frame.height, self.frame.stage
        shares = (0.35, 0.95) if beside else (0.46, 0.62) if self.flat else (1.0, 0.34)
        far = self.measured(chart, "learned while moving", "up to so many cells aside", *shares)
        near.resize(*far.room)
        with self.beat("Now let them learn from digits that move, too. Does that help?", focus=self.x):
            canvas = Column(self.x, Setting(s.setting, 0.2 * stage.width)) if beside else self.x
            self.rearrange(canvas, *([near, far] if beside or not self.flat else [Row(near, far)]), gap=0.3)
            for number, place in enumerate(chart.places):
                self.hop(place)
                self.play(far.go(far.far[number]), run_time=0.4)
                far.know(number)
        *before, told = ANYWHERE.items()
        for name, sentence in before:
            with self.beat(sentence, right=s.percent(chart, name, place), focus=far.number(name)):
                self.hop(place, pause=SLOWLY)
        self.close(
            told[1],
            right=s.percent(chart, told[0], place),
            focus=far.number(told[0]),
            motion=lambda: self.hop(place, pause=SLOWLY),
        )
