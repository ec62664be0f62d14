"""Which pixels a score depends on: its gradient, plain and guided."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cnnviz._checks import Floats
from cnnviz.errors import OptionError
from cnnviz.nn.activation import ReLU
from cnnviz.nn.inside.target import Classes, classes, one_hot
from cnnviz.nn.layer import Layer, Plain
from cnnviz.nn.record import Record
from cnnviz.nn.sequential import Sequential


@dataclass(frozen=True)
class Saliency:
    """The gradient of a score with respect to the picture.

    Attributes
    ----------
    scores : array, shape (N, classes)
        What the network says.
    target : array, shape (N,)
        The class asked about.
    gradient : array, shape (N, C, H, W)
        How much the target's score grows for a small step of each value.
    """

    scores: Floats
    target: Classes
    gradient: Floats

    @property
    def map(self) -> Floats:
        """The greatest absolute gradient over the channels of each pixel, shape (N, H, W)."""
        return np.asarray(np.abs(self.gradient).max(axis=1))


def saliency(network: Layer, x: Floats, target: object = None) -> Saliency:
    """Return the gradient of a class score with respect to every pixel.

    Parameters
    ----------
    network : Layer
        Gives scores (N, classes). A softmax at its end makes them depend on each other; leave it out for scores.
    x : array, shape (N, C, H, W)
        Pictures.
    target : int, or one for each picture, optional
        The class; that with the greatest score if omitted.

    Raises
    ------
    ShapeError, OptionError
        If the pictures do not fit, or there is no such class.

    Examples
    --------
    >>> from cnnviz.nn import Flatten, Linear
    >>> network = Sequential(Flatten(), Linear(4, 2))
    >>> network.initialize(0, dtype=float)
    >>> network["1"].own["weight"].values = np.array([[1.0, 2, 3, 4], [0, 0, -5, 0]])
    >>> saliency(network, np.ones((1, 1, 2, 2)), target=1).gradient[0, 0]
    array([[ 0.,  0.],
           [-5.,  0.]])

    References
    ----------
    Simonyan, Vedaldi, Zisserman (2014), "Deep inside convolutional networks", section 3.
    """
    record = network.forward(x, record=True)
    chosen = classes("saliency", record.output, target)
    gradients = network.backward(one_hot(record.output, chosen), record)
    return Saliency(record.output, chosen, gradients.input)


def guided(network: Layer, x: Floats, target: object = None) -> Saliency:
    """Return the gradient with every ReLU letting back only what is positive: sharper, but no gradient any more.

    Parameters are those of `saliency`. Blocks with several paths are not taken apart.

    Raises
    ------
    ShapeError, OptionError
        As `saliency`; also if the network has blocks that are no `Sequential`.

    Notes
    -----
    Much of what it shows is the picture's edges, whatever the weights are: see Adebayo and others (2018), "Sanity
    checks for saliency maps", section 4.

    References
    ----------
    Springenberg, Dosovitskiy, Brox, Riedmiller (2015), "Striving for simplicity", section 3.4.
    """
    record = network.forward(x, record=True)
    chosen = classes("guided", record.output, target)
    return Saliency(record.output, chosen, _back(one_hot(record.output, chosen), record))


def _back(dy: Floats, record: Record) -> Floats:
    layer = record.layer
    if isinstance(layer, Sequential):
        for step in reversed(record.inside):
            dy = _back(dy, step)
        return dy
    if record.inside or not isinstance(layer, Layer) or (layer.children() and not isinstance(layer, Plain)):
        raise OptionError(
            f"guided: expected layers one after the other, got {type(layer).__name__} {record.name!r}; use saliency"
        )
    if isinstance(layer, ReLU):
        dy = np.maximum(dy, 0)
    return layer.backward(dy, record).input
