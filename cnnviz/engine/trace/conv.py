"""A convolution, one output number at a time."""

from functools import cached_property

import numpy as np

from cnnviz._checks import Floats, Ints, native
from cnnviz.engine.channels import conv_geometry
from cnnviz.engine.padding import Padding
from cnnviz.engine.trace.conv_step import ConvStep
from cnnviz.engine.trace.operand import group_of, one_example, own, spatial_axes
from cnnviz.engine.trace.sequence import SumTrace
from cnnviz.engine.trace.slide import Slide
from cnnviz.engine.trace.step import Array, Cell, frozen

__all__ = ["ConvTrace", "trace_conv"]


class ConvTrace(SumTrace[ConvStep]):
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
    shape, output_shape : tuple of int
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
    )

    def __init__(self, image: Array, weight: Array, bias: Array | None, slide: Slide, groups: int) -> None:
        super().__init__((len(weight), *slide.positions), image.dtype)
        self.output_shape = self.shape
        self.input = image
        self.weight = weight
        self.bias = bias
        self.groups = groups
        self.stride = slide.stride
        self.dilation = slide.dilation
        self.padding = slide.padding
        self.padding_mode = slide.padding_mode
        self.padded = slide.pad(image, 0.0)
        self._slide = slide

    @cached_property
    def padded_source(self) -> Array:
        """For each padded cell the input coordinates it copies, (*padded, ndim); -1 where it is a zero."""
        return self._slide.source(self._slide.whole())

    @cached_property
    def is_padding(self) -> Array:
        """For each padded cell whether it lies outside the input, (*padded)."""
        return self._slide.is_padding(self._slide.whole())

    def _build(self, index: int, cell: Cell) -> ConvStep:
        channel, *position = cell
        view = self._slide.view(tuple(position))
        weights = self.weight[channel]
        channels = group_of(channel, self.weight, self.groups)
        values = self.padded[(slice(channels.start, channels.stop), *view["window"])]
        bias = 0.0 if self.bias is None else float(self.bias[channel])
        with np.errstate(invalid="ignore", over="ignore"):
            products = np.multiply(values, weights, dtype=np.float64)
            channel_sums = products.reshape(len(weights), -1).sum(axis=1)
            result = float(channel_sums.sum() + bias)
        return ConvStep(
            index=index,
            output_index=cell,
            input_channels=channels,
            values=values,
            weights=weights,
            products=frozen(products),
            channel_sums=frozen(channel_sums),
            bias=bias,
            result=result,
            **view,
        )


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
    x, weight, bias = native(x), native(weight), native(bias)
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
