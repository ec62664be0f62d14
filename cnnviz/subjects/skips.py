"""Deep networks with and without skips and batch norm: what a skip adds, gradients, and errors, as measured."""

from __future__ import annotations

import numpy as np

from cnnviz.data.split import digits_split
from cnnviz.nn.experiments import measured
from cnnviz.nn.experiments.depth import LABELS, SKIP, deep
from cnnviz.nn.experiments.trial import few
from cnnviz.subjects.experiment import run_of
from cnnviz.subjects.number import as_in_cell
from cnnviz.subjects.option import Subject

FIRST = 2
"""The first convolution that is compared: the one before has another count of inputs."""


class Skips(Subject):
    """What experiment ``depth`` found, and one block with a skip of its untrained network.

    Attributes
    ----------
    errors : Chart
        On the examples learned from, for each kind of network, by its count of convolutions.
    depths : tuple of float
        These counts.
    gradients : dict of str to list of float
        Mean sizes of the gradients before training, from convolution `FIRST` on, by the kind of network.
    x, change, y : array, shape (4, 4)
        A map that enters the block, what its two convolutions make of it, both with two decimals, and their sum.

    Examples
    --------
    >>> skips = Skips()
    >>> skips.depths, bool(np.allclose(skips.x + skips.change, skips.y))
    ((3.0, 9.0, 33.0), True)
    """

    run = run_of("depth")

    def prepare(self) -> None:
        """Read the numbers, and let a digit through a block."""
        result = self.run or measured("depth")
        sizes, self.errors = result.charts
        self.depths = tuple(float(place) for place in self.errors.places)
        self.gradients = {label: [point.mean for point in sizes[label].points[FIRST - 1 :]] for label in LABELS}
        network = deep(5, SKIP)
        network.initialize(result.seeds[0])
        digit = few(digits_split().train, 1, result.seeds[0]).images[:1]
        block = network.forward(digit, True)["pair1"]
        channel = int(block.input[0].sum(axis=(1, 2)).argmax())
        maps = (block.input, block.inside[0].output)
        self.x, self.change = (np.array(array[0, channel], dtype=float).round(2) for array in maps)
        self.y = self.x + self.change

    def error(self, label: str, depth: float) -> float:
        """Return the mean error in percent, with one decimal."""
        return round(100 * self.errors[label].at(depth).mean, 1)


def few_digits(size: float) -> str:
    """Write the size of a gradient without powers of ten.

    >>> few_digits(2.03e-5), few_digits(0.1069)
    ('≈ 0.00002', '≈ 0.11')
    """
    return f"≈ {size:.5f}" if 0 < size < 0.001 else as_in_cell(size)
