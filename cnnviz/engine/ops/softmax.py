"""Softmax and its logarithm, safe for scores of any size."""

import numpy as np

from cnnviz._checks import Floats, floats
from cnnviz.engine.ops.argument import cotangent, dimension
from cnnviz.engine.ops.blocks import by_rows


def softmax(x: Floats, dim: int = -1) -> Floats:
    """Turn scores into shares that add up to one.

    ``y = exp(x) / sum(exp(x))`` along ``dim``, computed as ``exp(x - max(x))``, which cannot overflow.

    Parameters
    ----------
    x
        Any shape.
    dim
        The axis along which the shares add up to one: 1 for the classes of ``(N, C, H, W)``.

    Returns
    -------
    array
        The shape of ``x``, values from 0 to 1.

    Raises
    ------
    OptionError
        If ``x`` is not a float32 or float64 array, or has no axis ``dim``.

    Examples
    --------
    >>> softmax(np.array([[0.0, 0.0], [1000.0, 1000.0 + np.log(3.0)]]))
    array([[0.5 , 0.5 ],
           [0.25, 0.75]])

    References
    ----------
    Goodfellow, Bengio and Courville, Deep learning, 2016, section 6.2.2.3.
    """
    x = floats("softmax", "x", x)
    return shares(x, dimension("softmax", "dim", dim, x.ndim))


def softmax_vjp(dy: Floats, x: Floats, dim: int = -1) -> tuple[Floats]:
    """Give each score its share of what its gradient differs from the average one: ``y (dy - sum(dy * y))``.

    Examples
    --------
    >>> softmax_vjp(np.array([1.0, 0.0]), np.array([0.0, 0.0]))
    (array([ 0.25, -0.25]),)
    """
    who = "softmax_vjp"
    dy = cotangent(who, dy, floats(who, "x", x), x.shape)
    axis = dimension(who, "dim", dim, x.ndim)
    return (shares_vjp(dy, shares(x, axis), axis),)


def log_softmax(x: Floats, dim: int = -1) -> Floats:
    """Take the logarithm of the softmax, exact also where a share rounds to zero.

    ``y = x - log(sum(exp(x)))`` along ``dim``

    Parameters
    ----------
    x
        Any shape.
    dim
        The axis along which the shares add up to one.

    Returns
    -------
    array
        The shape of ``x``, values up to 0.

    Raises
    ------
    OptionError
        If ``x`` is not a float32 or float64 array, or has no axis ``dim``.

    Examples
    --------
    >>> log_softmax(np.array([0.0, 1000.0]))
    array([-1000.,     0.])
    """
    x = floats("log_softmax", "x", x)
    return log_shares(x, dimension("log_softmax", "dim", dim, x.ndim))


def log_softmax_vjp(dy: Floats, x: Floats, dim: int = -1) -> tuple[Floats]:
    """Take from each gradient its share of them all: ``dy - softmax(x) sum(dy)``.

    Examples
    --------
    >>> log_softmax_vjp(np.array([1.0, 0.0]), np.array([0.0, 0.0]))
    (array([ 0.5, -0.5]),)
    """
    who = "log_softmax_vjp"
    dy = cotangent(who, dy, floats(who, "x", x), x.shape)
    axis = dimension(who, "dim", dim, x.ndim)
    return (log_shares_vjp(dy, x, axis),)


def shares(x: Floats, axis: int) -> Floats:
    """Compute the softmax of checked arguments."""
    return by_rows(_shares, axis, x)


def _shares(x: Floats, axis: int) -> Floats:
    powers = _below_greatest(x, axis)
    np.exp(powers, out=powers)
    powers /= _sum(powers, axis)
    return powers


def shares_vjp(dy: Floats, y: Floats, axis: int) -> Floats:
    """Bring a gradient back through `shares`, given its result ``y``."""
    return by_rows(lambda dy, y, axis: np.asarray(y * (dy - _sum(dy * y, axis))), axis, dy, y)


def log_shares(x: Floats, axis: int) -> Floats:
    """Compute the log-softmax of checked arguments."""
    return by_rows(_log_shares, axis, x)


def _log_shares(x: Floats, axis: int) -> Floats:
    below = _below_greatest(x, axis)
    with np.errstate(divide="ignore"):  # along an axis without cells the sum is 0
        below -= np.log(_sum(np.exp(below), axis))
    return below


def log_shares_vjp(dy: Floats, x: Floats, axis: int) -> Floats:
    """Bring a gradient back through `log_shares`."""
    return by_rows(lambda dy, x, axis: np.asarray(dy - _shares(x, axis) * _sum(dy, axis)), axis, dy, x)


def _below_greatest(x: Floats, axis: int) -> Floats:
    # An infinite score leaves no shares, NaN; one that is further below than any number goes to minus infinity.
    with np.errstate(invalid="ignore", over="ignore"):
        return np.asarray(x - (x.max(axis=axis, keepdims=True) if x.ndim and x.size else x))


def _sum(x: Floats, axis: int) -> Floats:
    return np.asarray(x.sum(axis=axis, keepdims=True) if x.ndim else x)
