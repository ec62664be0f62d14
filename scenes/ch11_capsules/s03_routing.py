"""Routing by agreement: parts speak more and more to the whole on which their predictions agree; and what it gains."""

from typing import Any

from cnnviz import subjects
from cnnviz.nn.experiments.capsules import ALIKE, DEEP, ROUTED
from cnnviz.stage import Outline, Scene, counted, say
from cnnviz.stage.language import Template
from cnnviz.stage.pictures.score import Score
from cnnviz.stage.stories.agreeing import agree, assembled, come, couple, enlarged, gather, speak, step_back
from cnnviz.stage.stories.judging import judged
from cnnviz.subjects.agreement import Round

WHOLES = "face", "other"
TOLD: tuple[tuple[Template, Template], ...] = (
    ("For a face they do not quite agree.", "For a face they agree."),
    ("For another thing they contradict one another.", "For another thing they agree, too."),
)
AGREED = 0.9  # of the length that parallel ones would add up to
UPRIGHT = (0.0, 1.0)  # as the faces are that the networks saw
NAMES: dict[str, Template] = {ROUTED: "three rounds", ALIKE: "one round", DEEP: "a CNN"}


class Routing(
    Scene,
    subject=subjects.Agreement,
    takeaway="Routing lets parts speak to the whole they agree on; measured, it gained nothing here.",
    concepts=("capsule", "routing by agreement", "coupling", "softmax"),
    seconds=59,
):
    """Rounds of routing with all numbers; then trained networks with and without it."""

    title = "Routing by agreement"
    subtitle = "who speaks to whom"

    subject: subjects.Agreement

    def tell(self, s: subjects.Agreement) -> None:
        """Predict, route three times, and look at what was measured."""
        self.sides, self.emblems = assembled(self, s)
        self.large = enlarged(self, self.sides, self.emblems)
        self.predict(s)
        for number, one in enumerate(s.routed):
            self.route(number, one)
        self.result(s)

    def predict(self, s: subjects.Agreement) -> None:
        """Show what each part predicts, for one whole, then for the other."""
        with self.beat("Each part predicts how a whole would look. Whom should it speak to?", focus=self.large):
            come(self, self.sides, self.large)
        for told, unity, side in zip(TOLD, s.unity, self.sides, strict=True):
            with self.beat(told[unity > AGREED], focus=side.plane.box):
                self.play(side.meet(), run_time=2.2)

    def route(self, number: int, one: Round) -> None:
        """Couple, add up and squash, and see who agrees."""
        told: Template = "Round 1: nobody knows yet, so each part speaks to both alike."
        if number:
            told = "Round {number}: the softmax of the agreements gives new couplings."
        focus = [side.couplings for side in self.sides]
        with self.beat(told, focus=focus, **({"number": number + 1} if number else {})):
            self.step(number + 1, self.subject.rounds, noun="round", stays=True)
            if not number:
                step_back(self, self.large[0], self.emblems[0])
            couple(self, self.sides, one.couplings)
        told = "What they say is added up and squashed: lengths {face} and {other}."
        if number and parted(self.subject.routed[number - 1].lengths, one.lengths):
            told = "Louder for a face: its length grows to {face}. The other shrinks to {other}."
        lengths = dict(zip(WHOLES, one.lengths, strict=True))
        with self.beat(told, **lengths, focus=[side.line for side in self.sides]):
            gather(self, self.sides, one)
        if number == self.subject.rounds - 1:
            return
        told = "Their agreement is added to the one before."
        first: Template = "Agreement: prediction times result, number by number, added up."
        with self.beat(told if number else first, focus=[side.agreements for side in self.sides]):
            agree(self, self.sides, one, slow=not number)

    def result(self, s: subjects.Agreement) -> None:
        """Say whom the parts speak to."""
        told: Template = "Now the eye speaks to the face with a share of {share}."
        if s.leader:
            told = "Now the eye speaks to the other thing with a share of {share}."
        leading, other = self.sides[s.leader], self.sides[1 - s.leader]
        self.uncount()
        mark = Outline(leading.couplings, leading.at(0), color=self.theme.highlight)
        with self.beat(told, share=float(s.routed[-1].couplings[0, s.leader]), focus=mark):
            other.couplings.sink()
            self.add(mark)
            speak(self, self.sides, self.emblems, 0)
        self.remove(mark)
        if not s.is_usual:
            self.close("Parts speak to the whole on which they agree.", focus=[leading.couplings])
            return
        self.measure(s)

    @property
    def told(self) -> list[Any]:
        """Everything that the rounds were told with."""
        wires = [thing for side in self.sides for thing in (*side.wires, *side.heads)]
        cells = [grid for side in self.sides for grid in (side.couplings, side.agreements)]
        planes = [side.plane for side in self.sides]
        slots = [*planes, *(side.line for side in self.sides), *dict.fromkeys(self.emblems)]
        return [*(part for slot in slots for part in slot.submobjects), *wires, *cells]

    def measure(self, s: subjects.Agreement) -> None:
        """Show what routing gains in trained networks."""
        scores: list[list[Score]] = []
        seeds = counted("{count} network", "{count} networks", s.seeds)
        three, one, cnn = (s.percent(s.fooled[key]) for key in NAMES)
        beats: tuple[tuple[Template, dict[str, Any]], ...] = (
            ("Does it help? Capsules with three rounds, {seeds} trained on faces.", {"seeds": seeds}),
            ("Rearranged faces fool {three} % with routing, {one} % without.", {"three": three, "one": one}),
            ("And a small CNN that sees pairs of parts: {share} %.", {"share": cnn}),
        )
        for at, (name, (told, fields)) in enumerate(zip(map(say, NAMES.values()), beats, strict=True)):
            with self.beat(told, focus=[row[at].row(name) for row in scores[1:]], **fields):
                if not scores:
                    face = self.sides[0].plane
                    self.play(face.go(dict.fromkeys(face.vectors, UPRIGHT)), run_time=0.9)
                    face.clear()
                    scores, _ = judged(self, s, NAMES, stood=[face], gone=self.told)
                    self.rest(1.2)
                for row in scores:
                    self.appear(row[at].show(name), seconds=0.5)
                self.rest(0.8, focus=scores[1][at].row(name))
        told = "A fine idea; in this measurement, routing gains nothing over one round."
        gains: Template = "In this measurement, routing is fooled less often than one round."
        self.close(gains if three < one else told, focus=[score.box for score in scores[1][:2]])


def parted(before: list[float], after: list[float]) -> bool:
    """Tell whether the face grew longer, and the other thing shorter."""
    return after[0] > before[0] and after[1] < before[1]
