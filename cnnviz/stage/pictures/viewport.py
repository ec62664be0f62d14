"""A look through a window at a large picture: it can come closer, until the pixels are cells with numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation, Mobject, VGroup, smooth
from numpy.typing import NDArray

from cnnviz.stage.language import Template
from cnnviz.stage.layout import SMALLEST, Box
from cnnviz.stage.mobjects.number_grid import fitting_size
from cnnviz.stage.mobjects.pixel_image import PixelImage
from cnnviz.stage.mobjects.shapes import Rectangle, Strokes
from cnnviz.stage.pictures.picture import Picture
from cnnviz.stage.text import Label
from cnnviz.subjects.number import cell_text

_SAMPLES = 360  # of the picture's longer side while it moves

View = tuple[float, float, float, float]
"""Top, left, rows and columns that are seen."""


class Viewport(Picture):
    """A picture of hard-edged pixels of which a part is seen, as large as the room.

    Parameters
    ----------
    pixels : uint8 array, shape (H, W, 4)
        The picture, as `cnnviz.stage.mobjects.pixel_image` makes them.
    values : array, shape (H, W)
        The numbers of the cells, for `numbers`.
    width : float
        Units; the height follows from the picture.
    """

    def __init__(
        self,
        pixels: NDArray[np.uint8],
        values: NDArray[Any],
        title: Template = "",
        *,
        width: float,
        detail: str = "",
        note: Template = "",
        role: str = "input",
    ) -> None:
        super().__init__(title, detail=detail, note=note, role=role)
        self.pixels, self.values, self.wide = pixels, values, width
        self.view: View = (0.0, 0.0, float(pixels.shape[0]), float(pixels.shape[1]))

    def size(self, cell: float) -> tuple[float, float]:  # noqa: ARG002
        """Return the room that was asked for."""
        rows, columns = self.pixels.shape[:2]
        return self.wide, self.wide * rows / columns

    def draw(self, cell: float) -> None:  # noqa: ARG002
        """Show the whole picture."""
        self.rim = Rectangle(self.box, outline=self.theme.line, width=1.5)
        self._image = PixelImage(self._seen(), self.box)
        self.add(self._image, self.rim)

    def look(self, view: View) -> None:
        """Show a part."""
        self.view = view
        self._image.paint(self._seen())

    def wipe(self, before: NDArray[np.uint8], after: NDArray[np.uint8], share: float) -> None:
        """Show one picture in a share of the columns, from the left, and another one in the rest."""
        done = round(share * after.shape[1])
        self.pixels = np.concatenate([after[:, :done], before[:, done:]], axis=1)
        self.look(self.view)

    def around(self, cell: tuple[int, int], rows: int, columns: int, share: float = 0.6) -> View:
        """Return the view in which ``rows`` x ``columns`` cells, the first at ``cell``, take a share of the room."""
        high, wide = self.pixels.shape[:2]
        part = min(1.0, max(rows / high, columns / wide) / share)
        top = min(max(0.0, cell[0] + rows / 2 - part * high / 2), high - part * high)
        left = min(max(0.0, cell[1] + columns / 2 - part * wide / 2), wide - part * wide)
        return top, left, part * high, part * wide

    def cell_box(self, row: int, column: int, rows: int = 1, columns: int = 1) -> Box:
        """Return where cells are in the frame, as the picture is seen now."""
        top, left, high, wide = self.view
        x, y = self.box.width / wide, self.box.height / high
        x0, y0 = self.box.left + (column - left) * x, self.box.top - (row - top) * y
        return Box(x0, y0 - rows * y, x0 + columns * x, y0)

    def numbers(self) -> VGroup:
        """Make rules and numbers for the cells that are seen whole; empty where they would be too small."""
        top, left, high, wide = (round(part) for part in self.view)
        seen = [(top + i, left + j) for i in range(high) for j in range(wide)]
        texts = {cell: cell_text(float(self.values[cell])) for cell in seen}
        side = min(self.box.width / wide, self.box.height / high)
        size = fitting_size(texts.values(), side)
        if size < SMALLEST:
            return VGroup()
        labels = []
        for cell, text in texts.items():
            fill = "#" + "".join(f"{part:02x}" for part in self.pixels[cell][:3])
            labels.append(Label(text, size, self.theme.text_on(fill), at=self.cell_box(*cell).center))
        box = self.box
        ys = [self.cell_box(top + i, left).top for i in range(high + 1)]
        rules = [[(box.left, y), (box.right, y)] for y in ys]
        xs = [self.cell_box(top, left + j).left for j in range(wide + 1)]
        rules += [[(x, box.top), (x, box.bottom)] for x in xs]
        return VGroup(Strokes(rules, self.theme.line, 1.2), *labels)

    def _seen(self) -> NDArray[np.uint8]:
        top, left, high, wide = self.view
        rows, columns = self.pixels.shape[:2]
        if (top, left, high, wide) == (0.0, 0.0, rows, columns):
            return self.pixels
        fine = max(high, wide)
        down, across = (max(1, round(_SAMPLES * part / fine)) for part in (high, wide))
        i = np.clip((top + (np.arange(down) + 0.5) * high / down).astype(int), 0, rows - 1)
        j = np.clip((left + (np.arange(across) + 0.5) * wide / across).astype(int), 0, columns - 1)
        return self.pixels[np.ix_(i, j)]


class Approach(Animation):
    """Come closer to a part of a viewport's picture, or move back: at every moment by the same factor."""

    def __init__(self, viewport: Viewport, view: View, **options: Any) -> None:
        self.viewport, self.start, self.end = viewport, viewport.view, view
        options.setdefault("rate_func", smooth)
        super().__init__(viewport, **options)

    def create_starting_mobject(self) -> Mobject:
        """Start from the viewport itself."""
        return self.mobject

    def interpolate_mobject(self, alpha: float) -> None:
        """See what is seen after a share ``alpha`` of the time."""
        share = self.rate_func(alpha)
        (t0, l0, h0, w0), (t1, l1, h1, w1) = self.start, self.end
        high, wide = h0 * (h1 / h0) ** share, w0 * (w1 / w0) ** share
        done = share if h0 == h1 else (high - h0) / (h1 - h0)  # so that the point one comes to stays in place
        self.viewport.look((t0 + (t1 - t0) * done, l0 + (l1 - l0) * done, high, wide))
