"""A wall of small pictures, all of one size, as large as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray

from cnnviz.stage import layout
from cnnviz.stage.color import Color
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import TITLE_HEIGHT, Slot
from cnnviz.stage.text import Line

_GAP = 0.12


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

        def side(across: int) -> float:
            down = -(-count // across)
            widest = (box.width - (across - 1) * _GAP) / (across * wide)
            return float(min(widest, (room - down * below - (down - 1) * _GAP) / (down * high)))

        across = max(range(1, count + 1), key=side)
        cell = side(across)
        self.clear()
        self.append(Line(words, layout.LABEL, at=(box.left, box.top - 0.14), align="left"))
        for i, grid in enumerate(grids):
            row, column = divmod(i, across)
            left = box.left + column * (wide * cell + _GAP)
            grid.settle(left, box.top - TITLE_HEIGHT - row * (high * cell + below + _GAP), cell)
        self.append(*grids)
        return grids


def _own(look: dict[str, Any], index: int) -> dict[str, Any]:
    """Give each map its own of what is listed."""
    return {name: value[index] if isinstance(value, list) else value for name, value in look.items()}
