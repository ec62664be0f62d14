"""A vector as an answer: direction and length, and the squashing that keeps the one and shortens the other."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Arrows, Column, Course, Grid, Ladder, Outline, Scene, cell_text, say
from cnnviz.stage.formula import number, spelled, tinted
from cnnviz.stage.language import Template
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.theme import at_hand
from cnnviz.subjects.number import exact
from cnnviz.subjects.squash import Vector

GAP, DOT = 0.3, 0.09
SMALL, MIDDLE, LARGE = 2.4, 3.1, 3.5  # units: the thing above formulas, beside them, and beside the plane, too
BOLD = 2.0  # times as wide as arrows are elsewhere


class Squash(
    Scene,
    subject=subjects.Squash,
    takeaway="Squashing makes every length a chance below 1 and leaves the direction as it is.",
    concepts=("capsule", "squash", "vector", "length", "direction"),
    seconds=40,
    gif="squash",
):
    """A vector before and after squashing, then lengths on their curve.

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
        stage = self.frame.stage
        wide = self.frame.width >= self.frame.height
        side = min(stage.height - 0.3, stage.width * 0.44) if wide else min(stage.width, stage.height * 0.55)
        roles = {"s": "input", "v": "output"}
        self.plane = Arrows({"s": s.s, "v": s.s}, side, roles=roles, reach=max(1.2, 1.08 * s.length))
        self.plane.widths = dict.fromkeys(roles, BOLD)
        picture = s.turns[0][1]
        low = wide and stage.height < 0.6 * stage.width
        high = LARGE if self.frame.is_wide else SMALL if low else MIDDLE
        look = {"detail": "", "scale": 1.0, "form": "pixels", "side": high / len(picture)}
        self.thing = Grid(picture, "input", "what it sees", **look)
        taken = side + high + GAP if self.frame.is_wide else side if wide else high
        self.ladder = Ladder(min(stage.width - taken - 3 * GAP, 6.0), 3, size=30)
        said = [Column(self.thing, self.ladder)] if wide and not self.frame.is_wide else [self.thing, self.ladder]
        self.arrange(self.plane, *said, gap=GAP)

    def meaning(self, s: subjects.Squash) -> None:
        """Turn the thing and let it fade, the arrow with it."""
        with self.beat("One number says how much. What more can a vector say?", focus=self.plane.box):
            self.plane.show("s", (0.0, 0.0))
            self.play(self.plane.go({"s": s.s}), run_time=1.0)
            self.rest(1.8)
        with self.beat("Its direction can say how a thing is turned.", focus=self.thing):
            self.walk(s.turns, None, self.see, seconds=4.0)
        with self.beat("Its length can say how surely the thing is there at all.", focus=self.thing):
            self.walk(s.fades, None, self.see, seconds=2.0)
            self.walk(s.fades[::-1], None, self.see, seconds=1.6)

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
        with self.beat(told, length=s.length, focus=self.plane.box):
            x, y = (f"({number(one)})^2" if one < 0 else f"{number(one)}^2" for one in s.s)
            length = tinted(number(s.length), self.theme.input)
            self.ladder.climb(self, self.ladder.rungs("|s|", f"sqrt({x} + {y})", length))
            self.rest(1.0)
        with self.beat("Squash: its square, divided by one more than that.", focus=self.plane.box):
            short = tinted(number(s.short), self.theme.output)
            self.ladder.climb(self, self.ladder.rungs("|v|", fraction(s.length), short))
            self.plane.show("v")
            self.play(self.plane.go({"v": s.v}), run_time=1.6)
        told = "Both numbers shrink by one factor, {factor}: the direction stays."
        with self.beat(told, factor=s.factor, focus=self.plane.box):
            factor = f"{cell_text(s.factor, 5)} dot {pair(s.s)}"
            v = tinted(pair(s.v), self.theme.output)
            self.ladder.climb(self, self.ladder.rungs("v", factor, v))
            self.rest(1.0)

    def lengths(self, s: subjects.Squash) -> None:
        """Squash several lengths, one after the other."""
        self.vanish(self.plane, self.ladder)
        self.vanish(self.thing)
        stage = self.frame.stage
        before = Grid(s.before[None], "input", "length", detail="", scale=1.0, widest=s.texts, most=1.25)
        after = Grid(s.after[None], "output", "squashed", detail="", scale=1.0, texts=[s.texts], hidden=True, most=1.25)
        wide = self.frame.width >= self.frame.height
        size = (stage.width * 0.5, stage.height * 0.8) if wide else (stage.width, stage.height * 0.42)
        course = Course(
            {"squashed": s.curve},
            *size,
            title="squashed length",
            roles=["output"],
            high=1.0,
            each=s.step,
            along=say("length"),
        )
        ladder = Ladder(3.2, 2, size=30)
        self.arrange(Column(before, after, ladder), course, most=1.25)
        with self.beat("And other lengths? Short ones nearly vanish, long ones come close to 1.", focus=before):
            self.play(course.go(len(s.curve) - 1), run_time=2.5)
        asked = zip(s.before.tolist(), s.after.tolist(), s.places, s.texts, strict=True)
        for column, (length, short, place, text) in enumerate(asked):
            mark = Outline(before, (0, column), color=self.theme.highlight)
            with self.beat("{length} becomes {text}.", length=length, text=text, focus=mark):
                self.add(mark)
                written = ("" if exact(short, text) else "≈ ") + tinted(spelled(text), self.theme.output)
                ladder.climb(self, ladder.rungs("|v|", fraction(length), written), pause=0.2)
                after.show([(0, column)])
                self.point(course.append(dot(course.curves.point("squashed", place))), seconds=0.6)
            self.remove(mark)
        self.close("Every length lands below 1, and no direction changes.", focus=[after, course.box])


def fraction(length: float) -> str:
    """Write how a length is squashed."""
    return f"{number(length)}^2 / (1 + {number(length)}^2)"


def pair(vector: Vector) -> str:
    """Write a vector."""
    return f"({number(vector[0])}, {number(vector[1])})"


def dot(at: tuple[float, float]) -> Rectangle:
    """Mark a point of the curve."""
    x, y = at
    return Rectangle(Box(x - DOT, y - DOT, x + DOT, y + DOT), fill=at_hand().highlight)
