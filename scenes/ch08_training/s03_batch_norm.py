"""Batch normalization: mean, variance, scale and shift of one channel, all worked, and what takes over in use."""

from cnnviz import subjects
from cnnviz.stage import Column, Grid, NumberLine, Slot, Table, say
from cnnviz.stage.formula import number, tinted
from cnnviz.stage.language import Template
from cnnviz.stage.stories.running import Named, Running

GAPS = (0.4, 0.1)  # between rows side by side, and one below the other

CELL = 0.69  # units for a cell of eight, and what is around it


class BatchNorm(
    Running,
    subject=subjects.BatchNorm,
    takeaway="Batch normalization brings a channel to mean 0 and variance 1, then to the scale the network wants.",
    concepts=("batch normalization", "mean", "variance", "running mean", "inference"),
    seconds=46,
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
        """Set four rows of numbers with a formula, over an axis as wide as the stage."""
        wanted = say("× {gamma} + {beta}", gamma=s.gamma, beta=s.beta)
        kinds: tuple[tuple[Template, str, str], ...] = (
            ("one channel", "input", say("a batch of {count}", count=len(s.x))),
            ("less the mean", "input", ""),
            ("normalized", "output", ""),
            ("scaled and shifted", "output", wanted),
        )
        states = (s.x, s.away, s.normal, s.y)
        self.rows = [
            Grid(values[None], role, title, detail=detail, scale=s.peak, hidden=bool(index), widest=["−0.25"])
            for index, (values, (title, role, detail)) in enumerate(zip(states, kinds, strict=True))
        ]
        width, height = self.frame.stage.width, self.frame.stage.height
        self.high, self.names = 0.13 * min(width, height), []
        self.formula = Slot(width, self.high)
        beyond = [end for middle, root in (*s.middles, *s.passing) for end in (middle - root, middle + root)]
        self.line = NumberLine(
            [state.tolist() for state in states],
            width,
            (0.43 if self.frame.is_wide else 0.35) * min(width, height),
            over=[*beyond, *s.alone],
        )
        first, second, third, fourth = self.rows
        pair, pile = Table((first, second), (third, fourth), gap=GAPS), Column(*self.rows, gap=GAPS[1])
        order = self.roomiest([self.formula, pair, self.line], [self.formula, pile, self.line], gap=GAPS[1])
        if self.frame.is_wide:
            wide = max(map(Named.width, self.rows))
            named = [Named(row, wide) for row in self.rows]
            self.names = [each.name for each in named]
            beside = min(0.4 * width, max(0.25 * width, width - wide - CELL * len(s.x)))
            self.formula = Slot(beside, height / 2)
            order = [Column(*named, gap=GAPS[1]), self.formula, self.line]
        self.arrange(*order, gap=GAPS[1])
        self.line.stand([])

    def normalize(self, s: subjects.BatchNorm) -> None:
        """Take the mean away, divide by the root of the variance, scale and shift."""
        x, away, normal, y = self.rows
        with self.beat("Numbers of any size. How can each channel be brought to one scale?", focus=[x, self.line.box]):
            boxes = self.line.boxes(s.x.tolist())
            self.fly(*((x.copy_of((0, index)), box) for index, box in enumerate(boxes)), seconds=1.2)
            self.line.stand(s.x.tolist())
            self.rest(2.2)
        terms, count = " + ".join(self.written(s.x.tolist())), len(s.x)
        with self.beat("Their mean, {mean}, is taken away: the middle is now 0.", mean=s.mean, focus=away):
            self.work("mu", f"({terms}) / {count}", self.result(s.mean))
            self.line.balance((s.mean,))
            self.rest(0.8)
            self.reveal(away, s.away.tolist(), middle=s.middles[1][:1])
        squares = " + ".join(number(value) for value in (s.away**2).tolist())
        told: Template = "The mean of the squares is the variance, {variance}; the band reaches its root both ways."
        with self.beat(told, variance=s.variance, focus=away):
            self.work("sigma^2", f"({squares}) / {count}", self.result(s.variance))
            self.play(self.line.go(s.away.tolist(), middle=s.middles[1]), run_time=0.8)
            self.rest(0.6)
        told = "Divided by its root, the numbers have variance 1."
        if s.variance < 1e-3:
            told = "They are as good as equal: a tiny number keeps the root from being 0."
        with self.beat(told, focus=normal):
            first = f"{number(s.away[0])} / sqrt({number(s.variance)} + epsilon)"
            self.work("hat(x)_1", first, self.result(s.normal[0]))
            self.reveal(normal, s.normal.tolist(), "output", s.middles[2])
        told = "The network may want another scale and shift: it learns {gamma} and {beta}."
        with self.beat(told, gamma=s.gamma, beta=s.beta, focus=y):
            gamma, beta = (tinted(number(value), self.theme.kernel) for value in (s.gamma, s.beta))
            self.work("y_1", f"{gamma} dot ({number(s.normal[0])}) + {beta}", self.result(s.y[0]))
            self.reveal(y, s.y.tolist(), middle=s.middles[3])

    def reveal(self, row: Grid, values: list[float], role: str = "", middle: tuple[float, ...] | None = None) -> None:
        """Move the blocks, and let their numbers fly into a row."""
        self.play(self.line.go(values, role, middle), run_time=1.6)
        self.fly(*((copy, row.cell_box((0, index))) for index, copy in enumerate(self.line.copies())), seconds=0.9)
        row.show()
        self.hold(0.6)

    @staticmethod
    def written(values: list[float]) -> list[str]:
        """Write numbers for a sum, negative ones in brackets."""
        return [f"({number(value)})" if value < 0 else number(value) for value in values]
