"""The zeros of both strides side by side: which of them cannot be halved, and how many one kernel needs."""

from __future__ import annotations

from typing import Any

from cnnviz.stage.arranging import pictures
from cnnviz.stage.language import Template, say
from cnnviz.stage.output_size import same_rungs
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.ladder import Ladder
from cnnviz.stage.pictures.window import Outline, Window
from cnnviz.stage.place import Column, Row
from cnnviz.stage.scene import Scene
from cnnviz.subjects.same_padding import SamePadding

_ZEROS = 3  # zeros on a side that are drawn strongest
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
        return Grid(padded.zeros, "input", title, detail="", note="before, after", scale=_ZEROS, **look)

    def compare(self, s: SamePadding) -> None:
        """Put the zeros of both strides side by side, light what is lopsided, and count those of one kernel."""
        kernels, stage, ink = Grid(s.padded[0].kernels, "kernel", "k", detail="", scale=1), self.frame.stage, self.theme
        named = [(padded, say("stride {stride}", stride=padded.stride)) for padded in s.padded]
        tables = [self.zeros_of(padded, name) for padded, name in named]
        size, parts = 34 if self.frame.is_wide else 28, list[Any]()
        ladder = Ladder(min(6.2, max(4.6, 0.44 * stage.width)), 3, size=size)
        if s.example is not None:
            at = next(i for i, padded in reversed(list(enumerate(s.padded))) if s.example in padded.sizes)
            padded, number = s.padded[at], s.padded[at].sizes.index(s.example)
            parts = [Column(row := self.row_of(padded, number), ladder, gap=0.4)]
        blocks = self.blocks if self.stays else self.blocks[1:]
        instead = {table: block[2] for table, block in zip(tables[::-1], blocks[::-1], strict=False)}
        gone = [*self.drawn, *(part for block in blocks for part in block if part not in instead.values())]
        gone.remove(blocks[-1][0])
        instead[kernels] = blocks[-1][0]
        self.vanish(*gone)
        with self.beat(_ODD if s.answer != "none" else "Both strides side by side.", focus=tables):
            later = pictures(parts)
            self.rearrange(Row(kernels, *tables, gap=0.3), *parts, instead=instead, later=later, gap=0.5)
            self.hold(0.4)
            for padded_so, table in zip(s.padded, tables, strict=True):
                odd = [i for i, size in enumerate(padded_so.sizes) if size.kernel in padded_so.lopsided]
                table.only((i, side) for i in odd for side in (0, 1))
            self.rest(1.0)
        if s.example is not None:
            mark = Outline(tables[at], (number, 0), 1, 2, color=ink.highlight)
            sentence: Template = "All that the windows reach over, less the {size} pixels, are zeros."
            with self.beat(sentence, size=s.size, focus=[mark]):
                self.add(ladder)
                self.appear(mark, row, Window(row, (1, s.example.kernel)))
                ladder.climb(self, ladder.rungs(*same_rungs(s.example, ink)))
                self.rest(0.4)
        self.close(_ANSWERS[s.answer], focus=tables)

    def row_of(self, padded: Any, number: int) -> Grid:
        """Make the padded row of one kernel."""
        first, size = padded.first(number), padded.sizes[number]
        values = padded.values[number : number + 1, first : first + size.cells]
        name, kernel = say("stride {stride}", stride=padded.stride), f"k = {size.kernel}"
        return Grid(values, "input", name, detail=kernel, padding=values == 0, most=0.62)
