"""From maps to one line, in the orders of PyTorch and of Keras, and what happens to weights that meet the other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cnnviz.data.split import digits_split
from cnnviz.engine import flatten, linear
from cnnviz.errors import OptionError
from cnnviz.nn import zoo
from cnnviz.subjects.forward import Forward
from cnnviz.subjects.kinds import Integer, Many
from cnnviz.subjects.number import cell_text
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.worked import multiplying

LAYER, DENSE = "pool1", "dense1"
Floats = NDArray[np.floating]


class Flatten(Subject):
    """The maps of a digit in the small network, as the line that its dense layer reads.

    Attributes
    ----------
    maps : array, shape (C, H, W)
    lines : (array, array), shape (C H W,)
        Map by map, row by row, as in PyTorch; and place by place, all maps of each, as in Keras.
    indices : (int, int)
        Where the number at ``place`` comes to lie in each.
    sums : ((str, str), (str, str))
        What these are the sum of, in letters and with the numbers put in, as Typst.
    passed : ((int, int, int), (int, int, int))
        How many numbers each of its products passes by: whole maps, whole rows, and those before it.
    weight : float
        Of the answer, at the first of ``indices``, learned with lines as in PyTorch.
    met : (float, float)
        The numbers that it meets in lines of each order.
    factors : (str, str, str)
        This weight and these numbers, with the digits that their products take to come out.
    right : (int, int)
        How many of the ``asked`` held-out digits the dense layer gets right if it reads lines of each order.

    Examples
    --------
    >>> flat = Flatten()
    >>> flat.maps.shape, flat.indices, flat.sums[0][1]
    ((16, 4, 4), (217, 157), '13 dot 16 + 2 dot 4 + 1')
    >>> flat.passed
    ((208, 8, 1), (128, 16, 13))
    >>> bool(flat.lines[0][217] == flat.lines[1][157] == flat.maps[13, 2, 1])
    True
    """

    image = Option(Forward.image.kind, "digit:5", "A digit, or a picture that is made 8 x 8.")
    place = Option(Many(Integer(0, 15), least=3, most=3), (13, 2, 1), "Map, row and column, counted from 0.")

    def prepare(self) -> None:
        """Send the picture through, and the held-out digits."""
        self.maps: Floats = Forward(self.image).seen.maps(LAYER).astype(float)
        count, rows, columns = self.maps.shape
        if any(at >= length for at, length in zip(self.place, self.maps.shape, strict=True)):
            got = ",".join(map(str, self.place))
            raise OptionError(f"place: expected one within {count} maps of {rows} x {columns}, got {got}")
        self.lines = tuple(flatten(maps) for maps in (self.maps, _places_first(self.maps)))
        channel, row, column = self.place
        self.indices = (
            (channel * rows + row) * columns + column,
            (row * columns + column) * count + channel,
        )
        names = ("c", "h", "w"), tuple(map(str, self.place))
        self.sums = (
            tuple(f"{c} dot {rows * columns} + {h} dot {columns} + {w}" for c, h, w in names),
            tuple(f"{h} dot {columns * count} + {w} dot {count} + {c}" for c, h, w in names),
        )
        self.passed = (
            (channel * rows * columns, row * columns, column),
            (row * columns * count, column * count, channel),
        )
        self._read()

    def _read(self) -> None:
        """Let the dense layer read all held-out digits, in both orders."""
        network, test = zoo.tiny_cnn(pretrained=True), digits_split().test
        pooled = network.forward(test.images.astype(np.float32), True)[LAYER].output
        weight, bias = (network.parameters()[f"{DENSE}.{name}"].array("flatten") for name in ("weight", "bias"))
        answer = int(np.argmax(linear(self.lines[0][None].astype(np.float32), weight, bias)))
        self.weight, place = float(weight[answer, self.indices[0]]), self.indices[0]
        self.met = tuple(float(line[place]) for line in self.lines)
        digits = multiplying([(number, self.weight) for number in self.met])
        self.factors = tuple(cell_text(number, digits) for number in (self.weight, *self.met))
        both = (linear(flatten(maps, 1), weight, bias) for maps in (pooled, _places_first(pooled)))
        self.right = tuple(int((scores.argmax(axis=1) == test.labels).sum()) for scores in both)
        self.asked = len(test)


def _places_first(maps: Floats) -> Floats:
    """Bring (..., C, H, W) to (..., H, W, C)."""
    return np.ascontiguousarray(np.moveaxis(maps, -3, -1))
