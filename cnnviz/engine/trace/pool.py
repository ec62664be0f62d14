"""Pooling, one output number at a time."""

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from cnnviz._checks import Floats, Ints, choice, integer, integers
from cnnviz.engine.geometry import lay_out
from cnnviz.engine.padding import Padding, padding_pairs
from cnnviz.engine.trace.operand import one_example, spatial_axes
from cnnviz.engine.trace.pool_step import PoolStep
from cnnviz.engine.trace.sequence import SumTrace
from cnnviz.engine.trace.slide import Slide
from cnnviz.engine.trace.step import Array, Cell, frozen
from cnnviz.errors import OptionError

__all__ = ["PoolTrace", "pool_trace", "trace_pool"]


class PoolTrace(SumTrace[PoolStep]):
    """The steps of a pooling: channel by channel, row by row.

    Attributes
    ----------
    input, padded : array, (C, *spatial) and (C, *padded)
        One example, without and with its padding, which holds ``-inf`` for a maximum and 0 for an average.
    kind : str
        ``max`` or ``avg``.
    kernel_size, stride, dilation : tuple of int
    padding : tuple of (int, int)
        Cells before and after each axis.
    overrun : tuple of int
        With ``ceil_mode``, the cells beyond the padding that the last windows reach; ``padded`` has them too.
    count_include_pad : bool
        Whether an average counts the cells of the padding; it never counts the overrun.
    divisor_override : int or None
        Divides every sum of an average, if given.
    shape, output_shape : tuple of int
        ``(C, *positions)``.
    """

    _facts = (
        "kind",
        "input",
        "kernel_size",
        "stride",
        "padding",
        "dilation",
        "overrun",
        "count_include_pad",
        "divisor_override",
        "padded",
    )

    def __init__(
        self, image: Array, slide: Slide, kind: str, count_include_pad: bool, divisor_override: int | None
    ) -> None:
        super().__init__((len(image), *slide.positions), image.dtype)
        self.output_shape = self.shape
        self.input = image
        self.kind = kind
        self.kernel_size = slide.kernel
        self.stride = slide.stride
        self.dilation = slide.dilation
        self.padding = slide.padding
        self.overrun = slide.overrun
        self.count_include_pad = count_include_pad
        self.divisor_override = divisor_override
        self.padded = slide.pad(image, -np.inf if kind == "max" else 0.0)
        self._slide = slide

    @cached_property
    def padded_source(self) -> Array:
        """For each padded cell its input coordinates, (*padded, ndim); -1 where it lies outside the input."""
        return self._slide.source(self._slide.whole())

    @cached_property
    def is_padding(self) -> Array:
        """For each padded cell whether it lies outside the input, (*padded)."""
        return self._slide.is_padding(self._slide.whole())

    def _build(self, index: int, cell: Cell) -> PoolStep:
        channel, *position = cell
        view = self._slide.view(tuple(position))
        values = self.padded[channel][view["window"]]
        is_padding, source = view["is_padding"], view["source"]
        argmaxes: tuple[Cell, ...] = ()
        divisor = None
        if self.kind == "max":
            winners = _winners(values, ~is_padding)
            argmaxes = tuple(tuple(int(i) for i in source[tap]) for tap in winners)
            share = np.zeros(values.shape)
            result = -np.inf
            for first in winners[:1]:
                share[first] = 1.0
                result = float(values[first])
        else:
            counted = ~(self._slide.is_overrun(view["window"]) if self.count_include_pad else is_padding)
            divisor = self.divisor_override or int(counted.sum())
            share = counted / (divisor or 1)
            with np.errstate(invalid="ignore", over="ignore"):
                total = float(values.sum(dtype=np.float64))
            result = total / divisor if divisor else np.nan
        return PoolStep(
            index=index,
            output_index=cell,
            values=values,
            share=frozen(share),
            argmax=argmaxes[0] if argmaxes else None,
            argmaxes=argmaxes,
            divisor=divisor,
            result=result,
            **view,
        )

    def over(self, input_index: Cell) -> Iterator[tuple[Cell, Cell]]:
        """Yield ``(output_index, tap)`` for each window that lies over an input cell, ``tap`` being its place there."""
        channel, *coordinates = input_index
        for position, tap in self._slide.reaching(tuple(coordinates)):
            yield (channel, *position), tap


def _winners(values: Array, real: Array) -> list[Cell]:
    """Return the cells, row by row, that hold the greatest real value; a NaN is greater than any number."""
    top = np.isnan(values) & real
    if real.any() and not top.any():
        top = real & (values == values[real].max())
    return [tuple(int(i) for i in tap) for tap in np.argwhere(top)]


def _divisor(who: str, divisor_override: object) -> int:
    divisor = integer(who, "divisor_override", divisor_override, -(10**9))
    if divisor == 0:
        raise OptionError(f"{who}: expected divisor_override other than 0, got 0; leave it out for the plain mean")
    return divisor


def trace_pool(
    x: Floats,
    kernel_size: Ints,
    *,
    kind: str = "max",
    stride: Ints | None = None,
    padding: Padding = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
    example: int = 0,
) -> PoolTrace:
    """Tell step by step how max or average pooling over one to three spatial axes comes about.

    Parameters
    ----------
    x : array of float, (N, C, *spatial)
        The batch.
    kernel_size : int or sequence of int
        Cells of the window.
    kind : str
        ``max`` or ``avg``.
    stride : int or sequence of int, optional
        Step of the window; as large as the window if left out.
    padding, dilation, ceil_mode
        As for `max_pool2d`.
    count_include_pad, divisor_override
        As for `avg_pool2d`; a maximum has no use for them.
    example : int
        Which example of the batch to follow.

    Returns
    -------
    PoolTrace
        One `PoolStep` for each output number, channel by channel, row by row; built when asked for.

    Raises
    ------
    ShapeError
        If no window fits.
    OptionError
        If an argument is outside what it may be.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[[[1.0, 3.0, 2.0, 4.0], [5.0, 6.0, 4.0, 4.0]]]])
    >>> trace = trace_pool(x, 2)
    >>> trace[0].values, trace[0].result, trace[0].argmax
    (array([[1., 3.],
           [5., 6.]]), 6.0, (1, 1))
    >>> trace[1].argmaxes  # three cells are equal; the first gets the gradient
    ((0, 3), (1, 2), (1, 3))
    >>> trace[1].share
    array([[0., 1.],
           [0., 0.]])
    >>> mean = trace_pool(x, 2, kind="avg")[0]
    >>> print(mean)
    Y[0, 0, 0] = (1 + 3 + 5 + 6) / 4 = 3.75
    >>> mean.share
    array([[0.25, 0.25],
           [0.25, 0.25]])
    """
    return pool_trace(
        "trace_pool",
        x,
        kernel_size,
        kind,
        stride,
        padding,
        dilation,
        ceil_mode,
        count_include_pad,
        divisor_override,
        example,
    )


def pool_trace(
    who: str,
    x: Floats,
    kernel_size: Ints,
    kind: str,
    stride: Ints | None,
    padding: Padding,
    dilation: Ints,
    ceil_mode: bool,
    count_include_pad: bool,
    divisor_override: int | None,
    example: int,
) -> PoolTrace:
    """Check the arguments of a pooling and return its trace."""
    axes = spatial_axes(who, x)
    choice(who, "kind", kind, ("max", "avg"))
    kernel = integers(who, "kernel_size", kernel_size, axes, 1)
    steps = kernel if stride is None or stride == () else integers(who, "stride", stride, axes, 1)
    spread = integers(who, "dilation", dilation, axes, 1)
    geometry = lay_out(who, x.shape[2:], kernel, stride=steps, padding=padding, dilation=spread, ceil_mode=ceil_mode)
    divisor = None if divisor_override is None else _divisor(who, divisor_override)
    slide = Slide.of(geometry, padding_pairs(who, padding, kernel, steps, spread))
    return PoolTrace(one_example(who, x, example), slide, kind, count_include_pad, divisor)
