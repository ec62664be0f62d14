"""Sums seen from where they arrive: one cell, and everything that adds to it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnviz.engine.trace.sequence import SumTrace
from cnnviz.engine.trace.slide import Slide
from cnnviz.engine.trace.step import Array, Cell, SumStep, frozen
from cnnviz.engine.trace.wording import cell_text, number_text, product_text

__all__ = ["GatherStep", "GatherTrace", "Term", "arrivals"]

# Who gives, through which cell of the kernel, what it holds, and the factor.
Term = tuple[Cell, Cell, float, float]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class GatherStep(SumStep):
    """Everything that adds up in one cell: ``result = bias + sum(values * weights)``.

    Attributes
    ----------
    index : int
        Place of the step in its trace.
    output_index : tuple of int
        The cell that receives, ``(channel, *coordinates)``.
    sources : array of int, (M, 1 + ndim)
        The M cells that give, as ``(channel, *coordinates)`` of the array they stand in.
    taps : array of int, (M, ndim)
        The cell of the kernel or window through which each of them gives.
    values, weights, products : array, (M,)
        What each of them holds, the factor it is multiplied by, and what arrives.
    bias, result : float
        What is added at the end, and what the cell holds then.
    """

    sources: Array
    taps: Array
    values: Array
    weights: Array
    products: Array
    bias: float

    def __str__(self) -> str:
        total = product_text(self.values, self.weights, self.bias)
        return f"{cell_text('', self.output_index)} = {total} = {number_text(self.result)}"


class GatherTrace(SumTrace[GatherStep]):
    """One step for each cell that receives, channel by channel, row by row.

    Attributes
    ----------
    shape : tuple of int
        ``(C, *spatial)`` of the cells that receive.
    """

    def __init__(
        self, shape: Cell, dtype: np.dtype[Any], terms: Callable[[Cell], Iterable[Term]], bias: Array | None = None
    ) -> None:
        super().__init__(shape, dtype)
        self._terms = terms
        self._bias = bias

    def _build(self, index: int, cell: Cell) -> GatherStep:
        terms = list(self._terms(cell))
        spatial = len(cell) - 1
        values, weights = (np.array([term[part] for term in terms], dtype=np.float64) for part in (2, 3))
        bias = 0.0 if self._bias is None else float(self._bias[cell[0]])
        with np.errstate(invalid="ignore", over="ignore"):
            products = values * weights
            result = float(products.sum() + bias)
        return GatherStep(
            index=index,
            output_index=cell,
            sources=frozen(np.array([term[0] for term in terms], dtype=np.intp).reshape(-1, 1 + spatial)),
            taps=frozen(np.array([term[1] for term in terms], dtype=np.intp).reshape(-1, spatial)),
            values=frozen(values),
            weights=frozen(weights),
            products=frozen(products),
            bias=bias,
            result=result,
        )


def arrivals(slide: Slide, field: Array, weight: Array, groups: int, cell: Cell) -> Iterator[Term]:
    """Yield what each cell of ``field`` (C_out, *positions) hands through ``weight`` to one cell of a slide's input.

    This is what a convolution's input receives from the gradient of its output, and a transposed convolution's output
    from its input.
    """
    channel, *coordinates = cell
    group, own = divmod(channel, weight.shape[1])
    per_group = len(weight) // groups
    reaching = list(slide.reaching(tuple(coordinates)))
    for giver in range(group * per_group, (group + 1) * per_group):
        for position, tap in reaching:
            source = (giver, *position)
            yield source, tap, float(field[source]), float(weight[(giver, own, *tap)])
