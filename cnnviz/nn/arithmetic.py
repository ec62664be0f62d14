"""Sums, differences, products and the like of a value with constants."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cnnviz._checks import Floats, choice
from cnnviz.errors import ShapeError
from cnnviz.nn.layer import Plain, Pulled, Shape
from cnnviz.nn.parameter import Parameter
from cnnviz.nn.pointwise import unspread

_Shares = Callable[[Floats, Floats, Floats], tuple[Floats, Floats]]


def _first(dy: Floats, a: Floats, b: Floats, better: np.ufunc) -> tuple[Floats, Floats]:
    """Send a gradient to the better of two, half to each where they are equal, as PyTorch does."""
    share = (better(a, b) + 0.5 * (a == b)).astype(dy.dtype)
    return dy * share, dy * (1 - share)


def _truth(compare: np.ufunc) -> tuple[Callable[[Floats, Floats], Floats], _Shares]:
    """Compare: 1 where it holds, else 0; no gradient comes through."""
    return (lambda a, b: compare(a, b).astype(a.dtype)), (lambda dy, a, b: (0 * dy, 0 * dy))  # noqa: ARG005


OPERATIONS: dict[str, tuple[Callable[[Floats, Floats], Floats], _Shares]] = {
    "add": (np.add, lambda dy, a, b: (dy, dy)),  # noqa: ARG005
    "subtract": (np.subtract, lambda dy, a, b: (dy, -dy)),  # noqa: ARG005
    "multiply": (np.multiply, lambda dy, a, b: (dy * b, dy * a)),
    "divide": (np.divide, lambda dy, a, b: (dy / b, -dy * a / (b * b))),
    "power": (np.power, lambda dy, a, b: (dy * b * a ** (b - 1), dy * a**b * np.log(a))),
    "maximum": (np.maximum, lambda dy, a, b: _first(dy, a, b, np.greater)),
    "minimum": (np.minimum, lambda dy, a, b: _first(dy, a, b, np.less)),
    **{
        compare.__name__: _truth(compare)
        for compare in (np.greater, np.greater_equal, np.less, np.less_equal, np.equal)
    },
}
"""Each with how it shares a gradient among its two sides."""


class Arithmetic(Plain):
    """Add, subtract, multiply, divide, ... with constant numbers.

    Parameters
    ----------
    op
        ``add subtract multiply divide power maximum minimum``, or ``greater greater_equal less less_equal equal``,
        which give 1 where they hold, else 0.
    shape
        Of the numbers, against one example: ``(C, 1, 1)``, or any that spreads over it; ``()`` for one number.
    reverse
        Whether the constant comes first, as in ``1 - x``.
    value
        The number, where ``shape`` is ``()``.

    Examples
    --------
    >>> Arithmetic("subtract", reverse=True, value=1.0).forward(np.array([[0.25]]))
    array([[0.75]])
    """

    def __init__(self, op: str, shape: Shape = (), reverse: bool = False, value: float = 0.0) -> None:
        super().__init__()
        self.op = choice("Arithmetic", "op", op, OPERATIONS)
        self.shape, self.reverse, self.value = tuple(shape), bool(reverse), float(value)
        if self.shape:
            self.own["weight"] = Parameter(shape=self.shape, start=1.0)

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        try:
            return np.broadcast_shapes(shape, self.shape)
        except ValueError:
            raise ShapeError(
                f"Arithmetic: expected an input over which {self.shape} spreads, got {tuple(shape)}; change the shape"
            ) from None

    def describe(self) -> str:
        """Say what it does."""
        return f"{self.op.capitalize()} {'x'.join(map(str, self.shape)) if self.shape else f'{self.value:.4g}'}"

    def compute(self, x: Floats) -> Floats:
        """Do it."""
        sides = (self._constant(x), x) if self.reverse else (x, self._constant(x))
        with np.errstate(all="ignore"):
            return np.asarray(OPERATIONS[self.op][0](*sides))

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Bring a gradient back."""
        constant = self._constant(x)
        sides = (constant, x) if self.reverse else (x, constant)
        with np.errstate(all="ignore"):
            shares = OPERATIONS[self.op][1](dy, *sides)
        own, other = shares[::-1] if self.reverse else shares
        return unspread(own, x.shape), {"weight": unspread(other, self.shape)} if self.shape else {}

    def _constant(self, x: Floats) -> Floats:
        if not self.shape:
            return np.asarray(self.value, x.dtype)
        missing = x.ndim - 1 - len(self.shape)
        weight = self._array("weight")
        return weight.reshape((1,) * missing + self.shape) if missing > 0 else weight


class Fixed(Plain):
    """Give the same numbers whatever comes in.

    Examples
    --------
    >>> layer = Fixed((2,))
    >>> layer.own["weight"].values = np.array([3.0, 4.0])
    >>> layer.forward(np.zeros((1, 5)))
    array([[3., 4.]])
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = tuple(shape)
        self.own["weight"] = Parameter(shape=self.shape)

    def output_shape(self, shape: Shape) -> Shape:  # noqa: ARG002
        """Say the shape that comes out."""
        return self.shape

    def compute(self, x: Floats) -> Floats:
        """Give them for each example."""
        return np.broadcast_to(self._array("weight"), (len(x), *self.shape))

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Give nothing back to the input."""
        return np.zeros_like(x), {"weight": dy.sum(axis=0)}
