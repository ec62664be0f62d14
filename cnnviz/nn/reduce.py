"""Means, sums and greatest numbers over axes."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from cnnviz._checks import Floats, choice
from cnnviz.engine import LayerSpec
from cnnviz.errors import OptionError
from cnnviz.nn.layer import Plain, Pulled, Shape


class Reduce(Plain):
    """Take the mean, the sum or the greatest over some axes, counted with the N in front.

    Parameters
    ----------
    op
        ``mean``, ``sum``, ``max`` or ``min``.
    dims
        The axes.
    keepdim
        Whether they stay, with one cell each.

    Examples
    --------
    >>> Reduce("mean", (2, 3), keepdim=False).output_shape((64, 7, 7))
    (64,)
    """

    def __init__(self, op: str, dims: tuple[int, ...], keepdim: bool = True) -> None:
        super().__init__()
        self.op = choice("Reduce", "op", op, ("mean", "sum", "max", "min"))
        self.dims, self.keepdim = tuple(dims), bool(keepdim)
        if not self.dims or min(self.dims) < 1:
            raise OptionError(f"Reduce: expected axes from 1, got {self.dims}; leave the examples apart")

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        kept = [1 if axis + 1 in self.dims else size for axis, size in enumerate(shape)]
        return tuple(size for axis, size in enumerate(kept) if self.keepdim or axis + 1 not in self.dims)

    def layer_specs(self) -> tuple[LayerSpec, ...]:
        """Say that it sees everything, unless it is channels that are taken together."""
        return (LayerSpec(everything=max(self.dims) > 1),)

    def describe(self) -> str:
        """Say over what."""
        return f"{self.op.capitalize()} over {' '.join(map(str, self.dims))}"

    def compute(self, x: Floats) -> Floats:
        """Take it."""
        return np.asarray(getattr(x, self.op)(axis=self.dims, keepdims=self.keepdim))

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Share each gradient, or send it to the greatest, in equal parts where there are several."""
        dy = dy.reshape([1 if axis in self.dims else size for axis, size in enumerate(x.shape)])
        if self.op in ("mean", "sum"):
            count = prod(x.shape[axis] for axis in self.dims) if self.op == "mean" else 1
            return np.ascontiguousarray(np.broadcast_to(dy / x.dtype.type(count), x.shape)), {}
        hit: Any = x == getattr(x, self.op)(axis=self.dims, keepdims=True)
        return dy * hit / hit.sum(axis=self.dims, keepdims=True).astype(x.dtype), {}
