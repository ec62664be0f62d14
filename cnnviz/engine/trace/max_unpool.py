"""Max unpooling, one number of the pooled map at a time."""

from dataclasses import dataclass

import numpy as np

from cnnviz._checks import Floats, Ints, native
from cnnviz.engine.trace.operand import one_example, spatial_axes
from cnnviz.engine.trace.sequence import Trace
from cnnviz.engine.trace.step import Array, Cell, Step, frozen
from cnnviz.engine.trace.wording import cell_text, number_text
from cnnviz.engine.unpooling import unpooled

__all__ = ["MaxUnpoolStep", "MaxUnpoolTrace", "trace_max_unpool"]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class MaxUnpoolStep(Step):
    """Where one number of a pooled map goes back to.

    Attributes
    ----------
    index : int
        Place of the step in its trace.
    input_index, output_index : tuple of int
        The cell of the pooled map, and the cell of the output that it goes to, ``(channel, *coordinates)``.
    place : int
        That cell's number in its plane, row by row from 0.
    value : float
        What goes there.
    """

    input_index: Cell
    output_index: Cell
    place: int
    value: float

    def __str__(self) -> str:
        giver = f"{cell_text('X', self.input_index)} = {number_text(self.value)}"
        return f"{giver} goes to {cell_text('Y', self.output_index)}"


class MaxUnpoolTrace(Trace[MaxUnpoolStep]):
    """The numbers of a pooled map on their way back: channel by channel, row by row.

    Attributes
    ----------
    input, indices : array, (C, *spatial)
        The pooled map of one example, and the places.
    shape, output_shape : tuple of int
        ``(C, *spatial)`` of the pooled map and of the output.
    """

    _facts = ("input", "indices", "output_shape")

    def __init__(self, pooled: Array, indices: Array, plane: Cell) -> None:
        super().__init__(pooled.shape)
        self.input = pooled
        self.indices = indices
        self.output_shape = (len(pooled), *plane)

    def _build(self, index: int, cell: Cell) -> MaxUnpoolStep:
        place = rest = int(self.indices[cell])
        coordinates: list[int] = []
        for size in reversed(self.output_shape[1:]):
            rest, coordinate = divmod(rest, size)
            coordinates.insert(0, coordinate)
        return MaxUnpoolStep(
            index=index,
            input_index=cell,
            output_index=(cell[0], *coordinates),
            place=place,
            value=float(self.input[cell]),
        )

    def fold(self) -> Array:
        """Return the output (C, *plane): each number at its place, of several at one place the last, else 0."""
        output = np.zeros(self.output_shape, self.input.dtype)
        for step in self:
            output[step.output_index] = step.value
        return output


def trace_max_unpool(
    x: Floats,
    indices: Array,
    kernel_size: Ints,
    *,
    stride: Ints | None = None,
    padding: Ints = 0,
    output_size: Ints | None = None,
    example: int = 0,
) -> MaxUnpoolTrace:
    """Tell number by number where a pooled map goes back to.

    Parameters
    ----------
    x : array of float, (N, C, *spatial)
        The batch of pooled maps.
    indices, kernel_size, stride, padding, output_size
        As for `max_unpool2d`.
    example : int
        Which example of the batch to follow.

    Returns
    -------
    MaxUnpoolTrace
        One `MaxUnpoolStep` for each number of the pooled map.

    Raises
    ------
    ShapeError
        If the arrays do not fit each other, or a place lies outside the plane.
    OptionError
        If an argument is outside what it may be.

    Examples
    --------
    >>> import numpy as np
    >>> trace = trace_max_unpool(np.array([[[3.0, 9.0]]]), np.array([[[1, 3]]]), 2)
    >>> for step in trace:
    ...     print(step)
    X[0, 0] = 3 goes to Y[0, 1]
    X[0, 1] = 9 goes to Y[0, 3]
    >>> trace.fold()
    array([[0., 3., 0., 9.]])
    """
    who, x = "trace_max_unpool", native(x)
    spatial_axes(who, x)
    places, plane = unpooled(who, x, indices, kernel_size, stride, padding, output_size)
    pooled = one_example(who, x, example)
    return MaxUnpoolTrace(pooled, frozen(places[example].copy()), plane)
