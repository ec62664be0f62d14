"""Transfer: filters learned on some digits, kept, trained on or thrown away for others, as measured."""

from manim import Group, VGroup

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Label, Outline, Row, Scene, Slot, Spread, counted, layout, say
from cnnviz.stage.language import Template
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import Rectangle, Strokes
from cnnviz.stage.stories.comparing import compared
from cnnviz.stage.text import Align, size_within
from cnnviz.stage.theme import at_hand

WAYS: tuple[Template, ...] = ("frozen", "fine-tuned", "from scratch", "frozen, never trained")
FROZEN, TUNED, SCRATCH, RANDOM = WAYS
KEPT: tuple[Template, ...] = ("learned filters", "learned filters", "new filters", "new filters")
GAP, NEAR, FOOT, HIGHEST = 0.3, 0.14, 0.4, 2.2  # between pictures; within one; below a network; its height at most
LOCK, ARCH = 0.2, 0.6  # width of a lock; height of its shackle, and width, in widths of the lock


class Way(Group):
    """A network with its first weights; below its filters and its last layer stands how many learn, or a lock."""

    def __init__(self, s: subjects.Transfer, way: str, kept: Template) -> None:
        super().__init__()
        self.theme, self.counts = at_hand(), s.trained(way).ravel().astype(int).tolist()
        sheets = [Grid(each, "kernel", zoom=1 / len(each), form="pixels") for each in s.weights(way)]
        self.parts = [sheets[:2], sheets[2:]]
        self.foot, self.head = Slot(0.0, FOOT), Slot(0.0, 0.0, way, detail=say(kept), role="kernel")
        digit = Grid(s.digit, "input", scale=1.0, zoom=1 / len(s.digit), form="pixels")
        self.body = Row(digit, *sheets, gap=2 * NEAR)
        self.column = Column(self.head, self.body, self.foot, gap=0.0)

    def extent(self, cell: float) -> tuple[float, float]:
        """Return width and height with name and counts."""
        return self.column.extent(cell)

    def settle(self, left: float, top: float, cell: float) -> None:
        """Stand with the upper left corner at a point."""
        self.column.settle(left, top, cell)
        self.remove(*self.submobjects)
        self.add(self.head, *self.body.items, self.foot)

    def told(self, part: int) -> VGroup:
        """Write below the filters, 0, or the last layer, 1, how many learn, or lock them."""
        grids, count = self.parts[part], self.counts[part]
        left, y, ink = grids[0].box.left, self.foot.box.center[1], self.theme.highlight if count else self.theme.muted
        around = [Outline(grid, (0, 0), grid.rows, grid.columns, color=ink) for grid in grids]
        if count:
            room = self.body.items[-1].box.right - self.body.items[1].box.left - NEAR
            side: Align = "right" if part else "left"
            at, text = (getattr(grids[0].box, side), y), say("{count} learn", count=count)
            size = size_within(room / 2, layout.TERM, text)
            return VGroup(*around, Label(text, size, ink, at=at, align=side))
        text = Label(say("locked"), layout.TERM, ink, at=(left + LOCK + NEAR, y), align="left")
        return VGroup(*around, *self.lock(left, y), text)

    def lock(self, left: float, y: float) -> tuple[Rectangle, Strokes]:
        """Draw a lock, its body at the height of a line of text."""
        x, half, high = left + LOCK / 2, ARCH * LOCK / 2, y + ARCH * LOCK
        arch = [(x - half, y), (x - half, high), (x + half, high), (x + half, y)]
        body = Rectangle(Box(left, y - ARCH * LOCK, left + LOCK, y), fill=self.theme.text)
        return body, Strokes([arch], self.theme.text, 3.0)


class Transfer(
    Scene,
    subject=subjects.Transfer,
    takeaway="Keeping what was learned elsewhere saves training; whether it also helps has to be measured.",
    concepts=("transfer learning", "fine-tuning", "frozen layers"),
    seconds=36,
):
    """A network that learned 0 to 4 is to read 5 to 9, in four ways."""

    title = "Transfer learning"
    subtitle = "what is carried over"

    subject: subjects.Transfer

    def tell(self, s: subjects.Transfer) -> None:
        """Show both tasks, the four ways, and what came out."""
        before = Grid(s.before, "input", "learned first", detail=say("0 to 4"), scale=1.0, form="pixels")
        after = Grid(s.after, "input", "now to learn", detail=say("5 to 9"), scale=1.0, form="pixels")
        self.arrange(before, after, most=0.15)
        with self.beat("A network has learned to read 0 to 4. Do its filters help with 5 to 9?", focus=[before, after]):
            self.rest(2.5)
        self.compare(s, self.choose(s, [before, after]))

    def choose(self, s: subjects.Transfer, gone: list[Grid]) -> list[Way]:
        """Build the four networks, and lock what does not learn; return them."""
        ways = [Way(s, *pair) for pair in zip(WAYS, KEPT, strict=True)]
        orders = [Row(Column(*ways[:2]), Column(*ways[2:]), gap=2 * GAP)], [Column(*ways)]
        best = self.roomiest(*orders, gap=GAP, most=HIGHEST)
        self.rearrange(*best, gone=gone, gap=GAP, most=HIGHEST, seconds=0.6)
        told: tuple[Template, ...] = (
            "Keep the filters, and only the last layer learns: {head} parameters.",
            "Or let the filters go on learning, too: {filters} more.",
            "Or throw them away and start anew.",
            "And a control: keep filters that have never learned anything.",
        )
        counts: tuple[dict[str, int], ...] = ({"head": s.head}, {"filters": s.filters}, {}, {})
        for way, sentence, fields in zip(ways, told, counts, strict=True):
            with self.beat(sentence, **fields, focus=[*way.body.items[1:]]):
                for part in (0, 1):
                    self.point(*way.parts[part], seconds=0.6)
                    self.appear(way.told(part), into=way.foot)
        return ways

    def compare(self, s: subjects.Transfer, gone: list[Way]) -> None:
        """Show what came out, with every seed, from few examples to many."""
        few, many = s.sizes[0], s.sizes[-1]
        every = [value for series in s.accuracy.series for point in series.points for value in point.values]

        def chart(place: float, wide: float, high: float) -> Spread:
            points = {say(way): s.accuracy[way].at(place) for way in WAYS}
            look = {"detail": say("{few} of each", few=int(place)), "said": s.accuracy.said, "over": every}
            return Spread(points, wide, high, title="read right", **look)

        charts = compared(self, {place: s.asked(place) for place in (few, many)}, chart, "to learn from", gone=gone)
        seeds = counted("{count} seed", "{count} seeds", s.seeds)
        told: Template = "{seeds} each, on digits not seen. Which way is best?"
        with self.beat(told, seeds=seeds, focus=[chart.box for chart in charts.values()]):
            for place, drawn in charts.items():
                for way in WAYS:
                    self.appear(drawn.show(say(way), lit=way == s.accuracy.winner(place)), seconds=0.35)
        winners = {place: s.accuracy.winner(place) for place in charts}
        if not any(winners.values()):
            told = "With few digits and with many, none is ahead of all others by more than the spread."
            with self.beat(told, focus=[drawn.row(say(way)) for way in WAYS for drawn in charts.values()]):
                self.rest(0.8)
        for place, way in winners.items():
            if way:
                told, percent = "With {few} of each digit, {way} is best: {percent} %.", s.percent(way, place)
                with self.beat(told, few=int(place), way=way, percent=percent, focus=charts[place].row(say(way))):
                    self.rest(0.8)
        kept, new = s.percent(FROZEN, few), s.percent(RANDOM, few)
        told = "Kept filters: {kept} % if they have learned, {new} % if they never did."
        if not s.differ(few):
            told = "Kept filters: {kept} % if they have learned, {new} % if never: no gap beyond the spread."
        with self.beat(told, kept=kept, new=new, focus=[charts[few].row(say(way)) for way in (FROZEN, RANDOM)]):
            self.rest(0.6)
        told = "Whether learned filters help depends on how many examples there are."
        if s.wins == 0:
            told = "Whether learned filters help has to be measured: here they do not, beyond the spread."
            if SCRATCH in s.accuracy.gains(few, FROZEN):
                told = "With {few} of each, {way} is behind {other}: {kept} % against {new} %. Measure it."
        elif s.wins == len(s.sizes):
            told = "Here going on from learned filters is better than starting anew."
        fields = {"few": int(few), "way": FROZEN, "other": SCRATCH, "kept": kept, "new": s.percent(SCRATCH, few)}
        self.close(told, focus=[charts[few].row(say(way)) for way in (FROZEN, SCRATCH)], **fields)
