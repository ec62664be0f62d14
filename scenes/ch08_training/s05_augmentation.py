"""Augmentation: changed copies of a picture, a change that spoils labels, and what changes are worth, as measured."""

from cnnviz import subjects
from cnnviz.nn.experiments import Chart
from cnnviz.stage import Grid, Row, Scene, Spread, Table, Verdict, counted, say
from cnnviz.stage.language import Template
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.stage.stories.comparing import compared
from cnnviz.subjects.augmentation import Mirrored

CHANGES: tuple[Template, ...] = ("crop", "mirror", "turn", "shift", "brightness", "all at once")
TRIED: tuple[Template, ...] = ("nothing", "shift", "turn", "brightness", "mirror")
NOTHING, MIRROR = TRIED[0], TRIED[-1]
GAP, BARS, WIDEST = 0.4, 1.9, 3.4


class Augmentation(
    Scene,
    subject=subjects.Augmentation,
    takeaway="Change what leaves the label true, anew in every epoch; whether it helps has to be measured.",
    concepts=("augmentation", "crop", "mirror", "label"),
    seconds=49,
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

    def mirror(self, mirrored: list[Mirrored], gone: list[Grid]) -> list[Verdict]:
        """Let a network read digits as they were written, and in a mirror; return what stands there."""
        stage, count = self.frame.stage, len(mirrored)
        lines = 1 if self.frame.width >= self.frame.height else count
        width = min(WIDEST, stage.width * lines / (2 * count) - GAP)
        high = (stage.height - (lines - 1) * GAP) / lines - BARS - 3 * TITLE_HEIGHT
        titles: tuple[Template, ...] = ("as written", "mirror")
        pairs = [
            [
                Verdict(ink, m.digit, width, BARS, title, most=min(width, high) / len(ink))
                for ink, title in zip(m.inks, titles, strict=True)
            ]
            for m in mirrored
        ]
        self.uncount()
        verdicts = [verdict for pair in pairs for verdict in pair]
        self.rearrange(*[Row(*pair, gap=GAP / 2) for pair in pairs], gone=gone, gap=GAP, seconds=0.6)
        for number, (m, both) in enumerate(zip(mirrored, pairs, strict=True), 1):
            self.step(number, count, noun="digit")
            with self.beat("Is a mirrored {digit} still one? A trained network reads both.", digit=m.digit):
                self.rest(1.4, focus=both[1].digit)
                for verdict, shares in zip(both, m.shares, strict=True):
                    self.play(verdict.grow(shares), run_time=0.9)
                    verdict.show(shares)
            told: Template = "In the mirror it reads {answer}: a mirror would teach a wrong label."
            if m.answer == m.digit:
                told = "In the mirror it still reads {answer}: here a mirror does no harm."
            with self.beat(told, answer=m.answer, focus=[each.digit for each in both[::-1]]):
                self.rest(1.6)
        return verdicts

    def measure(self, s: subjects.Augmentation, gone: list[Verdict]) -> None:
        """Show what every change gave, with every seed: on digits as they are, then on moved ones."""
        names: tuple[Template, ...] = ("digits as written", "shifted and turned")
        measured = dict(zip(names, (s.written, s.moved), strict=True))

        def chart(name: Template, wide: float, high: float) -> Spread:
            points = {say(change): measured[name][change].at(s.each) for change in TRIED}
            detail = say("{few} of each", few=int(s.each))
            return Spread(points, wide, high, name, detail=detail, said=measured[name].said)

        sheets = dict(zip(names, s.asked, strict=True))
        charts = [*compared(self, sheets, chart, "not seen", "output", gone=gone).values()]
        seeds = counted("{count} seed", "{count} seeds", s.seeds)
        told: Template = "Learned from {few} of each digit, {seeds} each. Which change is worth most?"
        with self.beat(told, few=int(s.each), seeds=seeds, focus=charts[0].box):
            self.rest(1.0)
            self.reveal(charts[0], s.written)
        told = "As written: {best} % with {change}, {nothing} % without any change."
        if not s.helps(s.written):
            told = "As written: no change is ahead of {nothing} % by more than the spread."
        self.judge(charts[0], s.written, told)
        with self.beat("And of digits that are shifted and turned?", focus=charts[1].box):
            self.reveal(charts[1], s.moved)
        told = "Moved digits: {best} % with {change}, {nothing} % without."
        if not s.helps(s.moved):
            told = "Moved digits: no change is ahead of {nothing} % by more than the spread."
        self.judge(charts[1], s.moved, told)
        told = "The mirror: {mirror} % of digits as written. Here it does no harm."
        if s.harms:
            told = "The mirror teaches wrong labels: only {mirror} % of digits as written."
        with self.beat(told, mirror=s.percent(s.written, MIRROR), focus=charts[0].row(say(MIRROR))):
            self.rest(1.6)
        self.close("Change what leaves the label true, and measure whether it helps.", focus=[c.box for c in charts])

    def reveal(self, drawn: Spread, chart: Chart) -> None:
        """Show all changes; one that is ahead of all others by more than the spread is lit."""
        winner = chart.winner(self.subject.each)
        for name in TRIED:
            self.appear(drawn.show(say(name), lit=name == winner), seconds=0.4)

    def judge(self, drawn: Spread, chart: Chart, told: Template) -> None:
        """Say what the best change is worth, if anything."""
        s, best = self.subject, self.subject.best(chart)
        numbers = {"best": s.percent(chart, best), "change": best, "nothing": s.percent(chart, NOTHING)}
        with self.beat(told, focus=[drawn.row(say(best)), drawn.row(say(NOTHING))], **numbers):
            self.rest(1.0)
