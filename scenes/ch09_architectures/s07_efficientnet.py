"""EfficientNet: its parts and what they cost, and what depth, width and resolution cost, alone and together."""

from collections.abc import Sequence

from cnnviz import subjects
from cnnviz.stage import Bars, Made, say
from cnnviz.stage.language import Template, written
from cnnviz.stage.stories.telling import Telling
from cnnviz.subjects.efficientnet import Scaled

LABELS: tuple[Template, ...] = ("depth", "width", "picture's side", "multiply-adds", "parameters")


class EfficientNet(
    Telling,
    subject=subjects.EfficientNet,
    takeaway="Compound scaling makes a network deeper, wider and finer at once, each by a fixed share.",
    concepts=("EfficientNet", "compound scaling", "depth", "width", "resolution", "multiply-accumulate"),
    seconds=44,
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
        self.leave()
        self.scale_up(s)
        self.line_up(s)

    def chart(self, labels: Sequence[str], peak: float, widest: str, role: str) -> Bars:
        """Set bars on the stage."""
        stage = self.frame.stage
        look = {"theme": self.theme, "role": role, "peak": peak, "widest": widest, "size": 23}
        write = _times if labels[0] != "B0" else written
        high = min(stage.height - 0.3, 0.66 * len(labels))
        made = Made(min(stage.width, 11.5), high, lambda box: Bars(labels, box, write=write, **look))
        self.arrange(made)
        self.shown = made
        return made.made

    def scale_up(self, s: subjects.EfficientNet) -> None:
        """Double one measure after the other, then raise all a little."""
        peak = max(max(each.bars) for each in (s.deeper, s.wider, s.finer, s.together))
        bars = self.chart([say(label) for label in LABELS], peak, "× 4.00", "input")
        bars.show(s.start.bars)
        self.scaled(bars, s.deeper, "Twice the depth: {macs} times the multiply-adds.", 0)
        self.scaled(bars, s.wider, "Twice the width instead, so twice the maps: {macs} times.", 1)
        self.scaled(bars, s.finer, "A picture of twice the side: {macs} times, without one parameter more.", 2)
        told: Template = "Or all a little, {depth}, {width} and {side}: {macs} times the work, as blocks come whole."
        each = s.together
        with self.beat(told, depth=each.depth, width=each.width, side=each.side, macs=each.macs, focus=self.shown.box):
            self.play(bars.grow(each.bars), run_time=1.4)
            bars.show(each.bars, best=3)
            self.rest(1.0)
        self.vanish(self.shown)
        self.remove(self.shown)

    def scaled(self, bars: Bars, each: Scaled, told: Template, lit: int) -> None:
        """Let the bars follow what was scaled."""
        with self.beat(told, macs=each.macs, focus=bars.bar_box(lit)):
            self.play(bars.grow(each.bars), run_time=1.2)
            bars.show(each.bars, best=lit)
            self.rest(0.8)

    def line_up(self, s: subjects.EfficientNet) -> None:
        """Show the family that repeated steps make."""
        names = [f"B{number}" for number in range(len(s.family_macs))]
        told: Template = "Step by step to B7: from {first} to {last} multiply-adds."
        self.row(told, s.family_macs, names, "gradient")
        self.vanish(self.shown)
        self.remove(self.shown)
        told = "And from {first} to {last} parameters."
        self.row(told, s.family_parameters, names, "kernel")
        self.close("Deeper, wider and finer at once: one recipe from small to large.", focus=self.shown.box)

    def row(self, told: Template, counts: Sequence[int], names: Sequence[str], role: str) -> None:
        """Let the bars of the family grow."""
        bars = self.chart(names, max(counts), written(max(counts)), role)
        with self.beat(told, first=counts[0], last=counts[-1], focus=bars.bar_box(len(counts) - 1)):
            self.play(bars.grow(counts), run_time=1.4)
            bars.show(counts, best=len(counts) - 1)
            self.rest(1.0)


def _times(value: float) -> str:
    return f"× {value:.2f}"
