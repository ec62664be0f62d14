"""Learning from few examples: a training that goes on for too long, dropout, and what remedies do, as measured."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from cnnviz.data.split import digits_split
from cnnviz.engine import dropout
from cnnviz.nn.experiments import Chart, Series, measured
from cnnviz.nn.experiments.overfitting import ASKED, DECAY, KNOWN, MOVE, NETWORK, NOTHING, taught
from cnnviz.nn.experiments.trial import built, few
from cnnviz.nn.sequential import Sequential
from cnnviz.subjects.experiment import run_of
from cnnviz.subjects.option import Subject

CHANCE, SEEDS = 0.3, (0, 2, 4)
"""Of a number to be dropped, as in the experiment; and the steps that are shown."""
MANY = 10_000
"""Steps whose sums are averaged."""
SHOWN = 6
Answers = tuple[NDArray[np.bool_], NDArray[np.bool_]]


class Overfitting(Subject):
    """What experiment ``overfitting`` found, the digits of its first seed, and dropout on one of them.

    Attributes
    ----------
    digits, moved : array, shape (N, 8, 8)
        All that is learned from, from 0 to 1; and the same moved by chance.
    unseen : array
        As many of the digits that are not seen.
    filter : array, shape (3, 3)
        One of a network that learned from them under weight decay.
    accuracy : Chart
        On digits not seen, for each remedy.
    right : list of (array, array)
        Which of these and which of the others the first network, without a remedy, reads right, at each of `epochs`.
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
        self.moved = MOVE(chosen.images, np.random.default_rng(self.first))[:, 0]
        others = few(digits_split().test, int(self.few), self.first)
        self.unseen = others.images[:, 0]
        self.known, self.asked = (_means(course, label) for label in (KNOWN, ASKED))
        self.epochs = [int(place) for place in course.places]
        self.right, _ = _watched(NOTHING, int(self.few), self.first, (*self.epochs,))
        self.filter = _watched(DECAY, int(self.few), self.first, (*self.epochs,))[1]
        network = built(NETWORK.format("", ""), self.first)
        hidden = network.forward(chosen.images[:1], True)["relu3"].output[0]
        self.hidden = np.sort(hidden)[::-1][:SHOWN].astype(float).round(2)
        self.dropped = [dropout(self.hidden, CHANCE, seed=seed).round(2) for seed in SEEDS]
        self.largest = float(np.max(self.dropped))
        self.average = float(dropout(np.tile(self.hidden, (MANY, 1)), CHANCE, seed=0).sum(axis=1).mean())

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


@cache
def _watched(label: str, size: int, seed: int, epochs: tuple[int, ...]) -> tuple[list[Answers], NDArray[np.float64]]:
    """Return what a network reads right of what it learns from and of others after each epoch, and its first filter."""
    split = digits_split()
    parts = few(split.train, size, seed), few(split.test, size, seed)
    right: list[Answers] = []

    def look(number: int, network: Sequential) -> None:
        if number in epochs:
            known, asked = (network.forward(part.images).argmax(axis=1) == part.labels for part in parts)
            right.append((known, asked))

    network = taught(label, parts[0], seed, epochs[-1], look)
    return right, np.asarray(network.parameters()["conv1.weight"].values)[0, 0].astype(float)
