"""Two palette entries in a fixed pattern, where one alone would show steps."""

import numpy as np
import numpy.typing as npt

from cnnviz.render.writers.palette import Indices, Palette
from cnnviz.render.writers.screen import Words
from cnnviz.render.writers.tape import Entry

__all__ = ["BAYER", "Dither"]


def _bayer(order: int) -> npt.NDArray[np.uint8]:
    matrix = np.zeros((1, 1), np.int64)
    for _ in range(order):
        matrix = np.block([[4 * matrix, 4 * matrix + 2], [4 * matrix + 3, 4 * matrix + 1]])
    return matrix.astype(np.uint8)


BAYER = _bayer(3)
"""Thresholds 0 to 63, 8x8, each level spread as evenly as it can be."""

_BLOCK = 2048
_COARSE = 0.2  # how much a pair that lies far apart must gain to be worth its grain


class Dither:
    """Ordered dithering: the same color at the same place always gives the same entry.

    So what stands still in the scene stands still in the GIF, which error diffusion cannot promise. A color that has an
    entry of its own is never mixed.

    Parameters
    ----------
    colors
        The clip's colors, as they were given to `make_palette`.

    References
    ----------
    B. E. Bayer, "An optimum method for two-level rendition of continuous-tone pictures", IEEE ICC 1973.
    """

    def __init__(self, colors: Words, palette: Palette) -> None:
        points = np.stack([colors & 255, colors >> 8 & 255, colors >> 16 & 255], axis=1).astype(np.float32)
        entries = palette.colors.astype(np.float32)
        blocks = [
            _partner(points[i : i + _BLOCK], palette.index[i : i + _BLOCK], entries)
            for i in range(0, len(points), _BLOCK)
        ]
        self._first = palette.index
        self._second = np.concatenate([second for second, _ in blocks])
        self._share = np.concatenate([share for _, share in blocks])

    def mix(self, entry: Entry) -> Indices:
        """Return the palette indices of an entry's changed pixels."""
        ys, xs = np.nonzero(entry.mask)
        thresholds = BAYER[(ys + entry.box[0]) & 7, (xs + entry.box[1]) & 7]
        numbers = entry.numbers
        return np.where(thresholds < self._share[numbers], self._second[numbers], self._first[numbers])


def _partner(
    points: npt.NDArray[np.float32], first: Indices, entries: npt.NDArray[np.float32]
) -> tuple[Indices, npt.NDArray[np.uint8]]:
    """Return for each color the entry to mix with its nearest one, and its share in 64ths, at most half."""
    start = entries[first]
    toward = entries[None] - start[:, None]  # (colors, entries, 3)
    length = (toward**2).sum(axis=2)
    missing = points - start
    along = np.einsum("nc,nec->ne", missing, toward)
    share = np.clip(along / np.maximum(length, 1e-9), 0, 0.5)
    # The squared error that is left, and a price for the grain of the pattern.
    cost = share * (share * length - 2 * along) + _COARSE * share * (1 - share) * length
    second = cost.argmin(axis=1)
    rows = np.arange(len(points))
    found = np.where(cost[rows, second] < 0, share[rows, second], 0)
    return second.astype(np.uint8), np.rint(64 * found).astype(np.uint8)
