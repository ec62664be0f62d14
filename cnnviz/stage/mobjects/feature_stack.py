"""Feature maps one in front of the other: how several filters give a volume its depth."""

from __future__ import annotations

import numpy as np
from manim import Group, Mobject
from numpy.typing import NDArray

from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.pixel_image import PixelImage, value_pixels
from cnnviz.stage.mobjects.shapes import Rectangle, Strokes
from cnnviz.stage.theme import Theme

_STEP = 0.24  # from one map to the next, in sides of a map, where there is room
_DEEPEST = 1.1  # from the first map to the last, in sides of a map, at most
_SLOPE = 0.62  # how far down the next map lies for each unit to the right
_CELL_LINES = 0.12  # side of a cell, in units, from which on cells get lines


class FeatureStack(Group):
    r"""Maps of one shape in oblique projection: the first behind at the upper left, the last in front.

    Every map shows its face upright and true; of those behind, a strip at the left and the top remains::

        +--------+
        | 0 +--------+
        |   | 1 +--------+
        |   |   | 2      |
        +---|   |        |
            +---|        |
                +--------+

    A new map lands in front and covers nothing but its neighbors, so a stack can grow while the others stay.

    Parameters
    ----------
    values : array, shape (C, H, W)
        The maps. Their fills are those of a `NumberGrid`: magnitude over ``scale``, the negative color below 0.
    box : Box
        The room; the stack is made as large as fits and stands in its middle.
    role : str
        Color role of positive values.
    scale : float, optional
        The magnitude that gets the strongest fill; the largest magnitude of all maps if omitted.
    hidden : bool
        Start without any map, to be filled by ``show``, ``paint`` or ``place``.

    Attributes
    ----------
    boxes : list of Box
        Where each map is.
    layers : list of Group
        The mobjects of each map, from behind to the front; empty groups where a map does not show yet.
    extent : Box
        What all maps take up together.
    cell_side : float
        The side of a cell in units.

    Examples
    --------
    >>> from cnnviz.stage.theme import theme
    >>> stack = FeatureStack(np.ones((3, 4, 4)), Box(-2, -2, 2, 2), theme=theme("dark"))
    >>> len(stack.layers), stack.boxes[0].width == stack.boxes[2].width, stack.boxes[0].left < stack.boxes[2].left
    (3, True, True)
    """

    def __init__(
        self,
        values: NDArray[np.floating],
        box: Box,
        *,
        theme: Theme,
        role: str = "output",
        scale: float | None = None,
        hidden: bool = False,
    ) -> None:
        super().__init__()
        self.values = np.asarray(values, dtype=float)
        if self.values.ndim != 3 or 0 in self.values.shape:
            raise ValueError(f"FeatureStack: expected maps of shape (C, H, W), got {self.values.shape}")
        self.theme, self.role = theme, role
        self.scale_of_fill = float(np.nanmax(np.abs(self.values)) if scale is None else scale) or 1.0
        self.boxes = _lay_out(self.values.shape, box)
        self.cell_side = self.boxes[0].width / self.values.shape[2]
        first, last = self.boxes[0], self.boxes[-1]
        self.extent = Box(first.left, last.bottom, last.right, first.top)
        self._painted: dict[int, NDArray[np.uint8]] = {}
        self.layers = [Group() for _ in self.boxes]
        self.add(*self.layers)
        if not hidden:
            self.show_all()

    def cell_box(self, channel: int, index: tuple[int, int]) -> Box:
        """Return where a cell of a map is."""
        box, side = self.boxes[channel], self.cell_side
        left, top = box.left + index[1] * side, box.top - index[0] * side
        return Box(left, top - side, left + side, top)

    def place(self, channel: int) -> None:
        """Put the empty map of a channel on stage, in front of those before it."""
        self.paint(channel, 0)

    def show(self, channel: int) -> None:
        """Put the whole map of a channel on stage, at once."""
        self.paint(channel, self.values[channel].size)

    def show_all(self) -> None:
        """Put every map on stage."""
        for channel in range(len(self.layers)):
            self.show(channel)

    def paint(self, channel: int, cells: int) -> None:
        """Put the map of a channel on stage with its first ``cells`` cells, row by row, painted."""
        box, layer = self.boxes[channel], self.layers[channel]
        parts: list[Mobject] = [PixelImage(self._pixels(channel, cells), box)]
        if self.cell_side >= _CELL_LINES:
            parts.append(self._cell_lines(box))
        layer.remove(*layer.submobjects)
        layer.add(*parts, Rectangle(box, outline=self.theme.muted, width=1.6))

    def _pixels(self, channel: int, cells: int) -> NDArray[np.uint8]:
        pixels = self._whole(channel).copy()
        bare = value_pixels(np.zeros((1, 1)), self.role, 1.0, self.theme)[0, 0]
        pixels.reshape(-1, 4)[cells:] = bare
        return pixels

    def _whole(self, channel: int) -> NDArray[np.uint8]:
        if channel not in self._painted:
            values = self.values[channel]
            self._painted[channel] = value_pixels(values, self.role, self.scale_of_fill, self.theme)
        return self._painted[channel]

    def _cell_lines(self, box: Box) -> Strokes:
        rows, columns = self.values.shape[1:]
        side = self.cell_side
        across = [[(box.left, box.top - i * side), (box.right, box.top - i * side)] for i in range(1, rows)]
        down = [[(box.left + j * side, box.top), (box.left + j * side, box.bottom)] for j in range(1, columns)]
        return Strokes(across + down, self.theme.line, 1.0)


def _lay_out(shape: tuple[int, ...], room: Box) -> list[Box]:
    """Return the boxes of the maps, as large as they fit into the room and in its middle."""
    count, rows, columns = shape
    steps = count - 1
    step = min(_STEP, _DEEPEST / steps) * max(rows, columns) if steps else 0.0  # in cells
    side = min(room.width / (columns + steps * step), room.height / (rows + steps * step * _SLOPE))
    wide, high = columns * side, rows * side
    x, y = room.center
    left = x - (wide + steps * step * side) / 2
    top = y + (high + steps * step * side * _SLOPE) / 2
    lefts = [left + i * step * side for i in range(count)]
    tops = [top - i * step * side * _SLOPE for i in range(count)]
    return [Box(a, b - high, a + wide, b) for a, b in zip(lefts, tops, strict=True)]
