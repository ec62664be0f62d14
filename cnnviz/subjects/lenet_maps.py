"""LeNet-5 as it reads a digit: its first three layers, trained on the digits that ship, and the maps that they make."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from cnnviz.data.split import Examples, Split, digits_split
from cnnviz.nn import Sequential
from cnnviz.nn.dense import Linear
from cnnviz.nn.training import evaluate
from cnnviz.nn.zoo.lenet import lenet5
from cnnviz.nn.zoo.recipe import learn
from cnnviz.nn.zoo.shipped import load_shipped

FILE = Path(__file__).parent / "lenet_maps.npz"
DIGEST = "fb4602467e9014183cd9beb02832514756e6591a8969c8b7d6cdabe4bfddc260"
"""SHA-256 of the file; ``scripts/train/lenet.py`` prints it."""
FRONT = ("c1", "squash1", "s2", "squash2", "c3", "squash3")
"""Layers whose weights ship."""
DIGIT, EPOCHS, SEED = 5, 12, 0
_SIDE, _RIM = 28, 2


def enlarged(images: NDArray[np.float32]) -> NDArray[np.float32]:
    """Make digits of 8 × 8 as large as LeNet-5 takes them: 28 × 28 with a rim of 2.

    >>> enlarged(digits_split().test.images[:2]).shape
    (2, 1, 32, 32)
    """
    pictures = [Image.fromarray(image[0]).resize((_SIDE, _SIDE), Image.Resampling.BICUBIC) for image in images]
    large = np.stack([np.asarray(picture, np.float32) for picture in pictures])[:, None]
    return np.pad(large.clip(0.0, 1.0), ((0, 0), (0, 0), (_RIM, _RIM), (_RIM, _RIM)))


def record() -> tuple[Sequential, float]:
    """Train LeNet-5 with its table, but with learned scores at its end; return its front, and its accuracy."""
    whole = lenet5()
    layers = {name: layer for name, layer in whole.children().items() if name != "output"}
    network = Sequential({**layers, "output": Linear(84, 10)})
    network.initialize(SEED)
    parts = digits_split()
    split = Split(
        *(Examples(enlarged(part.images), part.labels) for part in (parts.train, parts.validation, parts.test))
    )
    learn(network, split, epochs=EPOCHS, seed=SEED)
    return front(network), evaluate(network, split.test).accuracy


def front(network: Sequential | None = None) -> Sequential:
    """Take the first three layers of a network, or those that ship."""
    own = Sequential({name: layer for name, layer in (network or lenet5()).children().items() if name in FRONT})
    if network is None:
        load_shipped("lenet_maps", own, FILE, DIGEST)
    return own


def read_digit() -> tuple[NDArray[np.float32], dict[str, NDArray[np.float32]]]:
    """Return the first `DIGIT` of the test, and the maps that the layers with names make of it.

    >>> digit, maps = read_digit()
    >>> digit.shape, {name: made.shape for name, made in maps.items()}
    ((32, 32), {'C1': (6, 28, 28), 'S2': (6, 14, 14), 'C3': (16, 10, 10)})
    """
    test = digits_split().test
    at = int(np.flatnonzero(test.labels == DIGIT)[0])
    picture = enlarged(test.images[at : at + 1])
    record = front().forward(picture, True)
    squashed = zip(("C1", "S2", "C3"), FRONT[1::2], strict=True)
    return picture[0, 0], {name: record[layer].output[0] for name, layer in squashed}
