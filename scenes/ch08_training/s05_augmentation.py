"""Augmentation: changed copies of a picture, a change that spoils labels, and what changes are worth, as measured."""

from cnnviz import subjects
from cnnviz.nn.experiments import Chart
from cnnviz.stage import Column, Grid, Pairs, Row, Table, Verdict, counted, say
from cnnviz.stage.language import Template
from cnnviz.stage.layout import Box
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.stage.stories.comparing import enter, reveal
from cnnviz.stage.stories.mirroring import Mirroring

CHANGES: tuple[Template, ...] = ("crop", "mirror", "turn", "shift", "brightness", "all at once")
TRIED: tuple[Template, ...] = ("nothing", "shift", "turn", "brightness", "mirror")
CASES: tuple[Template, ...] = ("as written", "moved")
NOTHING, MIRROR = TRIED[0], TRIED[-1]
GAP, SMALL = 0.4, (0.65, 0.85)  # between pictures; a small digit: of a cell, in a column and in a row


class Augmentation(
    Mirroring,
    subject=subjects.Augmentation,
    takeaway="Change what leaves the label true, anew in every epoch; whether it helps has to be measured.",
    concepts=("augmentation", "crop", "mirror", "label"),
    seconds=54,
    gif="augmentation",
):
    """Changed copies of one picture, digits in a mirror, and accuracies with and without.

    cnnviz gif augmentation
    cnnviz gif augmentation photo:china --digits 3,7
    """

    title = "Augmentation"
    subtitle = "new examples from old ones"

    subject: subjects.Augmentation

    def tell(self, s: subjects.Augmentation) -> None:
        """Change a picture, find a change that lies, and measure."""
        copies = self.change(s)
        verdicts = self.mirror(s.mirrored, copies)
        self.measure(s, verdicts)

    def change(self, s: subjects.Augmentation) -> list[Grid]:
        """Show what every change makes of a picture, then others in every epoch; return what stands there."""
        look = {"photo": s.picture.peak, "form": "pixels", "detail": ""}
        whole = Grid(s.gray, "input", "one picture", colors=s.picture.values, zoom=2.0, **look)
        copies = {name: Grid(s.gray, "input", name, colors=s.picture.values, **look) for name in CHANGES}
        six = [*copies.values()]
        self.arrange(whole, Table(six[:3], six[3:], gap=(GAP, GAP / 2)), gap=GAP)
        names = {name: copy.heading for name, copy in copies.items()}
        for name, copy in copies.items():
            copy.remove(names[name])
        told: Template = "One picture, again in every epoch. How can a network learn more from it?"
        with self.beat(told, focus=[whole, *six]):
            self.rest(2.2)
        with self.beat("By copies that are changed, but not in what they show.", focus=six):
            for name, copy in copies.items():
                copy.add(names[name])
                copy.repaint(s.epochs[0][name])
                self.point(copy, seconds=0.7)
        last = len(s.epochs)
        with self.beat("Each epoch draws its changes anew: hardly ever the same pixels twice.", focus=[]):
            for number, epoch in enumerate(s.epochs[1:], 2):
                self.step(number, last, noun="epoch")
                for name, copy in copies.items():
                    copy.repaint(epoch[name])
                self.hold(0.9)
        return [whole, *six]

    def measure(self, s: subjects.Augmentation, verdicts: list[Verdict]) -> None:
        """Show what every change gave, with every seed: on digits as they are, then on moved ones."""
        seeds = counted("{count} seed", "{count} seeds", s.seeds)
        self.build(s)
        sheets = self.ask(s, verdicts)
        told: Template = "Learned from {few} of each digit, {seeds} each. Which change is worth most?"
        with self.beat(told, few=int(s.each), seeds=seeds) as beat:
            enter(self, self.pairs, {stamp: stamp for stamp in self.stamps}, gone=sheets)
            beat.focus = [self.pairs.box]
            self.rest(1.2)
            self.reveal(s.written)
        told = "As written: {best} % with {change}, {nothing} % without any change."
        if not s.helps(s.written):
            told = "As written: no change is ahead of {nothing} % by more than the spread."
        self.judge(s.written, told)
        with self.beat("And of digits that are shifted and turned?", focus=self.pairs.box):
            self.reveal(s.moved)
        told = "Moved digits: {best} % with {change}, {nothing} % without."
        if not s.helps(s.moved):
            told = "Moved digits: no change is ahead of {nothing} % by more than the spread."
        self.judge(s.moved, told)
        told = "The mirror: {mirror} % of digits as written. Here it does no harm."
        if s.harms:
            told = "The mirror teaches wrong labels: only {mirror} % of digits as written."
        with self.beat(told, mirror=s.percent(s.written, MIRROR), focus=self.among(s.written, MIRROR)):
            self.rest(0.6)
        told = "Change what leaves the label true, and measure whether it helps."
        self.close(told, focus=self.among(s.moved, s.best(s.moved), NOTHING))

    def build(self, s: subjects.Augmentation) -> None:
        """Make the lines of all changes, and what each makes of a digit."""
        self.cases = {chart: say(name) for chart, name in zip((s.written, s.moved), CASES, strict=True)}
        points = {case: {say(n): chart[n].at(s.each) for n in TRIED} for chart, case in self.cases.items()}
        self.stamps = [
            Grid(s.changed[n], "input", scale=1.0, zoom=SMALL[self.frame.width <= self.frame.height], form="pixels")
            for n in TRIED
        ]
        drawn = {say(name): [stamp] for name, stamp in zip(TRIED, self.stamps, strict=True)}
        stage, look = self.frame.stage, {"roles": ("input", "output"), "said": s.written.said}
        title: Template = "read right, {few} of each" if self.frame.is_wide else "{few} of each"
        size = stage.width, stage.height - TITLE_HEIGHT
        self.pairs = Pairs(points, *size, say(title, few=int(s.each)), stamps=drawn, **look)

    def ask(self, s: subjects.Augmentation, verdicts: list[Verdict]) -> list[Grid]:
        """Show what changes make of a digit, and digits that are asked about, as written and moved; return these."""
        look = {"detail": "", "scale": 1.0, "form": "pixels"}
        sheets = [Grid(s.asked[0], role, name, **look) for name, role in zip(CASES, ("input", "output"), strict=True)]
        came = dict(zip(self.stamps, [*[verdicts[0].digit] * (len(TRIED) - 1), verdicts[1].digit], strict=True))
        gone = [part for v in verdicts for part in v.submobjects if part not in came.values()]
        line = Column if self.frame.width > self.frame.height else Row
        told: Template = "Networks learn from one change each, then read others, some of them moved."
        with self.beat(told, focus=sheets[1]):
            self.rearrange(line(*self.stamps, gap=GAP / 4), *sheets, gone=gone, instead=came, gap=GAP)
            self.hold(0.4)
            sheets[1].become(s.asked[1])
        for stamp in self.stamps:
            stamp.zoom = 1.0
        return sheets

    def reveal(self, chart: Chart) -> None:
        """Show all changes; one that is ahead of all others by more than the spread is lit."""
        reveal(self, self.pairs, self.cases[chart], filter(None, [chart.winner(self.subject.each)]))

    def judge(self, chart: Chart, told: Template) -> None:
        """Say what the best change is worth, if anything."""
        s, best = self.subject, self.subject.best(chart)
        numbers = {"best": s.percent(chart, best), "change": best, "nothing": s.percent(chart, NOTHING)}
        with self.beat(told, focus=self.among(chart, *[best] * s.helps(chart), NOTHING), **numbers):
            self.rest(0.6)
            self.appear(self.pairs.against(self.cases[chart], NOTHING), into=self.pairs, seconds=0.8)

    def among(self, chart: Chart, *names: str) -> list[Box]:
        """Return lines of some changes."""
        return self.pairs.among(self.cases[chart], names)
