"""Flattened: two pixels that touch end far apart, and what networks lose when all pixels are shuffled."""

from typing import Any

from manim import TransformFromCopy

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Label, Line, Outline, Slot, Window
from cnnviz.stage.language import Template
from cnnviz.stage.mobjects.shapes import Rectangle, Strokes
from cnnviz.stage.stories.flattening import Flat
from cnnviz.stage.stories.misreading import PLAIN, SHUFFLED, Misreading
from cnnviz.subjects.neighbors import WINDOW

THICK, LINE, NOTES = 0.8, 0.76, 44  # units: of the line of pixels, of a line of text; type of the latter
LARGER = 32  # type of how far they are apart
TOOTH, COUNTED = 0.08, 0.12  # units: a mark at each place between, and places apart at least
ABOVE, BELOW, BRACE = 0.4, 0.62, 0.14  # units: above and below the line of pixels, and how far the brace reaches down


class Neighbors(
    Misreading,
    subject=subjects.Neighbors,
    takeaway="In one line, pixels that touch lie far apart: a dense network never knew, a CNN builds on it.",
    concepts=("flatten", "neighbors", "MLP", "CNN", "permutation"),
    seconds=38,
):
    """A digit laid in one line, then shuffled, and what two networks make of it."""

    title = "Neighbors"
    subtitle = "lost in the line"

    subject: subjects.Neighbors

    def tell(self, s: subjects.Neighbors) -> None:
        """Follow two pixels into the line, shuffle, and show what was measured."""
        self.s, stage = s, self.frame.stage
        self.x = Grid(s.values, "input", "picture", scale=s.picture.peak)
        self.line, self.notes = Flat(self.x, stage.width - 0.1, THICK), Slot(5.4, 3.1 * LINE)
        self.over, self.gap = (Slot(stage.width - 0.1, high) for high in (ABOVE, BELOW))
        self.arrange(self.x)
        self.marks = [Outline(self.x, cell, color=self.theme.highlight) for cell in s.pair]
        with self.beat("These two pixels touch. A dense layer wants one line: do they still?", focus=self.marks):
            self.appear(*self.marks)
            self.rest(2.4)
        self.follow()
        self.shuffle()
        self.compare(s, self.plain, self.mixed)

    def follow(self) -> None:
        """Follow two pixels that touch into the line."""
        s, pair, ink = self.s, self.s.pair, self.theme.highlight
        with self.beat("Row after row, the picture becomes a line."):
            parts = (Slot(0.0, 0.3), self.notes), (self.over, self.line, self.gap)
            self.rearrange(self.x, *(Column(*each, gap=0.0) for each in parts), later=[self.line], gap=0.1)
            self.line.open(self)
            self.line.fill(self, seconds=3.0)
            self.add(*self.marks)
        first, second = (s.index(cell) for cell in pair)
        with self.beat("Now they lie {apart} places apart.", apart=second - first) as beat:
            places = [Rectangle(self.line.place(cell), outline=ink, width=4.0) for cell in pair]
            self.play(*(TransformFromCopy(mark, place) for mark, place in zip(self.marks, places, strict=True)))
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
        steps = [left + (right - left) * at / apart for at in range(1, apart)]  # so that one can count them
        teeth = [[(x, y - BRACE), (x, y - BRACE + TOOTH)] for x in steps] if right - left >= COUNTED * apart else []
        at = (left + right) / 2, y - BRACE - 0.26
        return [
            Strokes([path, *teeth], self.theme.highlight, 3.0),
            Label(str(apart), LARGER, self.theme.highlight, at=at),
        ]

    def note(self, line: int, sum_of: str, number: int) -> Line:
        """Write how an index comes about."""
        at = self.notes.box.left, self.notes.box.top - (line + 0.5) * LINE
        made = Line([(sum_of, self.theme.muted), (f"{number}", self.theme.text)], NOTES, at=at, align="left")
        self.appear(made, into=self.notes)
        return made

    def shuffle(self) -> None:
        """Let the pixels of the picture change places, and see where the two go."""
        s, look = self.s, {"scale": self.s.picture.peak}
        self.plain = plain = Grid(s.values, "input", PLAIN, **look)
        self.mixed = mixed = Grid(s.shuffled, "input", SHUFFLED, hidden=True, **look)
        with self.beat("Shuffle the pixels of all pictures, always in one order.", focus=[plain, mixed]):
            gone = [*self.line.submobjects, self.notes, self.over, self.gap, *self.marks[2:]]
            self.rearrange(plain, mixed, gone=gone, instead={plain: self.x})
            for row in range(mixed.rows):
                cells = [(row, column) for column in range(mixed.columns)]
                flights = [(plain.copy_of(s.origin(cell)), mixed.cell_box(cell)) for cell in cells]
                self.fly(*flights, seconds=1.0 if row == 0 else 2.4 / mixed.rows)
                mixed.show(cells)
        self.ask(mixed)

    def ask(self, mixed: Grid) -> None:
        """See whether a small window still holds both pixels, and ask which network minds."""
        s, theme = self.s, self.theme
        cells = sorted((cell for cell in mixed.everywhere() if s.origin(cell) in s.pair), key=s.origin)
        away = [Outline(mixed, cell, color=theme.highlight) for cell in cells]
        windows: list[Window] = []
        told: Template = "A 3 × 3 window holds both; shuffled, only one of them. Which network will mind?"
        if s.parted(*cells):
            windows = [Window(grid, (WINDOW, WINDOW)) for grid in (self.plain, mixed)]
            for window, cell in zip(windows, (s.pair[0], cells[0]), strict=True):
                window.lay(s.around(cell))
        else:
            told = "Not a number is lost. Which network will mind?"
        with self.beat(told, focus=windows or mixed):
            self.appear(*away, *windows)
            for cell in reversed(cells if windows else ()):
                self.hold(0.6)
                self.move(windows[1], s.around(cell), 0.9)
            self.rest(1.2)
        self.vanish(*self.marks[:2], *away, *windows)
