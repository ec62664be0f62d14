"""The gradient of an input where the kernel moved in steps: dY spread out with zeros, under the rotated kernel."""

from __future__ import annotations

import numpy as np

from cnnviz.engine.trace import trace_conv
from cnnviz.errors import ShapeError
from cnnviz.subjects.backprop import Backprop
from cnnviz.subjects.kinds import Integer
from cnnviz.subjects.option import Option, Subject


class StridedGradient(Subject):
    """A convolution with a stride, and two convolutions that should give the gradient of its input.

    Attributes
    ----------
    picture : Picture
    forward : ConvVjpTrace
        The windows of the way there.
    given, dx : array
        The gradient of the output and, share by share, that of the input.
    packed, spread : ConvTrace
        dY with zeros around it only, and with zeros between its cells, too, each under the rotated kernel.
    close, places : dict
        Where each cell of dY stands in the input of ``packed``, and in that of ``spread``.

    Examples
    --------
    >>> subject = StridedGradient()
    >>> subject.given.shape, subject.packed.output_shape, subject.spread.output_shape, subject.dx.shape
    ((3, 3), (1, 5, 5), (1, 7, 7), (7, 7))
    >>> bool((subject.spread.fold()[0] == subject.dx).all())
    True
    """

    image = Backprop.image.but(None, "The picture; a digit of 7 x 7 pixels if left out.")
    kernel = Backprop.kernel.but("1,2,3;4,5,6;7,8,9")
    size = Backprop.size
    stride = Option(Integer(2, 4), 2, "Cells the window moves on.")
    dy = Backprop.dy.but("pattern")

    def prepare(self) -> None:
        """Load, check and trace."""
        image, size = ("digit:3", self.size or 7) if self.image is None else (self.image, self.size)
        whole = Backprop(image, kernel=self.kernel, size=size, stride=self.stride, dy=self.dy)
        assert whole.rotated is not None  # nothing is padded
        self.labels, self.spread, self.places = whole.labels, whole.rotated, whole.among_zeros
        self.picture, self.forward = whole.picture, whole.trace
        self.given, self.dx = whole.trace.dy[0], whole.of_input().result
        self.steepest = whole.steepest
        if self.given.size == 1:
            raise ShapeError(
                "strided gradient: expected at least two windows, or nothing stands between, got one; "
                "use a smaller stride or a larger picture"
            )
        around = [(side - 1, side - 1) for side in self.kernel.values.shape]
        self.close = {cell: (cell[0] + around[0][0], cell[1] + around[1][0]) for cell in self.places}
        self.packed = trace_conv(np.pad(self.given, around)[None, None], self.spread.weight)

    def pairs(self, cell: tuple[int, int]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """List the cells of dY under the rotated kernel at a cell of dX, each by its place and that of its weight.

        >>> StridedGradient().pairs((2, 2))
        [((2, 2), (0, 0)), ((2, 4), (0, 2)), ((4, 2), (2, 0)), ((4, 4), (2, 2))]
        """
        rows, columns = self.kernel.values.shape
        row, column = cell
        return [
            ((i, j), (i - row, j - column))
            for i, j in self.places.values()
            if row <= i < row + rows and column <= j < column + columns
        ]
