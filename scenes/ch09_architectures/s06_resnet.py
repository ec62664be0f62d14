"""ResNet: why deeper was worse, what a skip adds, and what gradients and errors say about it, as measured."""

from cnnviz import subjects
from cnnviz.nn.experiments import Point
from cnnviz.stage import Column, Course, Grid, Ladder, Outline, Row, Scene, Slot, Spread, bypass, say
from cnnviz.stage.formula import number, tinted
from cnnviz.stage.language import Template
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.subjects.skips import FIRST

KINDS: tuple[Template, ...] = ("plain", "batch norm", "skips", "skips and batch norm")
PLAIN, NORM, SKIPS, BOTH = KINDS
ROLES = ("negative", "kernel", "input", "output")
APART = 1.0  # units: between the pictures of a block


class ResNet(
    Scene,
    subject=subjects.Skips,
    takeaway="A skip lets a block add to its input; with batch norm as well, depth no longer hurts.",
    concepts=("ResNet", "skip connection", "degradation", "vanishing gradient", "batch normalization"),
    seconds=50,
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

    def errors(self, points: dict[str, Point], roles: str | dict[str, str], detail: str) -> Spread:
        """Set a chart of errors, a line for each network, on the whole stage."""
        errors, stage = self.subject.errors, self.frame.stage
        every = [value for series in errors.series for point in series.points for value in point.values]
        size, look = (stage.width, stage.height - TITLE_HEIGHT), {"said": errors.said, "over": every, "role": roles}
        chart = Spread(points, *size, title="wrong", detail=detail, **look)
        self.arrange(chart)
        return chart

    def deepen(self, s: subjects.Skips) -> None:
        """Show errors of plain networks, and ask about the deepest."""
        *some, last = s.depths
        names = {depth: say("{depth} convolutions", depth=int(depth)) for depth in s.depths}
        points = {name: s.errors[PLAIN].at(depth) for depth, name in names.items()}
        chart = self.errors(points, ROLES[0], say("of the digits learned from"))
        few, before, row = int(some[-1]), s.error(PLAIN, some[-1]), chart.row(names[last])
        with self.beat("{few} convolutions learn their digits with {error} % wrong.", few=few, error=before, focus=row):
            for depth in some:
                self.appear(chart.show(names[depth]), seconds=0.6)
        with self.beat("{depth} could do all that, and more. How many do they get wrong?", depth=int(last), focus=row):
            self.rest(2.2)
        told: Template = "{error} % of the very digits they learned from: deeper got worse."
        if s.error(PLAIN, last) <= before:
            told = "{error} %: here, deeper is no worse."
        with self.beat(told, error=s.error(PLAIN, last), focus=row):
            self.appear(chart.show(names[last], lit=True), seconds=0.6)
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
        apart = APART if self.frame.width >= self.frame.height else APART / 2
        self.arrange(Column(Row(x, change, y, gap=apart), Slot(1, 0.25), ladder, gap=0.25))
        self.remove(y)
        marks = [Outline(grid, cell, color=self.theme.text) for grid in (x, change, y)]
        straight, into, past = bypass(x, change, y)
        with self.beat("A block of convolutions makes a change of what comes in.", focus=change):
            self.appear(straight)
            self.rest(0.6)
        with self.beat("A skip leads round it: what comes in is added to what they make.", focus=[past, *marks]):
            self.appear(past, into, y)
            self.add(*marks)
            a, b, total = (tinted(number(grid.values[cell]), self.theme.role(grid.role)) for grid in (x, change, y))
            ladder.climb(self, ladder.rungs("x + F(x)", f"{a} + ({b})", total), pause=0.3)
            y.show([cell])
        self.remove(*marks)
        least = sorted(change.everywhere(), key=lambda at: abs(change.values[at]))[:2]
        marks = [Outline(grid, at, color=self.theme.text) for at in least for grid in (x, change, y)]
        told: Template = "Where the change is near 0, the input passes on almost as it was."
        with self.beat(told, focus=marks):
            self.add(*marks)
            self.walk(y.everywhere(), None, lambda at: y.show([at]), seconds=2.0)
        self.vanish(x, change, y, ladder, straight, into, past, *marks)

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
        told = "Skips pull harder, {skips}; skips and batch norm, {both}, lie in between."
        with self.beat(told, skips=lines[SKIPS][last], both=lines[BOTH][last], focus=course.box):
            self.rest(1.0)
        self.vanish(course)
        self.remove(course)

    def try_again(self, s: subjects.Skips) -> None:
        """Show the errors of all four kinds, as deep as they go."""
        last = s.depths[-1]
        points = {say(kind): s.errors[kind].at(last) for kind in KINDS}
        deep = say("{depth} convolutions", depth=int(last))
        chart = self.errors(points, dict(zip(points, ROLES, strict=True)), deep)
        asked: Template = "Plain, they failed. Which of the others learn, {depth} deep?"
        with self.beat(asked, depth=int(last), focus=[chart.row(say(kind)) for kind in KINDS[1:]]):
            self.appear(chart.show(say(PLAIN)), seconds=0.5)
            self.rest(1.6)
        told: tuple[tuple[str, Template], ...] = (
            (NORM, "Batch norm alone, {depth} deep: {error} % wrong."),
            (SKIPS, "Skips alone: {error} %, a matter of luck."),
            (BOTH, "Both: {error} %. Now {depth} convolutions learn what they are shown."),
        )
        for kind, sentence in told:
            with self.beat(sentence, depth=int(last), error=s.error(kind, last), focus=chart.row(say(kind))):
                self.appear(chart.show(say(kind), lit=kind == BOTH), seconds=0.6)
                self.rest(0.8)
        closing: Template = "With skips and batch norm, depth no longer hurts: {error} % wrong, {depth} deep."
        if s.error(BOTH, last) > s.error(BOTH, s.depths[-2]):
            closing = "Skips and batch norm: {error} % wrong, {depth} deep."
        self.close(closing, error=s.error(BOTH, last), depth=int(last), focus=chart.row(say(BOTH)))
