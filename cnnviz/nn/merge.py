"""What becomes of several values that meet: sums, products, one behind the other, a choice, a matrix product."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

import numpy as np

from cnnviz._checks import Floats, choice
from cnnviz.engine import LayerSpec
from cnnviz.errors import ShapeError
from cnnviz.nn.arithmetic import OPERATIONS
from cnnviz.nn.layer import Shape
from cnnviz.nn.pointwise import unspread


class Merge:
    """What becomes of several values that meet; the way back gives each its share."""

    def recipe(self) -> dict[str, Any]:
        """Say how it is made."""
        return {"kind": type(self).__name__, **vars(self)}

    def output_shape(self, shapes: Sequence[Shape]) -> Shape:
        """Say the shape that comes out."""
        raise NotImplementedError

    def describe(self) -> str:
        """Say what it is."""
        return type(self).__name__

    def macs(self, shapes: Sequence[Shape]) -> int:  # noqa: ARG002
        """Count the multiply-and-add steps for one example."""
        return 0

    def layer_specs(self) -> tuple[LayerSpec, ...]:
        """Say what more a cell sees than all the cells that meet in it."""
        return ()

    def join(self, values: Sequence[Floats]) -> Floats:
        """Compute the output."""
        raise NotImplementedError

    def share(self, dy: Floats, values: Sequence[Floats]) -> Sequence[Floats]:
        """Bring a gradient back to each value."""
        raise NotImplementedError


class Elementwise(Merge):
    """Add, multiply, ... cell by cell, small ones spread over large ones; ``op`` as for `Arithmetic`.

    Examples
    --------
    >>> Elementwise("multiply").join([np.array([[3.0, 4.0]]), np.array([[2.0]])])
    array([[6., 8.]])
    """

    def __init__(self, op: str) -> None:
        self.op = choice("Elementwise", "op", op, OPERATIONS)

    def output_shape(self, shapes: Sequence[Shape]) -> Shape:
        """Say the shape that comes out."""
        try:
            return np.broadcast_shapes(*shapes)
        except ValueError:
            raise ShapeError(
                f"{self.op}: expected values that spread over each other, got {', '.join(map(str, shapes))}; "
                f"change padding or stride"
            ) from None

    def describe(self) -> str:
        """Say which."""
        return self.op.capitalize()

    def join(self, values: Sequence[Floats]) -> Floats:
        """Compute from left to right."""
        values = _aligned(values)
        result = values[0]
        with np.errstate(all="ignore"):
            for value in values[1:]:
                result = OPERATIONS[self.op][0](result, value)
        return np.asarray(result)

    def share(self, dy: Floats, values: Sequence[Floats]) -> Sequence[Floats]:
        """Go back from right to left."""
        given, values = values, _aligned(values)
        befores = [values[0]]
        shares = []
        with np.errstate(all="ignore"):
            for value in values[1:-1]:
                befores.append(OPERATIONS[self.op][0](befores[-1], value))
            for before, value in zip(reversed(befores), reversed(values[1:]), strict=True):
                dy, other = OPERATIONS[self.op][1](dy, before, value)
                shares.append(unspread(other, value.shape))
                dy = unspread(dy, before.shape)
        return [share.reshape(value.shape) for share, value in zip([dy, *reversed(shares)], given, strict=True)]


class Concat(Merge):
    """Put values one behind the other along one axis, counted with the N in front; 1 stacks channels."""

    def __init__(self, dim: int = 1) -> None:
        self.dim = dim

    def output_shape(self, shapes: Sequence[Shape]) -> Shape:
        """Say the shape that comes out."""
        at = self.dim - 1
        if not 0 <= at < len(shapes[0]) or len({(*shape[:at], *shape[at + 1 :]) for shape in shapes}) != 1:
            raise ShapeError(
                f"Concat: expected values alike but along axis {self.dim}, got {', '.join(map(str, shapes))}"
            )
        return (*shapes[0][:at], sum(shape[at] for shape in shapes), *shapes[0][at + 1 :])

    def describe(self) -> str:
        """Say along which axis, if not channels."""
        return "Concat" if self.dim == 1 else f"Concat {self.dim}"

    def join(self, values: Sequence[Floats]) -> Floats:
        """Put them together."""
        return np.concatenate(list(values), axis=self.dim)

    def share(self, dy: Floats, values: Sequence[Floats]) -> Sequence[Floats]:
        """Cut them apart."""
        ends = np.cumsum([value.shape[self.dim] for value in values])
        return [np.ascontiguousarray(part) for part in np.split(dy, ends[:-1], axis=self.dim)]


class Where(Merge):
    """Take of two values the first where a third is not 0, else the second; the third comes in front."""

    def output_shape(self, shapes: Sequence[Shape]) -> Shape:
        """Say the shape that comes out."""
        return Elementwise("add").output_shape(shapes)

    def join(self, values: Sequence[Floats]) -> Floats:
        """Choose."""
        condition, a, b = _aligned(values)
        return np.where(condition != 0, a, b)

    def share(self, dy: Floats, values: Sequence[Floats]) -> Sequence[Floats]:
        """Give each the gradient where it was chosen."""
        condition, a, b = _aligned(values)
        chosen = condition != 0
        shares = unspread(np.where(chosen, dy, 0), a.shape), unspread(np.where(chosen, 0, dy), b.shape)
        return [np.zeros_like(values[0]), shares[0].reshape(values[1].shape), shares[1].reshape(values[2].shape)]


class MatMul(Merge):
    """Multiply matrices in the last two axes, as attention does."""

    def output_shape(self, shapes: Sequence[Shape]) -> Shape:
        """Say the shape that comes out."""
        a, b = shapes
        if len(a) < 2 or len(a) != len(b) or a[-1] != b[-2] or a[:-2] != b[:-2]:
            raise ShapeError(f"MatMul: expected matrices that fit, got {a} and {b}; give them the same axes in front")
        return (*a[:-1], b[-1])

    def macs(self, shapes: Sequence[Shape]) -> int:
        """Count the multiply-and-add steps for one example."""
        return prod(shapes[0]) * shapes[1][-1]

    def layer_specs(self) -> tuple[LayerSpec, ...]:
        """Say that any cell may meet any."""
        return (LayerSpec(everything=True),)

    def join(self, values: Sequence[Floats]) -> Floats:
        """Multiply."""
        return np.matmul(*values)

    def share(self, dy: Floats, values: Sequence[Floats]) -> Sequence[Floats]:
        """Multiply with the other, turned."""
        a, b = values
        return [dy @ b.swapaxes(-1, -2), a.swapaxes(-1, -2) @ dy]


def _aligned(values: Sequence[Floats]) -> list[Floats]:
    """Give every value as many axes as the longest, the new ones behind the N."""
    most = max(value.ndim for value in values)
    return [value.reshape(len(value), *(1,) * (most - value.ndim), *value.shape[1:]) for value in values]
