"""What the layers of a trained network answer to: the parts of real pictures that excite a map most."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Row, Slot, Wall, say
from cnnviz.stage.language import Template
from cnnviz.stage.stories.cutting import GAP, Cutting
from cnnviz.subjects.hierarchy import BEST, MAPS, Excited, Level

HEAD = 0.36
MANY = 40  # pictures that are shown of all
ASKED: dict[str, Template] = {
    "digits": "What does each layer look for? Ask {count} digits that it never saw before.",
    "textures": "What does each layer look for? Ask {count} textures that it never saw before.",
    "parts": "What does each layer look for? Ask {count} parts of photographs.",
}


class Hierarchy(
    Cutting,
    subject=subjects.Hierarchy,
    takeaway="Deeper maps see more of a picture and are harder to please: edges, strokes, whole digits.",
    concepts=("feature hierarchy", "feature map", "receptive field"),
    seconds=60,
):
    """The parts of pictures that excite the strongest maps of each layer most, cut out as their fields are."""

    title = "What layers look for"
    subtitle = "edges first, shapes later"

    def tell(self, s: subjects.Hierarchy) -> None:
        """Show who is asked, then ask layer by layer, then set side by side what was found."""
        self.s = s
        self.gather()
        self.build()
        for number, level in enumerate(s.levels, 1):
            self.step(number, len(s.levels), noun="layer")
            self.ask(level)
        self.compare()

    def gather(self) -> None:
        """Show some of the pictures."""
        stage, shown, count = self.frame.stage, self.s.pictures[:MANY], len(self.s.pictures)
        self.arrange(wall := Wall(stage.width, stage.height))
        words = [(say("{shown} of {count}", shown=len(shown), count=count), self.theme.muted)]
        tiles = wall.hang(shown[:, 0], words, role="input", photo=1.0, colors=[*shown], hidden=True)
        with self.beat(ASKED[self.s.crowd], count=count, focus=tiles[:2]):
            self.walk(range(len(tiles)), None, lambda at: tiles[at].show(), seconds=2.0)
        if not self.s.seen.learned:
            self.say("It has not learned yet: all that follows is the work of random filters.", focus=tiles[:2])
        self.vanish(wall)

    def build(self) -> None:
        """Set a picture, a map, and rows for what is found."""
        stage, picture = self.frame.stage, self.s.pictures[0]
        wide = stage.width > 1.2 * stage.height
        self.high = min(2.6, (stage.height - 1.2) / 2) if wide else min(2.6, stage.height - 3 * (1.0 + HEAD) - 1.6)
        row = (stage.height - 0.45) / MAPS - HEAD if wide else 1.0
        self.side = min(row, (stage.width - wide * (self.high + 0.6) - (BEST - 1) * GAP) / BEST)
        self.rows = [Slot(BEST * (self.side + GAP) - GAP, self.side + HEAD) for _ in range(MAPS)]
        look = {"photo": 1.0, "colors": picture, "form": "pixels", "side": self.high / max(picture.shape[1:])}
        self.x, self.y = Grid(picture[0], "input", "picture", **look), Slot(self.high, self.high + 0.42)
        self.fit((Column if wide else Row)(self.x, self.y, gap=0.3), Column(*self.rows, gap=0.2), gap=0.3)

    def ask(self, level: Level) -> None:
        """Look for what excites the maps of a layer."""
        (rows, columns), first = level.field, level.maps[0]
        before = (level.name, "output"), (f"  {rows} × {columns}  ", "kernel")
        self.found = [self.hang(self.rows[0], first, *before)]
        told: Template = "In {layer}, one number of a map is made of {rows} × {columns} pixels of the picture."
        with self.beat(told, layer=level.name, rows=rows, columns=columns) as beat:
            near = self.near(first.patches[0])
            beat.focus = near[-1:]
            self.rest(1.2)
        with self.beat("Which pictures excite its strongest map most, and which part of them?"):
            self.vanish(*near)
            self.face(first.patches[0])
            self.appear(self.x, self.y, self.rows[0], *self.marks)
            for at, (patch, target) in enumerate(zip(first.patches, self.found[0], strict=True)):
                self.cut(patch, target, seconds=0.8 if at < 2 else 0.35)
        self.judge(first)
        if rows := [*zip(self.rows[1:], level.maps[1:], strict=False)]:
            with self.beat("And other strong maps of this layer, by the same search.", focus=self.rows[1:]):
                for row, excited in rows:
                    found = self.hang(row, excited)
                    self.appear(row)
                    self.walk(found, None, lambda grid: grid.show(), seconds=1.3)
        self.vanish(self.x, self.y, *self.rows, *self.marks)
        self.remove(self.y, *self.rows)

    def judge(self, excited: Excited) -> None:
        """Say what the patches have in common."""
        value, names = excited.patches[0].value, ", ".join(map(self.s.called, excited.kinds))
        told: Template = "These parts excite it most, up to {value}."
        if excited.is_corner:
            told = "Bright all over but for one dark corner. It answers with up to {value}."
        elif excited.is_edge:
            told = "Bright on one side, dark on the other: an edge. It answers with up to {value}."
        elif len(excited.kinds) == 1:
            told = "All of them come from pictures of one kind: {names}."
        elif names:
            told = "They come from several kinds of pictures: {names}."
        with self.beat(told, focus=self.found[0], value=value, names=names):
            for target in self.found[0]:
                self.point(target.box, seconds=0.3)

    def compare(self) -> None:
        """Set what was found one below the other, all pixels of one size."""
        levels = self.s.levels

        def lines(kind: Any) -> list[Any]:
            names = [Slot(2.2, 0.02, at.name, detail="{} × {}".format(*at.field), role="output") for at in levels]
            rows = [Row(*(self.patch(one.patches[0]) for one in at.maps), gap=0.25) for at in levels]
            return [kind(*pair, gap=0.1) for pair in zip(names, rows, strict=True)]

        best = self.roomiest(*([Column(*lines(kind))] for kind in (Row, Column)), most=0.5)
        self.arrange(*best, most=0.5)
        first, last = levels[0].maps[0], levels[-1].maps[0]
        told: Template = "What excites a map most shows what it looks for: more of a picture in each layer."
        if self.s.crowd == "digits" and first.is_edge and len(last.kinds) == 1:
            told = "Each layer sees more and is harder to please: first an edge, at last a digit."
            if first.is_corner:
                told = "Each layer sees more and is harder to please: first a corner, at last a digit."
        self.close(told, focus=best[0].items[-1].items[1].items)
