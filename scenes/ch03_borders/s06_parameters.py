"""The parameter count: filters laid out one by one, and the formula filled with their numbers."""

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Ladder, Line, Row, Scene, Slot, Wall, counted
from cnnviz.stage.formula import tinted
from cnnviz.stage.language import say, written
from cnnviz.stage.layout import LABEL
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.stage.theme import CHANNELS
from cnnviz.subjects.parameters import SIDES

CELL, HIGH = 0.62, 4.6  # units of a weight at most, and of the wall of filters
COUNTS = 4.2  # units: width of the formula
BESIDE, BELOW = 1.4, 3.32  # units beside and below the weights of the first filter
ROW = 8  # filters that are shown together where there are many


class Parameters(
    Scene,
    subject=subjects.Parameters,
    takeaway="A filter has F · F · D weights and one bias; the layer has K of them, however large the picture is.",
    concepts=("parameters", "weights", "bias", "filters", "weight sharing"),
    seconds=29,
    gif="parameters",
):
    """The 64 filters of a layer that reads color, counted."""

    title = "Parameters"
    subtitle = "what a layer learns"

    subject: subjects.Parameters

    def tell(self, s: subjects.Parameters) -> None:
        """Count one filter, lay out all, and fill the formula."""
        self.s = s
        self.build()
        asks = "A layer of {filters} filters, {side} × {side}, on {channels} channels. What does it learn?"
        if s.channels == 1:
            asks = "A layer of {filters} filters, {side} × {side}, on one channel. What does it learn?"
        fields = {"filters": s.filters, "side": s.kernel, "channels": s.channels}
        with self.beat(asks, focus=self.slices, **fields):
            self.rest(2.6)
        one = counted(
            "A filter has one slice: {weights} weights.", "A filter has {count} slices: {weights} weights.", s.channels
        )
        with self.beat(one, weights=s.each) as beat:
            for grid in self.slices:
                grid.show()
                self.point(grid, seconds=0.6)
            beat.focus = [self.note(0, f"{s.channels} × {s.kernel} × {s.kernel} = ", s.each)]
            self.rest(1.0)
        with self.beat("And one bias, added at the end: {one} parameters.", one=s.one) as beat:
            self.bias.show()
            self.point(self.bias, seconds=0.6)
            beat.focus = [self.note(1, f"{s.each} + 1 = ", s.one)]
            self.rest(1.0)
        with self.beat("Every further filter has as many: {filters} times {one}.", filters=s.filters, one=s.one):
            self.lay_out()
        self.fill()
        self.look_at_pictures()
        told = "{filters} filters of {one} parameters: {total}, however large the picture is."
        self.close(told, filters=s.filters, one=s.one, total=s.total, focus=[self.place.box, *self.slices])

    def build(self) -> None:
        """Set one filter and its count, the formula, and the wall."""
        s, stage = self.s, self.frame.stage
        look = {"detail": "", "scale": float(abs(s.weight).max()) / 2}
        names = CHANNELS if s.channels == len(CHANNELS) else [f"{i + 1}" for i in range(s.channels)]
        across = not self.frame.is_wide and stage.height < stage.width  # the first filter stands above all else
        wide = stage.width / 2 - 0.35 if self.frame.is_wide else stage.width
        cell = min(CELL, (wide - BESIDE) / (s.channels * s.kernel), (stage.height - BELOW) / s.kernel)
        self.slices = [
            Grid(v, "kernel", say(name), side=cell, **look) for v, name in zip(s.weight[0], names, strict=True)
        ]
        self.bias = Grid(s.bias, "kernel", "bias", side=max(cell, 0.42), **look)
        self.notes, self.ladder = Slot(3.2, 1.25), Ladder(COUNTS, 3, size=22 if across else 28)
        first, counts = Row(*self.slices, self.bias, gap=0.16), [self.notes, self.ladder]
        self.place = Wall(min(wide, 6.4), min(HIGH, stage.height))
        order = [Column(first, *counts, gap=0.1), self.place]
        if across:
            high = stage.height - s.kernel * cell - TITLE_HEIGHT - 0.3
            self.place = Wall(stage.width - COUNTS - 0.4, high)
            order = [first, Column(*counts, gap=0.0), self.place]
        self.arrange(*order, gap=0.2)
        shape = " × ".join(map(str, s.weight.shape))
        words = [(say("filters"), self.theme.kernel), (f"  {shape}", self.theme.muted)]
        self.grids = self.place.hang([*s.sheets], words, role="kernel", scale=look["scale"])
        for grid in (*self.slices, self.bias, *self.grids):
            grid.sink()

    def note(self, line: int, factors: str, number: int) -> Line:
        """Write a line of the count."""
        at = self.notes.box.left, self.notes.box.top - 0.2 - 0.42 * line
        made = Line([(factors, self.theme.muted), (written(number), self.theme.kernel)], LABEL, at=at, align="left")
        self.appear(made, into=self.notes)
        return made

    def lay_out(self) -> None:
        """Carry the first filter to its place, show one after the other, and count."""
        first, side = self.grids[0], self.slices[0].side
        for index, grid in enumerate(self.slices):
            box = first.cell_box((0, index * grid.columns), grid.rows, grid.columns)
            parts = [part for cell in grid.everywhere() for part in grid.copy_of(cell)]
            self.fly((parts, box), scale=first.side / side, seconds=0.5)
        first.show()
        count, line = Slot(*self.notes.size(1.0)), 2
        count.settle(self.notes.box.left, self.notes.box.top, 1.0)
        self.add(count)

        def show(place: tuple[int, int]) -> None:
            index = ROW * place[0] + place[1]
            self.grids[index].show()
            at = count.box.left, count.box.top - 0.2 - 0.42 * line
            ink, number = self.theme, (index + 1) * self.s.one
            runs = [(f"{index + 1} × {self.s.one} = ", ink.muted), (written(number), ink.kernel)]
            count.put(Line(runs, LABEL, at=at, align="left"))

        self.walk([divmod(i, ROW) for i in range(len(self.grids))], None, show, seconds=6.0)
        self.rest(0.6, count.content)

    def fill(self) -> None:
        """Put the numbers into the formula."""
        s = self.s
        total, k, f, d = (tinted(str(n), self.theme.kernel) for n in (s.total, s.filters, s.kernel, s.channels))
        with self.beat("As a formula: K filters of F × F weights on D channels, and K biases.") as beat:
            beat.focus = [self.place.box]
            rungs = self.ladder.rungs("P", "K F F D + K", f"{k} dot {f} dot {f} dot {d} + {k}", total)
            self.ladder.climb(self, rungs)

    def look_at_pictures(self) -> None:
        """Say that the size of the picture is not in the formula."""
        small, large = SIDES
        sentence = "A picture of {small} or of {large} pixels a side: the same {total} parameters."
        with self.beat(sentence, small=small, large=large, total=self.s.total) as beat:
            self.vanish(self.notes)
            sides = [f"{side} × {side}   " for side in SIDES]
            beat.focus = [self.note(line, side, self.s.total) for line, side in enumerate(sides)]
            self.rest(1.4)
