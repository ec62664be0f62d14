"""What one deep neuron sees of the picture: 3, 5, 7 cells, and leaps where layers stride or pool."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Cone, Grid, Ladder, Outline, Stack, Turn
from cnnviz.stage.language import Template
from cnnviz.stage.stories.field_words import widened
from cnnviz.stage.stories.naming import ABOVE, SIDE, Naming
from cnnviz.subjects.field import Sight

ROWS = 0.5  # widths of a sequence, from the first sheet to the last
BESIDE, MANY = (1.85, 0.0), 5  # room for what is written about a sheet; sheets from which on it is in short lines


class ReceptiveField(
    Naming,
    subject=subjects.Field,
    gif="receptive-field",
    takeaway="Each window widens the field by its reach times the jump: 3, 5, 7, and by leaps after strides and "
    "pooling.",
    concepts=("receptive field", "jump", "stride", "pooling", "depth"),
    seconds=53,
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
        self.earlier: Sight | None = None
        for sight in s.sights:
            self.build(sight)
            self.open()
            for index in range(1, len(sight.shown)):
                self.climb(index)
            small, self.earlier = self.earlier, sight
        (rows, columns), (high, wide) = sight.levels[-1].size, s.sights[0].levels[-1].size
        told: Template = "Every window adds its reach times the jump: this neuron sees {rows} × {columns} cells."
        if small:
            self.add(self.frame_of(small))
            self.name(0, {small: self.theme.text, sight: self.theme.highlight})
            told = "Every window adds its reach times the jump: {rows} × {columns}, without pooling {high} × {wide}."
        fields = {"rows": rows, "columns": columns, "high": high, "wide": wide}
        self.close(told, **fields, focus=[self.cone.marks[0], self.formula])

    def build(self, sight: Sight) -> None:
        """Set a sheet for each layer and the formula; the photo of a network before comes to the front meanwhile."""
        before = self.sheets[0] if self.earlier else None
        if before:
            gone = [part for part in self.cone.drawn if part is not before]
            self.vanish(*gone, *self.tags, self.formula, seconds=0.4)
            self.play(Turn([(before, self.front(before))]), run_time=1.0)
            self.uncount()
        self.sight = sight
        self.lay_out()
        self.sheets, self.tags = self.stack.sheets, []
        self.cone = Cone(self.sheets)
        self.sheets[0].stand(self.front(self.sheets[0]))
        self.add(self.sheets[0])
        self.remove(before) if before else None

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
        below = 0.4, 0.75 + 0.3 * self.is_crowded
        view, gap, spare = (SIDE, 1.2, below) if wide else (ABOVE, 3.4 / len(sheets), BESIDE)
        if sight.is_row:
            gap = (ROWS if self.frame.is_wide else 3 * ROWS) / len(sheets)
        self.stack = Stack(sheets, view=view, gap=gap, offsets=offsets, spare=spare)
        self.formula = Ladder(3.0, 3, size=25)
        stage = self.frame.stage
        if wide:
            self.fit(self.stack)
            self.formula.settle(stage.right - 3.0, stage.top, 1.0)
        else:
            self.fit(self.stack, self.formula, gap=0.2)
        self.add(self.formula)

    def open(self) -> None:
        """Show the photo, large, and turn it to stand in space."""
        photo, side = self.sheets[0], self.stack.planes(self.stack.view)[0]
        told: Template = "How much of a picture can reach one neuron that is layers away from it?"
        seen = [self.frame_of(self.earlier)] if self.earlier else []
        with self.beat("Again, with pooling between. Will a neuron see more?" if seen else told, focus=seen or photo):
            self.add(*seen)
            self.rest(1.6)
        self.remove(*seen)
        self.play(Turn([(photo, side)]), run_time=1.2)
        self.name(0, {})

    def frame_of(self, sight: Sight) -> Outline:
        """Return the outline of what the deep neuron of another network sees of the photo."""
        rows, columns = sight.spans(len(sight.levels) - 1)[0]
        return Outline(self.sheets[0], (min(rows), min(columns)), len(rows), len(columns), color=self.theme.text)

    def climb(self, index: int) -> None:
        """Put a layer on top and let its neuron look down."""
        sight, number = self.sight, self.sight.shown[index]
        before, here = sight.levels[number - 1], sight.levels[number]
        (rows, columns), skipped = here.size, self.sight.skips(index)
        sentence = widened(before, here, first=index == 1, skipped=skipped)
        with self.beat(sentence, focus=[self.sheets[index]]):
            self.step(index, len(sight.shown) - 1, noun="layer")
            self.formula.clear()
            if not skipped:
                self.spell(before, here)
            self.cone.open(self, [sight.spans(number)[level] for level in sight.shown[: index + 1]])
        with self.beat("It sees {rows} × {columns} cells.", rows=rows, columns=columns, focus=self.cone.marks[:1]):
            self.name(0, {sight: self.theme.highlight}, level=number)
            self.name(index, {})
            self.rest(0.5)
