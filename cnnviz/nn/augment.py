"""Augmentation: new examples from old ones, by changes that leave the class as it is."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnviz._checks import Floats, array, batch_axes, number

Augment = Callable[[Floats, np.random.Generator], Floats]
"""Takes a batch ``(N, C, H, W)`` and gives a changed one of its shape."""

Places = npt.NDArray[np.signedinteger[Any]]


def move(*, shift: float = 0.0, turn: float = 0.0, grow: float = 0.0) -> Augment:
    """Move each picture by chance: shift it, turn it and change its size about its middle.

    Cells in between are weighed from the four around them; beyond the border there is 0.

    Parameters
    ----------
    shift
        At most this many cells along each axis, either way.
    turn
        At most this many degrees, either way.
    grow
        At most this part larger or smaller: 0.1 is from 0.9 to 1.1 times.

    Raises
    ------
    OptionError
        If an argument is below 0, ``turn`` above 180 or ``grow`` above 0.9.

    Examples
    --------
    >>> picture = np.ones((1, 1, 3, 3))
    >>> move(shift=1.0)(picture, np.random.default_rng(0)).shape
    (1, 1, 3, 3)
    >>> bool((move()(picture, np.random.default_rng(0)) == picture).all())
    True
    """
    most_shift = number("move", "shift", shift, 0)
    most_turn = np.radians(number("move", "turn", turn, 0, 180))
    most_grow = number("move", "grow", grow, 0, 0.9)

    def moved(x: Floats, generator: np.random.Generator) -> Floats:
        array("move", "x", x, batch_axes(2))
        chance = generator.uniform(-1, 1, (4, len(x)))
        angle, scale = most_turn * chance[2], 1 + most_grow * chance[3]
        cos, sin = np.cos(angle) / scale, np.sin(angle) / scale
        rows, columns = np.indices(x.shape[2:]).astype(np.float64)
        middle = (x.shape[2] - 1) / 2, (x.shape[3] - 1) / 2
        down = rows - middle[0] - most_shift * chance[0, :, None, None]
        right = columns - middle[1] - most_shift * chance[1, :, None, None]
        cos, sin = cos[:, None, None], sin[:, None, None]
        return _sampled(x, cos * down - sin * right + middle[0], sin * down + cos * right + middle[1])

    return moved


def noise(deviation: float) -> Augment:
    """Add normal noise of this standard deviation to every cell.

    Examples
    --------
    >>> y = noise(0.5)(np.zeros((1, 1, 100, 100)), np.random.default_rng(0))
    >>> bool(abs(y.std() - 0.5) < 0.02)
    True
    """
    spread = number("noise", "deviation", deviation, 0)
    return lambda x, generator: x + (spread * generator.standard_normal(x.shape)).astype(x.dtype)


def contrast(most: float) -> Augment:
    """Multiply each picture by one number, at most this part above or below 1.

    Examples
    --------
    >>> y = contrast(0.5)(np.ones((100, 1, 1, 1)), np.random.default_rng(0))
    >>> bool(y.min() >= 0.5), bool(y.max() <= 1.5)
    (True, True)
    """
    reach = number("contrast", "most", most, 0, 1)
    return lambda x, generator: x * generator.uniform(1 - reach, 1 + reach, (len(x), 1, 1, 1)).astype(x.dtype)


def flip(x: Floats, generator: np.random.Generator) -> Floats:
    """Mirror each picture left to right with an even chance.

    Examples
    --------
    >>> flip(np.array([[[[1.0, 2.0]]]] * 3), np.random.default_rng(0))[:, 0, 0].tolist()
    [[1.0, 2.0], [2.0, 1.0], [2.0, 1.0]]
    """
    mirrored = generator.random(len(x)) < 0.5
    return np.where(mirrored[:, None, None, None], x[..., ::-1], x)


def chain(*changes: Augment) -> Augment:
    """Make one change after the other.

    Examples
    --------
    >>> chain(noise(0.0), contrast(0.0))(np.ones((1, 1, 1, 1)), np.random.default_rng(0))
    array([[[[1.]]]])
    """

    def changed(x: Floats, generator: np.random.Generator) -> Floats:
        for change in changes:
            x = change(x, generator)
        return x

    return changed


def _sampled(x: Floats, row: Floats, column: Floats) -> Floats:
    """Read ``x (N, C, H, W)`` at places ``(N, H, W)`` between its cells; 0 outside."""
    padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    top, left = np.floor(row).astype(np.intp), np.floor(column).astype(np.intp)
    below, beside = (row - top)[:, None].astype(x.dtype), (column - left)[:, None].astype(x.dtype)
    example = np.arange(len(x))[:, None, None]

    def cell(i: Places, j: Places) -> Floats:
        places = np.clip(i, -1, x.shape[2]) + 1, np.clip(j, -1, x.shape[3]) + 1
        return np.asarray(np.moveaxis(padded[example, :, *places], -1, 1))

    upper: Floats = cell(top, left) * (1 - beside) + cell(top, left + 1) * beside
    lower: Floats = cell(top + 1, left) * (1 - beside) + cell(top + 1, left + 1) * beside
    return np.asarray(upper * (1 - below) + lower * below)
