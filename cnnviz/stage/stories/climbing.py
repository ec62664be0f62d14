"""Classes whose pictures climb out of noise: one at large, then all of them together."""

from __future__ import annotations

from typing import Any

from cnnviz import subjects
from cnnviz.stage.glide import Resettle
from cnnviz.stage.language import Template, say, written
from cnnviz.stage.layout import CAPTION, LABEL, SMALLEST, Box
from cnnviz.stage.mobjects.bars import Bars
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.made import Made
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.wall import Wall
from cnnviz.stage.place import Column
from cnnviz.stage.scene import Scene
from cnnviz.stage.stories.dreaming import become, look
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
GAP, LINE = 0.4, 0.6  # units: between pictures; of a score
TOGETHER, FRAMES = 2.8, 20  # seconds of all classes; pictures of each that are shown
WIDE, NARROW, TALL, NAMED = 0.55, 0.46, 0.3, 0.25  # of the stage, of the shares; of these, of a name


class Climbing(Scene):
    """One picture with its score and shares, then those of all classes.

    Attributes
    ----------
    s : Maximized
    x : Grid
        The picture.
    at : int
        Its class among those that climb.
    tiles, first : list of Grid
        The pictures of all classes, and what they were learned from.
    parts : list of Mobject
        All that hangs with them.
    """

    s: subjects.Maximized
    x: Grid
    at: int
    tiles: list[Grid]
    first: list[Grid]
    parts: list[Any]

    def build(self) -> None:
        """Set the picture and the shares of all classes."""
        stage = self.frame.stage
        self.x = Grid(**look(self.s.climb.frames[0]), title="picture")
        is_tall = stage.height > stage.width
        wide = stage.width * (1 if is_tall else WIDE if self.frame.is_wide else NARROW)
        self.score = Slot(wide, LINE)
        high = stage.height * TALL if is_tall else stage.height - 2 * LINE
        self.shares = Made(wide, high, self.bars, "share")
        self.arrange(
            *self.roomiest([self.x, Column(self.score, self.shares, gap=0.1)], gap=GAP, most=9.0), gap=GAP, most=9.0
        )

    def bars(self, box: Box) -> Bars:
        """Make the shares of all classes."""
        names = [called(name) for name in self.s.names]
        size = min(LABEL, max(SMALLEST, size_within(box.width * NAMED, LABEL, max(names, key=len))))
        return Bars(names, box, theme=self.theme, widest="> 99.9 %", size=size)

    def show(self, step: int) -> None:
        """Show the picture after a step, its score, and the shares."""
        climb = self.s.climb
        become(self.x, climb.frames[step])
        self.write(self.score, climb.name, climb.scores[step])
        self.shares.made.show(climb.shares[step].tolist(), best=self.s.asked)

    def write(self, slot: Slot, name: str, score: float) -> None:
        """Write the score of a class."""
        runs = [
            (say("score for {wanted}: ", wanted=called(name)), self.theme.muted),
            (written(score), self.theme.output),
        ]
        slot.put_line(runs, size_within(slot.box.width, CAPTION, *(text for text, _ in runs)))

    def hang(self) -> None:
        """Let all classes climb at once, below what each was learned from."""
        s, stage = self.s, self.frame.stage
        lines = 1 + bool(s.examples)
        walls = [Wall(stage.width, (stage.height - GAP * (lines - 1)) / lines) for _ in range(lines)]
        self.fit(Column(*walls, gap=GAP))
        names = [one.name for one in s.every]
        words = [(say("out of noise"), self.theme.input), (f"  {s.steps} " + say("steps each"), self.theme.muted)]
        begun = [one.frames[-1 if one is s.every[self.at] else 0] for one in s.every]
        tinted = {"colors": begun} if len(begun[0]) == 3 else {}
        shown = [*map(called, names)]
        self.tiles = hang(walls[-1], [frame[0] for frame in begun], words, shown, role="input", photo=1.0, **tinted)
        if s.examples:
            known = [s.examples[name] for name in names]
            self.first = hang(
                walls[0], known, [(say("learned from"), self.theme.input)], shown, role="input", photo=1.0
            )
        told: Template = "The same for the others: what this network adds up for each name."
        with self.beat(told, focus=self.tiles):
            moving = self.tiles[self.at]
            self.parts = [part for wall in walls for part in wall.content]
            come = [part for part in self.parts if part is not moving]
            self.vanish(self.score, self.shares, self.shares.heading)
            self.remove(self.x)
            self.play(Resettle(moving, self.x.box), run_time=0.9)
            self.appear(*come)
            for step in sorted({*range(0, s.steps, max(1, s.steps // FRAMES)), s.steps}):
                for tile, one in zip(self.tiles, s.every, strict=True):
                    if one is not s.every[self.at]:
                        become(tile, one.frames[step])
                self.step(step, s.steps)
                self.hold(TOGETHER / FRAMES)
            self.rest(1.0)
        self.uncount()


def called(name: str) -> str:
    """Say what a class is called: a texture in the language spoken, any other as its network says."""
    return say(name) if name in NAMES else name
