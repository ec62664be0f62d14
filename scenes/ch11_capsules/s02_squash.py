"""A vector as an answer: direction and length, and the squashing that keeps the one and shortens the other."""

from typing import Any

from manim import FadeIn

from cnnviz import subjects
from cnnviz.stage import Arrows, Column, Grid, Ladder, Outline, Scene, Slot, cell_text
from cnnviz.stage.attention import attention
from cnnviz.stage.formula import number, outcome, spelled, tinted
from cnnviz.stage.glide import SOON
from cnnviz.stage.language import Template
from cnnviz.stage.mobjects.tiles import Disks
from cnnviz.subjects.number import exact
from cnnviz.subjects.squash import Vector

GAP, DOT, LARGEST = 0.3, 0.13, 1.45  # units; the largest cell of a length
LOW, SMALL, MIDDLE, LARGE = 3.6, 2.3, 3.1, 4.6  # units: the thing beside formulas, above them, and by itself
SHARE, ROUND = 0.44, 0.4  # of the stage's width, for the plane at most, and for the circle beside cells
REACH = 1.1  # how far the plane goes around the circle
BOLD = 2.0  # times as wide as arrows are elsewhere


class Squash(
    Scene,
    subject=subjects.Squash,
    takeaway="Squashing makes every length a chance below 1 and leaves the direction as it is.",
    concepts=("capsule", "squash", "vector", "length", "direction"),
    seconds=38,
    gif="squash",
):
    """A vector before and after squashing, then lengths, each in the circle of length 1.

    cnnviz gif squash --vector=-3,4 --lengths 0.1,1,3,5
    """

    title = "Squash"
    subtitle = "length and direction"

    subject: subjects.Squash

    def tell(self, s: subjects.Squash) -> None:
        """Say what a vector can say, squash it, then squash lengths."""
        self.build(s)
        self.meaning(s)
        self.squash(s)
        self.lengths(s)

    def build(self, s: subjects.Squash) -> None:
        """Set the plane of the vector, the thing it speaks of, and the place of the formulas."""
        stage, wide = self.frame.stage, self.frame.width >= self.frame.height
        side = min(stage.height - 0.1, stage.width * SHARE) if wide else min(stage.width, stage.height * 0.55)
        roles = {"s": "input", "v": "output"}
        self.plane = Arrows({"s": s.s, "v": s.s}, side, roles=roles, reach=max(1.2, 1.08 * s.length))
        self.plane.widths = dict.fromkeys(roles, BOLD)
        large = min(LARGE, stage.width - side - 2 * GAP if wide else stage.height - side - 4 * GAP)
        row = self.frame.is_wide
        small = LOW if row else SMALL if wide and stage.height < 0.6 * stage.width else MIDDLE
        picture, look = s.turns[0][1], {"detail": "", "scale": 1.0, "form": "pixels"}
        sides = large / len(picture), small / len(picture)
        self.thing, self.small = (Grid(picture, "input", "what it sees", side=each, **look) for each in sides)
        room = stage.width - (side + small if row else side if wide else small) - 3 * GAP
        self.ladder = Ladder(room, 3, size=40 if row else 30)
        line = [self.small, Column(Slot(0.0, 1.0), self.ladder)]
        self.beside = line if row else [Column(self.small, self.ladder, gap=0.1)] if wide else [self.small, self.ladder]
        self.arrange(self.plane, self.thing, gap=GAP)

    def meaning(self, s: subjects.Squash) -> None:
        """Turn the thing and let it fade, the arrow with it."""
        with self.beat("One number says how much. What more can a vector say?", focus=self.plane.box):
            self.plane.show("s", (0.0, 0.0))
            self.play(self.plane.go({"s": s.s}), run_time=1.0)
            self.rest(1.8)
        with self.beat("Its direction can say how a thing is turned.", focus=self.thing):
            self.walk(s.turns, None, self.see, seconds=4.0)
        with self.beat("Its length can say how surely the thing is there at all.", focus=self.thing):
            for fades, seconds in ((s.fades, 2.0), (s.fades[::-1], 1.6)):
                self.walk(fades, None, self.see, seconds=seconds)

    def see(self, step: tuple[Vector, Any]) -> None:
        """Show a thing with its vector."""
        vector, picture = step
        self.plane.show("s", vector)
        self.thing.become(picture)

    def squash(self, s: subjects.Squash) -> None:
        """Measure the vector, then squash it."""
        told: Template = "Its length is {length}. As a chance that the thing is there, at most 1 will do."
        if s.length <= 1:
            told = "Its length is {length}. Nothing keeps it from being above 1, as a chance must not."
        with self.beat("How long is this one?", focus=self.plane.box):
            self.rearrange(self.plane, *self.beside, instead={self.small: self.thing}, gap=GAP)
        with self.beat(told, length=s.length, focus=self.plane.box):
            x, y = (f"({number(one)})^2" if one < 0 else f"{number(one)}^2" for one in s.s)
            length = outcome(s.length, self.theme.input)
            self.ladder.climb(self, self.ladder.rungs("|s|", f"sqrt({x} + {y})", length))
            self.rest(1.0)
        with self.beat("Squash: its square, divided by one more than that.", focus=self.plane.box):
            short = outcome(s.short, self.theme.output)
            self.ladder.climb(self, self.ladder.rungs("|v|", fraction(s.length), short))
            self.plane.show("v")
            self.play(self.plane.go({"v": s.v}), run_time=1.6)
        told = "Both numbers shrink by one factor, {factor}: the direction stays."
        with self.beat(told, factor=s.factor, focus=self.plane.box):
            factor = f"{spelled(cell_text(s.factor, 5))} dot {pair(s.s)}"
            v = "≈" * (not all(exact(each, cell_text(each)) for each in s.v)) + tinted(pair(s.v), self.theme.output)
            self.ladder.climb(self, self.ladder.rungs("v", factor, v))
            self.rest(1.0)

    def lengths(self, s: subjects.Squash) -> None:
        """Squash several lengths, one after the other, all in one direction."""
        stage, wide = self.frame.stage, self.frame.width >= self.frame.height
        side = min(stage.width * (ROUND if self.frame.is_wide else SHARE), stage.height - 0.1)
        if not wide:
            side = min(stage.width, stage.height * 0.43)
        plane = Arrows({"v": s.v}, side, roles={"v": "output"}, reach=REACH)
        plane.widths["v"] = BOLD
        room = stage.width - (side + 3 * GAP if wide else 0.0)
        cell = min(room / len(s.before), LARGEST if wide else stage.height / 8)
        look: dict[str, Any] = {"detail": "", "side": cell}
        before = Grid(s.before[None], "input", "length", widest=s.texts, scale=float(s.before.max()), **look)
        after = Grid(s.after[None], "output", "squashed", texts=[s.texts], hidden=True, scale=1.0, **look)
        ladder = Ladder(min(room, 5.0), 2, size=40)
        with self.beat("And other lengths: will a long one leave the circle?", focus=before):
            self.plane.hide("s")
            self.play(self.plane.approach(REACH), run_time=1.0)
            plane.arrows = dict(self.plane.arrows)
            old = {"gone": [self.small, self.ladder], "instead": {plane: self.plane}}
            self.rearrange(plane, Column(before, after, ladder, gap=0.2), **old, gap=GAP)
            self.rest(1.8)
        asked = zip(s.before.tolist(), s.texts, s.kept, strict=True)
        for column, (length, text, vector) in enumerate(asked):
            mark = Outline(before, (0, column), color=self.theme.highlight)
            said = text if exact(s.after[column], text) else f"≈ {text}"
            with self.beat("{length} becomes {text}.", length=length, text=said, focus=mark):
                self.add(mark)
                after.show([(0, column)])
                written = outcome(s.after[column], self.theme.output, text)
                sign = "" if written.startswith("≈") else "= "
                rungs = ladder.rungs("|v|", f"{fraction(length)} {sign}{written}")
                self.play(FadeIn(*rungs, rate_func=SOON), plane.go({"v": vector}), run_time=1.2)
                self.remove(*rungs)
                ladder.append(*rungs)
                tip = plane.append(Disks([plane.point(vector)], DOT, fill=self.theme.highlight))
                self.play(attention(tip), run_time=0.6)
            self.remove(mark)
        self.close("Every length lands below 1, and no direction changes.", focus=[after, plane.box])


def fraction(length: float) -> str:
    """Write how a length is squashed."""
    return f"{number(length)}^2 / (1 + {number(length)}^2)"


def pair(vector: Vector) -> str:
    """Write a vector."""
    return f"({number(vector[0])}, {number(vector[1])})"
