"""The Gaussian error linear unit, and the error function that numpy does not have."""

import math
from functools import cache

import numpy as np

from cnnviz._checks import Floats, choice, floats
from cnnviz.engine.ops.argument import cotangent

APPROXIMATIONS = ("none", "tanh")

_NODES_PER_UNIT = 32
_EDGE = 6.0  # erf(6) is 1 in float64
_DEGREE = 7  # the next Taylor term is below 1e-16 a 64th from a node


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
    below, _ = _below_and_density(x, choice("gelu", "approximate", approximate, APPROXIMATIONS))
    with np.errstate(invalid="ignore"):  # as in PyTorch, minus infinity gives NaN
        return np.asarray(x * below)


def gelu_vjp(dy: Floats, x: Floats, approximate: str = "none") -> tuple[Floats]:
    """Scale the gradient by ``P(x) + x p(x)``, with the normal distribution ``P`` and its density ``p``.

    Examples
    --------
    >>> gelu_vjp(np.array([1.0, 1.0]), np.array([0.0, 100.0]))
    (array([0.5, 1. ]),)
    """
    who = "gelu_vjp"
    dy = cotangent(who, dy, floats(who, "x", x), x.shape)
    below, density = _below_and_density(x, choice(who, "approximate", approximate, APPROXIMATIONS))
    with np.errstate(invalid="ignore"):
        return (np.asarray(dy * (below + x * density)),)


def erf(x: Floats) -> Floats:
    """Integrate the bell curve: ``2 / sqrt(pi)`` times the integral of ``exp(-t * t)`` from 0 to ``x``.

    Within 3e-16 of `math.erf`: a Taylor polynomial around the nearest of 385 points whose values `math.erf` gives.

    Examples
    --------
    >>> erf(np.array([-10.0, 0.0, 0.5])) - np.array([-1.0, 0.0, math.erf(0.5)])
    array([0., 0., 0.])
    """
    table = _taylor_table()
    away = np.clip(x, -_EDGE, _EDGE).astype(np.float64)
    nearest = np.rint(away * _NODES_PER_UNIT)
    away -= nearest / _NODES_PER_UNIT
    row = (np.nan_to_num(nearest) + _EDGE * _NODES_PER_UNIT).astype(np.intp)
    y = table[-1].take(row)
    for coefficients in table[-2::-1]:
        y = y * away + coefficients.take(row)
    return np.asarray(y, x.dtype)


def _below_and_density(x: Floats, approximate: str) -> tuple[Floats, Floats]:
    """Return the chance that a normal variable is below ``x``, and the derivative of that by ``x``."""
    with np.errstate(over="ignore", invalid="ignore"):  # the powers of a huge x
        if approximate == "none":
            return 0.5 + 0.5 * erf(x * math.sqrt(0.5)), np.exp(-0.5 * x * x) * (1 / math.sqrt(2 * math.pi))
        slope = math.sqrt(2 / math.pi)
        t = np.tanh(slope * (x + 0.044715 * x * x * x))
        return 0.5 + 0.5 * t, 0.5 * slope * (1 - t * t) * (1 + 3 * 0.044715 * x * x)


@cache
def _taylor_table() -> Floats:
    """Return the Taylor coefficients of erf around every node: one row for each power."""
    nodes = np.arange(-_EDGE * _NODES_PER_UNIT, _EDGE * _NODES_PER_UNIT + 1) / _NODES_PER_UNIT
    table = np.empty((_DEGREE + 1, nodes.size))
    table[0] = [math.erf(node) for node in nodes]
    # The derivatives of exp(-t^2) are Hermite polynomials times exp(-t^2); erf's are one step behind.
    bell = 2 / math.sqrt(math.pi) * np.exp(-nodes * nodes)
    previous, hermite = np.zeros_like(nodes), np.ones_like(nodes)
    for power in range(1, _DEGREE + 1):
        table[power] = bell * hermite / math.factorial(power)
        if power % 2 == 0:
            table[power] *= -1
        previous, hermite = hermite, 2 * nodes * hermite - 2 * (power - 1) * previous
    return table
