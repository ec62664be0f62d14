"""Conv1D: a kernel along time, one that looks only back, and a stack whose last number hears far."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Inset, Label, Line, Outline, Row, Scene, Slot, Stems, Sum, Table, Window, Wire
from cnnviz.stage.language import Template, counted, say
from cnnviz.stage.layout import LABEL
from cnnviz.stage.text import text_width

LEAST, MOST = 0.6, 2.8  # units: height of the bars above a row
NAME, FURTHEST = LABEL - 3, 1.2  # type of the names of layers; units between two of these at most


class Conv1d(
    Scene,
    subject=subjects.Conv1d,
    takeaway="Along time a kernel slides one way; causal padding looks only back, dilation lets a few layers hear far.",
    concepts=("Conv1D", "time series", "causal", "dilation", "WaveNet", "receptive field"),
    seconds=50,
    gif="conv1d",
):
    """A kernel of three weights on a heartbeat, centered and causal, then a dilated stack."""

    title = "Conv1D"
    subtitle = "along time"

    subject: subjects.Conv1d

    def tell(self, s: subjects.Conv1d) -> None:
        """Slide both ways round, then stack layers further and further apart."""
        self.s, self.marks = s, list[Outline]()
        self.lay(s.centered)
        with self.beat("Numbers along time, no rows. What does a kernel do here?", focus=[self.window, self.kernel]):
            self.rest(2.4)
        one, many = "It slides one way: {count} weight.", "It slides one way: {count} weights."
        with self.beat(counted(one, many, self.kernel.columns), focus=self.window):
            self.slide(s.centered, 7.0)
        self.find(s.centered, "It answers most at this moment: {result}.")
        with self.beat("But it looked ahead: each answer needed a number from after it.", focus=self.marks):
            self.rest(1.8)
        self.vanish(*self.shown, self.window, *self.marks)
        self.lay(s.causal)
        with self.beat("Causal: all zeros go before the signal, so it looks only back.", focus=self.window):
            self.slide(s.causal, 4.0)
        self.find(s.causal, "The same answer comes later, once all of its numbers are there: {result}.")
        self.vanish(*self.shown, self.window, *self.marks)
        self.stack()

    def lay(self, trace: Any) -> None:
        """Set the padded signal, the kernel and its sum, and the answers below the moments they belong to."""
        s, before, tall = self.s, trace.padding[1][0], self.frame.stage.height > self.frame.stage.width
        values, answers = trace.padded[0], trace.fold()[0]
        x = Grid(values, "input", padding=trace.is_padding)
        y = Grid(answers, "output", "answers", detail=f"{answers.size}", hidden=True)
        self.x, self.y = x, y
        self.kernel = Grid(
            s.weights.values, "kernel", "kernel", detail="", texts=s.weights.labels, side=0.8 if tall else 0.6
        )
        self.sum = Sum(trace, s.weights.labels, width=4.2, height=1.4 if tall else 1.0)
        high = max(LEAST, min(MOST, self.frame.stage.height / 2 - 1.75))
        self.above = Stems(x, high, self.name(), detail=f"{s.values.size}")
        self.below = Stems(y, high)
        self.arrange(
            Column(self.above, x, Row(self.kernel, self.sum), Inset(y, before), Inset(self.below, before), gap=0.14)
        )
        self.shown = [self.above, x, self.kernel, self.sum, y, self.below]
        self.window = Window(x, self.kernel.values.shape)
        self.add(self.window)

    def name(self) -> Template:
        """Name the signal."""
        if self.s.name == "your signal":
            return "your signal"
        return "heartbeat" if self.s.name == "heartbeat" else "tone"

    def slide(self, trace: Any, seconds: float) -> None:
        """Walk along, and write each answer."""
        self.walk(trace, self.window, self.show, seconds=seconds, noun="moment")

    def show(self, step: Any) -> None:
        """Write the sum of a step, its answer and its bar."""
        self.sum.write(step)
        self.y.show([step.output_index[1:]])
        self.below.show([step.output_index[-1]])

    def find(self, trace: Any, sentence: Template) -> None:
        """Go back to the largest answer."""
        step = self.s.loudest(trace)
        with self.beat(sentence, result=step.result):
            self.move(self.window, step.padded_origin, 0.6)
            self.sum.write(step)
            self.marks = [Outline(self.y, step.output_index[1:], color=self.theme.output)]
            self.appear(*self.marks)
            self.rest(1.2, [self.window, *self.marks])

    def stack(self) -> None:
        """Let one number of the top look down through all layers."""
        s, ink = self.s, self.theme
        look = {"detail": "", "scale": float(abs(s.layers[0]).max()) or 1.0, "form": "pixels", "most": 0.6}
        layers = [Grid(each[None], "output" if i else "input", **look) for i, each in enumerate(s.layers)]
        names = [say(self.name()), *(say("dilation {each}", each=f"{dilation}") for dilation in s.dilations)]
        places = [Slot(max(text_width(name, NAME) for name in names), 0.4) for _ in layers]
        notes = Slot(1.7, 0.4)
        apart = min(FURTHEST, max(0.4, (self.frame.stage.height - 0.8) / len(layers) - 0.5))
        self.arrange(Column(Table(*zip(places[::-1], layers[::-1], strict=True), gap=(0.2, apart)), notes))
        for place, layer, name in zip(places, layers, names, strict=True):
            at, color = (place.box.left, layer.box.center[1]), ink.role(layer.role)
            place.put(Label(name, NAME, color, at=at, align="left"))
            layer.sink()
        top = Outline(layers[-1], (0, s.reach - 1), color=ink.highlight)
        with self.beat("Layers of two weights, one above the other. How far back does one number hear?", focus=top):
            self.add(top)
            layers[-1].show([top.cell])
            self.rest(2.4)
        one, many = "{count} layer: it hears {reach} samples.", "{count} layers: it hears {reach} samples."
        with self.beat(counted(one, many, len(names) - 1), reach=s.reach) as beat:
            for level in range(len(s.dilations), 0, -1):
                self.look_down(layers[level], layers[level - 1], s.heard()[level], s.dilations[level - 1])
            beat.focus = [self.write(notes, s.dilations, s.reach)]
            self.rest(1.0)
        if s.plain_reach < s.reach:
            self.compare(layers[0], notes)
        self.close("Looking only back, and far: {reach} samples for one number.", reach=s.reach, focus=[layers[0], top])

    def compare(self, x: Grid, notes: Slot) -> None:
        """Mark what the same layers would hear without dilation."""
        s, span = self.s, self.s.plain_reach
        near = Outline(x, (0, s.reach - span), 1, span, color=self.theme.kernel)
        with self.beat("Without dilation they would hear only {near}.", near=span, focus=near):
            self.appear(near)
            self.write(notes, (1,) * len(s.dilations), span)
            self.rest(1.2)
        self.write(notes, s.dilations, s.reach)
        self.vanish(near)

    def look_down(self, upper: Grid, lower: Grid, columns: list[int], dilation: int) -> None:
        """Draw wires to the cells that some cells of the upper layer are made of, and light these."""
        pairs = [
            (Outline(lower, (0, at - back), color=self.theme.kernel), at) for at in columns for back in (0, dilation)
        ]
        ends = [(Outline(upper, (0, at), color=self.theme.kernel), below) for below, at in pairs]
        self.appear(*(Wire(pair, self.theme.kernel, 2.0) for pair in ends), seconds=0.7)
        lower.show([below.cell for below, _ in pairs])

    def write(self, place: Slot, dilations: Any, reach: int) -> Line:
        """Add up how far a stack hears."""
        runs = [("1 + " + " + ".join(map(str, dilations)) + " = ", self.theme.muted), (f"{reach}", self.theme.text)]
        return place.put_line(runs)
