"""A moment of a training: everything that decides how it goes on, so that it can be gone back to and kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnviz._checks import Floats
from cnnviz.nn.history import Epoch
from cnnviz.nn.layer import Layer
from cnnviz.nn.optimizer import Optimizer


@dataclass(frozen=True, slots=True, eq=False)
class Best:
    """The best epoch so far."""

    loss: float
    number: int
    weights: Mapping[str, Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Started:
    """An epoch under way, as far as it has come."""

    order: npt.NDArray[np.int64]
    step: int = 0
    loss: float = 0.0
    """Summed over the examples so far."""
    right: int = 0
    squares: Mapping[str, float] = field(default_factory=dict)
    """Squared lengths of the gradients, summed over the steps so far."""


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """Where a training is, between two steps.

    It holds the arrays themselves: steps make new ones and leave the old ones alone, so keeping a moment costs next to
    nothing.
    """

    weights: Mapping[str, Floats]
    memory: Mapping[str, tuple[Floats, ...]]
    steps: Mapping[str, int]
    """Of the optimizer."""
    chance: Mapping[str, Any]
    """The state of the generator."""
    epochs: tuple[Epoch, ...] = ()
    best: Best | None = None
    started: Started | None = None

    @property
    def losses(self) -> list[float]:
        """Of each epoch, on validation data if there are."""
        return [(epoch.validation or epoch.train).loss for epoch in self.epochs]

    def restore(self, network: Layer, optimizer: Optimizer, generator: np.random.Generator) -> None:
        """Bring network, optimizer and generator back to this moment."""
        for name, parameter in network.parameters().items():
            parameter.values = self.weights[name]
        optimizer.memory, optimizer.steps = dict(self.memory), dict(self.steps)
        generator.bit_generator.state = self.chance


def now(
    network: Layer,
    optimizer: Optimizer,
    generator: np.random.Generator,
    epochs: tuple[Epoch, ...] = (),
    best: Best | None = None,
    started: Started | None = None,
) -> Moment:
    """Hold on to the present moment."""
    weights = {name: parameter.array("fit") for name, parameter in network.parameters().items()}
    state = generator.bit_generator.state
    return Moment(weights, dict(optimizer.memory), dict(optimizer.steps), state, epochs, best, started)
