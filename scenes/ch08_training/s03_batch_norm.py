"""Batch normalization: mean, variance, scale and shift of one channel, all worked, and what takes over in use."""

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Ladder, NumberLine, Outline, Scene, say
from cnnviz.stage.formula import number, tinted
from cnnviz.stage.language import Template
from cnnviz.subjects.batch_norm import BATCHES

GAP, MOMENTUM = 0.16, 0.1


class BatchNorm(
    Scene,
    subject=subjects.BatchNorm,
    takeaway="Batch normalization brings a channel to mean 0 and variance 1, then to the scale the network wants.",
    concepts=("batch normalization", "mean", "variance", "running mean", "inference"),
    seconds=35,
    gif="batch-norm",
):
    """One channel of a batch, step by step.

    cnnviz gif batch-norm --values 1,2,3,6 --gamma 3 --beta -1
    """

    title = "Batch normalization"
    subtitle = "one scale for every channel"

    subject: subjects.BatchNorm

    def tell(self, s: subjects.BatchNorm) -> None:
        """Normalize in training, then in use."""
        self.build(s)
        self.normalize(s)
        self.use(s)

    def build(self, s: subjects.BatchNorm) -> None:
        """Set four rows of numbers beside formula and line."""
        wanted = say("× {gamma} + {beta}", gamma=s.gamma, beta=s.beta)
        kinds: tuple[tuple[Template, str, str], ...] = (
            ("one channel", "input", say("a batch of {count}", count=len(s.x))),
            ("less the mean", "input", ""),
            ("normalized", "output", ""),
            ("scaled and shifted", "output", wanted),
        )
        self.rows = [
            Grid(values[None], role, title, detail=detail, scale=s.peak, hidden=bool(index), widest=["−0.25"])
            for index, (values, (title, role, detail)) in enumerate(
                zip((s.x, s.away, s.normal, s.y), kinds, strict=True)
            )
        ]
        tall = self.frame.height > self.frame.width
        wide = self.frame.stage.width * (1.0 if tall else 0.42 if self.frame.is_wide else 0.4)
        self.ladder = Ladder(wide, 3, size=30)
        self.line = NumberLine(s.x, wide, 2.0, over=s.every)
        self.arrange(Column(*self.rows, gap=GAP), Column(self.ladder, self.line), gap=0.4)

    def normalize(self, s: subjects.BatchNorm) -> None:
        """Take the mean away, divide by the root of the variance, scale and shift."""
        x, away, normal, y = self.rows
        with self.beat("Numbers of any size. How can each channel be brought to one scale?", focus=[x, self.line.box]):
            self.rest(2.2)
        terms, count = " + ".join(self.written(s.x.tolist())), len(s.x)
        with self.beat("Their mean, {mean}, is taken away: the middle is now 0.", mean=s.mean, focus=away):
            self.work("mu", f"({terms}) / {count}", self.result(s.mean))
            self.reveal(away, s.away.tolist())
        squares = " + ".join(number(value) for value in (s.away**2).tolist())
        with self.beat("The mean of the squares is the variance, {variance}.", variance=s.variance, focus=away):
            self.work("sigma^2", f"({squares}) / {count}", self.result(s.variance))
            self.rest(0.6)
        told: Template = "Divided by its root, the numbers have variance 1."
        if s.variance < 1e-3:
            told = "They are as good as equal: a tiny number keeps the root from being 0."
        with self.beat(told, focus=normal):
            first = f"{number(s.away[0])} / sqrt({number(s.variance)} + epsilon)"
            self.work("hat(x)_1", first, self.result(s.normal[0]))
            self.reveal(normal, s.normal.tolist(), "output")
        told = "The network may want another scale and shift: it learns {gamma} and {beta}."
        with self.beat(told, gamma=s.gamma, beta=s.beta, focus=y):
            gamma, beta = (tinted(number(value), self.theme.kernel) for value in (s.gamma, s.beta))
            self.work("y_1", f"{gamma} dot ({number(s.normal[0])}) + {beta}", self.result(s.y[0]))
            self.reveal(y, s.y.tolist())

    def use(self, s: subjects.BatchNorm) -> None:
        """Let running values take the place of the batch's."""
        self.vanish(*self.rows, self.ladder, self.line)
        after = say("batch {batches}", batches=", ".join(map(str, BATCHES)))
        x = Grid(s.x[:1, None], "input", "one number", detail="", scale=s.peak)
        own = zip(("batch mean", "its variance", "normalized"), s.in_batch, strict=True)
        batch = [Grid(value, role(name), name, detail="", scale=s.peak) for name, value in own]
        names: tuple[Template, ...] = ("running mean", "running variance", "normalized")
        mean, spread, alone = (
            Grid(values, role(name), name, detail=after * (name == names[0]), scale=s.peak, hidden=True)
            for name, values in zip(names, s.in_use, strict=True)
        )
        ladder = Ladder(3.2, 2)
        self.arrange(Column(x, ladder), Column(*batch, gap=GAP), Column(mean, spread, alone, gap=GAP), gap=0.4)
        with self.beat("In use, a number may come alone: it has no batch. What now?", focus=x):
            self.rest(2.0)
        with self.beat("In training, each batch moves the running mean a tenth of the way to its own.", focus=mean):
            kept = f"{MOMENTUM} dot {number(s.mean)}"
            ladder.climb(self, ladder.rungs("m", f"{1 - MOMENTUM} dot 0 + {kept}", self.result(s.running[0][0])))
            for column in range(len(BATCHES)):
                mean.show([(0, column)])
                self.point(Outline(mean, (0, column), color=self.theme.text), seconds=0.7)
        with self.beat("The running variance follows, too.", focus=spread):
            for column in range(len(BATCHES)):
                spread.show([(0, column)])
                self.hold(0.5)
        last = len(BATCHES) - 1
        mark = Outline(alone, (0, last), color=self.theme.highlight)
        told: Template = "With them {x} alone becomes {alone}; within its batch it was {normal}."
        with self.beat(told, x=s.x[0], alone=s.alone[last], normal=s.normal[0], focus=mark):
            alone.show()
            self.add(mark)
        self.close("Training normalizes by the batch, use by the running values.", focus=[*batch, mean, spread, alone])

    def work(self, *rungs: str) -> None:
        """Write a formula, the numbers put in, and its value."""
        self.ladder.climb(self, self.ladder.rungs(*rungs), pause=0.3)

    def reveal(self, row: Grid, values: list[float], role: str = "") -> None:
        """Show a row, and move the dots."""
        row.show()
        self.play(self.line.go(values, role), run_time=1.4)

    def result(self, value: float) -> str:
        """Write a result in its color."""
        return tinted(number(value), self.theme.output)

    @staticmethod
    def written(values: list[float]) -> list[str]:
        """Write numbers for a sum, negative ones in brackets."""
        return [f"({number(value)})" if value < 0 else number(value) for value in values]


def role(name: str) -> str:
    """Return the color of what is made of the numbers, and of what is known about them."""
    return "output" if name == "normalized" else "kernel"
