"""The Gaussian error linear unit, and the error function that numpy does not have."""

import math
from collections.abc import Sequence
from functools import cache

import numpy as np

from cnnviz._checks import Floats, choice, floats
from cnnviz.engine.ops.argument import cotangent
from cnnviz.engine.ops.blocks import BLOCK, by_blocks

APPROXIMATIONS = ("none", "tanh")

_NODES_PER_UNIT = 32
_EDGE = 6.0  # erf(6) is 1
_DEGREE = 7
"""The next Taylor term is below the rounding, a 64th from a node."""
_OVER = (1.128378679, 2.139101085e-1, 5.242884440e-2, 4.291553091e-3, 1.554983266e-4, -1.990135747e-6, 1.921733996e-8)
_UNDER = (1.0, 5.229005681e-1, 1.207852671e-1, 1.554810037e-2, 1.097665613e-3)
"""erf(x) / x as a fraction of polynomials in x * x, fitted to `math.erf` up to 4 by weighted least squares."""


def gelu(x: Floats, approximate: str = "none") -> Floats:
    """Weigh every number by the chance that a normal variable is smaller.

    ``y = x (1 + erf(x / sqrt(2))) / 2``, or with ``approximate="tanh"``
    ``y = x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2``

    Parameters
    ----------
    x
        Any shape.
    approximate
        ``none`` or ``tanh``; they differ by less than 0.0005.

    Returns
    -------
    array
        The shape of ``x``, values from -0.17 up.

    Raises
    ------
    OptionError
        If ``x`` is not a float32 or float64 array, or ``approximate`` is neither word.

    Examples
    --------
    >>> gelu(np.array([-100.0, 0.0, 1.0, 100.0])).round(4)  # a normal variable is below 1 with chance 0.8413
    array([ -0.    ,   0.    ,   0.8413, 100.    ])

    References
    ----------
    Hendrycks and Gimpel, Gaussian error linear units, 2016, section 2.
    """
    x = floats("gelu", "x", x)
    approximate = choice("gelu", "approximate", approximate, APPROXIMATIONS)
    with np.errstate(invalid="ignore"):  # as in PyTorch, minus infinity gives NaN
        return by_blocks(lambda x: x * _below(x, approximate), x)


def gelu_vjp(dy: Floats, x: Floats, approximate: str = "none") -> tuple[Floats]:
    """Scale the gradient by ``P(x) + x p(x)``, with the normal distribution ``P`` and its density ``p``.

    Examples
    --------
    >>> gelu_vjp(np.array([1.0, 1.0]), np.array([0.0, 100.0]))
    (array([0.5, 1. ]),)
    """
    who = "gelu_vjp"
    dy = cotangent(who, dy, floats(who, "x", x), x.shape)
    approximate = choice(who, "approximate", approximate, APPROXIMATIONS)

    def scaled(dy: Floats, x: Floats) -> Floats:
        below = _below(x, approximate)
        return dy * (below + x * _density(x, approximate, below))

    with np.errstate(invalid="ignore"):
        return (by_blocks(scaled, dy, x),)


def erf(x: Floats) -> Floats:
    """Integrate the bell curve: ``2 / sqrt(pi)`` times the integral of ``exp(-t * t)`` from 0 to ``x``.

    Within 3e-16 of `math.erf`, by a Taylor polynomial around the nearest of 385 points whose values `math.erf` gives;
    in single precision within 4e-7, by one fraction of two polynomials, which is several times as fast.

    Examples
    --------
    >>> erf(np.array([-10.0, 0.0, 0.5])) - np.array([-1.0, 0.0, math.erf(0.5)])
    array([0., 0., 0.])
    """
    if x.dtype == np.float32:
        return _single(x)
    table = _taylor_table()
    y = np.empty(x.shape, x.dtype)
    cells, results = x.ravel(), y.reshape(-1)
    coefficient = np.empty(min(BLOCK, x.size), x.dtype)
    for start in range(0, x.size, BLOCK):
        result = results[start : start + BLOCK]
        term = coefficient[: result.size]
        away = np.clip(cells[start : start + BLOCK], -_EDGE, _EDGE)
        nearest = np.rint(away * _NODES_PER_UNIT)
        away -= nearest * (1 / _NODES_PER_UNIT)
        row = (np.nan_to_num(nearest) + _EDGE * _NODES_PER_UNIT).astype(np.intp)
        table[-1].take(row, out=result, mode="clip")
        for coefficients in table[-2::-1]:
            coefficients.take(row, out=term, mode="clip")
            result *= away
            result += term
    return y


def _single(x: Floats) -> Floats:
    y = np.empty(x.shape, x.dtype)
    cells, results = x.ravel(), y.reshape(-1)
    for start in range(0, x.size, BLOCK):
        result = results[start : start + BLOCK]
        np.clip(cells[start : start + BLOCK], -4, 4, out=result)
        square = result * result
        result *= _polynomial(_OVER, square)
        result /= _polynomial(_UNDER, square)
        np.clip(result, -1, 1, out=result)
    return y


def _polynomial(coefficients: Sequence[float], x: Floats) -> Floats:
    y = x * x.dtype.type(coefficients[-1])
    for coefficient in coefficients[-2:0:-1]:
        y += x.dtype.type(coefficient)
        y *= x
    y += x.dtype.type(coefficients[0])
    return y


def _below(x: Floats, approximate: str) -> Floats:
    """Return the chance that a normal variable is below ``x``."""
    y = np.tanh(_inner(x)) if approximate == "tanh" else erf(x * math.sqrt(0.5))
    y *= 0.5
    y += 0.5
    return np.asarray(y)


def _density(x: Floats, approximate: str, below: Floats) -> Floats:
    """Return the derivative of `_below`."""
    with np.errstate(over="ignore", invalid="ignore"):  # the powers of a huge x
        if approximate == "none":
            return np.asarray(np.exp(-0.5 * x * x) * (1 / math.sqrt(2 * math.pi)))
        return np.asarray(2 * below * (1 - below) * math.sqrt(2 / math.pi) * (1 + 3 * 0.044715 * x * x))


def _inner(x: Floats) -> Floats:
    with np.errstate(over="ignore"):
        return np.asarray(math.sqrt(2 / math.pi) * (x + 0.044715 * x * x * x))


@cache
def _taylor_table() -> Floats:
    """Return the Taylor coefficients of erf around every node: one row for each power."""
    nodes = np.arange(-_EDGE * _NODES_PER_UNIT, _EDGE * _NODES_PER_UNIT + 1) / _NODES_PER_UNIT
    table = np.empty((_DEGREE + 1, nodes.size))
    table[0] = [math.erf(node) for node in nodes]
    # The derivatives of exp(-t^2) are Hermite polynomials times exp(-t^2); erf's are one step behind.
    bell = 2 / math.sqrt(math.pi) * np.exp(-nodes * nodes)
    previous, hermite = np.zeros_like(nodes), np.ones_like(nodes)
    for power in range(1, len(table)):
        table[power] = bell * hermite / math.factorial(power)
        if power % 2 == 0:
            table[power] *= -1
        previous, hermite = hermite, 2 * nodes * hermite - 2 * (power - 1) * previous
    return table
