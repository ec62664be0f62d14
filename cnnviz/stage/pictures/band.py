"""A line of numbers as a band of stripes, in which each has its place."""

from __future__ import annotations

from typing import Any

from manim import RIGHT, Group, VGroup
from numpy.typing import NDArray

from cnnviz.stage.color import Color
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import LABEL, NOTE, SMALLEST, Box
from cnnviz.stage.mobjects.number_grid import grid_texts
from cnnviz.stage.mobjects.pixel_image import PixelImage, value_pixels
from cnnviz.stage.mobjects.shapes import Rectangle, Strokes
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import TITLE_HEIGHT, Slot
from cnnviz.stage.text import Label

_HIGH, _BELOW = 0.34, 0.3  # of the band, and room below it for an index
_NAMED, _CONE, _TRACE = 0.22, 0.12, 0.08  # room of a lens for indices and for its cone, and of the way below a band
_LOW, _SEEN = 0.28, 5  # of a band with a lens, and numbers in that


class Band(Slot):
    """Numbers side by side, too many to be read.

    ::

        title  256 numbers
        ▒█░░▓█▒░░█▒▓░▒█░
              217

    Parameters
    ----------
    values : array, shape (N,)
    scale : float
        The magnitude of the strongest fill.
    width : float
        Room in units.
    lens : float
        The side of the cells of a lens, for which room is kept beside and below the title; 0 for none.
    high : float
        Of the stripes below a lens.
    apart : bool
        Keep the room of the lens below the title, and let it stand at that end which is nearer.
    """

    def __init__(
        self,
        values: NDArray[Any],
        scale: float,
        width: float,
        title: Template,
        *,
        detail: str = "",
        lens: float = 0.0,
        high: float = _LOW,
        apart: bool = False,
    ) -> None:
        self._lens, self._apart = lens, apart
        self._high, self._below = (high, _TRACE) if lens else (_HIGH, _BELOW)
        above = max(0.0, _NAMED + lens + _CONE - TITLE_HEIGHT * (not apart)) if lens else 0.0
        super().__init__(width, above + self._high + self._below, title, detail=detail, role="output")
        self.values, self.scale_of_fill = values, scale

    @property
    def stripes(self) -> Box:
        """Where all stripes are."""
        bottom = self.box.bottom + self._below
        return Box(self.box.left, bottom, self.box.right, bottom + self._high)

    def draw(self, cell: float) -> None:
        """Draw the stripes."""
        super().draw(cell)
        pixels = value_pixels(self.values[None], self.role, self.scale_of_fill, self.theme)
        self.put(PixelImage(pixels, self.stripes))

    def rail(self) -> Rectangle:
        """Make the outline of the band, to stand where nothing is laid yet."""
        return Rectangle(self.stripes, outline=self.theme.line, width=1.5)

    def place(self, index: int, count: int = 1) -> Box:
        """Return the stripe of a number, or of so many from it on."""
        pitch, box = self.box.width / len(self.values), self.stripes
        return Box(box.left + index * pitch, box.bottom, box.left + (index + count) * pitch, box.top)

    def way(self, count: int) -> Box:
        """Return the strip below the first stripes: what lies before a number."""
        box = self.place(0, count)
        return Box(box.left, box.bottom - _TRACE, box.right, box.bottom)

    def first(self, index: int) -> int:
        """Return the first place that a lens over an index shows."""
        return min(max(index - _SEEN // 2, 0), len(self.values) - _SEEN)

    def lens(self, index: int, ink: Color | None = None, text: str = "") -> tuple[Grid, Group]:
        """Make the numbers around an index large, with their indices; return their grid, and all of it.

        Its own number may be written as a ``text`` with more digits.
        Where the title is in its way, the title steps to the other end.
        """
        first = self.first(index)
        stripes, side, own = self.place(first, _SEEN), self._lens, self.place(index)
        wide, top, ink = _SEEN * side, self.stripes.top + _CONE + side, ink or self.theme.highlight
        left = min(max(own.center[0] - (index - first + 0.5) * side, self.box.left), self.box.right - wide)
        if self._apart:
            left = self.box.left if 2 * index < len(self.values) else self.box.right - wide
        elif self.heading is not None and left < self.heading.get_right()[0] + side / 2:
            self.heading.shift((self.box.right - self.heading.get_right()[0]) * RIGHT)
            left = min(left, float(self.heading.get_left()[0]) - side / 2 - wide)
        values = self.values[None, first : first + _SEEN]
        texts = grid_texts(values)
        texts[0][index - first] = text or texts[0][index - first]
        grid = Grid(values, self.role, detail="", scale=self.scale_of_fill, side=side, form="numbers", texts=texts)
        grid.settle(left, top, side)
        names = [
            Label(
                say("{index}", index=first + at),
                NOTE if first + at == index or self._apart else SMALLEST,
                ink if first + at == index else self.theme.muted,
                at=(grid.cell_box((0, at)).center[0], top + _NAMED / 2),
            )
            for at in range(_SEEN)
        ]
        feet = [(stripes.left, stripes.top), (stripes.right, stripes.top)]
        lines = [[foot, (x, grid.box.bottom)] for foot, x in zip(feet, (grid.box.left, grid.box.right), strict=True)]
        cone = Strokes(lines, self.theme.muted, 1.5)
        rings = [Rectangle(box, outline=ink, width=3.0) for box in (own, grid.cell_box((0, index - first)))]
        return grid, Group(cone, grid, *names, *rings)

    def beside(self, index: int) -> Box:
        """Return the room that a lens at that end leaves, as high as it is."""
        box, low = self.box, self.stripes.top + _CONE
        wide, top = box.width - _SEEN * self._lens - 2 * _CONE, low + self._lens + _NAMED
        left = box.right - wide if 2 * index < len(self.values) else box.left
        return Box(left, low, left + wide, top)

    def mark(self, index: int) -> VGroup:
        """Make an outline around the stripe of a number, and its index below."""
        box, ink, text = self.place(index), self.theme.highlight, say("{index}", index=index)
        half = Label(text, LABEL, ink).line_width / 2
        x = min(max(box.center[0], self.box.left + half), self.box.right - half)
        return VGroup(Rectangle(box, outline=ink, width=3.0), Label(text, LABEL, ink, at=(x, self.box.bottom + 0.12)))
