"""Routing by agreement: parts speak more and more to the whole on which their predictions agree; and what it gains."""

from typing import Any

from cnnviz import subjects
from cnnviz.nn.experiments.capsules import ALIKE, DEEP, ROUTED
from cnnviz.stage import Arrows, Column, Grid, Label, Row, Scene, Slot, counted, say
from cnnviz.stage.language import Template, written
from cnnviz.stage.layout import NOTE, SMALLEST
from cnnviz.stage.stories.judging import judged
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
GAP, BESIDE, MOST = 0.3, 3.9, 4.3  # units: between pictures, for both tables, and of a plane's side


class Routing(
    Scene,
    subject=subjects.Agreement,
    takeaway="Routing lets parts speak to the whole they agree on; measured, it gained nothing here.",
    concepts=("capsule", "routing by agreement", "coupling", "softmax"),
    seconds=58,
):
    """Three rounds of routing with all numbers; then trained networks with and without it."""

    title = "Routing by agreement"
    subtitle = "who speaks to whom"

    subject: subjects.Agreement

    def tell(self, s: subjects.Agreement) -> None:
        """Predict, route three times, and look at what was measured."""
        self.build(s)
        self.predict(s)
        for number, one in enumerate(s.rounds):
            self.route(number, one)
        self.result(s)
        self.measure(s)

    def build(self, s: subjects.Agreement) -> None:
        """Set a plane for each whole, and the tables of couplings and agreements."""
        stage, wide = self.frame.stage, self.frame.width >= self.frame.height
        side = min((stage.width - BESIDE) / 2, stage.height - 1.0, MOST) if wide else (stage.width - GAP) / 2
        look: dict[str, Any] = {
            "roles": {**dict.fromkeys(PARTS, "input"), "v": "output"},
            "reach": s.reach,
            "bold": "v",
        }
        arrows = [{**dict(zip(PARTS, u, strict=True)), "v": (0, 0)} for u in s.u.swapaxes(0, 1)]
        self.planes = [Arrows(one, side, title, **look) for one, title in zip(arrows, PLANES, strict=True)]
        self.lengths = [Slot(side, 0.36) for _ in self.planes]
        look = {"detail": "", "scale": 1.0, "hidden": True, "most": 0.95, "widest": ["−0.8"]}
        self.couplings = Grid(s.rounds[0].couplings, "kernel", "coupling", **look)
        self.agreements = Grid(s.rounds[0].agreements, "gradient", "agreement", **look)
        planes = [Column(plane, line, gap=0.1) for plane, line in zip(self.planes, self.lengths, strict=True)]
        tables = (self.couplings, self.agreements)
        self.names = [Slot(0.85, 0.1) for _ in tables]
        beside = (Row(name, table, gap=0.0) for name, table in zip(self.names, tables, strict=True))
        named = [Column(row, Slot(1.5, 0.24), gap=0.08) for row in beside]
        items = [*planes, Column(*named, gap=0.05)] if wide else [Row(*planes, gap=GAP), Row(*named)]
        self.arrange(*items, gap=GAP, most=0.95)
        for name, table in zip(self.names, tables, strict=True):
            boxes = [table.cell_box((row, 0)) for row in range(len(PARTS))]
            for part, box in zip(PARTS, boxes, strict=True):
                name.append(Label(say(part), NOTE, self.theme.input, at=(name.box.left, box.center[1]), align="left"))
            for column, whole in enumerate(WHOLES):
                at = table.cell_box((0, column)).center[0], table.box.bottom - 0.2
                name.append(Label(say(whole), SMALLEST, self.theme.muted, at=at))

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
        for part, vector in zip(PARTS, s.u[:, which].tolist(), strict=True):
            plane.show(part, (0.0, 0.0))
            self.play(plane.go({part: vector}), run_time=0.6)

    def route(self, number: int, one: Round) -> None:
        """Couple, add up and squash, and see who agrees."""
        self.step(number + 1, 3, noun="round")
        told: Template = "Round 1: nobody knows yet, so each part speaks to both alike."
        if number:
            told = "Round {number}: the softmax of the agreements gives new couplings."
        with self.beat(told, focus=self.couplings, **({"number": number + 1} if number else {})):
            self.couplings.become(one.couplings)
            self.point(self.couplings)
        told = "What they say is added up and squashed: lengths {face} and {other}."
        with self.beat(told, **dict(zip(WHOLES, one.lengths, strict=True)), focus=self.lengths):
            for plane in self.planes:
                plane.show("v")
            self.play(*(plane.go({"v": v}) for plane, v in zip(self.planes, one.v.tolist(), strict=True)), run_time=1.2)
            for slot, length in zip(self.lengths, one.lengths, strict=True):
                slot.put_line([(say("length "), self.theme.muted), (written(length), self.theme.output)])
        if number == 2:
            return
        told = "Their agreement is added to the one before."
        first: Template = "Agreement: prediction times result, number by number, added up."
        with self.beat(told if number else first, focus=self.agreements):
            self.agreements.become(one.agreements)
            self.point(self.agreements)

    def result(self, s: subjects.Agreement) -> None:
        """Say whom the parts speak to."""
        face: Template = "After three rounds the eye speaks to the face with a share of {share}."
        other: Template = "After three rounds the eye speaks to the other thing with a share of {share}."
        with self.beat(
            other if s.leader else face, share=float(s.rounds[-1].couplings[0, s.leader]), focus=self.couplings
        ):
            self.couplings.only([(row, s.leader) for row in range(len(PARTS))])
            self.rest(1.4)
        self.vanish(*self.planes, *self.lengths, self.couplings, self.agreements, *self.names)
        self.remove(*self.planes)

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
        gains: Template = "In this measurement, routing is fooled less often than one round."
        told = "A fine idea; in this measurement, routing gains nothing over one round."
        self.close(gains if three < one else told, focus=[fooled.box])
