"""The parameters of a convolution: its filters one by one, and the formula with the numbers put in."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.data import Picture
from cnnviz.engine import parameter_count
from cnnviz.subjects.kinds import Integer
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import loaded

SIDES = 16, 64  # of pictures that the layer could read
COLORS = 3  # channels of a color picture


class Parameters(Subject):
    """A layer of some filters, its weights drawn as they are before it learns, and its counts.

    Examples
    --------
    >>> s = Parameters()
    >>> s.weight.shape, s.each, s.one, s.total
    ((64, 3, 3, 3), 27, 28, 1792)
    """

    filters = Option(Integer(2, 96), 64, "Filters of the layer.")
    kernel = Option(Integer(1, 5), 3, "Rows and columns of each slice.")
    channels = Option(Integer(1, 4), 3, "Channels that the layer reads: 3 for color.")
    seed = Option(Integer(), 0, "Of the weights.")

    def prepare(self) -> None:
        """Draw weights, and count."""
        self.each = self.channels * self.kernel**2
        shape = self.filters, self.channels, self.kernel, self.kernel
        spread = np.sqrt(2 / self.each)
        self.weight = np.random.default_rng(self.seed).normal(0.0, spread, shape).round(1)
        self.one = parameter_count(self.channels, 1, self.kernel)
        self.total = parameter_count(self.channels, self.filters, self.kernel)

    @property
    def pictures(self) -> list[Picture]:
        """One picture in both sizes, in color where the layer reads three channels."""
        return [loaded("photo:flower", size=(n, n), channels="rgb" if self.in_color else "gray") for n in SIDES]

    @property
    def in_color(self) -> bool:
        """Whether the slices of a filter are those of a color picture."""
        return self.channels == COLORS

    @property
    def squares(self) -> NDArray[Any]:
        """Each filter as a small color picture, (filters, 3, rows, columns); 1 is the largest weight there is."""
        squares: NDArray[Any] = self.weight / (2 * (abs(self.weight).max() or 1.0)) + 0.5
        return squares

    @property
    def sheets(self) -> NDArray[Any]:
        """Each filter as one matrix, its slices side by side: (filters, rows, channels x columns)."""
        return self.weight.transpose(0, 2, 1, 3).reshape(self.filters, self.kernel, -1)

    @property
    def bias(self) -> NDArray[Any]:
        """The bias of a filter, (1, 1), which begins at 0."""
        return np.zeros((1, 1))
