"""Activation maximization: out of noise, step by step, the picture that a network calls by a name most surely."""

from typing import Any

from manim import FadeIn

from cnnviz import subjects
from cnnviz.stage import Bars, Column, Grid, Made, Outline, Resettle, Scene, Slot, Wall, say
from cnnviz.stage.language import Template, written
from cnnviz.stage.layout import RESULT, TERM, Box
from cnnviz.stage.stories.evidence import hang
from cnnviz.stage.text import size_within

NAMES: tuple[Template, ...] = (
    "stripes lying",
    "stripes upright",
    "stripes rising",
    "stripes falling",
    "checks",
    "dots",
    "rings",
)
GAP = 0.4  # units
SECONDS = 6.4  # of all steps
WIDE, NARROW, HIGH = 4.9, 4.5, 3.9  # units, of the shares


class Maximization(
    Scene,
    subject=subjects.Maximized,
    takeaway="What excites a class most shows what the network adds up for it, not what such a thing looks like.",
    concepts=("activation maximization", "gradient ascent", "class score", "feature visualization"),
    seconds=33,
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
        with self.beat("Which picture would this network most surely call {wanted}?", wanted=wanted, focus=self.x):
            self.rest(2.4)
        if not s.learned:
            with self.beat("It has not learned yet: its weights are random.", focus=self.x):
                self.rest(1.0)
        told: Template = "We begin with noise. Its score for {wanted}: {score}."
        with self.beat(told, wanted=wanted, score=climb.scores[0], focus=self.x):
            self.show(0)
            self.rest(1.0)
        with self.beat("Each step moves every pixel a little: on the whole, this score climbs.", focus=self.x):
            for step in range(1, s.steps + 1):
                self.show(step)
                self.step(step, s.steps)
                self.hold(max(0.06, SECONDS / s.steps))
        told = "The score is now {score}, and no picture of {wanted} was used for it."
        with self.beat(told, score=climb.scores[-1], wanted=wanted, focus=self.score):
            self.rest(1.2)
        self.uncount()
        self.gone = [self.score, self.shares, self.shares.heading]
        if s.examples:
            self.example = Grid(**self.look(s.examples[climb.name][None]), title="learned from")
            with self.beat("It had learned from pictures such as this one. What is alike?", focus=self.example):
                self.rearrange(self.x, self.example, gone=self.gone, gap=GAP, most=9.0)
                self.rest(1.2)
            self.gone = [self.example]
        self.hang()

    def build(self) -> None:
        """Set the picture and the shares of all classes."""
        stage = self.frame.stage
        self.x = Grid(**self.look(self.s.climb.frames[0]), title="picture")
        wide = stage.width if stage.height > stage.width else WIDE if self.frame.is_wide else NARROW
        self.score = Slot(wide, 0.6)
        self.shares = Made(wide, min(HIGH, stage.height - 1.2), self.bars, "share")
        self.arrange(self.x, Column(self.score, self.shares, gap=0.1), gap=GAP, most=9.0)

    def bars(self, box: Box) -> Bars:
        """Make the shares of all classes."""
        return Bars([called(name) for name in self.s.names], box, theme=self.theme, widest="> 99.9 %")

    def look(self, picture: Any) -> dict[str, Any]:
        """Say how a picture is drawn: in colors where it has some."""
        colors = picture if len(picture) == 3 else None
        return {"values": picture[0], "colors": colors, "detail": "", "photo": 1.0, "form": "pixels", "most": 9.0}

    def show(self, step: int) -> None:
        """Show the picture after a step, its score, and the shares."""
        climb = self.s.climb
        if len(climb.frames[step]) == 3:
            self.x.colors = climb.frames[step]
        self.x.become(climb.frames[step][0])
        runs = [
            (say("score for {wanted}: ", wanted=called(climb.name)), self.theme.muted),
            (written(climb.scores[step]), self.theme.output),
        ]
        size = min(TERM + 6, size_within(self.score.box.width, RESULT, *(text for text, _ in runs)))
        self.score.put_line(runs, size)
        self.shares.made.show(climb.shares[step].tolist(), best=self.s.asked)

    def hang(self) -> None:
        """Show what came out for all classes below what each was learned from."""
        s, stage = self.s, self.frame.stage
        lines = 1 + bool(s.examples)
        walls = [Wall(stage.width, (stage.height - GAP * (lines - 1)) / lines) for _ in range(lines)]
        self.fit(Column(*walls, gap=GAP))
        names = [one.name for one in s.every]
        words = [(say("out of noise"), self.theme.input), (f"  {s.steps} " + say("steps each"), self.theme.muted)]
        tinted = {"colors": [one.frames[-1] for one in s.every]} if len(s.climb.frames[0]) == 3 else {}
        look = {"names": [*map(called, names)], "role": "input", "photo": 1.0}
        tiles = hang(walls[-1], [one.frames[-1][0] for one in s.every], words, **look, **tinted)
        travels = [(tiles[at := names.index(s.climb.name)], self.x)]
        if s.examples:
            known = [s.examples[name] for name in names]
            first = hang(walls[0], known, [(say("learned from"), self.theme.input)], **look)
            travels.append((first[at], self.example))
        told: Template = "The same for the others: what this network adds up for each name."
        with self.beat(told, focus=tiles):
            moving = [tile for tile, _ in travels]
            come = [part for wall in walls for part in wall.content if part not in moving]
            self.remove(self.x, *self.gone)
            self.play(*(Resettle(tile, old.box) for tile, old in travels), *map(FadeIn, come), run_time=1.2)
            self.remove(*come, *moving)
            self.add(*walls)
            self.rest(1.6)
        if s.examples:
            pair = [
                Outline(each[-1], (0, 0), *each[-1].values.shape, color=self.theme.highlight) for each in (first, tiles)
            ]
            with self.beat("Look at the rings: how much of a ring is in what it calls rings most surely?", focus=pair):
                self.appear(*pair)
                self.rest(1.0)
        self.close("It shows what counts for the network, not what such a thing must look like.", focus=tiles[-1:])


def called(name: str) -> str:
    """Say what a class is called: a texture in the language spoken, any other as its network says."""
    return say(name) if name in NAMES else name
