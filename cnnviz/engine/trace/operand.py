"""The arrays a trace works on: one example of a batch, copied so that nobody can change them later."""

from cnnviz._checks import Floats, array, batch_axes, floats, integer
from cnnviz.engine.trace.step import frozen
from cnnviz.errors import OptionError, ShapeError

__all__ = ["group_of", "one_example", "own", "spatial_axes"]


def own(values: Floats) -> Floats:
    """Return a copy that nobody can write to."""
    return frozen(values.copy())


def spatial_axes(who: str, x: object) -> int:
    """Take a batch ``(N, C, *spatial)`` and count its spatial axes, one to three."""
    checked = floats(who, "x", x)
    if not 3 <= checked.ndim <= 5:
        raise ShapeError(
            f"{who}: expected x as (N, C, *spatial) with one to three spatial axes, got shape {checked.shape}; "
            f"a plain picture (H, W) becomes one with x[None, None]"
        )
    array(who, "x", checked, batch_axes(checked.ndim - 2))
    return checked.ndim - 2


def one_example(who: str, x: Floats, example: object) -> Floats:
    """Return a copy of the chosen example of a batch, without the batch axis."""
    if not len(x):
        raise ShapeError(
            f"{who}: expected x with at least one example to trace, got none; look at what selected this data"
        )
    number = integer(who, "example", example, 0)
    if number >= len(x):
        raise OptionError(
            f"{who}: expected example from 0 to {len(x) - 1}, got {number}; x holds {len(x)}, counted from 0"
        )
    return own(x[number])


def group_of(channel: int, weight: Floats, groups: int) -> range:
    """List the channels that one filter connects its own channel with, those of its group.

    Examples
    --------
    >>> import numpy as np
    >>> group_of(3, np.ones((4, 2, 3, 3)), groups=2)  # the last of four filters, in the second of two groups
    range(2, 4)
    """
    depth = weight.shape[1]
    first = channel // (len(weight) // groups) * depth
    return range(first, first + depth)
