"""Moving digits: what a step aside does to a dense network and to convolutional ones, as measured."""

from cnnviz import subjects
from cnnviz.nn.experiments import Chart
from cnnviz.stage import Bars, Column, Grid, Label, Made, Outline, Scene, Setting, Slot, Spread, counted, say
from cnnviz.stage.language import Template
from cnnviz.stage.layout import LABEL, NOTE, Box
from cnnviz.stage.pictures.verdict import READ
from cnnviz.subjects.moving import Walked

NETWORKS: tuple[Template, ...] = ("MLP", "CNN, flattened", "CNN, pooled")
PLACES: tuple[Template, ...] = ("centered", "moved by up to 2", "anywhere")
MLP, FLAT, POOLED = NETWORKS
WIDE, HIGH, LINE = 4.6, 4.0, 0.4  # units: the shares of the answers, and a line of text below


class MovingDigits(
    Scene,
    subject=subjects.Moving,
    takeaway="A dense network learns a digit for its place; a convolution moves along, and pooling all of it lets go.",
    concepts=("translation", "MLP", "CNN", "invariance", "pooling", "parameter sharing"),
    seconds=53,
):
    """A digit walks away from where a network learned it; then three networks, and digits that move from the start."""

    title = "Moving digits"
    subtitle = "what a step aside does"

    subject: subjects.Moving

    def tell(self, s: subjects.Moving) -> None:
        """Walk one digit, then show what was measured on many."""
        self.s = s
        self.meet(s)
        self.walk_away(s)
        self.set_up(s)
        self.shift(s)
        self.learn(s)

    def meet(self, s: subjects.Moving) -> None:
        """Show a digit in the middle, and what the dense network says."""
        first, stage = s.walk[0], self.frame.stage
        self.x = Grid(first.ink, "input", "a digit", scale=1.0, form="pixels", ruled=True)
        self.chart = Made(WIDE, min(HIGH, 0.6 * stage.height), self.bars, "a dense network says", role="output")
        self.answer = Slot(WIDE, LINE)
        self.arrange(self.x, Column(self.chart, self.answer, gap=0.1))
        told: Template = "A dense network learned digits in the middle, as this {digit}. What if it steps aside?"
        with self.beat(told, digit=s.digit, focus=self.x):
            self.read(first)
            self.rest(2.0)

    def bars(self, box: Box) -> Bars:
        """Draw a bar for each answer."""
        return Bars("0123456789", box, theme=self.theme, size=NOTE)

    def read(self, walked: Walked) -> None:
        """Show the digit where it is, the shares, and the answer."""
        shares, theme = walked.shares.tolist(), self.theme
        self.x.become(walked.ink)
        self.play(self.chart.made.grow(shares), run_time=0.7)
        self.chart.made.show(shares, self.s.digit)
        color = theme.output if walked.answer == self.s.digit else theme.negative
        at, text = (self.answer.box.left, self.answer.box.center[1]), say(READ, answer=walked.answer)
        self.answer.put(Label(text, LABEL, color, at=at, align="left"))

    def walk_away(self, s: subjects.Moving) -> None:
        """Walk down and right, and say what the network learned and for where."""
        _, step, *further = s.walk
        told: Template = "One cell down and right, and it is read as {answer}."
        if step.answer == s.digit:
            told = "One cell down and right it is still read as {answer}, but less surely."
        with self.beat(told, answer=step.answer, focus=self.answer.box):
            self.read(step)
            self.rest(1.4)
        row, column, rows, columns = s.frame
        frame = Outline(self.x, (row, column), rows, columns, color=self.theme.kernel)
        with self.beat("Every cell has its own weights, and only those in this frame ever met ink.", focus=frame):
            self.appear(frame)
            for walked in further:
                self.read(walked)
                self.rest(0.6)
        self.vanish(self.x, self.chart, self.answer, frame)
        self.remove(self.x, self.chart, self.answer)

    def set_up(self, s: subjects.Moving) -> None:
        """Set a canvas beside a chart; the chart is that of one place at a time."""
        stage, flat = self.frame.stage, self.frame.width > self.frame.height
        beside = stage.width - min(0.42 * stage.width, 4.6) - 0.6, min(3.6, stage.height - 1.6)
        self.room = beside if flat else (stage.width, 0.3 * stage.height)
        self.x = Grid(s.walk[0].ink, "input", "a digit", scale=1.0, form="pixels", ruled=True)
        self.place = Slot(self.room[0], self.room[1] + LINE)
        self.arrange(self.x, Column(self.place, Setting(s.setting, self.room[0])), most=0.29)

    def measure(self, chart: Chart, place: str | float, title: str, learned: str) -> Spread:
        """Show what was measured at a place, network by network."""
        points = {say(name): chart[name].at(place) for name in NETWORKS}
        spread = Spread(points, *self.room, title, detail=learned, said=chart.said, over=[0.0, 1.0])
        spread.settle(self.place.box.left, self.place.box.top, 0.0)
        self.place.put(spread)
        for name in points:
            self.appear(spread.show(name, lit=name == say(POOLED)), seconds=0.3)
        return spread

    def shift(self, s: subjects.Moving) -> None:
        """Shift digits before networks that learned them in the middle."""
        chart, (first, *further), learned = s.close, s.close.places, say("learned in the middle")
        told: Template = "Many digits, three networks of one size, {seeds}: in the middle all read well."
        with self.beat(told, seeds=counted("{count} seed", "{count} seeds", s.seeds), focus=self.place.box):
            self.measure(chart, first, say("in the middle"), learned)
            self.rest(1.6)
        for before, place in zip(chart.places, further, strict=False):
            fields = {"mlp": s.percent(chart, MLP, place), "pooled": s.percent(chart, POOLED, place)}
            told = "{by} aside: the MLP reads {mlp} %, the pooled CNN {pooled} %."
            if fields["pooled"] > s.percent(chart, POOLED, before):
                told = "{by} aside: the MLP reads {mlp} %, the pooled CNN is back at {pooled} %."
            by = counted("{count} cell", "{count} cells", int(place))
            with self.beat(told, by=by, focus=self.place.box, **fields):
                self.x.become(s.walked(int(place)).ink)
                self.measure(chart, place, say("shifted by {by}", by=place), learned)
                self.rest(0.8)

    def learn(self, s: subjects.Moving) -> None:
        """Let networks learn from digits that move."""
        chart = s.apart
        with self.beat("Now let them learn from digits that move, too. Does that help?", focus=self.x):
            for place in chart.places:
                self.hop(place)
                spread = self.measure(chart, place, say(str(place)), say("learned so, too"))
        mlp, flat, pooled = (s.percent(chart, name, chart.places[-1]) for name in NETWORKS)
        told: Template = "The MLP reads {mlp} % anywhere: it has to learn each digit again at every place."
        with self.beat(told, mlp=mlp, focus=spread.row(say(MLP))):
            self.rest(1.6)
        told = "The CNN that flattens reads {flat} %: behind its maps, places have weights of their own."
        with self.beat(told, flat=flat, focus=spread.row(say(FLAT))):
            self.rest(1.6)
        told = "The pooled CNN reads {pooled} %: it keeps what is there, not where."
        self.close(told, pooled=pooled, focus=spread.row(say(POOLED)))

    def hop(self, place: str | float) -> None:
        """Show some digits as they are placed."""
        for ink in self.s.hops(place):
            self.x.become(ink)
            self.hold(0.25)
