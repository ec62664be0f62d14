"""Parts that speak to two wholes: what they predict for each as outlines, and between them wires as wide as shares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Animation, UpdateFromAlphaFunc, there_and_back, there_and_back_with_pause

from cnnviz.stage.color import Color
from cnnviz.stage.glide import Resettle
from cnnviz.stage.language import Template, say, written
from cnnviz.stage.layout import LABEL, LARGEST_CELL, NOTE, SMALLEST, Box, units
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.made import Made
from cnnviz.stage.pictures.picture import TITLE_HEIGHT, Slot
from cnnviz.stage.pictures.sketches import Sketches, icon
from cnnviz.stage.pictures.window import Outline
from cnnviz.stage.place import Column, Item, Row
from cnnviz.stage.text import Label, size_within, text_width
from cnnviz.stage.theme import at_hand
from cnnviz.subjects.agreement import Agreement, Round
from cnnviz.subjects.number import cell_text, factor_text

PARTS: tuple[Template, ...] = ("eye", "nose", "mouth")
KINDS = "face", "house"
TITLES: tuple[Template, ...] = ("for a face", "for another thing")
GAP, LINE = 0.08, 0.42  # units: between pictures, and height of a line
BROAD, LEAST = 1.4, 0.3  # width of an outline at a share of 1, and by whom little is said
WIRE, THICK = (0.4, 0.55), 0.5  # length of a wire in units, beside and above cells; of a cell, at a share of 1
CELL, NARROW, MOST = 0.82, 0.62, 4.2  # units: of a cell, in a wide and a narrow frame, and of a plane at most
HEAD = 0.95  # of the distance of two columns: what is written above one
ICON = 1.15  # of a cell: where a part is drawn


class Side:
    """One whole: its plane, and what leads to it.

    ::

        .-----.  agree-            coup-
        | (o) | [1.05] =========== [0.9]  mouth
        '-----'

    Attributes
    ----------
    plane : Sketches
    line : Slot
        For a length.
    couplings, agreements : Grid
        One cell for each part, below each other, or side by side under a plane.
    """

    def __init__(self, s: Agreement, which: int, side: float, cell: float, *, beside: bool) -> None:
        self.beside, self.which = beside, which
        self.parts = [str(part) for part in PARTS[: len(s.u)]]
        vectors = {**dict(zip(self.parts, s.u[:, which].tolist(), strict=True)), "v": (0.0, 0.0)}
        roles = {**dict.fromkeys(self.parts, "input"), "v": "output"}
        title: tuple[Template, Template] = (TITLES[which], "") if beside else ("", TITLES[which])
        self.plane = Sketches(KINDS[which], vectors, side, title[0], roles=roles, reach=s.reach, bold="v")
        self.line = Slot(side, LINE, title[1])
        look: dict[str, Any] = {"detail": "", "hidden": True, "side": cell, "widest": ["−0.88"]}
        first, last = (np.array(each)[:, which] for each in (s.routed[0].couplings, s.routed[-1].agreements))
        self.couplings = Grid(self.lay(first), "kernel", scale=1.0, **look)
        self.agreements = Grid(self.lay(last), "gradient", scale=float(abs(s.routed[-1].agreements).max()), **look)
        self.wires: list[Rectangle] = []
        self.heads: list[Label] = []

    def lay(self, column: Any) -> Any:
        """Turn numbers of the parts into those of a grid."""
        numbers = np.asarray(column, dtype=float)
        return numbers[:, None] if self.beside else numbers[None]

    def at(self, part: int) -> tuple[int, int]:
        """Return the cell of a part."""
        return (part, 0) if self.beside else (0, part)

    def build(self, scene: Any) -> None:
        """Draw wires without width, below the agreements."""
        ink = scene.theme.kernel
        self.wires = [Rectangle(self.wire(i, 0.0), fill=ink) for i in range(len(self.parts))]
        self.shares = [0.0 for _ in self.parts]
        scene.add(*self.wires)

    def wire(self, part: int, share: float) -> Box:
        """Return where the wire of a part runs, as wide as its share."""
        a, b, half = self.couplings.cell_box(self.at(part)), self.plane.box, THICK * share * self.couplings.side / 2
        (x, y), right = a.center, self.plane.box.center[0] > a.center[0]
        if not self.beside:
            return Box(x - half, a.top, x + half, b.bottom)
        return Box(a.right, y - half, b.left, y + half) if right else Box(b.right, y - half, a.left, y + half)

    def head(self, scene: Any, grid: Grid, name: Template) -> None:
        """Write what a column of cells holds above it; where cells lie side by side there is no room for that."""
        if not self.beside:
            return
        text, room = say(name), abs(self.couplings.box.center[0] - self.agreements.box.center[0])
        size, x = max(size_within(HEAD * room, NOTE, text), SMALLEST), grid.box.center[0]
        half = text_width(text, size) / 2 + GAP / 3
        x = max(x, self.plane.box.right + half) if x > self.plane.box.right else min(x, self.plane.box.left - half)
        at = x, grid.box.top + units(NOTE)
        self.heads.append(Label(text, size, self.plane.theme.role(grid.role), at=at))
        scene.add(self.heads[-1])

    def couple(self, column: Sequence[float]) -> list[Animation]:
        """Return the animations in which wires and outlines become as wide as shares."""
        before, after = self.shares, list(column)
        self.shares = after

        def reshape(part: int) -> Any:
            def at(wire: Any, alpha: float) -> None:
                wire.reshape(self.wire(part, before[part] + (after[part] - before[part]) * alpha))

            return at

        widths = {part: max(BROAD * share, LEAST) for part, share in zip(self.parts, after, strict=True)}
        moves = [UpdateFromAlphaFunc(wire, reshape(part)) for part, wire in enumerate(self.wires)]
        return [*moves, self.plane.go({}, widths)]

    def gather(self, v: Sequence[float]) -> Animation:
        """Return the animation in which copies of all outlines become one, the result with them."""
        copies = {f"{part} again": self.plane.vectors[part] for part in self.parts}
        for name, vector in copies.items():
            self.plane.show(name, vector, self.plane.widths[name.split(maxsplit=1)[0]])
        self.plane.show("v")
        self.plane.raise_("v")
        return self.plane.go({**dict.fromkeys(copies, v), "v": v})

    def meet(self) -> Animation:
        """Return the animation in which all outlines go to their mean and come back."""
        vectors = [self.plane.vectors[part] for part in self.parts]
        mean = tuple(np.mean(vectors, axis=0).tolist())
        return self.plane.go(dict.fromkeys(self.parts, mean), rate_func=there_and_back_with_pause)

    def swell(self, part: int) -> Animation:
        """Return the animation in which the outline of a part stands out for a while."""
        name = self.parts[part]
        wide = self.plane.widths[name]
        return self.plane.go({}, {name: wide + 0.8}, rate_func=there_and_back)

    def gathered(self) -> None:
        """Take the copies away."""
        self.plane.hide(*(f"{part} again" for part in self.parts))

    def check(self, part: int, v: Sequence[float], agreement: float) -> None:
        """Show how well a part agrees, and how that is found."""
        u, look = self.plane.vectors[self.parts[part]], self.plane.theme
        result = [factor_text(cell_text(b, 5)) for b in v]
        runs = [(f"{cell_text(u[0])} · ", look.input), (result[0], look.output), (" + ", look.muted)]
        runs += [(f"{factor_text(cell_text(u[1]))} · ", look.input), (result[1], look.output)]
        self.write(runs, (f" {said(agreement)}", look.gradient))
        self.agreements.put(self.at(part), agreement)

    def tell(self, length: float, v: Sequence[float]) -> None:
        """Write how long the result is."""
        look = self.plane.theme
        runs = [(say("length "), look.muted), (written(length), look.output)]
        self.write(runs, (" (" + ", ".join(cell_text(each, 5) for each in v) + ")", look.muted))

    def write(self, runs: list[tuple[str, Color]], last: tuple[str, Color]) -> None:
        """Write a line, without its last part where that makes it too small."""
        for each in ([*runs, last], runs):
            size = size_within(self.line.box.width, LABEL, *(text for text, _ in each))
            if size >= SMALLEST:
                break
        self.line.put_line(each, size)


def come(scene: Any, sides: Sequence[Side], drawn: Sequence[Made]) -> None:
    """Let the outlines of both wholes grow out of the parts, one part after the other."""
    for i, part in enumerate(sides[0].parts):
        starts = [tuple(emblem.made[2 * i].get_center()[:2]) for emblem in drawn]
        scene.play(*(side.plane.come(part, at) for side, at in zip(sides, starts, strict=True)), run_time=1.2)


def speak(scene: Any, sides: Sequence[Side], drawn: Sequence[Made], part: int) -> None:
    """Let a part send what it predicts to both wholes, in lines as wide as its shares."""
    name = sides[0].parts[part]
    copy = f"{name} again"
    for side in sides:
        side.plane.vectors[copy] = side.plane.vectors[name]
        side.plane.show(copy, wide=side.plane.widths[name])
    starts = [tuple(emblem.made[2 * part].get_center()[:2]) for emblem in drawn]
    scene.play(*(side.plane.come(copy, at) for side, at in zip(sides, starts, strict=True)), run_time=1.8)
    for side in sides:
        side.plane.hide(copy)


def couple(scene: Any, sides: Sequence[Side], couplings: Any) -> None:
    """Let agreements travel along their wires, if there are any, and let wires become as wide as shares."""
    flights = [
        (side.agreements.copy_of(side.at(part)), side.couplings.cell_box(side.at(part)))
        for side in sides
        for part in range(len(side.parts))
        if side.agreements in scene.mobjects
    ]
    if flights:
        scene.fly(*flights, seconds=1.1)
    for side, column in zip(sides, couplings.T, strict=True):
        side.couplings.become(side.lay(column))
        if not side.wires:
            side.build(scene)
            side.head(scene, side.couplings, "coupling")
        scene.add(side.couplings)
    shares = zip(sides, couplings.T.tolist(), strict=True)
    scene.play(*(move for side, column in shares for move in side.couple(column)), run_time=1.6)


def gather(scene: Any, sides: Sequence[Side], one: Round) -> None:
    """Let all that is said become the results, whose lengths are written."""
    found = list(zip(sides, one.lengths, one.v.tolist(), strict=True))
    for side, length, v in found:
        side.tell(length, v)
    scene.play(*(side.gather(v) for side, _, v in found), run_time=2.6)
    for side in sides:
        side.gathered()


def agree(scene: Any, sides: Sequence[Side], one: Round, *, slow: bool) -> None:
    """Show how well each part agrees, part by part."""
    if slow:
        scene.appear(*(side.agreements for side in sides))
        for side in sides:
            side.head(scene, side.agreements, "agreement")
    for part, row in enumerate(one.agreements.tolist()):
        for side, v, agreement in zip(sides, one.v.tolist(), row, strict=True):
            if slow:
                side.check(part, v, agreement)
            else:
                side.agreements.put(side.at(part), agreement)
        marks = [Outline(side.agreements, side.at(part), color=scene.theme.highlight) for side in sides]
        scene.add(*marks)
        scene.play(*(side.swell(part) for side in sides), run_time=1.5 if slow else 0.9)
        scene.remove(*marks)
    for side, length, v in zip(sides, one.lengths, one.v.tolist(), strict=True):
        side.tell(length, v)


def said(value: float) -> str:
    """Write what a sum gives, as equal or nearly so."""
    text = written(value)
    return text if text.startswith("≈") else f"= {text}"


def emblems(parts: Sequence[str], cell: float, *, beside: bool) -> Made:
    """Draw the parts with their names, one for each cell of a column or a row."""

    def make(box: Box) -> list[Any]:
        size = NOTE * max(1.0, cell / CELL)
        ink, drawn, name = at_hand().input, [], units(1.4 * size)
        for i, part in enumerate(parts):
            left, top = (box.left, box.top - i * cell) if beside else (box.left + i * cell, box.top)
            x = left + (box.width if beside else cell) / 2
            room = Box(x - 0.35 * cell, top - cell + name, x + 0.35 * cell, top - 0.08)
            drawn += [icon(part, room, ink), Label(say(part), size, ink, at=(x, top - cell + 0.5 * name))]
        return drawn

    wide, high = (ICON * cell, cell * len(parts)) if beside else (cell * len(parts), cell)
    return Made(wide, high, make)


def enlarged(scene: Any, sides: Sequence[Side], drawn: Sequence[Made]) -> list[Made]:
    """Draw the parts as large as the room between both wholes allows, until wires need that room."""
    if not sides[0].beside:
        return [*drawn]
    scene.remove(*drawn)
    parts, box = sides[0].parts, sides[0].plane.box
    cell = box.height / max(3, len(parts))
    large = emblems(parts, cell, beside=True)
    middle = (box.right + sides[1].plane.box.left) / 2
    large.settle(middle - ICON * cell / 2, box.center[1] + len(parts) * cell / 2, cell)
    scene.add(large)
    return [large] * 2


def step_back(scene: Any, large: Made, small: Made) -> None:
    """Let the parts become small, so that there is room beside them."""
    if large is not small:
        scene.remove(large)
        scene.play(Resettle(small, large.box), run_time=0.8)


def assembled(scene: Any, s: Agreement) -> tuple[list[Side], list[Made]]:
    """Set both wholes with the parts between them, or below each of them where the frame is narrow."""
    stage, parts = scene.frame.stage, [str(part) for part in PARTS[: len(s.u)]]
    beside = scene.frame.width > scene.frame.height
    if beside:
        cell, wire = (CELL, WIRE[0]) if scene.frame.is_wide else (NARROW, 0.75 * WIRE[0])
        side = (stage.width - (4 + ICON) * cell - 2 * wire - 10 * GAP) / 2
    else:
        cell, wire = (LARGEST_CELL, WIRE[1]) if scene.frame.height > scene.frame.width else (NARROW, WIRE[1] / 2)
        side = min((stage.width - 3 * GAP) / 2, stage.height - TITLE_HEIGHT - LINE - wire - 3 * cell - 6 * GAP)
        cell = min(side / len(parts), cell)
    side = min(side, MOST, stage.height - TITLE_HEIGHT - LINE - GAP)
    sides = [Side(s, which, side, cell, beside=beside) for which in (0, 1)]
    items: list[Item]

    def under(*things: Item) -> list[Item]:
        """Set things below the middle of a plane."""
        return [Row(Slot((side - cell * len(parts)) / 2, 0.1), thing, gap=0.0) for thing in things]

    if beside:
        drawn = [emblems(parts, cell, beside=True)]
        down = TITLE_HEIGHT + (side - cell * len(parts)) / 2
        low = [Column(Slot(0.01, down), thing, gap=0.0) for thing in (*drawn, *_things(sides))]
        planes = [Column(one.plane, one.line, gap=GAP) for one in sides]
        between = [Slot(wire, 0.1) for _ in sides]
        middle, coupled, agreed = low[0], low[1::2], low[2::2]
        left: list[Item] = [planes[0], agreed[0], between[0], coupled[0]]
        right: list[Item] = [coupled[1], between[1], agreed[1], planes[1]]
        items = [Row(*left, middle, *right, gap=GAP)]
    else:
        drawn = [emblems(parts, cell, beside=False) for _ in sides]
        items = [
            Row(
                *(
                    Column(one.line, one.plane, *under(one.agreements, Slot(0.1, wire), one.couplings, made), gap=GAP)
                    for one, made in zip(sides, drawn, strict=True)
                ),
                gap=3 * GAP,
            )
        ]
    scene.arrange(*items, gap=GAP)
    scene.remove(*(one.agreements for one in sides), *(one.couplings for one in sides))
    return sides, drawn if len(drawn) > 1 else drawn * 2


def _things(sides: Sequence[Side]) -> list[Grid]:
    return [grid for one in sides for grid in (one.couplings, one.agreements)]
