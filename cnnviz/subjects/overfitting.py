"""Learning from few examples: a training that goes on for too long, dropout, and what remedies do, as measured."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cnnviz.data.split import digits_split
from cnnviz.engine import dropout
from cnnviz.nn.experiments import Chart, Series, measured
from cnnviz.nn.experiments.overfitting import ASKED, KNOWN, NETWORK
from cnnviz.nn.experiments.trial import built, few
from cnnviz.subjects.experiment import run_of
from cnnviz.subjects.option import Subject
from cnnviz.subjects.sheets import columns_of, square_of

CHANCE, SEEDS = 0.3, (0, 2, 4)
"""Of a number to be dropped, as in the experiment; and the steps that are shown."""
SHOWN = 8
_OTHERS = 3  # digits of each kind, of those not seen


class Overfitting(Subject):
    """What experiment ``overfitting`` found, the digits of its first seed, and dropout on one of them.

    Attributes
    ----------
    digits : array, shape (N, 8, 8)
        All that is learned from, from 0 to 1.
    sheet, others : array
        The same side by side, a column for each kind; and some of the digits that are not seen.
    accuracy : Chart
        On digits not seen, for each remedy.
    known, asked : list of float
        Mean losses along the training, on digits learned from and on others.
    epochs : list of int
        After which epochs these were measured.
    hidden : array
        Some numbers of the hidden layer.
    dropped : list of array
        The same behind dropout, in some steps.
    largest : float
        Of all these.

    Examples
    --------
    >>> Overfitting().digits.shape
    (50, 8, 8)
    """

    run = run_of("overfitting")

    def prepare(self) -> None:
        """Read the numbers, and drop some."""
        result = self.run or measured("overfitting")
        self.seeds = len(result.seeds)
        self.accuracy, _, _, course = result.charts
        self.few, self.more = min(self.accuracy.places), max(self.accuracy.places)
        self.first = result.seeds[0]
        chosen = few(digits_split().train, int(self.few), self.first)
        self.digits = chosen.images[:, 0]
        self.sheet = columns_of(self.digits, int(self.few))
        others = few(digits_split().test, _OTHERS, self.first)
        self.others = columns_of(others.images[:, 0], _OTHERS)
        self.known, self.asked = (_means(course, label) for label in (KNOWN, ASKED))
        self.epochs = [int(place) for place in course.places]
        network = built(NETWORK.format("", ""), self.first)
        hidden = network.forward(chosen.images[:1], True)["relu3"].output[0]
        self.hidden = np.sort(hidden)[::-1][:SHOWN].astype(float)
        self.dropped = [dropout(self.hidden, CHANCE, seed=seed) for seed in SEEDS]
        self.largest = float(np.max(self.dropped))

    def learned(self, size: float) -> NDArray[np.float64]:
        """Return all that the first network learns from, as a square of digits."""
        return square_of(few(digits_split().train, int(size), self.first).images[:, 0])

    @property
    def leader(self) -> dict[float, str]:
        """The remedy with the highest mean, by how many examples there are of each digit."""
        places, series = self.accuracy.places, self.accuracy.series
        return {float(place): max(series, key=lambda each: each.at(place).mean).label for place in places}

    def apart(self, size: float) -> bool:
        """Whether the leader is ahead of doing nothing by more than the spread of either."""
        first, nothing = (series.at(size) for series in (self.accuracy[self.leader[size]], self.accuracy.series[0]))
        return first.mean - nothing.mean > max(first.spread, nothing.spread)

    @property
    def rises(self) -> bool:
        """Whether the loss on digits not seen ends higher than its lowest by more than a twentieth."""
        return self.asked[-1] > 1.05 * self.asked[self.best]

    @property
    def best(self) -> int:
        """Where the loss on digits not seen is lowest, as a place among `epochs`."""
        return int(np.argmin(self.asked))


def _means(chart: Chart, label: str) -> list[float]:
    series: Series = chart[label]
    return [point.mean for point in series.points]
