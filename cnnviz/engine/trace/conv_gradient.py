"""The gradients of a convolution's weights and biases, one number at a time: sums over all positions."""

from dataclasses import dataclass

import numpy as np

from cnnviz.engine.trace.operand import group_of
from cnnviz.engine.trace.sequence import SumTrace
from cnnviz.engine.trace.slide import Slide
from cnnviz.engine.trace.step import Array, Cell, SumStep, frozen
from cnnviz.engine.trace.wording import cell_text, number_text, product_text, sum_text

__all__ = ["BiasGradientStep", "BiasGradientTrace", "WeightGradientStep", "WeightGradientTrace"]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class WeightGradientStep(SumStep):
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

    input_channel: int
    window: tuple[slice, ...]
    is_padding: Array
    source: Array
    values: Array
    gradients: Array
    products: Array

    def __str__(self) -> str:
        total = product_text(self.values, self.gradients)
        return f"{cell_text('dW', self.output_index)} = {total} = {number_text(self.result)}"


class WeightGradientTrace(SumTrace[WeightGradientStep]):
    """One step for each weight, in the order of the weight array.

    Attributes
    ----------
    shape : tuple of int
        The shape of the weight array.
    """

    def __init__(self, dy: Array, padded: Array, weight: Array, slide: Slide, groups: int) -> None:
        super().__init__(weight.shape, padded.dtype)
        self._dy = dy
        self._padded = padded
        self._weight = weight
        self._slide = slide
        self._groups = groups

    def _build(self, index: int, cell: Cell) -> WeightGradientStep:
        output_channel, depth, *tap = cell
        input_channel = group_of(output_channel, self._weight, self._groups)[depth]
        window = self._slide.met_by(tuple(tap))
        values = self._padded[input_channel][window]
        gradients = self._dy[output_channel]
        with np.errstate(invalid="ignore", over="ignore"):
            products = np.multiply(values, gradients, dtype=np.float64)
            result = float(products.sum())
        return WeightGradientStep(
            index=index,
            output_index=cell,
            input_channel=input_channel,
            window=window,
            is_padding=self._slide.is_padding(window),
            source=self._slide.source(window),
            values=values,
            gradients=gradients,
            products=frozen(products),
            result=result,
        )


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class BiasGradientStep(SumStep):
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

    gradients: Array

    def __str__(self) -> str:
        total = sum_text(self.gradients.ravel().tolist())
        return f"{cell_text('db', self.output_index)} = {total} = {number_text(self.result)}"


class BiasGradientTrace(SumTrace[BiasGradientStep]):
    """One step for each bias.

    Attributes
    ----------
    shape : tuple of int
        ``(C_out,)``.
    """

    def __init__(self, dy: Array) -> None:
        super().__init__((len(dy),), dy.dtype)
        self._dy = dy

    def _build(self, index: int, cell: Cell) -> BiasGradientStep:
        gradients = self._dy[index]
        with np.errstate(invalid="ignore", over="ignore"):
            result = float(gradients.sum(dtype=np.float64))
        return BiasGradientStep(index=index, output_index=cell, gradients=gradients, result=result)
