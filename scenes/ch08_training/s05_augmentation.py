"""Augmentation: changed copies of a picture, a change that spoils labels, and what changes are worth, as measured."""

from cnnviz import subjects
from cnnviz.nn.experiments import Chart
from cnnviz.stage import Column, Grid, Row, Scene, Spread, Verdict, counted, halves, say
from cnnviz.stage.language import Template
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.subjects.augmentation import Mirrored

CHANGES: tuple[Template, ...] = ("crop", "mirror", "turn", "shift", "brightness", "all at once")
TRIED: tuple[Template, ...] = ("nothing", "shift", "turn", "brightness", "mirror")
NOTHING, MIRROR = TRIED[0], TRIED[-1]
GAP, BARS = 0.4, 1.9


class Augmentation(
    Scene,
    subject=subjects.Augmentation,
    takeaway="Change what leaves the label true, anew in every epoch; whether it helps has to be measured.",
    concepts=("augmentation", "crop", "mirror", "label"),
    seconds=46,
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
        self.change(s)
        for number, mirrored in enumerate(s.mirrored, 1):
            self.step(number, len(s.mirrored), noun="digit")
            self.mirror(mirrored)
        self.measure(s)

    def change(self, s: subjects.Augmentation) -> None:
        """Show what every change makes of a picture, then others in every epoch."""
        look = {"photo": s.picture.peak, "form": "pixels", "detail": ""}
        whole = Grid(s.gray, "input", "one picture", colors=s.picture.values, zoom=2.0, **look)
        copies = {name: Grid(s.gray, "input", name, colors=s.epochs[0][name], hidden=True, **look) for name in CHANGES}
        lines = [Row(*[*copies.values()][i : i + 3], gap=GAP) for i in (0, 3)]
        self.arrange(whole)
        with self.beat("One picture, one label. How can a network learn more from it?", focus=whole):
            self.rest(2.2)
        self.vanish(whole)
        self.arrange(whole, Column(*lines, gap=GAP / 2), gap=GAP)
        with self.beat("By copies that are changed, but not in what they show.", focus=[*copies.values()]):
            for copy in copies.values():
                copy.show()
                self.point(copy, seconds=0.7)
        last = len(s.epochs)
        with self.beat("Each epoch draws its changes anew: hardly ever the same pixels twice.", focus=[]):
            for number, epoch in enumerate(s.epochs[1:], 2):
                self.step(number, last, noun="epoch")
                for name, copy in copies.items():
                    copy.repaint(epoch[name])
                self.hold(0.9)
        self.vanish(whole, *copies.values())

    def mirror(self, m: Mirrored) -> None:
        """Let a network read a digit as it was written, and in a mirror."""
        width = min(3.4, 0.44 * self.frame.stage.width)
        most = min(width, self.frame.stage.height - BARS - 3 * TITLE_HEIGHT) / len(m.inks[0])
        titles: tuple[Template, ...] = ("as written", "mirror")
        straight, turned = both = [
            Verdict(ink, m.digit, width, BARS, title, most=most) for ink, title in zip(m.inks, titles, strict=True)
        ]
        self.arrange(*both, gap=GAP)
        with self.beat("Is a mirrored {digit} still one? A trained network reads both.", digit=m.digit):
            self.rest(1.4, focus=turned.digit)
            for verdict, shares in zip(both, m.shares, strict=True):
                self.play(verdict.grow(shares), run_time=0.9)
                verdict.show(shares)
        told: Template = "In the mirror it reads {answer}: a mirror would teach a wrong label."
        if m.answer == m.digit:
            told = "In the mirror it still reads {answer}: here a mirror does no harm."
        with self.beat(told, answer=m.answer, focus=[turned.digit, straight.digit]):
            self.rest(1.6)
        self.vanish(*both)

    def measure(self, s: subjects.Augmentation) -> None:
        """Show what every change gave, with every seed: on digits as they are, then on moved ones."""
        size = halves(self.frame.stage, GAP / 2)
        every = [v for chart in (s.written, s.moved) for each in chart.series for v in each.at(s.each).values]
        names: tuple[Template, ...] = ("digits as written", "shifted and turned")
        charts = [
            Spread(
                {say(name): chart[name].at(s.each) for name in TRIED},
                *size,
                title,
                detail=say("{few} of each", few=int(s.each)),
                said=chart.said,
                over=every,
            )
            for chart, title in zip((s.written, s.moved), names, strict=True)
        ]
        self.arrange(*charts, gap=GAP / 2)
        seeds = counted("{count} seed", "{count} seeds", s.seeds)
        told: Template = "Learned from {few} of each digit, {seeds} each. Which change is worth most?"
        with self.beat(told, few=int(s.each), seeds=seeds, focus=[chart.box for chart in charts]):
            self.rest(2.0)
        self.step(1, 2, noun="case")
        told = "On digits not seen: {best} % with {change}, {nothing} % without any change."
        self.reveal(charts[0], s.written, told)
        self.step(2, 2, noun="case")
        told = "Moved digits: {best} % with {change}, {nothing} % without."
        self.reveal(charts[1], s.moved, told)
        told = "The mirror: {mirror} % of digits as written. Here it does no harm."
        if s.harms:
            told = "The mirror teaches wrong labels: only {mirror} % of digits as written."
        with self.beat(told, mirror=s.percent(s.written, MIRROR), focus=charts[0].row(say(MIRROR))):
            self.rest(1.6)
        self.close("Change what leaves the label true, and measure whether it helps.", focus=[c.box for c in charts])

    def reveal(self, drawn: Spread, chart: Chart, told: Template) -> None:
        """Show all changes, the best one lit."""
        s, best = self.subject, self.subject.best(chart)
        if best == NOTHING:
            told = "Here nothing is best: {nothing} %."
        with self.beat(
            told,
            best=s.percent(chart, best),
            change=best,
            nothing=s.percent(chart, NOTHING),
            focus=[drawn.row(say(best)), drawn.row(say(NOTHING))],
        ):
            for name in TRIED:
                self.appear(drawn.show(say(name), lit=name == best), seconds=0.4)
            self.rest(1.0)
