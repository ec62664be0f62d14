"""One digit's whole way back through the tiny CNN: the gradient behind every layer, and one step against it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnnviz.data.digits import PEAK
from cnnviz.engine import cross_entropy, cross_entropy_vjp, softmax
from cnnviz.errors import OptionError
from cnnviz.nn import zoo
from cnnviz.subjects.forward import Forward
from cnnviz.subjects.kinds import Integer, Number
from cnnviz.subjects.option import Option, Subject

Floats = NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class Back:
    """What one layer hands back: maps, of how many numbers, and how many of these are 0.

    Attributes
    ----------
    layer : str
        Which handed back; the last of all keeps the gradient of its filters.
    kind : str
        dense, pool, relu, conv or filters.
    maps : array, shape (C, H, W)
    known : int
        Of how many layers the gradient of the weights is known by now, the last layer first.
    """

    layer: str
    kind: str
    maps: Floats
    known: int

    @property
    def silent(self) -> int:
        """How many numbers are 0."""
        return int((self.maps == 0).sum())


class BackwardPass(Subject):
    """A digit, what the tiny CNN makes of it, the way back, and one step.

    Attributes
    ----------
    seen : Seen
        The picture, and what every layer makes of it.
    stations : tuple of Station
        The shapes on the way.
    ink : array, shape (8, 8)
        From 0 to 16.
    digit, answer : int
        What it is, and what it is read as.
    shares, wanted, wrong : array, shape (1, 10)
        p, y and p - y.
    way : tuple of Back
    sizes : dict of str to float
        The length of the gradient of each layer's weights, from the first layer.
    after : array, shape (1, 10)
        The shares after the step.
    loss, loss_after : float

    Examples
    --------
    >>> s = BackwardPass()
    >>> s.digit, s.answer, [back.layer for back in s.way]
    (9, 3, ['dense1', 'pool1', 'relu2', 'conv2', 'relu1', 'conv1'])
    >>> round(s.loss, 2), round(s.loss_after, 2)
    (4.27, 0.23)
    """

    image = Forward.image.but(None, "A digit; of those kept for testing the worst mistake, if left out.")
    label = Option(Integer(0, 9), None, "What it is; known of the digits that ship.")
    rate = Option(Number(), 0.003, "Learning rate of the step.")

    def prepare(self) -> None:
        """Go forward, back, and one step on."""
        read = Forward(image=self.image)
        seen, known = (read.seen, read.label) if self.image is not None or read.mistake is None else read.mistake
        self.digit = self.label if self.label is not None else known
        if self.digit is None:
            raise OptionError("label: expected what the picture is, 0 to 9, got nothing; say it with --label")
        self.seen, self.stations = seen, read.stations
        self.ink = seen.picture.values[0]
        x, target = (self.ink[None, None] / PEAK).astype(np.float32), np.array([self.digit])
        network = zoo.tiny_cnn(pretrained=True)
        record = network.forward(x, record=True)
        self.shares = softmax(record.output).astype(float)
        self.wanted = np.eye(10)[target]
        self.loss = float(cross_entropy(record.output, target))
        self.wrong = cross_entropy_vjp(1.0, record.output, target)[0]
        back = network.backward(self.wrong, record)
        ways = (
            ("dense1", "dense", back["flatten1"].input[0], 1),
            ("pool1", "pool", back["pool1"].input[0], 1),
            ("relu2", "relu", back["relu2"].input[0], 1),
            ("conv2", "conv", back["conv2"].input[0], 2),
            ("relu1", "relu", back["relu1"].input[0], 2),
            ("conv1", "filters", back["conv1"].own["weight"][:, 0], 3),
        )
        self.way = tuple(Back(*each) for each in ways)
        layers = ("conv1", "conv2", "dense1")
        self.sizes = {name: float(np.sqrt((back[name].own["weight"].astype(float) ** 2).sum())) for name in layers}
        gradients = back.parameters()
        for name, parameter in network.parameters().items():
            parameter.values = parameter.array("backward pass") - np.float32(self.rate) * gradients[name]
        after = network.forward(x)
        self.after, self.loss_after = softmax(after).astype(float), float(cross_entropy(after, target))

    @property
    def answer(self) -> int:
        """What it is read as."""
        return int(self.shares.argmax())

    @property
    def longest(self) -> str:
        """The layer whose gradient is longest."""
        return max(self.sizes, key=lambda name: self.sizes[name])

    def lengths(self, known: int) -> list[float]:
        """Return the lengths of the gradients that are known, from the last layer on; 0 for the others."""
        hidden = len(self.sizes) - known
        return [0.0 if i < hidden else size for i, size in enumerate(self.sizes.values())]
