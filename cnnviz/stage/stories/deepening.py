"""Deep networks as chains above what each got wrong, and the gradients of their layers as levels in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import FadeIn, FadeOut, Group

from cnnviz.nn.experiments import Point
from cnnviz.stage.glide import NEXT
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import Box, units
from cnnviz.stage.pictures.chain import Chain, Filling, on_powers
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.stage.pictures.spread import Spread
from cnnviz.stage.scene import Scene
from cnnviz.stage.text import Align, Label, text_width
from cnnviz.subjects.skips import FIRST, few_digits

KINDS: tuple[Template, ...] = ("plain", "batch norm", "skips", "skips and batch norm")
ROLES = dict(zip(KINDS, ("negative", "kernel", "input", "output"), strict=True))
LOW, HIGH, CHAIN = 1e-5, 10.0, 0.64  # gradients of an empty and of a full layer; of a line, for the network above it
MARKS, APART = 0.3, 0.2  # units: below the lines, for the marks of the axis; from a chain to a number beside it
SIDES: tuple[Align, Align] = ("left", "right")  # of a chain, and how what stands there is set
ENDS = "≈ 0.00000"  # the widest number beside a chain


class Deepening(Scene):
    """Compare networks by depth and by kind; a subclass says why."""

    def setup(self) -> None:
        """Begin with no block on the stage."""
        self.block: list[Any] = []  # what the next chart takes the place of
        super().setup()

    def errors(self, points: dict[str, Point], depths: list[float], kinds: Sequence[str], detail: str) -> None:
        """Set a chart of errors on the whole stage, each network as a chain above its line."""
        errors, stage, names = self.subject.errors, self.frame.stage, [*points]
        every = [value for series in errors.series for point in series.points for value in point.values]
        roles = dict(zip(names, (ROLES[kind] for kind in kinds), strict=True))
        high, look = stage.height - TITLE_HEIGHT, {"said": errors.said, "over": every, "role": roles}
        above = CHAIN * (high - MARKS) / len(points)
        self.chart = Spread(points, stage.width, high, title="wrong", detail=detail, above=above, **look)
        self.fit(self.chart)
        self.chains, most = {}, int(max(depths))
        for name, depth, kind in zip(names, depths, kinds, strict=True):
            look = {"among": most, "role": roles[name], "skips": "skips" in kind, "lit": not self.block}
            self.chains[name] = Chain(int(depth), self.room(name), **look)
        new = [self.chart, *self.chains.values()]
        if self.block:
            whole = self.chains[names[-1]].blocks[len(depths)]
            away = FadeOut(Group(*self.block), target_position=whole, scale=0.05)
            self.play(away, *(FadeIn(each, rate_func=NEXT) for each in new), run_time=1.0)
        self.add(*new)

    def room(self, name: str) -> Box:
        """Return the room of a chain: the whole line, but for numbers beside it once a block has been seen."""
        room, box, size = self.chart.room(name), self.chart.box, self.chart.type_size
        aside = (text_width(ENDS, size) + APART) * bool(self.block)
        return Box(box.left + aside, room.bottom, box.right - aside, room.top)

    def filling(self, name: str, gradients: list[float]) -> Filling:
        """Return the animation in which layers fill; the first one is not compared."""
        return Filling(self.chains[name], [0.0] * (FIRST - 1) + on_powers(gradients, LOW, HIGH))

    def ends(self, name: str, role: str, gradients: list[float]) -> list[Label]:
        """Write the gradients of the first layer compared and of the last one beside the chain, with their names."""
        chain, size, ink = self.chains[name], self.chart.type_size, self.theme.role(role)
        box, y, line = self.chart.box, chain.box.center[1], units(1.2 * size)
        labels: list[Label] = []
        compared = ((FIRST, gradients[0]), (len(chain.blocks), gradients[-1]))
        for index, align in enumerate(SIDES):
            (layer, gradient), x = compared[index], (box.left, box.right)[index]
            named, number = say("layer {layer}", layer=layer), few_digits(gradient)
            labels.append(Label(named, size, self.theme.muted, at=(x, y + line / 2), align=align))
            labels.append(Label(number, size, ink, at=(x, y - line / 2), align=align))
        return labels
