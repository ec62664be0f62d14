"""Equivariance and invariance: what moves along with a picture, and what stays."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Headed, Outline, Row, Setting, Slot, say
from cnnviz.stage.language import Template
from cnnviz.stage.layout import NOTE
from cnnviz.stage.stories.traveling import Traveling, around, lit
from cnnviz.stage.text import text_width, wrap
from cnnviz.subjects.shifting import Nudge

ROOM, NARROW = (2.4, 0.42), (1.2, 0.42)  # units, for what is written below a grid, and below the one number
GAP, READABLE, SMALL = 0.45, 0.28, 0.2  # units: between maps; the least cell with a number; a pixel beside numbers
NAMES: tuple[Template, ...] = ("convolution", "max pooling 2", "max pooling 4", "global maximum")
FITS = ((1, 1), (1, 3), (2, 3))  # where in the table: poolings by 2 and by 4, moved by whole windows
TITLES: tuple[Template, ...] = ("change", "misfit, if moved along")
LESS: Template = "Pooling by 2 lowers the change from {before} % to {after} %: less, not little."
WHOLE: Template = "100 %: the length of each map before the shift, the root of its sum of squares."
BESIDE = 2.3  # units: the width of small type beside the tables
LAST = 4  # cells that many digits are moved by at most


class Shifts(
    Traveling,
    subject=subjects.Shifting,
    takeaway="A convolution moves along; pooling does by whole windows only; the maximum of all stays.",
    concepts=("equivariance", "invariance", "max pooling", "global pooling", "translation"),
    seconds=67,
):
    """How much a shift of the picture is noticed: by one bright pixel, by a picture, and on many digits."""

    title = "Moving along"
    subtitle = "equivariant, invariant"

    subject: subjects.Shifting

    def tell(self, s: subjects.Shifting) -> None:
        """Move one pixel in every way and count how often pooling does not notice; then a picture, and many digits."""
        self.x = Grid(s.board, "input", "one bright pixel", scale=1.0)
        self.y = Grid(s.pooled_board, "output", "pooled", scale=1.0, zoom=s.kernel_size)
        self.same, self.notes = 0, [tally := Slot(*ROOM)]
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
            self.walk(s.nudges, None, self.hop, seconds=6.0, noun="shift", at=lambda nudge: nudge.cell)
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
        whole = Grid(first.whole, "output", "largest", detail="", side=0.9, scale=scale)
        self.notes = [Slot(*ROOM), Slot(*ROOM), Slot(*NARROW)]
        self.x = Grid(first.x, "input", "input", scale=peak, form="pixels", most=SMALL)
        for zoom in (s.kernel_size, 1):
            self.pooled = Grid(first.pooled, "output", "pooled", scale=scale, zoom=zoom)
            moved, short = (Column(*each, gap=0.05) for each in zip((self.y, self.pooled), self.notes, strict=False))
            one = Row(whole, self.notes[2], gap=0.2)
            few = Row(self.x, one)
            orders = [Column(self.x, one), moved, short], [moved, short, few], [moved, Column(short, few)]
            self.items = self.roomiest(*orders, gap=GAP)
            if self.fit(*self.items, gap=GAP) >= READABLE:
                break
        self.grids = [self.x, self.y, self.pooled, whole]
        for grid in (self.x, self.y):
            grid.only(lit(grid.values))
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
        self.tables, moves = [], [say("by {by}", by=by) for by in range(1, LAST + 1)]
        for chart, title in zip(s.measured.charts, TITLES, strict=True):
            shares = [[100 * series.at(float(by)).mean for by in range(1, LAST + 1)] for series in chart.series]
            detail = say("in %") if self.tables else say("in % of the map")
            look: dict[str, Any] = {"texts": [[f"{share:.0f}" for share in row] for row in shares], "hidden": True}
            self.tables.append(Grid(shares, "gradient", title, detail=detail, scale=150.0, form="numbers", **look))
        names = list(map(say, NAMES))
        both, each = [Headed(self.tables, names, moves)], [Headed([table], names, moves) for table in self.tables]
        table = both if self.frame.width >= self.frame.height else each
        above, beside = (self.small(s, wide) for wide in (self.frame.stage.width - 0.2, BESIDE))
        order = self.roomiest([Column(*above, gap=0.0), *table], [*table, Column(*beside)], gap=0.3)
        setting = above if order[0] not in table else beside
        change, misfit = ([round(value) for value in grid.values[:2, 0]] for grid in self.tables)
        with self.beat("Many digits, moved by one cell: how much of a map changes?") as beat:
            self.rearrange(*order, gone=[*self.grids, *self.notes, *self.frames], gap=0.3)
            beat.focus = marks = self.reveal(self.tables[0])
        with self.beat(LESS, before=change[0], after=change[1], focus=marks):
            self.rest(2.0)
        self.remove(*marks)
        with self.beat("And if the map is moved along with its digit: what still misfits?") as beat:
            beat.focus = marks = self.reveal(self.tables[1])
        told: Template = "Pooling by 2 no longer moves along: it misfits by {some} %, a convolution by {none} %."
        with self.beat(told, some=misfit[1], none=misfit[0], focus=marks):
            self.rest(2.0)
        self.remove(*marks)
        marks, misfits = [], self.tables[1]
        with self.beat("Further on, each pooling fits at its own stride, but the maps change more and more."):
            for column in range(1, LAST):
                for grid in self.tables:
                    grid.show((row, column) for row in range(grid.rows))
                    self.hold(0.35)
                marks += [Outline(misfits, at, color=self.theme.highlight) for at in FITS if at[1] == column]
                self.add(*marks)
                self.hold(0.3)
        self.remove(*marks)
        window = s.shifted[s.kernel_size]
        for grid, values in zip(self.grids, (window.x, window.y, window.pooled), strict=False):
            grid.become(values)
            grid.only(lit(values))
        self.rearrange(*self.items, gone=[*setting, *table], gap=GAP)
        self.add(*self.frames)
        for note, text in enumerate((say("moves along"), say("by whole windows"), say("stays"))):
            self.write(note, text)
        self.close("A convolution moves along, pooling by whole windows only; the one maximum stays.", focus=self.grids)

    def small(self, s: subjects.Shifting, wide: float) -> list[Setting]:
        """Make what is to be known of the measurement, in small type, in lines of about a width."""
        texts = s.measured.setting, WHOLE
        lines = [line for text in texts for line in wrap(say(text), NOTE + 1, wide, 3)]
        return [Setting(text, max(wide, *(text_width(line, NOTE + 1) for line in lines)), NOTE + 1) for text in texts]

    def reveal(self, table: Grid) -> list[Outline]:
        """Show what a shift by one cell does, row by row; return the outlines of convolution and pooling."""
        marks = [Outline(table, (row, 0), color=self.theme.highlight) for row in (0, 1)]
        for row in range(table.rows):
            table.show([(row, 0)])
            self.add(*marks[row : row + 1])
            self.hold(0.4)
        return marks
