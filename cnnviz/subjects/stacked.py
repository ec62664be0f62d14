"""Two windows of 3 x 3 in a row, the one of 5 x 5 that does the same, and one that no two can make."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cnnviz.data import Kernel
from cnnviz.engine import convolve2d, correlate2d, relu
from cnnviz.engine.trace import trace_conv
from cnnviz.errors import InputError, OptionError
from cnnviz.subjects.convolution import Convolution
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import subject_picture

SMALL, LARGE = 3, 5
_STARTS, _ROUNDS = 24, 60
Floats = NDArray[np.floating]


class Stacked(Subject):
    """A patch of a picture under two kernels in a row, under one, and with a ReLU between.

    Attributes
    ----------
    patch : array, shape (5, 5)
        Where the ReLU matters most.
    trace : ConvTrace
        Of the first kernel over the patch.
    middle : array, shape (3, 3)
    result : float
        What the second kernel makes of it.
    stamps : list of array, shape (5, 5)
        The kernel that does both, as it grows: the first kernel times each weight of the second, in its place.
    bent_middle, bent : array, float
        With a ReLU between.
    nearest : array, shape (5, 5)
        Of what two kernels of 3 x 3 can make, what came nearest to the wanted kernel, by alternating least squares.
    pair : (array, array), shape (3, 3) each
        The two kernels that make it, with the same largest weight.
    missed : float
        How far that is from it, as a share of its length.

    Examples
    --------
    >>> stacked = Stacked()
    >>> float((stacked.patch * stacked.stamps[-1]).sum()) == stacked.result
    True
    >>> stacked.stamps[-1][0].tolist(), round(stacked.missed, 2)
    ([-1.0, -2.0, 0.0, 2.0, 1.0], 0.26)
    """

    image = Convolution.image.but("digit:5")
    size = Convolution.size
    first = Convolution.kernel.but("sobel-x", "The first kernel, 3 x 3.")
    second = Convolution.kernel.but("1,2,1;2,4,2;1,2,1", "The second kernel, 3 x 3.")
    wanted: Option[Kernel] = Convolution.kernel.but(
        "0,0,1,0,0;0,0,1,0,0;1,1,1,1,1;0,0,1,0,0;0,0,1,0,0", "A kernel of 5 x 5 to make of two."
    )

    def prepare(self) -> None:
        """Load, choose a patch, and compute."""
        for name, kernel, side in (
            ("first", self.first, SMALL),
            ("second", self.second, SMALL),
            ("wanted", self.wanted, LARGE),
        ):
            if kernel.values.shape != (side, side):
                got = " x ".join(map(str, kernel.values.shape))
                raise OptionError(f"{name}: expected a kernel of {side} x {side}, got {got}; choose another one")
        self.picture = subject_picture(self.image, self.size)
        self.patch = self._patch(self.picture.values[0])
        first, second = self.first.values, self.second.values
        self.trace = trace_conv(self.patch[None, None], first[None, None])
        self.middle = correlate2d(self.patch, first, "valid")
        self.result = float(correlate2d(self.middle, second, "valid")[0, 0])
        self.bent_middle = relu(self.middle)
        self.bent = float(correlate2d(self.bent_middle, second, "valid")[0, 0])
        self.stamps, stamped = list[Floats](), np.zeros_like(second)
        for cell in np.ndindex(second.shape):
            stamped[cell] = second[cell]
            self.stamps.append(convolve2d(first, stamped, "full"))
        self._approach(self.wanted.values)

    def _patch(self, ink: Floats) -> Floats:
        """Return the patch where the ReLU changes the result most, the first of equals."""
        if min(ink.shape) < LARGE:
            got = " x ".join(map(str, ink.shape))
            raise InputError(
                f"stacked: expected a picture of at least {LARGE} x {LARGE}, got {got}; choose a larger one"
            )
        middle, second = correlate2d(ink, self.first.values, "valid"), self.second.values
        change = correlate2d(relu(middle) - middle, second, "valid")
        row, column = np.unravel_index(int(np.abs(change).argmax()), change.shape)
        return ink[row : row + LARGE, column : column + LARGE]

    def _approach(self, wanted: Floats) -> None:
        """Look for two kernels: one fixed, the other is a matter of least squares; keep the best of some starts."""
        draw, self.missed = np.random.default_rng(0), np.inf
        length = float(np.linalg.norm(wanted)) or 1.0
        for _ in range(_STARTS):
            one: Floats = draw.standard_normal((SMALL, SMALL))
            for _ in range(2 * _ROUNDS):
                table = _placed(one)
                other = np.linalg.lstsq(table, wanted.ravel(), rcond=None)[0]
                before, one = one, other.reshape(SMALL, SMALL)
            made = (table @ other).reshape(LARGE, LARGE)
            missed = float(np.linalg.norm(made - wanted)) / length
            if missed < self.missed - 1e-9:
                self.nearest, self.missed, self.pair = made, missed, _balanced(before, one)


def _placed(kernel: Floats) -> Floats:
    """Return a column for each place of a kernel within the large one, so that a product with weights adds them up."""
    places = np.zeros((LARGE, LARGE, SMALL, SMALL))
    for row, column in np.ndindex(SMALL, SMALL):
        places[row : row + SMALL, column : column + SMALL, row, column] = kernel
    return places.reshape(LARGE * LARGE, -1)


def _balanced(one: Floats, other: Floats) -> tuple[Floats, Floats]:
    """Return two kernels of the same product whose largest weights are equal, that of the first above 0."""
    largest = one.flat[int(np.abs(one).argmax())]
    by = float(np.sqrt(np.abs(other).max() / abs(largest)) * np.sign(largest)) or 1.0
    return one * by, other / by
