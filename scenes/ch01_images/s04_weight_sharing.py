"""Dense, locally connected, convolutional: first fewer connections, then the same weights everywhere."""

from manim import FadeOut, Group

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Label, Line, Outline, Row, Scene, Slot, Window, cell_text, say
from cnnviz.stage.language import Template, written
from cnnviz.stage.layout import LABEL, NOTE
from cnnviz.stage.mobjects.number_grid import smallest_cell
from cnnviz.subjects.weight_sharing import Kind, network_parameters

GAP = 0.09  # between the weights of two outputs


class WeightSharing(
    Scene,
    subject=subjects.WeightSharing,
    takeaway="Look near, and share: what is learned in one place then works in all.",
    concepts=("dense layer", "locally connected layer", "weight sharing", "parameters"),
    seconds=48,
):
    """The same picture and four outputs, under three kinds of layer."""

    title = "Look near, and share"
    subtitle = "dense · local · shared"

    subject: subjects.WeightSharing

    def tell(self, s: subjects.WeightSharing) -> None:
        """Take connections away, then freedom."""
        self.x = x = Grid(s.picture.values[0], "input", "input", scale=s.picture.peak)
        self.blocks, self.outputs, self.counts, self.notes = [], [], [], Slot(1.5, 2.4)
        sums = [float(value) for kind in s.kinds for value in kind.outputs.flat]
        self.scale, self.least = max(map(abs, sums)), smallest_cell(map(cell_text, sums))
        panels = [self.panel(k, t) for k, t in zip(s.kinds, ("dense", "local", "convolution"), strict=True)]
        self.arrange(Column(x, self.notes), *panels, gap=0.4)
        with self.beat("Four outputs, made in three ways: how many weights must be learned?", focus=self.outputs):
            self.rest(2.4)
        self.dense(s.dense)
        with self.beat("Locally connected: each output sees its corner, with weights of its own.", focus=x):
            for place in range(4):
                self.work(1, place, 0.6)
            self.count(1, s.local)
        self.share(s.shared)
        self.real(s)
        self.close("Look near, and share: what is learned in one place then works in all.", focus=self.blocks[2])

    def panel(self, kind: Kind, title: Template) -> Column:
        """Make the weights of the four outputs of a layer, the outputs, and room for counts."""
        blocks = [Grid(weights, "kernel", scale=2.0, hidden=True) for weights in kind.blocks]
        outputs = Grid(kind.outputs, "output", "outputs", detail="", scale=self.scale, least=self.least, hidden=True)
        wide, count = kind is self.subject.dense, Slot(1.6, 1.15)
        for parts, part in ((self.blocks, blocks), (self.outputs, outputs), (self.counts, count)):
            parts.append(part)
        square = Column(Row(*blocks[:2], gap=GAP), Row(*blocks[2:], gap=GAP), gap=GAP)
        below = Row(outputs, count, gap=0.25) if wide else Column(outputs, count, gap=0.1)
        return Column(Column(Slot(0.0, 0.0, title, role="kernel"), square, gap=0.0), below, gap=0.15)

    def dense(self, kind: Kind) -> None:
        """Work out one output from all pixels, then the others, each with weights of its own."""
        sentence = "A dense output weighs all {pixels} pixels and adds up: {sum}."
        fields = {"pixels": self.x.values.size, "sum": float(kind.outputs[0, 0])}
        with self.beat(sentence, focus=self.blocks[0][0], **fields):
            self.note(0, (f"{self.x.rows} × {self.x.columns} = ", "muted"), (f"{self.x.values.size}", "input"))
            self.work(0, 0, 1.6)
            self.rest(1.2)
        with self.beat("No two outputs have a weight in common: {weights} weights.", weights=kind.distinct):
            self.vanish(self.notes)
            for place in range(1, 4):
                self.work(0, place, 0.8)
            self.count(0, kind)

    def work(self, panel: int, place: int, seconds: float) -> None:
        """Let the pixels that an output sees meet its weights, and the sum land in its cell."""
        block, y = self.blocks[panel][place], self.outputs[panel]
        cell = row, column = divmod(place, 2)
        corner = (0, 0) if panel == 0 else (row * block.rows, column * block.columns)
        self.look(place, corner, block)
        seen = [(corner[0] + i, corner[1] + j) for i, j in block.everywhere()]
        travelers = Group(*(part for each in seen for part in self.x.copy_of(each)))
        (x, y0), at = block.box.center, self.x.cell_box(corner, block.rows, block.columns).center
        self.play(travelers.animate.shift((x - at[0], y0 - at[1], 0)), run_time=seconds)
        block.show()
        self.play(FadeOut(travelers), run_time=0.3)
        y.show([cell])
        self.point(Outline(y, cell, color=self.theme.output), seconds=0.5)
        self.step(4 * panel + place + 1, 12, noun="output")

    def look(self, place: int, corner: tuple[int, int], block: Grid) -> None:
        """Stand around the pixels that an output sees."""
        if place == 0:
            self.window = Window(self.x, (block.rows, block.columns), cell=corner)
            self.appear(self.window, seconds=0.3)
        elif corner != self.window.cell:
            self.move(self.window, corner, 0.3)

    def share(self, kind: Kind) -> None:
        """Carry the weights of the first corner to the others."""
        sentence = "Convolution: one set of {weights} weights goes to every corner."
        with self.beat(sentence, weights=kind.distinct, focus=self.outputs[2]):
            self.work(2, 0, 0.6)
            first = self.blocks[2][0]
            for place in range(1, 4):
                weights = [part for cell in first.everywhere() for part in first.copy_of(cell)]
                self.fly((weights, self.blocks[2][place].box), seconds=0.6)
                self.blocks[2][place].show()
                self.work(2, place, 0.5)
            self.count(2, kind)

    def note(self, line: int, *runs: tuple[str, str]) -> None:
        """Let a line appear below the input."""
        at = self.notes.box.left, self.notes.box.top - 0.15 - 0.34 * line
        colored = [(text, self.theme.role(role)) for text, role in runs]
        self.appear(Line(colored, NOTE, at=at, align="left"), into=self.notes)

    def count(self, panel: int, kind: Kind) -> None:
        """Say how many weights there are to learn."""
        self.remove(self.window)
        box, theme = self.counts[panel].box, self.theme
        runs = [(f"{kind.distinct} ", theme.kernel), (say("weights"), theme.muted)]
        self.appear(Line(runs, LABEL, at=(box.left, box.top - 0.2), align="left"), into=self.counts[panel])
        self.rest(0.5)

    def real(self, s: subjects.WeightSharing) -> None:
        """Count the same three kinds for a layer of a real network, then whole networks."""
        e, theme = s.example, self.theme
        sentence = "In a real layer, the dense form has {ratio} times the parameters of the convolution."
        with self.beat(sentence, ratio=s.ratio, focus=self.counts):
            shapes = (e.channels, e.side, e.side), (e.filters, e.out, e.out)
            before, after = (" × ".join(map(str, shape)) for shape in shapes)
            for line, text in enumerate((say("real layer"), before, say("to {shape}", shape=after))):
                self.note(line, (text, "text" if line else "muted"))
            for kind, slot in zip(s.kinds, self.counts, strict=True):
                box = slot.box
                name = Label(say("real layer"), NOTE, theme.muted, at=(box.left, box.top - 0.6), align="left")
                text = Label(written(kind.example), LABEL, theme.kernel, at=(box.left, box.top - 0.93), align="left")
                self.appear(name, text, into=slot)
                self.rest(0.3)
            self.note(3, (say("{ratio} times", ratio=s.ratio), "kernel"))
            self.rest(1.5)
        dense, cnn = map(network_parameters, ("dense", "cnn"))
        with self.beat("Whole networks differ less: {dense} against {cnn}.", dense=dense, cnn=cnn, focus=self.notes):
            self.note(4, (say("whole networks"), "muted"))
            for line, (name, value) in enumerate(((say("dense"), dense), (say("CNN"), cnn)), 5):
                self.note(line, (f"{name} ", "muted"), (written(value), "kernel"))
            self.rest(1.5)
