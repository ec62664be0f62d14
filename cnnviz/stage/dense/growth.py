"""How the weights of a dense layer grow with the picture, and those of a convolution do not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cnnviz import _checks
from cnnviz.data import load_image
from cnnviz.engine import avg_pool2d, parameter_count
from cnnviz.errors import OptionError

DOUBLINGS = 3
SMALLEST_SIDE, LARGEST_SIDE = 32, 512
MOST_UNITS = 4096


@dataclass(frozen=True)
class GrowthRow:
    """One size of the picture: its pixels (3, side, side), and the parameters of either layer on it."""

    pixels: NDArray[np.floating]
    dense: int
    convolution: int

    @property
    def side(self) -> int:
        """Pixels along one side."""
        return int(self.pixels.shape[-1])

    @property
    def values(self) -> int:
        """Numbers in the picture."""
        return self.pixels.size


@dataclass(frozen=True)
class DenseGrowth:
    """A color picture at four sizes, each twice the one before.

    Examples
    --------
    >>> growth = DenseGrowth.from_options()
    >>> [row.side for row in growth.rows], [row.dense for row in growth.rows]
    ([28, 56, 112, 224], [1204736, 4817408, 19268096, 77070848])
    """

    rows: tuple[GrowthRow, ...]
    peak: float
    units: int
    filters: int

    @classmethod
    def from_options(
        cls, image: str | Path = "photo:grace_hopper", side: int = 224, units: int = 512, filters: int = 64
    ) -> DenseGrowth:
        """Load the picture, cut its middle square and halve it three times.

        Parameters
        ----------
        image : str or Path
            A built-in name or an image file.
        side : int
            Pixels of the largest square, 32 to 512, a multiple of 8.
        units : int
            Neurons of the dense layer, 1 to 4096.
        filters : int
            Filters of the 3 x 3 convolution, 1 to 4096.

        Raises
        ------
        InputError, OptionError
            With one line that says what was expected.
        """
        who = "dense layers"
        side = _checks.integer(who, "side", side, SMALLEST_SIDE, LARGEST_SIDE)
        units = _checks.integer(who, "units", units, 1, MOST_UNITS)
        filters = _checks.integer(who, "filters", filters, 1, MOST_UNITS)
        if side % 2**DOUBLINGS:
            raise OptionError(
                f"{who}: expected side as a multiple of {2**DOUBLINGS}, got {side}; it is halved three times"
            )
        pixels, peak = _square(image, side)
        sizes = [pixels]
        for _ in range(DOUBLINGS):
            sizes.append(avg_pool2d(sizes[-1][None], 2)[0])
        rows = tuple(
            GrowthRow(size, parameter_count(size.size, units), parameter_count(3, filters, 3)) for size in sizes[::-1]
        )
        return cls(rows, peak, units, filters)


def _square(image: str | Path, side: int) -> tuple[NDArray[np.floating], float]:
    whole = load_image(image, channels="rgb")
    rows, columns = whole.values.shape[1:]
    size = max(side, round(side * rows / columns)), max(side, round(side * columns / rows))
    picture = load_image(image, size=size, channels="rgb")
    top, left = ((length - side) // 2 for length in picture.values.shape[1:])
    return picture.values[:, top : top + side, left : left + side], picture.peak
