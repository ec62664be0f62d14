"""A matrix as a grid of cells: the number is the text, its magnitude the fill."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from manim import VGroup, VMobject
from numpy.typing import NDArray

from cnnviz.stage.color import READABLE, Color, contrast, mix
from cnnviz.stage.layout import PIXELS_PER_UNIT, RESULT, SMALLEST, Box
from cnnviz.stage.mobjects.shapes import Rectangle, Strokes
from cnnviz.stage.text import Label, text_width
from cnnviz.stage.theme import Theme
from cnnviz.subjects.number import cell_text

# Shares of a cell's side, as they should be and as they may be in a tight cell: width of the widest text, and the type.
_WIDE, _WIDEST = 0.82, 0.9
_TYPE, _LARGEST = 0.5, 0.64
Cell = tuple[int, int]


class NumberGrid(VGroup):
    """A grid of numbers around a center, rows from the top.

    Parameters
    ----------
    values : array, shape (H, W)
        The numbers; they decide texts, type size and fills.
    role : str
        Color role of positive values; negative ones take the negative color.
    scale : float
        The magnitude that gets the strongest fill; the same for all grids that are to be compared.
    cell : float
        Side of a cell in units.
    at : (x, y)
        Center of the grid.
    texts : nested sequences of str, optional
        What to write instead of the values, e.g. ``"1/9"``. Texts too small to be read are not drawn at all.
    padding : bool array, optional
        True where a cell is padding; such cells are drawn muted.
    hidden : bool
        Start with empty cells, to be filled by ``show``.
    """

    def __init__(
        self,
        values: NDArray[np.floating],
        *,
        role: str,
        scale: float,
        cell: float,
        theme: Theme,
        at: tuple[float, float] = (0.0, 0.0),
        texts: Sequence[Sequence[str]] | None = None,
        padding: NDArray[np.bool_] | None = None,
        hidden: bool = False,
    ) -> None:
        super().__init__()
        self.values = np.asarray(values, dtype=float)
        self.rows, self.columns = self.values.shape
        self.role, self.scale_of_fill, self.cell_side, self.theme = role, scale or 1.0, cell, theme
        self.texts = texts or grid_texts(self.values)
        self.padding = np.zeros(self.values.shape, dtype=bool) if padding is None else padding
        self.type_size = fitting_size((text for row in self.texts for text in row), cell)
        width, height = self.columns * cell, self.rows * cell
        self.box = Box(at[0] - width / 2, at[1] - height / 2, at[0] + width / 2, at[1] + height / 2)
        self.labels: dict[Cell, Label] = {}
        self.fills = {
            index: Rectangle(self.cell_box(index), fill=theme.cell) for index in np.ndindex(*self.values.shape)
        }
        self.lines = Strokes(self._rules(), theme.line, 1.2)
        self.add(*self.fills.values(), self.lines)
        if not hidden:
            self.show_all()

    def cell_box(self, index: Cell, rows: int = 1, columns: int = 1) -> Box:
        """Return the rectangle of ``rows`` x ``columns`` cells whose first one is ``index``; it may reach outside."""
        left = self.box.left + index[1] * self.cell_side
        top = self.box.top - index[0] * self.cell_side
        return Box(left, top - rows * self.cell_side, left + columns * self.cell_side, top)

    def color_of(self, index: Cell) -> Color:
        """Return the fill of a cell once it is shown."""
        strength = self.values[index] / self.scale_of_fill
        fill = self.theme.fill(self.role, 0.0 if np.isnan(strength) else float(strength))
        return mix(fill, self.theme.ground, 0.55) if self.padding[index] else fill

    def label(self, index: Cell) -> Label:
        """Make the label of a cell, in place."""
        row, column = index
        return Label(self.texts[row][column], self.type_size, self.ink(index), at=self.cell_box(index).center)

    def ink(self, index: Cell) -> Color:
        """Return the color of a cell's text."""
        fill = self.color_of(index)
        quiet = self.padding[index] and contrast(self.theme.muted, fill) >= READABLE
        return self.theme.muted if quiet else self.theme.text_on(fill)

    def show(self, index: Cell) -> None:
        """Fill a cell and write its number, at once."""
        if index in self.labels:
            return
        self.fills[index].set_fill(self.color_of(index), opacity=1.0, family=False)
        self.labels[index] = self.label(index)
        if self.type_size >= SMALLEST:
            self.add(self.labels[index])

    def show_all(self) -> None:
        """Fill every cell."""
        for index in self.fills:
            self.show(index)

    def cells(self, keep: Callable[[Cell], bool]) -> list[VMobject]:
        """Return the fills and labels of the cells that ``keep`` accepts."""
        return [part for parts in (self.fills, self.labels) for index, part in parts.items() if keep(index)]

    def _rules(self) -> list[list[tuple[float, float]]]:
        box, side = self.box, self.cell_side
        across = [[(box.left, box.top - i * side), (box.right, box.top - i * side)] for i in range(self.rows + 1)]
        down = [[(box.left + j * side, box.top), (box.left + j * side, box.bottom)] for j in range(self.columns + 1)]
        return across + down


def grid_texts(values: NDArray[np.floating], digits: int = 4) -> list[list[str]]:
    """Write every number of a matrix as cell text."""
    return [[cell_text(value, digits) for value in row] for row in values.tolist()]


def fitting_size(texts: Iterable[str], cell: float) -> float:
    """Return the type size, in pixels at 720p, at which every text fits into a cell of ``cell`` units."""
    pixels, widest = cell * PIXELS_PER_UNIT, _widest(texts)
    high, wide = (
        max(good * pixels / ems, min(SMALLEST, tight * pixels / ems))
        for good, tight, ems in ((_TYPE, _LARGEST, 1.0), (_WIDE, _WIDEST, widest))
    )
    return min(high, wide, RESULT)


def fits(texts: Iterable[str], cell: float) -> bool:
    """Return whether every text can be read in a cell of ``cell`` units."""
    return smallest_cell(texts) <= cell


def smallest_cell(texts: Iterable[str]) -> float:
    """Return the side, in units, of the smallest cell in which every text is still readable."""
    return max(SMALLEST * _widest(texts) / _WIDEST, SMALLEST / _LARGEST) / PIXELS_PER_UNIT


def _widest(texts: Iterable[str]) -> float:
    """Return the width of the widest text in type sizes."""
    return max((text_width(text, PIXELS_PER_UNIT) for text in set(texts)), default=0.0) or 1.0
