"""The true loss on a plane through three sets of weights, and ways down it, as they were recorded."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cnnviz.data.npz import read_npz
from cnnviz.data.split import digits_split
from cnnviz.engine import cross_entropy, cross_entropy_vjp
from cnnviz.errors import InputError
from cnnviz.nn import Sequential
from cnnviz.nn.optimizer import SGD, Adam, Optimizer
from cnnviz.nn.parameter import Parameter
from cnnviz.nn.zoo.tiny import SEED, tiny_cnn

FILE = Path(__file__).parent / "plane.npz"
DIGEST = "e62bee8c9e589b3c25770181d9dbeeb6099f22144a465a59d528998bb99d2996"
"""SHA-256 of the file; ``scripts/train/plane.py`` prints it."""
DIGITS, SIDE, STEPS = 128, 25, 30
REACH = (-6.0, 14.0)
"""The part of the plane that is shown, the same along both axes: distances from the trained weights."""
WAYS: dict[str, Callable[[], Optimizer]] = {
    "SGD 0.3": lambda: SGD(0.3),
    "SGD 3": lambda: SGD(3.0),
    "SGD 60": lambda: SGD(60.0),
    "momentum 0.3": lambda: SGD(0.3, 0.9),
    "Adam 0.3": lambda: Adam(0.3),
}
"""The ways down, each with its learning rate."""
LOST = 100.0
"""The loss above which a way is given up."""
_WHO = "plane"


@dataclass(frozen=True, eq=False)
class Plane:
    """Losses on a plane, and where each way went.

    Attributes
    ----------
    loss : array, shape (SIDE, SIDE)
        Row by row from the upper end of the second axis, column by column along the first.
    ways : array, shape (ways, STEPS + 1, 3)
        Both coordinates and the loss, at the start and after each step; NaN behind the first loss above `LOST`.
    """

    loss: NDArray[np.float32]
    ways: NDArray[np.float64]

    def way(self, name: str) -> NDArray[np.float64]:
        """Return the points of a way, as far as it goes."""
        rows = self.ways[list(WAYS).index(name)]
        return np.asarray(rows[np.isfinite(rows[:, 2])])

    def save(self, path: Path) -> None:
        """Write both arrays; the same numbers give the same bytes."""
        np.savez_compressed(path, **{field.name: getattr(self, field.name) for field in fields(self)})


class Field:
    """The loss of the small network anywhere on the plane through two first weights and the trained ones.

    Distances on the plane are those of weights: its axes are at right angles and as long as in weight space.
    """

    def __init__(self) -> None:
        self.data = digits_split().train.take(slice(DIGITS))
        self.network = tiny_cnn(pretrained=True)
        self.names = list(self.network.parameters())
        self.origin = _flat(self.network)
        first, second = (_flat(_first(seed)) - self.origin for seed in (SEED, SEED + 1))
        across = first / np.linalg.norm(first)
        up = second - (second @ across) * across
        self.axes = np.stack([across, up / np.linalg.norm(up)])
        self.start = self.axes @ first

    def put(self, at: NDArray[np.float64]) -> None:
        """Give the network the weights of a point."""
        weights, begin = self.origin + at @ self.axes, 0
        for name in self.names:
            parameter = self.network.parameters()[name]
            end = begin + parameter.array(_WHO).size
            parameter.values = weights[begin:end].reshape(parameter.array(_WHO).shape).astype(np.float32)
            begin = end

    def loss(self, at: NDArray[np.float64]) -> float:
        """Return the loss at a point."""
        self.put(at)
        return float(cross_entropy(self.network.forward(self.data.images), self.data.labels))

    def gradient(self, at: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the part of the gradient that lies in the plane."""
        self.put(at)
        record = self.network.forward(self.data.images, True)
        down = cross_entropy_vjp(1.0, record.output, self.data.labels)[0]
        found = self.network.backward(down, record).parameters()
        whole = np.concatenate([found[name].ravel() for name in self.names]).astype(np.float64)
        return np.asarray(self.axes @ whole)

    def walk(self, optimizer: Optimizer) -> NDArray[np.float64]:
        """Go down from the start."""
        point = Parameter(shape=(2,))
        point.values, rows = self.start.copy(), np.full((STEPS + 1, 3), np.nan)
        for step in range(STEPS + 1):
            at = np.asarray(point.values, dtype=np.float64)
            rows[step] = *at, self.loss(at)
            if rows[step, 2] > LOST:
                break
            optimizer.step({"at": point}, {"at": self.gradient(at)})
        return rows


def record() -> Plane:
    """Compute all of it again."""
    field, ends = Field(), np.linspace(*REACH, SIDE)
    loss = np.array([[field.loss(np.array([x, y])) for x in ends] for y in ends[::-1]], dtype=np.float32)
    return Plane(loss, np.array([field.walk(make()) for make in WAYS.values()]))


def recorded() -> Plane:
    """Return what ships.

    Raises
    ------
    InputError
        If the file is not the one that was shipped.
    """
    if hashlib.sha256(FILE.read_bytes()).hexdigest() != DIGEST:
        raise InputError(f"{_WHO}: expected the recording that ships with cnnviz, got another file; install it again")
    return Plane(**read_npz(_WHO, FILE, keys={field.name for field in fields(Plane)}))


def _first(seed: int) -> Sequential:
    network = tiny_cnn()
    network.initialize(seed)
    return network


def _flat(network: Sequential) -> NDArray[np.float64]:
    parts = [parameter.array(_WHO).ravel() for parameter in network.parameters().values()]
    return np.concatenate(parts).astype(np.float64)
