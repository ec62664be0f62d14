"""Global pooling: one number for each channel, whatever the size of the map."""

from math import prod

import numpy as np

from cnnviz._checks import Floats, array, batch_axes, floats
from cnnviz.engine.ops.argument import cotangent
from cnnviz.engine.ops.pool_fold import greatest_vjp
from cnnviz.errors import ShapeError


def global_avg_pool(x: Floats) -> Floats:
    """Take the mean of every channel.

    ``y[n, c] = mean(x[n, c])`` over all positions

    Parameters
    ----------
    x
        ``(N, C, *spatial)`` with one to three spatial axes.

    Returns
    -------
    array
        ``(N, C, 1, ...)``: every spatial axis has one cell left.

    Raises
    ------
    ShapeError
        If ``x`` does not have these axes.
    OptionError
        If ``x`` is not a float32 or float64 array.

    Examples
    --------
    >>> global_avg_pool(np.array([[[[1.0, 2.0], [3.0, 6.0]]]]))
    array([[[[3.]]]])

    References
    ----------
    Lin, Chen and Yan, Network in network, 2014, section 3.2.
    """
    x = _map("global_avg_pool", x)
    return np.asarray(x.mean(axis=tuple(range(2, x.ndim)), keepdims=True))


def global_avg_pool_vjp(dy: Floats, x: Floats) -> tuple[Floats]:
    """Share the gradient of each channel equally among its cells.

    Examples
    --------
    >>> global_avg_pool_vjp(np.array([[[8.0]]]), np.zeros((1, 1, 4)))
    (array([[[2., 2., 2., 2.]]]),)
    """
    who = "global_avg_pool_vjp"
    dy = _gradient(who, dy, _map(who, x))
    return (np.broadcast_to(dy / prod(x.shape[2:]), x.shape).copy(),)


def global_max_pool(x: Floats) -> Floats:
    """Keep the greatest number of every channel.

    ``y[n, c] = max(x[n, c])`` over all positions; NaN counts as greater than any number.

    Parameters
    ----------
    x
        ``(N, C, *spatial)`` with one to three spatial axes.

    Returns
    -------
    array
        ``(N, C, 1, ...)``: every spatial axis has one cell left.

    Raises
    ------
    ShapeError
        If ``x`` does not have these axes.
    OptionError
        If ``x`` is not a float32 or float64 array.

    Examples
    --------
    >>> global_max_pool(np.array([[[[1.0, 2.0], [3.0, 6.0]]]]))
    array([[[[6.]]]])
    """
    x = _map("global_max_pool", x)
    return np.asarray(x.max(axis=tuple(range(2, x.ndim)), keepdims=True))


def global_max_pool_vjp(dy: Floats, x: Floats) -> tuple[Floats]:
    """Send the gradient of each channel to the first cell that was its greatest.

    Examples
    --------
    >>> global_max_pool_vjp(np.array([[[8.0]]]), np.array([[[1.0, 5.0, 5.0]]]))
    (array([[[0., 8., 0.]]]),)
    """
    who = "global_max_pool_vjp"
    x = _map(who, x)
    dy = _gradient(who, dy, x)
    return (greatest_vjp(dy, x.reshape(*x.shape[:2], prod(x.shape[2:])).argmax(axis=2), x.shape[2:]),)


def _map(who: str, x: Floats) -> Floats:
    x = floats(who, "x", x)
    if not 3 <= x.ndim <= 5:
        raise ShapeError(
            f"{who}: expected x with 3 to 5 axes (N, C, one to three spatial), got shape {x.shape}; "
            f"add the missing in front with x[None] or reshape it"
        )
    return array(who, "x", x, batch_axes(x.ndim - 2))


def _gradient(who: str, dy: Floats, x: Floats) -> Floats:
    return cotangent(who, dy, x, (*x.shape[:2], *(1,) * (x.ndim - 2)), batch_axes(x.ndim - 2))
