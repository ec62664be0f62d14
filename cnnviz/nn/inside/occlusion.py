"""Which parts of a picture a score needs: cover them one by one and see what is lost."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np

from cnnviz._checks import Floats, Ints, integers, number
from cnnviz.engine import output_shape
from cnnviz.errors import ShapeError
from cnnviz.nn.inside.target import Classes, classes
from cnnviz.nn.layer import Layer

_AT_ONCE, _MOST = 256, 2**25  # pictures in a batch, and numbers that a layer makes of them


@dataclass(frozen=True)
class Occlusion:
    """What the score loses where the picture is covered.

    Attributes
    ----------
    scores : array, shape (N, classes)
        What the network says of the whole picture.
    target : array, shape (N,)
        The class asked about.
    drop : array, shape (N, H_out, W_out)
        Score of the whole picture less that of the covered one, for each place of the cover.
    size, stride : (int, int)
        Of the cover and its steps.
    """

    scores: Floats
    target: Classes
    drop: Floats
    size: tuple[int, ...]
    stride: tuple[int, ...]


def occlusion(
    network: Layer, x: Floats, target: object = None, *, size: Ints = 3, stride: Ints = 1, value: float = 0.0
) -> Occlusion:
    """Cover every place of a picture in turn and return how far the class score falls.

    Parameters
    ----------
    network : Layer
        Gives scores (N, classes).
    x : array, shape (N, C, H, W)
        Pictures.
    target : int, or one for each picture, optional
        The class; that with the greatest score if omitted.
    size, stride : int or (rows, columns)
        Of the cover.
    value : float
        What the covered pixels are set to.

    Raises
    ------
    ShapeError, OptionError
        If the pictures do not fit, the cover is larger than they are, or there is no such class.

    Examples
    --------
    >>> from cnnviz.nn import Flatten, Linear, Sequential
    >>> network = Sequential(Flatten(), Linear(4, 1))
    >>> network.initialize(0, dtype=float)
    >>> network["1"].own["weight"].values = np.array([[1.0, 2, 3, 4]])
    >>> occlusion(network, np.ones((1, 1, 2, 2)), size=1).drop[0]
    array([[1., 2.],
           [3., 4.]])

    References
    ----------
    Zeiler, Fergus (2014), "Visualizing and understanding convolutional networks", section 4.2.
    """
    who = "occlusion"
    cover, steps = integers(who, "size", size, 2, 1), integers(who, "stride", stride, 2, 1)
    value = number(who, "value", value)
    scores = network.forward(x)
    if x.ndim != 4:
        raise ShapeError(f"{who}: expected x of shape (N, C, H, W), got {x.shape}; give pictures")
    chosen = classes(who, scores, target)
    rows, columns = output_shape(x.shape[2:], cover, stride=steps)
    largest = max(prod(row.output) for row in network.summary(x.shape[1:]))
    at_once = max(1, min(_AT_ONCE, _MOST // largest))
    drop = np.empty((len(x), rows, columns), scores.dtype)
    for n, picture in enumerate(x):
        for first in range(0, rows * columns, at_once):
            places = range(first, min(first + at_once, rows * columns))
            covered = np.repeat(picture[None], len(places), axis=0)
            for copy, place in zip(covered, places, strict=True):
                i, j = place // columns * steps[0], place % columns * steps[1]
                copy[:, i : i + cover[0], j : j + cover[1]] = value
            after = network.forward(covered)[:, chosen[n]]
            drop[n].flat[first : first + len(places)] = scores[n, chosen[n]] - after
    return Occlusion(scores, chosen, drop, cover, steps)
