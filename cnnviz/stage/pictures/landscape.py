"""A surface of losses, seen from above its valley: hills and floor as they are, and where every point of it stands."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import cos, radians, sin
from typing import Any

import numpy as np
from manim import RESAMPLING_ALGORITHMS, ImageMobject
from numpy.typing import NDArray

from cnnviz.stage.color import rgb
from cnnviz.stage.language import Template
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import Point
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.theme import Theme, at_hand

YAW, PITCH = radians(40.0), radians(23.0)  # the eye looks along both axes, from where they begin, and down
RIM = 3.5  # losses above it are not drawn
_LEVEL, _LINE, _FULL = 0.25, 0.35, 3.0  # from contour to contour; how strong they are; the loss of the strongest fill
_FINE, _PIXELS = 1700, 1300  # samples along each axis, pixels across
_LIGHT, _DIM, _BRIGHT = (0.19, -0.49, 0.85), 0.55, 0.6  # where light comes from; in its shadow; and what it adds
Floats = NDArray[np.float32]


class Landscape(Slot):
    """Losses over two axes as a landscape, as large as its box allows.

    Parameters
    ----------
    losses : array, shape (n, n)
        Row by row from the upper end of the second axis.
    reach : (float, float)
        The ends of both axes.
    width, height : float
        Room in units, without the title; the landscape keeps its form.
    """

    def __init__(
        self, losses: Floats, reach: tuple[float, float], width: float, height: float, title: Template, detail: str = ""
    ) -> None:
        self.losses, self.reach = losses[::-1], reach
        x, y, z = _fine(self.losses.tobytes(), len(losses), reach)
        across, up = _laid(x, y, z)
        seen = z <= RIM
        self.low = float(across[seen].min()), float(up[seen].min())
        high = float(across[seen].max()), float(up[seen].max())
        self.wide, self.high = high[0] - self.low[0], high[1] - self.low[1]
        self.unit = min(width / self.wide, height / self.high)
        super().__init__(self.unit * self.wide, self.unit * self.high, title, detail=detail, role="gradient")

    def draw(self, cell: float) -> None:
        """Paint it."""
        super().draw(cell)
        pixels = _painted(self.losses.tobytes(), len(self.losses), self.reach, at_hand())
        self.relief: Relief = self.put(Relief(pixels, self.box))

    def spot(self, x: float, y: float, loss: float) -> Point:
        """Return where a point of it is in the frame."""
        across, up = _laid(x, y, loss)
        return self.box.left + (across - self.low[0]) * self.unit, self.box.bottom + (up - self.low[1]) * self.unit

    def spots(self, way: Iterable[tuple[float, float, float]]) -> tuple[list[Point], bool]:
        """Return where the points of a way are, and whether it ends above the box, where it leaves it."""
        spots: list[Point] = []
        for x, y in (self.spot(*point) for point in way):
            if y > self.box.top and spots:
                left, low = spots[-1]
                share = (self.box.top - low) / (y - low)
                return [*spots, (left + share * (x - left), self.box.top)], True
            spots.append((x, y))
        return spots, False


class Relief(ImageMobject):
    """A picture with soft edges in a box."""

    def __init__(self, pixels: NDArray[np.uint8], box: Box) -> None:
        super().__init__(pixels, scale_to_resolution=0)
        self.set_resampling_algorithm(RESAMPLING_ALGORITHMS["linear"])
        self.stretch_to_fit_width(box.width).stretch_to_fit_height(box.height).move_to((*box.center, 0))


def _laid(x: Any, y: Any, z: Any) -> tuple[Any, Any]:
    """Return how far right and how far up a point of space is seen, or many of them."""
    far = x * sin(YAW) + y * cos(YAW)
    return x * cos(YAW) - y * sin(YAW), far * sin(PITCH) + z * cos(PITCH)


@lru_cache(maxsize=2)
def _fine(losses: bytes, count: int, reach: tuple[float, float]) -> tuple[Floats, Floats, Floats]:
    """Return both axes, as a row and as a column, and the losses between the samples, along cubic curves."""
    values = np.frombuffer(losses, dtype=np.float32).reshape(count, count)
    ends = np.linspace(*reach, _FINE, dtype=np.float32)
    return ends[None, :], ends[:, None], _between(_between(values).T).T


def _between(values: Floats) -> Floats:
    at = np.linspace(0, len(values) - 1, _FINE)
    before = np.minimum(at.astype(int), len(values) - 2)
    share = (at - before).astype(np.float32)[:, None]
    padded = np.concatenate([2 * values[:1] - values[1:2], values, 2 * values[-1:] - values[-2:-1]])
    a, b, c, d = (padded[before + i] for i in range(4))
    smooth = b + 0.5 * share * (c - a + share * (2 * a - 5 * b + 4 * c - d + share * (3 * (b - c) + d - a)))
    return np.asarray(smooth, dtype=np.float32)


@lru_cache(maxsize=2)
def _painted(losses: bytes, count: int, reach: tuple[float, float], theme: Theme) -> NDArray[np.uint8]:
    """Paint the landscape from its far end to its near one, so that what is near covers what is behind."""
    x, y, z = _fine(losses, count, reach)
    steep = np.gradient(z, float(x[0, 1] - x[0, 0]))
    across, up = _laid(x, y, z)
    seen = z <= RIM
    scale = (_PIXELS - 1) / (across[seen].max() - across[seen].min())
    column, row = (across - across[seen].min()) * scale, (up[seen].max() - up) * scale
    slope = np.hypot(*steep)
    light = (_LIGHT[2] - _LIGHT[0] * steep[1] - _LIGHT[1] * steep[0]) / np.sqrt(1 + slope**2)
    fills = np.array([rgb(theme.fill("gradient", i / 255)) for i in range(256)], dtype=np.float32)
    inks = fills[np.clip(z / _FULL * 255, 0, 255).astype(int)]
    inks = np.clip(inks * (_DIM + _BRIGHT * np.clip(light, 0, 1))[..., None], 0, 255)
    from_line = np.abs(z / _LEVEL - np.round(z / _LEVEL)) * _LEVEL / (slope + 1e-6) * scale
    edge = np.minimum(np.minimum(x - x.min(), x.max() - x), np.minimum(y - y.min(), y.max() - y)) * scale
    lines = _LINE * np.clip(1.6 - np.minimum(from_line, edge), 0, 1)[..., None]
    inks = inks * (1 - lines) + np.array(rgb(theme.text), dtype=np.float32) * lines
    pixels = np.zeros((int(row[seen].max()) + 1, _PIXELS, 4), dtype=np.uint8)
    order = np.flatnonzero(seen)[::-1]
    places = row.ravel()[order].astype(int), column.ravel()[order].astype(int)
    pixels[(*places, slice(3))] = inks.reshape(-1, 3)[order]
    pixels[(*places, 3)] = 255
    return pixels
