"""One layer between two plates of cells: what a cell above is made of, and which weights it has."""

from __future__ import annotations

from math import ceil
from typing import Any

import numpy as np
from manim import Transform

from cnnviz.stage.language import Template
from cnnviz.stage.layout import NOTE, Box
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.pictures.beam import Beam
from cnnviz.stage.pictures.grid import Cell, Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.window import Outline
from cnnviz.stage.space import Plane
from cnnviz.stage.text import Label
from cnnviz.subjects.summaries import Fair

_LEAN, _STEEP = (
    0.45,
    0.8,
)  # of a plate that lies: how far it leans to the right and how high it is at most, in its depths
_ABOVE = 1.4  # of both plates: the height that they take, with the beam between them
_BAR, _LINE, _RISE, _THIN = 0.3, 0.34, 0.28, 0.012  # units: height of the bar, of the words above it, ..
# .. of the title's middle above the plates; and the least length of the bar
_SHADES, _TURN = (0.25, 1.0), 0.618  # of weights that differ from cell to cell, and from one of them to the next
_MOST, _LOOKS = 145, 40  # cells that look one by one; looks of more, in groups
_PLAIN = 0.5  # strength of a plate without numbers


class Plates(Slot):
    """A layer as two plates that lie one above the other, and its parameters as a bar below them.

    ::

          dense                shared
           /▒█░▓/               /▓▓▓▓/      every shade is a set of weights
             |                    |
          /########/           /  ###  /    what a cell is made of
        ===============       =

    Parameters
    ----------
    title : str
    fair : Fair
    which : int
        Of its counts.
    width, height : float
        Room in units, without the title.
    """

    def __init__(self, title: Template, fair: Fair, which: int, width: float, height: float) -> None:
        super().__init__(width, height, title, role="kernel")
        self.fair, self.which = fair, which
        (_, *below), (_, *above) = fair.before, fair.after
        many = above[0] * above[1]
        shades = _SHADES[0] + (_SHADES[1] - _SHADES[0]) * (np.arange(many) * _TURN % 1.0)
        own = np.full(many, _SHADES[1]) if which == 2 else shades  # the last kind shares them
        self._grids = np.full(below, _PLAIN), own.reshape(above)

    def draw(self, cell: float) -> None:
        """Draw the plates and the rail; the upper plate is empty."""
        super().draw(cell)
        box, values = self.box, self._grids
        high, wide = (max(grid.shape[axis] for grid in values) for axis in (0, 1))
        room = box.height - _BAR - _LINE
        side = min(
            box.width / (wide + _LEAN * high), room / _ABOVE / (_STEEP / 2 * sum(grid.shape[0] for grid in values))
        )
        flat = min(_STEEP, room / _ABOVE / side / sum(grid.shape[0] for grid in values))
        look: dict[str, Any] = {"scale": 1.0, "form": "pixels", "ruled": True, "side": side}
        self.below = Grid(values[0], "output", **look)
        self.above = Grid(values[1], "kernel", hidden=True, **look)
        low = box.bottom + _BAR + _LINE
        ends = low + flat * side * self.below.rows / 2, box.top - flat * side * self.above.rows / 2
        for grid, y in zip((self.below, self.above), ends, strict=True):
            grid.settle(box.center[0] - grid.columns * side / 2, y + grid.rows * side / 2, cell)
            grid.stand(Plane((box.center[0], y), (1.0, 0.0), (_LEAN, flat)))
        self.whole = Box(box.left, box.bottom, box.right, box.bottom + _BAR)
        ink = self.theme.muted
        first, last = (" × ".join(map(str, shape)) for shape in (self.fair.before, self.fair.after))
        said = (
            Label(first, NOTE - 1, ink, at=(box.right, low - _LINE / 2), align="right"),
            Label(last, NOTE - 1, ink, at=(box.right, box.top + _RISE), align="right"),
        )
        self.put(Rectangle(self.whole, fill=self.theme.rail), self.below, self.above, *said)
        self.light: list[Any] = []

    def seen(self, cell: Cell) -> tuple[Cell, Cell]:
        """Return the first cell that one of the upper plate is made of, and how many rows and columns of them."""
        return self.fair.window(cell) if self.which else ((0, 0), (self.below.rows, self.below.columns))

    def look(self, cell: Cell) -> None:
        """Let a cell of the upper plate show what it is made of."""
        corner, size = self.seen(cell)
        ink = self.theme.kernel
        marks = Outline(self.below, corner, *size, color=ink), Outline(self.above, cell, color=self.theme.highlight)
        self.take(*self.light)
        self.light = [marks[0], Beam(*marks, ink), marks[1]]
        self.append(*self.light)

    def sweep(self, scene: Any, seconds: float) -> None:
        """Let every cell of the upper plate look down and get its weights, and the middle one once more."""

        def fill(group: list[Cell]) -> None:
            self.above.show(group)
            self.look(group[-1])

        cells = self.above.everywhere()
        many = 1 if len(cells) < _MOST else ceil(len(cells) / _LOOKS)
        groups = [cells[at : at + many] for at in range(0, len(cells), many)]
        scene.walk(groups, None, fill, seconds=seconds)
        self.look((self.above.rows // 2, self.above.columns // 2))

    def grow(self, scene: Any, seconds: float) -> None:
        """Let the bar grow to the share that these parameters are of the most."""
        box, count, most = self.whole, self.fair.counts[self.which], max(self.fair.counts)
        left, end = (Box(box.left, box.bottom, box.left + wide, box.top) for wide in (_THIN, box.width * count / most))
        end = end if end.width > _THIN else left
        bar = Rectangle(left, fill=self.theme.kernel)
        scene.play(Transform(bar, Rectangle(end, fill=self.theme.kernel)), run_time=seconds)
        scene.remove(bar)
        self.append(Rectangle(end, fill=self.theme.kernel))
