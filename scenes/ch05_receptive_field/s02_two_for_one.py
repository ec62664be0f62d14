"""Two windows of 3 x 3 and one of 5 x 5: the same field, fewer weights, a bend more, but not every kernel."""

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Outline, Row, Window, say
from cnnviz.stage.language import Template
from cnnviz.stage.stories.weighing import Weighing
from cnnviz.subjects.number import share_text

EXACT = 0.005  # share of a kernel that counts as nothing


class TwoForOne(
    Weighing,
    subject=subjects.Stacked,
    takeaway="Two 3 × 3 windows see what one 5 × 5 sees, with 18 weights, not 25, and a ReLU more between.",
    concepts=("receptive field", "stacked convolutions", "VGG", "parameters"),
    seconds=45,
):
    """Lay two small kernels one behind the other, and make one large kernel of them."""

    title = "Two 3 × 3 for one 5 × 5"
    subtitle = "the same field"

    subject: subjects.Stacked

    def tell(self, s: subjects.Stacked) -> None:
        """Two windows, one window, a ReLU between, and what two cannot do."""
        self.build(s)
        self.two(s)
        self.one(s)
        self.bend(s)
        self.wish(s)
        self.count(self.whole, self.first, self.second)

    def build(self, s: subjects.Stacked) -> None:
        """Set patch, kernels, what they make, and the kernel that does both."""
        scale, whole = s.picture.peak, s.stamps[-1]
        self.x = Grid(s.patch, "input", "input", scale=scale)
        self.first = Grid(s.first.values, "kernel", "first kernel", detail="", texts=s.first.labels)
        self.second = Grid(s.second.values, "kernel", "second kernel", detail="", texts=s.second.labels)
        self.middle = Grid(s.middle, "output", "map between", detail="", hidden=True)
        self.y = Grid([[s.result]], "output", "result", detail="", hidden=True, side=0.9)
        self.whole = Grid(whole, "kernel", "both in one", hidden=True)
        line = self.x, self.first, self.middle, self.second, self.y, self.whole
        columns = self.x, Column(self.first, self.second), Column(self.middle, self.y), self.whole
        self.arrange(*(line if self.frame.is_wide else columns), gap=0.4)

    def two(self, s: subjects.Stacked) -> None:
        """Slide the first kernel over the patch, and lay the second on what it made."""
        with self.beat("Two 3 × 3 windows in a row see 5 × 5 cells. Can they replace one 5 × 5?", focus=self.x):
            self.rest(2.2)
        window = Window(self.x, self.first.values.shape)
        told: Template = "The first window fits nine times: every cell of the patch takes part."
        with self.beat(told, focus=[window]):
            self.lay_on(self.first, window)
            self.walk(s.trace, window, lambda step: self.middle.show([step.output_index[1:]]), seconds=4, noun="window")
        self.vanish(window)
        lid = Window(self.middle, self.second.values.shape)
        with self.beat(
            "The second lies on all nine results, and makes one number of them: {sum}.", sum=s.result, focus=self.y
        ):
            self.lay_on(self.second, lid)
            flights = [(self.middle.copy_of(cell), self.y.box) for cell in self.middle.everywhere()]
            self.fly(*flights, seconds=1.0)
            self.y.show()
            self.rest(1.2)
        self.vanish(lid)
        self.uncount()

    def lay_on(self, kernel: Grid, window: Window) -> None:
        """Bring a kernel to the cells that it is laid on."""
        cells = zip(kernel.everywhere(), window.cells(), strict=True)
        self.fly(*((kernel.copy_of(cell), window.grid.cell_box(place)) for cell, place in cells), seconds=1.0)
        self.add(window)

    def one(self, s: subjects.Stacked) -> None:
        """Stamp the first kernel once for each weight of the second, and use what that makes."""
        told: Template = "Stamp the first kernel at each weight of the second, times that weight, and add up."
        with self.beat(told, focus=self.whole):
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
        with self.beat(told, sum=s.result, focus=[self.whole, self.x, self.y]):
            for thing in (self.whole, self.x, self.y):
                self.point(thing, seconds=0.8)

    def bend(self, s: subjects.Stacked) -> None:
        """Put a ReLU between."""
        told: Template = "With a ReLU between it is {bent}: no single kernel could do that everywhere."
        if s.bent == s.result:
            told = "A ReLU between changes nothing here, no number is below 0: it stays {bent}."
        with self.beat(told, bent=s.bent, focus=self.y):
            below = [cell for cell in self.middle.everywhere() if self.middle.values[cell] < 0]
            marks = [Outline(self.middle, cell, color=self.theme.highlight) for cell in below]
            self.appear(*marks or [self.y])
            self.middle.become(s.bent_middle)
            self.hold(0.8)
            self.fly(*((self.middle.copy_of(cell), self.y.box) for cell in self.middle.everywhere()), seconds=0.8)
            self.y.become([[s.bent]])
            self.rest(0.6)
        self.vanish(*marks)

    def wish(self, s: subjects.Stacked) -> None:
        """Look for the two kernels that make a wanted one."""
        self.vanish(self.x, self.first, self.second, self.middle, self.y, self.whole)
        scale, missed = float(abs(s.wanted.values).max()), share_text(s.missed)
        wanted = Grid(s.wanted.values, "kernel", "wanted", texts=s.wanted.labels, scale=scale)
        found = say("misses {missed}", missed=missed)
        nearest = Grid(s.nearest, "kernel", "nearest pair", detail=found, scale=scale)
        self.fit(wanted, nearest)
        pair = self.first, self.second
        Row(*pair).settle(nearest.box.left, nearest.top, 0.6 * wanted.side)
        for each in pair:
            each.hide()
        self.add(wanted, *pair)
        with self.beat("And the other way round: is there a pair for every 5 × 5 kernel?", focus=wanted):
            self.rest(2.2)
        told: Template = "No: 18 weights cannot be any 25 numbers. The nearest pair found misses {missed}."
        if s.missed < EXACT:
            told = "For this one there is: the nearest pair found misses no more than {missed}."
        with self.beat(told, missed=missed, focus=nearest):
            self.vanish(*pair)
            self.appear(nearest)
            self.rest(1.2)
        self.vanish(wanted, nearest)
        for each in pair:
            each.show()
