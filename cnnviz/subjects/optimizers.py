"""Optimizers: ways down a true plane of losses, and what each reaches in the whole network, as measured."""

from __future__ import annotations

import numpy as np

from cnnviz.nn.experiments import measured
from cnnviz.nn.experiments.optimizers import LABELS, NO_LEARNING
from cnnviz.subjects.experiment import run_of
from cnnviz.subjects.option import Subject
from cnnviz.subjects.plane import REACH, SIDE, recorded


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
    losses : array, shape (optimizers, rates)
        Mean training losses behind its last epoch.

    Examples
    --------
    >>> optimizers = Optimizers()
    >>> optimizers.losses.shape, optimizers.leader
    ((4, 7), 'Nesterov 0.9')
    """

    run = run_of("optimizers")

    def prepare(self) -> None:
        """Read what was recorded and measured."""
        result = self.run or measured("optimizers")
        chart = result.charts[0]
        self.plane = recorded()
        self.rates = tuple(float(place) for place in chart.places)
        self.head = np.array([self.rates])
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
    def leader(self) -> str:
        """Name the optimizer with the lowest loss, each at its best rate."""
        return tuple(LABELS)[int(self.losses.min(axis=1).argmin())]

    @property
    def failed(self) -> bool:
        """Whether the largest rate is too large for all: no better than guessing."""
        return bool((self.losses[:, -1] >= NO_LEARNING - 1e-6).all())
