"""Schedules: how the learning rate changes from epoch to epoch, as a factor of what the optimizer has."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from cnnviz._checks import integer, number


class Schedule(Protocol):
    """Says the factor of an epoch."""

    def factor(self, losses: Sequence[float]) -> float:
        """Give the factor for the next epoch, knowing the loss of each so far, on validation data if there are."""
        ...


@dataclass(frozen=True, slots=True)
class StepDecay:
    """Multiply by ``gamma`` every so many epochs.

    Examples
    --------
    >>> decay = StepDecay(2, 0.5)
    >>> [decay.factor([0.0] * epoch) for epoch in range(5)]
    [1.0, 1.0, 0.5, 0.5, 0.25]
    """

    every: int
    gamma: float = 0.1

    def __post_init__(self) -> None:
        integer("StepDecay", "every", self.every, 1)
        number("StepDecay", "gamma", self.gamma, 0, 1)

    def factor(self, losses: Sequence[float]) -> float:
        """Give the factor for the next epoch."""
        return float(self.gamma ** (len(losses) // self.every))


@dataclass(frozen=True, slots=True)
class CosineDecay:
    """Go down along half a cosine, from 1 in the first epoch to ``floor`` after the last.

    Examples
    --------
    >>> decay = CosineDecay(4)
    >>> [round(decay.factor([0.0] * epoch), 2) for epoch in range(5)]
    [1.0, 0.85, 0.5, 0.15, 0.0]

    References
    ----------
    Loshchilov and Hutter, SGDR: stochastic gradient descent with warm restarts, 2017, section 3.
    """

    epochs: int
    floor: float = 0.0

    def __post_init__(self) -> None:
        integer("CosineDecay", "epochs", self.epochs, 1)
        number("CosineDecay", "floor", self.floor, 0, 1)

    def factor(self, losses: Sequence[float]) -> float:
        """Give the factor for the next epoch."""
        way = min(len(losses) / self.epochs, 1.0)
        return self.floor + (1 - self.floor) * (1 + math.cos(math.pi * way)) / 2


@dataclass(frozen=True, slots=True)
class PlateauDecay:
    """Multiply by ``gamma`` whenever the loss has not gone down for more than ``patience`` epochs.

    Examples
    --------
    >>> decay = PlateauDecay(gamma=0.5, patience=1)
    >>> losses = [3.0, 2.0, 2.0, 2.5, 1.0, 1.0]
    >>> [decay.factor(losses[:epoch]) for epoch in range(7)]
    [1.0, 1.0, 1.0, 1.0, 0.5, 0.5, 0.5]
    """

    gamma: float = 0.1
    patience: int = 10

    def __post_init__(self) -> None:
        number("PlateauDecay", "gamma", self.gamma, 0, 1)
        integer("PlateauDecay", "patience", self.patience, 0)

    def factor(self, losses: Sequence[float]) -> float:
        """Give the factor for the next epoch."""
        best, waited, times = math.inf, 0, 0
        for loss in losses:
            waited = 0 if loss < best else waited + 1
            best = min(best, loss)
            if waited > self.patience:
                waited, times = 0, times + 1
        return float(self.gamma**times)
