"""The 256 colors that stand for all the colors of a clip."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cnnviz.render.writers.screen import Words

__all__ = ["Palette", "make_palette"]

Floats = npt.NDArray[np.float32]
Indices = npt.NDArray[np.uint8]

# A color that fills this share of the clip keeps an entry of its own, so that flat areas stay as they were drawn.
_FLAT = 1 / 5000
_ROUNDS = 12
_MANY = 1 << 14
_BLOCK = 1 << 8  # small enough that BLAS takes one thread: several cost more, and then sums depend on how many


@dataclass(frozen=True, slots=True)
class Palette:
    """A few colors, most frequent first, and which of them stands for each color of the clip.

    Attributes
    ----------
    colors
        uint8 (n, 3), red green blue.
    index
        uint8, the entry of each color, in the order the colors were given.
    mse
        Mean squared error per channel over the clip, in squared levels of 0 to 255; 0 where the palette is exact.
    """

    colors: Indices
    index: Indices
    mse: float

    @property
    def psnr(self) -> float:
        """Peak signal to noise ratio over the clip, in dB; infinite where the palette is exact."""
        return math.inf if self.mse == 0 else 10 * math.log10(255**2 / self.mse)


def make_palette(colors: Words, weights: npt.NDArray[np.float64], size: int) -> Palette:
    """Choose at most `size` entries: the colors themselves where they are few enough, else those with least error.

    Weighted k-means on squared error, in the space the pictures are stored and compared in (sRGB). The start is
    deterministic: first the colors of flat areas, which stay exact, then again and again the color served worst so far.

    Parameters
    ----------
    colors
        The clip's distinct colors, ``red | green << 8 | blue << 16``.
    weights
        How much of the clip each fills; 0 is allowed.
    size
        1 to 256.

    Examples
    --------
    >>> black, gray, white = 0x000000, 0x808080, 0xFFFFFF
    >>> few = make_palette(np.array([gray, black], np.uint32), np.array([1.0, 9.0]), 4)
    >>> few.colors.tolist(), few.index.tolist(), few.psnr
    ([[0, 0, 0], [128, 128, 128]], [1, 0], inf)
    >>> many = make_palette(np.array([black, 0x010101, white], np.uint32), np.array([5.0, 0.0001, 5.0]), 2)
    >>> many.colors.tolist(), many.index.tolist()
    ([[0, 0, 0], [255, 255, 255]], [0, 0, 1])
    """
    points = np.stack([colors & 255, colors >> 8 & 255, colors >> 16 & 255], axis=1).astype(np.float32)
    if len(points) <= size:
        centers, index = points, np.arange(len(points))
    else:
        centers = _centers(points, weights, size)
        index = _nearest(points, centers)
    total = np.bincount(index, weights, len(centers))
    order = np.argsort(-total, kind="stable")
    rank = np.empty(len(order), np.uint8)
    rank[order] = np.arange(len(order))
    squares = ((points - centers[index]) ** 2).sum(axis=1, dtype=np.float64)
    mse = float(squares @ weights / max(weights.sum(), 1e-12) / 3) if squares.any() else 0.0
    return Palette(centers[order].astype(np.uint8), rank[index], mse)


def _centers(points: Floats, weights: npt.NDArray[np.float64], size: int) -> Floats:
    """Return whole-numbered centers, at most `size`, by weighted k-means."""
    points, weights = _merged(points, weights + 1e-9)
    flat = points[: min(size // 2, int(np.count_nonzero(weights > _FLAT * weights.sum())))]
    centers = _spread(points, weights, flat, size)
    for _ in range(_ROUNDS):
        index = _nearest(points, centers)
        total = np.bincount(index, weights, len(centers))
        sums = np.stack([np.bincount(index, weights * points[:, c], len(centers)) for c in range(3)], axis=1)
        moved = np.where(total[:, None] > 0, sums / np.maximum(total, 1e-30)[:, None], centers).astype(np.float32)
        moved[: len(flat)] = flat
        if np.abs(moved - centers).max() < 0.25:
            break
        centers = moved
    return np.unique(np.rint(centers), axis=0, return_counts=True)[0]  # without counts, numpy loads its masked arrays


def _merged(points: Floats, weights: npt.NDArray[np.float64]) -> tuple[Floats, npt.NDArray[np.float64]]:
    """Sort colors, heaviest first; of very many, those that are rare and near each other become their mean."""
    order = np.argsort(-weights, kind="stable")
    points, weights = points[order], weights[order]
    if len(points) <= _MANY:
        return points, weights
    rare, rest = points[_MANY // 2 :], weights[_MANY // 2 :]
    cells = (rare.astype(np.int64) >> 3) @ np.array([1, 32, 1024])
    total = np.bincount(cells, rest, 1 << 15)
    means = np.stack([np.bincount(cells, rest * rare[:, c], 1 << 15) for c in range(3)], axis=1)
    used = total > 0
    means = (means[used] / total[used, None]).astype(np.float32)
    return np.concatenate([points[: _MANY // 2], means]), np.concatenate([weights[: _MANY // 2], total[used]])


def _spread(points: Floats, weights: npt.NDArray[np.float64], flat: Floats, size: int) -> Floats:
    """Start from the flat colors and add the color that is served worst, until there are `size`."""
    centers = np.empty((size, 3), np.float32)
    centers[: len(flat)] = flat
    distance = np.full(len(points), np.inf, np.float32)
    if len(flat):
        distance = ((points - flat[_nearest(points, flat)]) ** 2).sum(axis=1)
    pull = np.sqrt(weights)  # its root, or large areas would take every entry
    for slot in range(len(flat), size):
        centers[slot] = points[int(np.argmax(distance * pull))]
        np.minimum(distance, ((points - centers[slot]) ** 2).sum(axis=1), out=distance)
    return centers


def _nearest(points: Floats, centers: Floats) -> npt.NDArray[np.intp]:
    """Return the index of the center nearest to each point, in blocks that fit the cache."""
    half = (centers**2).sum(axis=1) / 2
    blocks = [points[i : i + _BLOCK] for i in range(0, len(points), _BLOCK)]
    return np.concatenate([(half - block @ centers.T).argmin(axis=1) for block in blocks])
