"""One window of a pooling: what lies under it, and what each cell counts for."""

from dataclasses import dataclass

from cnnviz.engine.trace.step import Array, Cell, SumStep
from cnnviz.engine.trace.wording import cell_text, number_text, sum_text

__all__ = ["PoolStep"]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PoolStep(SumStep):
    """How one number of a pooled map comes about.

    The result is the greatest of the values, or ``sum(values) / divisor``; either way the sum of ``share * values``
    over the cells that count.

    Attributes
    ----------
    index : int
        Place of the step in its trace.
    output_index : tuple of int
        The output cell, ``(channel, *position)``.
    padded_origin, input_origin : tuple of int
        The window's first cell in the padded input and in the input; the latter is negative inside the padding.
    window : tuple of slice
        Cuts the window out of ``trace.padded[channel]``, dilation included.
    is_padding : array of bool, (*kernel)
        Which cells of the window lie outside the input.
    source : array of int, (*kernel, ndim)
        The input coordinates of each cell; -1 where it lies outside.
    values : array, (*kernel)
        What lies under the window. Outside the input that is ``-inf`` for the maximum and 0 for the average.
    share : array of float64, (*kernel)
        The derivative of ``result`` by each value: 1 at ``argmax``, or ``1 / divisor`` on the cells that are averaged.
    argmax : tuple of int or None
        Input coordinates of the greatest value, the first in row-major order if several are equal; None for an average,
        and for a window that dilation leads past every cell, whose maximum is ``-inf``.
    argmaxes : tuple of tuple of int
        Input coordinates of every cell that holds the greatest value; empty for an average.
    divisor : int or None
        What the sum of an average is divided by; 0 where no cell counts, and the average is NaN; None for a maximum.
    result : float
        The output number.
    """

    padded_origin: Cell
    input_origin: Cell
    window: tuple[slice, ...]
    is_padding: Array
    source: Array
    values: Array
    share: Array
    argmax: Cell | None
    argmaxes: tuple[Cell, ...]
    divisor: int | None

    def __str__(self) -> str:
        cell, result = cell_text("Y", self.output_index), number_text(self.result)
        values = self.values[~self.is_padding].tolist()
        if self.divisor is None:
            return f"{cell} = max({', '.join(map(number_text, values))}) = {result}"
        return f"{cell} = ({sum_text(values)}) / {self.divisor} = {result}"
