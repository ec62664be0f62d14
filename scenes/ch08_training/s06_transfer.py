"""Transfer: filters learned on some digits, kept, trained on or thrown away for others, as measured."""

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Pairs, Row, Scene, counted, say
from cnnviz.stage.language import Template
from cnnviz.stage.layout import Box
from cnnviz.stage.pictures.answered import lifted
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.stage.stories.carrying import Way, arrive
from cnnviz.stage.stories.comparing import enter

WAYS: tuple[Template, ...] = ("frozen", "fine-tuned", "from scratch", "frozen, never trained")
FROZEN, TUNED, SCRATCH, RANDOM = WAYS
KEPT: tuple[Template, ...] = ("learned filters", "learned filters", "new filters", "new filters")
GAP, HIGHEST, ROWS = 0.3, 2.2, 4  # between pictures; the height of a network at most; digits below each other


class Transfer(
    Scene,
    subject=subjects.Transfer,
    takeaway="Keeping what was learned elsewhere saves training; whether it also helps has to be measured.",
    concepts=("transfer learning", "fine-tuning", "frozen layers"),
    seconds=37,
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
        self.fit(*best, gap=GAP, most=HIGHEST)
        arrive(self, ways, lifted(gone[1], ROWS), gone)
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
        few, many, stage = s.sizes[0], s.sizes[-1], self.frame.stage
        cases = {place: say("{few} of each", few=int(place)) for place in (few, many)}
        points = {cases[p]: {say(way): s.accuracy[way].at(p) for way in WAYS} for p in cases}
        came = {way: way.give() for way in gone}
        stamps = {say(name): [*came[way]] for name, way in zip(WAYS, gone, strict=True)}
        look = {"roles": ("input", "output"), "stamps": stamps, "said": s.accuracy.said}
        self.pairs = pairs = Pairs(points, stage.width, stage.height - TITLE_HEIGHT, "read right", **look)
        enter(self, pairs, {new: old for way in gone for new, old in came[way].items()}, gone=gone)
        self.appear(*(edge for way in gone for edge in way.edges([*came[way]])), into=pairs)
        seeds = counted("{count} seed", "{count} seeds", s.seeds)
        told: Template = "{seeds} each, on digits not seen. Which way is best?"
        with self.beat(told, seeds=seeds, focus=pairs.box):
            for place, case in cases.items():
                for way in WAYS:
                    line = pairs.show(pairs.key(say(way), case), lit=way == s.accuracy.winner(place))
                    self.appear(line, seconds=0.35)
        winners = {place: s.accuracy.winner(place) for place in cases}
        if not any(winners.values()):
            told = "With few digits and with many, none is ahead of all others by more than the spread."
            with self.beat(told, focus=[pairs.group(say(way)) for way in WAYS]):
                for case in cases.values():
                    self.point(*pairs.among(case, WAYS))
        for place, way in winners.items():
            if way:
                told, percent = "With {few} of each digit, {way} is best: {percent} %.", s.percent(way, place)
                row = self.row(way, cases[place])
                with self.beat(told, few=int(place), way=way, percent=percent, focus=row):
                    self.rest(0.8)
        kept, new = s.percent(FROZEN, few), s.percent(RANDOM, few)
        told = "Kept filters: {kept} % if they have learned, {new} % if they never did."
        if not s.differ(few):
            told = "Kept filters: {kept} % if they have learned, {new} % if never: no gap beyond the spread."
        with self.beat(told, kept=kept, new=new, focus=[self.row(way, cases[few]) for way in (FROZEN, RANDOM)]):
            self.rest(0.6)
        told = "Whether learned filters help depends on how many examples there are."
        if s.wins == 0:
            told = "Whether learned filters help has to be measured: here they do not, beyond the spread."
            if SCRATCH in s.accuracy.gains(few, FROZEN):
                told = "With {few} of each, {way} is behind {other}: {kept} % against {new} %. Measure it."
                self.pairs.show(self.pairs.key(say(SCRATCH), cases[few]), lit=True)
        elif s.wins == len(s.sizes):
            told = "Here going on from learned filters is better than starting anew."
        fields = {"few": int(few), "way": FROZEN, "other": SCRATCH, "kept": kept, "new": s.percent(SCRATCH, few)}
        ends = [self.row(way, cases[few]) for way in (FROZEN, SCRATCH)]
        self.close(
            told, focus=ends, motion=lambda: self.appear(pairs.against(cases[few], SCRATCH), into=pairs), **fields
        )

    def row(self, way: str, case: str) -> Box:
        """Return the line of a way in a case."""
        return self.pairs.row(self.pairs.key(say(way), case))
