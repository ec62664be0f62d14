"""One digit's whole way back through the tiny CNN: the gradient behind every layer, and one step against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from cnnviz.data.digits import PEAK
from cnnviz.engine import cross_entropy, cross_entropy_vjp, softmax
from cnnviz.errors import OptionError
from cnnviz.nn import zoo
from cnnviz.nn.record import Record
from cnnviz.subjects.forward import Forward
from cnnviz.subjects.kinds import Integer, Number
from cnnviz.subjects.option import Option, Subject

Floats = NDArray[np.floating]
Cell = tuple[int, int]


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
    """

    layer: str
    kind: str
    maps: Floats

    @property
    def silent(self) -> int:
        """How many numbers are 0."""
        return int((self.maps == 0).sum())


@dataclass(frozen=True, eq=False)
class Followed:
    """One number on its way back, from the scores to one weight of the first layer; maps are counted from 0.

    Attributes
    ----------
    map : int
        Which of the maps in front of the dense layer it belongs to.
    pooled, cell : (row, column)
        Where it stands behind the dense layer, and behind the pooling.
    weights, products : array, shape (1, 10)
        The weights from there to the scores; these times p - y, which add up to it.
    value : float
        The number itself.
    forward : array, shape (H, W)
        What ReLU had left of that map, before the pooling.
    kernel, stamp : array, shape (kH, kW)
        Of the second convolution, from ``target`` to that map; the same times the number.
    target, place : int, (row, column)
        Where it goes on to by the largest weight: which map, and where.
    tap : (row, column)
        The weight of the kernel that it takes on its way there.
    reached : float
        What has come to that place, with the parts of all other numbers.
    below : array, shape (H, W)
        What ReLU had left of the target on the way there.
    pixels, shares : array, shape (kH, kW)
        What the filter of the target saw at that place; the same times what has arrived there.
    weight : (row, column)
        The weight that it pulls most strongly, of those that all places pull the same way.
    filter, pull, after : array, shape (kH, kW)
        The filter, its gradient, and what one step makes of it.
    """

    map: int
    pooled: Cell
    cell: Cell
    weights: Floats
    products: Floats
    value: float
    forward: Floats
    kernel: Floats
    stamp: Floats
    target: int
    place: Cell
    tap: Cell
    reached: float
    below: Floats
    pixels: Floats
    shares: Floats
    weight: Cell
    filter: Floats
    pull: Floats
    after: Floats

    @property
    def window(self) -> Cell:
        """The first cell of the pooling's window that it comes through."""
        return 2 * self.pooled[0], 2 * self.pooled[1]


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
    followed : Followed
        One number on that way.
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
    >>> one = s.followed
    >>> one.map, one.pooled, one.cell, one.target, one.place, one.weight
    (12, (1, 3), (3, 6), 6, (4, 6), (1, 0))
    >>> [f"{numbers[one.weight]:.3f}" for numbers in (one.filter, one.pull, one.after)]
    ['0.294', '1.411', '0.290']
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
            ("dense1", "dense", back["flatten1"].input[0]),
            ("pool1", "pool", back["pool1"].input[0]),
            ("relu2", "relu", back["relu2"].input[0]),
            ("conv2", "conv", back["conv2"].input[0]),
            ("relu1", "relu", back["relu1"].input[0]),
            ("conv1", "filters", back["conv1"].own["weight"][:, 0]),
        )
        self.way = tuple(Back(*each) for each in ways)
        before = {name: parameter.array("backward pass").copy() for name, parameter in network.parameters().items()}
        gradients = back.parameters()
        for name, parameter in network.parameters().items():
            parameter.values = before[name] - np.float32(self.rate) * gradients[name]
        self.followed = self._follow(record, before, network.parameters()["conv1.weight"].array("backward pass"))
        after = network.forward(x)
        self.after, self.loss_after = softmax(after).astype(float), float(cross_entropy(after, target))

    @property
    def answer(self) -> int:
        """What it is read as."""
        return int(self.shares.argmax())

    def _follow(self, record: Record, before: Mapping[str, Floats], after: Floats) -> Followed:
        """Follow the largest number behind the dense layer that ReLU lets through, by the largest weight."""
        dense, _, arrived, _, through, pulls = (back.maps for back in self.way)
        forward, below = record["relu2"].output[0], record["relu1"].output[0]
        number, *cell = _largest(arrived)
        pooled = cell[0] // 2, cell[1] // 2
        weights = before["dense1.weight"].reshape(-1, *dense.shape)[:, number, *pooled]
        kernels, value = before["conv2.weight"][number], float(arrived[number, *cell])
        reach, shape = kernels.shape[-1] // 2, kernels.shape[1:]
        seen = sliding_window_view(np.pad(record["conv1"].input[0, 0], reach), shape)
        open_ = np.where(through, seen.any(axis=(2, 3)), False)  # what goes on from there, to a filter that saw ink
        near = np.pad(open_, ((0, 0), (reach, reach), (reach, reach)))
        there = near[:, cell[0] : cell[0] + shape[0], cell[1] : cell[1] + shape[1]]
        target, *tap = _largest(np.maximum(kernels, 0) * there)
        place = cell[0] + tap[0] - reach, cell[1] + tap[1] - reach
        shares = through[target, *place] * seen[place]
        return Followed(
            map=number,
            pooled=pooled,
            cell=(cell[0], cell[1]),
            weights=weights[None],
            products=(weights * self.wrong[0])[None],
            value=value,
            forward=forward[number],
            kernel=kernels[target],
            stamp=value * kernels[target],
            target=target,
            place=place,
            tap=(tap[0], tap[1]),
            reached=float(through[target, *place]),
            below=below[target],
            pixels=seen[place],
            shares=shares,
            weight=_largest(shares * pulls[target]),
            filter=before["conv1.weight"][target, 0],
            pull=pulls[target],
            after=after[target, 0],
        )


def _largest(values: Floats) -> Any:
    """Return the place of the number of the largest magnitude."""
    return tuple(int(at) for at in np.unravel_index(int(np.abs(values).argmax()), values.shape))
