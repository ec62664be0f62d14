"""The pipeline: one run of the real code from files to a test, and what leaking test digits claim, as measured."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Bars, Column, Course, Grid, Made, Outline, Row, Scene, Slot, Spread, counted, say
from cnnviz.stage.language import Template
from cnnviz.stage.layout import LABEL
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.stage.text import Label

WAYS: tuple[Template, ...] = ("tested once", "chosen by the test", "test digits learned")
ONCE, CHOSEN, LEARNED = WAYS
NAMES: tuple[Template, ...] = ("training", "validation", "test")
CODE: tuple[Template, ...] = (
    "data = digits()",
    "bincount(data.labels)",
    "split = digits_split()",
    "images = data.images / 16",
    "network = tiny_cnn()",
    "fit(network, split.train, validation=split.validation)",
    "evaluate(network, split.test)",
)
GAP, LINE = 0.35, 0.45


class Pipeline(
    Scene,
    subject=subjects.Pipeline,
    takeaway="Put the test away before anything is learned, and open it once: only then its number is true.",
    concepts=("training", "validation", "test", "normalization", "leakage"),
    seconds=51,
):
    """From digits on disk to a number one can trust."""

    title = "The pipeline"
    subtitle = "one run of the real code"

    subject: subjects.Pipeline

    def tell(self, s: subjects.Pipeline) -> None:
        """Go through seven stages, then leak."""
        stage = self.frame.stage
        self.code, self.room = Slot(stage.width, LINE), Slot(stage.width, stage.height - LINE - GAP)
        self.arrange(Column(self.code, self.room, gap=GAP))
        self.prepare_data(s)
        self.learn(s)
        self.test(s)
        self.leak(s)

    def act(self, number: int, *items: Any) -> None:
        """Write the line of code of a stage, and set its pictures."""
        self.step(number, len(CODE), noun="stage")
        box = self.code.box
        self.code.put(
            Label(say(CODE[number - 1]), LABEL, self.theme.kernel, at=(box.left, box.center[1]), align="left")
        )
        self.fit(*items, room=self.room.box, gap=GAP)

    def clear(self, picture: Any) -> None:
        """Take a picture away, its title, too."""
        self.vanish(picture)
        self.remove(picture)

    def bars(self, numbers: dict[str, int], role: str, title: Template, *, upward: bool = False) -> Made:
        """Make a bar for each count."""
        wide, high = self.room.box.width, self.room.box.height - TITLE_HEIGHT
        look: dict[str, Any] = {"role": role, "peak": max(numbers.values()), "upward": upward, "widest": "88,888"}

        def make(box: Any) -> Bars:
            return Bars([*numbers], box, theme=self.theme, write=lambda value: f"{value:,.0f}", **look)

        return Made(wide * (0.8 if self.frame.is_wide else 1.0), min(high, 3.4), make, title, role=role)

    def prepare_data(self, s: subjects.Pipeline) -> None:
        """Load, look, split and scale."""
        sheet = Grid(s.sheet, "input", "digits", detail=f"{s.count:,} × 8 × 8", scale=16.0, form="pixels")
        self.act(1, sheet)
        told: Template = "{count} written digits. How do they become a network that one can trust?"
        with self.beat(told, count=s.count, focus=sheet):
            self.appear(sheet)
            self.rest(1.8)
        self.vanish(sheet)
        least, most = min(s.labels), max(s.labels)
        chart = self.bars({str(i): n for i, n in enumerate(s.labels)}, "input", "of each digit", upward=True)
        self.act(2, chart)
        with self.beat("Look before you learn: {least} to {most} of each, none is rare.", least=least, most=most):
            self.show(chart, s.labels)
        self.clear(chart)
        names = {say(name): s.parts[name] for name in NAMES}
        chart = self.bars(names, "input", "parts")
        self.act(3, chart)
        with self.beat(
            "Split first: {test} digits are put away, until the end.", test=s.parts["test"], focus=chart.box
        ):
            self.show(chart, [*names.values()])
        self.clear(chart)
        ink = Grid(s.ink, "input", "as loaded", detail=say("0 to 16"), scale=16.0)
        scaled = Grid(s.scaled, "input", "scaled", detail=say("0 to 1"), scale=1.0, hidden=True, widest=["0.25"])
        self.act(4, ink, scaled)
        with self.beat("Scale: all numbers from 0 to 1, so that no weight begins too strong.", focus=scaled):
            self.appear(ink, scaled)
            self.fill(scaled)
        self.vanish(ink, scaled)

    def show(self, chart: Made, numbers: list[int]) -> None:
        """Let bars grow."""
        self.appear(chart)
        self.play(chart.made.grow(numbers), run_time=1.0)
        chart.made.show(numbers)
        self.rest(0.8, focus=chart.box)

    def fill(self, grid: Grid) -> None:
        """Show a grid row by row."""
        across = range(grid.columns)
        self.walk(range(grid.rows), None, lambda row: grid.show([(row, column) for column in across]), seconds=2.0)

    def learn(self, s: subjects.Pipeline) -> None:
        """Design a network, train it, and keep its best epoch."""
        chart, total = self.bars(s.parameters, "kernel", "parameters"), sum(s.parameters.values())
        chart.detail = f"{total:,}"
        self.act(5, chart)
        with self.beat("Design: two convolutions and a dense layer, {total} parameters.", total=total, focus=chart.box):
            self.show(chart, [*s.parameters.values()])
        self.clear(chart)
        run = s.run
        losses = dict(zip(NAMES[:2], run.loss.T.tolist(), strict=True))
        look = {"roles": ("input", "output"), "powers": True, "along": say("epoch")}
        size = self.room.box.width * (0.8 if self.frame.is_wide else 1.0), min(4.0, self.room.box.height - TITLE_HEIGHT)
        course = Course(losses, *size, title="loss", **look)
        self.act(6, course)
        with self.beat("Train: {epochs} epochs of cross-entropy and AdamW.", epochs=str(run.epochs), focus=course.box):
            self.appear(course)
            course.tell(0)
            self.play(course.go(run.epochs), run_time=2.4)
            course.show(run.epochs)
        told: Template = "Keep the best by validation: epoch {best}. The test has no say in it."
        with self.beat(told, best=run.best, focus=course.box):
            self.appear(course.mark(run.best, say("epoch {epoch}", epoch=run.best)), into=course)
            course.tell(run.best)
        self.clear(course)

    def test(self, s: subjects.Pipeline) -> None:
        """Test once, digit by digit."""
        told = say("{right} of {asked} right", right=s.right, asked=s.asked)
        tested = Grid(s.tested, "output", "test digits", detail=told, form="pixels", hidden=True, ruled=True)
        self.act(7, tested)
        with self.beat("Test once: {right} of {asked} are read right.", right=s.right, asked=s.asked, focus=tested):
            self.appear(tested)
            self.fill(tested)
            marks = [Outline(tested, cell, color=self.theme.highlight) for cell in s.misread]
            self.add(*marks)
            self.rest(0.6)
            self.point(*marks)
            self.rest(0.8)
        self.vanish(tested, self.code, *marks)

    def leak(self, s: subjects.Pipeline) -> None:
        """Compare what tests claim with what is true, with every seed."""
        stage, beside = self.frame.stage, self.frame.width > self.frame.height
        size = (stage.width / 2 - GAP, 0.6 * stage.height) if beside else (stage.width, 0.33 * stage.height)
        every = [v for chart in (s.claimed, s.true) for each in chart.series for v in each.points[0].values]
        names: tuple[Template, ...] = ("what the test claims", "what is true")
        claimed, true = charts = [
            Spread({say(w): chart[w].points[0] for w in WAYS}, *size, title, said=chart.said, over=every)
            for chart, title in zip((s.claimed, s.true), names, strict=True)
        ]
        self.arrange((Row if beside else Column)(*charts, gap=GAP))
        told: Template = "Few digits, {seeds}. What if the test is used to choose, or is learned from?"
        with self.beat(told, seeds=counted("{count} seed", "{count} seeds", s.seeds), focus=[c.box for c in charts]):
            self.rest(1.8)
        told = "Tested once, it claims {claimed} %, and {true} % are true."
        self.reveal(charts, ONCE, told)
        told = "The best of several, chosen by the test: {claimed} % claimed, {true} % true."
        self.reveal(charts, CHOSEN, told)
        told = "With the test digits learned: {claimed} % claimed, {true} % true."
        self.reveal(charts, LEARNED, told)
        told = "Put the test away first, and open it once."
        if s.flatters:
            told = "A test that leaked flatters. Put it away first, and open it once."
        self.close(told, focus=[claimed.box, true.box])

    def reveal(self, charts: list[Spread], way: str, told: Template) -> None:
        """Show what one way claims, and what is true."""
        s = self.subject
        numbers = {"claimed": s.percent(s.claimed, way), "true": s.percent(s.true, way)}
        with self.beat(told, focus=[chart.row(say(way)) for chart in charts], **numbers):
            for chart in charts:
                self.appear(chart.show(say(way)), seconds=0.6)
                self.hold(0.5)
