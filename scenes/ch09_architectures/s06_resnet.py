"""ResNet: why deeper was worse, what a skip adds, and what gradients and errors say about it, as measured."""

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Ladder, Outline, Row, Slot, bypass, say
from cnnviz.stage.formula import number, tinted
from cnnviz.stage.language import Template
from cnnviz.stage.stories.deepening import KINDS, Deepening
from cnnviz.subjects.skips import few_digits

PLAIN, NORM, SKIPS, BOTH = KINDS
TOLD: tuple[tuple[str, Template], ...] = (
    (PLAIN, "Plain, {depth} deep: {error} % wrong, as before."),
    (NORM, "Batch norm alone: {error} %."),
    (SKIPS, "Skips alone: {error} %, a matter of luck."),
    (BOTH, "Both: {error} %."),
)
APART = 1.0  # units: between the pictures of a block


class ResNet(
    Deepening,
    subject=subjects.Skips,
    takeaway="A skip lets a block add to its input; with batch norm as well, depth no longer hurts.",
    concepts=("ResNet", "skip connection", "degradation", "vanishing gradient", "batch normalization"),
    seconds=57,
):
    """Deeper and deeper networks on digits they learned from, and the gradients behind that."""

    title = "ResNet"
    subtitle = "what a skip is for"

    subject: subjects.Skips

    def tell(self, s: subjects.Skips) -> None:
        """Fail with depth, add a skip, look at gradients, and try again."""
        self.deepen(s)
        self.skip(s)
        self.pull(s)
        self.try_again(s)

    def deepen(self, s: subjects.Skips) -> None:
        """Show errors of plain networks, and ask about the deepest."""
        *some, last = s.depths
        names = {depth: say("{depth} convolutions", depth=int(depth)) for depth in s.depths}
        points = {name: s.errors[PLAIN].at(depth) for depth, name in names.items()}
        few, before = int(some[-1]), s.error(PLAIN, some[-1])
        self.errors(points, s.depths)
        chart, row = self.chart, self.chart.row(names[last])
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

    def skip(self, s: subjects.Skips) -> None:
        """Add a block's input to its output, cell by cell."""
        scale, cell = max(abs(values).max() for values in (s.x, s.change, s.y)), (0, 0)
        look = {"scale": float(scale), "detail": "", "widest": ["−0.25"]}
        x = Grid(s.x, "input", "into a block", **look)
        change = Grid(s.change, "kernel", "its convolutions", **look)
        y = Grid(s.y, "output", "sum", hidden=True, **look)
        ladder = Ladder(6.0, 1, size=32)
        block = Column(Row(x, change, y, gap=APART), Slot(1, 0.25), ladder, gap=0.25)
        if self.frame.width < self.frame.height:
            block = Column(x, change, y, ladder, gap=0.3)
        self.rearrange(block, gone=[self.chart, *self.chains.values()], later=[y])
        self.remove(self.chart)
        marks = [Outline(grid, cell, color=self.theme.text) for grid in (x, change, y)]
        straight, into, past = bypass(x, change, y)
        with self.beat("A block of convolutions makes a change of what comes in.", focus=change):
            self.appear(straight)
            self.rest(0.6)
        with self.beat("A skip leads round it: what comes in is added to what they make.", focus=[past, *marks]):
            self.appear(past, into, y)
            self.add(*marks)
            a, b, total = (tinted(number(grid.values[cell]), self.theme.role(grid.role)) for grid in (x, change, y))
            ladder.climb(self, ladder.rungs("x + F(x)", f"{a} + ({b}) = {total}"), pause=0.3)
            y.show([cell])
        self.remove(*marks)
        least = sorted(change.everywhere(), key=lambda at: abs(change.values[at]))[:2]
        marks = [Outline(grid, at, color=self.theme.text) for at in least for grid in (x, change, y)]
        told: Template = "Where the change is near 0, the input passes on almost as it was."
        with self.beat(told, focus=marks):
            self.add(*marks)
            self.walk(y.everywhere(), None, lambda at: y.show([at]), seconds=2.0)
        self.block = [x, change, y, ladder, straight, into, past, *marks]

    def pull(self, s: subjects.Skips) -> None:
        """Let the gradient of every layer fill it, in all four kinds of networks, before training."""
        deep = int(s.depths[-1])
        self.line_up(deep)
        asked: Template = "{depth} deep, plain or not: which of these four will learn?"
        with self.beat(asked, depth=deep, focus=[self.row(kind) for kind in KINDS]):
            self.rest(1.6)
        with self.beat(
            "Before training, the gradient comes back. A sixth of a bar more: ten times as large.",
            focus=[*self.chains.values()],
        ):
            ends = self.fill(s.gradients, PLAIN, NORM)
        pulls = {kind: s.gradients[kind][-1] for kind in KINDS}
        told = "Plain: {plain} at the last one, a few times more before: next to nothing moves."
        if max(s.gradients[PLAIN]) > 10 * pulls[PLAIN]:
            told = "Plain: {plain} at the last one, more at others."
        with self.beat(told, plain=few_digits(pulls[PLAIN]), focus=ends[0][-1]):
            self.point(ends[0][-1])
        with self.beat("Now the same with skips."):
            self.fill(s.gradients, SKIPS, BOTH)
        told = "At the last one batch norm {norm}, skips {skips}, both {both}: all pull far harder."
        if min(pulls[kind] for kind in KINDS[1:]) < 100 * pulls[PLAIN]:
            told = "At the last one batch norm {norm}, skips {skips}, both {both}."
        chains = [self.chains[say(kind)] for kind in KINDS[1:]]
        with self.beat(told, norm=pulls[NORM], skips=pulls[SKIPS], both=pulls[BOTH], focus=chains):
            self.point(*chains)

    def try_again(self, s: subjects.Skips) -> None:
        """Show the errors of all four kinds, as deep as they go."""
        last = s.depths[-1]
        points = {say(kind): s.errors[kind].at(last) for kind in KINDS}
        with self.beat("Now let all four learn the digits.", focus=[*self.chains.values()]):
            self.measure(points, say("{depth} convolutions", depth=int(last)))
        for kind, sentence in TOLD:
            row = self.chart.row(say(kind))
            with self.beat(sentence, depth=int(last), error=s.error(kind, last), focus=row):
                self.appear(self.chart.show(say(kind), lit=kind == BOTH), seconds=0.6)
                self.point(row)
        closing: Template = "With skips and batch norm, depth no longer hurts: {error} % wrong, {depth} deep."
        if s.error(BOTH, last) > s.error(BOTH, s.depths[-2]):
            closing = "Skips and batch norm: {error} % wrong, {depth} deep."
        self.close(closing, error=s.error(BOTH, last), depth=int(last), focus=row)
