"""The pictures of cells that hand out shares: who gives, times what, the share under way, and where it lands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from cnnviz.stage.language import Template
from cnnviz.stage.mobjects.number_grid import smallest_cell
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import Picture, Slot
from cnnviz.stage.scene import Scene
from cnnviz.stage.walk import MOST_VISITS
from cnnviz.subjects.number import cell_text
from cnnviz.subjects.sharing import Matrix, Numbers, Sharing
from cnnviz.subjects.tally import Tally, written

LARGER = 1.35  # times the cells of all others: those of the matrix that they work on
_SMALL = 5  # cells a side of what keeps its numbers beside anything
_SEEN = 1.8  # units, of what shares land in, at least
TINY = 0.02  # units, of a cell: there was no room
_LEAST, _AIR = 0.5, 0.02  # side of its cells at least, in units, and more than the smallest one that can be read


class SharingGrids(Scene):
    """A scene with a grid for each matrix of a `Sharing`, and a slot for the share under way."""

    def make_grids(self, sharing: Sharing, peak: float, title: Template) -> None:
        """Make the grids: who gives, what it is multiplied by, the share under way, and what it lands in."""
        photo: dict[str, Any] = {"photo": peak, "scale": peak}
        self.givers, self.factors = (
            self._grid(matrix, **photo if matrix.role == "input" else {})
            for matrix in (sharing.givers, sharing.factors)
        )
        self.make_target(sharing, title)

    def make_target(self, sharing: Sharing, title: Template) -> None:
        """Make what shares land in, and the share under way."""
        self.sharing, self.tally = sharing, Tally(sharing.target.values.shape)
        self.scale = float(np.abs(sharing.target.values).max()) or 1.0
        given = {
            cell_text(v) for i in range(min(len(sharing), MOST_VISITS)) for v in sharing[i].numbers.ravel().tolist()
        }
        look: dict[str, Any] = {"scale": self.scale, "hidden": True}
        self.target = self._grid(sharing.target, widest=written(sharing, len(sharing)), **look)
        patch = np.zeros(sharing[0].numbers.shape)
        self.share = Grid(patch, sharing.target.role, title, detail="", widest=given, least=_side(given), **look)

    def _grid(self, matrix: Matrix, widest: Sequence[str] | set[str] = (), **look: Any) -> Grid:
        texts = {text for row in matrix.texts or () for text in row} or set(
            map(cell_text, matrix.values.ravel().tolist())
        )
        small = max(matrix.values.shape) <= _SMALL
        return Grid(
            matrix.values,
            matrix.role,
            matrix.name,
            detail=" × ".join(map(str, matrix.size)),
            padding=matrix.border,
            texts=matrix.texts,
            widest=widest,
            least=_side({*texts, *widest}) if small else 0.0,
            **look,
        )

    def place(self, *orders: Sequence[Any], later: Sequence[Picture] = ()) -> None:
        """Arrange pictures in the roomiest of several orders; where the share is, there is room for those ``later``."""
        places, cell = self._with_slot(orders, later)
        if cell < TINY or max(self.target.size(cell)) < _SEEN:  # rather pixels than no picture
            for grid in (self.factors, self.share, *later):
                if isinstance(grid, Grid):
                    grid.least = 0.0
            places, _ = self._with_slot(orders, later)
        self.cell = self.arrange(*places)
        self.instead(self.share)

    def _with_slot(self, orders: Sequence[Sequence[Any]], later: Sequence[Picture]) -> tuple[list[Any], float]:
        """Put a slot for the share and what comes later where the share is: the roomiest order, and its cell."""
        found: list[tuple[float, Slot, list[Any]]] = []
        for items in orders:
            cell = self.fit(*items)
            sizes = [picture.extent(cell) for picture in (self.share, *later)]
            slot = Slot(*np.max(sizes, axis=0).tolist())
            places = [_with(slot, self.share, item) for item in items]
            found.append((min(cell, self.fit(*places)), slot, places))
        cell, self.slot, places = max(found, key=lambda one: one[0])
        return places, cell

    def in_place_of(self, target: Grid, values: Numbers, peak: float) -> Grid:
        """Show X where what shares land in will be, which waits until then."""
        look: dict[str, Any] = {"detail": target.detail, "padding": target.padding, "scale": peak, "photo": peak}
        x = Grid(values, "input", "X", zoom=target.zoom, least=target.least, **look)
        x.settle(target.box.left, target.top, self.cell)
        self.remove(target)
        self.add(x)
        return x

    def instead(self, picture: Picture) -> None:
        """Put a picture where the share is."""
        picture.settle(self.slot.box.left, self.slot.box.top, self.cell)
        self.slot.put(picture)


def _with(slot: Slot, share: Grid, item: Any) -> Any:
    """Return an item with the slot where the share is."""
    if hasattr(item, "items"):
        return type(item)(*(_with(slot, share, each) for each in item.items), gap=item.gap)
    return slot if item is share else item


def _side(texts: set[str]) -> float:
    return max(_LEAST, smallest_cell(texts) + _AIR)
