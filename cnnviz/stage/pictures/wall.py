"""A wall of small pictures, all of one size, as large as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray

from cnnviz.stage import layout
from cnnviz.stage.color import Color
from cnnviz.stage.layout import Box
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import TITLE_HEIGHT, Slot
from cnnviz.stage.space import Plane
from cnnviz.stage.text import Label, Line

GAP = 0.12


class Wall(Slot):
    """A place where maps hang in lines, with words above them.

    ::

        relu2  12 of 64 maps
        ▒█░  ░▒█  █▒█  ░░█
        █▒█  ░░█  ▒█░  ░▒█

    Parameters
    ----------
    width, height : float
        Room in units, the words included.
    """

    def hang(
        self, maps: Sequence[NDArray[Any]], words: Sequence[tuple[str, Color]], *, below: float = 0.0, **look: Any
    ) -> list[Grid]:
        """Hang maps of one shape in place of those before, with room below each; ``look`` is for each `Grid`."""
        box, count = self.box, len(maps)
        grids = [Grid(each, form="pixels", strip=True, most=9.0, **_own(look, i)) for i, each in enumerate(maps)]
        wide, high = grids[0].columns, grids[0].rows * grids[0].tall
        room = box.height - TITLE_HEIGHT

        across, cell = largest(count, (high, wide), (box.width, room), below=below)
        self.clear()
        self.append(Line(words, layout.LABEL, at=(box.left, box.top - 0.14), align="left"))
        for i, grid in enumerate(grids):
            row, column = divmod(i, across)
            left = box.left + column * (wide * cell + GAP)
            grid.settle(left, box.top - TITLE_HEIGHT - row * (high * cell + below + GAP), cell)
        self.append(*grids)
        return grids

    def ask(self, maps: Sequence[NDArray[Any]], words: Sequence[tuple[str, Color]], **look: Any) -> list[Grid]:
        """Hang empty frames where maps will hang, with a question mark in each."""
        grids = self.hang(maps, words, hidden=True, **look)
        self.append(*(Label("?", layout.CAPTION, self.theme.text, at=grid.box.center) for grid in grids))
        return grids


def largest(
    count: int, shape: tuple[float, float], room: tuple[float, float], *, below: float = 0.0, gap: float = GAP
) -> tuple[int, float]:
    """Say in lines of how many maps of one shape are largest in a room, (width, height), and how large a cell is.

    >>> largest(16, (4, 4), (10.0, 3.0), gap=0.0)
    (8, 0.3125)
    """
    high, wide = shape

    def side(across: int) -> float:
        down = -(-count // across)
        widest = (room[0] - (across - 1) * gap) / (across * wide)
        return float(min(widest, (room[1] - down * below - (down - 1) * gap) / (down * high)))

    across = max(range(1, count + 1), key=side)
    return across, side(across)


def spread(grids: Sequence[Grid], room: Box, *, gap: float = GAP) -> list[Plane]:
    """Return where grids of one shape stand if they take all of a room, in the middle of it."""
    first = grids[0]
    across, cell = largest(len(grids), (first.rows, first.columns), (room.width, room.height), gap=gap)
    wide, high, scale = first.columns * cell + gap, first.rows * cell + gap, cell / first.side
    left = room.center[0] - (across * wide - gap) / 2 + (wide - gap) / 2
    centers = [
        (left + at % across * wide, room.top - (high - gap) / 2 - at // across * high) for at in range(len(grids))
    ]
    return [Plane(center, (scale, 0.0), (0.0, scale)) for center in centers]


def _own(look: dict[str, Any], index: int) -> dict[str, Any]:
    """Give each map its own of what is listed."""
    return {name: value[index] if isinstance(value, list) else value for name, value in look.items()}
