"""Feature maps side by side, as a wall of small pictures that light up one by one."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation, Group, Mobject, linear
from numpy.typing import NDArray

from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.pixel_image import PixelImage, value_pixels
from cnnviz.stage.mobjects.shapes import Strokes
from cnnviz.stage.theme import Theme


class MapWall(Group):
    """Maps of one shape in rows and columns, each with a frame; dark until they are lit.

    Parameters
    ----------
    values : array, shape (C, H, W)
        The maps; their fills are those of a `NumberGrid`.
    columns : int
        Maps in a row.
    cell : float
        Side of a cell in units.
    at : (x, y)
        The middle of the wall.
    gap : (x, y)
        Room between maps in units.
    role : str
        Color role of positive values.
    scale : float, optional
        The magnitude that gets the strongest fill; the largest of all maps if omitted.

    Attributes
    ----------
    box : Box
        What the wall takes up.
    scale : float
        The magnitude with the strongest fill.

    Examples
    --------
    >>> from cnnviz.stage.theme import theme
    >>> wall = MapWall(np.ones((6, 2, 2)), 3, 0.5, theme=theme("dark"), gap=(0.5, 0.25))
    >>> wall.box, wall.map_box(4).center
    (Box(left=-2.0, bottom=-1.125, right=2.0, top=1.125), (0.0, -0.625))
    """

    def __init__(
        self,
        values: NDArray[np.floating],
        columns: int,
        cell: float,
        *,
        theme: Theme,
        at: tuple[float, float] = (0.0, 0.0),
        gap: tuple[float, float] = (0.0, 0.0),
        role: str = "output",
        scale: float | None = None,
    ) -> None:
        super().__init__()
        self.values, self.columns, self.cell_side, self.gap = values, columns, cell, gap
        self.role, self.theme = role, theme
        self.scale = float(np.abs(values).max() if scale is None else scale) or 1.0
        count, high, wide = values.shape
        rows = -(-count // columns)
        width, height = columns * wide * cell + (columns - 1) * gap[0], rows * high * cell + (rows - 1) * gap[1]
        self.box = Box(at[0] - width / 2, at[1] - height / 2, at[0] + width / 2, at[1] + height / 2)
        empty = value_pixels(np.zeros((1, 1)), role, 1.0, theme)
        self.maps = [PixelImage(empty, self.map_box(channel)) for channel in range(count)]
        self.add(*self.maps, Strokes([_outline(self.map_box(c)) for c in range(count)], theme.line, 1.2))

    def map_box(self, channel: int) -> Box:
        """Return where a map is."""
        _, high, wide = self.values.shape
        row, column = divmod(channel, self.columns)
        left = self.box.left + column * (wide * self.cell_side + self.gap[0])
        top = self.box.top - row * (high * self.cell_side + self.gap[1])
        return Box(left, top - high * self.cell_side, left + wide * self.cell_side, top)

    def cell_box(self, channel: int, index: tuple[int, int], rows: int = 1, columns: int = 1) -> Box:
        """Return the rectangle of ``rows`` x ``columns`` cells of a map; it may reach outside, as windows do."""
        box, side = self.map_box(channel), self.cell_side
        left, top = box.left + index[1] * side, box.top - index[0] * side
        return Box(left, top - rows * side, left + columns * side, top)

    def light(self, channel: int) -> None:
        """Show the numbers of a map, at once."""
        pixels = value_pixels(self.values[channel], self.role, self.scale, self.theme)
        lit = PixelImage(pixels, self.map_box(channel))
        place = self.submobjects.index(self.maps[channel])
        self.submobjects[place] = self.maps[channel] = lit

    def light_all(self) -> None:
        """Show the numbers of every map."""
        for channel in range(len(self.maps)):
            self.light(channel)

    def lighting(self, **options: Any) -> Animation:
        """Return the animation that lights the maps one after the other."""
        return _Lighting(self, **options)


class _Lighting(Animation):
    """Light map after map, without copying the wall."""

    def __init__(self, wall: MapWall, **options: Any) -> None:
        self.lit = 0
        super().__init__(wall, rate_func=linear, **options)

    def create_starting_mobject(self) -> Mobject:
        return self.mobject

    def interpolate_mobject(self, alpha: float) -> None:
        upto = int(self.rate_func(alpha) * len(self.mobject.maps) + 1e-9)
        for channel in range(self.lit, upto):
            self.mobject.light(channel)
        self.lit = max(self.lit, upto)


def _outline(box: Box) -> list[tuple[float, float]]:
    corners = [(box.left, box.bottom), (box.right, box.bottom), (box.right, box.top), (box.left, box.top)]
    return [*corners, corners[0]]
