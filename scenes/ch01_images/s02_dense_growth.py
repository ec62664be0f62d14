"""Why dense layers do not scale: a weight for every pixel and every neuron, counted on real pictures."""

from manim import DOWN, Circle, FadeIn

from cnnviz import subjects
from cnnviz.engine import parameter_count
from cnnviz.stage import Label, Lesson, Line, NumberGrid, PixelImage, layout
from cnnviz.stage.layout import LEFT, Box
from cnnviz.stage.mobjects.fan import Fan
from cnnviz.stage.mobjects.pixel_image import map_pixels, photo_pixels
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.subjects.growth import GrowthRow

CLASSES = range(10)
RADIUS = 0.13  # of a neuron
HEAD = 2.35
COLUMNS = (-2.85, -0.7, 1.7, 4.95)  # where the four sizes of the photograph stand
BASE, TALLEST = -0.42, 2.8
SUMS = {"dense": 1.9, "convolution": 0.6}
LINES = {"values": -1.32, "dense": -1.78, "convolution": -2.24}


class DenseLayers(
    Lesson,
    subject=subjects.DenseGrowth,
    takeaway="A dense layer pays for every pixel; a convolution pays for its kernel, once.",
    concepts=("dense layer", "parameters", "weight sharing"),
    seconds=37,
):
    """From 64 pixels and ten neurons to 77 million weights in one layer."""

    title = "Why dense layers explode"
    subtitle = "one weight per pixel"

    def construct(self) -> None:
        """First one small digit, then a photograph at four sizes."""
        self.sums: dict[str, tuple[Line, ...]] = {}
        frame = list(self.mobjects)
        self.small()
        self.remove(*(mobject for mobject in self.mobjects if mobject not in frame))
        self.large()
        self.hold(2.5)

    def small(self) -> None:
        """Connect every pixel of a digit to one neuron, then to ten."""
        theme = self.theme
        grid = NumberGrid(
            self.subject.small.values[0],
            role="input",
            scale=self.subject.small.peak,
            cell=0.5,
            theme=theme,
            at=(-4.4, -0.2),
        )
        pixels = [grid.color_of((row, column)) for row in range(grid.rows) for column in range(grid.columns)]
        row = PixelImage(map_pixels([[color] for color in pixels]), Box(-1.14, -2.2, -0.86, 1.8))
        pitch = row.box.height / len(pixels)
        starts = [(row.box.right, row.box.top - (i + 0.5) * pitch) for i in range(len(pixels))]
        dots = [
            Circle(RADIUS, color=theme.text, stroke_width=2.5).move_to((2.6, row.box.top - (c + 0.5) * 0.4, 0))
            for c in CLASSES
        ]
        ends = [(dot.get_x() - RADIUS, dot.get_y()) for dot in dots]
        names = [Label(str(c), 22, theme.text, at=(2.95, y)) for c, (_, y) in zip(CLASSES, ends, strict=True)]
        size = f"{grid.rows} × {grid.columns}"
        head = Line([("input", theme.input), (f"  {size}", theme.muted)], layout.LABEL, at=(-4.4, HEAD))
        flat = Line([("flat", theme.input), (f"  {len(pixels)}", theme.muted)], layout.LABEL, at=(-1.0, HEAD))
        self.add(grid, head)
        self.say("How many weights does a dense layer need to look at a picture?", fade=0)
        self.hold(1.2)
        self.say(f"A dense neuron has one weight for each of the {len(pixels)} pixels, laid out in a row, and a bias.")
        self.play(FadeIn(row, flat), run_time=0.5)
        shown = len(CLASSES) // 2 - 1
        one = Fan(starts, [ends[shown]], theme.kernel)
        self.play(FadeIn(one, dots[shown]), run_time=0.6)
        count = self.count_line(1, len(pixels))
        self.play(FadeIn(*count, shift=0.1 * DOWN), run_time=0.4)
        self.hold(1.5)
        self.say("One neuron for each of the ten digits: ten times as many.")
        others = Fan(starts, [end for end in ends if end != ends[shown]], theme.kernel, width=0.8, opacity=0.2)
        self.remove(one, *count)
        self.add(others, one, *dots, *names, *self.count_line(len(CLASSES), len(pixels)))
        self.hold(1.5)

    def count_line(self, neurons: int, inputs: int) -> list[Line]:
        """Write out how many parameters there are."""
        theme = self.theme
        total = parameter_count(inputs, neurons)
        noun = "neuron" if neurons == 1 else "neurons"
        x = 4.0
        return [
            Line([(f"{neurons} {noun}", theme.text)], 26, at=(x, 0.35), align="left"),
            Line(
                [(f"{inputs}", theme.input), (f" × {neurons} + {neurons}", theme.muted)],
                26,
                at=(x, -0.15),
                align="left",
            ),
            Line([("= ", theme.muted), (f"{total:,}", theme.kernel)], 40, at=(x, -0.75), align="left", bold=True),
        ]

    def large(self) -> None:
        """Show the photograph at four sizes, each with its counts."""
        theme, growth = self.theme, self.subject
        rows = growth.rows
        self.say(f"Now a color photograph, {rows[0].side} pixels a side, and a dense layer of {growth.units} neurons.")
        self.head("values", "", theme.input)
        self.head("dense", f"{growth.units} neurons", theme.kernel)
        for index, row in enumerate(rows):
            if index == 1:
                self.say("Twice the side is four times the pixels, and so four times the weights.")
            self.step(index + 1, len(rows), noun="size")
            self.picture(index)
            self.write(index, "values", "dense")
            self.show_sum(
                "dense",
                [
                    (f"{growth.units} × ", theme.muted),
                    (f"{row.values:,}", theme.input),
                    (f" + {growth.units}", theme.muted),
                ],
                row.dense,
            )
            self.hold(1.5)
        self.say(f"{rows[-1].dense:,} parameters in one layer: quadratic in the side, not exponential.")
        self.hold(1.0)
        shared = rows[-1].convolution
        self.say(
            f"{growth.filters} filters of 3 × 3 × 3 have {shared:,} parameters at every size: all places share them."
        )
        self.head("convolution", f"{growth.filters} filters", theme.output)
        self.show_sum("convolution", [(f"{growth.filters} × (3 × 3 × 3 + 1)", theme.muted)], shared)
        for index in range(len(rows)):
            self.write(index, "convolution")
            self.hold(0.3)
        self.hold(1.0)
        self.say("A dense layer pays for every pixel; a convolution pays for its kernel, once.")

    def show_sum(self, key: str, terms: list[tuple[str, str]], total: int) -> None:
        """Write how a count comes about, in the place of what was written before."""
        self.remove(*self.sums.pop(key, ()))
        y = SUMS[key]
        lines = (
            Line(terms, 24, at=(LEFT, y), align="left"),
            Line(
                [("= ", self.theme.muted), (f"{total:,}", self.color(key))],
                30,
                at=(LEFT, y - 0.48),
                align="left",
                bold=True,
            ),
        )
        self.sums[key] = lines
        self.add(*lines)

    def picture(self, index: int) -> None:
        """Let the photograph appear, drawn to the scale of its pixels."""
        row = self.subject.rows[index]
        half = self.width_of(row) / 2
        x = COLUMNS[index]
        box = Box(x - half, BASE, x + half, BASE + 2 * half)
        image = PixelImage(photo_pixels(row.pixels, self.subject.peak, row.pixels[0] < 0, self.theme.ground), box)
        edge = Rectangle(box, outline=self.theme.line, width=1.5)
        size = Label(f"3 × {row.side} × {row.side}", layout.NOTE + 2, self.theme.muted, at=(x, BASE - 0.34))
        self.play(FadeIn(image, edge, size), run_time=0.4)

    def write(self, index: int, *keys: str) -> None:
        """Write the counts of one size."""
        row = self.subject.rows[index]
        for key in keys:
            at = (COLUMNS[index], LINES[key])
            self.add(Label(f"{getattr(row, key):,}", 26, self.color(key), at=at, bold=key == "dense"))
            if index and key != "convolution":
                between = (COLUMNS[index - 1] + COLUMNS[index]) / 2, LINES[key]
                factor = round(getattr(row, key) / getattr(self.subject.rows[index - 1], key))
                self.add(Label(f"×{factor}", 20, self.theme.highlight, at=between))

    def head(self, name: str, what: str, color: str) -> None:
        """Name a line of the table."""
        runs = [(name, color), (f"  {what}", self.theme.muted)]
        self.add(Line(runs, 22, at=(LEFT, LINES[name]), align="left"))

    def color(self, key: str) -> str:
        """Return the color of a line of the table."""
        return {"values": self.theme.input, "dense": self.theme.kernel, "convolution": self.theme.output}[key]

    def width_of(self, row: GrowthRow) -> float:
        """Return how wide a picture is drawn."""
        return TALLEST * row.side / self.subject.rows[-1].side
