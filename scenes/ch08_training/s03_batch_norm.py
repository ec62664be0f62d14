"""Batch normalization: mean, variance, scale and shift of one channel, all worked, and what takes over in use."""

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Ladder, NumberLine, say
from cnnviz.stage.formula import number, tinted
from cnnviz.stage.language import Template
from cnnviz.stage.stories.running import Running

GAP = 0.16


class BatchNorm(
    Running,
    subject=subjects.BatchNorm,
    takeaway="Batch normalization brings a channel to mean 0 and variance 1, then to the scale the network wants.",
    concepts=("batch normalization", "mean", "variance", "running mean", "inference"),
    seconds=38,
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

    def reveal(self, row: Grid, values: list[float], role: str = "") -> None:
        """Show a row, and move the dots."""
        self.play(self.line.go(values, role), run_time=1.2)
        row.show()

    @staticmethod
    def written(values: list[float]) -> list[str]:
        """Write numbers for a sum, negative ones in brackets."""
        return [f"({number(value)})" if value < 0 else number(value) for value in values]
