"""The gradients of a convolution's weights and biases, one number at a time: sums over all positions."""

from dataclasses import dataclass
from math import prod

import numpy as np

from cnnviz.engine.trace.sequence import Trace, folded
from cnnviz.engine.trace.slide import Slide
from cnnviz.engine.trace.step import Array, Step, frozen
from cnnviz.engine.trace.wording import cell_text, number_text, product_text, sum_text

__all__ = ["BiasGradientStep", "BiasGradientTrace", "WeightGradientStep", "WeightGradientTrace"]

Cell = tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class WeightGradientStep(Step):
    """How the gradient of one weight comes about: ``result = sum(values * gradients)`` over all positions.

    Attributes
    ----------
    index : int
        Place of the step in its trace.
    output_index : tuple of int
        The weight, ``(C_out, C_in / groups, *tap)``.
    input_channel : int
        The channel of the input that this weight looks at.
    window : tuple of slice
        Cuts the cells this weight meets out of ``padded[input_channel]``.
    is_padding : array of bool, (*positions)
        Which of them lie outside the input.
    source : array of int, (*positions, ndim)
        The input coordinates each of them copies; -1 where it is a zero.
    values, gradients, products : array, (*positions)
        What the weight meets at each position of the window, the gradient of the output there, and their product.
    result : float
        The gradient of the weight.
    """

    output_index: Cell
    input_channel: int
    window: tuple[slice, ...]
    is_padding: Array
    source: Array
    values: Array
    gradients: Array
    products: Array
    result: float

    def __str__(self) -> str:
        total = product_text(self.values, self.gradients)
        return f"{cell_text('dW', self.output_index)} = {total} = {number_text(self.result)}"


class WeightGradientTrace(Trace[WeightGradientStep]):
    """One step for each weight, in the order of the weight array.

    Attributes
    ----------
    output_shape : tuple of int
        The shape of the weight array.
    """

    _facts = ("output_shape",)

    def __init__(self, dy: Array, padded: Array, weight_shape: Cell, slide: Slide, groups: int) -> None:
        self.output_shape = weight_shape
        self._dy = dy
        self._padded = padded
        self._slide = slide
        self._groups = groups

    def __len__(self) -> int:
        return prod(self.output_shape)

    def _build(self, index: int) -> WeightGradientStep:
        filters, depth = self.output_shape[:2]
        weight = tuple(int(i) for i in np.unravel_index(index, self.output_shape))
        output_channel, own, *tap = weight
        input_channel = output_channel // (filters // self._groups) * depth + own
        window = self._slide.met_by(tuple(tap))
        values = self._padded[input_channel][window]
        gradients = self._dy[output_channel]
        with np.errstate(invalid="ignore", over="ignore"):
            products = np.multiply(values, gradients, dtype=np.float64)
            result = float(products.sum())
        return WeightGradientStep(
            index=index,
            output_index=weight,
            input_channel=input_channel,
            window=window,
            is_padding=self._slide.is_padding(window),
            source=self._slide.source(window),
            values=values,
            gradients=gradients,
            products=frozen(products),
            result=result,
        )

    def fold(self) -> Array:
        """Return the gradient of the weight array, put together from the steps."""
        return folded(self, self.output_shape, self._padded.dtype)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class BiasGradientStep(Step):
    """How the gradient of one bias comes about: ``result = sum(gradients)``.

    Attributes
    ----------
    index : int
        Place of the step in its trace.
    output_index : tuple of int
        The bias, ``(C_out,)``.
    gradients : array, (*positions)
        The gradient of the output channel at each position.
    result : float
        The gradient of the bias.
    """

    output_index: Cell
    gradients: Array
    result: float

    def __str__(self) -> str:
        total = sum_text(self.gradients.ravel().tolist())
        return f"{cell_text('db', self.output_index)} = {total} = {number_text(self.result)}"


class BiasGradientTrace(Trace[BiasGradientStep]):
    """One step for each bias.

    Attributes
    ----------
    output_shape : tuple of int
        ``(C_out,)``.
    """

    _facts = ("output_shape",)

    def __init__(self, dy: Array) -> None:
        self.output_shape = (len(dy),)
        self._dy = dy

    def __len__(self) -> int:
        return len(self._dy)

    def _build(self, index: int) -> BiasGradientStep:
        gradients = self._dy[index]
        with np.errstate(invalid="ignore", over="ignore"):
            result = float(gradients.sum(dtype=np.float64))
        return BiasGradientStep(index=index, output_index=(index,), gradients=gradients, result=result)

    def fold(self) -> Array:
        """Return the gradient of the biases (C_out,), put together from the steps."""
        return folded(self, self.output_shape, self._dy.dtype)
