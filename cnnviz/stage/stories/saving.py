"""What groups save: all kernels of a layer of MobileNet as one table, and the little of it that two layers need."""

from __future__ import annotations

from typing import Any

from cnnviz.stage.arranging import pictures
from cnnviz.stage.language import say, written
from cnnviz.stage.layout import LABEL, Box
from cnnviz.stage.mobjects.shapes import Rectangle, Strokes
from cnnviz.stage.pictures.picture import TITLE_HEIGHT, Slot
from cnnviz.stage.pictures.wire import Wire
from cnnviz.stage.place import Column, Row
from cnnviz.stage.scene import Scene
from cnnviz.stage.text import Align, Label, Line
from cnnviz.subjects.groups import SIDE, Groups

_LINE, _GAP, _PAD = 0.45, 0.7, 0.14  # units: of a line; between pictures; beside a text in the table
_LINES, _NARROW = (6.9, _LINE), (4.7, 2.4 * _LINE)  # units: of a line of arithmetic; of one with its name above
_SHARE, _BIG = 0.46, 34  # of a high stage's height, for the table; its number


class Saving(Scene, subject=Groups):
    """Counts what is saved.

    Attributes
    ----------
    chain, columns
        The depthwise layer with the 1 x 1 layer behind it, and its columns of maps and kernels.
    gone : list
        What stands beside them before that.
    """

    chain: Row
    columns: tuple[Column, ...]
    gone: list[Any]

    def straight(self) -> list[Wire]:
        """Lay a wire through each kernel of the depthwise layer."""
        x, kernels, y, _ = self.columns
        pairs = [*zip(x.items, kernels.items, strict=True), *zip(kernels.items, y.items, strict=True)]
        return [Wire(pair, self.theme.kernel) for pair in pairs]

    def crossed(self) -> list[Wire]:
        """Lay a wire for each weight of the 1 x 1 layer."""
        _, _, y, z = self.columns
        return [Wire((old, new), self.theme.kernel) for new in z.items for old in y.items]

    def count_layer(self, s: Groups) -> None:
        """Count a layer of MobileNet, both ways, beside the two layers that it is made of."""
        few, many, ink, stage = s.separable, s.plain, self.theme, self.frame.stage
        deep, out, _ = s.shape
        is_high, wide = stage.height > stage.width, self.frame.is_wide
        is_square = not (is_high or wide)
        high = (_SHARE if is_high else 1.0) * stage.height - TITLE_HEIGHT
        if is_square:
            high = min(high, stage.width - _NARROW[0] - _GAP)
        table = Slot(high * deep / out, high, "kernels", detail=f"{out} × {deep} × {SIDE} × {SIDE}", role="kernel")
        parts, weights, steps = lines = [Slot(*(_NARROW if is_square else _LINES)) for _ in range(3)]
        beside = Column(*lines, gap=0.0)
        items: list[Any] = [table, beside] if is_square else [self.chain, table, beside]
        if wide:
            items = [Column(self.chain, beside), table]
        gone = [*self.gone, *(pictures(self.columns) if is_square else ())]
        self.rearrange(*items, gone=gone, seconds=1.0)
        wires = [] if is_square else [*self.straight(), *self.crossed()]
        sentence = "A layer of MobileNet makes {out} maps out of {deep}. What is saved there?"
        with self.beat(sentence, out=out, deep=deep, focus=table.box):
            self.appear(Rectangle(table.box, fill=ink.rail), *wires, into=table)
            whole = Rectangle(table.box, fill=ink.kernel)
            count = Label(written(many.weights), _BIG, ink.text_on(ink.kernel), at=table.box.center)
            self.appear(whole, count)
            self.rest(2.0)
        with self.beat("A diagonal of kernels is left, and one weight for each pair of maps.", focus=table.box):
            self.vanish(whole, count)
            self.appear(*self.needed(table.box, s), into=table)
            alone, mix = map(written, s.parts)
            self.tell_line(parts, say("together"), f"{alone} + {mix} = ", written(few.weights))
            line = self.compare(weights, say("weights"), many.weights, few.weights)
        with self.beat("{few} weights in place of {many}.", few=few.weights, many=many.weights, focus=[line]):
            self.point(line)
            line = self.compare(steps, say("multiply-adds"), many.macs, few.macs)
        with self.beat("{few} multiply-adds in place of {many}.", few=few.macs, many=many.macs, focus=[line]):
            self.point(line)
        motion = (lambda: self.point(table.box)) if is_square else self.retrace
        said = "Filter each map, then mix them: {times} times fewer weights."
        self.close(said, times=s.times, focus=table.box, motion=motion)

    def retrace(self) -> None:
        """Follow each map through its own kernel, then all of them into each new map."""
        straight, crossed, count = self.straight(), self.crossed(), len(self.columns[0].items)
        ways = [straight[i::count] for i in range(count)]
        ways += [crossed[i * count : (i + 1) * count] for i in range(count)]
        for wires in ways:
            lit = [Wire(wire.ends, self.theme.text) for wire in wires]
            self.appear(*lit, seconds=0.15)
            self.hold(0.15)
            self.remove(*lit)

    def needed(self, table: Box, s: Groups) -> list[Any]:
        """Draw what is left of the table: its diagonal, and a table of single weights, as large as it is."""
        ink, (deep, out, _) = self.theme, s.shape
        corner = Box(table.right - table.width / SIDE, table.top - table.height / SIDE, table.right, table.top)
        end = table.left + table.width, table.top - table.height * deep / out
        made: list[Any] = [
            Strokes(self.ninths(table), ink.ground, 2.0),
            Strokes([[(table.left, table.top), end]], ink.kernel, 2.5),
            Rectangle(corner, fill=ink.kernel),
        ]
        low, beside = (table.left + _PAD, table.bottom + 1.2 * _LINE), (table.right - _PAD, corner.bottom - 0.6 * _LINE)
        texts: list[tuple[str, int, tuple[float, float], Align]] = [
            (say("depthwise"), s.parts[0], low, "left"),
            ("1 × 1", s.parts[1], beside, "right"),
        ]
        for name, count, (x, y), align in texts:
            made.append(Label(name, LABEL, ink.text, at=(x, y), align=align))
            made.append(Label(written(count), LABEL, ink.text, at=(x, y - 0.7 * _LINE), align=align))
        return made

    def ninths(self, table: Box) -> list[list[tuple[float, float]]]:
        """Return the lines that part the table: what a kernel of one weight needs is a ninth."""
        shares = [part / SIDE for part in range(1, SIDE)]
        across = [table.top - share * table.height for share in shares]
        down = [table.left + share * table.width for share in shares]
        rows = [[(table.left, y), (table.right, y)] for y in across]
        return rows + [[(x, table.bottom), (x, table.top)] for x in down]

    def compare(self, place: Slot, name: str, many: int, few: int) -> Line:
        """Say how many times fewer."""
        return self.tell_line(place, name, f"{written(many)} / {written(few)} ", written(many / few))

    def tell_line(self, place: Slot, name: str, sum_: str, result: str) -> Line:
        """Write a line of arithmetic."""
        ink, (left, y), runs = self.theme, (place.box.left, place.box.center[1]), list[Any]()
        if place.box.height > _LINE * 1.5:
            y -= _LINE / 2
            self.appear(Label(name, LABEL, ink.text, at=(left, y + 0.9 * _LINE), align="left"), into=place)
        else:
            runs = [(f"{name}  ", ink.text)]
        return self.write(place, [*runs, (sum_, ink.muted), (result, ink.kernel)], y)

    def write(self, place: Slot, runs: Any, y: float, size: float = LABEL) -> Line:
        """Write a line into a place."""
        self.appear(made := Line(runs, size, at=(place.box.left, y), align="left"), into=place)
        return made
