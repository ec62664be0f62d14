"""Layer normalization: each example with its own mean and variance."""

from collections.abc import Sequence

import numpy as np

from cnnviz._checks import Floats, Ints, floats, integers, number
from cnnviz.engine.ops.argument import cotangent
from cnnviz.engine.ops.standardize import check_sizes, normal_vjp, normalize, variance
from cnnviz.errors import ShapeError


def layer_norm(
    x: Floats, normalized_shape: Ints, weight: Floats | None = None, bias: Floats | None = None, eps: float = 1e-5
) -> Floats:
    """Bring the last axes of each example to mean 0 and variance 1, then scale and shift them cell by cell.

    ``y = (x - mean) / sqrt(var + eps) * weight + bias``

    Parameters
    ----------
    x
        ``(..., *normalized_shape)``.
    normalized_shape
        Sizes of the last axes, over which mean and variance (divided by the count) are taken.
    weight, bias
        ``normalized_shape`` each, or None for 1 and 0.
    eps
        Keeps the root away from 0.

    Returns
    -------
    array
        The shape of ``x``.

    Raises
    ------
    ShapeError
        If the sizes do not fit each other.
    OptionError
        If an argument is outside what it may be.

    Examples
    --------
    >>> layer_norm(np.array([[1.0, 3.0], [10.0, 50.0]]), 2, eps=0.0)
    array([[-1.,  1.],
           [-1.,  1.]])

    References
    ----------
    Ba, Kiros and Hinton, Layer normalization, 2016, section 3.
    """
    over, epsilon = _layer("layer_norm", x, normalized_shape, weight, bias, eps)
    mean = x.mean(axis=over, keepdims=True)
    return normalize(x, mean, variance(x, mean, over) + epsilon, weight, bias)


def layer_norm_vjp(
    dy: Floats,
    x: Floats,
    normalized_shape: Ints,
    weight: Floats | None = None,
    bias: Floats | None = None,
    eps: float = 1e-5,
) -> tuple[Floats, Floats | None, Floats | None]:
    """Return ``(dx, dweight, dbias)``, None for what was not given.

    Examples
    --------
    >>> dx, dweight, dbias = layer_norm_vjp(np.ones((2, 3)), np.array([[1.0, 2, 4], [8, 6, 7]]), 3, bias=np.zeros(3))
    >>> bool(abs(dx).max() < 1e-12), dweight, dbias  # shifting all of an example changes nothing
    (True, None, array([2., 2., 2.]))
    """
    who = "layer_norm_vjp"
    over, epsilon = _layer(who, x, normalized_shape, weight, bias, eps)
    dy = cotangent(who, dy, x, x.shape)
    mean = x.mean(axis=over, keepdims=True)
    with np.errstate(invalid="ignore"):
        rate = 1 / np.sqrt(variance(x, mean, over) + epsilon)
    away = np.asarray(x - mean)
    dnormal = dy if weight is None else dy * weight
    level, along = dnormal.mean(axis=over, keepdims=True), (dnormal * away).mean(axis=over, keepdims=True)
    dx = normal_vjp(dnormal, away, level, along, rate, rate)
    lead = tuple(range(x.ndim - len(over)))
    dweight = None if weight is None else np.asarray((dy * away * rate).sum(axis=lead))
    return dx, dweight, None if bias is None else np.asarray(dy.sum(axis=lead))


def _layer(
    who: str, x: Floats, normalized_shape: Ints, weight: Floats | None, bias: Floats | None, eps: float
) -> tuple[tuple[int, ...], float]:
    """Check all; return the axes to normalize over, counted from the back, and eps."""
    x = floats(who, "x", x)
    count = len(normalized_shape) if isinstance(normalized_shape, Sequence) else 1
    shape = integers(who, "normalized_shape", normalized_shape, count, 1)
    if not shape or x.shape[x.ndim - len(shape) :] != shape or x.ndim < len(shape):
        raise ShapeError(
            f"{who}: expected x whose last axes have the sizes normalized_shape={shape}, got shape {x.shape}; "
            f"give sizes such as x.shape[1:]"
        )
    for name, values in {"weight": weight, "bias": bias}.items():
        if values is not None:
            check_sizes(who, name, floats(who, name, values), x, shape, "as normalized_shape says")
    return tuple(range(-len(shape), 0)), number(who, "eps", eps)
