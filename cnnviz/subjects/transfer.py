"""Transfer: what filters learned on some digits are worth for others, as measured."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cnnviz.data.split import digits_split
from cnnviz.nn.experiments import measured
from cnnviz.nn.experiments.transfer import FROZEN, NETWORK, RANDOM, SCRATCH, TUNED
from cnnviz.nn.experiments.trial import built, few
from cnnviz.subjects.experiment import run_of
from cnnviz.subjects.option import Subject

_ROWS = 3


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
        self.before, self.after = _sheet(chosen[: 5 * _ROWS]), _sheet(chosen[5 * _ROWS :])
        counts = {name: int(np.prod(array.shape)) for name, array in built(NETWORK, 0).parameters().items()}
        self.filters = sum(count for name, count in counts.items() if name.startswith("conv"))
        self.head = sum(counts.values()) - self.filters

    def trained(self, way: str) -> NDArray[np.float64]:
        """Count what learns in a way: of the filters, and of the last layer."""
        return np.array([[0.0 if way in (FROZEN, RANDOM) else self.filters, self.head]])

    def percent(self, way: str, size: float) -> float:
        """Return the mean accuracy in percent, with one decimal."""
        return round(100 * self.accuracy[way].at(size).mean, 1)

    def leader(self, size: float) -> str:
        """Name the way with the highest mean."""
        return max(self.accuracy.series, key=lambda each: each.at(size).mean).label

    @property
    def wins(self) -> int:
        """Count the sizes at which going on from learned filters is better than starting anew."""
        tuned, scratch = (self.accuracy[way] for way in (TUNED, SCRATCH))
        return sum(tuned.at(size).mean > scratch.at(size).mean for size in self.sizes)


def _sheet(digits: NDArray[np.floating]) -> NDArray[np.floating]:
    """Set digits side by side, a column for each kind."""
    return np.hstack([np.vstack([*digits[i : i + _ROWS]]) for i in range(0, len(digits), _ROWS)])
