"""The filters that look at the picture itself: what they hold, and where the liveliest answers."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Line, Outline, Row, Scene, Slot, counted
from cnnviz.stage.language import say, written
from cnnviz.stage.layout import LABEL, SMALLEST
from cnnviz.stage.stories.evidence import input_grid, part_of, rooms, unveil
from cnnviz.stage.text import size_within


class Filters(
    Scene,
    subject=subjects.FirstFilters,
    takeaway="A filter of the first layer is a small picture of what it answers to.",
    concepts=("filter", "weights", "feature map"),
    seconds=21,
):
    """The first filters of a network on a wall, and the map of the liveliest."""

    title = "Filters"
    subtitle = "what the first layer holds"

    subject: subjects.FirstFilters

    def tell(self, s: subjects.FirstFilters) -> None:
        """Hang the filters, then let one of them answer."""
        self.s = s
        self.build()
        words = [(s.layer, self.theme.kernel)]
        with self.beat("What do the filters of the first layer hold?", focus=self.wall.box):
            self.wall.ask([one[:, 0] if s.seen.known.is_row else one[0] for one in s.weights], words, role="kernel")
            self.add(self.map)
            self.rest(2.4)
        self.hang()
        if not s.seen.learned:
            with self.beat("They have not learned yet: their weights are random.", focus=self.tiles[:3]):
                self.rest(1.2)
        self.answer()
        self.close("A filter of the first layer is a small picture of what it answers to.", focus=self.tiles[:1])

    def build(self) -> None:
        """Set the picture, the wall, and the map of the first filter."""
        s, stage = self.s, self.frame.stage
        self.x = input_grid(s)
        shape, self.wall, side = rooms(stage, s)
        scale = float(abs(s.maps[0]).max()) or 1.0
        cell = side / max(s.maps[0].shape)
        look: dict[str, Any] = {"scale": scale, "form": "pixels", "side": cell, "hidden": True, "strip": True}
        self.map = Grid(s.maps[0], "output", "its map", **look)
        self.value = Slot(side if shape == "tall" else max(side, 3.3), 0.5)
        answer = Column(self.map, self.value, gap=0.12)
        if shape == "under":
            self.fit(Column(self.x, Row(self.wall, answer, gap=0.5), gap=0.3), most=9.0)
        else:
            self.fit(
                *((self.x, self.wall, answer) if shape == "row" else (self.x, answer, self.wall)),
                gap=0.4 if shape == "row" else 0.75,
                most=9.0,
            )
        self.add(self.x, self.wall, self.value)

    def hang(self) -> None:
        """Show the filters: of color pictures in colors, where gray is 0."""
        s, theme = self.s, self.theme
        shown, (rows, columns) = len(s.weights), s.weights.shape[2:]
        strongest = float(abs(s.weights).max()) or 1.0
        count = say("{shown} of {total} filters", shown=shown, total=s.total)
        every = say("{total} filters", total=s.total)
        words = [(s.layer, theme.kernel), (f"  {count if shown < s.total else every}", theme.text)]
        words.append((f"  {rows} × {columns}", theme.muted))
        is_row = s.seen.known.is_row
        in_color = s.weights.shape[1] == 3 and not is_row
        one, many = "{total} filter of {rows} × {columns} weights.", "{total} filters of {rows} × {columns} weights."
        plain = counted(one, many, s.total)
        some = "{shown} of {total} filters of {rows} × {columns}: those whose maps vary most."
        fields = {"total": s.total, "rows": rows, "columns": columns, **({"shown": shown} if shown < s.total else {})}
        with self.beat(some if shown < s.total else plain, **fields) as beat:
            if in_color:
                pictures = [(one / strongest + 1) / 2 for one in s.weights]
                look = {"photo": 1.0, "colors": pictures}
                self.tiles = self.wall.hang([one[0] for one in pictures], words, role="kernel", **look)
            else:
                shown_as = [one[:, 0] if is_row else one[0] for one in s.weights]
                self.tiles = self.wall.hang(shown_as, words, role="kernel", scale=strongest)
            beat.focus = self.tiles[:2]
            self.rest(2.5)
        if in_color:
            sentence = "Shown as colors: gray is a weight of 0, brighter above it, darker below."
            with self.beat(sentence, focus=self.tiles[:2]):
                self.rest(1.2)

    def answer(self) -> None:
        """Show the map of the first filter, and its strongest window."""
        s, theme = self.s, self.theme
        chosen = Outline(self.tiles[0], (0, 0), self.tiles[0].rows, self.tiles[0].columns, color=theme.highlight)
        with self.beat("The first one slides over the picture and makes this map.", focus=[chosen, self.map]):
            self.appear(chosen)
            unveil(self, self.map, 2.0)
            self.rest(1.0)
        step = s.step
        (top, left), (rows, columns) = map(int, step.input_origin[:2]), s.weights.shape[2:]
        place = part_of(self.x, s, range(top, top + rows), range(left, left + columns))
        window = Outline(self.x, *place, color=theme.kernel)
        mark = Outline(self.map, s.cell, color=theme.kernel)
        ink, box = theme.output if step.result >= 0 else theme.negative, self.value.box
        at = box.left, box.center[1]
        with self.beat("It answers most strongly here: {value}.", value=step.result, focus=[window, mark]):
            self.appear(window)
            self.appear(mark)
            self.appear(Line([(written(step.result), ink)], LABEL, at=at, align="left"), into=self.value)
            self.rest(2.0)
        count, added = step.products.size, float(step.products.sum())
        runs = [
            (f"{count}", theme.text),
            (say(" products ") + written(added), theme.muted),
            (say("  bias ") + written(step.bias), theme.kernel),
        ]
        sentence = "{count} products add up to {sum}, and the bias to it is {bias}."
        with self.beat(sentence, count=count, sum=added, bias=step.bias, focus=[window, mark]):
            self.value.clear()
            size = size_within(box.width, LABEL, *(text for text, _ in runs))
            self.appear(Line(runs, max(SMALLEST, size), at=at, align="left"), into=self.value)
            self.rest(1.6)
