"""A matrix: as numbers where they can be read, as hard-edged pixels where not; flat or standing in space."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import isfinite
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
from manim import Mobject
from numpy.typing import NDArray

from cnnviz.stage.color import READABLE, Color, contrast, mix, rgb
from cnnviz.stage.language import Template
from cnnviz.stage.layout import LARGEST_CELL, SMALLEST, Box
from cnnviz.stage.mobjects.number_grid import fitting_size, grid_texts
from cnnviz.stage.mobjects.pixel_image import PixelImage, photo_pixels, value_pixels
from cnnviz.stage.mobjects.scale_bar import ScaleBar, fill_scale
from cnnviz.stage.mobjects.shapes import Point, Rectangle, Strokes
from cnnviz.stage.pictures.picture import NOTE_HEIGHT, Picture
from cnnviz.stage.space import Plane
from cnnviz.stage.text import Label
from cnnviz.stage.theme import BLACK, WHITE
from cnnviz.subjects.number import cell_text

Cell = tuple[int, int]
Form = Literal["auto", "numbers", "pixels"]
_SUNK = 0.85  # share of the ground in what is sunk: far enough that its text can be muted, too
_PADDED = 0.55
_RULED = 0.045  # units: the least side of a pixel with lines around it
_LONG, _STRIP = 20, (1 / 12, 1 / 5)
"""Columns from which on a few rows of pixels are made higher, and their height for one row and for many, in widths."""


class Grid(Picture):
    """A matrix whose cells can be shown, hidden, sunk and rewritten one by one.

    ::

        [ 1][−2][ 3]       ▒ █ ░
        [ 0][ 5][−4]  or   ░ ▓ █   where the cells are too small

    Parameters
    ----------
    values : array, shape (H, W)
    role : str
        Color role of positive values; negative ones take the negative color.
    title, detail, note : str
        Above, behind and below it; the detail is the shape if left out.
    scale : float, optional
        The magnitude that gets the strongest fill; the largest of the values if left out. Grids that are compared
        share one.
    photo : float, optional
        The value of white: as pixels, the matrix is shown as a gray picture instead of in its role.
    colors : array, shape (3, H, W), optional
        The color picture whose cells these are, for ``photo``.
    padding : bool array, optional
        True where a cell is padding; such cells are drawn muted.
    hidden : bool
        Start with empty cells.
    texts : nested sequences of str, optional
        What to write instead of the values, e.g. ``"1/9"``.
    widest : iterable of str
        Texts that will be written later and have to fit.
    zoom : float
        Size of its cells, in cells of the arrangement.
    form : {"auto", "numbers", "pixels"}
        ``auto`` shows numbers where all can be read.
    most : float
        Largest side of a cell, in units.
    side : float, optional
        The side of a cell in units, whatever the arrangement's is.
    legend : bool
        Say below it what the colors mean, where it is shown as pixels.
    least : float
        Smallest side of a cell, in units: a small matrix beside a large one keeps its numbers.
    ruled : bool
        Draw lines between pixels, too, where there is room for them.
    gamma : float
        The exponent of pixels' strengths; below 1, small numbers stand out from 0.
    strip : bool
        Draw the pixels of a long row higher than wide, so that it can be seen.
    """

    def __init__(
        self,
        values: NDArray[Any],
        role: str = "input",
        title: Template = "",
        *,
        detail: str | None = None,
        note: Template = "",
        scale: float | None = None,
        photo: float | None = None,
        colors: NDArray[Any] | None = None,
        padding: NDArray[np.bool_] | None = None,
        hidden: bool = False,
        texts: Sequence[Sequence[str]] | None = None,
        widest: Iterable[str] = (),
        zoom: float = 1.0,
        form: Form = "auto",
        most: float = LARGEST_CELL,
        side: float | None = None,
        legend: bool = False,
        least: float = 0.0,
        ruled: bool = False,
        strip: bool = False,
        gamma: float = 1.0,
    ) -> None:
        self.values = np.array(values, dtype=float)
        self.rows, self.columns = self.values.shape
        self.tall = _tall(self.rows, self.columns) if strip and form == "pixels" else 1.0
        shape = f"{self.rows} × {self.columns}"
        super().__init__(title, detail=(shape if title else "") if detail is None else detail, note=note, role=role)
        self.scale_of_fill = float(np.nanmax(np.abs(self.values), initial=0.0) if scale is None else scale) or 1.0
        self.photo, self.zoom, self.form, self.most, self.least, self._fixed = photo, zoom, form, most, least, side
        self.legend, self.ruled, self.gamma = legend and form != "numbers", ruled, gamma
        self.colors = self.values[None] if colors is None else colors
        self.padding = np.zeros(self.values.shape, dtype=bool) if padding is None else np.asarray(padding, dtype=bool)
        self._texts = [list(row) for row in texts] if texts else None
        self._widest = tuple(widest)
        self._shown = np.full(self.values.shape, not hidden)
        self._sunk = np.zeros(self.values.shape, dtype=bool)
        self.slant = 1.0  # what is left of its height where it stands in space
        self.has_numbers: bool | None = None  # not drawn yet
        self.fills: dict[Cell, Rectangle] = {}
        self.labels: dict[Cell, Label] = {}
        self._flat: dict[Mobject, NDArray[np.float64]] = {}

    # Place

    def size(self, cell: float) -> tuple[float, float]:
        """Return width and height of the cells."""
        side = self._side(cell)
        return self.columns * side, self.rows * side * self.tall

    def extent(self, cell: float) -> tuple[float, float]:
        """Return width and height with title, note and legend."""
        wide, high = super().extent(cell)
        return wide, high + self.legend * NOTE_HEIGHT

    def draw(self, cell: float) -> None:
        """Draw the cells that are shown."""
        self.fills, self.labels, self._flat = {}, {}, {}
        self.side = self._side(cell)
        self.middle = self.box.center
        self.plane = Plane(self.middle)
        self.type_size = self._fitting_size()
        readable = self.type_size * self.slant >= SMALLEST
        self.has_numbers = readable if self.form == "auto" else self.form == "numbers"
        if self.has_numbers:
            for cell_at in np.ndindex(self.rows, self.columns):
                self.fills[cell_at] = self._keep(Rectangle(self._flat_box(cell_at), fill=self.theme.cell))
            self._keep(Strokes(self._rules(), self.theme.line, 1.2))
        else:
            self._full = self._pixels()
            self._image = self._keep(PixelImage(self._painted(), self.box))
            if self.ruled and self.side >= _RULED:
                self._keep(Strokes(self._rules(), self.theme.ground, 1.0))
            self._keep(Rectangle(self.box, outline=self.theme.line, width=1.5))
            if self.legend:
                self.add(self._scale_bar())
        self._refresh(self._shown)

    def stand(self, plane: Plane) -> None:
        """Stand in space, or flat again: everything drawn is laid onto a plane."""
        self.plane = plane
        for part, flat in self._flat.items():
            part.points = plane.lay(flat, self.middle)

    def corners(self, cell: Cell, rows: int = 1, columns: int = 1) -> list[Point]:
        """Return the corners of ``rows`` x ``columns`` cells, the first at ``cell``: lower left, right, up, left."""
        return [self.plane.point(corner, self.middle) for corner in self._flat_box(cell, rows, columns).corners]

    def cell_box(self, cell: Cell, rows: int = 1, columns: int = 1) -> Box:
        """Return the upright rectangle around ``rows`` x ``columns`` cells; it may reach outside of the grid."""
        xs, ys = zip(*self.corners(cell, rows, columns), strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))

    def cell_at(self, point: Point) -> Cell:
        """Return the cell at a point of the frame; it may lie outside of the grid."""
        x, y = self.plane.flat(point, self.middle)
        return int((self.box.top - y) // (self.side * self.tall)), int((x - self.box.left) // self.side)

    # State

    @property
    def texts(self) -> list[list[str]]:
        """What is written in every cell, or would be where there is room."""
        if self._texts is None:
            self._texts = grid_texts(self.values)
        return self._texts

    @property
    def shown(self) -> frozenset[Cell]:
        """The cells that are not empty."""
        return _cells(self._shown)

    @property
    def sunk(self) -> frozenset[Cell]:
        """The cells that step back."""
        return _cells(self._sunk)

    def everywhere(self) -> list[Cell]:
        """List all cells, row by row."""
        return list(np.ndindex(self.rows, self.columns))

    def show(self, cells: Iterable[Cell] | None = None) -> None:
        """Show cells, all of them if none are named, and lift those that are sunk."""
        wanted = self._mask(cells)
        self._shown |= wanted
        self._sunk &= ~wanted
        self._refresh(wanted)

    def hide(self, cells: Iterable[Cell] | None = None) -> None:
        """Empty cells, all of them if none are named."""
        wanted = self._mask(cells)
        self._shown &= ~wanted
        self._refresh(wanted)

    def sink(self, cells: Iterable[Cell] | None = None) -> None:
        """Let cells step back: their numbers become quiet and their fills fade into the ground."""
        wanted = self._mask(cells)
        self._sunk |= wanted
        self._refresh(wanted)

    def only(self, cells: Iterable[Cell]) -> None:
        """Let all cells step back but these."""
        before, self._sunk = self._sunk, ~self._mask(cells)
        self._refresh(before ^ self._sunk)

    def put(self, cell: Cell, value: float, text: str | None = None) -> None:
        """Write another number into a cell and show it."""
        self.rewrite({cell: value}, {} if text is None else {cell: text})

    def rewrite(self, numbers: Mapping[Cell, float], texts: Mapping[Cell, str] = MappingProxyType({})) -> None:
        """Write other numbers into cells, as these texts if there are any, and show them."""
        for cell, value in numbers.items():
            self.values[cell] = value
            if texts or self._texts is not None:
                self.texts[cell[0]][cell[1]] = texts.get(cell) or cell_text(value)
            if cell in self.labels:
                self._drop(self.labels.pop(cell))
        if not self.has_numbers:
            self._full = self._pixels()
        self.show(numbers)

    def become(self, values: NDArray[Any]) -> None:
        """Write another matrix of the same shape, and show all of it."""
        self.rewrite(dict(np.ndenumerate(np.asarray(values, dtype=float))))

    def repaint(self, colors: NDArray[Any]) -> None:
        """Show another color picture of the same shape, (3, H, W), as pixels; the values stay."""
        self.colors = colors
        self._full = self._pixels()
        self.show()

    def copy_of(self, cell: Cell) -> list[Mobject]:
        """Make a copy of a cell as it looks once it is shown, to travel from its place."""
        parts: list[Mobject] = [
            Rectangle(self._flat_box(cell), fill=self.color_of(cell), outline=self.theme.line, width=1.2)
        ]
        if self.has_numbers:
            parts.append(self._label(cell))
        for part in parts:
            part.points = self.plane.lay(part.points, self.middle)
        return parts

    # Look

    def color_of(self, cell: Cell) -> Color:
        """Return the fill of a cell once it is shown."""
        value = float(self.values[cell])
        strength = value / self.scale_of_fill if isfinite(value) else 0.0
        fill = self.theme.fill(self.role, strength)
        if self.padding[cell]:
            fill = mix(fill, self.theme.ground, _PADDED)
        return mix(fill, self.theme.ground, _SUNK) if self._sunk[cell] else fill

    def ink(self, cell: Cell) -> Color:
        """Return the color of a cell's text."""
        fill = self.color_of(cell)
        quiet = (self.padding[cell] or self._sunk[cell]) and contrast(self.theme.muted, fill) >= READABLE
        return self.theme.muted if quiet else self.theme.text_on(fill)

    def _side(self, cell: float) -> float:
        return self._fixed or max(self.least, min(cell * self.zoom, self.most))

    def _fitting_size(self) -> float:
        """Return the type size; 0 where the cells are too small for any text, so that none is written for nothing."""
        if self.form != "numbers" and fitting_size((), self.side) < SMALLEST:
            return 0.0
        return fitting_size({*self._widest}.union(*self.texts), self.side)

    def _refresh(self, cells: NDArray[np.bool_]) -> None:
        if self.has_numbers is None:
            return
        if not self.has_numbers:
            self._image.paint(self._painted())
            return
        for cell in _cells(cells):
            is_shown = self._shown[cell]
            self.fills[cell].set_fill(self.color_of(cell) if is_shown else self.theme.cell, opacity=1.0, family=False)
            if not is_shown:
                if cell in self.labels:
                    self._drop(self.labels.pop(cell))
            elif cell in self.labels:
                self.labels[cell].set_fill(self.ink(cell), family=False)
            else:
                self.labels[cell] = self._keep(self._label(cell))

    def _scale_bar(self) -> ScaleBar:
        signed = bool(np.nanmin(self.values) < 0)
        colors, ends = fill_scale(self.theme, self.scale_of_fill, role=self.role, signed=signed, gamma=self.gamma)
        at = (self.box.center[0], self.box.bottom - 0.24)
        return ScaleBar(colors, ends, at=at, width=self.box.width * 0.5, theme=self.theme)

    def _label(self, cell: Cell) -> Label:
        row, column = cell
        return Label(self.texts[row][column], self.type_size, self.ink(cell), at=self._flat_box(cell).center)

    def _keep(self, part: Any) -> Any:
        """Add something drawn flat, and lay it onto the plane."""
        self._flat[part] = part.points.copy()
        part.points = self.plane.lay(part.points, self.middle)
        self.add(part)
        return part

    def _drop(self, part: Mobject) -> None:
        self._flat.pop(part, None)
        self.remove(part)

    def _flat_box(self, cell: Cell, rows: int = 1, columns: int = 1) -> Box:
        high, left = self.side * self.tall, self.box.left + cell[1] * self.side
        top = self.box.top - cell[0] * high
        return Box(left, top - rows * high, left + columns * self.side, top)

    def _rules(self) -> list[list[Point]]:
        box, side, high = self.box, self.side, self.side * self.tall
        across = [[(box.left, box.top - i * high), (box.right, box.top - i * high)] for i in range(self.rows + 1)]
        down = [[(box.left + j * side, box.top), (box.left + j * side, box.bottom)] for j in range(self.columns + 1)]
        return across + down

    def _pixels(self) -> NDArray[np.uint8]:
        if self.photo is not None:
            return photo_pixels(self.colors, self.photo, self.padding, self.theme.ground)
        pixels = value_pixels(self.values, self.role, self.scale_of_fill, self.theme, self.gamma)
        ground = np.array(rgb(self.theme.ground))
        pixels[self.padding, :3] = np.rint(pixels[self.padding, :3] * (1 - _PADDED) + ground * _PADDED)
        return pixels

    def _painted(self) -> NDArray[np.uint8]:
        shown, sunk = self._shown, self._shown & self._sunk
        painted = np.empty_like(self._full)
        painted[:] = (*rgb(self.theme.cell), 255)
        painted[shown] = self._full[shown]
        ground = np.array(rgb(self._dark))
        painted[sunk, :3] = np.rint(self._full[sunk, :3] * (1 - _SUNK) + ground * _SUNK)
        return painted

    @property
    def _dark(self) -> Color:
        """What sinks, sinks into the ground; a photo gets dark, whatever the ground is."""
        return self.theme.ground if self.photo is None or self.theme.text_on(self.theme.ground) == WHITE else BLACK

    def _mask(self, cells: Iterable[Cell] | None) -> NDArray[np.bool_]:
        if cells is None:
            return np.ones(self.values.shape, dtype=bool)
        mask = np.zeros(self.values.shape, dtype=bool)
        if named := list(cells):
            mask[tuple(zip(*named, strict=True))] = True
        return mask


def _tall(rows: int, columns: int) -> float:
    """Return how many times as high as wide the pixels are: a long row would be too thin to be seen.

    >>> _tall(30, 40), _tall(1, 120)
    (1.0, 10.0)
    """
    least, most = _STRIP
    return max(1.0, min(max(least, rows / 40), most) * columns / rows) if columns >= _LONG else 1.0


def _cells(mask: NDArray[np.bool_]) -> frozenset[Cell]:
    return _cells_of(mask.tobytes(), mask.shape[1])


@lru_cache(maxsize=64)  # most are all cells or none of them
def _cells_of(mask: bytes, columns: int) -> frozenset[Cell]:
    return frozenset(divmod(place, columns) for place, is_in in enumerate(mask) if is_in)
