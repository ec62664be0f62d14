"""Timeline: errors on ImageNet as the papers report them, and how deep and large the networks were."""

from collections.abc import Sequence
from typing import Any

from manim import AnimationGroup, FadeIn, FadeOut, LaggedStart

from cnnviz import subjects
from cnnviz.stage import Label, Scene, Skyline, Years, cell_text, say
from cnnviz.stage.glide import LATE, SOON
from cnnviz.stage.language import Template, written
from cnnviz.stage.layout import CAPTION, LABEL, NOTE, Box
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.stories.guessing import ask_for_five

LINES: tuple[tuple[Template, str], ...] = (
    ("year", "text"),
    ("layers", "input"),
    ("parameters", "kernel"),
)
HALF, TIP = 0.3, 0.42  # units: half the breadth of an error that hangs, and its number below it


class Timeline(
    Scene,
    subject=subjects.Timeline,
    takeaway="From 2012 errors fell as networks grew deeper; later ones did it with fewer parameters.",
    concepts=("ImageNet", "top-5 error", "AlexNet", "VGG", "GoogLeNet", "ResNet", "EfficientNet", "history"),
    seconds=41,
):
    """Two decades of networks: errors, depths, parameters."""

    title = "Timeline"
    subtitle = "1998 to 2019"

    subject: subjects.Timeline

    def tell(self, s: subjects.Timeline) -> None:
        """Go through the errors year by year, then compare depths and parameters."""
        ask_for_five(self, s.photo, "A photo, a thousand classes: how often is the right one not among five guesses?")
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
        self.bars = self.chart.column(max(values), _percent, "25.8 %", "gradient")
        self.chart.append(self.bars)
        self.reveal(0, 1, values, "2011, without a network: {error} %.", error=values[0])
        told: Template = "AlexNet: alone {one} %, five of them {five} %, seven with more data {best} %: it wins."
        few = {"one": s.error("alexnet"), "five": s.error("alexnet", 5), "best": s.error("alexnet", 7)}
        self.reveal(1, 4, values, told, **few)
        told = "Two years later: VGG-16 {one} %, seven GoogLeNets {best} %."
        self.reveal(4, 7, values, told, one=s.error("vgg16"), best=s.error("googlenet", 7))
        told = "With skips and 152 layers one network gets {one} %, six get {best} %."
        self.reveal(7, 9, values, told, one=s.error("resnet152"), best=s.error("resnet152", 6))
        told = "And a small one alone does what took seven GoogLeNets: {error} %."
        self.reveal(9, 10, values, told, like=6, error=s.error("efficientnet-b0"))

    def reveal(
        self, first: int, end: int, values: Sequence[float], told: Template, like: int | None = None, **errors: float
    ) -> None:
        """Let some bars grow, all with their sentence; the last of them is ``like`` one that was there."""
        bars, known = self.bars, [value if row < end else 0.0 for row, value in enumerate(values)]
        with self.beat(told, focus=[self.chart.row(row) for row in range(first, end)], **errors):
            self.play(bars.grow(known, end - 1), run_time=0.8)
            bars.show(known, best=end - 1)
            if like is not None:
                ghost = self.chart.append(Rectangle(bars.bar_box(like), outline=self.theme.text, width=4))
                self.play(ghost.animate.move_to((*bars.bar_box(end - 1).center, 0)), run_time=1.0)
            self.rest(0.8)

    def networks(self, s: subjects.Timeline) -> None:
        """Let the networks rise, a storey for each layer, then count their parameters."""
        stage, deepest, largest = self.frame.stage, max(s.depths), max(s.parameters)
        widest, least = (written(largest), LABEL - 2) if self.frame.is_wide else ("1998", NOTE)
        look = {"widest": widest, "least": least, "called": s.names, "root": 3.0, "above": 0.3}
        sky = Skyline(s.storeys, LINES, stage.width, min(stage.height, 8.5), **look)
        self.fit(sky)
        with self.beat("How good is each, alone?", focus=sky.box):
            self.hang(sky, s)
        with self.beat("From {first} % wrong to {best} %.", first=max(s.alone), best=min(filter(None, s.alone))):
            self.rest(1.0)
        with self.beat("How deep is each?", focus=sky.box):
            for number, depth in enumerate(s.depths):
                sky.build(self, number, 0.6)
                sky.write(number, [str(depth)], (1,) * (depth == deepest), first=1)
        told: Template = "From {first} layers in a row to {deep}."
        with self.beat(told, first=s.depths[0], deep=deepest, focus=sky.column(s.depths.index(deepest))):
            self.rest(0.6)
        with self.beat("How large is each?", focus=sky.box):
            write = written if sky.fits(written(largest)) else cell_text
            for number, count in enumerate(s.parameters):
                sky.write(number, [write(count)], (2,) * (count == largest), first=2)
                self.hold(0.3)
        told = "Up to {most} parameters, and back to {last}."
        with self.beat(told, most=largest, last=s.parameters[-1], focus=sky.column(s.parameters.index(largest))):
            self.rest(1.0)
        told = "By and large, errors fell as depth grew; parameters need not grow with it."
        self.close(told, focus=sky.column(len(s.names) - 1))

    def hang(self, sky: Skyline, s: subjects.Timeline) -> None:
        """Let the bars of single networks turn to hang, to scale: the longest ends where its tower leaves room."""
        best, top = min(filter(None, s.alone)), sky.box.top
        known = {(each.networks, name): row for row, (each, name) in enumerate(zip(s.reports, s.called, strict=True))}
        rooms = [top - shadow.get_top()[1] - TIP for shadow in sky.shadows]
        scale = min(room / error for room, error in zip(rooms, s.alone, strict=True) if error)
        moves, parts = list[Any](), list[Any]()
        for number, error in enumerate(s.alone):
            if error:
                bar, x = self.bars.bar_box(known[1, s.names[number]]), sky.column(number).center[0]
                room = Box(x - HALF, top - scale * error, x + HALF, top)
                icicle = Rectangle(bar, fill=self.theme.gradient)
                ink = self.theme.highlight if error == best else self.theme.text
                size = Label(_percent(error), CAPTION, ink, at=(bar.right + TIP, bar.center[1]), bold=True)
                below = size.animate.move_to((x, room.bottom - TIP / 2, 0))
                moves.append(AnimationGroup(icicle.animate.reshape(room), below))
                parts += icicle, size
        away = [FadeOut(each, rate_func=SOON) for each in self.chart.submobjects]
        self.bars.clear()
        sky.aside(0, [(say("error"), "gradient")])
        self.add(*parts)
        self.play(FadeIn(sky, rate_func=LATE), LaggedStart(*moves[::-1], lag_ratio=0.2), *away, run_time=2.0)
        self.remove(self.chart, *parts)
        sky.append(*parts)
        for number, year in enumerate(s.years):
            sky.write(number, [str(year)])
            self.hold(0.2)


def _percent(error: float) -> str:
    return f"{error:.1f} %" if error else ""
