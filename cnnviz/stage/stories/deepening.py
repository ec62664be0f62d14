"""Deep networks as chains: above what each got wrong, or alone, with gradients as levels in their layers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from manim import FadeIn, FadeOut, Group

from cnnviz.nn.experiments import Point
from cnnviz.stage import layout
from cnnviz.stage.glide import LATE, NEXT, SOON
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import Box, units
from cnnviz.stage.pictures.chain import Chain, Filling, Settling, on_powers
from cnnviz.stage.pictures.picture import TITLE_HEIGHT, Slot
from cnnviz.stage.pictures.spread import Spread
from cnnviz.stage.scene import Scene
from cnnviz.stage.text import Align, Label, size_within, text_width
from cnnviz.subjects.skips import FIRST, few_digits

KINDS: tuple[Template, ...] = ("plain", "batch norm", "skips", "skips and batch norm")
ROLES = dict(zip(KINDS, ("negative", "kernel", "input", "output"), strict=True))
LOW, HIGH, CHAIN = 1e-5, 10.0, 0.64  # gradients of an empty and of a full layer; of a line, for the network above it
MARKS, APART = 0.3, 0.2  # units: below the lines, for the marks of the axis; between chains and beside them
ENDS, SIZE, TALL = "≈ 0.00000", layout.LABEL, 2.2  # the widest number beside a chain, its size; units of a row at most
LINE = units(1.25 * SIZE)  # from a line of type to the next one


class Deepening(Scene):
    """Compare networks by depth and by kind; a subclass says why."""

    block: list[Any]  # what chains take the place of

    def errors(self, points: Mapping[str, Point], depths: Sequence[float]) -> None:
        """Set a chart of errors on the whole stage, each plain network as a chain above its line."""
        self.chart = self.plot(points, dict.fromkeys(points, ROLES["plain"]), say("of the digits learned from"))
        box, self.chains = self.chart.box, {}
        for name, depth in zip(points, depths, strict=True):
            room = self.chart.room(name)
            whole = Box(box.left, room.bottom, box.right, room.top)
            self.chains[name] = Chain(int(depth), whole, among=int(max(depths)), role=ROLES["plain"], lit=True)
        self.add(self.chart, *self.chains.values())

    def plot(self, points: Mapping[str, Point], roles: dict[str, str], detail: str) -> Spread:
        """Make a chart of errors with room for a chain above each line."""
        errors, stage = self.subject.errors, self.frame.stage
        every = [value for series in errors.series for point in series.points for value in point.values]
        high, look = stage.height - TITLE_HEIGHT, {"said": errors.said, "over": every, "role": roles}
        above = CHAIN * (high - MARKS) / len(points)
        chart = Spread(points, stage.width, high, title="wrong", detail=detail, above=above, **look)
        self.fit(chart)
        return chart

    def line_up(self, depth: int) -> None:
        """Let the block shrink into a chain of each kind; their names stand beside them, or above."""
        stage, names, wide = self.frame.stage, [say(kind) for kind in KINDS], self.frame.is_wide
        high = min(stage.height - TITLE_HEIGHT, TALL * len(KINDS))
        detail = say("{depth} convolutions, before training", depth=depth)
        self.rows = Slot(stage.width, high, "gradient", detail=detail)
        self.fit(self.rows)
        box, self.chains = self.rows.box, {}
        longest = max(names, key=lambda name: text_width(name, SIZE))
        ends = "".join(f"{say('layer {layer}', layer=layer)}  {ENDS}  " for layer in (FIRST, depth))
        self.size = SIZE if wide else size_within(box.width, SIZE, longest + ends)
        before, after = ((text_width(text, SIZE) + APART) * wide for text in (longest, ENDS))
        for kind, name in zip(KINDS, names, strict=True):
            row = self.row(kind)
            top = row.top - (APART / 2 if wide else LINE + APART / 2)
            room = Box(box.left + before, row.bottom + APART / 2, box.right - after, top)
            self.chains[name] = Chain(depth, room, among=depth, role=ROLES[kind], skips="skips" in str(kind))
            at = (box.left, room.center[1] + LINE / 2) if wide else (box.center[0], row.top - LINE / 2)
            self.rows.append(Label(name, self.size, self.theme.text, at=at, align="left" if wide else "center"))
        new = [self.rows, *self.chains.values()]
        away = FadeOut(Group(*self.block), target_position=self.chains[names[-1]].blocks[len(KINDS)], scale=0.05)
        self.play(away, *(FadeIn(each, rate_func=NEXT) for each in new), run_time=1.0)
        self.add(*new)

    def row(self, kind: Template) -> Box:
        """Return the room of a chain with its name and the numbers of its ends."""
        box, place = self.rows.box, KINDS.index(kind)
        pitch = box.height / len(KINDS)
        return Box(box.left, box.top - (place + 1) * pitch, box.right, box.top - place * pitch)

    def fill(self, gradients: Mapping[str, list[float]], *kinds: str) -> list[list[Label]]:
        """Let the gradients of some networks come back, to the first layer compared, and write those of their ends."""
        levels = {kind: [0.0] * (FIRST - 1) + on_powers(gradients[kind], LOW, HIGH) for kind in kinds}
        self.play(*(Filling(self.chains[say(kind)], levels[kind]) for kind in kinds), run_time=2.2)
        ends = [self.ends(kind, gradients[kind]) for kind in kinds]
        self.appear(*(label for labels in ends for label in labels), into=self.rows)
        return ends

    def ends(self, kind: str, gradients: list[float]) -> list[Label]:
        """Write the gradients of the first layer compared and of the last one beside the chain or above its ends."""
        box, ink, size, wide = self.rows.box, self.theme.role(ROLES[kind]), self.size, self.frame.is_wide
        chain = self.chains[say(kind)]
        y = chain.box.center[1] - LINE / 2 if wide else self.row(kind).top - LINE / 2
        first, last = (say("layer {layer}", layer=layer) for layer in (FIRST, len(chain.blocks)))
        start, end = few_digits(gradients[0]), few_digits(gradients[-1])
        named = (box.right, y + LINE) if wide else (box.right - text_width(f"  {end}", size), y)
        lines: tuple[tuple[str, str, tuple[float, float], Align], ...] = (
            (first, self.theme.muted, (box.left, y), "left"),
            (start, ink, (box.left + text_width(f"{first}  ", size), y), "left"),
            (last, self.theme.muted, named, "right"),
            (end, ink, (box.right, y), "right"),
        )
        return [Label(text, size, color, at=at, align=align) for text, color, at, align in lines]

    def measure(self, points: Mapping[str, Point], detail: str) -> None:
        """Let the chains travel above the lines of a chart of errors, as full as they are."""
        self.chart = self.plot(points, {say(kind): role for kind, role in ROLES.items()}, detail)
        travel = [Settling(chain, self.chart.room(name)) for name, chain in self.chains.items()]
        fade = FadeOut(self.rows, rate_func=SOON), FadeIn(self.chart, rate_func=LATE)
        self.play(*travel, *fade, run_time=1.4)
        self.remove(self.rows, *self.chains.values())
        self.add(self.chart, *self.chains.values())
