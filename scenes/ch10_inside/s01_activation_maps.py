"""What each layer makes of a picture: its maps on a wall, the liveliest first."""

from collections.abc import Sequence

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Outline, Scene, Wall, Wire, counted
from cnnviz.stage.color import Color
from cnnviz.stage.language import Template, say
from cnnviz.stage.stories.evidence import input_grid, part_of
from cnnviz.subjects.inside import Stage

GROUPS = 40  # of cells, in which maps come
GAP = 0.4  # units
PLACES = 16  # of a map, that are gone to at the end


class ActivationMaps(
    Scene,
    subject=subjects.Maps,
    takeaway="A map is the answer of one filter at every place of the picture.",
    concepts=("feature map", "activation", "receptive field"),
    seconds=28,
):
    """The maps of a network's layers for one picture, and what its strongest answers look at."""

    title = "Activation maps"
    subtitle = "what each layer answers"

    subject: subjects.Maps

    def tell(self, s: subjects.Maps) -> None:
        """Let the maps of one layer after the other come, and take one of the first and of the last out."""
        self.s, self.x = s, input_grid(s)
        self.taken: list[tuple[Stage, Grid]] = []
        self.marks, self.wires = list[Outline](), list[Wire]()
        self.arrange(self.x, wall := self.room(0.6), most=9.0)
        with self.beat("What does each layer make of this picture?", focus=self.x):
            wall.ask(s.stages[0].maps, self.words(s.stages[0]))
            self.rest(2.2)
        for index, stage in enumerate(s.stages):
            if index == 1:
                wall = self.room(0.5)
            tiles = self.hang(index, stage, wall)
            if index == 0 and not s.seen.learned:
                with self.beat("It has not learned yet: random filters made these maps.", focus=tiles[:3]):
                    self.rest(1.0)
            if index in (0, len(s.stages) - 1):
                self.take_out(stage, wall, tiles[0])
        self.close(
            "A map is the answer of one filter at every place of the picture.",
            focus=self.marks[-1],
            motion=self.go_everywhere,
        )

    def room(self, share: float) -> Wall:
        """Make the wall, beside what stands already or below it."""
        stage = self.frame.stage
        wide = stage.width > 1.3 * stage.height and not self.s.seen.known.is_row
        return Wall(stage.width * share - GAP, stage.height) if wide else Wall(stage.width, stage.height * 0.6)

    def hang(self, index: int, stage: Stage, wall: Wall) -> list[Grid]:
        """Let the maps of a layer come, while what they see moves over the picture."""
        shown, (rows, columns) = len(stage.maps), stage.size
        one = "{total} map of {rows} × {columns} numbers."
        every = counted(one, "{total} maps of {rows} × {columns} numbers.", stage.total)
        few = "{shown} of its {total} maps of {rows} × {columns}: those in which most happens."
        fields = {"rows": rows, "columns": columns, "total": stage.total}
        if shown < stage.total:
            fields["shown"] = shown
        with self.beat(few if shown < stage.total else every, **fields) as beat:
            if index == 1:
                seen = [self.x, *(grid for _, grid in self.taken)]
                order = self.roomiest([*seen, wall], [Column(*seen), wall], gap=GAP, most=9.0)
                self.rearrange(*order, gone=[*self.wires, *self.marks], gap=GAP, most=9.0)
            scale = float(abs(stage.maps).max()) or 1.0
            tiles = wall.hang(stage.maps, self.words(stage), role="output", scale=scale, hidden=True)
            self.step(index + 1, len(self.s.stages), noun="layer", stays=True)
            beat.focus = tiles[:1]
            cells = tiles[0].everywhere()
            self.add(*(marks := self.looks(stage, cells[0])))
            some = -(-len(cells) // GROUPS)
            for first in range(0, len(cells), some):
                for tile in tiles:
                    tile.show(cells[first : first + some])
                self.look(stage, cells[min(first + some, len(cells)) - 1], marks)
                self.hold(2.6 * some / len(cells))
            self.remove(*marks)
        return tiles

    def looks(self, stage: Stage, cell: tuple[int, int]) -> list[Outline]:
        """Make an outline for what a cell sees of the picture, and of the map before it."""
        grids = [self.x, *(grid for one, grid in self.taken if one is not stage)]
        return self.look(stage, cell, [Outline(grid, (0, 0), color=self.theme.kernel) for grid in grids])

    def look(self, stage: Stage, cell: tuple[int, int], marks: Sequence[Outline]) -> list[Outline]:
        """Let outlines stand around what a cell sees, or around all where it sees all."""
        for mark in marks:
            before = next((one for one, grid in self.taken if grid is mark.grid), None)
            sees = self.s.under(stage, cell, before)
            at, mark.rows, mark.columns = (0, 0), mark.grid.rows, mark.grid.columns
            if sees is not None:
                at, mark.rows, mark.columns = part_of(mark.grid, self.s, *sees)
            mark.lay(at)
        return [*marks]

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
        big = Grid(stage.maps[0], "output", "liveliest map", detail=stage.name, strip=True)
        with self.beat("The liveliest of them, close up.", focus=big):
            self.rearrange(
                self.x, *(grid for _, grid in self.taken), big, gone=[wall], instead={big: tile}, gap=GAP, most=9.0
            )
            self.rest(0.5)
        self.taken.append((stage, big))
        self.marks = [*self.looks(stage, stage.thin_cell), Outline(big, stage.thin_cell, color=self.theme.kernel)]
        self.wires = []
        told: Template = "Its strongest answer is here, and is made of this part of the picture."
        if stage.sees is None:
            told = "Its strongest answer is here, and is made of the whole picture."
        self.add(self.marks[-1])
        with self.beat(told, focus=self.marks[::-1]):
            for mark in self.marks[-2::-1]:
                self.appear(mark)
            self.join()
            self.rest(1.0)

    def join(self) -> None:
        """Lead from what is seen to what sees it, below the numbers, where they stand side by side."""
        self.remove(*self.wires)
        pairs = zip(self.marks, self.marks[1:], strict=False)
        self.wires = [Wire(pair, self.theme.kernel) for pair in pairs if pair[0].grid.box.right < pair[1].grid.box.left]
        self.add(*self.wires, *(grid for _, grid in self.taken), *self.marks)

    def go_everywhere(self) -> None:
        """Let the marks go over places of the map and back."""
        (stage, big), (*marks, mark) = self.taken[-1], self.marks
        cells = big.everywhere()
        for cell in [*cells[:: -(-len(cells) // PLACES)], stage.thin_cell]:
            self.look(stage, cell, marks)
            mark.lay(cell)
            self.join()
            self.hold(0.2)
