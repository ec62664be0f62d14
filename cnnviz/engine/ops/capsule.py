"""Capsules: a vector for each thing that may be there, and routing by agreement between the layers."""

import numpy as np

from cnnviz._checks import Floats, array, floats, integer, native
from cnnviz.engine.ops.argument import cotangent, dimension
from cnnviz.engine.ops.softmax import shares, shares_vjp
from cnnviz.errors import ShapeError

AXES = ("N", "in", "out", "D")


def squash(x: Floats, dim: int = -1) -> Floats:
    """Shrink vectors to a length below one and keep their direction.

    ``y = |x|^2 / (1 + |x|^2) * x / |x|``, so the length ``r`` becomes ``r^2 / (1 + r^2)``: the chance that the thing is
    there. A vector of zeros stays one.

    Parameters
    ----------
    x
        Any shape with at least one axis.
    dim
        The axis along which the vectors lie.

    Returns
    -------
    array
        The shape of ``x``.

    Raises
    ------
    ShapeError
        If ``x`` has no axis.
    OptionError
        If ``x`` is not a float32 or float64 array, or has no axis ``dim``.

    Examples
    --------
    >>> squash(np.array([[0.5, 0.0], [1.0, 0.0], [0.0, 2.0]]))  # lengths 0.5, 1, 2 -> 0.2, 0.5, 0.8
    array([[0.2, 0. ],
           [0.5, 0. ],
           [0. , 0.8]])

    References
    ----------
    Sabour, Frosst and Hinton, Dynamic routing between capsules, 2017, section 2, equation 1.
    """
    return _squash(x, _vectors("squash", x, dim))


def squash_vjp(dy: Floats, x: Floats, dim: int = -1) -> tuple[Floats]:
    """Scale the gradient across a vector as the vector was scaled, and the part along it by ``2 r / (1 + r^2)^2``.

    Examples
    --------
    >>> squash_vjp(np.array([1.0, 1.0]), np.array([1.0, 0.0]))  # a vector of length 1
    (array([0.5, 0.5]),)
    >>> squash_vjp(np.array([1.0, 1.0]), np.array([3.0, 0.0]))
    (array([0.06, 0.3 ]),)
    """
    who, x = "squash_vjp", native(x)
    axis = _vectors(who, x, dim)
    return (_squash_vjp(cotangent(who, dy, x, x.shape), x, axis),)


def dynamic_routing(
    predictions: Floats, iterations: int = 3, *, return_couplings: bool = False
) -> Floats | tuple[Floats, Floats]:
    """Let each capsule of the layer above listen most to those predictions that agree with the rest.

    Starting with ``b = 0``, each iteration takes ``c = softmax(b)`` over the capsules above, ``s_j = sum(c_ij u_ij)``
    over those below and ``v = squash(s)``, and then adds the agreements ``u_ij . v_j`` to ``b``.

    Parameters
    ----------
    predictions
        ``(N, in, out, D)``: what each capsule below predicts for each one above, ``u`` in the formulas.
    iterations
        How often, at least once.
    return_couplings
        Also return ``c`` of every iteration.

    Returns
    -------
    array, or (array, array)
        The capsules above, ``(N, out, D)``; the couplings, ``(iterations, N, in, out)``, which add up to one over
        ``out``.

    Raises
    ------
    ShapeError
        If ``predictions`` does not have these axes.
    OptionError
        If an argument is outside what it may be.

    Examples
    --------
    Two capsules below agree about the first one above, 2 and 2, and contradict each other about the second, 2 and -2.
    So the first is heard more and more; 0.83 is the softmax of its agreement 2 * squash(2) = 1.6 against 0.

    >>> u = np.array([[[[2.0], [2.0]], [[2.0], [-2.0]]]])
    >>> v, couplings = dynamic_routing(u, 3, return_couplings=True)
    >>> v[0, :, 0].round(2)
    array([0.94, 0.  ])
    >>> couplings[:, 0, 0].round(2)  # the first capsule's attention, iteration by iteration
    array([[0.5 , 0.5 ],
           [0.83, 0.17],
           [0.97, 0.03]])

    References
    ----------
    Sabour, Frosst and Hinton, Dynamic routing between capsules, 2017, section 2, procedure 1.
    """
    who = "dynamic_routing"
    u = array(who, "predictions", predictions, AXES)
    couplings, sums = _route(u, integer(who, "iterations", iterations, 1))
    v = _squash(sums[-1], -1)
    return (v, np.stack(couplings)) if return_couplings else v


def dynamic_routing_vjp(
    dy: Floats,
    predictions: Floats,
    iterations: int = 3,
    *,
    return_couplings: bool = False,  # noqa: ARG001
) -> tuple[Floats]:
    """Bring the gradient of the capsules back through all iterations; the couplings depend on the predictions too.

    Examples
    --------
    >>> u = np.array([[[[1.0]], [[0.0]]]])  # with one capsule above there is nothing to route
    >>> dynamic_routing_vjp(np.ones((1, 1, 1)), u)
    (array([[[[0.5]],
            [[0.5]]]]),)
    """
    who = "dynamic_routing_vjp"
    u = array(who, "predictions", predictions, AXES)
    couplings, sums = _route(u, integer(who, "iterations", iterations, 1))
    dv = cotangent(who, dy, u, sums[-1].shape, ("N", "out", "D"))
    du, dlogits = np.zeros_like(u), np.zeros_like(couplings[0])
    for last, (c, s) in enumerate(zip(reversed(couplings), reversed(sums), strict=True)):
        if last:  # every iteration but the last one goes on through its agreements
            dv = np.einsum("nij,nijd->njd", dlogits, u)
            du += dlogits[..., None] * _squash(s, -1)[:, None]
        ds = _squash_vjp(dv, s, -1)
        du += c[..., None] * ds[:, None]
        dlogits = dlogits + shares_vjp(np.einsum("nijd,njd->nij", u, ds), c, -1)
    return (du,)


def _route(u: Floats, iterations: int) -> tuple[list[Floats], list[Floats]]:
    """Return the couplings and the sums before squashing, of each iteration."""
    logits = np.zeros(u.shape[:3], u.dtype)
    couplings: list[Floats] = []
    sums: list[Floats] = []
    for _ in range(iterations):
        if sums:
            logits = logits + np.einsum("nijd,njd->nij", u, _squash(sums[-1], -1))
        couplings.append(shares(logits, -1))
        sums.append(np.einsum("nij,nijd->njd", couplings[-1], u))
    return couplings, sums


def _squash(x: Floats, axis: int) -> Floats:
    direction, length = _polar(x, axis)
    with np.errstate(all="ignore"):  # NaN and infinity are values: they travel on in silence
        return np.asarray(direction * _kept(length))


def _squash_vjp(dy: Floats, x: Floats, axis: int) -> Floats:
    direction, length = _polar(x, axis)
    # y is x times f = r / (1 + r^2); the derivative of f by r, times r, is f (1 - r^2) / (1 + r^2), or f (1 - 2 r f).
    with np.errstate(all="ignore"):
        shrink = 1 / (1 / length + length)
        along = (dy * direction).sum(axis=axis, keepdims=True)
        return np.asarray(dy * shrink + direction * (along * shrink * (1 - 2 * _kept(length))))


def _kept(length: Floats) -> Floats:
    """Compute ``r^2 / (1 + r^2)`` without the square of a long vector."""
    return np.asarray(np.where(length < 1, length * length / (1 + length * length), 1 / (1 + (1 / length) ** 2)))


def _polar(x: Floats, axis: int) -> tuple[Floats, Floats]:
    """Part vectors into direction and length, in units of their greatest number: its square may be too large."""
    if x.size == 0:
        return x, np.asarray(x.sum(axis=axis, keepdims=True))
    unit = np.abs(x).max(axis=axis, keepdims=True)
    unit[unit == 0] = 1
    with np.errstate(all="ignore"):
        scaled = x / unit
        length = np.sqrt((scaled * scaled).sum(axis=axis, keepdims=True))
        return np.divide(scaled, length, out=np.zeros_like(x), where=length != 0), np.asarray(unit * length)


def _vectors(who: str, x: Floats, dim: int) -> int:
    x = floats(who, "x", x)
    if x.ndim == 0:
        raise ShapeError(
            f"{who}: expected x with at least one axis, got shape (); put the vector's numbers in an array"
        )
    return dimension(who, "dim", dim, x.ndim)
