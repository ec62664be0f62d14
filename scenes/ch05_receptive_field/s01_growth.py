"""What one deep neuron sees of the picture: 3, 5, 7 cells, and leaps where layers stride or pool."""

from typing import Any

from manim import FadeOut

from cnnviz import subjects
from cnnviz.stage import Cone, Grid, Outline, Stack, Turn
from cnnviz.stage.glide import SOON
from cnnviz.stage.language import Template
from cnnviz.stage.layout import NOTE, units
from cnnviz.stage.stories.field_words import widened
from cnnviz.stage.stories.naming import ABOVE, CLOSE, LEADING, MANY, SIDE, Naming, abreast
from cnnviz.subjects.field import Sight

ROWS = 0.8  # widths of a sequence, from the first sheet to the last
BESIDE, BELOW = (1.85, 0.0), (1.85, 0.4)  # room for what is written beside a sheet, and below the last one


class ReceptiveField(
    Naming,
    subject=subjects.Field,
    gif="receptive-field",
    takeaway="Each window widens the field by its reach times the jump: 3, 5, 7, and by leaps after strides and "
    "pooling.",
    concepts=("receptive field", "jump", "stride", "pooling", "depth"),
    seconds=51,
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
            self.open(sight)
            for index in range(1, len(sight.shown)):
                self.climb(index)
            small, self.earlier = self.earlier, sight
        (rows, columns), (high, wide) = sight.levels[-1].size, s.sights[0].levels[-1].size
        told: Template = "Every window adds its reach times the jump: this neuron sees {rows} × {columns} cells."
        frames = self.cone.marks[:1]
        if small:
            frames.append(self.frame_of(small))
            self.appear(frames[1])
            self.name(0, {small: self.theme.text, sight: self.theme.highlight})
            told = "Every window adds its reach times the jump: {rows} × {columns}, without pooling {high} × {wide}."
        fields, sums = {"rows": rows, "columns": columns, "high": high, "wide": wide}, list(self.tags.values())[1:]
        self.close(told, **fields, focus=frames, motion=lambda: [self.point(each, seconds=0.6) for each in sums][-1])

    def build(self, sight: Sight) -> None:
        """Set a sheet for each layer; the photo of a network before comes to the front meanwhile."""
        if before := self.sheets[0] if self.earlier else None:
            gone = [part for part in (*self.cone.drawn, *self.tags.values()) if part is not before]
            away = [FadeOut(part, rate_func=SOON) for part in gone]
            self.play(Turn([(before, self.front(before))]), *away, run_time=1.2)
        self.sight = sight
        self.lay_out()
        self.sheets, self.tags = self.stack.sheets, {}
        self.cone = Cone(self.sheets)
        self.sheets[0].stand(self.front(self.sheets[0]))
        self.add(self.sheets[0])
        self.remove(before) if before else None

    def lay_out(self) -> None:
        """Set everything as one looks at it from the side, or from above where the frame is narrow."""
        sight, stage = self.sight, self.frame.stage
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
        count, view, spare = len(sheets), ABOVE, BESIDE
        gap, self.type = 3.4 / count, NOTE
        if sight.is_row:
            gap, spare = (ROWS if self.frame.is_wide else 3 * ROWS) / count, BELOW
        elif self.frame.width >= self.frame.height:
            view, self.type = CLOSE if count > MANY else SIDE, self.fit_type(stage.width / count - 0.35)
            lines = 4 if max(sight.levels[-1].jump) > 1 else 3
            spare = 0.4, (lines + 0.4) * LEADING * units(self.type)
            gap, lifts = abreast(sheets, view, stage.width - spare[0], stage.height - spare[1])
            offsets = [(across, up + lift) for (across, up), lift in zip(offsets, lifts, strict=True)]
        self.stack = Stack(sheets, view=view, gap=gap, offsets=offsets, spare=spare)
        self.fit(self.stack)

    def open(self, sight: Sight) -> None:
        """Show the photo, large, turn it to stand in space, and set the layers before it."""
        told: Template = "How much of a picture can reach one neuron that is layers away from it?"
        with self.beat("Again, with pooling between. Will a neuron see more?" if self.earlier else told):
            self.build(sight)
            seen = [self.frame_of(self.earlier)] if self.earlier else []
            self.add(*seen)
            self.rest(1.0)
            self.remove(*seen)
            self.play(Turn([(self.sheets[0], self.stack.planes(self.stack.view)[0])]), run_time=1.0)
            for index, sheet in enumerate(self.sheets):
                if index:
                    sheet.only([self.sight.neuron] if sheet is self.sheets[-1] else [])
                    self.appear(sheet, seconds=0.25)
                self.name(index, {}, told=False)
            self.point(Outline(sheet, self.sight.neuron, color=self.theme.highlight))

    def frame_of(self, sight: Sight) -> Outline:
        """Return the outline of what the deep neuron of another network sees of the photo."""
        rows, columns = sight.spans(len(sight.levels) - 1)[0]
        return Outline(self.sheets[0], (min(rows), min(columns)), len(rows), len(columns), color=self.theme.text)

    def climb(self, index: int) -> None:
        """Let the neuron of a layer look down, and write what it sees and why."""
        sight, number = self.sight, self.sight.shown[index]
        before, here, skipped = sight.levels[number - 1], sight.levels[number], sight.skips(index)
        below = [sight.spans(number)[level] for level in sight.shown[: index + 1]]
        with self.beat(widened(before, here, first=index == 1, skipped=skipped), focus=[self.sheets[index]]):
            self.step(index, len(sight.shown) - 1, noun="layer")
            self.cone.open(self, below, [] if index == 1 else sight.looks(index))
        fields = {"rows": here.size[0], "columns": here.size[1], "focus": self.cone.marks[:1]}
        with self.beat("It sees {rows} × {columns} cells.", **fields):
            self.name(0, {sight: self.theme.highlight}, level=number)
            self.name(index, {})
            self.rest(0.5)
