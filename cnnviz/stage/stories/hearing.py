"""How far back one number of a dilated stack hears: a look down through its layers, number by number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cnnviz.stage.language import Template, counted, say
from cnnviz.stage.layout import LABEL
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.stems import Stems
from cnnviz.stage.pictures.window import Outline
from cnnviz.stage.pictures.wire import Wire
from cnnviz.stage.place import Column, Table
from cnnviz.stage.scene import Scene
from cnnviz.stage.text import Label, Line, text_width
from cnnviz.subjects.conv1d import Conv1d

_NAME, _RUNG = LABEL - 3, LABEL + 5  # type of the names of layers, and of the sum of what is heard
_NEAREST, _FURTHEST = 0.24, 1.2  # units between two layers
_BARS, _CELL = 0.75, 0.7  # units: height of the bars below the signal; side of a cell at most


class Hearing(Scene, subject=Conv1d):
    """Layers of two weights over a signal; what a number does not hear, stays empty."""

    s: Conv1d

    def name(self) -> Template:
        """Name the signal."""
        if self.s.name == "your signal":
            return "your signal"
        return "heartbeat" if self.s.name == "heartbeat" else "tone"

    def stack(self, s: Conv1d) -> None:
        """Let one number of the top look down through all layers."""
        self.s, ink, height = s, self.theme, self.frame.stage.height
        peak = max(float(abs(layer).max()) for layer in s.layers[1:]) or 1.0
        layers = [Grid(s.layers[0][None], detail="", most=_CELL)]
        layers += [Grid(each[None], "output", detail="", scale=peak, most=_CELL, hidden=True) for each in s.layers[1:]]
        names = [say(self.name()), *(say("dilation {each}", each=f"{dilation}") for dilation in s.dilations)]
        places = [Slot(max(text_width(name, _NAME) for name in names), 0.25) for _ in layers]
        notes, pair = Slot(3.4, 0.5), Grid(s.mean, "kernel", side=0.5, detail="")
        self.bars = Stems(layers[0], min(_BARS, height / 6))
        apart = min(_FURTHEST, max(_NEAREST, (height - self.bars.height_of - 0.7) / len(layers) - 0.55))
        base = [Column(places[0], pair, gap=0.25), Column(layers[0], self.bars, gap=0.05)]
        self.arrange(Table(*zip(places[:0:-1], layers[:0:-1], strict=True), base, gap=(0.2, apart)), notes, gap=0.3)
        for place, layer, name in zip(places, layers, names, strict=True):
            at, color = (place.box.left, layer.box.center[1]), ink.role(layer.role)
            place.put(Label(name, _NAME, color, at=at, align="left"))
        top = Outline(layers[-1], (0, s.reach - 1), color=ink.highlight)
        with self.beat("Layers of two weights, one above the other. How far back does one number hear?", focus=top):
            self.point(pair)
            self.appear(top)
            layers[-1].show([top.cell])
            self.rest(1.4)
        one, many = "{count} layer: it hears {reach} samples.", "{count} layers: it hears {reach} samples."
        with self.beat(counted(one, many, len(names) - 1), reach=s.reach) as beat:
            self.hear(layers[0], [])
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
            self.write(notes, (1,) * len(s.dilations), span)
            self.hear(x, range(s.reach - span, s.reach))
            self.appear(near)
            self.rest(1.2)
        self.write(notes, s.dilations, s.reach)
        self.hear(x, s.heard()[0])
        self.vanish(near)

    def hear(self, x: Grid, columns: Iterable[int]) -> None:
        """Light numbers of the signal and their bars, and let the others step back."""
        columns = list(columns)
        x.only([(0, column) for column in columns])
        self.bars.clear()
        self.bars.show(columns)

    def look_down(self, upper: Grid, lower: Grid, columns: list[int], dilation: int) -> None:
        """Draw wires to the cells that some cells of the upper layer are made of, and light these."""
        pairs = [
            (Outline(lower, (0, at - back), color=self.theme.kernel), at) for at in columns for back in (0, dilation)
        ]
        ends = [(Outline(upper, (0, at), color=self.theme.kernel), below) for below, at in pairs]
        self.appear(*(Wire(pair, self.theme.kernel, 2.0) for pair in ends), seconds=0.7)
        lower.show(cells := [below.cell for below, _ in pairs])
        if lower is self.bars.grid:
            self.bars.show([column for _, column in cells])

    def write(self, place: Slot, dilations: Sequence[int], reach: int) -> Line:
        """Add up how far a stack hears."""
        runs = [("1 + " + " + ".join(map(str, dilations)) + " = ", self.theme.muted), (f"{reach}", self.theme.text)]
        return place.put_line(runs, _RUNG)
