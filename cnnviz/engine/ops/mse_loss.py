"""The mean squared error."""

import numpy as np

from cnnviz._checks import Floats, floats, native, same_dtype
from cnnviz.engine.ops.argument import cotangent, reduce, reduced
from cnnviz.errors import ShapeError


def mse_loss(x: Floats, target: Floats, *, reduction: str = "mean") -> Floats:
    """Square the differences and average them.

    ``loss = mean((x - target)^2)``

    Parameters
    ----------
    x, target
        Any shape, the same for both.
    reduction
        ``mean``, ``sum`` or ``none``.

    Returns
    -------
    array
        A single number, ``()``; without reduction one for each cell.

    Raises
    ------
    ShapeError
        If the shapes differ.
    OptionError
        If an argument is outside what it may be.

    Examples
    --------
    >>> float(mse_loss(np.array([1.0, 2.0]), np.array([4.0, 3.0])))  # (9 + 1) / 2
    5.0
    """
    who = "mse_loss"
    x, target = native(x), native(target)
    _check_alike(who, x, target)
    return reduce((x - target) ** 2, reduced(who, reduction), x.size)


def mse_loss_vjp(dy: Floats | float, x: Floats, target: Floats, *, reduction: str = "mean") -> tuple[Floats, Floats]:
    """Return ``(dx, dtarget)``: twice the difference, divided by the count for the mean, and the same with a minus.

    Examples
    --------
    >>> mse_loss_vjp(1.0, np.array([1.0, 2.0]), np.array([4.0, 3.0]))
    (array([-3., -1.]), array([3., 1.]))
    """
    who = "mse_loss_vjp"
    x, target = native(x), native(target)
    _check_alike(who, x, target)
    how = reduced(who, reduction)
    dy = cotangent(who, dy, x, x.shape if how == "none" else ())
    dx = np.asarray((dy / max(x.size, 1) if how == "mean" else dy) * 2 * (x - target))
    return dx, -dx


def _check_alike(who: str, x: Floats, target: Floats) -> None:
    floats(who, "x", x)
    same_dtype(who, "x", x, "target", floats(who, "target", target))
    if x.shape != target.shape:
        raise ShapeError(
            f"{who}: expected x and target of one shape, got {x.shape} and {target.shape}; reshape one of them"
        )
