"""What each layer makes of a picture: its maps on a wall, the liveliest first."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Grid, Outline, Scene, Wall, Wire, counted
from cnnviz.stage.color import Color
from cnnviz.stage.language import Template, say
from cnnviz.stage.stories.evidence import input_grid, part_of
from cnnviz.subjects.inside import Stage

GROUPS = 40  # of cells, in which maps come


class ActivationMaps(
    Scene,
    subject=subjects.Maps,
    takeaway="A map is the answer of one filter at every place of the picture.",
    concepts=("feature map", "activation", "receptive field"),
    seconds=20,
):
    """The maps of a network's layers for one picture, and what its strongest answers look at."""

    title = "Activation maps"
    subtitle = "what each layer answers"

    subject: subjects.Maps

    def tell(self, s: subjects.Maps) -> None:
        """Let the maps of one layer after the other come, and take one of the first and of the last out."""
        self.s, self.x = s, input_grid(s)
        self.gone: list[Any] = []
        self.arrange(self.x, wall := self.room(), most=9.0)
        with self.beat("What does each layer make of this picture?", focus=self.x):
            wall.ask(s.stages[0].maps, self.words(s.stages[0]))
            self.rest(2.2)
        for index, stage in enumerate(s.stages):
            tiles = self.hang(index, stage, wall)
            if index == 0 and not s.seen.learned:
                with self.beat("It has not learned yet: random filters made these maps.", focus=tiles[:3]):
                    self.rest(1.0)
            if index in (0, len(s.stages) - 1):
                self.take_out(stage, wall, tiles[0])
                wall = self.room()
        self.close("A map is the answer of one filter at every place of the picture.", focus=self.marks)

    def room(self) -> Wall:
        """Make the wall."""
        stage = self.frame.stage
        wide = stage.width > 1.3 * stage.height and not self.s.seen.known.is_row
        return Wall(stage.width * 0.6, stage.height) if wide else Wall(stage.width, stage.height * 0.6)

    def hang(self, index: int, stage: Stage, wall: Wall) -> list[Grid]:
        """Let the maps of a layer come, while what they see moves over the picture."""
        shown, (rows, columns) = len(stage.maps), stage.size
        every = counted(
            "{total} map of {rows} × {columns} numbers.", "{total} maps of {rows} × {columns} numbers.", stage.total
        )
        few = "{shown} of its {total} maps of {rows} × {columns}: those in which most happens."
        fields = {"rows": rows, "columns": columns, "total": stage.total}
        if shown < stage.total:
            fields["shown"] = shown
        with self.beat(few if shown < stage.total else every, **fields) as beat:
            if self.gone:
                self.rearrange(self.x, wall, gone=self.gone, most=9.0)
            scale = float(abs(stage.maps).max()) or 1.0
            tiles = wall.hang(stage.maps, self.words(stage), role="output", scale=scale, hidden=True)
            self.step(index + 1, len(self.s.stages), noun="layer")
            beat.focus = tiles[:1]
            self.add(part := Outline(self.x, (0, 0), color=self.theme.kernel))
            cells = tiles[0].everywhere()
            some = -(-len(cells) // GROUPS)
            for first in range(0, len(cells), some):
                for tile in tiles:
                    tile.show(cells[first : first + some])
                self.mark(part, self.s.under(stage, cells[min(first + some, len(cells)) - 1]))
                self.hold(2.6 * some / len(cells))
            self.remove(part)
        return tiles

    def mark(self, part: Outline, sees: tuple[range, range] | None) -> Outline:
        """Let an outline stand around a part of the picture, or all of it."""
        at, part.rows, part.columns = (0, 0), self.x.rows, self.x.columns
        if sees is not None:
            at, part.rows, part.columns = part_of(self.x, self.s, *sees)
        return part.lay(at)

    def words(self, stage: Stage) -> list[tuple[str, Color]]:
        """Say which maps hang on the wall."""
        theme, shown, (rows, columns) = self.theme, len(stage.maps), stage.size
        some = say("{shown} of {total} maps", shown=shown, total=stage.total)
        return [
            (stage.name, theme.output),
            (f"  {some if shown < stage.total else say('{total} maps', total=stage.total)}", theme.text),
            (f"  {rows} × {columns}", theme.muted),
        ]

    def take_out(self, stage: Stage, wall: Wall, tile: Grid) -> None:
        """Enlarge the first map, mark its largest number, and what of the picture this sees."""
        big = Grid(stage.maps[0], "output", "liveliest map", detail="", strip=True)
        told: Template = "Its strongest answer is here, and is made of this part of the picture."
        if stage.sees is None:
            told = "Its strongest answer is here, and is made of the whole picture."
        with self.beat(told) as beat:
            self.rearrange(self.x, big, gone=[wall], instead={big: tile})
            cell = Outline(big, stage.thin_cell, color=self.theme.kernel)
            part = self.mark(Outline(self.x, (0, 0), color=self.theme.kernel), stage.sees)
            wires = [Wire((part, cell), self.theme.kernel)] if part.box.right < big.box.left else []
            self.add(*wires, big)  # below the numbers
            self.appear(part, cell)
            self.marks = beat.focus = [part, cell]
            self.rest(1.2)
        self.gone = [big, *wires, part, cell]
