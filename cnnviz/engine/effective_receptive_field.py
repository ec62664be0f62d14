"""The effective receptive field: how much each cell of the input matters to one cell of a layer, by gradients."""

from collections.abc import Callable, Sequence

import numpy as np

from cnnviz._checks import Floats, integer
from cnnviz.errors import OptionError, ShapeError


def effective_receptive_field(
    f: Callable[[Floats], Floats],
    f_vjp: Callable[[Floats, Floats], tuple[Floats, ...]],
    x: Floats,
    *,
    position: Sequence[int] | None = None,
) -> Floats:
    """Measure how much each cell of the input matters to one cell of the output.

    ``|d y[position] / d x|``, with ``y`` summed over the channels, added up over the input's channels, averaged over
    the examples, and scaled so that the greatest is 1.

    Parameters
    ----------
    f
        From ``(N, C, *spatial)`` to an output of the same form.
    f_vjp
        ``f_vjp(dy, x)`` is a tuple that begins with the gradient of ``x``.
    x
        ``(N, C, *spatial)``; several random examples where the gradient depends on them.
    position
        Spatial indices of the output cell, by default the middle.

    Returns
    -------
    array
        ``spatial``, values from 0 to 1.

    Raises
    ------
    ShapeError
        If ``f`` does not return ``(N, C, *spatial)``.
    OptionError
        If there is no such position.

    Examples
    --------
    >>> def blur_twice(x):
    ...     return x[..., :-4] + 2 * x[..., 1:-3] + 3 * x[..., 2:-2] + 2 * x[..., 3:-1] + x[..., 4:]
    >>> def blur_twice_vjp(dy, x):
    ...     return (np.apply_along_axis(np.convolve, -1, dy, [1.0, 2.0, 3.0, 2.0, 1.0]),)
    >>> effective_receptive_field(blur_twice, blur_twice_vjp, np.zeros((1, 1, 5))) * 3
    array([1., 2., 3., 2., 1.])

    References
    ----------
    Luo, Li, Urtasun and Zemel, Understanding the effective receptive field in deep convolutional neural networks, 2016,
    section 3.
    """
    who = "effective_receptive_field"
    y = f(x)
    if y.ndim < 3:
        raise ShapeError(
            f"{who}: expected f to return (N, C, *spatial), got shape {y.shape}; leave out layers that end the maps"
        )
    places = y.shape[2:]
    where = tuple(size // 2 for size in places) if position is None else tuple(position)
    if len(where) != len(places) or not all(0 <= integer(who, "position", i, 0) < n for i, n in zip(where, places)):  # noqa: B905
        raise OptionError(
            f"{who}: expected position as one index for each axis of a map of {places}, got {where}; "
            f"count from 0, or leave it out for the middle"
        )
    dy = np.zeros_like(y)
    dy[(slice(None), slice(None), *where)] = 1
    felt = np.abs(f_vjp(dy, x)[0]).sum(axis=1).mean(axis=0)
    return np.asarray(felt / (felt.max() or 1))
