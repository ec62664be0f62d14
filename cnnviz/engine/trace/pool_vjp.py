"""The way back through pooling: a maximum routes its gradient to one cell, an average shares it out."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cnnviz._checks import Floats, Ints
from cnnviz.engine.channels import check_gradient
from cnnviz.engine.padding import Padding
from cnnviz.engine.trace.gather import GatherTrace, Term
from cnnviz.engine.trace.operand import one_example
from cnnviz.engine.trace.pool import PoolTrace, pool_trace
from cnnviz.engine.trace.sequence import Trace
from cnnviz.engine.trace.slide import give_back
from cnnviz.engine.trace.step import Array, Cell, Step, frozen
from cnnviz.engine.trace.wording import cell_text, number_text

__all__ = ["PoolVjpStep", "PoolVjpTrace", "trace_pool_vjp"]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PoolVjpStep(Step):
    """What the gradient of one pooled number hands to the cells of its window.

    Attributes
    ----------
    index : int
        Place of the step in its trace.
    output_index : tuple of int
        The output cell, ``(channel, *position)``.
    gradient : float
        The gradient of that output number.
    padded_origin, input_origin, window, is_padding, source, values, share, argmax, argmaxes, divisor
        The window and what each of its cells counted for, as in `PoolStep`.
    dx : array of float64, (*kernel)
        What each cell of the window receives, ``gradient * share``; 0 outside the input, where the share is lost.
    """

    output_index: Cell
    gradient: float
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
    dx: Array

    def __str__(self) -> str:
        giver = f"{cell_text('dY', self.output_index)} = {number_text(self.gradient)}"
        if self.divisor is not None:
            return f"{giver} gives each cell of its window {number_text(self.gradient)} / {self.divisor}"
        if self.argmax is None:
            return f"{giver} is lost: its window lies outside the input"
        return f"{giver} goes to {cell_text('dX', (self.output_index[0], *self.argmax))}"


class PoolVjpTrace(Trace[PoolVjpStep]):
    """The shares that each gradient of a pooled map hands out: channel by channel, row by row.

    Attributes
    ----------
    dy : array, (C, *positions)
        The gradient of the pooled map, for one example.
    forward : PoolTrace
        The pooling itself, with its arrays and options.
    dx : GatherTrace
        The gradient of the input from the other side: one step for each input cell, with every window that gives it a
        share, and that window's gradient.
    """

    _facts = ("dy",)

    def __init__(self, dy: Array, forward: PoolTrace) -> None:
        super().__init__(dy.shape)
        self.dy = dy
        self.forward = forward
        self.dx = GatherTrace(forward.input.shape, forward.input.dtype, self._arrivals)

    def _arrivals(self, cell: Cell) -> Iterator[Term]:
        for source, tap in self.forward.over(cell):
            share = float(self.forward.at(source).share[tap])
            if share:
                yield source, tap, float(self.dy[source]), share

    def _build(self, index: int, cell: Cell) -> PoolVjpStep:
        step = self.forward[index]
        gradient = float(self.dy[cell])
        # Only a cell with a share receives anything, even where the gradient is infinite.
        dx = np.multiply(
            gradient, step.share, out=np.zeros(step.share.shape), where=(step.share != 0) & ~step.is_padding
        )
        return PoolVjpStep(
            index=index,
            output_index=step.output_index,
            gradient=gradient,
            padded_origin=step.padded_origin,
            input_origin=step.input_origin,
            window=step.window,
            is_padding=step.is_padding,
            source=step.source,
            values=step.values,
            share=step.share,
            argmax=step.argmax,
            argmaxes=step.argmaxes,
            divisor=step.divisor,
            dx=frozen(dx),
        )

    def fold(self) -> tuple[Array]:
        """Return ``(dx,)`` of the example, all shares added up."""
        dx = np.zeros(self.forward.input.shape)
        with np.errstate(invalid="ignore", over="ignore"):
            for step in self:
                give_back(dx[step.output_index[0]], step.source, step.dx)
            return (dx.astype(self.forward.input.dtype),)


def trace_pool_vjp(
    dy: Floats,
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
) -> PoolVjpTrace:
    """Tell step by step where the gradients of a pooled map go.

    The gradient of a maximum goes to the cell that held it, the first if several are equal. The gradient of an average
    goes in equal shares to all its cells. Where windows overlap, what they give adds up.

    Parameters
    ----------
    dy : array of float, (N, C, *positions)
        The gradient of the output.
    x, kernel_size, kind, stride, padding, dilation, ceil_mode, count_include_pad, divisor_override
        As for `trace_pool`.
    example : int
        Which example of the batch to follow.

    Returns
    -------
    PoolVjpTrace
        One `PoolVjpStep` for each gradient of the output, and in ``dx`` one `GatherStep` for each input cell.

    Raises
    ------
    ShapeError
        If the arrays do not fit each other or no window fits.
    OptionError
        If an argument is outside what it may be.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[[1.0, 5.0, 5.0, 2.0]]])
    >>> dy = np.array([[[10.0, 20.0, 30.0]]])
    >>> trace = trace_pool_vjp(dy, x, 2, stride=1)
    >>> for step in trace:
    ...     print(step)
    dY[0, 0] = 10 goes to dX[0, 1]
    dY[0, 1] = 20 goes to dX[0, 1]
    dY[0, 2] = 30 goes to dX[0, 2]
    >>> trace.fold()  # two windows chose the same cell
    (array([[ 0., 30., 30.,  0.]]),)
    >>> print(trace_pool_vjp(dy, x, 2, kind="avg", stride=1).dx[1])
    [0, 1] = 10×0.5 + 20×0.5 = 15
    """
    forward = pool_trace(
        "trace_pool_vjp",
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
    check_gradient("trace_pool_vjp", dy, x, (len(x), *forward.output_shape))
    return PoolVjpTrace(one_example("trace_pool_vjp", dy, example), forward)
