"""Flattened: two pixels that touch end far apart, and what networks lose when all pixels are shuffled."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Label, Line, Outline, Row, Scene, Slot, Spread, counted
from cnnviz.stage.language import Template
from cnnviz.stage.layout import LABEL
from cnnviz.stage.mobjects.shapes import Rectangle, Strokes
from cnnviz.stage.pictures.measured import Setting
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.stage.stories.falling import fall
from cnnviz.stage.stories.flattening import Flat

NETWORKS: tuple[Template, ...] = ("MLP", "CNN")
PLACES: tuple[Template, ...] = ("as they are", "shuffled")
MLP, CNN = NETWORKS
PLAIN, SHUFFLED = PLACES
THICK, LINE, NOTES = 0.6, 0.56, 32  # units: of the line of pixels, of a line of text; type of the latter
ABOVE, BELOW, BRACE = 0.4, 0.56, 0.14  # units: above and below the line of pixels, and how far the brace reaches down


class Neighbors(
    Scene,
    subject=subjects.Neighbors,
    takeaway="In one line, pixels that touch lie far apart: a dense network never knew, a CNN builds on it.",
    concepts=("flatten", "neighbors", "MLP", "CNN", "permutation"),
    seconds=35,
):
    """A digit laid in one line, then shuffled, and what two networks make of it."""

    title = "Neighbors"
    subtitle = "lost in the line"

    subject: subjects.Neighbors

    def tell(self, s: subjects.Neighbors) -> None:
        """Follow two pixels into the line, shuffle, and show what was measured."""
        self.s, stage = s, self.frame.stage
        self.x = Grid(s.values, "input", "picture", scale=s.picture.peak)
        self.line, self.notes = Flat(self.x, stage.width - 0.1, THICK), Slot(4.6, 3.4 * LINE)
        self.over, self.gap = (Slot(stage.width - 0.1, high) for high in (ABOVE, BELOW))
        self.arrange(self.x)
        self.marks = [Outline(self.x, cell, color=self.theme.highlight) for cell in s.pair]
        with self.beat("These two pixels touch. A dense layer wants one line: do they still?", focus=self.marks):
            self.appear(*self.marks)
            self.rest(2.4)
        self.follow()
        self.shuffle()
        self.compare()

    def follow(self) -> None:
        """Follow two pixels that touch into the line."""
        s, pair, ink = self.s, self.s.pair, self.theme.highlight
        with self.beat("Row after row, the picture becomes a line."):
            parts = (Slot(0.0, 0.4), self.notes), (self.over, self.line, self.gap)
            self.rearrange(self.x, *(Column(*each, gap=0.0) for each in parts), later=[self.line], gap=0.15)
            self.line.open(self)
            self.line.fill(self, seconds=3.5)
            self.add(*self.marks)
        first, second = (s.index(cell) for cell in pair)
        with self.beat("Now they lie {apart} places apart.", apart=second - first) as beat:
            places = [Rectangle(self.line.place(cell), outline=ink, width=4.0) for cell in pair]
            self.appear(*places)
            above = self.line.indices(pair, self.over.box.center[1])
            for line, (cell, index) in enumerate(zip(pair, above, strict=True)):
                self.note(line, f"{cell[0]} · {self.x.columns} + {cell[1]} = ", s.index(cell))
                self.appear(index, into=self.over, seconds=0.3)
            beat.focus = [self.note(2, f"{second} − {first} = ", second - first)]
            self.appear(*self.brace(*places, second - first), into=self.gap)
            self.rest(1.4)
            self.marks += places

    def brace(self, first: Rectangle, second: Rectangle, apart: int) -> list[Any]:
        """Span the way from one place to another below the line, and say how far it is."""
        y, (left, right) = self.line.box.bottom - 0.06, (place.get_x() for place in (first, second))
        path = [(left, y), (left, y - BRACE), (right, y - BRACE), (right, y)]
        at = (left + right) / 2, y - BRACE - 0.22
        return [Strokes([path], self.theme.highlight, 3.0), Label(str(apart), LABEL, self.theme.highlight, at=at)]

    def note(self, line: int, sum_of: str, number: int) -> Line:
        """Write how an index comes about."""
        at = self.notes.box.left, self.notes.box.top - (line + 0.5) * LINE
        made = Line([(sum_of, self.theme.muted), (f"{number}", self.theme.text)], NOTES, at=at, align="left")
        self.appear(made, into=self.notes)
        return made

    def shuffle(self) -> None:
        """Let the pixels of the picture change places, and see where the two go."""
        s, look, ink = self.s, {"scale": self.s.picture.peak}, self.theme.highlight
        self.plain = plain = Grid(s.values, "input", PLAIN, **look)
        self.mixed = mixed = Grid(s.shuffled, "input", SHUFFLED, hidden=True, **look)
        with self.beat("Shuffle the pixels of all pictures, always in one order.", focus=[plain, mixed]):
            gone = [*self.line.submobjects, self.notes, self.over, self.gap, *self.marks[2:]]
            self.rearrange(plain, mixed, gone=gone, instead={plain: self.x})
            for row in range(mixed.rows):
                cells = [(row, column) for column in range(mixed.columns)]
                flights = [(plain.copy_of(s.origin(cell)), mixed.cell_box(cell)) for cell in cells]
                self.fly(*flights, seconds=1.0 if row == 0 else 3.0 / mixed.rows)
                mixed.show(cells)
        with self.beat("Not a number is lost. Which network will mind?", focus=mixed):
            away = [Outline(mixed, cell, color=ink) for cell in mixed.everywhere() if s.origin(cell) in s.pair]
            self.appear(*away)
            self.rest(2.2)
            self.vanish(*self.marks[:2], *away)

    def compare(self) -> None:
        """Show what was measured before and after, each below or beside its picture."""
        s, stage = self.s, self.frame.stage
        every = [value for series in s.accuracy.series for point in series.points for value in point.values]
        tall = stage.height > stage.width  # a chart stands below its picture, else beside it
        room = stage.height / 2 - 0.45  # of a picture and its chart
        side = 0.5 * room - TITLE_HEIGHT if tall else room - TITLE_HEIGHT
        wide, high = (stage.width, room - side - 1.0) if tall else (stage.width - side - 0.6, side)
        pictures, charts = {}, {}
        for place, values in zip(PLACES, (s.values, s.shuffled), strict=True):
            points = {name: s.accuracy[name].at(place) for name in NETWORKS}
            look = {"detail": "", "scale": s.picture.peak, "form": "pixels", "side": side / max(values.shape)}
            pictures[place] = Grid(values, "input", place, **look)
            charts[place] = Spread(points, wide, high, said=s.said, widest="88.88 ± 88.88 %", over=every)
        both = [(pictures[p], Column(Slot(0.0, 0.3), charts[p], gap=0.0)) for p in PLACES]
        lines = [Column(*each, gap=0.1) if tall else Row(*each) for each in both]
        plain, mixed = charts.values()
        seeds = counted("{count} seed", "{count} seeds", s.seeds)
        ahead: Template = "Of pictures as they are, the CNN reads more: {cnn} % against {mlp} %. {seeds}."
        if s.lead(PLAIN) <= 0:
            ahead = "Of pictures as they are, the CNN does not read more: {cnn} % against {mlp} %. {seeds}."
        fields = {"cnn": s.percent(CNN, PLAIN), "mlp": s.percent(MLP, PLAIN), "seeds": seeds}
        with self.beat(ahead, **fields) as beat:
            stood = dict(zip(pictures.values(), (self.plain, self.mixed), strict=True))
            self.rearrange(*lines, Setting(s.setting, stage.width), instead=stood, gap=0.25)
            beat.focus = [plain.box]
            self.reveal(plain, s.accuracy.winner(PLAIN))
        told: Template = "Shuffled, the CNN loses no more than the MLP: it reads {cnn} %, the MLP {mlp} %."
        if s.change(CNN) > s.change(MLP):
            told = "Shuffled, the CNN loses more: it reads {cnn} %, the MLP {mlp} %."
        with self.beat(told, cnn=s.percent(CNN, SHUFFLED), mlp=s.percent(MLP, SHUFFLED), focus=mixed.box):
            self.reveal(mixed, s.accuracy.winner(SHUFFLED))
            for name in NETWORKS:
                fall(self, plain, mixed, name)
        told = "Here the CNN keeps what lead it has: it did not need to know which pixels touch."
        if s.lead(SHUFFLED) < s.lead(PLAIN):
            told = "Here the lead of the CNN shrinks: it had used which pixels touch."
        self.close(told, focus=[plain.box, mixed.box])

    def reveal(self, chart: Spread, winner: str | None) -> None:
        """Show both networks, and light one that is ahead by more than seeds make."""
        for name in NETWORKS:
            self.appear(chart.show(name, lit=name == winner), seconds=0.5)
        self.rest(1.2)
