"""Timeline: errors on ImageNet as the papers report them, and how deep and large the networks were."""

from collections.abc import Sequence

from cnnviz import subjects
from cnnviz.stage import Scene, Skyline, Years, cell_text, say
from cnnviz.stage.language import Template, written

LINES: tuple[tuple[Template, str], ...] = (
    ("year", "text"),
    ("error, %", "output"),
    ("layers", "input"),
    ("parameters", "kernel"),
)


class Timeline(
    Scene,
    subject=subjects.Timeline,
    takeaway="From 2012 errors fell as networks grew deeper; later ones did it with fewer parameters.",
    concepts=("ImageNet", "top-5 error", "AlexNet", "VGG", "GoogLeNet", "ResNet", "EfficientNet", "history"),
    seconds=33,
):
    """Two decades of networks: errors, depths, parameters."""

    title = "Timeline"
    subtitle = "1998 to 2019"

    subject: subjects.Timeline

    def tell(self, s: subjects.Timeline) -> None:
        """Go through the errors year by year, then compare depths and parameters."""
        self.errors(s)
        self.networks(s)

    def label(self, name: str, networks: int) -> str:
        """Write who made an error."""
        alone: Template = "no CNN"
        return f"{networks} × {name}" if networks > 1 else name or say(alone)

    def errors(self, s: subjects.Timeline) -> None:
        """Let the errors come."""
        names = [self.label(name, report.networks) for name, report in zip(s.called, s.reports, strict=True)]
        stage = self.frame.stage
        self.chart = Years(
            [report.year for report in s.reports],
            names,
            stage.width,
            min(stage.height - 0.5, 7.5),
            "class not among five guesses",
        )
        self.arrange(self.chart)
        values = [report.error for report in s.reports]
        self.bars = self.chart.column(max(values), _percent, "25.8 %", "output")
        self.chart.append(self.bars)
        told: Template = "A photo, a thousand classes: how often is the right one not among five guesses?"
        with self.beat(told, focus=self.chart.row(0)):
            self.rest(2.0)
        self.reveal(1, values, "2011, without a network: {error} %.", error=values[0])
        told = "AlexNet: alone {one} %, five of them {five} %, seven with more data {best} %: it wins."
        few = {"one": s.error("alexnet"), "five": s.error("alexnet", 5), "best": s.error("alexnet", 7)}
        self.reveal(4, values, told, **few)
        told = "Two years later: VGG-16 {one} %, seven GoogLeNets {best} %."
        self.reveal(7, values, told, one=s.error("vgg16"), best=s.error("googlenet", 7))
        told = "With skips and 152 layers one network gets {one} %, six get {best} %."
        self.reveal(9, values, told, one=s.error("resnet152"), best=s.error("resnet152", 6))
        told = "And a small one alone does what took seven GoogLeNets: {error} %."
        self.reveal(10, values, told, error=s.error("efficientnet-b0"))
        self.vanish(self.chart)
        self.remove(self.chart)

    def reveal(self, upto: int, values: Sequence[float], told: Template, **errors: float) -> None:
        """Let bars grow up to one of them."""
        known = [value if row < upto else 0.0 for row, value in enumerate(values)]
        with self.beat(told, focus=self.chart.row(upto - 1), **errors):
            self.play(self.bars.grow(known), run_time=0.9)
            self.bars.show(known, best=upto - 1)
            self.rest(0.8)

    def networks(self, s: subjects.Timeline) -> None:
        """Let the networks rise, a storey for each layer, then count their parameters."""
        stage, deepest, largest = self.frame.stage, max(s.depths), max(s.parameters)
        look = {"widest": "1998", "called": s.names, "root": 3.0}
        skyline = Skyline(s.storeys, LINES, stage.width, min(stage.height, 8.5), **look)
        self.arrange(skyline)
        told: Template = "How deep? From {first} layers in a row to {deep}."
        with self.beat(told, first=s.depths[0], deep=deepest, focus=skyline.column(s.depths.index(deepest))):
            for number, (year, alone, depth) in enumerate(zip(s.years, s.alone, s.depths, strict=True)):
                skyline.build(self, number, 0.7)
                skyline.write(number, [str(year), alone, str(depth)], (2,) * (depth == deepest))
            self.rest(0.6)
        told = "How large? Up to {most} parameters, and back to {last}."
        with self.beat(told, most=largest, last=s.parameters[-1], focus=skyline.column(s.parameters.index(largest))):
            write = written if skyline.fits(written(largest)) else cell_text
            for number, count in enumerate(s.parameters):
                skyline.write(number, [write(count)], (3,) * (count == largest), first=3)
                self.hold(0.35)
            self.rest(1.0)
        told = "By and large, errors fell as depth grew; parameters need not grow with it."
        self.close(told, focus=skyline.column(len(s.names) - 1))


def _percent(error: float) -> str:
    return f"{error:.1f} %" if error else ""
