"""Equivariance and invariance: what moves along with a picture, and what stays."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Course, Grid, Outline, Row, Setting, Slot, measured_course, say
from cnnviz.stage.language import Template
from cnnviz.stage.layout import NOTE
from cnnviz.stage.stories.traveling import Traveling, around, lit
from cnnviz.subjects.shifting import Nudge

ROOM, NARROW = (2.4, 0.42), (1.2, 0.42)  # units, for what is written below a grid, and below the one number
GAP, AROUND = 0.45, 0.9  # units, between maps, and for titles and gaps of charts
READABLE, SMALL = 0.28, 0.18  # units: the least cell with a number, and a pixel beside numbers
NAMES: tuple[Template, ...] = ("convolution", "max pooling 2", "max pooling 4", "global maximum")
STRIDES = (2, 4)  # of poolings: there each fits
ROLES = ("output", "kernel", "gradient", "muted")
TITLES: tuple[Template, ...] = ("change of the map", "misfit, if moved along")
LESS: Template = "On many digits, pooling by 2 lowers the change from {before} % to {after} %: less, not little."
LAST = 4  # cells that many digits are moved by at most


class Shifts(
    Traveling,
    subject=subjects.Shifting,
    takeaway="A convolution moves along; pooling does by whole windows only; the maximum of all stays.",
    concepts=("equivariance", "invariance", "max pooling", "global pooling", "translation"),
    seconds=61,
):
    """How much a shift of the picture is noticed: by one bright pixel, by a picture, and on many digits."""

    title = "Moving along"
    subtitle = "equivariant, invariant"

    subject: subjects.Shifting

    def tell(self, s: subjects.Shifting) -> None:
        """Move one pixel in every way and count how often pooling does not notice; then a picture, and many digits."""
        self.x = Grid(s.board, "input", "one bright pixel", scale=1.0)
        self.y = Grid(s.pooled_board, "output", "pooled", scale=1.0, zoom=s.kernel_size)
        self.same, tally = 0, Slot(*ROOM)
        self.notes = [tally]
        self.arrange(self.x, Column(self.y, tally, gap=0.05))
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
        self.move_picture(s, [self.x, self.y, tally, *windows])
        self.measure(s)

    def hop(self, nudge: Nudge) -> None:
        """Move the pixel, and count."""
        for grid, cell in ((self.x, nudge.cell), (self.y, nudge.pooled)):
            grid.rewrite({**dict.fromkeys(lit(grid.values), 0.0), cell: 1.0})
        self.same += nudge.same
        self.write(0, say("{same} of {total} unnoticed", same=self.same, total=nudge.index + 1))

    def move_picture(self, s: subjects.Shifting, gone: list[Any]) -> None:
        """Move a picture cell by cell, with its map, the pooled map and the largest number."""
        first, peak = s.shifted[0], s.picture.peak
        scale = float(first.y.max())
        self.y = Grid(first.y, "output", "feature map", scale=scale)
        whole = Grid(first.whole, "output", "largest", detail="", side=0.7, scale=scale)
        self.notes = [Slot(*ROOM), Slot(*ROOM), Slot(*NARROW)]
        for zoom, form in ((s.kernel_size, "auto"), (1, "auto"), (s.kernel_size, "pixels"), (1, "pixels")):
            most = {"form": form, "most": SMALL} if form == "pixels" else {}  # the maps keep their numbers longer
            self.x = Grid(first.x, "input", "input", scale=peak, photo=peak, **most)
            self.pooled = Grid(first.pooled, "output", "pooled", scale=scale, zoom=zoom)
            moved, told = Column(self.y, self.notes[0], gap=0.05), Column(whole, self.notes[2], gap=0.0)
            side = Column(self.pooled, Row(self.notes[1], told), gap=0.05)
            short, below = Column(self.pooled, self.notes[1], gap=0.05), Row(self.x, moved)
            orders = [self.x, moved, side], [self.x, moved, Column(short, told)], [below, Row(short, told)]
            self.items = self.roomiest(*orders, gap=GAP)
            if self.fit(*self.items, gap=GAP) >= READABLE:
                break
        self.grids = [self.x, self.y, self.pooled, whole]
        for grid in (self.x, self.y):
            if grid.has_numbers:
                grid.only(lit(grid.values))
        self.uncount()
        self.rearrange(*self.items, gone=gone, gap=GAP)
        moving = self.x, self.y, self.pooled
        self.frames = [around(grid, self.theme.text) for grid in moving if grid.values.any()]
        with self.beat("The frames stay where the picture is now. What will move along, what stay?") as beat:
            self.appear(*self.frames)
            beat.focus = self.frames
            self.rest(2.0)
        for shifted in s.shifted[1:]:
            self.shift(s, shifted)
        told: Template = "Only the largest number of all, {largest}, is the same each time: it is invariant."
        with self.beat(told, largest=float(first.whole[0, 0]), focus=whole):
            self.write(2, say("stays"))
            self.rest(1.6)

    def measure(self, s: subjects.Shifting) -> None:
        """Show what many digits say, by how far they are moved; then the picture again, moved by a whole window."""
        stage = self.frame.stage
        setting = Setting(s.measured.setting, stage.width - 0.2, NOTE + 1)
        tall = self.frame.height > self.frame.width
        free = stage.height - setting.size(0)[1] - AROUND
        room = (stage.width - 0.2, free / 2 - AROUND) if tall else (stage.width / 2 - 0.4, free)
        look = {"roles": ROLES, "along": say("shift"), "high": 1.5, "size": NOTE}
        about = zip(s.measured.charts, TITLES, strict=True)
        self.charts = charts = [measured_course(chart, NAMES, LAST, room, title, **look) for chart, title in about]
        self.uncount()
        self.rearrange(setting, *charts, gone=[*self.grids, *self.notes, *self.frames], gap=0.3)
        before, after = (round(100 * line[1]) for line in list(charts[0].lines.values())[:2])
        with self.beat(LESS, before=before, after=after, focus=charts[0].box):
            self.go(charts[:1], 1)
            self.rest(2.0)
        none, some = (round(100 * line[1]) for line in list(charts[1].lines.values())[:2])
        told: Template = "And it no longer moves along: it misfits by {some} %, a convolution by {none} %."
        with self.beat(told, some=some, none=none, focus=charts[1].box):
            self.go(charts[1:], 1)
            self.rest(2.0)
        marks = list[Any]()
        with self.beat("Further on, each pooling fits at its own stride, but the maps change more and more."):
            for by in range(2, LAST + 1):
                self.go(charts, by)
                if by in STRIDES:
                    marks.append(charts[1].mark(by))
                    self.appear(marks[-1])
                self.hold(0.3)
        window = s.shifted[s.kernel_size]
        for grid, values in zip(self.grids, (window.x, window.y, window.pooled), strict=False):
            grid.become(values)
            if grid.has_numbers:
                grid.only(lit(values))
        self.rearrange(*self.items, gone=[setting, *charts, *(chart.heading for chart in charts), *marks], gap=GAP)
        self.add(*self.frames)
        for note, text in enumerate((say("moves along"), say("by whole windows"), say("stays"))):
            self.write(note, text)
        self.close("A convolution moves along, pooling by whole windows only; the one maximum stays.", focus=self.grids)

    def go(self, charts: list[Course], by: int) -> None:
        """Draw on to what was measured after a shift by so many cells."""
        self.play(*(chart.go(by) for chart in charts), run_time=0.9)
        for chart in charts:
            chart.tell(by)
