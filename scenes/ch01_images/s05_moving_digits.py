"""Moving digits: what a step aside does to a dense network and to convolutional ones, as measured."""

from manim import Group

from cnnviz import subjects
from cnnviz.stage import Column, Outline, Setting, counted, say
from cnnviz.stage.language import Template
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.stage.pictures.readings import Readings
from cnnviz.stage.stories.stepping import NETWORKS, ROLES, Stepping

MLP, FLAT, POOLED = NETWORKS
ANYWHERE: dict[str, Template] = {
    MLP: "The MLP reads {right} % anywhere: it has to learn each digit again at every place.",
    FLAT: "The CNN that flattens reads {right} %: behind its maps, places have weights of their own.",
    POOLED: "Having learned from digits that move, the pooled CNN reads {right} % anywhere.",
}
MIDDLE: Template = "middle"
ASIDE: Template = "{far} aside"
UP_TO: Template = "up to {far}"
GAP, MOST = 0.6, 0.4  # units between pictures; the width of a column, in heights of a table
CANVAS = 0.25  # of the stage: the width of the canvas beside a table
SLOWLY = 0.35  # seconds for a digit that has moved
POOL = 2  # cells a side that the first pooling of the pooled network takes together


class MovingDigits(
    Stepping,
    subject=subjects.Moving,
    takeaway="A dense network learns a digit for its place; a convolution moves along, and pooling all of it lets go.",
    concepts=("translation", "MLP", "CNN", "invariance", "pooling", "parameter sharing"),
    seconds=63,
):
    """A digit walks away from where a network learned it; then three networks, and digits that move from the start."""

    title = "Moving digits"
    subtitle = "what a step aside does"

    def tell(self, s: subjects.Moving) -> None:
        """Walk one digit, then show what was measured on many."""
        self.meet(s)
        self.walk_away(s)
        self.shift(s)
        self.learn(s)

    def tables(self, s: subjects.Moving) -> tuple[Readings, Readings]:
        """Make tables of what was measured, in columns of one width: side by side, or one below the other."""
        stage, charts = self.frame.stage, (s.close, s.apart)
        names, columns = Readings.names_width(ROLES), [len(chart.places) for chart in charts]
        high = stage.height - TITLE_HEIGHT if self.flat else (stage.height - GAP) / 2 - TITLE_HEIGHT
        room = stage.width - names
        pitch = room / max(columns)
        if self.flat:
            pitch = min((room - GAP) / sum(columns), (room - GAP - CANVAS * stage.width) / columns[0])
        words = [
            [say(word, far=far) if far else say(MIDDLE) for far in s.along(chart)]
            for chart, word in zip(charts, (ASIDE, UP_TO), strict=True)
        ]
        titles: tuple[Template, ...] = ("learned in the middle", "learned while moving")
        pitch = min(pitch, MOST * high)
        wide = 0.0 if self.flat else names + pitch * max(columns)  # tables one below the other begin at one line
        near, far = (
            Readings(chart, ROLES, said, pitch, high, title, named=chart is s.close or not self.flat, wide=wide)
            for chart, said, title in zip(charts, words, titles, strict=True)
        )
        return near, far

    def shift(self, s: subjects.Moving) -> None:
        """Shift digits before networks that learned them in the middle."""
        self.near, self.far = near, _ = self.tables(s)
        self.setting = Setting(s.setting, CANVAS * self.frame.stage.width if self.flat else near.size(0.0)[0])
        told: Template = "Many digits, three networks of one size, {seeds}. First, all in the middle."
        with self.beat(told, seeds=counted("{count} seed", "{count} seeds", s.seeds)) as beat:
            self.vanish(Group(self.chart, self.answer))
            self.x.become(s.walk[0].ink)
            beside, below = (near, Column(self.x, self.setting, gap=0.1)), (self.x, Column(near, self.setting, gap=0.0))
            self.rearrange(*(beside if self.flat else below), gap=GAP)
            near.bring(self, 0, s.walk[0].ink, self.x.box)
            near.know(self, 0)
            beat.focus = [near.column(0)]
            self.rest(1.0)
        windows: list[Outline] = []
        for number, place in enumerate(s.close.places[1:], 1):
            mlp, pooled = (s.percent(s.close, name, place) for name in (MLP, POOLED))
            is_back = pooled > s.percent(s.close, POOLED, s.close.places[number - 1])
            told = "{by} aside: the MLP reads {mlp} %, the pooled CNN {pooled} %."
            if is_back:
                told = "{by} aside: the MLP reads {mlp} %, the pooled CNN is back at {pooled} %."
            by = counted("{count} cell", "{count} cells", int(place))
            with self.beat("And {by} aside?", by=by, focus=self.x):
                self.stand(int(place), *windows[-1:])
                near.bring(self, number, self.x.values, self.x.box)
                near.know(self, number)
            with self.beat(told, by=by, focus=near.column(number), mlp=mlp, pooled=pooled):
                self.rest(1.4)
            if is_back and not windows:
                windows = self.explain(int(place))
        self.remove(*windows)

    def explain(self, by: int) -> list[Outline]:
        """Lay the windows of the first pooling on the canvas, and let the digit step across them and back."""
        windows = [
            Outline(self.x, (row, column), POOL, POOL, color=self.theme.muted, width=1.0)
            for row, column in self.x.everywhere()
            if row % POOL == column % POOL == 0
        ]
        around = Outline(self.x, *self.place(by), color=self.theme.role(ROLES[POOLED]))
        told: Template = "Its first pooling takes 2 × 2 cells: even steps move whole windows, odd ones cut them."
        with self.beat(told, focus=around):
            self.appear(*windows, around)
            for at in (by, by - 1, by):
                self.stand(at, around)
                self.rest(1.1)
        return [*windows, around]

    def learn(self, s: subjects.Moving) -> None:
        """Let networks learn from digits that move."""
        chart, near, far = s.apart, self.near, self.far
        last = len(chart.places) - 1
        with self.beat("Now let them learn from digits that move, too. Does that help?") as beat:
            self.rearrange(near, far, gone=[self.x, self.setting], gap=GAP)
            for number, place in enumerate(chart.places):
                self.hop(far, number, place)
                far.know(self, number)
            beat.focus = [far.column(last)]
        *before, told = ANYWHERE.items()
        for name, sentence in before:
            with self.beat(sentence, right=s.percent(chart, name, place), focus=far.place(name, last)):
                self.hop(far, last, place, pause=SLOWLY)
        lit, right = far.light(told[0], last), s.percent(chart, told[0], place)
        self.close(told[1], focus=lit, motion=lambda: self.hop(far, last, place, pause=SLOWLY), right=right)
