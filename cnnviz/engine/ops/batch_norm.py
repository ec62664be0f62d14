"""Batch normalization: each channel with its mean and variance over the batch."""

from typing import Literal, overload

import numpy as np

from cnnviz._checks import Floats, array, floats, number
from cnnviz.engine.ops.argument import cotangent, positive
from cnnviz.engine.ops.standardize import check_sizes, normal_vjp, normalize, variance
from cnnviz.errors import OptionError, ShapeError

Stats = tuple[Floats, Floats | None, Floats | None]


@overload
def batch_norm(
    x: Floats, running_mean: Floats | None = None, running_var: Floats | None = None, weight: Floats | None = None,
    bias: Floats | None = None, training: bool = False, momentum: float = 0.1, eps: float = 1e-5,
    *, return_stats: Literal[False] = False,
) -> Floats: ...  # fmt: skip
@overload
def batch_norm(
    x: Floats, running_mean: Floats | None = None, running_var: Floats | None = None, weight: Floats | None = None,
    bias: Floats | None = None, training: bool = False, momentum: float = 0.1, eps: float = 1e-5,
    *, return_stats: Literal[True],
) -> Stats: ...  # fmt: skip
def batch_norm(
    x: Floats,
    running_mean: Floats | None = None,
    running_var: Floats | None = None,
    weight: Floats | None = None,
    bias: Floats | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
    *,
    return_stats: bool = False,
) -> Floats | Stats:
    """Bring each channel to mean 0 and variance 1, then scale and shift it.

    ``y = (x - mean) / sqrt(var + eps) * weight + bias``, in training with each channel's own mean and variance over the
    examples and positions (divided by their count), otherwise with the running ones.

    Parameters
    ----------
    x
        ``(N, C, *spatial)``, with any number of spatial axes, also none.
    running_mean, running_var
        ``(C,)`` each, or None in training. They are never changed; see ``return_stats``.
    weight, bias
        ``(C,)`` each, or None for 1 and 0.
    training
        Whether to use the batch's own mean and variance.
    momentum
        How far the running values move towards the batch's.
    eps
        Keeps the root away from 0.
    return_stats
        Also return the running values after this batch: ``(1 - momentum) * old + momentum * new``, where the variance
        is divided by the count less one. Outside training they come back as they are.

    Returns
    -------
    array, or (array, array, array)
        The shape of ``x``, and with ``return_stats`` the mean and the variance, ``(C,)`` each, or None if not given.

    Raises
    ------
    ShapeError
        If the sizes do not fit each other, or a channel has a single number in training.
    OptionError
        If an argument is outside what it may be, or running values are missing outside training.

    Examples
    --------
    >>> x = np.array([[1.0], [3.0]])
    >>> batch_norm(x, training=True, eps=1e-12)
    array([[-1.],
           [ 1.]])
    >>> batch_norm(x, np.array([1.0]), np.array([4.0]), eps=0.0)
    array([[0.],
           [1.]])

    References
    ----------
    Ioffe and Szegedy, Batch normalization, 2015, algorithms 1 and 2.
    """
    who = "batch_norm"
    mean, spread, epsilon = _statistics(who, x, running_mean, running_var, weight, bias, training, eps)
    pace = number(who, "momentum", momentum)
    y = normalize(x, mean, spread + epsilon, _beside(weight, x), _beside(bias, x))
    if not return_stats:
        return y
    if training and running_mean is not None and running_var is not None:
        count = x.size // x.shape[1]
        running_mean = (1 - pace) * running_mean + pace * mean.ravel()
        running_var = (1 - pace) * running_var + pace * spread.ravel() * (count / (count - 1))
    return y, running_mean, running_var


def batch_norm_vjp(
    dy: Floats,
    x: Floats,
    running_mean: Floats | None = None,
    running_var: Floats | None = None,
    weight: Floats | None = None,
    bias: Floats | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
    *,
    return_stats: bool = False,  # noqa: ARG001  # the gradient is that of y
) -> tuple[Floats, Floats | None, Floats | None, Floats | None, Floats | None]:
    """Return ``(dx, drunning_mean, drunning_var, dweight, dbias)``, None for what was not given.

    In training the mean and the variance depend on ``x``, so what changes only them is taken out of its gradient; the
    running values then have no part in the result, and their gradients are 0.

    Examples
    --------
    >>> x = np.array([[1.0], [2.0], [4.0]])
    >>> dx, _, _, _, dbias = batch_norm_vjp(np.array([[1.0], [1.0], [1.0]]), x, bias=np.zeros(1), training=True)
    >>> bool(abs(dx).max() < 1e-12), dbias  # shifting all of a channel changes nothing
    (True, array([3.]))
    """
    who = "batch_norm_vjp"
    mean, spread, epsilon = _statistics(who, x, running_mean, running_var, weight, bias, training, eps)
    number(who, "momentum", momentum)
    dy = cotangent(who, dy, x, x.shape)
    over = tuple(axis for axis in range(x.ndim) if axis != 1)
    with np.errstate(invalid="ignore"):
        rate = 1 / np.sqrt(spread + epsilon)
    scale = _beside(weight, x)
    gain = rate if scale is None else rate * scale
    away = np.asarray(x - mean)
    total = np.asarray(dy.sum(axis=over, keepdims=True))
    along = np.asarray((dy * away).sum(axis=over, keepdims=True))
    if training:
        count = x.size // x.shape[1]
        dx = normal_vjp(dy, away, total / count, along / count, rate, gain)
        drunning_mean = None if running_mean is None else np.zeros_like(running_mean)
        drunning_var = None if running_var is None else np.zeros_like(running_var)
    else:
        dx = dy * gain
        drunning_mean, drunning_var = -(total * gain).ravel(), -0.5 * (along * gain * rate * rate).ravel()
    dweight = None if weight is None else (along * rate).ravel()
    return dx, drunning_mean, drunning_var, dweight, None if bias is None else total.ravel()


def _beside(values: Floats | None, x: Floats) -> Floats | None:
    """Give one number for each channel as many axes as ``x`` has."""
    return None if values is None else values.reshape(-1, *(1,) * (x.ndim - 2))


def _statistics(
    who: str,
    x: Floats,
    running_mean: Floats | None,
    running_var: Floats | None,
    weight: Floats | None,
    bias: Floats | None,
    training: bool,
    eps: float,
) -> tuple[Floats, Floats, float]:
    """Check all; return mean and variance, each shaped to go with ``x``, and eps."""
    x = floats(who, "x", x)
    if x.ndim < 2:
        raise ShapeError(
            f"{who}: expected x with at least 2 axes (N, C, ...), got shape {x.shape}; "
            f"add the missing in front with x[None]"
        )
    if x.size == 0:
        raise ShapeError(
            f"{who}: expected x with at least one cell along every axis, got shape {x.shape}; "
            f"look at what selected this data"
        )
    given = {"running_mean": running_mean, "running_var": running_var, "weight": weight, "bias": bias}
    for name, values in given.items():
        if values is not None:
            check_sizes(who, name, array(who, name, values, ("C",)), x, (x.shape[1],), "for each channel of x")
    if not training:
        if running_mean is None or running_var is None:
            raise OptionError(
                f"{who}: expected running_mean and running_var outside training, got None; "
                f"give both or set training=True"
            )
        shape = (-1, *(1,) * (x.ndim - 2))
        return running_mean.reshape(shape), running_var.reshape(shape), number(who, "eps", eps)
    epsilon = positive(who, "eps", eps)
    if x.size == x.shape[1]:
        raise ShapeError(
            f"{who}: expected more than one number for each channel in training, got x of shape {x.shape}; "
            f"give more examples or set training=False"
        )
    over = tuple(axis for axis in range(x.ndim) if axis != 1)
    mean = x.mean(axis=over, keepdims=True)
    return mean, variance(x, mean, over), epsilon
