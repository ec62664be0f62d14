"""The way back through a convolution: each output gradient hands out its shares."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from cnnviz._checks import Floats, Ints, native
from cnnviz.engine.channels import check_gradient, conv_geometry
from cnnviz.engine.padding import Padding
from cnnviz.engine.trace.conv_gradient import BiasGradientTrace, WeightGradientTrace
from cnnviz.engine.trace.gather import GatherTrace, arrivals
from cnnviz.engine.trace.operand import group_of, one_example, own, spatial_axes
from cnnviz.engine.trace.sequence import Trace
from cnnviz.engine.trace.slide import Slide, give_back
from cnnviz.engine.trace.step import Array, Cell, Step, frozen

__all__ = ["ConvVjpStep", "ConvVjpTrace", "trace_conv_vjp"]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ConvVjpStep(Step):
    """What the gradient of one output number hands out.

    The output number was ``bias + sum(values * weights)``, so each value receives ``gradient * weight``, each weight
    ``gradient * value``, and the bias the gradient itself. What several steps hand to one place adds up.

    Attributes
    ----------
    index : int
        Place of the step in its trace.
    output_index : tuple of int
        The output cell, ``(channel, *position)``.
    gradient : float
        The gradient of that output number.
    padded_origin, input_origin, window, input_channels, is_padding, source
        The window, as in `ConvStep`. A share for a cell whose ``source`` is -1 is lost: it was a zero of the padding.
    values, weights : array, (C_in / groups, *kernel)
        What lay under the window, and the kernel.
    dx, dweight : array of float64, (C_in / groups, *kernel)
        The shares: ``gradient * weights`` for the input, ``gradient * values`` for the weights of this output channel.
    dbias : float
        The share of this channel's bias, the gradient itself.
    """

    output_index: Cell
    gradient: float
    padded_origin: Cell
    input_origin: Cell
    window: tuple[slice, ...]
    input_channels: range
    is_padding: Array
    source: Array
    values: Array
    weights: Array
    dx: Array
    dweight: Array
    dbias: float


class ConvVjpTrace(Trace[ConvVjpStep]):
    """The shares that each gradient of a convolution's output hands out: channel by channel, row by row.

    Attributes
    ----------
    dy : array, (C_out, *positions)
        The gradient of the output, for one example.
    input, padded : array, (C_in, *spatial) and (C_in, *padded)
    weight, bias : array (C_out, C_in / groups, *kernel) and array (C_out,) or None
    stride, dilation : tuple of int
    padding : tuple of (int, int)
        Cells before and after each axis.
    padding_mode : str
    groups : int
    dx : GatherTrace
        The gradient of the input from the other side: one step for each input cell, with every output gradient that
        reaches it and the weight it comes through.
    dweight : WeightGradientTrace
        One step for each weight: the sum over all positions.
    dbias : BiasGradientTrace or None
        One step for each bias.
    """

    _facts = (
        "dy",
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

    def __init__(self, dy: Array, image: Array, weight: Array, bias: Array | None, slide: Slide, groups: int) -> None:
        super().__init__(dy.shape)
        self.dy = dy
        self.input = image
        self.weight = weight
        self.bias = bias
        self.groups = groups
        self.stride = slide.stride
        self.dilation = slide.dilation
        self.padding = slide.padding
        self.padding_mode = slide.padding_mode
        self.padded = slide.pad(image, 0.0)
        self.dx = GatherTrace(image.shape, image.dtype, partial(arrivals, slide, dy, weight, groups))
        self.dweight = WeightGradientTrace(dy, self.padded, weight, slide, groups)
        self.dbias = None if bias is None else BiasGradientTrace(dy)
        self._slide = slide

    def _build(self, index: int, cell: Cell) -> ConvVjpStep:
        channel, *position = cell
        view = self._slide.view(tuple(position))
        weights = self.weight[channel]
        channels = group_of(channel, self.weight, self.groups)
        values = self.padded[(slice(channels.start, channels.stop), *view["window"])]
        gradient = float(self.dy[cell])
        with np.errstate(invalid="ignore", over="ignore"):
            dx = np.multiply(gradient, weights, dtype=np.float64)
            dweight = np.multiply(gradient, values, dtype=np.float64)
        return ConvVjpStep(
            index=index,
            output_index=cell,
            gradient=gradient,
            input_channels=channels,
            values=values,
            weights=weights,
            dx=frozen(dx),
            dweight=frozen(dweight),
            dbias=gradient,
            **view,
        )

    def fold(self) -> tuple[Array, Array, Array | None]:
        """Return ``(dx, dweight, dbias)`` of the example, all shares added up; ``dbias`` is None without a bias."""
        dx, dweight, dbias = np.zeros(self.input.shape), np.zeros(self.weight.shape), np.zeros(len(self.weight))
        with np.errstate(invalid="ignore", over="ignore"):
            for step in self:
                for channel, shares in zip(step.input_channels, step.dx, strict=True):
                    give_back(dx[channel], step.source, shares)
                dweight[step.output_index[0]] += step.dweight
                dbias[step.output_index[0]] += step.dbias
            dtype = self.input.dtype
            return dx.astype(dtype), dweight.astype(dtype), None if self.bias is None else dbias.astype(dtype)


def trace_conv_vjp(
    dy: Floats,
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
) -> ConvVjpTrace:
    """Tell step by step how the gradients of a convolution come about.

    ``dx[c, p * stride + k * dilation] += dy[o, p] * weight[o, c, k]``,
    ``dweight[o, c, k] += dy[o, p] * padded[c, p * stride + k * dilation]`` and ``dbias[o] += dy[o, p]``,
    for each output cell ``(o, p)``.

    Parameters
    ----------
    dy : array of float, (N, C_out, *positions)
        The gradient of the output.
    x, weight, bias, stride, padding, dilation, groups, padding_mode
        As for `trace_conv`.
    example : int
        Which example of the batch to follow. The gradients of the weights and biases of a whole batch are the sums over
        its examples.

    Returns
    -------
    ConvVjpTrace
        One `ConvVjpStep` for each gradient of the output; in ``dx``, ``dweight`` and ``dbias`` one step for each
        gradient that comes out.

    Raises
    ------
    ShapeError
        If the arrays do not fit each other.
    OptionError
        If an argument is outside what it may be.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[[1.0, 2.0, 3.0]]])
    >>> weight = np.array([[[10.0, -1.0]]])
    >>> trace = trace_conv_vjp(np.array([[[1.0, 2.0]]]), x, weight)
    >>> trace[1].gradient, trace[1].dx, trace[1].dweight  # the second window lies on 2 and 3
    (2.0, array([[20., -2.]]), array([[4., 6.]]))
    >>> print(trace.dx[1])  # the middle cell lay under both windows
    [0, 1] = 1×(−1) + 2×10 = 19
    >>> print(trace.dweight[0])  # the first weight met 1 and 2
    dW[0, 0, 0] = 1×1 + 2×2 = 5
    >>> trace.fold()
    (array([[10., 19., -2.]]), array([[[5., 8.]]]), None)

    References
    ----------
    Dumoulin and Visin, A guide to convolution arithmetic for deep learning, section 4.1.
    """
    who = "trace_conv_vjp"
    dy, x, weight, bias = native(dy), native(x), native(weight), native(bias)
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
    check_gradient(who, dy, x, (len(x), len(weight), *geometry.out))
    return ConvVjpTrace(
        one_example(who, dy, example),
        one_example(who, x, example),
        own(weight),
        None if bias is None else own(bias),
        Slide.of(geometry),
        groups,
    )
