"""What the layers of a trained network answer to: the parts of real pictures that excite a map most."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Row, Slot, Wall, say
from cnnviz.stage.language import Template
from cnnviz.stage.stories.cutting import APART, GAP, HEAD, Cutting
from cnnviz.stage.stories.hierarchy_words import ending, judged, others
from cnnviz.subjects.hierarchy import BEST, MAPS, Level

BETWEEN = 0.3  # of two layers
MANY = 40  # pictures that are shown of all
ASKED: dict[str, Template] = {
    "digits": "What does each layer look for? Ask {count} digits that it never saw before.",
    "textures": "What does each layer look for? Ask {count} textures that it never saw before.",
    "parts": "What does each layer look for? Ask {count} parts of photographs.",
}


class Hierarchy(
    Cutting,
    subject=subjects.Hierarchy,
    takeaway="Deeper maps see more of a picture: corners and edges, strokes, whole digits.",
    concepts=("feature hierarchy", "feature map", "receptive field"),
    seconds=57,
):
    """The parts of pictures that excite the strongest maps of each layer most, cut out as their fields are."""

    title = "What layers look for"
    subtitle = "small parts first, whole shapes later"

    def tell(self, s: subjects.Hierarchy) -> None:
        """Show who is asked, then ask layer by layer, then set side by side what was found."""
        self.s, self.marks, self.best = s, [], list[list[Any]]()
        self.gather()
        self.build()
        for number, level in enumerate(s.levels, 1):
            self.ask(number, level)
        self.uncount()
        self.compare()

    def gather(self) -> None:
        """Show some of the pictures; the one that will win first is among them."""
        stage, pictures, winner = self.frame.stage, self.s.pictures, self.s.levels[0].maps[0].patches[0].picture
        first = next(at for at, picture in enumerate(pictures) if (picture == winner).all())
        some = sorted({first, *range(min(MANY, len(pictures)) - (first >= MANY))})
        self.arrange(wall := Wall(stage.width, stage.height))
        words = [(say("{shown} of {count}", shown=len(some), count=len(pictures)), self.theme.muted)]
        shown = pictures[some]
        tiles = wall.hang(shown[:, 0], words, role="input", photo=1.0, colors=[*shown], hidden=True)
        with self.beat(ASKED[self.s.crowd], count=len(pictures), focus=tiles[:2]):
            self.walk(range(len(tiles)), None, lambda at: tiles[at].show(), seconds=2.0)
        if not self.s.seen.learned:
            self.say("It has not learned yet: all that follows is the work of random filters.", focus=tiles[:2])
        self.wall, self.winner = wall, tiles[some.index(first)]

    def build(self) -> None:
        """Find places for a picture, a map, and a row for each layer."""
        stage, picture, count = self.frame.stage, self.s.pictures[0], len(self.s.levels)
        wide, spared = stage.width > 1.2 * stage.height, BEST * GAP + MAPS * APART
        self.high = min(2.6, (stage.height - 1.2) / 2) if wide else (stage.width - 0.4) / 2
        high, width = stage.height - (not wide) * (self.high + 1.0), stage.width - wide * (self.high + 0.8)
        self.side = min(high / count - BETWEEN - HEAD, (width - spared) / (BEST + MAPS - 1))
        self.aside = BEST * (self.side + GAP) + APART
        size = self.aside + (MAPS - 1) * (self.side + APART), self.side + HEAD
        self.rows = [Slot(*size) for _ in self.s.levels]
        look = {"photo": 1.0, "colors": picture, "form": "pixels", "side": self.high / max(picture.shape[1:])}
        self.x, self.y = Grid(picture[0], "input", "picture", **look), Slot(self.high, self.high + 0.42)
        self.fit((Column if wide else Row)(self.x, self.y, gap=0.3), Column(*self.rows, gap=BETWEEN), gap=0.4)

    def ask(self, number: int, level: Level) -> None:
        """Look for what excites the maps of a layer."""
        (rows, columns), first, row = level.field, level.maps[0], self.rows[number - 1]
        sizes = {"layer": level.name, "rows": rows, "columns": columns}
        if not self.best:
            told: Template = "In {layer}, one number of a map is made of {rows} × {columns} pixels of the picture."
            with self.beat(told, **sizes) as beat:
                self.count(number)
                self.wall.take(self.winner)
                near = self.near(first.patches[0], self.winner, [self.wall])
                beat.focus = near[-1:]
                self.rest(1.2)
            found = self.hang(row, level)
            for later, one in zip(self.rows[1:], self.s.levels[1:], strict=True):
                self.name(later, one)
            self.say("Which pictures excite its strongest map most, and which part of them?")
            self.withdraw(first.patches[0], near, *self.rows)
        else:
            told = "In {layer} it is {rows} × {columns} pixels. What excites its strongest map most?"
            self.say(told, **sizes)
            self.count(number)
            found = self.hang(row, level)
            self.turn(first.patches[0])
            self.point(self.marks[0])
        for at, (patch, target) in enumerate(zip(first.patches, found, strict=True)):
            self.cut(patch, target, seconds=0.8 if at < 2 else 0.35)
        self.rest(0.4)
        self.judge(len(self.best), found)
        self.best.append([found[0]])
        if level.maps[1:]:
            told, fields = others(self.s, len(self.best) - 1)
            with self.beat(told, **fields):
                for at, excited in enumerate(level.maps[1:]):
                    target = self.beside(row, excited, self.aside + at * (self.side + APART))
                    self.cut(excited.patches[0], target, seconds=0.8)
                    self.best[-1].append(target)
                self.rest(0.4)

    def count(self, number: int) -> None:
        """Set the counter to a layer, for all that is said of it."""
        self.step(number, len(self.s.levels), noun="layer", stays=True)

    def judge(self, at: int, found: list[Grid]) -> None:
        """Say what the patches have in common."""
        told, fields = judged(self.s, at)
        with self.beat(told, focus=found, **fields):
            for target in found:
                self.point(target.box, seconds=0.3)

    def compare(self) -> None:
        """Let what was found come together, one layer below the other, all pixels of one size."""
        levels = self.s.levels
        names = [Slot(2.2, 0.02, at.name, detail="{} × {}".format(*at.field), role="output") for at in levels]
        rows = [Row(*(self.patch(one.patches[0]) for one in at.maps), gap=0.25) for at in levels]
        kinds = ([Column(*(kind(*pair, gap=0.1) for pair in zip(names, rows, strict=True)))] for kind in (Row, Column))
        self.fit(*self.roomiest(*kinds, most=0.5), most=0.5)
        self.say("The best part for each map, with pixels of one size.")
        for row, best in zip(self.rows, self.best, strict=True):
            row.take(*best)
            self.add(*best)
        gone, self.marks = [self.x, self.y, *self.rows, *self.marks], []
        pairs = [pair for best, row in zip(self.best, rows, strict=True) for pair in zip(best, row.items, strict=True)]
        self.carry(*pairs, new=names, gone=gone)
        self.close(ending(self.s), focus=rows[-1].items)
