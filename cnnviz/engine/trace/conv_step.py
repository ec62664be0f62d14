"""One window of a convolution: what lies under it, the products, the sum."""

from dataclasses import dataclass

from cnnviz.engine.trace.step import Array, Cell, SumStep
from cnnviz.engine.trace.wording import cell_text, number_text, product_text, sum_text

__all__ = ["ConvStep"]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ConvStep(SumStep):
    """How one number of a convolution's output comes about.

    ``result = bias + sum(channel_sums)``, ``channel_sums[c] = sum(products[c])``, ``products = values * weights``.

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
    input_channels : range
        The input channels this output channel looks at: all, or those of its group.
    is_padding : array of bool, (*kernel)
        Which cells of the window lie outside the input.
    source : array of int, (*kernel, ndim)
        The input coordinates each cell copies; -1 where it is a zero of the padding.
    values, weights : array, (C_in / groups, *kernel)
        What lies under the window, and the kernel.
    products : array of float64, (C_in / groups, *kernel)
        ``values * weights``.
    channel_sums : array of float64, (C_in / groups,)
        The partial sum of each input channel.
    bias, result : float
        What is added at the end, and the output number.
    """

    padded_origin: Cell
    input_origin: Cell
    window: tuple[slice, ...]
    input_channels: range
    is_padding: Array
    source: Array
    values: Array
    weights: Array
    products: Array
    channel_sums: Array
    bias: float

    def __str__(self) -> str:
        if len(self.channel_sums) == 1:
            total = product_text(self.values, self.weights, self.bias)
        else:
            total = sum_text([*self.channel_sums.tolist(), *([self.bias] if self.bias else [])])
        return f"{cell_text('Y', self.output_index)} = {total} = {number_text(self.result)}"
