"""A training of the small network as it was recorded, epoch by epoch: losses, filters, and what it makes of digits."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cnnviz.data.digits import PEAK
from cnnviz.data.npz import read_npz
from cnnviz.data.split import digits_split
from cnnviz.engine import softmax
from cnnviz.errors import InputError
from cnnviz.nn import Sequential, evaluate
from cnnviz.nn.zoo.recipe import WOBBLE, learn
from cnnviz.nn.zoo.tiny import EPOCHS, SEED, tiny_cnn

FILE = Path(__file__).parent / "tiny_run.npz"
DIGEST = "602f00e99a9e58b2d600bd87ed46226d84446d2325541636bf11072b98b41a27"
"""SHA-256 of the file; ``scripts/train/run.py`` prints it."""
_WHO = "training"


@dataclass(frozen=True, eq=False)
class Run:
    """What was measured before the training and after each epoch; the first row of each array is epoch 0.

    Attributes
    ----------
    loss, accuracy : array, shape (epochs + 1, 2)
        On the training digits and on the validation digits, all as they are.
    filters : array, shape (epochs + 1, 8, 3, 3)
        The weights of the first layer.
    ink : array, shape (digits, 8, 8)
        A few held-out digits, from 0 to 16: one learned early, one in the middle, the last to be learned, and the one
        that is misread with the largest share in the end.
    labels : array, shape (digits,)
        What they are.
    shares : array, shape (epochs + 1, digits, 10)
        What the network makes of them.
    right : array, shape (epochs + 1,)
        How many of all held-out digits are read right.

    Examples
    --------
    >>> run = recorded()
    >>> run.epochs, run.best, run.filters.shape, run.shares.shape
    (40, 33, (41, 8, 3, 3), (41, 4, 10))
    """

    loss: NDArray[np.float64]
    accuracy: NDArray[np.float64]
    filters: NDArray[np.float32]
    ink: NDArray[np.float64]
    labels: NDArray[np.int64]
    shares: NDArray[np.float32]
    right: NDArray[np.int64]

    @property
    def epochs(self) -> int:
        """How many epochs it took."""
        return len(self.loss) - 1

    @property
    def best(self) -> int:
        """The epoch with the lowest validation loss, whose weights are kept."""
        return int(self.loss[1:, 1].argmin()) + 1

    @property
    def strongest(self) -> float:
        """The largest magnitude of a weight of the first layer at any time."""
        return float(np.abs(self.filters).max())

    @property
    def answers(self) -> NDArray[np.int64]:
        """The digit with the largest share, shape (epochs + 1, digits)."""
        answers: NDArray[np.int64] = self.shares.argmax(axis=2)
        return answers

    def settled(self, digit: int) -> int | None:
        """Return the epoch from which on a digit is read right; None if it is wrong in the end."""
        wrong = np.flatnonzero(self.answers[:, digit] != self.labels[digit])
        settled = int(wrong[-1]) + 1 if len(wrong) else 0
        return settled if settled <= self.epochs else None

    def save(self, path: Path) -> None:
        """Write all arrays; the same numbers give the same bytes."""
        np.savez_compressed(path, **{field.name: getattr(self, field.name) for field in fields(self)})


def recorded() -> Run:
    """Return the training that made the weights which ship with cnnviz.

    Raises
    ------
    InputError
        If the file is not the one that was shipped.
    """
    if hashlib.sha256(FILE.read_bytes()).hexdigest() != DIGEST:
        raise InputError(f"{_WHO}: expected the recording that ships with cnnviz, got another file; install it again")
    return Run(**read_npz(_WHO, FILE, keys={field.name for field in fields(Run)}))


def record(seed: int = SEED, epochs: int = EPOCHS) -> Run:
    """Train the small network as `cnnviz.nn.zoo.train_tiny` does, and measure it before and after each epoch."""
    split, network = digits_split(), tiny_cnn()
    network.initialize(seed)
    rows = [_measured(network)]
    learn(network, split, epochs=epochs, seed=seed, augment=WOBBLE, callback=lambda _: rows.append(_measured(network)))
    loss, accuracy, filters, shares = (np.array(column) for column in zip(*rows, strict=True))
    right = (shares.argmax(axis=2) == split.test.labels).sum(axis=1)
    chosen = _telling(shares.argmax(axis=2) == split.test.labels, shares[-1].max(axis=1))
    ink = split.test.images[chosen, 0].astype(np.float64) * PEAK
    return Run(loss, accuracy, filters, ink, split.test.labels[chosen], shares[:, chosen], right)


def _measured(network: Sequential) -> tuple[list[float], list[float], NDArray[np.float32], NDArray[np.float32]]:
    split = digits_split()
    scores = [evaluate(network, part) for part in (split.train, split.validation)]
    filters = network.parameters()["conv1.weight"].array(_WHO)[:, 0].copy()
    shares = softmax(network.forward(split.test.images)).astype(np.float32)
    return [score.loss for score in scores], [score.accuracy for score in scores], filters, shares


def _telling(right: NDArray[np.bool_], sure: NDArray[np.floating]) -> list[int]:
    """Choose the digits to watch, of those at hand: learned early, halfway, last, and the surest mistake.

    Parameters
    ----------
    right : array of bool, shape (epochs + 1, digits)
    sure : array, shape (digits,)
        The largest share of each in the end.
    """
    last_wrong = np.where(right, -1, np.arange(len(right))[:, None]).max(axis=0)
    learned = np.flatnonzero((last_wrong < len(right) - 1) & (last_wrong >= 0))
    order = learned[np.argsort(last_wrong[learned], kind="stable")].tolist()
    late = [place for place in order if last_wrong[place] >= last_wrong[order[-1]] / 2]
    chosen = [order[0], late[0], order[-1]] if order else []
    missed = np.flatnonzero(~right[-1])
    if len(missed):
        chosen.append(int(missed[sure[missed].argmax()]))
    return list(dict.fromkeys(chosen))
