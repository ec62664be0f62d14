"""A transposed convolution, one stamp of the kernel at a time."""

from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from cnnviz._checks import Floats, Ints, native
from cnnviz.engine.channels import conv_transpose_geometry
from cnnviz.engine.padding import Padding
from cnnviz.engine.trace.gather import GatherTrace, arrivals
from cnnviz.engine.trace.operand import group_of, one_example, own, spatial_axes
from cnnviz.engine.trace.sequence import Trace
from cnnviz.engine.trace.slide import Slide
from cnnviz.engine.trace.step import Array, Cell, Step, frozen

__all__ = ["ConvTransposeStep", "ConvTransposeTrace", "trace_conv_transpose"]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ConvTransposeStep(Step):
    """How one cell of the input stamps the kernel, times its value, onto the canvas.

    Where stamps overlap they add up. The canvas is then cut down to the output by the padding, and the bias is added.

    Attributes
    ----------
    index : int
        Place of the step in its trace.
    input_index : tuple of int
        The input cell, ``(channel, *coordinates)``.
    canvas_origin, output_origin : tuple of int
        The stamp's first cell on the canvas and in the output; the latter is negative where padding cuts it off.
    window : tuple of slice
        Cuts the stamp out of a channel of the canvas, dilation included.
    output_channels : range
        The output channels this input channel writes to: all, or those of its group.
    is_cropped : array of bool, (*kernel)
        Which cells of the stamp the padding cuts off.
    target : array of int, (*kernel, ndim)
        The output coordinates each cell of the stamp lands on; -1 where it is cut off.
    value : float
        What the input cell holds.
    weights : array, (C_out / groups, *kernel)
        The kernel.
    products : array of float64, (C_out / groups, *kernel)
        The stamp: ``value * weights``.
    """

    input_index: Cell
    canvas_origin: Cell
    output_origin: Cell
    window: tuple[slice, ...]
    output_channels: range
    is_cropped: Array
    target: Array
    value: float
    weights: Array
    products: Array


class ConvTransposeTrace(Trace[ConvTransposeStep]):
    """The stamps of a transposed convolution: input channel by input channel, row by row.

    Attributes
    ----------
    input : array, (C_in, *spatial)
        One example.
    weight, bias : array (C_in, C_out / groups, *kernel) and array (C_out,) or None
    stride, dilation : tuple of int
    padding : tuple of (int, int)
        Cells cut off before and after each axis.
    groups : int
    shape : tuple of int
        That of the input.
    canvas_shape, output_shape : tuple of int
        ``(C_out, *spatial)`` before and after the cut. Cells of the canvas that ``output_padding`` adds stay empty.
    gather : GatherTrace
        The same calculation from the other side: one step for each output cell, with every input cell that adds to it.
    """

    _facts = (
        "input",
        "weight",
        "bias",
        "stride",
        "padding",
        "dilation",
        "groups",
        "canvas_shape",
        "output_shape",
    )

    def __init__(self, image: Array, weight: Array, bias: Array | None, slide: Slide, groups: int) -> None:
        super().__init__(image.shape)
        self.input = image
        self.weight = weight
        self.bias = bias
        self.groups = groups
        self.stride = slide.stride
        self.dilation = slide.dilation
        self.padding = slide.padding
        channels = weight.shape[1] * groups
        self.canvas_shape: Cell = (channels, *slide.padded_size)
        self.output_shape: Cell = (channels, *slide.size)
        self.gather = GatherTrace(self.output_shape, image.dtype, partial(arrivals, slide, image, weight, groups), bias)
        self._slide = slide

    @cached_property
    def is_cropped(self) -> Array:
        """For each cell of the canvas whether the padding cuts it off, (*canvas)."""
        return self._slide.is_padding(self._slide.whole())

    def _build(self, index: int, cell: Cell) -> ConvTransposeStep:
        channel, *position = cell
        view = self._slide.view(tuple(position))
        weights = self.weight[channel]
        value = float(self.input[cell])
        with np.errstate(invalid="ignore", over="ignore"):
            products = np.multiply(value, weights, dtype=np.float64)
        return ConvTransposeStep(
            index=index,
            input_index=cell,
            canvas_origin=view["padded_origin"],
            output_origin=view["input_origin"],
            window=view["window"],
            output_channels=group_of(channel, self.weight, self.groups),
            is_cropped=view["is_padding"],
            target=view["source"],
            value=value,
            weights=weights,
            products=frozen(products),
        )

    def fold(self) -> Array:
        """Return the output (C_out, *spatial): every stamp added to the canvas, the canvas cut, the bias added."""
        canvas = np.zeros(self.canvas_shape)
        with np.errstate(invalid="ignore", over="ignore"):
            for step in self:
                channels = step.output_channels
                canvas[(slice(channels.start, channels.stop), *step.window)] += step.products
            sides = zip(self._slide.size, self.padding, strict=True)
            output = canvas[(slice(None), *(slice(before, before + n) for n, (before, _) in sides))]
            if self.bias is not None:
                output = output + self.bias.reshape(-1, *(1 for _ in self._slide.size))
            return output.astype(self.input.dtype)


def trace_conv_transpose(
    x: Floats,
    weight: Floats,
    bias: Floats | None = None,
    *,
    stride: Ints = 1,
    padding: Padding = 0,
    output_padding: Ints = 0,
    dilation: Ints = 1,
    groups: int = 1,
    example: int = 0,
) -> ConvTransposeTrace:
    """Tell stamp by stamp how a transposed convolution of one to three spatial axes comes about.

    ``canvas[o, p * stride + k * dilation] += x[c, p] * weight[c, o, k]`` for each input cell ``(c, p)``; the output is
    the canvas without its padding, plus the bias.

    Parameters
    ----------
    x : array of float, (N, C_in, *spatial)
        The batch.
    weight : array of float, (C_in, C_out / groups, *kernel)
    bias : array of float, (C_out,), optional
    stride, padding, output_padding, dilation, groups
        As for `conv_transpose2d`.
    example : int
        Which example of the batch to follow.

    Returns
    -------
    ConvTransposeTrace
        One `ConvTransposeStep` for each input number, and in ``gather`` one `GatherStep` for each output number.

    Raises
    ------
    ShapeError
        If the arrays do not fit each other or nothing is left of the output.
    OptionError
        If an argument is outside what it may be.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[[1.0, 2.0]]])
    >>> trace = trace_conv_transpose(x, np.array([[[1.0, 10.0, 100.0]]]), stride=2)
    >>> [(step.canvas_origin, step.products.tolist()) for step in trace]
    [((0,), [[1.0, 10.0, 100.0]]), ((2,), [[2.0, 20.0, 200.0]])]
    >>> trace.fold()  # the stamps overlap in one cell
    array([[  1.,  10., 102.,  20., 200.]])
    >>> print(trace.gather[2])
    [0, 2] = 1×100 + 2×1 = 102

    References
    ----------
    Dumoulin and Visin, A guide to convolution arithmetic for deep learning, section 4.
    """
    x, weight, bias = native(x), native(weight), native(bias)
    geometry = conv_transpose_geometry(
        "trace_conv_transpose",
        spatial_axes("trace_conv_transpose", x),
        x,
        weight,
        bias,
        stride=stride,
        padding=padding,
        output_padding=output_padding,
        dilation=dilation,
        groups=groups,
    )
    image = one_example("trace_conv_transpose", x, example)
    return ConvTransposeTrace(image, own(weight), None if bias is None else own(bias), Slide.of(geometry), groups)
