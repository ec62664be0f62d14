"""A dense layer, one output number at a time."""

from dataclasses import dataclass

import numpy as np

from cnnviz._checks import Floats, array, native, same_dtype, same_shape
from cnnviz.engine.trace.operand import one_example, own
from cnnviz.engine.trace.sequence import SumTrace
from cnnviz.engine.trace.step import Array, Cell, SumStep, frozen
from cnnviz.engine.trace.wording import cell_text, number_text, product_text

__all__ = ["LinearStep", "LinearTrace", "trace_linear"]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class LinearStep(SumStep):
    """How one output of a dense layer comes about: ``result = bias + sum(products)``.

    Attributes
    ----------
    index : int
        Place of the step in its trace.
    output_index : tuple of int
        The output, ``(feature,)``.
    values, weights, products : array, (in,)
        The inputs, what each is multiplied by, and what comes of it in float64.
    bias, result : float
        What is added at the end, and the output number.
    """

    values: Array
    weights: Array
    products: Array
    bias: float

    def __str__(self) -> str:
        total = product_text(self.values, self.weights, self.bias)
        return f"{cell_text('Y', self.output_index)} = {total} = {number_text(self.result)}"


class LinearTrace(SumTrace[LinearStep]):
    """The steps of a dense layer, output by output.

    Attributes
    ----------
    input : array, (in,)
        One example.
    weight, bias : array (out, in) and array (out,) or None
    shape, output_shape : tuple of int
        ``(out,)``.
    """

    _facts = ("input", "weight", "bias")

    def __init__(self, values: Array, weight: Array, bias: Array | None) -> None:
        super().__init__((len(weight),), values.dtype)
        self.output_shape = self.shape
        self.input = values
        self.weight = weight
        self.bias = bias

    def _build(self, index: int, cell: Cell) -> LinearStep:
        weights = self.weight[index]
        bias = 0.0 if self.bias is None else float(self.bias[index])
        with np.errstate(invalid="ignore", over="ignore"):
            products = np.multiply(self.input, weights, dtype=np.float64)
            result = float(products.sum() + bias)
        return LinearStep(
            index=index,
            output_index=cell,
            values=self.input,
            weights=weights,
            products=frozen(products),
            bias=bias,
            result=result,
        )


def trace_linear(x: Floats, weight: Floats, bias: Floats | None = None, *, example: int = 0) -> LinearTrace:
    """Tell step by step how the output of a dense layer comes about.

    ``result[o] = bias[o] + sum over i of x[i] * weight[o, i]``

    Parameters
    ----------
    x : array of float, (N, in)
        The batch.
    weight : array of float, (out, in)
    bias : array of float, (out,), optional
    example : int
        Which example of the batch to follow.

    Returns
    -------
    LinearTrace
        One `LinearStep` for each output, built when asked for.

    Raises
    ------
    ShapeError
        If the arrays do not fit each other.
    OptionError
        If an argument is outside what it may be.

    Examples
    --------
    >>> import numpy as np
    >>> trace = trace_linear(np.array([[1.0, 2.0]]), np.array([[3.0, 4.0], [0.5, -1.0]]), np.array([0.0, 5.0]))
    >>> for step in trace:
    ...     print(step)
    Y[0] = 1×3 + 2×4 = 11
    Y[1] = 1×0.5 + 2×(−1) + 5 = 3.5
    >>> trace.fold()
    array([11. ,  3.5])
    """
    who = "trace_linear"
    x, weight, bias = native(x), native(weight), native(bias)
    array(who, "x", x, ("N", "in"))
    array(who, "weight", weight, ("out", "in"))
    same_dtype(who, "x", x, "weight", weight)
    features = (len(weight), x.shape[1])
    same_shape(who, "weight", weight, ("out", "in"), features, f"x has in={features[1]} numbers in each example")
    if bias is not None:
        array(who, "bias", bias, ("out",))
        same_dtype(who, "x", x, "bias", bias)
        same_shape(who, "bias", bias, ("out",), features[:1], "there is one bias for each output")
    return LinearTrace(one_example(who, x, example), own(weight), None if bias is None else own(bias))
