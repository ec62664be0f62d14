"""Dense, locally connected, convolutional: first fewer connections, then the same weights everywhere."""

from manim import FadeIn, Mobject

from cnnviz import subjects
from cnnviz.stage import Glide, KernelWindow, Label, Lesson, Line, NumberGrid, cell_text, layout
from cnnviz.stage.layout import LEFT
from cnnviz.stage.mobjects.number_grid import grid_texts
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.subjects.weight_sharing import PATCH, PLACES, SIDE, Kind, network_parameters

CELL, GAP = 0.36, 0.18  # of the weights
PANELS = (-2.55, 1.25, 5.05)
TOP, HEAD = 1.92, 2.35
ROWS = {"weights": -1.44, "outputs": -1.86, "real layer": -2.28}
INPUT = (LEFT + 1.05, 0.39)


class WeightSharing(
    Lesson,
    subject=subjects.WeightSharing,
    takeaway="Look near, and share the weights: what is learned in one place then works in all.",
    concepts=("dense layer", "locally connected layer", "weight sharing", "parameters"),
    seconds=41,
):
    """The same picture and four outputs, under three kinds of layer."""

    title = "Look near, and share"
    subtitle = "dense · local · shared"

    def construct(self) -> None:
        """Take connections away, then freedom."""
        self.named: set[str] = set()
        kinds, theme = self.subject, self.theme
        picture = kinds.picture
        self.input = NumberGrid(picture.values[0], role="input", scale=picture.peak, cell=0.5, theme=theme, at=INPUT)
        self.add(
            self.input,
            Line([("input", theme.input), (f"  {SIDE} × {SIDE}", theme.muted)], layout.LABEL, at=(INPUT[0], HEAD)),
        )
        self.say("Four outputs from one small picture: which pixels does each one see, and with which weights?", fade=0)
        self.hold(1.5)
        self.say("A dense output weighs every pixel, and no two outputs share a weight.")
        self.show(kinds.dense, 0, SIDE)
        self.say("A locally connected output sees only its own corner: fewer weights, but each has its own.")
        self.show(kinds.local, 1, PATCH)
        self.say("In a convolution, too, each output sees its own corner, but all share the same few weights.")
        self.show(kinds.shared, 2, PATCH)
        self.real()
        dense, cnn = network_parameters("dense"), network_parameters("cnn")
        self.say(f"Whole networks differ less: a dense one has {dense:,} parameters, its convolutional rival {cnn:,}.")
        self.hold(1.0)
        self.say("Look near, and share the weights: what is learned in one place then works in all.")
        self.hold(2.5)

    def show(self, kind: Kind, panel: int, reach: int) -> None:
        """Let the weights of one kind appear, output by output, with the pixels that each one sees."""
        theme, x = self.theme, PANELS[panel]
        self.step(panel + 1, len(PANELS), noun="layer")
        self.add(Label(kind.name, layout.LABEL, theme.kernel, at=(x, HEAD)))
        window = KernelWindow(self.input.cell_box((0, 0)), (reach, reach), (1, 1), theme.kernel)
        self.play(FadeIn(window), run_time=0.3)
        written: list[Mobject] = []
        for place in range(PLACES * PLACES):
            row, column = divmod(place, PLACES)
            if reach < SIDE and place:
                corner = self.input.cell_box((row * PATCH, column * PATCH))
                self.play(Glide(window, window.shift_to(corner)), run_time=0.35)
            self.add(*self.weights(kind, row, column, x))
            self.remove(*written)
            written = self.outputs(kind, place + 1, x)
            self.add(*written)
            self.hold(1.0 if place == 0 else 0.45)
        self.remove(window)
        self.play(FadeIn(self.count(kind, x)), run_time=0.4)
        self.hold(0.6)

    def weights(self, kind: Kind, row: int, column: int, x: float) -> list[Mobject]:
        """Draw the weights of one output; where it is not connected, nothing is written."""
        values = kind.weights[row, column]
        pitch = SIDE * CELL + GAP
        at = (x + (column - 0.5) * pitch, TOP - SIDE * CELL / 2 - row * pitch)
        texts = [["" if text == "nan" else text for text in line] for line in grid_texts(values)]
        grid = NumberGrid(values, role="kernel", scale=2.0, cell=CELL, theme=self.theme, at=at, texts=texts)
        if kind is not self.subject.shared:
            return [grid]
        patch = grid.cell_box((row * PATCH, column * PATCH), PATCH, PATCH)
        return [grid, Rectangle(patch, outline=self.theme.highlight, width=3.0)]

    def outputs(self, kind: Kind, places: int, x: float) -> list[Mobject]:
        """Write the first outputs."""
        self.name_row("outputs", self.theme.output)
        values = kind.outputs.ravel().tolist()[:places]
        spread = 0.78
        left = x - (PLACES * PLACES - 1) / 2 * spread
        theme = self.theme
        return [
            Label(
                cell_text(value),
                24,
                theme.output if value >= 0 else theme.negative,
                at=(left + i * spread, ROWS["outputs"]),
            )
            for i, value in enumerate(values)
        ]

    def count(self, kind: Kind, x: float) -> Line:
        """Say how many weights there are to learn."""
        self.name_row("weights", self.theme.kernel)
        return Line([(str(kind.distinct), self.theme.kernel)], 30, at=(x, ROWS["weights"]), bold=True)

    def real(self) -> None:
        """Count the same three kinds for a layer of a real network."""
        kinds, example = self.subject, self.subject.example
        before = f"{example.channels} × {example.side} × {example.side}"
        after = f"{example.filters} × {example.out} × {example.out}"
        self.say(f"Now a real layer, from {before} to {after}: all its parameters, biases included.")
        self.name_row("real layer", self.theme.text)
        for kind, x in zip((kinds.dense, kinds.local, kinds.shared), PANELS, strict=True):
            self.add(Label(f"{kind.example:,}", 26, self.theme.text, at=(x, ROWS["real layer"]), bold=True))
            self.hold(0.7)
        self.say(f"In this layer the dense form needs {kinds.ratio:,} times as many parameters as the convolution.")
        self.hold(1.0)

    def name_row(self, name: str, color: str) -> None:
        """Name a line of the table, once."""
        if name not in self.named:
            self.named.add(name)
            self.add(Label(name, 22, color, at=(LEFT, ROWS[name]), align="left"))
