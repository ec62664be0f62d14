"""EfficientNet: what depth, width and resolution cost, alone and together, and the family that came of it."""

from collections.abc import Sequence

from manim import VGroup

from cnnviz import subjects
from cnnviz.stage import Label, Skyline, Tower, cell_text, say
from cnnviz.stage.language import Template
from cnnviz.stage.layout import LABEL, Box, units
from cnnviz.stage.mobjects.shapes import Point, Strokes
from cnnviz.stage.stories.telling import Telling
from cnnviz.stage.text import size_within
from cnnviz.subjects.efficientnet import FAMILY, Scaled

COSTS: tuple[tuple[Template, str], ...] = (("multiply-adds", "gradient"), ("parameters", "kernel"))
MEASURES: tuple[Template, ...] = ("depth", "width", "side")
BESIDE = 0.2  # units between an edge and its name


class EfficientNet(
    Telling,
    subject=subjects.EfficientNet,
    takeaway="Compound scaling makes a network deeper, wider and finer at once, each by a fixed share.",
    concepts=("EfficientNet", "compound scaling", "depth", "width", "resolution", "multiply-accumulate"),
    seconds=43,
):
    """The network of 2019, and how it is scaled."""

    title = "EfficientNet"
    subtitle = "compound scaling"

    subject: subjects.EfficientNet

    def tell(self, s: subjects.EfficientNet) -> None:
        """Measure the network, then scale it; or read any other one."""
        if not s.is_usual:
            self.lay_out("How does one make a good small network larger?")
            self.measure()
            self.end()
            return
        self.survey(s)
        self.scale_up(s)
        self.line_up(s)

    def survey(self, s: subjects.EfficientNet) -> None:
        """Let the small network rise, and name its three edges."""
        stage, storeys = self.frame.stage, s.start.storeys
        self.tower = tower = Tower(storeys, 0.55 * stage.width, min(stage.height, stage.width))
        self.arrange(tower)
        with self.beat("How does one make a good small network larger?", focus=tower):
            tower.rise(self, 2.0)
            self.rest(1.6)
        counts = (len(storeys), storeys[-1][0], s.parts[0].shape[-1])
        told: Template = "{storeys} layers and blocks, {maps} maps at the top, a picture of {side} pixels a side."
        with self.beat(told, storeys=counts[0], maps=counts[1], side=counts[2]) as beat:
            self.named = [self.name(*each) for each in zip(tower.edges(), MEASURES, counts, (1, 1, -1), strict=True)]
            beat.focus = self.named
            for each in self.named:
                self.appear(each, seconds=0.7)
            self.rest(0.6)

    def name(self, edge: Sequence[Point], name: Template, count: int, way: int) -> VGroup:
        """Draw an edge of the tower, with its name and a number, to the right of it or to the left."""
        ends = [*edge] if way > 0 else [*edge][::-1]
        x = max(x for x, _ in ends) + BESIDE if way > 0 else min(x for x, _ in ends) - BESIDE
        y, align = sum(y for _, y in ends) / 2, "left" if way > 0 else "right"
        pitch, room = units(LABEL) * 0.7, self.frame.right - x if way > 0 else x - self.frame.left
        size = size_within(room, LABEL, say(name), bold=True)
        return VGroup(
            Strokes([ends], self.theme.highlight, 8.0),
            Label(say(name), size, self.theme.input, at=(x, y + pitch), align=align, bold=True),
            Label(f"{count}", LABEL, self.theme.text, at=(x, y - pitch), align=align),
        )

    def stand(
        self, towers: Sequence[Scaled], called: Sequence[str], widest: str, box: Box, gone: Sequence[object]
    ) -> None:
        """Set the shadows of networks side by side, and let the first come from where it stood."""
        stage = self.frame.stage
        self.skyline = Skyline(towers, COSTS, stage.width, min(stage.height, 8.5), widest=widest, called=called)
        self.fit(self.skyline)
        self.skyline.grow(self, 0, box, gone=gone)

    def scale_up(self, s: subjects.EfficientNet) -> None:
        """Double one measure after the other, then raise all a little."""
        scaled, each = (s.start, s.deeper, s.wider, s.finer, s.together), s.together
        called = ["B0", *(f"{say(name)} × 2" for name in MEASURES), f"{each.depth} · {each.width} · {each.side}"]
        with self.beat("Deeper, wider or finer: what does each of them cost?") as beat:
            storeys = [network.storeys for network in scaled]
            self.stand(storeys, called, "× 4.00", self.tower.hull, [self.tower, *self.named])
            self.write(0, s.start)
            beat.focus = self.skyline.column(0)
            self.rest(1.6)
        self.scaled(1, s.deeper, "Twice the depth: {macs} times the multiply-adds.")
        self.scaled(2, s.wider, "Twice the width instead, so twice the maps: {macs} times.")
        self.scaled(3, s.finer, "A picture of twice the side: {macs} times, without one parameter more.")
        told: Template = (
            "All a little: {depth} × {width} × {width} × {side} × {side} ≈ {product}; as blocks come whole: {macs}."
        )
        fields = {"depth": each.depth, "width": each.width, "side": each.side, "product": each.product}
        self.scaled(4, each, told, **fields)

    def scaled(self, number: int, each: Scaled, told: Template, **fields: float) -> None:
        """Let a network grow that was scaled in one way, out of the one that it was."""
        sky = self.skyline
        with self.beat(told, macs=each.macs, focus=sky.column(number), **fields):
            sky.grow(self, number, sky.over(number), 1.6)
            self.write(number, each, (0,))
            self.rest(0.8)

    def write(self, number: int, each: Scaled, lit: Sequence[int] = ()) -> None:
        """Write what a network costs."""
        self.skyline.write(number, [f"× {count:.2f}" for count in (each.macs, each.parameters)], lit)

    def line_up(self, s: subjects.EfficientNet) -> None:
        """Let each of the family grow out of the one before."""
        costs = [*zip(s.family_macs, s.family_parameters, strict=True)]
        called, last = [f"B{number}" for number in range(len(costs))], len(costs) - 1
        with self.beat("Step by step all three grow, from B0 to B7.") as beat:
            before = self.skyline
            self.stand(s.family_storeys, called, "8.8M", before.towers[0].hull, [before])
            self.remove(before)
            sky = self.skyline
            for number, (macs, parameters) in enumerate(costs):
                if number:
                    sky.grow(self, number, sky.towers[number - 1].hull, 0.7)
                sky.write(number, [cell_text(macs), cell_text(parameters)], (0,) * (number == last))
            beat.focus = sky.column(last)
        (width, depth, side), base = FAMILY[-1], FAMILY[0][-1]
        texts = f" × {depth:g}", f" × {width:g}", f" × {side} / {base}"
        told: Template = "B7 is {depth} times as deep and {width} times as wide, for pictures {side} pixels wide."
        with self.beat(told, depth=depth, width=width, side=side) as beat:
            beat.focus = [
                sky.aside(line, [(say(name), "input"), (text, "highlight")])
                for line, (name, text) in enumerate(zip(MEASURES, texts, strict=True))
            ]
            self.point(*beat.focus)
        told = "From {first} to {last} multiply-adds."
        with self.beat(told, first=costs[0][0], last=costs[-1][0], focus=sky.column(last)):
            self.rest(0.8)
        self.close("Deeper, wider and finer at once: one recipe from small to large.", focus=sky.column(last))
