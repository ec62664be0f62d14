"""A line of numbers as a band of stripes, in which each has its place."""

from __future__ import annotations

from typing import Any

from manim import VGroup
from numpy.typing import NDArray

from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import LABEL, Box
from cnnviz.stage.mobjects.pixel_image import PixelImage, value_pixels
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.text import Label

_HIGH, _BELOW = 0.34, 0.3  # of the band, and room below it for an index


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
    """

    def __init__(self, values: NDArray[Any], scale: float, width: float, title: Template, *, detail: str = "") -> None:
        super().__init__(width, _HIGH + _BELOW, title, detail=detail, role="output")
        self.values, self.scale_of_fill = values, scale

    def draw(self, cell: float) -> None:
        """Draw the stripes."""
        super().draw(cell)
        box = Box(self.box.left, self.box.bottom + _BELOW, self.box.right, self.box.top)
        self.put(PixelImage(value_pixels(self.values[None], self.role, self.scale_of_fill, self.theme), box))

    def rail(self) -> Rectangle:
        """Make the outline of the band, to stand where nothing is laid yet."""
        box = Box(self.box.left, self.box.bottom + _BELOW, self.box.right, self.box.top)
        return Rectangle(box, outline=self.theme.line, width=1.5)

    def place(self, index: int) -> Box:
        """Return the stripe of a number."""
        pitch, box = self.box.width / len(self.values), self.box
        return Box(box.left + index * pitch, box.bottom + _BELOW, box.left + (index + 1) * pitch, box.top)

    def mark(self, index: int) -> VGroup:
        """Make an outline around the stripe of a number, and its index below."""
        box, ink, text = self.place(index), self.theme.highlight, say("{index}", index=index)
        half = Label(text, LABEL, ink).line_width / 2
        x = min(max(box.center[0], self.box.left + half), self.box.right - half)
        return VGroup(Rectangle(box, outline=ink, width=3.0), Label(text, LABEL, ink, at=(x, self.box.bottom + 0.12)))
