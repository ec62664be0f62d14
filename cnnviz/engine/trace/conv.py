"""A convolution, one output number at a time."""

from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np

from cnnviz._checks import Floats, Ints
from cnnviz.engine.channels import conv_geometry
from cnnviz.engine.padding import Padding
from cnnviz.engine.trace.operand import one_example, own, spatial_axes
from cnnviz.engine.trace.sequence import Trace, folded
from cnnviz.engine.trace.slide import Slide
from cnnviz.engine.trace.step import Array, Step, frozen
from cnnviz.engine.trace.wording import cell_text, number_text, product_text, sum_text

__all__ = ["ConvStep", "ConvTrace", "trace_conv"]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ConvStep(Step):
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

    output_index: tuple[int, ...]
    padded_origin: tuple[int, ...]
    input_origin: tuple[int, ...]
    window: tuple[slice, ...]
    input_channels: range
    is_padding: Array
    source: Array
    values: Array
    weights: Array
    products: Array
    channel_sums: Array
    bias: float
    result: float

    def __str__(self) -> str:
        if len(self.channel_sums) == 1:
            total = product_text(self.values, self.weights, self.bias)
        else:
            total = sum_text([*self.channel_sums.tolist(), *([self.bias] if self.bias else [])])
        return f"{cell_text('Y', self.output_index)} = {total} = {number_text(self.result)}"


class ConvTrace(Trace[ConvStep]):
    """The steps of a convolution: output channel by output channel, row by row.

    Attributes
    ----------
    input, padded : array, (C_in, *spatial) and (C_in, *padded)
        One example, without and with its padding.
    weight, bias : array (C_out, C_in / groups, *kernel) and array (C_out,) or None
    stride, dilation : tuple of int
    padding : tuple of (int, int)
        Cells before and after each axis.
    padding_mode : str
    groups : int
    output_shape : tuple of int
        ``(C_out, *positions)``.
    """

    _facts = (
        "input",
        "weight",
        "bias",
        "stride",
        "padding",
        "dilation",
        "groups",
        "padding_mode",
        "padded",
        "output_shape",
    )

    def __init__(self, image: Array, weight: Array, bias: Array | None, slide: Slide, groups: int) -> None:
        self.input = image
        self.weight = weight
        self.bias = bias
        self.groups = groups
        self.stride = slide.stride
        self.dilation = slide.dilation
        self.padding = slide.padding
        self.padding_mode = slide.padding_mode
        self.padded = slide.pad(image, 0.0)
        self.output_shape: tuple[int, ...] = (len(weight), *slide.positions)
        self._slide = slide

    def __len__(self) -> int:
        return prod(self.output_shape)

    @cached_property
    def padded_source(self) -> Array:
        """For each padded cell the input coordinates it copies, (*padded, ndim); -1 where it is a zero."""
        return self._slide.source(self._slide.whole())

    @cached_property
    def is_padding(self) -> Array:
        """For each padded cell whether it lies outside the input, (*padded)."""
        return self._slide.is_padding(self._slide.whole())

    def _build(self, index: int) -> ConvStep:
        channel, place = divmod(index, self._slide.count)
        position = self._slide.position(place)
        window = self._slide.window(position)
        weights = self.weight[channel]
        first = channel // (len(self.weight) // self.groups) * len(weights)
        channels = range(first, first + len(weights))
        values = self.padded[(slice(channels.start, channels.stop), *window)]
        with np.errstate(invalid="ignore", over="ignore"):
            products = np.multiply(values, weights, dtype=np.float64)
            channel_sums = products.reshape(len(weights), -1).sum(axis=1)
            bias = 0.0 if self.bias is None else float(self.bias[channel])
            result = float(channel_sums.sum() + bias)
        return ConvStep(
            index=index,
            output_index=(channel, *position),
            padded_origin=self._slide.padded_origin(position),
            input_origin=self._slide.input_origin(position),
            window=window,
            input_channels=channels,
            is_padding=self._slide.is_padding(window),
            source=self._slide.source(window),
            values=values,
            weights=weights,
            products=frozen(products),
            channel_sums=frozen(channel_sums),
            bias=bias,
            result=result,
        )

    def at(self, output_index: tuple[int, ...]) -> ConvStep:
        """Return the step whose result stands in this output cell, ``(channel, *position)``."""
        return self[int(np.ravel_multi_index(output_index, self.output_shape))]

    def fold(self) -> Array:
        """Return the convolution's output (C_out, *positions), put together from the steps."""
        return folded(self, self.output_shape, self.input.dtype)


def trace_conv(
    x: Floats,
    weight: Floats,
    bias: Floats | None = None,
    *,
    stride: Ints = 1,
    padding: Padding = 0,
    dilation: Ints = 1,
    groups: int = 1,
    padding_mode: str = "zeros",
    example: int = 0,
) -> ConvTrace:
    """Tell step by step how a convolution of one to three spatial axes comes about.

    ``result[o, p] = bias[o] + sum over c, k of padded[c, p * stride + k * dilation] * weight[o, c, k]``

    Parameters
    ----------
    x : array of float, (N, C_in, *spatial)
        The batch; the number of its axes says whether the convolution is 1-D, 2-D or 3-D.
    weight : array of float, (C_out, C_in / groups, *kernel)
    bias : array of float, (C_out,), optional
    stride, padding, dilation, groups, padding_mode
        As for `conv2d`.
    example : int
        Which example of the batch to follow.

    Returns
    -------
    ConvTrace
        One `ConvStep` for each output number, channel by channel, row by row; built when asked for.

    Raises
    ------
    ShapeError
        If the arrays do not fit each other or no window fits.
    OptionError
        If an argument is outside what it may be.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]]])
    >>> edge = np.array([[[[1.0, 0.0, -1.0], [1.0, 0.0, -1.0]]]])
    >>> trace = trace_conv(x, edge, padding=((0, 0), (1, 1)))
    >>> len(trace), trace.output_shape
    (3, (1, 1, 3))
    >>> step = trace[1]  # the window that lies wholly on the picture
    >>> step.products
    array([[[ 1.,  0., -3.],
            [ 4.,  0., -6.]]])
    >>> step.result
    -4.0
    >>> print(step)
    Y[0, 0, 1] = 1×1 + 2×0 + 3×(−1) + 4×1 + 5×0 + 6×(−1) = −4
    >>> trace[0].input_origin, trace[0].is_padding  # one column to the left
    ((0, -1), array([[ True, False, False],
           [ True, False, False]]))
    >>> trace.fold()
    array([[[-7., -4.,  7.]]])
    """
    who = "trace_conv"
    geometry = conv_geometry(
        who,
        spatial_axes(who, x),
        x,
        weight,
        bias,
        stride=stride,
        padding=padding,
        dilation=dilation,
        groups=groups,
        padding_mode=padding_mode,
    )
    image = one_example(who, x, example)
    return ConvTrace(image, own(weight), None if bias is None else own(bias), Slide.of(geometry), groups)
