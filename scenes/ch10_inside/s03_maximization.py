"""Activation maximization: out of noise, step by step, the picture that a network calls by a name most surely."""

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Slot
from cnnviz.stage.language import Template
from cnnviz.stage.stories.climbing import GAP, LINE, Climbing
from cnnviz.stage.stories.dreaming import look

SLOWLY, CONTEST, QUICKLY = 3.0, 8, 2.8  # seconds of the first steps, so many; of the others
SCORED = 4.2  # units, of a score below a picture


class Maximization(
    Climbing,
    subject=subjects.Maximized,
    takeaway="What excites a class most shows what the network adds up for it, not what such a thing looks like.",
    concepts=("activation maximization", "gradient ascent", "class score", "feature visualization"),
    seconds=35,
):
    """Climb the score of a class from noise, then the scores of the others."""

    title = "Activation maximization"
    subtitle = "what a class looks for"

    subject: subjects.Maximized

    def tell(self, s: subjects.Maximized) -> None:
        """Climb, compare with what was learned from, and hang the other classes."""
        self.s = s
        self.build()
        climb, wanted = s.climb, s.climb.name
        self.show(0)
        asked: Template = "We begin with noise. Which picture would this network most surely call {wanted}?"
        with self.beat(asked, wanted=wanted, focus=self.x):
            self.rest(2.6)
        if not s.learned:
            with self.beat("It has not learned yet: its weights are random.", focus=self.x):
                self.rest(1.0)
        with self.beat("Each step moves every pixel a little: on the whole, this score climbs.", focus=self.x):
            for step in range(1, s.steps + 1):
                self.show(step)
                self.step(step, s.steps)
                slow = min(CONTEST, s.steps)
                self.hold(SLOWLY / slow if step <= slow else max(0.04, QUICKLY / (s.steps - slow)))
        told: Template = "The score is now {score}, and no picture of {wanted} was used for it."
        if max(climb.scores) > climb.scores[-1]:
            told = "After ups and downs the score is now {score}; no picture of {wanted} was used for it."
        with self.beat(told, score=climb.scores[-1], wanted=wanted, focus=self.score):
            self.rest(1.2)
        self.uncount()
        self.at = [one.name for one in s.every].index(climb.name)
        self.hang()
        self.last = self.tiles[-1]
        if s.examples:
            self.judge()
        self.close("It shows what counts for the network, not what such a thing must look like.", focus=self.last)

    def judge(self) -> None:
        """Set what is called rings most surely large beside rings, and compare their scores."""
        s, last = self.s, self.s.every[-1]
        pair = (
            Grid(**look(s.examples[last.name][None]), title="learned from"),
            Grid(**look(last.frames[-1]), title="out of noise"),
        )
        scores = s.reached[last.name], last.scores[-1]
        slots = [Slot(SCORED, LINE) for _ in pair]
        stood = self.first[-1], self.tiles[-1]
        gone = [part for part in self.parts if part not in stood]
        columns = [Column(x, slot, gap=0.1) for x, slot in zip(pair, slots, strict=True)]
        asked: Template = "Look at the rings: how much of a ring is in what it calls rings most surely?"
        with self.beat(asked, focus=list(pair)):
            self.rearrange(*columns, instead=dict(zip(pair, stood, strict=True)), gone=gone, gap=GAP, most=9.0)
            self.rest(1.6)
        told: Template = "As rings this scores {score}, and the rings that it learned from {known}."
        if scores[1] > scores[0]:
            told = "As rings this scores {score}, and the rings that it learned from only {known}."
        with self.beat(told, score=scores[1], known=scores[0], focus=list(pair)):
            for slot, score in zip(slots, scores, strict=True):
                self.write(slot, last.name, score)
            self.rest(1.6)
        self.last = pair[1]
