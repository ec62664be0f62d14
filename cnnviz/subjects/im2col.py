"""A convolution as one matrix product: windows become columns, kernels become rows."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.engine.trace import trace_conv
from cnnviz.errors import OptionError
from cnnviz.subjects.convolution import Convolution
from cnnviz.subjects.depth import Depth
from cnnviz.subjects.option import Subject
from cnnviz.subjects.picture import subject_picture

USUAL, MOST, MOST_FILTERS, MOST_WEIGHTS = 6, 49, 3, 9
# 25 different numbers, so that each can be followed into the columns; so are the results.
PIXELS = "6,9,3,19,14; 24,21,16,8,2; 22,17,11,12,10; 15,18,13,5,4; 23,7,1,0,20"


class Im2col(Subject):
    """A small picture, its windows as the columns of a matrix, and kernels as the rows of another.

    Examples
    --------
    >>> subject = Im2col()
    >>> subject.columns.shape, subject.rows.shape, subject.products.shape
    ((9, 9), (2, 9), (2, 9))
    >>> subject.products[0, :3].tolist(), subject.copies(subject.favorite)
    ([22.0, 8.0, 4.0], 9)
    """

    image = Convolution.image.but(PIXELS)
    filters = Depth.filters.but("edge-x|sharpen", "At most 3 kernels of one shape, with | between.")
    stride = Convolution.stride
    padding = Convolution.padding

    def prepare(self) -> None:
        """Load, check and trace."""
        self.picture = subject_picture(self.image, None, usual=USUAL)
        weight = np.stack([one.values for one in self.filters])[:, None]
        if len(weight) > MOST_FILTERS or weight[0].size > MOST_WEIGHTS:
            raise OptionError(
                f"filters: expected at most {MOST_FILTERS} kernels of {MOST_WEIGHTS} weights, whose rows can be read, "
                f"got {len(weight)} of {weight[0].size}"
            )
        self.trace = trace_conv(self.picture.values[None], weight, stride=self.stride, padding=self.padding)
        self.maps: NDArray[Any] = self.trace.fold()
        self.count = int(self.maps[0].size)
        if self.count > MOST:
            raise OptionError(
                f"image: expected a picture with at most {MOST} windows, each a column, got {self.count}; "
                "pass a smaller one or a larger stride"
            )

    @property
    def columns(self) -> NDArray[Any]:
        """The values under each window, (weights, windows)."""
        return np.stack([step.values.ravel() for step in self.trace[: self.count]], axis=1)

    @property
    def rows(self) -> NDArray[Any]:
        """The kernels, (filters, weights)."""
        return self.trace.weight.reshape(len(self.filters), -1)

    @property
    def products(self) -> NDArray[Any]:
        """The rows times the columns, (filters, windows): the maps, each in one line."""
        return self.maps.reshape(len(self.filters), -1)

    @property
    def sources(self) -> list[list[tuple[int, int]]]:
        """The cell of the padded picture that each number of a column comes from, column by column."""
        rows, columns = self.trace.weight.shape[2:]
        origins = [step.padded_origin for step in self.trace[: self.count]]
        return [[(top + i, left + j) for i in range(rows) for j in range(columns)] for top, left in origins]

    def copies(self, cell: tuple[int, int]) -> int:
        """Count how often a cell stands among the columns."""
        return len(self.places(cell))

    def places(self, cell: tuple[int, int]) -> list[tuple[int, int]]:
        """List where a cell stands among the columns."""
        return [(row, p) for p, cells in enumerate(self.sources) for row, one in enumerate(cells) if one == cell]

    @property
    def favorite(self) -> tuple[int, int]:
        """The cell that is copied most often, the middle one of them."""
        found = [cell for cells in self.sources for cell in cells]
        most = max(map(found.count, set(found)))
        among = sorted(cell for cell in set(found) if found.count(cell) == most)
        return among[len(among) // 2]
