"""ResNet: why deeper was worse, what a skip adds, and what gradients and errors say about it, as measured."""

from cnnviz import subjects
from cnnviz.stage import Column, Course, Grid, Ladder, Outline, Scene, Spread, say
from cnnviz.stage.formula import number, tinted
from cnnviz.stage.language import Template
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.subjects.skips import FIRST

KINDS: tuple[Template, ...] = ("plain", "batch norm", "skips", "skips and batch norm")
PLAIN, NORM, SKIPS, BOTH = KINDS
ROLES = ("negative", "kernel", "input", "output")
GAP = 0.4


class ResNet(
    Scene,
    subject=subjects.Skips,
    takeaway="A skip lets a block change its input a little instead of making it anew: depth no longer hurts.",
    concepts=("ResNet", "skip connection", "degradation", "vanishing gradient", "batch normalization"),
    seconds=48,
):
    """Deeper and deeper networks on digits they learned from, and the gradients behind that."""

    title = "ResNet"
    subtitle = "what a skip is for"

    subject: subjects.Skips

    def tell(self, s: subjects.Skips) -> None:
        """Fail with depth, add a skip, look at gradients, and try again."""
        self.in_line = self.frame.width > self.frame.height
        self.deepen(s)
        self.skip(s)
        self.pull(s)
        self.try_again(s)

    def spread(self, kind: str, width: float, height: float) -> Spread:
        """Make the errors of one kind of network, a line for each depth."""
        errors, depths, role = self.subject.errors, self.subject.depths, ROLES[KINDS.index(kind)]
        points = {f"{depth:g}": errors[kind].at(depth) for depth in depths}
        every = [value for series in errors.series for point in series.points for value in point.values]
        what = say("wrong, by convolutions") if kind == PLAIN else ""
        return Spread(points, width, height, title=kind, detail=what, said=errors.said, over=every, role=role)

    def deepen(self, s: subjects.Skips) -> None:
        """Show errors of plain networks, and ask about the deepest."""
        stage, (*some, last) = self.frame.stage, s.depths
        chart = self.spread(
            PLAIN, (0.8 if self.in_line else 1.0) * stage.width, min(0.65, 4.2 / stage.height) * stage.height
        )
        self.arrange(chart)
        few, before, row = int(some[-1]), s.error(PLAIN, some[-1]), chart.row(f"{last:g}")
        with self.beat("{few} convolutions learn their digits with {error} % wrong.", few=few, error=before, focus=row):
            for depth in some:
                self.appear(chart.show(f"{depth:g}"), seconds=0.6)
        with self.beat("{depth} could do all that, and more. How many do they get wrong?", depth=int(last), focus=row):
            self.rest(2.2)
        told: Template = "{error} % of the very digits they learned from: deeper got worse."
        if s.error(PLAIN, last) <= before:
            told = "{error} %: here, deeper is no worse."
        with self.beat(told, error=s.error(PLAIN, last), focus=row):
            self.appear(chart.show(f"{last:g}", lit=True), seconds=0.6)
        self.vanish(chart)
        self.remove(chart)

    def skip(self, s: subjects.Skips) -> None:
        """Add a block's input to its output, cell by cell."""
        scale, cell = max(abs(values).max() for values in (s.x, s.change, s.y)), (0, 0)
        look = {"scale": float(scale), "detail": "", "widest": ["−0.25"]}
        x = Grid(s.x, "input", "into a block", **look)
        change = Grid(s.change, "kernel", "its convolutions", **look)
        y = Grid(s.y, "output", "sum", hidden=True, **look)
        ladder = Ladder(4.0, 2)
        self.arrange(x, change, Column(y, ladder))
        marks = [Outline(grid, cell, color=self.theme.text) for grid in (x, change, y)]
        with self.beat("A skip adds what comes into a block to what its convolutions make of it.", focus=marks):
            self.add(*marks)
            a, b, total = (tinted(number(grid.values[cell]), self.theme.role(grid.role)) for grid in (x, change, y))
            ladder.climb(self, ladder.rungs("x + F(x)", f"{a} + ({b})", total), pause=0.3)
            y.show([cell])
        self.remove(*marks)
        with self.beat("Where the convolutions do nothing, the input passes on: depth costs nothing.", focus=[x, y]):
            self.walk(y.everywhere(), None, lambda at: y.show([at]), seconds=2.0)
        self.vanish(x, change, y, ladder)

    def pull(self, s: subjects.Skips) -> None:
        """Draw the size of every gradient before training."""
        stage, lines = self.frame.stage, {kind: s.gradients[kind] for kind in KINDS}
        size = 0.9 * stage.width, min(5.0, 0.95 * stage.height) - TITLE_HEIGHT if self.in_line else 0.6 * stage.height
        axes = {"powers": True, "first": FIRST, "along": say("convolution, from the input")}
        course = Course(lines, *size, title="how strongly weights are pulled", roles=ROLES, above=True, **axes)
        self.arrange(course)
        course.tell(0)
        last = len(lines[PLAIN]) - 1
        with self.beat("Why? Before training, how large is the gradient of each convolution?", focus=course.box):
            self.rest(1.5)
            self.play(course.go(last), run_time=3.0)
            course.show(last)
        told: Template = "Plain: {plain} at the last one, a few times more before: next to nothing moves."
        if max(lines[PLAIN]) > 10 * lines[PLAIN][last]:
            told = "Plain: {plain} at the last one, more at others."
        with self.beat(told, plain=lines[PLAIN][last], focus=course.box):
            self.rest(1.0)
        told = "Skips pull harder, {skips}; with batch norm {both}: neither too much nor too little."
        with self.beat(told, skips=lines[SKIPS][last], both=lines[BOTH][last], focus=course.box):
            self.rest(1.0)
        self.vanish(course)
        self.remove(course)

    def try_again(self, s: subjects.Skips) -> None:
        """Show the errors of all four kinds."""
        stage, last = self.frame.stage, s.depths[-1]
        across = 1 if stage.height > stage.width else 2
        size = stage.width / across - GAP, (stage.height - GAP * 3) * across / 4 - TITLE_HEIGHT
        charts = {kind: self.spread(kind, *size) for kind in KINDS}
        self.arrange(*charts.values(), gap=GAP / 2)
        with self.beat("Plain, they failed. Which of the others learn, {depth} deep?", depth=int(last)):
            self.reveal(charts[PLAIN])
            self.rest(1.2, focus=charts[PLAIN].row(f"{last:g}"))
        told: tuple[tuple[str, Template], ...] = (
            (NORM, "Batch norm alone, {depth} deep: {error} % wrong."),
            (SKIPS, "Skips alone: {error} %, a matter of luck."),
            (BOTH, "Both: {error} %. Now {depth} convolutions learn what they are shown."),
        )
        for kind, sentence in told:
            row = charts[kind].row(f"{last:g}")
            with self.beat(sentence, depth=int(last), error=s.error(kind, last), focus=row):
                self.reveal(charts[kind])
        self.close("With skips, depth no longer hurts: a block need only change a little.", focus=charts[BOTH].box)

    def reveal(self, chart: Spread) -> None:
        """Show all depths, the largest one lit."""
        *some, last = chart.measured
        for depth in some:
            self.appear(chart.show(depth), seconds=0.3)
        self.appear(chart.show(last, lit=True), seconds=0.5)
