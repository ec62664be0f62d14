"""Why dense layers do not scale: a weight for every pixel and every neuron, counted on real pictures."""

from typing import Any

from manim import Circle

from cnnviz import subjects
from cnnviz.engine import parameter_count
from cnnviz.stage import Bars, Column, Grid, Label, Line, Made, PixelImage, Row, Scene, Slot
from cnnviz.stage.language import counted, say, written
from cnnviz.stage.layout import LABEL, NOTE, Box
from cnnviz.stage.mobjects.pixel_image import photo_pixels
from cnnviz.stage.mobjects.shapes import Strokes
from cnnviz.stage.stories.flattening import Flat
from cnnviz.stage.text import size_within

CLASSES, RADIUS = 10, 0.13  # neurons, and the radius of one


class DenseLayers(
    Scene,
    subject=subjects.DenseGrowth,
    takeaway="A dense layer pays for every pixel; a convolution pays for its kernel, once.",
    concepts=("dense layer", "parameters", "weight sharing"),
    seconds=37,
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
            self.spell(self.formula, [(f"{written(filters)} × (3 × 3 × 3 + 1)", self.theme.muted)], total=total)
            self.raise_to([*(float(row.dense) for row in s.rows), float(total)])
            self.rest(1.5)
        self.close("A dense layer pays for every pixel; a convolution pays for its kernel, once.", focus=self.formula)

    def small(self, s: subjects.DenseGrowth) -> None:
        """Lay the pixels of a digit out in a line, and connect them to one neuron, then to ten."""
        values = s.small.values[0]
        self.x, high = Grid(values, "input", "input", scale=s.small.peak), min(4.4, self.frame.stage.height - 0.5)
        self.line, self.neurons = Flat(self.x, 0.3, high, "line"), Made(0.75, high, self.circles)
        layer = Row(self.line, Column(Slot(0.0, 0.12), self.neurons), gap=3.0 if self.frame.is_wide else 1.9)
        self.count = Slot(2.1, 1.4)
        self.fit(self.x, layer, self.count, gap=0.4)
        self.add(self.x, self.count, *self.neurons.made)
        self.line.open(self)
        with self.beat("How many weights does a dense layer need to look at a picture?", focus=self.x):
            self.rest(2.2)
        with self.beat("All {pixels} pixels in one line, each with a weight to one neuron.", pixels=values.size):
            self.line.fill(self)
            one = self.connect(CLASSES // 2 - 1, CLASSES // 2)
            self.sum(1)
        with self.beat("One neuron for each of ten digits: ten times as many.", focus=self.neurons.made):
            others = self.connect(0, CLASSES // 2 - 1), self.connect(CLASSES // 2, CLASSES)
            self.sum(CLASSES)
            self.rest(1.0)
        self.vanish(self.x, self.line, self.count, *self.neurons.made, one, *others)
        self.remove(self.line)

    def circles(self, box: Box) -> list[Any]:
        """Make the neurons, each with its digit."""
        made, pitch = [], box.height / CLASSES
        for digit in range(CLASSES):
            x, y = box.left + RADIUS, box.top - (digit + 0.5) * pitch
            circle = Circle(RADIUS, color=self.theme.text, stroke_width=2.5).move_to((x, y, 0))
            made.append(circle.add(Label(str(digit), LABEL - 3, self.theme.text, at=(x + 0.38, y))))
        return made

    def connect(self, first: int, end: int) -> Strokes:
        """Draw a line from every pixel to some neurons."""
        circles = self.neurons.made[first:end]
        boxes = [self.line.place(cell) for cell in self.x.everywhere()]
        ends = [(circle.get_x() - RADIUS, circle[0].get_y()) for circle in circles]
        wires = [[(box.right, box.center[1]), end] for end in ends for box in boxes]
        thin = len(circles) > 1
        fan = Strokes(wires, self.theme.kernel, 0.8 if thin else 1.2, 0.2 if thin else 0.6)
        self.appear(fan, seconds=0.6)
        return fan

    def sum(self, neurons: int) -> None:
        """Write out how many parameters there are."""
        inputs, muted = self.x.values.size, self.theme.muted
        named = say(counted("{count} neuron", "{count} neurons", neurons))
        terms = [(written(inputs), self.theme.input), (f" × {neurons} + {neurons}", muted)]
        self.spell(self.count, [(named, self.theme.text)], terms, total=parameter_count(inputs, neurons))
        self.rest(1.0)

    def spell(self, slot: Slot, *lines: list[tuple[str, str]], total: int) -> None:
        """Write how a count comes about: terms, line by line, then the total."""
        left, top, theme = slot.box.left, slot.box.top, self.theme
        made = [Line(run, 22, at=(left, top - 0.18 - 0.4 * i), align="left") for i, run in enumerate(lines)]
        answer, y = [("= ", theme.muted), (written(total), theme.kernel)], top - 0.28 - 0.4 * len(lines)
        slot.clear()
        self.appear(*made, Line(answer, 32, at=(left, y), align="left", bold=True), into=slot)

    def large(self, s: subjects.DenseGrowth) -> None:
        """Sharpen a photograph from size to size, and let the weights grow with it."""
        rows, stage = s.rows, self.frame.stage
        beside = stage.width > 8  # the chart stands beside the photograph, else below it
        side = min(3.6, stage.height - 1.9, stage.width * (0.3 if beside else 0.6))
        self.photo, self.formula = Slot(side, side, "photo", role="input"), Slot(side, 1.35)
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
        size = max(NOTE, size_within(0.85 * box.width / len(names), NOTE + 3, write(rows[-1].dense)))
        look = {"role": "kernel", "peak": rows[-1].dense, "write": write, "size": size}
        return Bars(names, box, theme=self.theme, upward=True, **look)

    def grow(self, index: int) -> None:
        """Show the photograph at a size, write how the count comes about, and let its bar rise."""
        s, row, muted = self.subject, self.subject.rows[index], self.theme.muted
        photo = photo_pixels(row.pixels, s.peak, row.pixels[0] < 0, self.theme.ground)
        self.photo.put(PixelImage(photo, self.photo.box))
        values = written(row.values), self.theme.input
        read, units = [(f"3 × {row.side} × {row.side} = ", muted), values], written(s.units)
        self.spell(self.formula, read, [(f"{units} × ", muted), values, (f" + {units}", muted)], total=row.dense)
        self.raise_to([float(each.dense) for each in s.rows[: index + 1]])
        self.step(index + 1, len(s.rows), noun="")

    def raise_to(self, values: list[float]) -> None:
        """Let bars rise, the last one to be looked at."""
        bars = self.chart.made
        self.play(bars.grow(every := [*values, *[0.0] * (len(bars.labels) - len(values))]), run_time=0.9)
        bars.show(every, best=len(values) - 1)
