"""Who reads whom, in small: columns of maps and the wires between them."""

from __future__ import annotations

from collections.abc import Sequence

from cnnviz.stage.color import Color
from cnnviz.stage.language import Template
from cnnviz.stage.layout import LABEL, Box
from cnnviz.stage.mobjects.shapes import Strokes
from cnnviz.stage.mobjects.tiles import Tiles
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.text import Line, text_width

_FULL, _COUNTED = 0.74, 0.5  # side of a map in pitches; room below for a count
Reads = Sequence[Sequence[int]]


class Wiring(Slot):
    """Columns of small maps; ``layers`` say of each new map which of the column before it reads.

    ::

        full      2 groups   depthwise, 1 x 1
        #==#      #==#       #--#==#
        #==#      #==#       #--#==#
        16        8          4 + 16

    Parameters
    ----------
    layers : sequence of sequences
    width, height : float
        Room in units, the count included.
    runs : sequence of (text, color)
        The count below.
    """

    def __init__(
        self,
        layers: Sequence[Reads],
        width: float,
        height: float,
        title: Template,
        runs: Sequence[tuple[str, Color]],
        *,
        detail: str = "",
    ) -> None:
        wide = max(width, sum(text_width(text, LABEL) for text, _ in runs))
        super().__init__(wide, height, title, detail=detail)
        self.layers, self.runs, self.across = layers, runs, width

    def draw(self, cell: float) -> None:
        """Draw the wires, the maps, and the count below."""
        super().draw(cell)
        box, count = self.box, len(self.layers[0])
        pitch = (box.height - _COUNTED) / count
        side, apart = _FULL * pitch, (self.across - _FULL * pitch) / len(self.layers)

        def spot(column: int, row: int) -> Box:
            left, top = box.left + column * apart, box.top - row * pitch
            return Box(left, top - side, left + side, top)

        wires = [
            [(spot(column, old).right, spot(column, old).center[1]), (here.left, here.center[1])]
            for column, reads in enumerate(self.layers)
            for row, olds in enumerate(reads)
            for old in olds
            for here in [spot(column + 1, row)]
        ]
        self.append(Strokes(wires, self.theme.kernel, 2.4))
        for column in range(len(self.layers) + 1):
            ink = self.theme.role("output" if column else "input")
            self.append(Tiles([spot(column, row) for row in range(count)], fill=ink))
        self.append(Line(self.runs, LABEL, at=(box.left, box.bottom + _COUNTED / 2 - 0.08), align="left"))
