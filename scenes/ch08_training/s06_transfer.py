"""Transfer: filters learned on some digits, kept, trained on or thrown away for others, as measured."""

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Scene, Spread, counted, halves, say
from cnnviz.stage.language import Template

WAYS: tuple[Template, ...] = ("frozen", "fine-tuned", "from scratch", "frozen, never trained")
FROZEN, TUNED, SCRATCH, RANDOM = WAYS
KEPT: tuple[Template, ...] = ("learned filters kept", "learned filters", "new filters", "new filters kept")
GAP = 0.3


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
        self.vanish(before, after)
        self.choose(s)
        self.compare(s)

    def choose(self, s: subjects.Transfer) -> None:
        """Count what learns: of the filters, and of the last layer."""
        look = {"note": say("filters, last layer"), "scale": 2.0 * s.head, "hidden": True, "most": 1.2}
        frozen, tuned, scratch, control = grids = [
            Grid(s.trained(way), "kernel", way, detail=say(kept), **look) for way, kept in zip(WAYS, KEPT, strict=True)
        ]
        self.arrange(Column(frozen, tuned), Column(scratch, control), most=1.2)
        with self.beat(
            "Keep the filters, and only the last layer learns: {head} parameters.", head=s.head, focus=frozen
        ):
            self.fill(frozen)
        with self.beat("Or let the filters go on learning, too: {filters} more.", filters=s.filters, focus=tuned):
            self.fill(tuned)
        with self.beat("Or throw them away and start anew.", focus=scratch):
            self.fill(scratch)
        with self.beat("And a control: keep filters that have never learned anything.", focus=control):
            self.fill(control)
        self.vanish(*grids)

    def fill(self, grid: Grid) -> None:
        """Write two counts, one after the other."""
        self.walk(grid.everywhere(), None, lambda cell: grid.show([cell]), seconds=1.2)
        self.point(grid)

    def compare(self, s: subjects.Transfer) -> None:
        """Show what came out, with every seed, from few examples to many."""
        few, many = s.sizes[0], s.sizes[-1]
        every = [value for series in s.accuracy.series for point in series.points for value in point.values]
        size = halves(self.frame.stage, GAP)
        charts = {}
        for place in (few, many):
            points = {say(way): s.accuracy[way].at(place) for way in WAYS}
            of_each = say("{few} of each", few=int(place))
            charts[place] = Spread(points, *size, title="read right", detail=of_each, said=s.accuracy.said, over=every)
        self.arrange(*charts.values(), gap=GAP)
        with self.beat(
            "{seeds} each, on digits not seen. Which way is best with few examples?",
            seeds=counted("{count} seed", "{count} seeds", s.seeds),
            focus=charts[few].box,
        ):
            self.rest(2.0)
        best, chart = s.leader(few), charts[few]
        told: Template = "With {few} of each digit, {way} is best: {percent} %."
        with self.beat(told, few=int(few), way=best, percent=s.percent(best, few), focus=chart.row(say(best))):
            self.reveal(chart, best)
        kept, new = s.percent(FROZEN, few), s.percent(RANDOM, few)
        told = "Kept filters: {kept} % if they have learned, {new} % if they never did."
        with self.beat(told, kept=kept, new=new, focus=[chart.row(say(FROZEN)), chart.row(say(RANDOM))]):
            self.rest(1.0)
        best, chart = s.leader(many), charts[many]
        told = "With {few} of each digit, {way} is best: {percent} %."
        with self.beat(told, few=int(many), way=best, percent=s.percent(best, many), focus=chart.row(say(best))):
            self.reveal(chart, best)
        told = "Whether learned filters help depends on how many examples there are."
        if s.wins == 0:
            told = "Here nothing is gained: five digits teach no filters that the others lack."
        elif s.wins == len(s.sizes):
            told = "Here going on from learned filters is better than starting anew."
        self.close(told, focus=[each.box for each in charts.values()])

    def reveal(self, chart: Spread, best: str) -> None:
        """Show all ways, the best one lit."""
        for way in WAYS:
            self.appear(chart.show(say(way), lit=way == best), seconds=0.35)
