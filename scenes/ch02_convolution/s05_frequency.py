"""Frequency: a picture is a sum of waves, edges are its fast ones, and a kernel chooses which of them stay."""

from typing import Any

from manim import Create

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Line, Outline, Slot, say
from cnnviz.stage.language import Template, written
from cnnviz.stage.layout import LABEL
from cnnviz.stage.stories.choosing import Choosing

SLOW: Template = "Slow waves, in the ring, come out times {factor} on average."
FAST: dict[str, Template] = {
    "slow": "Fast ones, outside, come out weaker: times {factor}.",
    "fast": "Fast ones, outside, come out stronger: times {factor}.",
    "alike": "Fast ones, outside, come out alike: times {factor}.",
}


class Frequencies(
    Choosing,
    subject=subjects.Frequency,
    takeaway="A picture is a sum of waves: forms are slow ones, edges fast ones, and a kernel chooses what stays.",
    concepts=("frequency", "low-pass", "high-pass", "blur", "edge detection"),
    seconds=45,
    gif="frequency",
):
    """A photo and its spectrum, a mask that opens from the middle, and two kernels as filters of waves."""

    title = "Frequency"
    subtitle = "slow waves and fast ones"

    subject: subjects.Frequency

    def tell(self, s: subjects.Frequency) -> None:
        """Take a picture apart into waves, keep the slow ones, then the fast ones, then look at kernels."""
        peak = s.picture.peak
        self.x = Grid(s.picture.values[0], "input", "picture", scale=peak, photo=peak)
        self.spectrum = Grid(s.spectrum, "input", "spectrum", detail="", hidden=True)
        self.count = Slot(2.2, 0.4)
        self.arrange(self.x)
        with self.beat("Some parts of a picture change slowly, some at once. Can they be told apart?", focus=self.x):
            self.rest(2.0)
        self.waves(s)
        with self.beat("Slow waves alone, from the middle out: forms first, then detail.", focus=self.spectrum):
            for cut in s.cuts:
                self.keep(cut.low, self.left("slow waves", cut.slow, peak))
        with self.beat("A mask takes slow waves away: forms go, edges are what stays.", focus=self.spectrum):
            for cut in s.cuts:
                self.keep(~cut.low, self.left("fast waves", cut.fast, role="output"))
        self.kernels(s)

    def set_places(self) -> None:
        """Set the spectrum beside the picture, whose place is then that of what its waves make."""
        self.cell = self.rearrange(Column(self.spectrum, self.count, gap=0.1), self.x, gap=0.4)
        self.remove(self.x)
        self.place = Slot(*self.x.extent(self.cell))
        self.place.settle(self.x.box.left, self.x.top, self.cell)
        self.add(self.place)
        self.put(self.x)

    def put(self, grid: Grid) -> None:
        """Show something in the place."""
        grid.settle(self.place.box.left, self.place.box.top, self.cell)
        self.place.put(grid)

    def waves(self, s: subjects.Frequency) -> None:
        """Show the spectrum, and the waves of some of its points."""
        with self.beat("A picture is a sum of waves. Its spectrum says how strong each one is.", focus=self.spectrum):
            self.set_places()
            self.spectrum.show()
            self.point(self.spectrum)
            self.rest(1.0)
        (rows, columns), ink = s.shape, self.theme.text
        r = int(self.spectrum.side < 0.1)  # around a point too small to be seen
        with self.beat("Two points across the middle are one wave; the further out, the faster.") as beat:
            for down, across in s.examples:
                cells = [(rows // 2 + sign * down, columns // 2 + sign * across) for sign in (-1, 1)]
                marks = [Outline(self.spectrum, (i - r, j - r), 2 * r + 1, 2 * r + 1, color=ink) for i, j in cells]
                self.put(self.left("wave", s.wave((down, across)), 1.0))
                self.add(*marks)
                beat.focus = marks
                self.point(*marks)
                self.rest(0.7)
                self.remove(*marks)

    def keep(self, kept: Any, grid: Grid) -> None:
        """Keep some waves and show what they add up to."""
        self.spectrum.only(map(tuple, zip(*kept.nonzero(), strict=True)))
        self.put(grid)
        ink, muted, at = self.theme.input, self.theme.muted, (self.count.box.left, self.count.box.center[1])
        runs = [(written(int(kept.sum())), ink), (say(" of {all} points", all=kept.size), muted)]
        self.count.put(Line(runs, LABEL - 3, at=at, align="left"))
        self.point(grid, seconds=0.8)
        self.rest(0.9)

    def let_through(self, response: Grid, points: Any, factor: Line, note: Slot, *drawn: Any) -> None:
        """Show some points of a response, and the factor of their waves."""
        response.show(points)
        response.only(points)
        if drawn:
            self.play(*drawn, run_time=0.6)
        self.appear(factor, into=note)
        self.rest(0.6)

    def kernels(self, s: subjects.Frequency) -> None:
        """Show how much of each wave two kernels let through, and their maps: each as large as fits, then both."""
        shown, rings = [self.parts(each) for each in s.filters], list[Any]()
        with self.beat("Small kernels do that, too, and need no spectrum.", focus=shown[0][0]):
            self.spectrum.show()
            note = self.alone(shown[0][0], self.spectrum, self.x, gone=[self.count, self.place])
            self.remove(self.count, self.place)
        for each, parts in zip(s.filters, shown, strict=True):
            kernel, response, y = parts
            slow, fast = s.factors(each)
            with self.beat(SLOW, factor=slow, focus=response):
                if each is s.filters[0]:
                    self.followed(self.spectrum, response)
                else:
                    travels = dict(zip((kernel, response, self.x), shown[0], strict=True))
                    note = self.alone(kernel, response, self.x, gone=[note, *rings], instead=travels)
                rings = [self.ring(response)]
                self.let_through(response, s.points[0], self.factor(note, 0, each), note, Create(rings[0]))
            with self.beat(FAST[s.passes(each)], factor=fast, focus=[response, y]):
                self.let_through(response, s.points[1], self.factor(note, 1, each), note)
                response.show()
                self.followed(self.x, y)
                cells, some = y.everywhere(), -(-y.rows // 12) * y.columns
                starts = range(0, len(cells), some)
                self.walk(starts, None, lambda at, y=y, cells=cells, n=some: y.show(cells[at : at + n]), seconds=1.6)
        last: Template = "Forms are slow waves, edges are fast ones; a kernel chooses."
        self.close(last, focus=[p[2] for p in shown], motion=lambda: self.both(shown, [note, *rings]))
