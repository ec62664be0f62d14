"""The zeros of both strides side by side: which of them cannot be halved, and how many one kernel needs."""

from __future__ import annotations

from typing import Any

from cnnviz.stage.formula import formula
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.output_size import same_rungs
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.ladder import Ladder
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.window import Outline, Window
from cnnviz.stage.place import Column, Row
from cnnviz.stage.scene import Scene
from cnnviz.subjects.same_padding import SamePadding

_ZEROS = 3  # zeros on a side that are drawn strongest
_LANE, _BAR, _RIM, _LETTER = 0.52, 0.1, 0.04, 26  # units: a lane, its bar, between two; type of letters
_ODD: Template = "Lopsided are those with an odd number of zeros: it cannot be halved."
_ANSWERS: dict[str, Template] = {
    "kernels": "Here it is the even kernels: theirs is an odd number of zeros.",
    "zeros": "Lopsided is not the even kernel, but the odd number of zeros.",
    "none": "Here every number of zeros can be halved, and no kernel is lopsided.",
}


class Lopsided(Scene, subject=SamePadding):
    """Rows with zeros around them.

    Attributes
    ----------
    blocks : list
        The kernels, the rows and the numbers of zeros of each stride.
    drawn : list
        Windows and marks on the rows that stand.
    stays : bool
        Whether the first stride's still stand with those of the second.
    """

    blocks: list[list[Grid]]
    drawn: list[Any]
    stays: bool

    def zeros_of(self, padded: Any, title: Template, **look: Any) -> Grid:
        """Make the table of the zeros before and after, for each kernel."""
        return Grid(padded.zeros, "input", title, detail="", scale=_ZEROS, **{"note": "before, after", **look})

    def compare(self, s: SamePadding) -> None:
        """Put the zeros of both strides side by side, light what is lopsided, and count those of one kernel."""
        kernels = Grid(s.padded[0].kernels, "kernel", "k", detail="", scale=1)
        look = {} if self.frame.is_wide or self.stays else {"note": ""}
        named = [(padded, say("stride {stride}", stride=padded.stride)) for padded in s.padded]
        tables = [self.zeros_of(padded, name, **look) for padded, name in named]
        sums = [Grid(padded.zeros.sum(1)[:, None], "input", "sum", detail="", scale=2 * _ZEROS) for padded in s.padded]
        counts = [Row(*pair, gap=0.12) for pair in zip(tables, sums, strict=True)]
        if s.example is not None:
            at = next(i for i, padded in reversed(list(enumerate(s.padded))) if s.example in padded.sizes)
            number = s.padded[at].sizes.index(s.example)
            self.set_example(s.padded[at], number)
        blocks = self.blocks if self.stays else self.blocks[1:]
        instead = {table: block[2] for table, block in zip(tables[::-1], blocks[::-1], strict=False)}
        gone = [*self.drawn, *(part for block in blocks for part in block if part not in instead.values())]
        gone.remove(blocks[-1][0])
        instead[kernels] = blocks[-1][0]
        self.vanish(*gone)
        with self.beat(_ODD if s.answer != "none" else "Both strides side by side.", focus=sums):
            self.rearrange(both := Row(kernels, *counts, gap=0.3), instead=instead)
            self.hold(0.4)
            for padded_so, table, summed in zip(s.padded, tables, sums, strict=True):
                odd = [i for i, size in enumerate(padded_so.sizes) if size.kernel in padded_so.lopsided]
                table.only((i, side) for i in odd for side in (0, 1))
                summed.only((i, 0) for i in odd)
            self.rest(1.0)
        if s.example is not None:
            sentence: Template = "All that the windows reach over, less the {size} pixels, are zeros."
            with self.beat(sentence, size=s.size) as beat:
                below = Column(self.strip, self.lanes, gap=0.1)
                orders = ([both, kind(below, self.ladder, gap=0.25)] for kind in (Column, Row))
                order = self.roomiest(*orders, gap=0.5)
                self.rearrange(*order, later=[self.lanes, self.ladder], gap=0.5)
                self.add(self.ladder, self.lanes)
                beat.focus = [Outline(tables[at], (number, 0), 1, 2, color=self.theme.highlight)]
                self.appear(*beat.focus)
                self.measure(s.example)
                self.ladder.climb(self, self.ladder.rungs(*same_rungs(s.example, self.theme)), pause=0.3)
        self.close(_ANSWERS[s.answer], focus=sums, motion=lambda: self.point(*sums))

    def set_example(self, padded: Any, number: int) -> None:
        """Make the row of one kernel, the room below it for what is measured there, and the formula."""
        stage, size = self.frame.stage, 34 if self.frame.is_wide else 28
        self.strip, self.lanes = self.row_of(padded, number), Slot(0.1, 2 * _LANE)
        self.ladder = Ladder(min(6.2, max(4.1, 0.44 * stage.width)), 3, size=size)

    def measure(self, size: Any) -> None:
        """Let the window go along the row, measure its steps and itself, and below them the pixels and the zeros."""
        window, steps = Window(self.strip, (1, size.kernel)), range(size.out)
        self.appear(window)

        def lay(index: int) -> None:
            if index:
                self.lanes.append(*self.bar(0, (index - 1) * size.stride, size.stride, "S", "highlight"))
            if index == size.out - 1:
                self.lanes.append(*self.bar(0, index * size.stride, size.kernel, "F", "kernel"))

        self.walk(steps, window, lay, seconds=2.6, at=lambda index: (0, index * size.stride))
        (before, after), wide = size.padding, size.width
        self.move(window, (0, 0), 0.4)
        self.appear(*self.bar(1, before, wide, "W", "input"), into=self.lanes)
        for first, cells, letter in ((0, before, "P_0"), (before + wide, after, "P_1")):
            if cells:
                self.appear(*self.bar(1, first, cells, letter, "text"), into=self.lanes)

    def bar(self, lane: int, first: int, cells: int, letter: str, role: str) -> list[Any]:
        """Measure cells of the row: a bar as long as they are, and its letter with their number where there is room."""
        box, ink = self.strip.cell_box((0, first), 1, cells), self.theme.role(role)
        top = self.lanes.box.top - lane * _LANE
        bar = Rectangle(Box(box.left + _RIM, top - _BAR, box.right - _RIM, top), fill=ink)
        at = box.center[0], top - (_LANE + _BAR) / 2
        told = [formula(text, _LETTER, ink, at=at) for text in (f"{letter} = {cells}", letter)]
        return [bar, next((label for label in told if label.width < box.width), told[-1])]

    def row_of(self, padded: Any, number: int) -> Grid:
        """Make the padded row of one kernel."""
        first, size = padded.first(number), padded.sizes[number]
        values = padded.values[number : number + 1, first : first + size.cells]
        name, kernel = say("stride {stride}", stride=padded.stride), f"k = {size.kernel}"
        return Grid(values, "input", name, detail=kernel, padding=values == 0, most=0.62)
