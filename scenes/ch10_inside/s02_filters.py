"""The filters that look at the picture itself: what they hold, and where the liveliest answers."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Label, Outline, Row, Scene, Wall, cell_text, counted
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import LABEL
from cnnviz.stage.pictures.grid import Cell
from cnnviz.stage.stories.evidence import input_grid, part_of, rooms
from cnnviz.stage.stories.multiplying import multiply, put_back

BELOW = 0.42  # units: room for an answer
GROUPS = 40  # of cells, in which a map comes


class Filters(
    Scene,
    subject=subjects.FirstFilters,
    takeaway="A filter of the first layer is a small picture of what it answers to.",
    concepts=("filter", "weights", "feature map"),
    seconds=28,
):
    """The first filters of a network on a wall, the map of the liveliest, and one part of the picture under all."""

    title = "Filters"
    subtitle = "what the first layer holds"

    subject: subjects.FirstFilters

    def tell(self, s: subjects.FirstFilters) -> None:
        """Hang the filters, let one of them answer, then all of them at one place."""
        self.s, self.is_row = s, s.seen.known.is_row
        self.in_color = s.weights.shape[1] == 3 and not self.is_row
        self.build()
        with self.beat("What do the filters of the first layer hold?", focus=self.wall.box):
            self.wall.ask([*map(self.flat, s.weights)], [(s.layer, self.theme.kernel)], role="kernel")
            self.rest(2.4)
        self.hang()
        self.answer()
        if not self.in_color:
            numbers = [self.flat(each) for each in (s.step.values, s.weights[0], s.step.products)]
            self.gone = multiply(self, (self.window, self.tiles[0]), numbers, s.step, gone=[self.x, *self.gone])
        self.compare()
        self.close("A filter of the first layer is a small picture of what it answers to.", focus=[self.best])

    def build(self) -> None:
        """Set the picture, the wall, and the map of the first filter."""
        s, stage = self.s, self.frame.stage
        self.x = input_grid(s)
        shape, self.wall, side = rooms(stage, s)
        look: dict[str, Any] = {"form": "pixels", "side": side / max(s.maps[0].shape), "hidden": True, "strip": True}
        self.map = Grid(s.maps[0], "output", "its map", scale=float(abs(s.maps[0]).max()) or 1.0, **look)
        if shape == "under":
            self.arrange(Column(self.x, Row(self.wall, self.map, gap=0.5), gap=0.3), most=9.0)
        else:
            items = (self.x, self.wall, self.map) if shape == "row" else (self.x, self.map, self.wall)
            self.arrange(*items, gap=0.4 if shape == "row" else 0.75, most=9.0)

    def flat(self, one: Any) -> Any:
        """Return a filter, or what is under one, as a matrix: of a sequence a row for each channel."""
        return one[:, 0] if self.is_row else one[0]

    def filters(self, wall: Wall, **room: Any) -> list[Grid]:
        """Hang the filters: of color pictures in colors, where gray is 0."""
        s, strongest = self.s, float(abs(self.s.weights).max()) or 1.0
        some = say("{shown} of {total} filters", shown=len(s.weights), total=s.total)
        count = some if len(s.weights) < s.total else say("{total} filters", total=s.total)
        shape = f"  {s.weights.shape[2]} × {s.weights.shape[3]}"
        words = [(s.layer, self.theme.kernel), (f"  {count}", self.theme.text), (shape, self.theme.muted)]
        if self.in_color:
            pictures = [(one / strongest + 1) / 2 for one in s.weights]
            return wall.hang([one[0] for one in pictures], words, role="kernel", photo=1.0, colors=pictures, **room)
        return wall.hang([*map(self.flat, s.weights)], words, role="kernel", scale=strongest, **room)

    def hang(self) -> None:
        """Show the filters."""
        s, (rows, columns) = self.s, self.s.weights.shape[2:]
        one, many = "{total} filter of {rows} × {columns} weights.", "{total} filters of {rows} × {columns} weights."
        some = "{shown} of {total} filters of {rows} × {columns}: those whose maps vary most."
        fields = {"total": s.total, "rows": rows, "columns": columns}
        is_some = len(s.weights) < s.total
        fields |= {"shown": len(s.weights)} if is_some else {}
        with self.beat(some if is_some else counted(one, many, s.total), **fields) as beat:
            self.tiles = self.filters(self.wall)
            beat.focus = self.tiles[:2]
            self.rest(2.0)
        if self.in_color:
            told: Template = "Shown as colors: gray is a weight of 0, brighter above it, darker below."
            with self.beat(told, focus=self.tiles[:2]):
                self.rest(1.2)
        if not s.seen.learned:
            with self.beat("They have not learned yet: their weights are random.", focus=self.tiles[:3]):
                self.rest(1.2)

    def lay(self, cell: Cell) -> None:
        """Let the window stand where the first filter answers with a cell of its map, as far as that is picture."""
        spans = zip(self.s.trace.at((0, *cell)).input_origin[:2], self.s.weights.shape[2:], self.s.x_shape, strict=True)
        rows, columns = (range(max(0, at), min(at + size, side)) for at, size, side in spans)
        at, self.window.rows, self.window.columns = part_of(self.x, self.s, rows, columns)
        self.window.lay(at)

    def answer(self) -> None:
        """Let the first filter slide over the picture, and find its strongest window."""
        s, theme, first = self.s, self.theme, self.tiles[0]
        chosen = Outline(first, (0, 0), first.rows, first.columns, color=theme.highlight)
        self.window = Outline(self.x, (0, 0), color=theme.kernel)
        with self.beat("The first one slides over the picture and makes this map.", focus=[chosen, self.map]):
            self.add(chosen, self.window)
            cells = self.map.everywhere()
            some = -(-len(cells) // GROUPS)
            for first in range(0, len(cells), some):
                self.map.show(group := cells[first : first + some])
                self.lay(group[-1])
                self.hold(2.6 * some / len(cells))
        mark = Outline(self.map, s.cell, color=theme.kernel)
        self.map.only([cell for cell in cells if s.within[cell]])
        with self.beat("Of all windows inside the picture, this one gets the strongest answer.") as beat:
            self.lay(s.cell)
            self.add(mark)
            self.point(self.window, mark)
            beat.focus = [self.window, mark]
        self.gone = [self.wall, self.map, chosen, mark]

    def compare(self) -> None:
        """Lay every filter on the same part."""
        s, stage, theme = self.s, self.frame.stage, self.theme
        wide = stage.width > stage.height
        wall = Wall(stage.width * 0.58, stage.height) if wide else Wall(stage.width, stage.height * 0.5)
        with self.beat("The same part under every filter: how strongly does each answer?") as beat:
            if self.in_color:
                self.rearrange(self.x, wall, gone=self.gone, most=9.0)
            else:
                self.fit(self.x, wall, most=9.0)
                self.lay(s.cell)
                put_back(self, self.gone, self.x, self.window)
                self.add(wall)
            tiles, most = self.filters(wall, below=BELOW), int(abs(s.answers).argmax())
            for tile, answer in zip(tiles, s.answers.tolist(), strict=True):
                ink, at = theme.output if answer >= 0 else theme.negative, (tile.box.center[0], tile.box.bottom - 0.21)
                self.appear(Label(cell_text(answer), LABEL, ink, at=at), into=wall, seconds=0.3)
            best = tiles[most]
            self.best = Outline(best, (0, 0), best.rows, best.columns, color=theme.highlight)
            self.add(self.best)
            beat.focus = [self.best]
