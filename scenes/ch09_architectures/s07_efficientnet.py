"""EfficientNet: its parts and what they cost, and what depth, width and resolution cost, alone and together."""

from collections.abc import Sequence

from cnnviz import subjects
from cnnviz.stage import Skyline, cell_text
from cnnviz.stage.language import Template
from cnnviz.stage.stories.telling import Telling
from cnnviz.subjects.efficientnet import Scaled, Storeys

COSTS: tuple[tuple[Template, str], ...] = (("multiply-adds", "gradient"), ("parameters", "kernel"))
SCALED: tuple[tuple[Template, str], ...] = (("depth", "input"), ("width", "input"), ("picture's side", "input"))


class EfficientNet(
    Telling,
    subject=subjects.EfficientNet,
    takeaway="Compound scaling makes a network deeper, wider and finer at once, each by a fixed share.",
    concepts=("EfficientNet", "compound scaling", "depth", "width", "resolution", "multiply-accumulate"),
    seconds=50,
):
    """The network of 2019, part by part, and how it is scaled."""

    title = "EfficientNet"
    subtitle = "compound scaling"

    subject: subjects.EfficientNet

    def tell(self, s: subjects.EfficientNet) -> None:
        """Read the network, then scale it."""
        self.lay_out("How does one make a good small network larger?")
        self.measure()
        if not s.is_usual:
            self.end()
            return
        self.vanish(self.diagram, *self.columned)
        self.scale_up(s)
        self.line_up(s)

    def stand(
        self, towers: Sequence[Storeys], lines: Sequence[tuple[Template, str]], widest: str, called: Sequence[str]
    ) -> None:
        """Set the shadows of networks side by side."""
        stage = self.frame.stage
        self.skyline = Skyline(towers, lines, stage.width, min(stage.height, 8.5), widest=widest, called=called)
        self.arrange(self.skyline)

    def scale_up(self, s: subjects.EfficientNet) -> None:
        """Double one measure after the other, then raise all a little."""
        scaled = (s.start, s.deeper, s.wider, s.finer, s.together)
        self.stand([each.storeys for each in scaled], (*SCALED, *COSTS), "× 4.00", ())
        with self.beat("Deeper, wider or finer: what does each of them cost?", focus=self.skyline.column(0)):
            self.build(0, s.start, ())
            self.rest(1.6)
        self.scaled(1, s.deeper, "Twice the depth: {macs} times the multiply-adds.")
        self.scaled(2, s.wider, "Twice the width instead, so twice the maps: {macs} times.")
        self.scaled(3, s.finer, "A picture of twice the side: {macs} times, without one parameter more.")
        told: Template = "Or all a little, {depth}, {width} and {side}: {macs} times the work, as blocks come whole."
        each = s.together
        fields = {"depth": each.depth, "width": each.width, "side": each.side, "macs": each.macs}
        with self.beat(told, focus=self.skyline.column(4), **fields):
            self.build(4, each, (0, 1, 2))
            self.rest(1.6)
        self.vanish(self.skyline)
        self.remove(self.skyline)

    def scaled(self, number: int, each: Scaled, told: Template) -> None:
        """Let a network rise that was scaled in one way."""
        with self.beat(told, macs=each.macs, focus=self.skyline.column(number)):
            self.build(number, each, (number - 1,))
            self.rest(0.8)

    def build(self, number: int, each: Scaled, lit: Sequence[int]) -> None:
        """Let a network rise, and write what it costs."""
        self.skyline.build(self, number)
        counts = (each.depth, each.width, each.side, each.macs, each.parameters)
        self.skyline.write(number, [f"× {count:.2f}" for count in counts], lit)

    def line_up(self, s: subjects.EfficientNet) -> None:
        """Show the family that repeated steps make."""
        costs = [*zip(s.family_macs, s.family_parameters, strict=True)]
        self.stand(s.family_storeys, COSTS, "8.8M", [f"B{number}" for number in range(len(costs))])
        last = len(costs) - 1
        with self.beat("Step by step all three grow, from B0 to B7.", focus=self.skyline.column(last)):
            for number, (macs, parameters) in enumerate(costs):
                self.skyline.build(self, number, 0.5)
                self.skyline.write(number, [cell_text(macs), cell_text(parameters)], (0,) * (number == last))
        told: Template = "From {first} to {last} multiply-adds."
        with self.beat(told, first=costs[0][0], last=costs[-1][0], focus=self.skyline.column(last)):
            self.rest(0.8)
        told = "And from {first} to {last} parameters."
        with self.beat(told, first=costs[0][1], last=costs[-1][1], focus=self.skyline.column(last)):
            self.rest(0.8)
        self.close("Deeper, wider and finer at once: one recipe from small to large.", focus=self.skyline.column(last))
