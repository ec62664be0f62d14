"""How the weights of a dense layer grow with the picture, and those of a convolution do not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnnviz.engine import avg_pool2d, parameter_count
from cnnviz.errors import OptionError
from cnnviz.subjects.kinds import Integer
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import PictureKind, Source, loaded

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

    @property
    def times(self) -> int:
        """How many times as many parameters the dense layer has as the convolution, rounded."""
        return round(self.dense / self.convolution)


class DenseGrowth(Subject):
    """A color picture at four sizes, each twice the one before, after a small digit to begin with.

    Examples
    --------
    >>> growth = DenseGrowth()
    >>> [row.side for row in growth.rows], [row.dense for row in growth.rows]
    ([28, 56, 112, 224], [1204736, 4817408, 19268096, 77070848])
    """

    image = Option(PictureKind(), "photo:grace_hopper", "The picture whose middle square is halved three times.")
    side = Option(Integer(SMALLEST_SIDE, LARGEST_SIDE), 224, "Pixels of the largest square, a multiple of 8.")
    units = Option(Integer(1, MOST_UNITS), 512, "Neurons of the dense layer.")
    filters = Option(Integer(1, MOST_UNITS), 64, "Filters of the 3 x 3 convolution.")
    digit = Option(PictureKind(), "digit:3", "The picture of 8 x 8 pixels that comes first.")

    def prepare(self) -> None:
        """Load both, cut the middle square of the picture and halve it three times."""
        if self.side % 2**DOUBLINGS:
            raise OptionError(f"side: expected a multiple of {2**DOUBLINGS}, got {self.side}; it is halved three times")
        self.small = loaded(self.digit, size=8)
        pixels, self.peak = _square(self.image, self.side)
        sizes = [pixels]
        for _ in range(DOUBLINGS):
            sizes.append(avg_pool2d(sizes[-1][None], 2)[0])
        self.rows = tuple(
            GrowthRow(size, parameter_count(size.size, self.units), parameter_count(3, self.filters, 3))
            for size in sizes[::-1]
        )


def _square(image: Source, side: int) -> tuple[NDArray[np.floating], float]:
    whole = loaded(image, channels="rgb")
    rows, columns = whole.values.shape[1:]
    size = max(side, round(side * rows / columns)), max(side, round(side * columns / rows))
    picture = loaded(image, size=size, channels="rgb")
    top, left = ((length - side) // 2 for length in picture.values.shape[1:])
    return picture.values[:, top : top + side, left : left + side], picture.peak
