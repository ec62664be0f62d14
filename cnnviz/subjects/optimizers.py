"""Optimizers: ways down a true plane of losses, and what each reaches in the whole network, as measured."""

from __future__ import annotations

import numpy as np

from cnnviz.nn.experiments import Point, measured
from cnnviz.nn.experiments.optimizers import LABELS, NO_LEARNING
from cnnviz.subjects.experiment import run_of
from cnnviz.subjects.number import cell_text
from cnnviz.subjects.option import Subject
from cnnviz.subjects.plane import REACH, SIDE, recorded

_EVEN = 1e-3  # from here on a rate is written without a power


class Optimizers(Subject):
    """The recorded plane, and the losses of experiment ``optimizers`` by learning rate.

    Attributes
    ----------
    plane : Plane
        Losses on a plane of weights, and ways down.
    rates : tuple of float
        Learning rates in the experiment.
    head : array, shape (1, rates)
        The same.
    texts : list of str
        How they are written.
    chart : Chart
        The losses with every seed.
    losses : array, shape (optimizers, rates)
        Mean training losses behind its last epoch.

    Examples
    --------
    >>> optimizers = Optimizers()
    >>> optimizers.losses.shape, optimizers.ranking[0]
    ((4, 7), 'Nesterov 0.9')
    """

    run = run_of("optimizers")

    def prepare(self) -> None:
        """Read what was recorded and measured."""
        result = self.run or measured("optimizers")
        self.chart = chart = result.charts[0]
        self.plane = recorded()
        self.rates = tuple(float(place) for place in chart.places)
        self.head = np.array([self.rates])
        self.texts = [f"{rate:g}" if _EVEN <= rate < 1 / _EVEN else cell_text(rate) for rate in self.rates]
        self.losses = np.array([[point.mean for point in chart[label].points] for label in LABELS])

    def cells(self, way: str) -> list[tuple[float, float]]:
        """Return the points of a way as (row, column) of the plane's picture; whole numbers are middles of cells."""
        low, high = REACH
        places = (self.plane.way(way)[:, :2] - low) / (high - low) * (SIDE - 1)
        return [(SIDE - 1 - up, across) for across, up in places.tolist()]

    def best(self, label: str) -> int:
        """Return the place of an optimizer's best rate."""
        return int(self.losses[list(LABELS).index(label)].argmin())

    @property
    def ranking(self) -> list[str]:
        """Name the optimizers from the lowest loss to the highest, each at its best rate."""
        return sorted(LABELS, key=lambda label: self.best_point(label).mean)

    def best_point(self, label: str) -> Point:
        """Return what an optimizer reaches at its best rate."""
        return self.chart[label].points[self.best(label)]

    @property
    def ahead(self) -> int:
        """How many of the ranking, at least, are each lower than all others by more than the spread of either."""
        points = [self.best_point(label) for label in self.ranking]
        counts = range(1, len(points) + 1)
        return next(n for n in counts if all(behind.beyond(one) for one in points[:n] for behind in points[n:]))

    @property
    def failed(self) -> bool:
        """Whether the largest rate is too large for all: no better than guessing."""
        return bool((self.losses[:, -1] >= NO_LEARNING - 1e-6).all())
