"""Three layers from the same picture to the same four outputs: dense, locally connected, convolutional."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnnviz.engine import conv2d, linear, locally_connected2d, parameter_count
from cnnviz.nn.zoo import find
from cnnviz.subjects.kinds import Integer
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import PictureKind, loaded

SIDE, PATCH = 4, 2
PLACES = SIDE // PATCH
Array = NDArray[np.floating]


@dataclass(frozen=True)
class Kind:
    """One kind of layer.

    Attributes
    ----------
    blocks : array, shape (4, h, w)
        For each output, row by row, the weights of the pixels that it sees: all of them, or its own corner.
    distinct : int
        How many different numbers have to be learned, biases left out.
    outputs : array, shape (2, 2)
        What the layer answers.
    example : int
        Parameters of a real layer of this kind, see `Example`.
    """

    blocks: Array
    distinct: int
    outputs: Array
    example: int


@dataclass(frozen=True)
class Example:
    """The shapes (C, H, W) that the layer of a real network joins, and its kernel."""

    channels: int = 32
    side: int = 13
    filters: int = 64
    kernel: int = 3

    @property
    def out(self) -> int:
        """Side of the output."""
        return self.side - self.kernel + 1

    @property
    def shapes(self) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
        """Of the maps before it and of those after it."""
        return (self.channels, self.side, self.side), (self.filters, self.out, self.out)


class WeightSharing(Subject):
    """The same picture under the three kinds; each is the one before with connections or freedom taken away.

    Examples
    --------
    >>> kinds = WeightSharing()
    >>> [(kind.distinct, kind.example) for kind in kinds.kinds]
    [(64, 41887296), (16, 2238016), (4, 18496)]
    """

    image = Option(PictureKind(), "blackboard-4", "The picture, which becomes 4 x 4 pixels.")
    seed = Option(Integer(), 0, "Of the weights, which are drawn from -2 to 2.")

    @property
    def ratio(self) -> int:
        """How many times the parameters of the convolution the dense layer has, in the example."""
        return round(self.dense.example / self.shared.example)

    @property
    def alike(self) -> tuple[int, ...]:
        """The places, row by row, whose corners of the picture are equal to the first one's; none if it is alone.

        >>> WeightSharing().alike
        (0, 3)
        """
        corners = [_corner(self.picture.values[0], i, j) for i, j in np.ndindex(PLACES, PLACES)]
        same = tuple(place for place, corner in enumerate(corners) if np.array_equal(corner, corners[0]))
        return same if len(same) > 1 else ()

    def prepare(self) -> None:
        """Load a picture and draw weights."""
        self.picture = picture = loaded(self.image, size=None if self.image == "blackboard-4" else SIDE)
        values = picture.values[0]
        drawn = np.random.default_rng(self.seed).integers(-2, 3, (PLACES, PLACES, SIDE, SIDE)).astype(float)
        own = np.stack([_corner(drawn[i, j], i, j) for i, j in np.ndindex(PLACES, PLACES)])
        one = np.broadcast_to(own[:1], own.shape)
        example = Example()
        inputs, outputs = example.channels * example.side**2, example.filters * example.out**2
        layer = example.channels, example.filters, example.kernel
        x = values[None, None]
        dense = linear(values.reshape(1, -1), drawn.reshape(-1, SIDE * SIDE)).reshape(PLACES, PLACES)
        patches = own.reshape(PLACES, PLACES, 1, 1, PATCH, PATCH)
        local = locally_connected2d(x, patches, stride=PATCH)[0, 0]
        shared = conv2d(x, own[:1, None], stride=PATCH)[0, 0]
        self.example = example
        blocks = drawn.reshape(-1, SIDE, SIDE)
        self.dense = Kind(blocks, drawn.size, dense, parameter_count(inputs, outputs))
        self.local = Kind(own, own.size, local, parameter_count(*layer, positions=(example.out,) * 2))
        self.shared = Kind(one, own[0].size, shared, parameter_count(*layer))

    @property
    def kinds(self) -> tuple[Kind, Kind, Kind]:
        """Dense, locally connected, convolutional."""
        return self.dense, self.local, self.shared


def network_parameters(name: str) -> int:
    """Count the parameters of a network of the zoo.

    >>> network_parameters("dense"), network_parameters("cnn")
    (109386, 93322)
    """
    entry = find("layer kinds", name)
    return entry.build().summary(entry.input).parameters


def _corner(weights: Array, row: int, column: int) -> Array:
    return weights[row * PATCH : (row + 1) * PATCH, column * PATCH : (column + 1) * PATCH]
