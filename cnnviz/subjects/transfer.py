"""Transfer: what filters learned on some digits are worth for others, as measured."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from cnnviz.data.split import digits_split
from cnnviz.nn.experiments import measured
from cnnviz.nn.experiments.transfer import BEFORE, FROZEN, NETWORK, RANDOM, SCRATCH, TUNED, examples, taught
from cnnviz.nn.experiments.trial import built, few
from cnnviz.subjects.experiment import run_of
from cnnviz.subjects.option import Subject
from cnnviz.subjects.sheets import apart, columns_of, square_of, tiled

_ROWS = 4
_ACROSS, _SIDES = 8, (4, 4)  # maps of the last layer in a row of its sheet, and their size

Sheets = tuple[NDArray[np.float64], ...]
"""Both convolutions and the last layer."""


class Transfer(Subject):
    """What experiment ``transfer`` found, and how much of its network learns in each of four ways.

    Attributes
    ----------
    before, after : array
        Some digits from 0 to 4 and from 5 to 9 side by side, from 0 to 1.
    accuracy : Chart
        On digits from 5 to 9 not seen, for each way.
    sizes : tuple of float
        Examples of each digit.
    filters, head : int
        Parameters of the convolutions, and of the last layer.
    digit : array, shape (8, 8)
        One from 5 to 9.

    Examples
    --------
    >>> transfer = Transfer()
    >>> transfer.filters, transfer.head, transfer.sizes
    (1248, 1285, (5.0, 10.0, 50.0))
    """

    run = run_of("transfer")

    def prepare(self) -> None:
        """Read the numbers, and count."""
        result = self.run or measured("transfer")
        (self.accuracy,) = result.charts
        self.sizes = tuple(float(place) for place in self.accuracy.places)
        self.seeds = len(result.seeds)
        chosen = few(digits_split().train, _ROWS, 0).images[:, 0]
        self.before, self.after = columns_of(chosen[: 5 * _ROWS], _ROWS), columns_of(chosen[5 * _ROWS :], _ROWS)
        self.digit = chosen[5 * _ROWS]
        counts = {name: int(np.prod(array.shape)) for name, array in built(NETWORK, 0).parameters().items()}
        self.filters = sum(count for name, count in counts.items() if name.startswith("conv"))
        self.head = sum(counts.values()) - self.filters

    def trained(self, way: str) -> NDArray[np.float64]:
        """Count what learns in a way: of the filters, and of the last layer."""
        return np.array([[0.0 if way in (FROZEN, RANDOM) else self.filters, self.head]])

    def weights(self, way: str) -> Sheets:
        """Return what a way begins with: two convolutions, filter beside filter, and the last layer, always new."""
        first, second, last = _sheets(0, 0)
        return (*_sheets(0, BEFORE)[:2], last) if way in (FROZEN, TUNED) else (first, second, last)

    def asked(self, size: float) -> NDArray[np.float64]:
        """Return all that the first network learns from, as a square of digits."""
        return square_of(examples(int(size), 0).images[:, 0])

    def percent(self, way: str, size: float) -> float:
        """Return the mean accuracy in percent, with one decimal."""
        return round(100 * self.accuracy[way].at(size).mean, 1)

    def differ(self, size: float) -> bool:
        """Whether kept filters, learned or not, are apart by more than the spread of either."""
        learned, new = (self.accuracy[way].at(size) for way in (FROZEN, RANDOM))
        return learned.beyond(new) or new.beyond(learned)

    @property
    def wins(self) -> int:
        """Count the sizes at which going on from learned filters beats starting anew by more than the spread."""
        return sum(TUNED in self.accuracy.gains(size, SCRATCH) for size in self.sizes)


@cache
def _sheets(seed: int, epochs: int) -> Sheets:
    """Return the weights of a network that learned 0 to 4 for so many epochs, or nothing at all."""
    network = taught(seed, epochs) if epochs else built(NETWORK, seed)
    named = network.parameters().items()
    first, second, last = (np.asarray(each.values) for name, each in named if name.endswith("weight"))
    parts = last.reshape(len(last), -1, _ACROSS, *_SIDES)
    return apart(first.reshape(-1, 2, 3, 3)), apart(second), np.vstack([*map(tiled, parts)])
