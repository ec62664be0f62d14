"""Routing by agreement: parts speak more and more to the whole on which their predictions agree; and what it gains."""

from typing import Any

from cnnviz import subjects
from cnnviz.nn.experiments.capsules import ALIKE, DEEP, ROUTED
from cnnviz.stage import Arrows, Column, Grid, Headed, Row, Scene, Slot, cell_text, counted, say
from cnnviz.stage.language import Template, written
from cnnviz.stage.layout import LABEL
from cnnviz.stage.stories.judging import judged
from cnnviz.stage.text import size_within
from cnnviz.subjects.agreement import Round

PARTS: tuple[Template, ...] = ("eye", "nose", "mouth")
WHOLES: tuple[Template, ...] = ("face", "other")
TOLD: tuple[tuple[Template, Template], ...] = (
    ("For a face they do not quite agree.", "For a face they agree."),
    ("For another thing they contradict one another.", "For another thing they agree, too."),
)
PLANES: tuple[Template, ...] = ("for a face", "for another thing")
AGREED = 0.9  # of the length that parallel ones would add up to
NAMES: dict[str, Template] = {ROUTED: "three rounds", ALIKE: "one round", DEEP: "a CNN"}
GAP, WIDE, NARROW, MOST = 0.3, 4.9, 2.9, 4.3  # units: between pictures, for both tables, and of a plane's side
CELL, LEAST = 0.9, 0.3  # of a table's cells in units, and width of an arrow by whom little is said


class Routing(
    Scene,
    subject=subjects.Agreement,
    takeaway="Routing lets parts speak to the whole they agree on; measured, it gained nothing here.",
    concepts=("capsule", "routing by agreement", "coupling", "softmax"),
    seconds=58,
):
    """Rounds of routing with all numbers; then trained networks with and without it."""

    title = "Routing by agreement"
    subtitle = "who speaks to whom"

    subject: subjects.Agreement

    def tell(self, s: subjects.Agreement) -> None:
        """Predict, route three times, and look at what was measured."""
        self.build(s)
        self.predict(s)
        for number, one in enumerate(s.routed):
            self.route(number, one)
        self.result(s)

    def build(self, s: subjects.Agreement) -> None:
        """Set a plane for each whole, and the tables of couplings and agreements."""
        stage, wide, tall = self.frame.stage, self.frame.is_wide, self.frame.height > self.frame.width
        beside, parts = 0.0 if tall else WIDE if wide else NARROW, PARTS[: len(s.u)]
        side = min((stage.width - beside) / 2 - GAP, stage.height - 1.0, MOST)
        look: dict[str, Any] = {"roles": {**dict.fromkeys(parts, "input"), "v": "output"}, "reach": s.reach}
        arrows = [{"v": (0, 0), **dict(zip(parts, u, strict=True))} for u in s.u.swapaxes(0, 1)]
        self.planes = [Arrows(one, side, title, bold="v", **look) for one, title in zip(arrows, PLANES, strict=True)]
        self.lengths = [Slot(side, 0.36) for _ in self.planes]
        look = {"detail": "", "scale": 1.0, "hidden": True, "most": CELL, "widest": ["−0.8"]}
        self.couplings = Grid(s.routed[0].couplings, "kernel", "coupling", **look)
        self.agreements = Grid(s.routed[0].agreements, "gradient", "agreement", **look)
        planes = [Column(plane, line, gap=0.1) for plane, line in zip(self.planes, self.lengths, strict=True)]
        tables, names = (self.couplings, self.agreements), [[say(name) for name in each] for each in (parts, WHOLES)]
        self.tables = [Headed(each, *names) for each in ([tables] if wide or tall else [[t] for t in tables])]
        items = [Row(*planes, gap=GAP)] if tall else planes
        self.arrange(*items, Column(*self.tables, gap=0.1), gap=GAP, most=CELL)

    def predict(self, s: subjects.Agreement) -> None:
        """Show what each part predicts, for one whole, then for the other."""
        with self.beat("Each part predicts how a whole would look. Whom should it speak to?", focus=self.planes[0].box):
            self.grow(s, 0)
            self.rest(1.5)
        for which, told in enumerate(TOLD):
            with self.beat(told[s.unity[which] > AGREED], focus=self.planes[which].box):
                if which:
                    self.grow(s, 1)
                self.rest(1.0)

    def grow(self, s: subjects.Agreement, which: int) -> None:
        """Let the predictions for a whole come out of the middle, one after the other."""
        plane = self.planes[which]
        plane.show("v")
        for part, vector in zip(PARTS, s.u[:, which].tolist(), strict=False):
            plane.show(part, (0.0, 0.0))
            self.play(plane.go({part: vector}), run_time=0.6)
        for part in PARTS[: len(s.u)]:
            plane.call(part, say(part))

    def route(self, number: int, one: Round) -> None:
        """Couple, add up and squash, and see who agrees."""
        self.step(number + 1, self.subject.rounds, noun="round")
        told: Template = "Round 1: nobody knows yet, so each part speaks to both alike."
        if number:
            told = "Round {number}: the softmax of the agreements gives new couplings."
        with self.beat(told, focus=self.couplings, **({"number": number + 1} if number else {})):
            self.couplings.become(one.couplings)
            widths = [dict(zip(PARTS, (2 * column).clip(LEAST).tolist(), strict=False)) for column in one.couplings.T]
            self.play(*(plane.go({}, wide) for plane, wide in zip(self.planes, widths, strict=True)), run_time=0.8)
            self.point(self.couplings)
        told = "What they say is added up and squashed: lengths {face} and {other}."
        with self.beat(told, **dict(zip(WHOLES, one.lengths, strict=True)), focus=self.lengths):
            self.play(*(plane.go({"v": v}) for plane, v in zip(self.planes, one.v.tolist(), strict=True)), run_time=1.2)
            for slot, length, v in zip(self.lengths, one.lengths, one.v.tolist(), strict=True):
                at = " (" + ", ".join(map(cell_text, v)) + ")"
                runs = [
                    (say("length "), self.theme.muted),
                    (written(length), self.theme.output),
                    (at, self.theme.muted),
                ]
                slot.put_line(runs, size_within(slot.box.width, LABEL, *(text for text, _ in runs)))
        if number == self.subject.rounds - 1:
            return
        told = "Their agreement is added to the one before."
        first: Template = "Agreement: prediction times result, number by number, added up."
        with self.beat(told if number else first, focus=self.agreements):
            self.agreements.become(one.agreements)
            self.point(self.agreements)

    def result(self, s: subjects.Agreement) -> None:
        """Say whom the parts speak to."""
        told: Template = "Now the eye speaks to the face with a share of {share}."
        if s.leader:
            told = "Now the eye speaks to the other thing with a share of {share}."
        with self.beat(told, share=float(s.routed[-1].couplings[0, s.leader]), focus=self.couplings):
            self.couplings.only([(row, s.leader) for row in range(len(s.u))])
            self.rest(1.4)
        if not s.is_usual:
            self.close("Parts speak to the whole on which they agree.", focus=[self.couplings])
            return
        self.vanish(*self.planes, *self.lengths, *self.tables)
        self.remove(*self.planes)
        self.measure(s)

    def measure(self, s: subjects.Agreement) -> None:
        """Show what routing gains in trained networks."""
        right, fooled = judged(self, s, NAMES)
        seeds = counted("{count} network", "{count} networks", s.seeds)
        three, one, cnn = (s.percent(s.fooled[key]) for key in NAMES)
        beats: tuple[tuple[Template, dict[str, Any]], ...] = (
            ("Does it help? Capsules with three rounds, {seeds} trained on faces.", {"seeds": seeds}),
            ("Rearranged faces fool {three} % with routing, {one} % without.", {"three": three, "one": one}),
            ("And a small CNN that sees pairs of parts: {share} %.", {"share": cnn}),
        )
        for name, (told, fields) in zip(map(say, NAMES.values()), beats, strict=True):
            with self.beat(told, focus=fooled.row(name), **fields):
                for chart in (right, fooled):
                    self.appear(chart.show(name), seconds=0.35)
                self.rest(1.0)
        told = "A fine idea; in this measurement, routing gains nothing over one round."
        gains: Template = "In this measurement, routing is fooled less often than one round."
        self.close(gains if three < one else told, focus=[fooled.box])
