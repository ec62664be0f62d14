"""Layers that give cells another shape, their axes another order, or repeat them."""

from __future__ import annotations

from math import prod

import numpy as np

from cnnviz._checks import Floats, integers
from cnnviz.errors import OptionError, ShapeError
from cnnviz.nn.layer import Plain, Pulled, Shape
from cnnviz.nn.pointwise import unspread


class Same(Plain):
    """Pass on what comes in."""

    def compute(self, x: Floats) -> Floats:
        """Return the input."""
        return x

    def pull(self, dy: Floats, x: Floats) -> Pulled:  # noqa: ARG002
        """Return the gradient."""
        return dy, {}


class Reshape(Plain):
    """Give the cells of each example another shape, in the same order.

    Examples
    --------
    >>> Reshape((2, 3, 4)).output_shape((24,))
    (2, 3, 4)
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = integers("Reshape", "shape", tuple(shape), len(shape), 1)

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        if prod(shape) != prod(self.shape):
            raise ShapeError(
                f"Reshape: expected {prod(self.shape)} cells for the shape {self.shape}, got {prod(shape)} in "
                f"{tuple(shape)}; change the shape"
            )
        return self.shape

    def describe(self) -> str:
        """Say to what."""
        return f"Reshape {'x'.join(map(str, self.shape))}"

    def compute(self, x: Floats) -> Floats:
        """Reshape."""
        return x.reshape(len(x), *self.shape)

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Reshape back."""
        return dy.reshape(x.shape), {}


class Permute(Plain):
    """Put the axes of each example in another order, counted with the N in front: ``(2, 3, 1)`` puts channels last.

    Examples
    --------
    >>> Permute((2, 3, 1)).output_shape((3, 28, 30))
    (28, 30, 3)
    """

    def __init__(self, dims: tuple[int, ...]) -> None:
        super().__init__()
        self.dims = tuple(dims)
        if sorted(self.dims) != list(range(1, len(self.dims) + 1)):
            raise OptionError(
                f"Permute: expected each of the axes from 1 to {len(self.dims)} once, got {self.dims}; "
                f"leave the examples where they are"
            )

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        if len(shape) != len(self.dims):
            raise ShapeError(f"Permute: expected {len(self.dims)} axes, got shape {tuple(shape)}; change dims")
        return tuple(shape[axis - 1] for axis in self.dims)

    def describe(self) -> str:
        """Say in which order."""
        return f"Permute {' '.join(map(str, self.dims))}"

    def compute(self, x: Floats) -> Floats:
        """Put them in order."""
        return np.ascontiguousarray(x.transpose(0, *self.dims))

    def pull(self, dy: Floats, x: Floats) -> Pulled:  # noqa: ARG002
        """Put them back."""
        return np.ascontiguousarray(dy.transpose(np.argsort((0, *self.dims)))), {}


class Expand(Plain):
    """Repeat cells along axes of size 1, or new ones in front, until an example has this shape."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = tuple(shape)

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        return np.broadcast_shapes(shape, self.shape)

    def compute(self, x: Floats) -> Floats:
        """Repeat."""
        x = x.reshape(len(x), *(1,) * (len(self.shape) - x.ndim + 1), *x.shape[1:])
        return np.ascontiguousarray(np.broadcast_to(x, (len(x), *np.broadcast_shapes(x.shape[1:], self.shape))))

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Add up over what was repeated."""
        long = (len(x), *(1,) * (dy.ndim - x.ndim), *x.shape[1:])
        return unspread(dy, long).reshape(x.shape), {}
