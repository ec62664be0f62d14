"""What happened in a training, epoch by epoch."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cnnviz._checks import Floats


@dataclass(frozen=True, slots=True)
class Score:
    """How good a network is on some examples."""

    loss: float
    """Mean cross-entropy, in nats."""
    accuracy: float
    """Share of examples whose highest score is that of their class, from 0 to 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Epoch:
    """One pass through the examples."""

    number: int
    """From 1."""
    rate: float
    """The learning rate."""
    train: Score
    """Over the batches, each before its own step."""
    validation: Score | None
    """Behind the last step; None without validation data."""
    gradient_norms: Mapping[str, float]
    """For each parameter the root of the mean square, over the steps, of the norm of its gradient."""
    weights: Mapping[str, Floats] = field(default_factory=dict)
    """The parameters that were asked for, behind the last step."""


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """All epochs of a training, and which was best."""

    epochs: tuple[Epoch, ...]
    best: int
    """The number of the epoch with the lowest loss, on validation data if there were; the first of equals."""
    stopped_early: bool = False

    def __iter__(self) -> Iterator[Epoch]:
        return iter(self.epochs)

    def __len__(self) -> int:
        return len(self.epochs)

    def __getitem__(self, place: int) -> Epoch:
        return self.epochs[place]

    def json(self) -> str:
        """Write all but the weights as one JSON object."""
        epochs = [
            {
                "epoch": epoch.number,
                "rate": epoch.rate,
                "loss": epoch.train.loss,
                "accuracy": epoch.train.accuracy,
                "validation_loss": epoch.validation.loss if epoch.validation else None,
                "validation_accuracy": epoch.validation.accuracy if epoch.validation else None,
                "gradient_norms": dict(epoch.gradient_norms),
            }
            for epoch in self.epochs
        ]
        return json.dumps({"best": self.best, "stopped_early": self.stopped_early, "epochs": epochs}, indent=2)
