"""What each layer makes of a picture: its maps on a wall, the liveliest first."""

from cnnviz import subjects
from cnnviz.stage import Grid, Outline, Scene, Wall, counted
from cnnviz.stage.color import Color
from cnnviz.stage.language import say
from cnnviz.stage.stories.evidence import input_grid, part_of
from cnnviz.subjects.inside import Stage


class ActivationMaps(
    Scene,
    subject=subjects.Maps,
    takeaway="A map is the answer of one filter at every place of the picture.",
    concepts=("feature map", "activation", "receptive field"),
    seconds=22,
):
    """The maps of a network's layers for one picture, and what its strongest answers look at."""

    title = "Activation maps"
    subtitle = "what each layer answers"

    subject: subjects.Maps

    def tell(self, s: subjects.Maps) -> None:
        """Hang the maps of one layer after the other."""
        self.s = s
        self.build()
        with self.beat("What does each layer make of this picture?", focus=self.x):
            self.wall.ask(s.stages[0].maps, self.words(s.stages[0]))
            self.rest(2.6)
        for index, stage in enumerate(s.stages):
            self.hang(index, stage)
            if index == 0 and not s.seen.learned:
                with self.beat("It has not learned yet: random filters made these maps.", focus=self.tiles[:3]):
                    self.rest(1.0)
            if index in (0, len(s.stages) - 1):
                self.look(stage)
        self.close(
            "A map is the answer of one filter at every place of the picture.", focus=[*self.marks, self.tiles[0]]
        )

    def build(self) -> None:
        """Set the picture and the wall."""
        stage, self.x = self.frame.stage, input_grid(self.s)
        wide = stage.width > 1.3 * stage.height and not self.s.seen.known.is_row
        self.wall = Wall(stage.width * 0.6, stage.height) if wide else Wall(stage.width, stage.height * 0.6)
        self.arrange(self.x, self.wall, most=9.0)
        self.tiles: list[Grid] = []
        self.marks: list[Outline] = []

    def hang(self, index: int, stage: Stage) -> None:
        """Show the maps of a layer."""
        shown, (rows, columns) = len(stage.maps), stage.size
        every = counted(
            "{total} map of {rows} × {columns} numbers.", "{total} maps of {rows} × {columns} numbers.", stage.total
        )
        few = "{shown} of its {total} maps of {rows} × {columns}: those in which most happens."
        fields = {"rows": rows, "columns": columns, "total": stage.total}
        if shown < stage.total:
            fields["shown"] = shown
        with self.beat(few if shown < stage.total else every, **fields) as beat:
            self.vanish(self.wall, *self.marks)
            self.marks = []
            scale = float(abs(stage.maps).max()) or 1.0
            self.tiles = self.wall.hang(stage.maps, self.words(stage), role="output", scale=scale)
            self.step(index + 1, len(self.s.stages), noun="layer")
            beat.focus = self.tiles[:1]
            self.rest(2.6)

    def words(self, stage: Stage) -> list[tuple[str, Color]]:
        """Say which maps hang on the wall."""
        theme, shown, (rows, columns) = self.theme, len(stage.maps), stage.size
        some = say("{shown} of {total} maps", shown=shown, total=stage.total)
        return [
            (stage.name, theme.output),
            (f"  {some if shown < stage.total else say('{total} maps', total=stage.total)}", theme.text),
            (f"  {rows} × {columns}", theme.muted),
        ]

    def look(self, stage: Stage) -> None:
        """Mark the largest number of the first map, and what of the picture it sees."""
        cell = Outline(self.tiles[0], stage.thin_cell, color=self.theme.kernel)
        self.marks = [cell]
        if stage.sees is None:
            with self.beat("Its strongest answer is here, and is made of the whole picture.", focus=cell):
                self.appear(cell)
            return
        rows, columns = stage.sees
        part = Outline(self.x, *part_of(self.x, self.s, rows, columns), color=self.theme.kernel)
        with self.beat("Its strongest answer is here, and is made of this part of the picture.", focus=[part, cell]):
            self.appear(cell)
            self.appear(part)
            self.rest(1.6)
        self.marks.append(part)
