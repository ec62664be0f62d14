"""The pipeline: one run of the real code from files to a test, and what leaking test digits claim, as measured."""

from cnnviz import subjects
from cnnviz.stage import Course, Grid, Outline, Row, Stages, say
from cnnviz.stage.language import Template
from cnnviz.stage.pictures.verdict import READ
from cnnviz.stage.stories.leaking import Leaking
from cnnviz.subjects.sheets import rows_for, wall_of

NAMES: tuple[Template, ...] = ("training", "validation", "test")
GAP, ZOOM = 0.35, 0.75  # between pictures; cells of a digit, in those of the answers


class Pipeline(
    Stages,
    Leaking,
    subject=subjects.Pipeline,
    takeaway="Put the test away before anything is learned, and open it once: only then its number is true.",
    concepts=("training", "validation", "test", "normalization", "leakage"),
    seconds=54,
):
    """From digits on disk to a number one can trust."""

    title = "The pipeline"
    subtitle = "one run of the real code"
    lines = (
        "data = digits()",
        "bincount(data.labels)",
        "split = digits_split()",
        "images = data.images / 16",
        "network = tiny_cnn()",
        "fit(network, split.train, validation=split.validation)",
        "evaluate(network, split.test)",
    )

    subject: subjects.Pipeline

    def tell(self, s: subjects.Pipeline) -> None:
        """Go through seven stages, then leak."""
        self.open_room()
        self.prepare_data(s)
        self.learn(s)
        self.test(s)
        self.uncount()
        self.leak(s)

    def prepare_data(self, s: subjects.Pipeline) -> None:
        """Load, look, split and scale."""
        room, look = self.room.box, {"scale": 1.0, "form": "pixels"}
        rows = rows_for(s.count, room.height, room.width)
        sheet = Grid(wall_of(s.images, rows), "input", "digits", detail=f"{s.count:,} × 8 × 8", **look)
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
            self.grow(chart, s.labels)
        self.clear(chart)
        counts = {name: f"{count:,}" for name, count in s.parts.items()}
        walls = [Grid(wall_of(s.divided[name], rows), "input", name, detail=counts[name], **look) for name in NAMES]
        self.act(3, *walls)
        told = "Split first: {test} digits are put away, until the end."
        with self.beat(told, test=s.parts["test"], focus=walls[-1]):
            self.appear(*walls, seconds=1.6)
            walls[-1].sink()
            self.rest(1.4)
        self.vanish(*walls)
        ink = Grid(s.ink, "input", "as loaded", detail=say("0 to 16"), scale=16.0)
        scaled = Grid(s.scaled, "input", "scaled", detail=say("0 to 1"), scale=1.0, hidden=True, widest=["0.25"])
        self.act(4, ink, scaled)
        with self.beat("Scale: all numbers from 0 to 1, so that no weight begins too strong.", focus=scaled):
            self.appear(ink, scaled)
            self.fill(scaled)
        self.vanish(ink, scaled)

    def learn(self, s: subjects.Pipeline) -> None:
        """Design a network, train it, and keep its best epoch."""
        total, run = sum(s.parameters.values()), s.run
        chart = self.bars(s.parameters, "kernel", "parameters", detail=f"{total:,}")
        self.act(5, chart)
        with self.beat("Design: two convolutions and a dense layer, {total} parameters.", total=total, focus=chart.box):
            self.grow(chart, [*s.parameters.values()])
        self.clear(chart)
        losses = dict(zip(NAMES[:2], run.loss.T.tolist(), strict=True))
        look = {"title": "loss", "roles": ("input", "output"), "powers": True, "along": say("epoch")}
        course = Course(losses, *self.chart_size, **look)
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
        look = {"scale": 1.0, "form": "pixels", "zoom": ZOOM}
        slips = [Grid(ink, "input", str(label), detail=say(READ, answer=read), **look) for ink, label, read in s.slips]
        self.act(7, tested, Row(*slips, gap=GAP))
        with self.beat("Test once: {right} of {asked} are read right.", right=s.right, asked=s.asked, focus=tested):
            self.appear(tested)
            self.fill(tested)
            marks = [Outline(tested, cell, color=self.theme.highlight) for cell in s.misread]
            self.appear(*marks, *slips)
            self.point(*marks)
            self.rest(1.6, focus=slips)
        self.vanish(tested, self.line, *marks, *slips)
