"""How far back one number of a dilated stack hears: a look down through its layers, number by number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from numpy.typing import NDArray

from cnnviz.stage.color import Color
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
from cnnviz.subjects.number import MINUS, cell_text

_NAME, _RUNG = LABEL - 3, LABEL + 5  # type of the names of layers, and of the sum of what is heard
_NEAREST, _FURTHEST = 0.22, 1.2  # units between two layers
_BARS, _CELL = 0.5, 0.7  # units: height of the bars below the signal; side of a cell at most


class Hearing(Scene, subject=Conv1d):
    """Layers of two weights over a signal; what a number does not hear, stays empty."""

    s: Conv1d
    x: Grid
    above: Stems

    def name(self) -> Template:
        """Name the signal."""
        if self.s.name == "your signal":
            return "your signal"
        return "heartbeat" if self.s.name == "heartbeat" else "tone"

    def stack(self, s: Conv1d, gone: Sequence[Any]) -> None:
        """Let one number of the top look down through all layers; what was there before is ``gone``."""
        self.s, ink, height, self.plain = s, self.theme, self.frame.stage.height, (1,) * len(s.dilations)
        peak = max(float(abs(layer).max()) for layer in s.layers[1:] + s.plain_layers[1:]) or 1.0
        layers = [Grid(s.layers[0][None], detail="", most=_CELL)]
        look: dict[str, Any] = {"detail": "", "scale": peak, "most": _CELL, "hidden": True}
        layers += [
            Grid(
                each[None],
                "output",
                texts=[_written(each, far)],
                widest=_written(other, near),
                **look,
            )
            for each, far, other, near in zip(s.layers, s.heard(), s.plain_layers, s.heard(self.plain), strict=True)
        ][1:]
        names = [say(self.name()), *map(_named, s.dilations)]
        self.places = places = [Slot(max(text_width(name, _NAME) for name in names), 0.25) for _ in layers]
        notes, pair = Slot(3.4, 0.5), Grid(s.mean, "kernel", side=0.5, detail="")
        self.bars = Stems(layers[0], min(_BARS, height / 6))
        apart = min(_FURTHEST, max(_NEAREST, (height - self.bars.height_of - 0.7) / len(layers) - 0.55))
        base = [Column(places[0], pair, gap=0.25), Column(layers[0], self.bars, gap=0.05)]
        self.layers, tree = layers, Table(*zip(places[:0:-1], layers[:0:-1], strict=True), base, gap=(0.2, apart))
        self.rearrange(tree, notes, gone=gone, instead={layers[0]: self.x, self.bars: self.above}, gap=0.1)
        self.call(names)
        top = self.top = Outline(layers[-1], (0, s.reach - 1), color=ink.highlight)
        with self.beat("Layers of two weights, one above the other. How far back does one number hear?", focus=top):
            self.point(pair)
            self.appear(top)
            layers[-1].show([top.cell])
            self.rest(1.4)
        one, many = "{count} layer: it hears {reach} samples.", "{count} layers: it hears {reach} samples."
        self.wires = list[Wire]()
        with self.beat("Down, layer by layer: each number is made of two below it."):
            self.hear(layers[0], [])
            for level in range(len(s.dilations), 0, -1):
                self.look_down(level)
            sum_ = self.write(notes, s.dilations, s.reach)
        with self.beat(counted(one, many, len(names) - 1), reach=s.reach, focus=[sum_]):
            self.rest(1.0)
        if s.plain_reach < s.reach:
            self.compare(layers[0], notes)
        self.close("Looking only back, and far: {reach} samples for one number.", reach=s.reach, focus=[layers[0], top])

    def compare(self, x: Grid, notes: Slot) -> None:
        """Draw what the same layers would hear without dilation."""
        s, last = self.s, self.s.reach - 1
        with self.beat("Without dilation the two are neighbors in every layer."):
            notes.clear()
            self.vanish(*self.wires)
            for layer in self.layers[1:]:
                layer.hide(layer.everywhere())
            self.call([say(self.name()), *map(_named, self.plain)])
            near = list[Wire]()
            for level in range(len(s.dilations), 0, -1):
                first = last - (len(s.dilations) - level)
                self.fill(level, s.plain_layers, s.heard(self.plain))
                near += (wires := self.wired(level, range(first, last + 1), 1, self.theme.highlight))
                self.appear(*wires, seconds=0.3)
            self.hear(x, range(s.reach - s.plain_reach, s.reach))
            sum_ = self.write(notes, self.plain, s.plain_reach)
        with self.beat("Without dilation they hear only {near}.", near=s.plain_reach, focus=[sum_]):
            self.rest(1.2)
        self.vanish(*near)
        self.write(notes, s.dilations, s.reach)
        self.call([say(self.name()), *map(_named, s.dilations)])
        for level in range(len(s.dilations), 0, -1):
            self.fill(level, s.layers, s.heard())
        self.hear(x, s.heard()[0])
        self.appear(*self.wires)

    def call(self, names: Sequence[str]) -> None:
        """Name the layers."""
        for place, layer, name in zip(self.places, self.layers, names, strict=True):
            at, color = (place.box.left, layer.box.center[1]), self.theme.role(layer.role)
            place.put(Label(name, _NAME, color, at=at, align="left"))

    def fill(self, level: int, layers: Sequence[NDArray[Any]], heard: Sequence[Sequence[int]]) -> None:
        """Write the numbers of a layer that are heard, and leave the others empty."""
        grid, values, columns = self.layers[level], layers[level], heard[level]
        texts = _written(values, columns)
        grid.rewrite({(0, i): float(value) for i, value in enumerate(values)}, {(0, i): t for i, t in enumerate(texts)})
        grid.hide((0, i) for i in range(len(values)) if i not in columns)

    def hear(self, x: Grid, columns: Iterable[int]) -> None:
        """Light numbers of the signal and their bars, and let the others step back."""
        columns = list(columns)
        x.only([(0, column) for column in columns])
        self.bars.clear()
        self.bars.show(columns)

    def look_down(self, level: int) -> None:
        """Draw wires to the cells that the heard cells of a layer are made of, and light these."""
        lower, columns, dilation = self.layers[level - 1], self.s.heard()[level], self.s.dilations[level - 1]
        wires = self.wired(level, columns, dilation, self.theme.kernel)
        self.wires += wires
        self.appear(*wires, seconds=0.7)
        below = [at - back for at in columns for back in (0, dilation)]
        lower.show((0, column) for column in below)
        if lower is self.bars.grid:
            self.bars.show(below)

    def wired(self, level: int, columns: Iterable[int], dilation: int, color: Color) -> list[Wire]:
        """Make wires from cells of a layer down to what they are made of."""
        upper, lower = self.layers[level], self.layers[level - 1]
        pairs = [(at, at - back) for at in columns for back in (0, dilation)]
        ends = [(Outline(upper, (0, at), color=color), Outline(lower, (0, to), color=color)) for at, to in pairs]
        return [Wire(pair, color, 2.0) for pair in ends]

    def write(self, place: Slot, dilations: Sequence[int], reach: int) -> Line:
        """Add up how far a stack hears."""
        runs = [("1 + " + " + ".join(map(str, dilations)) + " = ", self.theme.muted), (f"{reach}", self.theme.text)]
        return place.put_line(runs, _RUNG)


def _named(dilation: int) -> str:
    return say("dilation {each}", each=f"{dilation}")


def _written(values: NDArray[Any], heard: Sequence[int]) -> list[str]:
    """Write the numbers that are heard, all rounded alike; the others are never shown."""
    texts = map(cell_text, values)
    return [text.replace("-", MINUS) if at in heard else "" for at, text in enumerate(texts)]
