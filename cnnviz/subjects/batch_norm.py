"""Batch normalization of one channel: each step on its way, and the running values that take over in use."""

from __future__ import annotations

import numpy as np

from cnnviz.engine import batch_norm
from cnnviz.errors import OptionError
from cnnviz.subjects.kinds import Many, Number
from cnnviz.subjects.option import Option, Subject

LARGEST = 1e4
BATCHES = (1, 10, 50)
"""After how many equal batches the running values are looked at."""


class BatchNorm(Subject):
    """One channel of a batch, normalized in training, and one of its numbers alone.

    Attributes
    ----------
    x, away, normal, y : array, shape (N,)
        The numbers, less their mean, brought to variance 1, and scaled and shifted.
    mean, variance : float
        Of the numbers.
    running : list of (float, float)
        Mean and variance as they run along, behind each of `BATCHES`.
    alone : list of float
        What these make of the first number alone, neither scaled nor shifted.
    middles, passing : list of (float, float)
        Mean and root of the variance: of the numbers on each step of their way, and as they run along from 0 and 1.
    peak : float
        The largest magnitude of the numbers on their way.
    in_batch, in_use : list of array
        Mean, variance, and the first number normalized: of the batch, and behind each of `BATCHES`.

    Examples
    --------
    >>> norm = BatchNorm()
    >>> norm.mean, norm.variance, norm.y.round(3).tolist()
    (5.0, 4.0, [-2.5, 0.5, 0.5, 0.5, 2.0, 2.0, 5.0, 8.0])
    """

    values = Option(Many(Number(), least=2), (2, 4, 4, 4, 5, 5, 7, 9), "Numbers of one channel, one for each example.")
    gamma = Option(Number(), 3, "The scale, which a network learns.")
    beta = Option(Number(), 2, "The shift, which a network learns.")

    def prepare(self) -> None:
        """Normalize step by step."""
        self.x = np.array(self.values, dtype=float)
        if max(np.abs(self.x).max(), abs(self.gamma), abs(self.beta)) > LARGEST:
            raise OptionError(f"values: expected numbers from -{LARGEST:,.0f} to {LARGEST:,.0f}, got larger ones")
        column, scale, shift = self.x[:, None], np.array([float(self.gamma)]), np.array([float(self.beta)])
        self.mean = float(self.x.mean())
        self.away = self.x - self.mean
        self.variance = float((self.away**2).mean())
        self.normal = batch_norm(column, training=True)[:, 0]
        self.y = batch_norm(column, weight=scale, bias=shift, training=True)[:, 0]
        mean, spread = np.zeros(1), np.ones(1)
        self.running, self.alone = [], []
        for batch in range(1, max(BATCHES) + 1):
            _, mean, spread = batch_norm(column, mean, spread, training=True, return_stats=True)  # type: ignore[assignment]
            if batch in BATCHES:
                self.running.append((mean.item(), spread.item()))
                self.alone.append(batch_norm(column[:1], mean, spread).item())
        steps = (self.x, self.away, self.normal, self.y)
        self.middles = [(round(float(step.mean()), 9), float(step.std())) for step in steps]
        self.passing = [(0.0, 1.0), *((middle, variance**0.5) for middle, variance in self.running)]
        self.peak = max(float(np.abs(step).max()) for step in steps) or 1.0
        self.in_batch = [np.array([[value]]) for value in (self.mean, self.variance, float(self.normal[0]))]
        means, spreads = zip(*self.running, strict=True)
        self.in_use = [np.array([values]) for values in (means, spreads, self.alone)]
