"""Flattened: two pixels that touch end far apart, and what networks lose when all pixels are shuffled."""

from cnnviz import subjects
from cnnviz.stage import Grid, Line, Outline, Scene, Slot, Spread, counted
from cnnviz.stage.language import Template
from cnnviz.stage.layout import LABEL
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.pictures.measured import Setting
from cnnviz.stage.stories.flattening import Flat

NETWORKS: tuple[Template, ...] = ("MLP", "CNN")
PLACES: tuple[Template, ...] = ("as they are", "shuffled")
MLP, CNN = NETWORKS
PLAIN, SHUFFLED = PLACES
GAP, HIGH, LINE = 0.5, 4.6, 0.45  # units: between charts, of the line of pixels, and of a line of text


class Neighbors(
    Scene,
    subject=subjects.Neighbors,
    takeaway="In one line, pixels that touch lie far apart: a dense network never knew, a CNN builds on it.",
    concepts=("flatten", "neighbors", "MLP", "CNN", "permutation"),
    seconds=31,
):
    """A digit laid in one line, then shuffled, and what two networks make of it."""

    title = "Neighbors"
    subtitle = "lost in the line"

    subject: subjects.Neighbors

    def tell(self, s: subjects.Neighbors) -> None:
        """Follow two pixels into the line, shuffle, and show what was measured."""
        self.s, look = s, {"scale": s.picture.peak, "form": "pixels"}
        self.x = Grid(s.values, "input", "picture", **look)
        self.line = Flat(self.x, 0.5, min(HIGH, self.frame.stage.height - 0.5), "line")
        self.notes = Slot(3.6, 3 * LINE)
        self.arrange(self.x, self.line, self.notes, most=0.5)
        self.remove(self.line)
        self.follow()
        self.vanish(self.line, *self.marks, self.notes)
        self.remove(self.x, self.line)
        self.shuffle(look)
        self.compare()

    def follow(self) -> None:
        """Follow two pixels that touch into the line."""
        s, pair, ink = self.s, self.s.pair, self.theme.highlight
        outlines = [Outline(self.x, cell, color=ink) for cell in pair]
        with self.beat("These two pixels touch. A dense layer wants one line: do they still?", focus=outlines):
            self.appear(*outlines)
            self.rest(2.4)
        with self.beat("Row after row, the picture becomes a line.", focus=self.line.box):
            self.line.fill(self, seconds=3.5)
            self.add(*outlines)
        places = [Rectangle(self.line.place(cell), outline=ink, width=3.0) for cell in pair]
        first, second = (s.index(cell) for cell in pair)
        with self.beat("Now they lie {apart} places apart.", apart=second - first) as beat:
            self.appear(*places)
            for line, (cell, index) in enumerate(zip(pair, (first, second), strict=True)):
                self.note(line, f"{cell[0]} · {self.x.columns} + {cell[1]} = ", index)
            beat.focus = [self.note(2, f"{second} − {first} = ", second - first)]
            self.rest(1.4)
        self.marks = [*outlines, *places]

    def note(self, line: int, sum_of: str, number: int) -> Line:
        """Write how an index comes about."""
        at = self.notes.box.left, self.notes.box.top - (line + 0.5) * LINE
        made = Line([(sum_of, self.theme.muted), (f"{number}", self.theme.text)], LABEL, at=at, align="left")
        self.appear(made, into=self.notes)
        return made

    def shuffle(self, look: dict[str, object]) -> None:
        """Show the picture with its pixels in another order."""
        plain = Grid(self.s.values, "input", PLAIN, **look)
        mixed = Grid(self.s.shuffled, "input", SHUFFLED, hidden=True, **look)
        self.arrange(plain, mixed, most=0.5)
        with self.beat("Shuffle the pixels of all pictures, always in one order.", focus=[plain, mixed]):
            self.walk(mixed.everywhere(), None, lambda cell: mixed.show([cell]), seconds=3.0)
        with self.beat("Not a number is lost. Which network will mind?", focus=mixed):
            self.rest(2.2)
        self.vanish(plain, mixed)

    def compare(self) -> None:
        """Show what was measured before and after."""
        s, stage = self.s, self.frame.stage
        setting = Setting(s.setting, stage.width)
        every = [value for series in s.accuracy.series for point in series.points for value in point.values]
        side = self.frame.is_wide
        size = (stage.width / 2 - GAP, 2.8) if side else (stage.width, min(2.4, stage.height / 2 - 1.35))
        charts = {}
        for place in PLACES:
            points = {name: s.accuracy[name].at(place) for name in NETWORKS}
            charts[place] = Spread(points, *size, title=place, said=s.accuracy.said, over=every)
        self.arrange(*charts.values(), setting, gap=GAP)
        plain, mixed = charts.values()
        seeds = counted("{count} seed", "{count} seeds", s.seeds)
        ahead: Template = "Of pictures as they are, the CNN reads more: {cnn} % against {mlp} %. {seeds}."
        if s.lead(PLAIN) <= 0:
            ahead = "Of pictures as they are, the CNN does not read more: {cnn} % against {mlp} %. {seeds}."
        fields = {"cnn": s.percent(CNN, PLAIN), "mlp": s.percent(MLP, PLAIN), "seeds": seeds}
        with self.beat(ahead, focus=plain.box, **fields):
            self.reveal(plain)
        told: Template = "Shuffled, the CNN loses no more than the MLP: it reads {cnn} %, the MLP {mlp} %."
        if s.change(CNN) > s.change(MLP):
            told = "Shuffled, the CNN loses more: it reads {cnn} %, the MLP {mlp} %."
        with self.beat(told, cnn=s.percent(CNN, SHUFFLED), mlp=s.percent(MLP, SHUFFLED), focus=mixed.box):
            self.reveal(mixed)
        told = "Here the CNN keeps what lead it has: it did not need to know which pixels touch."
        if s.lead(SHUFFLED) < s.lead(PLAIN):
            told = "Here the lead of the CNN shrinks: it had used which pixels touch."
        self.close(told, focus=[plain.box, mixed.box])

    def reveal(self, chart: Spread) -> None:
        """Show both networks."""
        for name in NETWORKS:
            self.appear(chart.show(name, lit=name == CNN), seconds=0.5)
        self.rest(1.2)
