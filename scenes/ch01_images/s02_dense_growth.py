"""Why dense layers do not scale: a weight for every pixel and every neuron, counted on real pictures."""

from cnnviz import subjects
from cnnviz.engine import parameter_count
from cnnviz.stage import Bars, Column, Grid, Made, Row, Scene, Slot
from cnnviz.stage.language import counted, say, written
from cnnviz.stage.layout import LABEL, NOTE, Box
from cnnviz.stage.stories.connecting import Neurons
from cnnviz.stage.stories.flattening import Flat
from cnnviz.stage.stories.growing import Account, Sharpening, pile
from cnnviz.stage.text import size_within

CLASSES, _FIRST = 10, 4  # neurons, and which of them is the first to be connected


class DenseLayers(
    Scene,
    subject=subjects.DenseGrowth,
    takeaway="A dense layer pays for every pixel; a convolution pays for its kernel, once.",
    concepts=("dense layer", "parameters", "weight sharing"),
    seconds=40,
):
    """From 64 pixels and ten neurons to 77 million weights in one layer."""

    title = "Why dense layers explode"
    subtitle = "one weight per pixel"

    subject: subjects.DenseGrowth

    def tell(self, s: subjects.DenseGrowth) -> None:
        """First one small digit, then a photograph at four sizes."""
        self.small(s)
        self.large(s)
        filters, total = s.filters, s.rows[-1].convolution
        one = "A filter of 3 × 3 × 3: {total} parameters, at every size."
        many = "{count} filters of 3 × 3 × 3: {total} parameters, at every size."
        with self.beat(counted(one, many, filters), total=total):
            for index, row in enumerate(s.rows):
                self.photo.develop(row.pixels)
                dense = f"{say('dense')} {written(row.dense)}"
                shared = [
                    (say("conv"), self.theme.kernel),
                    (f" {written(filters)} × (3 × 3 × 3 + 1)", self.theme.muted),
                ]
                self.formula.write(self, [(dense, self.theme.muted)], shared, total=written(total), seconds=0)
                if not index:
                    self.raise_to([*(float(each.dense) for each in s.rows), float(total)])
                self.photo.sweep(self, 3, 0.9)
        self.close("A dense layer pays for every pixel; a convolution pays for its kernel, once.", focus=self.formula)

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
        self.vanish(self.x, self.line, self.count, *self.neurons.made, *self.neurons.fans)
        self.remove(self.line)

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
        side = min(3.6, stage.height - 1.9, stage.width * (0.3 if beside else 0.6))
        self.photo, self.formula = Sharpening(side, "photo", s.peak), Account(side, 1.35, 22)
        wide, high = min(8.6, stage.width - side - 0.8) if beside else stage.width, min(stage.height - 0.6, 4.4)
        self.chart = Made(wide, high if beside else high - 0.6, self.bars, "parameters", role="kernel")
        self.arrange(Column(self.photo, self.formula, gap=0.1), self.chart, gap=0.5)
        first = "A color photo, {side} pixels a side, and a dense layer of {units}: {dense} parameters."
        with self.beat(first, side=rows[0].side, units=s.units, dense=rows[0].dense, focus=self.formula):
            self.grow(0)
            self.rest(1.5)
        with self.beat("Twice the side: four times the pixels, and so four times the weights."):
            for index in range(1, len(rows)):
                self.grow(index)
                self.rest(0.8)
        with self.beat("{dense} in one layer: quadratic in the side, not exponential.", dense=rows[-1].dense):
            self.point(self.chart.made.bar_box(len(rows) - 1))
            self.rest(1.2)

    def bars(self, box: Box) -> Bars:
        """Make a bar for each size, and one for the convolution."""
        rows, write = self.subject.rows, lambda value: written(round(value)) if value else ""
        names = [*(f"{row.side} × {row.side}" for row in rows), say("conv")]
        size = max(NOTE, size_within(0.85 * box.width / len(names), LABEL, write(rows[-1].dense)))
        look = {"role": "kernel", "peak": rows[-1].dense, "write": write, "size": size}
        return Bars(names, box, theme=self.theme, upward=True, **look)

    def grow(self, index: int) -> None:
        """Show the photograph at a size, write how the count comes about, and let its bar rise."""
        s, row, muted = self.subject, self.subject.rows[index], self.theme.muted
        self.photo.develop(row.pixels)
        values = written(row.values), self.theme.input
        read, units = [(f"3 × {row.side} × {row.side} = ", muted), values], written(s.units)
        made = [(f"{units} × ", muted), values, (f" + {units}", muted)]
        self.formula.write(self, read, made, total=written(row.dense))
        if index:
            pile(self, self.chart.made, index, row.dense)
        else:
            self.raise_to([float(row.dense)])
        self.step(index + 1, len(s.rows), noun="")

    def raise_to(self, values: list[float]) -> None:
        """Let bars rise, the last one to be looked at."""
        bars, best = self.chart.made, len(values) - 1
        every = [*values, *[0.0] * (len(bars.labels) - len(values))]
        self.play(bars.grow(every, best), run_time=0.6)
        bars.show(every, best)
