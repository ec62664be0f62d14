"""Digits that move: one that walks away from where a dense network learned it, and what was measured on many."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.data import placed, scattered_split
from cnnviz.data.split import digits_split
from cnnviz.engine import softmax
from cnnviz.nn.experiments import Chart, measured
from cnnviz.nn.experiments.moving import MLP, NETWORKS, REACHES
from cnnviz.nn.experiments.trial import built, train
from cnnviz.nn.sequential import Sequential
from cnnviz.subjects.experiment import run_of
from cnnviz.subjects.kinds import Integer
from cnnviz.subjects.option import Option, Subject

SIDE, FARTHEST = 16, 4
"""Of the canvas, and cells that a digit in the middle can walk until it meets the border."""
EPOCHS, HOPS = 12, 6
Numbers = NDArray[Any]


@dataclass(frozen=True)
class Walked:
    """The digit so many cells down and right, the shares of the ten answers, and the largest of them.

    Attributes
    ----------
    inside : float
        The share of its ink that lies where digits had ink when the network learned.
    """

    by: int
    ink: Numbers
    shares: Numbers
    answer: int
    inside: float


class Moving(Subject):
    """A digit that walks, a dense network that learned digits in the middle, and what experiment ``moving`` found.

    Attributes
    ----------
    walk : list of Walked
        From the middle to the border.
    frame : (int, int, int, int)
        Row, column, rows and columns of the cells where digits had ink when the network learned.
    close, apart : Chart
        What was measured: networks that learned from digits in the middle alone, by how far others are shifted; and
        from digits that move as those do which they are asked about; without those that do not move.

    Examples
    --------
    >>> subject = Moving()
    >>> [walked.answer == subject.digit for walked in subject.walk[:2]], subject.frame
    ([True, False], (4, 4, 8, 8))
    >>> subject.percent(subject.apart, "CNN, pooled", "anywhere")
    95.4
    """

    digit = Option(Integer(0, 9), 7, "The digit that walks: the first of its kind that is read right in the middle.")
    run = run_of("moving")

    def prepare(self) -> None:
        """Let a network learn, and move a digit before it."""
        network, test = _dense(), digits_split().test
        wanted = np.flatnonzero(test.labels == self.digit)
        middle = placed(test.take(wanted), SIDE, reach=0).images
        right = network.forward(middle).argmax(axis=1) == self.digit
        chosen = middle[int(right.argmax())][None]
        used = scattered_split(SIDE, reach=0).train.images.max(axis=(0, 1)) > 0
        rows, columns = (np.flatnonzero(used.any(axis=axis)) for axis in (1, 0))
        self.frame = tuple(int(n) for n in (rows[0], columns[0], np.ptp(rows) + 1, np.ptp(columns) + 1))
        self.walk = [self._walked(network, chosen, used, by) for by in range(FARTHEST + 1)]
        result = self.run or measured("moving")
        apart, self.close = result.charts
        self.apart = _moved(apart)
        self.seeds, self.setting = len(result.seeds), result.setting

    @staticmethod
    def _walked(network: Sequential, middle: Numbers, used: Numbers, by: int) -> Walked:
        ink = np.roll(middle, (by, by), (2, 3))
        shares = softmax(network.forward(ink))[0]
        return Walked(by, ink[0, 0], shares, int(shares.argmax()), float(ink[0, 0][used].sum() / ink.sum()))

    def walked(self, by: int) -> Walked:
        """Return the digit so many cells on, at the border at most."""
        return self.walk[min(by, FARTHEST)]

    def hops(self, place: str | float) -> list[Numbers]:
        """Return digits as they are placed for a name of how far they move; in the middle for one that is unknown."""
        digits = digits_split().test.take(slice(HOPS))
        return list(placed(digits, SIDE, reach=REACHES.get(str(place), 0)).images[:, 0])

    @staticmethod
    def along(chart: Chart) -> list[int]:
        """Return how many cells aside each place of a chart is, at most; of places that have no such name, its number.

        >>> subject = Moving()
        >>> subject.along(subject.close), subject.along(subject.apart)
        ([0, 1, 2, 3, 4], [2, 4])
        """
        places = chart.places
        if all(isinstance(place, float) for place in places):
            return [int(place) for place in places]
        known = [REACHES.get(str(place)) for place in places]
        return [far for far in known if far is not None] if None not in known else list(range(len(places)))

    @staticmethod
    def percent(chart: Chart, network: str, place: str | float) -> float:
        """Return the mean accuracy in percent, with one decimal."""
        return round(100 * chart[network].at(place).mean, 1)


def _moved(chart: Chart) -> Chart:
    """Leave out digits in the middle, which the other chart has already, if there are others."""
    kept = [place for place in chart.places if REACHES.get(str(place)) != 0] or list(chart.places)
    return replace(chart, series=tuple(replace(each, points=tuple(map(each.at, kept))) for each in chart.series))


@cache
def _dense() -> Sequential:
    """Train the dense network of the experiment on digits in the middle, with its first seed."""
    network = built(NETWORKS[MLP], 0)
    train(network, scattered_split(SIDE, reach=0, seed=0), 0, epochs=EPOCHS)
    return network
