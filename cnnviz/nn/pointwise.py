"""Functions of each cell for itself that networks from elsewhere bring along, beside those of `activation`."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from cnnviz._checks import Floats, choice, number
from cnnviz.engine import softplus
from cnnviz.errors import OptionError
from cnnviz.nn.layer import Plain, Pulled
from cnnviz.nn.parameter import Parameter

_Curve = Callable[[Floats], Floats]


def _erf(x: Floats) -> Floats:
    from scipy.special import erf

    return np.asarray(erf(x))


def _hard(x: Floats) -> Floats:
    return np.asarray(np.clip(x + 3, 0, 6) / 6)


def _inside(x: Floats, low: float, high: float) -> Floats:
    return np.asarray((x > low) & (x < high), x.dtype)


def _mish_slope(x: Floats) -> Floats:
    t = np.tanh(softplus(x))
    return np.asarray(t + x * (1 - t * t) / (1 + np.exp(-x)))


CURVES: dict[str, tuple[_Curve, _Curve]] = {
    "abs": (np.abs, np.sign),
    "cos": (np.cos, lambda x: -np.sin(x)),
    "erf": (_erf, lambda x: 2 / math.sqrt(math.pi) * np.exp(-x * x)),
    "exp": (np.exp, np.exp),
    "hardswish": (
        lambda x: x * _hard(x),
        lambda x: np.where(x < -3, 0, np.where(x <= 3, x / 3 + 0.5, 1)).astype(x.dtype),
    ),
    "log": (np.log, lambda x: 1 / x),
    "mish": (lambda x: x * np.tanh(softplus(x)), _mish_slope),
    "neg": (np.negative, lambda x: np.full_like(x, -1)),
    "reciprocal": (np.reciprocal, lambda x: -1 / (x * x)),
    "sin": (np.sin, np.cos),
    "softsign": (lambda x: x / (1 + np.abs(x)), lambda x: 1 / (1 + np.abs(x)) ** 2),
    "sqrt": (np.sqrt, lambda x: 0.5 / np.sqrt(x)),
}
"""Each with its slope."""


class Curve(Plain):
    """Apply one function to every cell.

    Parameters
    ----------
    name
        One of ``abs cos erf exp hardswish log mish neg reciprocal sin softsign sqrt``.

    Examples
    --------
    >>> Curve("hardswish").forward(np.array([[-3.0, 0.0, 3.0]]))
    array([[-0.,  0.,  3.]])
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = choice("Curve", "name", name, CURVES)

    def describe(self) -> str:
        """Say which."""
        return self.name.capitalize()

    def compute(self, x: Floats) -> Floats:
        """Apply it."""
        with np.errstate(all="ignore"):
            return np.asarray(CURVES[self.name][0](x))

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Scale the gradient by the slope of the curve."""
        with np.errstate(all="ignore"):
            return np.asarray(dy * CURVES[self.name][1](x)), {}


class Hardtanh(Plain):
    """Cut off what is below ``min_val`` and above ``max_val``; 0 and 6 make a ReLU6.

    Examples
    --------
    >>> Hardtanh(0.0, 6.0).forward(np.array([[-1.0, 4.0, 9.0]]))
    array([[0., 4., 6.]])
    """

    def __init__(self, min_val: float = -1.0, max_val: float = 1.0) -> None:
        super().__init__()
        if not min_val <= max_val:
            raise OptionError(
                f"Hardtanh: expected min_val of at most max_val, got {min_val!r} and {max_val!r}; exchange them"
            )
        self.min_val, self.max_val = float(min_val), float(max_val)

    def describe(self) -> str:
        """Say where it cuts."""
        return "ReLU6" if (self.min_val, self.max_val) == (0, 6) else f"Hardtanh {self.min_val:g} {self.max_val:g}"

    def compute(self, x: Floats) -> Floats:
        """Cut off."""
        return np.clip(x, x.dtype.type(self.min_val), x.dtype.type(self.max_val))

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Let the gradient through between the two, as PyTorch does."""
        return dy * _inside(x, self.min_val, self.max_val), {}


class Hardsigmoid(Plain):
    """Follow a straight line from 0 to 1: ``alpha x + beta``, cut off; PyTorch's has 1/6 and 1/2.

    Examples
    --------
    >>> Hardsigmoid(0.25, 0.5).forward(np.array([[-9.0, 0.0, 1.0]]))
    array([[0.  , 0.5 , 0.75]])
    """

    def __init__(self, alpha: float = 1 / 6, beta: float = 0.5) -> None:
        super().__init__()
        self.alpha, self.beta = number("Hardsigmoid", "alpha", alpha), number("Hardsigmoid", "beta", beta)

    def compute(self, x: Floats) -> Floats:
        """Follow it."""
        return np.clip(x.dtype.type(self.alpha) * x + x.dtype.type(self.beta), 0, 1)

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Scale the gradient on the slope."""
        return dy * self.alpha * _inside(self.alpha * x + self.beta, 0, 1), {}


class SELU(Plain):
    """Bend what is below zero towards ``-gamma alpha`` and scale what is above by ``gamma``."""

    def __init__(self, alpha: float = 1.6732632423543772, gamma: float = 1.0507009873554805) -> None:
        super().__init__()
        self.alpha, self.gamma = number("SELU", "alpha", alpha), number("SELU", "gamma", gamma)

    def compute(self, x: Floats) -> Floats:
        """Bend and scale."""
        return self.gamma * np.where(x > 0, x, self.alpha * np.expm1(np.minimum(x, 0))).astype(x.dtype)

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Scale the gradient by the slope of the curve."""
        slope = np.where(x > 0, 1, self.alpha * np.exp(np.minimum(x, 0))).astype(x.dtype)
        return self.gamma * dy * slope, {}


class CELU(Plain):
    """Bend what is below zero towards ``-alpha`` without a corner: ``alpha (exp(x / alpha) - 1)``."""

    def __init__(self, alpha: float = 1.0) -> None:
        super().__init__()
        self.alpha = number("CELU", "alpha", alpha)

    def compute(self, x: Floats) -> Floats:
        """Bend."""
        return np.maximum(x, 0) + self.alpha * np.expm1(np.minimum(x, 0) / self.alpha)

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Scale the gradient by the slope of the curve."""
        return dy * np.exp(np.minimum(x, 0) / self.alpha), {}


class PReLU(Plain):
    """Let a part of what is below zero through, learned for each channel.

    Parameters
    ----------
    shape
        Of the slopes, against one example: ``(C, 1, 1)``, or any that spreads over it.

    Examples
    --------
    >>> layer = PReLU((2,))
    >>> layer.own["weight"].values = np.array([0.5, 2.0])
    >>> layer.forward(np.array([[-6.0, -6.0]]))
    array([[ -3., -12.]])
    """

    def __init__(self, shape: tuple[int, ...]) -> None:
        super().__init__()
        self.shape = tuple(shape)
        self.own["weight"] = Parameter(shape=self.shape, start=0.25)

    def compute(self, x: Floats) -> Floats:
        """Scale what is below zero."""
        return np.where(x > 0, x, self._array("weight") * x)

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Bring a gradient back."""
        weight = self._array("weight")
        dweight = unspread(np.where(x > 0, 0, dy * x).astype(x.dtype), weight.shape)
        return np.where(x > 0, dy, weight * dy), {"weight": dweight}


def unspread(dy: Floats, shape: tuple[int, ...]) -> Floats:
    """Bring a gradient back through broadcasting: sum over what was spread.

    Examples
    --------
    >>> unspread(np.ones((2, 3, 4)), (3, 1))
    array([[8.],
           [8.],
           [8.]])
    """
    lead = dy.ndim - len(shape)
    dy = dy.sum(axis=tuple(range(lead)))
    spread = tuple(axis for axis, size in enumerate(shape) if size == 1 and dy.shape[axis] != 1)
    return np.asarray(dy.sum(axis=spread, keepdims=True) if spread else dy)
