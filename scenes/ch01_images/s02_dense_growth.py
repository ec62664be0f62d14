"""Why dense layers do not scale: a weight for every pixel and every neuron, counted on real pictures."""

from typing import Any

from manim import FadeIn, FadeOut

from cnnviz import subjects
from cnnviz.engine import parameter_count
from cnnviz.stage import Column, Grid, Made, Resettle, Row, Scene, Slot
from cnnviz.stage.glide import LATE, SOON
from cnnviz.stage.language import Template, counted, say, written
from cnnviz.stage.layout import Box
from cnnviz.stage.stories.connecting import Neurons
from cnnviz.stage.stories.flattening import Flat
from cnnviz.stage.stories.growing import Account, Sharpening, pile, raise_to, standing
from cnnviz.stage.text import size_within
from cnnviz.stage.theme import CHANNELS

CELL = 0.3  # units: of the filter that is laid on the photograph
CLASSES, _FIRST = 10, 4  # neurons, and which of them is the first to be connected


class DenseLayers(
    Scene,
    subject=subjects.DenseGrowth,
    takeaway="A dense layer pays for every pixel; a convolution pays for its kernel, once.",
    concepts=("dense layer", "parameters", "weight sharing"),
    seconds=41,
):
    """From 64 pixels and ten neurons to 77 million weights in one layer."""

    title = "Why dense layers explode"
    subtitle = "one weight per pixel"

    subject: subjects.DenseGrowth

    def tell(self, s: subjects.DenseGrowth) -> None:
        """First one small digit, then a photograph at four sizes."""
        self.small(s)
        self.large(s)
        self.share(s)
        told: Template = "A dense layer pays for every pixel; a convolution pays for its kernel, once."
        self.close(told, motion=lambda: self.point(self.chart.made.bar_box(len(s.rows) - 1)))

    def small(self, s: subjects.DenseGrowth) -> None:
        """Lay the pixels of a digit out in a line, and connect them to one neuron, then to ten."""
        values, stage = s.small.values[0], self.frame.stage
        self.x, high = Grid(values, "input", "input", scale=s.small.peak), min(4.6, stage.height - 0.5)
        self.line, self.neurons = Flat(self.x, 0.45, high, "line"), Neurons("0123456789", 0.75, high)
        far, wide, size = (0.26, 2.6, 29) if self.frame.is_wide else (0.15, 2.0, 24)
        layer = Row(self.line, Column(Slot(0.0, 0.12), self.neurons), gap=far * stage.width)
        self.count = Account(wide, 1.9, size)
        beside = Column(Slot(0.0, 1.3), self.count) if self.frame.is_wide else self.count
        self.fit(self.x, layer, beside, gap=0.4)
        self.count.write(self, [], [], total="?", seconds=0)
        self.add(self.x, self.count, *self.neurons.made)
        self.line.open(self)
        with self.beat("How many weights does a dense layer need to look at a picture?", focus=self.x):
            self.rest(2.2)
        with self.beat("All {pixels} pixels in one line, each with a weight to one neuron.", pixels=values.size):
            self.line.fill(self)
            self.neurons.connect(self, _FIRST, self.line, 1.6)
            self.sum(1, 0.4)
            self.rest(1.0)
        with self.beat("One neuron for each of ten digits: ten times as many.", focus=self.count):
            for neuron in (*range(_FIRST), *range(_FIRST + 1, CLASSES)):
                self.neurons.connect(self, neuron, self.line, 0.35)
                self.sum(len(self.neurons.fans), 0.0)
            self.neurons.only(self.neurons.fans[0])
            self.rest(1.5)

    def sum(self, neurons: int, seconds: float) -> None:
        """Write out how many parameters there are."""
        inputs, theme = self.x.values.size, self.theme
        named = say(counted("{count} neuron", "{count} neurons", neurons))
        terms = [(written(inputs), theme.input), (f" × {neurons} + {neurons}", theme.muted)]
        total = written(parameter_count(inputs, neurons))
        self.count.write(self, [(named, theme.text)], terms, total=total, seconds=seconds)

    def large(self, s: subjects.DenseGrowth) -> None:
        """Sharpen a photograph from size to size, and let the weights grow with it."""
        rows, stage = s.rows, self.frame.stage
        beside = stage.width > 8  # the chart stands beside the photograph, else below it
        side = min(4.6, stage.height - 0.5, stage.width * (0.35 if self.frame.is_wide else 0.32 if beside else 0.6))
        wide = min(8.6, stage.width - side - 0.8) if beside else stage.width
        self.photo, self.formula = Sharpening(side, "photo", s.peak), Slot(wide, 0.6)
        self.size = size_within(wide, 34, f"{s.units} × 3 × 000 × 000 + {s.units} = {written(rows[-1].dense)}")
        self.chart = Made(wide, min(stage.height - 1.25, 3.9), standing(rows), "parameters", role="kernel")
        stood = self.x.box, self.x.top
        self.fit(self.photo, Column(self.formula, self.chart, gap=0.2), gap=0.5 if beside else 0.2)
        self.x.settle(self.photo.box.left, self.photo.top, side / self.x.columns)
        gone = [self.line, *self.neurons.made, *self.neurons.fans, *self.count.content]
        leaving, coming = (FadeOut(each, rate_func=SOON) for each in gone), FadeIn(self.chart, rate_func=LATE)
        self.play(*leaving, Resettle(self.x, *stood), coming)
        self.photo.develop(rows[0].pixels)
        self.x.remove(self.x.heading)
        self.appear(self.photo)
        self.remove(self.x)
        self.add(self.formula)
        first = "A color photo, {side} pixels a side, and a dense layer of {units}: {dense} parameters."
        with self.beat(first, side=rows[0].side, units=s.units, dense=rows[0].dense, focus=self.formula):
            self.grow(0)
            self.rest(1.5)
        with self.beat("Twice the side: four times the pixels, and so four times the weights."):
            for index in range(1, len(rows)):
                self.grow(index)
                self.rest(0.8)
        last, muted = rows[-1], self.theme.muted
        told: Template = "{values} numbers, {dense} parameters: quadratic in the side, not exponential."
        with self.beat(told, values=last.values, dense=last.dense, focus=self.formula):
            made = [(f"{written(s.units)} × ", muted), (written(last.values), self.theme.input)]
            made += [(f" + {written(s.units)} = ", muted), (written(last.dense), self.theme.kernel)]
            self.formula.put_line(made, self.size)
            self.point(self.chart.made.bar_box(len(rows) - 1))
            self.rest(1.2)

    def grow(self, index: int) -> None:
        """Show the photograph at a size, write how the count comes about, and let its bar rise."""
        s, row, theme = self.subject, self.subject.rows[index], self.theme
        self.photo.develop(row.pixels)
        values, units = (f"3 × {row.side} × {row.side}", theme.input), written(s.units)
        made = [(f"{units} × ", theme.muted), values, (f" + {units} = ", theme.muted)]
        self.formula.put_line([*made, (written(row.dense), theme.kernel)], self.size)
        if index:
            pile(self, self.chart.made, index, row.dense)
        else:
            raise_to(self, self.chart.made, [float(row.dense)])
        self.step(index + 1, len(s.rows), noun="")

    def share(self, s: subjects.DenseGrowth) -> None:
        """Let one small filter serve the photograph at every size, and count its parameters."""
        filters, last, theme, large = s.filters, s.rows[-1], self.theme, self.photo
        look: dict[str, Any] = {"detail": "", "form": "pixels", "ruled": True, "side": CELL}
        kernel = Row(*(Grid([[1.0] * 3] * 3, channel, **look) for channel in CHANNELS), gap=0.25)
        low = min([large.box.bottom, self.chart.box.bottom][: 1 + (self.chart.box.left > large.box.right)])
        room, side = Box(large.box.left, low, large.box.right, large.top), large.box.top - low - 3 * CELL - 0.75
        shared = [(f"{written(filters)} × (3 × 3 × 3 + 1) = ", theme.muted), (written(last.convolution), theme.kernel)]
        size = size_within(room.width, 34, "".join(text for text, _ in shared))
        self.photo, count = Sharpening(min(large.side, side), "photo", s.peak), Slot(room.width, 0.5)
        self.fit(Column(self.photo, kernel, count, gap=0.1), room=room)
        self.photo.develop(last.pixels)
        one = "A filter of 3 × 3 × 3: {total} parameters, at every size."
        many = "{count} filters of 3 × 3 × 3: {total} parameters, at every size."
        with self.beat(counted(one, many, filters), total=last.convolution):
            self.remove(large)
            self.play(Resettle(self.photo, large.box, large.top), *map(FadeIn, kernel.items))
            self.add(count)
            count.put_line(shared, size)
            for index, row in enumerate(s.rows):
                self.photo.develop(row.pixels)
                times = [(f" ≈ {written(row.times)} × ", theme.text), (written(last.convolution), theme.kernel)]
                self.formula.put_line([(written(row.dense), theme.muted), *times * (row.times > 1)], self.size)
                if not index:
                    raise_to(self, self.chart.made, [*(float(each.dense) for each in s.rows), float(last.convolution)])
                self.photo.sweep(self, 3, 0.7)
