"""Two windows of 3 x 3 and one of 5 x 5: the same field, fewer weights, a bend more, but not every kernel."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Outline, Row, Window, say
from cnnviz.stage.language import Template
from cnnviz.stage.stories.weighing import Weighing
from cnnviz.subjects.number import share_text
from cnnviz.subjects.stacked import SMALL

GAP, AROUND, LEAST = 0.4, 1.1, 0.75  # units: between pictures, for titles of two kernels, and of a result
EXACT = 0.005  # share of a kernel that counts as nothing


class TwoForOne(
    Weighing,
    subject=subjects.Stacked,
    takeaway="Two 3 × 3 windows see what one 5 × 5 sees, with 18 weights, not 25, and a ReLU more between.",
    concepts=("receptive field", "stacked convolutions", "VGG", "parameters"),
    seconds=51,
):
    """Lay two small kernels one behind the other, and make one large kernel of them."""

    title = "Two 3 × 3 for one 5 × 5"
    subtitle = "the same field"

    subject: subjects.Stacked

    def tell(self, s: subjects.Stacked) -> None:
        """Two windows, one window, what two cannot do, and a ReLU between."""
        self.build(s)
        self.two(s)
        self.one(s)
        self.wish(s)
        self.bend(s)
        self.count(self.whole, self.first, self.second, gone=[self.x, self.middle, self.y, self.again])

    def build(self, s: subjects.Stacked) -> None:
        """Set patch, kernels, what they make, and the kernel that does both."""
        self.x = Grid(s.patch, "input", "input", scale=s.picture.peak)
        look: dict[str, Any] = {"detail": "", "most": (self.frame.stage.height - AROUND) / (2 * SMALL)}
        self.first = Grid(s.first.values, "kernel", "first kernel", texts=s.first.labels, **look)
        self.second = Grid(s.second.values, "kernel", "second kernel", texts=s.second.labels, **look)
        self.middle = Grid(s.middle, "output", "map between", detail="", hidden=True)
        self.y = Grid([[s.result]], "output", "result", detail="", hidden=True, least=LEAST)
        self.again = Grid([[s.result]], "output", "in one go", detail="", hidden=True, least=LEAST)
        self.whole = Grid(s.stamps[-1], "kernel", "both in one", hidden=True)
        self.arrange(*self.line(self.y), gap=GAP)

    def line(self, *results: Any) -> Any:
        """Return the pictures from the patch to results, in the order that makes them largest."""
        return self.beside(self.first, self.second, self.x, self.middle, Column(*results))

    def beside(self, first: Grid, second: Grid, *others: Any) -> Any:
        """Return two kernels, one below the other or side by side, and others, in the order that makes them largest."""
        orders = [Column(first, second, gap=0.2), *others], [Row(first, second), *others]
        return self.roomiest(*orders, gap=GAP)

    def two(self, s: subjects.Stacked) -> None:
        """Slide the first kernel over the patch, and lay the second on what it made."""
        with self.beat("Two 3 × 3 windows in a row see 5 × 5 cells. Can they replace one 5 × 5?", focus=self.x):
            self.rest(1.5)
        window = Window(self.x, self.first.values.shape)
        told: Template = "The first window fits nine times: every cell of the patch takes part."
        with self.beat(told, focus=[window]):
            window.take_up(self, self.first)
            self.walk(s.trace, window, lambda step: self.middle.show([step.output_index[1:]]), seconds=4, noun="window")
        self.vanish(window)
        with self.beat("The second window lies on all nine results.") as beat:
            beat.focus = [lid := self.lay(self.second, self.middle)]
            self.rest(0.8)
        with self.beat("It makes one number of them: {sum}.", sum=s.result, focus=self.y):
            self.send(self.middle, self.y)
            self.rest(1.0)
        self.vanish(lid)

    def send(self, cells: Grid, result: Grid) -> None:
        """Let all cells travel to their sum."""
        self.fly(*((cells.copy_of(cell), result.box) for cell in cells.everywhere()), seconds=0.8)
        result.show()

    def one(self, s: subjects.Stacked) -> None:
        """Stamp the first kernel once for each weight of the second, and use what that makes."""
        told: Template = "Stamp the first kernel at each weight of the second, times that weight, and add up."
        with self.beat(told, focus=self.whole):
            shown = self.beside(self.first, self.second, self.whole, self.x, Column(self.y, self.again))
            self.rearrange(*shown, gone=[self.middle], later=[self.again], gap=GAP)
            mark = Outline(self.second, (0, 0), color=self.theme.highlight)
            stamp = Outline(self.whole, (0, 0), *self.first.values.shape, color=self.theme.highlight)
            self.add(mark, stamp)
            for cell, values in zip(self.second.everywhere(), s.stamps, strict=True):
                mark.lay(cell)
                stamp.lay(cell)
                self.whole.become(values)
                self.hold(1.0 if cell in ((0, 0), (0, 1)) else 0.4)
        self.vanish(mark, stamp)
        told = "This one 5 × 5 kernel makes of the patch, in one go, the same {sum}."
        with self.beat(told, sum=s.result, focus=[self.y, self.again]):
            lid = self.lay(self.whole, self.x)
            self.appear(self.again, seconds=0.2)
            self.send(self.x, self.again)
            self.point(self.y, self.again)
        self.vanish(lid)

    def wish(self, s: subjects.Stacked) -> None:
        """Look for the two kernels that make a wanted one."""
        scale, missed = float(abs(s.wanted.values).max()), share_text(s.missed)
        wanted = Grid(s.wanted.values, "kernel", "wanted", texts=s.wanted.labels, scale=scale)
        nearest = Grid(s.nearest, "kernel", "nearest pair", detail=say("misses {missed}", missed=missed), scale=scale)
        names: tuple[Template, ...] = ("first kernel", "second kernel")
        look: dict[str, Any] = {"detail": "≈", "most": self.first.most}
        one, other = self.pair = [Grid(each, "kernel", name, **look) for each, name in zip(s.pair, names, strict=True)]
        self.made = [wanted, nearest]
        with self.beat("And the other way round: is there a pair for every 5 × 5 kernel?", focus=wanted):
            shown = self.beside(self.first, self.second, self.whole, wanted)
            self.rearrange(*shown, gone=[self.x, self.y, self.again], gap=GAP)
            self.rest(1.8)
        told: Template = "No: 18 weights cannot be any 25 numbers. The nearest pair found misses {missed}."
        if s.missed < EXACT:
            told = "For this one there is: the nearest pair found misses no more than {missed}."
        with self.beat(told, missed=missed, focus=nearest):
            way = dict(zip((one, other, nearest), (self.first, self.second, self.whole), strict=True))
            self.rearrange(*self.beside(one, other, nearest, wanted), instead=way, gap=GAP)

    def bend(self, s: subjects.Stacked) -> None:
        """Put a ReLU between: two windows say something else, the one kernel says what it said."""
        back = dict(zip((self.first, self.second), self.pair, strict=True))
        self.rearrange(*self.line(self.y, self.again), instead=back, gone=self.made, gap=GAP)
        told: Template = "A ReLU between changes nothing here, no number is below 0: it stays {bent}."
        if s.bent == s.result:
            self.say(told, bent=s.bent, focus=self.y)
            return
        below = [cell for cell in self.middle.everywhere() if self.middle.values[cell] < 0]
        marks = [Outline(self.middle, cell, color=self.theme.highlight) for cell in below]
        with self.beat("Now a ReLU between the two: what is below 0 becomes 0.", focus=marks):
            self.appear(*marks)
            self.hold(0.6)
            self.middle.become(s.bent_middle)
            self.y.become([[s.bent]])
            self.y.hide()
            self.rest(0.6)
            self.remove(*marks)
            lid = self.lay(self.second, self.middle)
        told = "Two windows with a ReLU between say {bent}; the one kernel still says {sum}."
        with self.beat(told, bent=s.bent, sum=s.result, focus=[self.y, self.again]):
            self.send(self.middle, self.y)
            self.rest(1.0)
        self.vanish(lid, seconds=0.2)
