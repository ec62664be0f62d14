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
from cnnviz.subjects.sheets import columns_of

CHANCE, SEEDS = 0.3, (0, 2, 4)
"""Of a number to be dropped, as in the experiment; and the steps that are shown."""
MANY = 10_000
"""Steps whose sums are averaged."""
SHOWN = 6
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
        Some numbers of the hidden layer, in hundredths: those that are written are those that are computed with.
    dropped : list of array
        The same behind dropout, in some steps, in hundredths, too.
    largest : float
        Of all these.
    average : float
        The mean over `MANY` steps of the sum of what dropout leaves.

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
        self.hidden = np.sort(hidden)[::-1][:SHOWN].astype(float).round(2)
        self.dropped = [dropout(self.hidden, CHANCE, seed=seed).round(2) for seed in SEEDS]
        self.largest = float(np.max(self.dropped))
        self.average = float(dropout(np.tile(self.hidden, (MANY, 1)), CHANCE, seed=0).sum(axis=1).mean())

    def learned(self, size: float) -> NDArray[np.float64]:
        """Return all that the first network learns from, a column for each kind."""
        return columns_of(few(digits_split().train, int(size), self.first).images[:, 0], int(size))

    def better(self, size: float) -> tuple[str, ...]:
        """Name the remedies that are ahead of doing nothing by more than the spread of either."""
        return self.accuracy.gains(size, self.accuracy.series[0].label)

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
