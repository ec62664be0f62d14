"""The dense layer, and the flattening that leads to it."""

import math

import numpy as np

from cnnviz._checks import Floats, array, floats, native, same_dtype, shape_text
from cnnviz.engine.ops.argument import cotangent, dimension
from cnnviz.errors import OptionError, ShapeError


def linear(x: Floats, weight: Floats, bias: Floats | None = None) -> Floats:
    """Give each output the weighted sum of all inputs.

    ``y[..., o] = sum(x[..., i] * weight[o, i] for i) + bias[o]``

    Parameters
    ----------
    x
        ``(..., in)``.
    weight
        ``(out, in)``.
    bias
        ``(out,)``, or None.

    Returns
    -------
    array
        ``(..., out)``.

    Raises
    ------
    ShapeError
        If the sizes do not fit each other.
    OptionError
        If the arrays are not all float32 or all float64.

    Examples
    --------
    >>> linear(np.array([[1.0, 2.0]]), np.array([[3.0, 4.0], [5.0, 6.0], [0.0, 1.0]]), np.array([0.0, 0.0, 10.0]))
    array([[11., 17., 12.]])

    References
    ----------
    Goodfellow, Bengio and Courville, Deep learning, 2016, section 6.1.
    """
    x, weight, bias = native(x), native(weight), native(bias)
    _check("linear", x, weight, bias)
    y = np.asarray(x @ weight.T)
    return y if bias is None else y + bias


def linear_vjp(
    dy: Floats, x: Floats, weight: Floats, bias: Floats | None = None
) -> tuple[Floats, Floats, Floats | None]:
    """Return ``(dx, dweight, dbias)``: ``dy @ weight``, ``dy.T @ x`` and the sum of ``dy``.

    ``dbias`` is None without a bias.

    Examples
    --------
    >>> dx, dweight, dbias = linear_vjp(np.array([[1.0, 10.0]]), np.array([[2.0, 3.0]]), np.eye(2), np.zeros(2))
    >>> dx, dbias
    (array([[ 1., 10.]]), array([ 1., 10.]))
    >>> dweight
    array([[ 2.,  3.],
           [20., 30.]])
    """
    who = "linear_vjp"
    x, weight, bias = native(x), native(weight), native(bias)
    _check(who, x, weight, bias)
    dy = cotangent(who, dy, x, (*x.shape[:-1], len(weight)))
    rows = dy.reshape(-1, len(weight))
    dweight = rows.T @ x.reshape(-1, x.shape[-1])
    return np.asarray(dy @ weight), dweight, None if bias is None else rows.sum(axis=0)


def flatten(x: Floats, start_dim: int = 0, end_dim: int = -1) -> Floats:
    """Lay the cells of some axes in one row, the last axis running fastest.

    Cell ``(c, h, w)`` of ``(C, H, W)`` becomes number ``(c * H + h) * W + w``.

    Parameters
    ----------
    x
        Any shape.
    start_dim, end_dim
        The first and the last of the axes to join. ``start_dim=1`` keeps the examples of a batch apart.

    Returns
    -------
    array
        ``x`` in its new shape, where possible without a copy.

    Raises
    ------
    OptionError
        If ``x`` is not a float32 or float64 array, has no such axis, or ``start_dim`` comes after ``end_dim``.

    Examples
    --------
    >>> flatten(np.array([[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]]), 1)
    array([[1., 2., 3., 4.],
           [5., 6., 7., 8.]])
    """
    return _flatten("flatten", x, start_dim, end_dim)


def flatten_vjp(dy: Floats, x: Floats, start_dim: int = 0, end_dim: int = -1) -> tuple[Floats]:
    """Put every gradient back where its cell was.

    Examples
    --------
    >>> flatten_vjp(np.array([1.0, 2.0, 3.0, 4.0]), np.zeros((2, 2)))
    (array([[1., 2.],
           [3., 4.]]),)
    """
    who = "flatten_vjp"
    return (cotangent(who, dy, x, _flatten(who, x, start_dim, end_dim).shape).reshape(x.shape),)


def _check(who: str, x: Floats, weight: Floats, bias: Floats | None) -> None:
    floats(who, "x", x)
    array(who, "weight", weight, ("out", "in"))
    same_dtype(who, "x", x, "weight", weight)
    if x.ndim == 0 or x.shape[-1] != weight.shape[1]:
        raise ShapeError(
            f"{who}: expected x with {weight.shape[1]} numbers along its last axis, as many as weight "
            f"{shape_text(('out', 'in'), weight.shape)} takes in, got shape {x.shape}; flatten x or change weight"
        )
    if bias is not None:
        array(who, "bias", bias, ("out",))
        same_dtype(who, "x", x, "bias", bias)
        if len(bias) != len(weight):
            raise ShapeError(
                f"{who}: expected bias with one number for each of the {len(weight)} outputs of weight, "
                f"got {len(bias)}; give {len(weight)} numbers or None"
            )


def _flatten(who: str, x: Floats, start_dim: int, end_dim: int) -> Floats:
    x = floats(who, "x", x)
    start, end = dimension(who, "start_dim", start_dim, x.ndim), dimension(who, "end_dim", end_dim, x.ndim)
    if start > end:
        raise OptionError(
            f"{who}: expected start_dim not after end_dim, got {start_dim} and {end_dim}; exchange the two"
        )
    return x.reshape(*x.shape[:start], math.prod(x.shape[start : end + 1]), *x.shape[end + 1 :])
