"""Local response normalization: a channel that speaks up lowers its neighbors."""

import numpy as np

from cnnviz._checks import Floats, floats, integer, native, number
from cnnviz.engine.ops.argument import cotangent
from cnnviz.errors import ShapeError


def local_response_norm(x: Floats, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0) -> Floats:
    """Divide every number by how loud the channels around it are at its place.

    ``y[n, c] = x[n, c] / (k + alpha / size * sum(x[n, d]^2))^beta`` over the channels ``d`` from ``c - size // 2`` to
    ``c + (size - 1) // 2`` that exist; for an even ``size`` the window has one more channel before than after.

    Parameters
    ----------
    x
        ``(N, C, *spatial)``.
    size
        Channels in a window.
    alpha, beta, k
        As in the formula. The paper's ``alpha`` is not divided by ``size``; PyTorch's and this one are.

    Returns
    -------
    array
        The shape of ``x``.

    Raises
    ------
    ShapeError
        If ``x`` has fewer than three axes.
    OptionError
        If an argument is outside what it may be.

    Examples
    --------
    >>> x = np.array([[[2.0], [1.0], [1.0]]])
    >>> local_response_norm(x, 2, alpha=2.0, beta=1.0, k=0.0).ravel()  # 2 / 4, 1 / (4 + 1), 1 / (1 + 1)
    array([0.5, 0.2, 0.5])

    Notes
    -----
    References differ about an even ``size``; this follows PyTorch.

    References
    ----------
    Krizhevsky, Sutskever and Hinton, ImageNet classification with deep convolutional neural networks, 2012,
    section 3.3.
    """
    who = "local_response_norm"
    x = native(x)
    width, rate, power, base = _check(who, x, size, alpha, beta, k)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(x * (base + rate * _around(x * x, width)) ** -power)


def local_response_norm_vjp(
    dy: Floats, x: Floats, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0
) -> tuple[Floats]:
    """Return the gradient: what reaches a number directly, less what it takes from its neighbors.

    Examples
    --------
    >>> x = np.array([[[2.0], [1.0]]])  # alone in its window, with these options, y is 1 / x
    >>> local_response_norm_vjp(np.ones((1, 2, 1)), x, 1, alpha=1.0, beta=1.0, k=0.0)[0].ravel()
    array([-0.25, -1.  ])
    """
    who = "local_response_norm_vjp"
    x = native(x)
    width, rate, power, base = _check(who, x, size, alpha, beta, k)
    dy = cotangent(who, dy, x, x.shape)
    with np.errstate(invalid="ignore", divide="ignore"):
        loudness = base + rate * _around(x * x, width)
        quiet = loudness**-power
        taken = _around(dy * x * quiet / loudness, width, back=True)
        return (np.asarray(dy * quiet - 2 * rate * power * x * taken),)


def _around(values: Floats, size: int, *, back: bool = False) -> Floats:
    """Sum each channel's window; ``back`` sums over all windows that a channel is in."""
    channels = values.shape[1]
    before, after = size // 2, (size - 1) // 2
    if back:
        before, after = after, before
    total = values.copy()
    for step in range(1, min(before, channels - 1) + 1):
        total[:, step:] += values[:, :-step]
    for step in range(1, min(after, channels - 1) + 1):
        total[:, :-step] += values[:, step:]
    return total


def _check(who: str, x: Floats, size: int, alpha: float, beta: float, k: float) -> tuple[int, float, float, float]:
    floats(who, "x", x)
    if x.ndim < 3:
        raise ShapeError(
            f"{who}: expected x with at least 3 axes (N, C, ...), got shape {x.shape}; "
            f"add the missing in front with x[None]"
        )
    width = integer(who, "size", size, 1)
    return width, number(who, "alpha", alpha) / width, number(who, "beta", beta), number(who, "k", k)
