"""Equivariance and invariance: what moves along with a picture, and what stays."""

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Measured, Outline, Scene, Setting, Slot, say
from cnnviz.stage.language import Template
from cnnviz.stage.layout import LABEL, NOTE
from cnnviz.stage.stories import shift_words as words
from cnnviz.stage.stories.traveling import lit, travel
from cnnviz.stage.text import size_within
from cnnviz.subjects.shifting import Nudge, Shifted

ROOM = 2.1, 0.42  # units, for what is written below a grid
READABLE, SMALL = 0.28, 0.18  # units: the least cell with a number, and a pixel beside numbers
LEAST, MOST = 3.2, 4.2  # units, of bars
AROUND, STACKED = 1.75, 1.3  # units: what stands above bars side by side, or above each one of two
NAMES: tuple[Template, ...] = ("convolution", "max pooling 2", "max pooling 4", "global maximum")
TITLES: tuple[Template, ...] = ("change of the map", "misfit, if moved along")
LESS: Template = "On many digits, pooling by 2 lowers the change from {before} % to {after} %: less, not little."
LAST = 4  # cells that many digits are moved by at most


class Shifts(
    Scene,
    subject=subjects.Shifting,
    takeaway="A convolution moves along; pooling does by whole windows only; the maximum of all stays.",
    concepts=("equivariance", "invariance", "max pooling", "global pooling", "translation"),
    seconds=66,
):
    """How much a shift of the picture is noticed: by one bright pixel, by a picture, and on many digits."""

    title = "Moving along"
    subtitle = "equivariant, invariant"

    subject: subjects.Shifting

    def tell(self, s: subjects.Shifting) -> None:
        """Move one pixel in every way and count how often pooling does not notice; then a picture, and many digits."""
        self.x = Grid(s.board, "input", "one bright pixel", scale=1.0)
        self.y = Grid(s.pooled_board, "output", "pooled", scale=1.0, zoom=2)
        self.same, self.tally = 0, Slot(*ROOM)
        self.arrange(self.x, Column(self.y, self.tally, gap=0.05))
        size, ink = s.kernel_size, self.theme.kernel
        places = [(row * size, column * size) for row, column in self.y.everywhere()]
        windows = [Outline(self.x, place, size, size, color=ink, width=2.5) for place in places]
        self.add(*windows)
        with self.beat("A bright pixel moves one cell to the right. Does the pooled map notice?", focus=self.x):
            for grid in (self.x, self.y):
                grid.put((0, 0), 1.0)
            self.rest(2.2)
        with self.beat("Inside a window it goes unnoticed, from window to window it does not.", focus=[self.x, self.y]):
            self.walk(s.nudges, None, self.hop, seconds=7.0, noun="shift", at=lambda nudge: nudge.cell)
        told: Template = "{same} of {total} shifts leave the pooled map as it is. Is that invariance?"
        with self.beat(told, same=self.same, total=len(s.nudges), focus=[self.y, self.x]):
            self.rest(2.5)
        self.vanish(self.x, self.y, self.tally, *windows)
        self.move_picture(s)
        self.measure(s)

    def hop(self, nudge: Nudge) -> None:
        """Move the pixel, and count."""
        for grid, cell in ((self.x, nudge.cell), (self.y, nudge.pooled)):
            grid.rewrite({**dict.fromkeys(lit(grid.values), 0.0), cell: 1.0})
        self.same += nudge.same
        self.write(self.tally, say("{same} of {total} unnoticed", same=self.same, total=nudge.index + 1))

    def move_picture(self, s: subjects.Shifting) -> None:
        """Move a picture cell by cell, with its map, the pooled map and the largest number."""
        first, peak = s.shifted[0], s.picture.peak
        scale = float(first.y.max())
        self.x = Grid(first.x, "input", "input", scale=peak, photo=peak)
        self.y = Grid(first.y, "output", "feature map", scale=scale)
        self.pooled = Grid(first.pooled, "output", "pooled", scale=scale)
        whole = Grid(first.whole, "output", "largest", detail="", side=0.8, scale=scale)
        self.notes = Slot(*ROOM), Slot(*ROOM)
        small = Grid(first.x, "input", "input", scale=peak, photo=peak, form="pixels", most=SMALL)
        rest = self.y, Column(self.pooled, self.notes[0], whole, self.notes[1], gap=0.05)
        if self.fit(self.x, *rest) < READABLE <= self.fit(small, *rest):  # the maps keep their numbers longer
            self.x = small
        self.fit(self.x, *rest)
        grids = (self.x, self.y, self.pooled, whole)
        for grid in (self.x, self.y):
            if grid.has_numbers:
                grid.only(lit(grid.values))
        self.appear(*grids, *self.notes)
        with self.beat("Now a picture: which of its maps move along, and which stay as they are?", focus=[*grids]):
            self.rest(2.4)
        for shifted in s.shifted[1:]:
            self.shift(s, shifted)
        told: Template = "Only the largest number of all, {largest}, is the same each time: it is invariant."
        with self.beat(told, largest=float(first.whole[0, 0]), focus=whole):
            self.write(self.notes[1], say("the same"))
            self.rest(2.0)
        self.vanish(*grids, *self.notes)

    def shift(self, s: subjects.Shifting, shifted: Shifted) -> None:
        """Move the picture on by one cell, and say what became of the pooled map."""
        by, changed, along = shifted.by, shifted.changed(s.shifted[0]), shifted.along(s.shifted[0])
        told, fields = words.pooled(by, s.kernel_size, along, (len(changed), shifted.pooled.size))
        self.step(by, len(s.shifted) - 1, noun="shift")
        if by == 1:
            with self.beat("The feature map moves along, number for number: it is equivariant.", focus=self.y):
                travel(self, (self.x, self.y), (shifted.x, shifted.y))
        with self.beat(told, focus=self.pooled, **fields):
            if by > 1:
                travel(self, (self.x, self.y), (shifted.x, shifted.y))
            self.pooled.become(shifted.pooled)
            self.pooled.only(changed)
            count = say("{changed} of {total} changed", changed=len(changed), total=shifted.pooled.size)
            self.write(self.notes[0], say("moved by {by}", by=along) if along else count)
            self.rest(1.2)

    def measure(self, s: subjects.Shifting) -> None:
        """Show what many digits say, by how far they are moved."""
        stage = self.frame.stage
        tall = self.frame.height >= self.frame.width
        wide = stage.width if tall else (stage.width - 0.8) / 2
        high = min(MOST, stage.height / 2 - STACKED if tall else max(LEAST, stage.height - AROUND))
        about = zip(s.measured.charts, TITLES, strict=True)
        charts = [Measured(chart, NAMES, wide, high, title, peak=1.5) for chart, title in about]
        self.heading, setting = Slot(*ROOM), Setting(s.measured.setting, stage.width - 0.2, NOTE + 1)
        self.arrange(Column(self.heading, setting, gap=0.0), *charts, gap=0.3)
        first, second = (chart.percents(1.0) for chart in charts)
        with self.beat(LESS, before=first[0][0], after=first[1][0], focus=charts[0]):
            self.measured(charts, 1)
            self.rest(3.0)
        told: Template = "And it no longer moves along: it misfits by {some} %, a convolution by {none} %."
        with self.beat(told, some=second[1][0], none=second[0][0], focus=charts[1]):
            self.rest(2.5)
        with self.beat(
            "Further on, each pooling fits at its own stride, but the maps change more and more.", focus=charts
        ):
            for by in range(2, LAST + 1):
                self.measured(charts, by)
                self.hold(0.9)
        self.say("A convolution moves along, pooling by whole windows only; the one maximum stays.", focus=charts)
        self.measured(charts, 1)
        self.close("Measured: pooling softens a small shift. It does not make it disappear.", focus=charts[0])

    def measured(self, charts: list[Measured], by: int) -> None:
        """Show what was measured after a shift by so many cells."""
        self.step(by, LAST, noun="shift")
        self.write(self.heading, say("shifted by {by}", by=by))
        self.play(*(chart.grow(float(by)) for chart in charts), run_time=0.8)
        for chart in charts:
            chart.show(float(by))

    def write(self, slot: Slot, text: str) -> None:
        """Write a line into a slot."""
        slot.put_line([(text, self.theme.output)], size_within(slot.box.width, LABEL, text))
