"""What one deep neuron sees of the picture: 3, 5, 7 cells, and leaps where layers stride or pool."""

from typing import Any

from manim import VGroup

from cnnviz import subjects
from cnnviz.stage import Cone, Grid, Ladder, Line, Scene, Stack, Turn, View
from cnnviz.stage.formula import tinted
from cnnviz.stage.language import say
from cnnviz.stage.layout import NOTE
from cnnviz.stage.space import FRONT
from cnnviz.stage.stories.field_words import widened
from cnnviz.subjects.field import Level, Sight

ROWS = 0.5  # widths of a sequence, from the first sheet to the last
BESIDE, MANY = (1.85, 0.0), 5  # room for what is written about a sheet; sheets from which on it is in short lines
SIDE, ABOVE = View(48, 11), View(-14, 56)


class ReceptiveField(
    Scene,
    subject=subjects.Field,
    gif="receptive-field",
    takeaway="Each window widens the field by its reach times the jump: 3, 5, 7, and by leaps after strides and "
    "pooling.",
    concepts=("receptive field", "jump", "stride", "pooling", "depth"),
    seconds=50,
):
    """Open the cone of one deep neuron down to the photo, layer by layer.

    NETWORK is one line as for `cnnviz shapes`: the input, then convolutions and poolings after > signs. If left out,
    three convolutions and then a network with pooling between are shown.

    cnnviz gif receptive-field
    cnnviz gif receptive-field "1x28x28 > conv 8 k5 > pool 2 > conv 16 k5 > pool 2" --image digit:7
    cnnviz gif receptive-field "3x64x64 > conv 8 k3 d2 > conv 8 k3 s2 > conv 8 k3" -o cone.gif
    """

    title = "Receptive field"
    subtitle = "what one neuron sees"

    subject: subjects.Field

    def tell(self, s: subjects.Field) -> None:
        """Grow the cone of each network."""
        self.total, self.told = sum(len(sight.shown) - 1 for sight in s.sights), 0
        for sight in s.sights:
            self.build(sight)
            self.open(first=sight is s.sights[0])
            for index in range(1, len(sight.shown)):
                self.climb(index)
        rows, columns = sight.levels[-1].size
        sentence = "Every window adds its reach times the jump: this neuron sees {rows} × {columns} cells."
        self.close(sentence, rows=rows, columns=columns, focus=[self.cone.marks[0], self.formula])

    def build(self, sight: Sight) -> None:
        """Set a sheet for each layer and the formula, the way round that makes them largest."""
        if hasattr(self, "cone"):
            self.vanish(*self.cone.drawn, *self.tags, self.formula, seconds=0.4)
        self.sight = sight
        self.lay_out()
        self.sheets, self.tags = self.stack.sheets, []
        self.cone = Cone(self.sheets)

    def lay_out(self) -> None:
        """Set everything as one looks at it from the side, or from above where the frame is narrow."""
        sight, wide = self.sight, self.frame.is_wide
        scale = 32 / max(sight.levels[0].shape)
        sheets, offsets = [], []
        for number in sight.shown:
            look: dict[str, Any] = {"ruled": True, "scale": 1.0} if number else {}
            if not number and not sight.is_row:
                look["photo"] = sight.picture.peak
            zoom, role = scale * max(sight.levels[number].jump), "output" if number else "input"
            sheets.append(Grid(sight.values(number), role, form="pixels", zoom=zoom, most=9.0, strip=True, **look))
            down, across = sight.offset(number)
            offsets.append((scale * across, -scale * down))
        wide = wide and not sight.is_row
        self.is_crowded = wide and len(sheets) > MANY
        below = 0.0, 0.75 + 0.3 * self.is_crowded
        view, gap, spare = (SIDE, 1.2, below) if wide else (ABOVE, 3.4 / len(sheets), BESIDE)
        if sight.is_row:
            gap = (ROWS if self.frame.is_wide else 3 * ROWS) / len(sheets)
        self.stack = Stack(sheets, view=view, gap=gap, offsets=offsets, spare=spare)
        self.formula = Ladder(3.0, 3, size=25)
        self.fit(self.stack, self.formula, gap=0.2)
        self.add(self.formula)

    def open(self, *, first: bool) -> None:
        """Show the photo, and turn it to stand in space."""
        photo, side = self.sheets[0], self.sheets[0].plane
        photo.stand(FRONT.plane(self.stack.box.center))
        question = "How much of a picture can reach one neuron that is layers away from it?"
        again = "Again, with pooling between. Will a neuron see more?"
        with self.beat(question if first else again, focus=photo):
            self.appear(photo)
            self.rest(1.8)
            self.play(Turn([(photo, side)]), run_time=1.2)
            self.name(0)

    def climb(self, index: int) -> None:
        """Put a layer on top and let its neuron look down."""
        sight, number = self.sight, self.sight.shown[index]
        before, here = sight.levels[number - 1], sight.levels[number]
        (rows, columns), skipped = here.size, self.sight.skips(index)
        sentence = widened(before, here, first=index == 1, skipped=skipped)
        self.told += 1
        with self.beat(sentence, rows=rows, columns=columns, focus=[self.sheets[index]]):
            self.step(self.told, self.total, noun="layer")
            self.cone.open(self, [sight.spans(number)[level] for level in sight.shown[: index + 1]])
            self.name(index)
            if not skipped:
                self.spell(before, here)
            self.rest(0.5)

    def name(self, index: int) -> None:
        """Write what a sheet is, and what a cell of it sees."""
        sight, theme, sheet = self.sight, self.theme, self.sheets[index]
        level = sight.levels[sight.shown[index]]
        whole = say("input" if sight.is_row else "photo")
        word = whole if not index else f"… {level.name}" if self.sight.skips(index) else level.name
        size, ink = (level.size, theme.highlight) if index else (level.shape, theme.muted)
        named, sized = (
            (word.partition(",")[0] if self.is_crowded or not self.frame.is_wide else word, theme.role(sheet.role)),
            (" × ".join(map(str, size)), ink),
        )
        jump = [(say("  jump {jump}", jump=max(level.jump)), theme.muted)] if max(level.jump) > 1 else []
        lines = [[named], [sized], jump] if self.is_crowded else [[named], [sized, *jump]]
        low, right, top, _ = sheet.corners((0, 0), sheet.rows, sheet.columns)
        (x, y), align = ((low[0] + right[0]) / 2, (low[1] + right[1]) / 2 - 0.27), "center"
        if self.stack.view is ABOVE:
            (x, y), align = (right[0] + 0.15, (right[1] + top[1]) / 2 + 0.1), "left"
        places = ((line, (x, y - 0.3 * i), i > 0) for i, line in enumerate(lines) if line)
        self.tags.append(VGroup(*(Line(line, NOTE, at=at, align=align, bold=bold) for line, at, bold in places)))
        self.appear(self.tags[-1], seconds=0.3)

    def spell(self, before: Level, here: Level) -> None:
        """Write how the layer widened the field: in letters, with its numbers, and the result."""
        theme, holes = self.theme, any(level.dilation > 1 for level in self.sight.levels)
        rungs = []
        for field, kernel, dilation, jump in (
            ("r_(l-1)", "k", "d", "j_(l-1)"),
            (before.size[1], here.kernel, here.dilation, before.jump[1]),
        ):
            taps = [f"({tinted(str(kernel), theme.kernel)} - 1)"] + [tinted(str(dilation), theme.kernel)] * holes
            added = " dot ".join([*taps, tinted(str(jump), theme.input)])
            rungs.append(f"{tinted(str(field), theme.highlight)} + {added}")
        first, last = tinted("r_l", theme.highlight), tinted(str(here.size[1]), theme.highlight)
        self.formula.climb(self, self.formula.rungs(first, *rungs, last), pause=0.1)
