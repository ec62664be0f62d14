"""Deep networks as chains above what each got wrong, and the gradients of their layers as colors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import FadeIn, FadeOut, Group

from cnnviz.nn.experiments import Point
from cnnviz.stage.glide import LATE, SOON
from cnnviz.stage.language import Template
from cnnviz.stage.pictures.chain import Chain, Lighting, on_powers
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.stage.pictures.spread import Spread
from cnnviz.stage.scene import Scene
from cnnviz.stage.text import Label
from cnnviz.subjects.skips import FIRST, few_digits

KINDS: tuple[Template, ...] = ("plain", "batch norm", "skips", "skips and batch norm")
ROLES = dict(zip(KINDS, ("negative", "kernel", "input", "output"), strict=True))
LOW, HIGH, CHAIN = 1e-5, 10.0, 0.42  # gradients of a dark and of a bright layer; of a line, for the network above it


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
        above = min(CHAIN * high / len(points), 0.8)
        self.chart = Spread(points, stage.width, high, title="wrong", detail=detail, above=above, **look)
        self.fit(self.chart)
        self.chains, most = {}, int(max(depths))
        for name, depth, kind in zip(names, depths, kinds, strict=True):
            look = {"among": most, "role": roles[name], "skips": "skips" in kind, "lit": not self.block}
            self.chains[name] = Chain(int(depth), self.chart.room(name), **look)
        new = [self.chart, *self.chains.values()]
        if self.block:
            whole = self.chains[names[-1]].blocks[len(depths)]
            away = FadeOut(Group(*self.block), target_position=whole, scale=0.05, rate_func=SOON)
            self.play(away, *(FadeIn(each, rate_func=LATE) for each in new), run_time=1.0)
        self.add(*new)

    def lighting(self, name: str, gradients: list[float]) -> Lighting:
        """Return the animation in which layers get their colors; the first one is not compared."""
        return Lighting(self.chains[name], [0.0] * (FIRST - 1) + on_powers(gradients, LOW, HIGH))

    def ends(self, name: str, role: str, gradients: list[float]) -> list[Label]:
        """Write the gradients of both ends of a chain beside them."""
        chain, size, ink = self.chains[name], self.chart.type_size, self.theme.role(role)
        left, right, y = self.chart.box.left, self.chart.box.right, chain.blocks[0].get_center()[1]
        first, last = few_digits(gradients[0]), few_digits(gradients[-1])
        return [
            Label(first, size, ink, at=(left, y), align="left"),
            Label(last, size, ink, at=(right, y), align="right"),
        ]
