"""Activation maximization: out of noise, step by step, the picture that a network calls by a name most surely."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Bars, Column, Grid, Made, Row, Scene, Slot, Wall, say
from cnnviz.stage.language import Template, written
from cnnviz.stage.layout import NOTE, Box
from cnnviz.stage.text import Label
from cnnviz.subjects.dreams import Climb

NAMES: tuple[Template, ...] = (
    "stripes lying",
    "stripes upright",
    "stripes rising",
    "stripes falling",
    "checks",
    "dots",
    "rings",
)
GAP, BELOW = 0.4, 0.34
SECONDS = 9.0  # of all steps
WIDE, NARROW, HIGH = 4.9, 4.5, 3.9  # units, of the shares


class Maximization(
    Scene,
    subject=subjects.Maximized,
    takeaway="What excites a class most shows what the network adds up for it, not what such a thing looks like.",
    concepts=("activation maximization", "gradient ascent", "class score", "feature visualization"),
    seconds=30,
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
        with self.beat(
            "We begin with noise. Its score for {wanted}: {score}.", wanted=wanted, score=climb.scores[0], focus=self.x
        ):
            self.show(0)
            self.rest(1.0)
        with self.beat("Each step moves every pixel the way that lifts this score.", focus=self.x):
            for step in range(1, s.steps + 1):
                self.show(step)
                self.step(step, s.steps)
                self.hold(max(0.06, SECONDS / s.steps))
        told: Template = "The score is now {score}, and no picture of {wanted} was used for it."
        with self.beat(told, score=climb.scores[-1], wanted=wanted, focus=self.score):
            self.rest(1.2)
        if s.example is not None:
            with self.beat("It had learned from pictures such as this one. What is alike?", focus=self.example):
                self.example.show()
                self.rest(1.6)
        self.hang()

    def build(self) -> None:
        """Set the picture, one that was learned from, and the shares of all classes."""
        s = self.s
        self.x = Grid(**self.look(s.climb.frames[0]), title="picture")
        stage = self.frame.stage
        wide = stage.width if stage.height > stage.width else WIDE if self.frame.is_wide else NARROW
        self.score = Slot(wide, 0.45)
        self.shares = Made(wide, min(HIGH, stage.height - 1.0), self.bars, "share")
        pictures, beside = [self.x], Column(self.score, self.shares, gap=0.1)
        if s.example is not None:
            self.example = Grid(**self.look(s.example[None]), title="learned from", hidden=True)
            pictures.append(self.example)
        orders = [*pictures, beside], [Column(*pictures, gap=GAP / 2), beside], [Row(*pictures), beside]
        self.arrange(*self.roomiest(*orders, gap=GAP, most=9.0), gap=GAP, most=9.0)

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
        self.score.put_line(runs)
        self.shares.made.show(climb.shares[step].tolist(), best=self.s.asked)

    def hang(self) -> None:
        """Show what came out for other classes."""
        s, stage = self.s, self.frame.stage
        self.vanish(self.x, self.score, self.shares, *([self.example] if s.example is not None else []))
        self.remove(self.shares)
        wall = Wall(stage.width, stage.height)
        self.arrange(wall)
        every = [s.climb, *s.others]
        words = [(say("out of noise"), self.theme.input), (f"  {s.steps} " + say("steps each"), self.theme.muted)]
        tinted = {"colors": [one.frames[-1] for one in every]} if len(self.s.climb.frames[0]) == 3 else {}
        tiles = wall.hang([one.frames[-1][0] for one in every], words, role="input", photo=1.0, below=BELOW, **tinted)
        self.name(wall, tiles, every)
        told: Template = "The same for the others: what this network adds up for each name."
        with self.beat(told, focus=tiles[1:]):
            self.rest(3.0)
        self.close("It shows what counts for the network, not what such a thing must look like.", focus=tiles[:2])

    def name(self, wall: Wall, tiles: list[Grid], every: list[Climb]) -> None:
        """Write the class below each picture."""
        for tile, one in zip(tiles, every, strict=True):
            at = tile.box.center[0], tile.box.bottom - BELOW / 2
            wall.append(Label(called(one.name), NOTE, self.theme.text, at=at))


def called(name: str) -> str:
    """Say what a class is called: a texture in the language spoken, any other as its network says."""
    return say(name) if name in NAMES else name
