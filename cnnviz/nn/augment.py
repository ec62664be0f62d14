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


def crop(least: float) -> Augment:
    """Cut a window out of each picture, at a place and in a size left to chance, and enlarge it to the whole picture.

    Parameters
    ----------
    least
        The smallest part of rows and columns that a window keeps, above 0 to 1; rows and columns draw their own.

    Raises
    ------
    OptionError
        If ``least`` is outside that.

    Examples
    --------
    >>> picture = np.arange(16.0).reshape(1, 1, 4, 4)
    >>> bool(np.allclose(crop(1.0)(picture, np.random.default_rng(0)), picture))
    True
    """
    smallest = number("crop", "least", least, 0.01, 1)

    def cropped(x: Floats, generator: np.random.Generator) -> Floats:
        array("crop", "x", x, batch_axes(2))
        chance = generator.uniform(-1, 1, (4, len(x), 1, 1))
        part = 1 - (1 - smallest) * (chance[:2] + 1) / 2
        start = (1 - part) * (chance[2:] + 1) / 2
        rows, columns = np.indices(x.shape[2:]).astype(np.float64)
        # The window's first and last cells become the picture's, so nothing beyond the border is read.
        row = start[0] * (x.shape[2] - 1) + part[0] * rows
        column = start[1] * (x.shape[3] - 1) + part[1] * columns
        return _sampled(x, row, column)

    return cropped


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


def color(*, brightness: float = 0.0, saturation: float = 0.0, tint: float = 0.0) -> Augment:
    """Change the colors of each picture by chance.

    Parameters
    ----------
    brightness
        At most this much added to every cell, or taken from it.
    saturation
        At most this part more or less colorful: 1 may reach gray, the mean of the channels. Nothing changes where there
        is one channel.
    tint
        Each channel is multiplied by a number of its own, at most this part above or below 1.

    Raises
    ------
    OptionError
        If an argument is below 0, or one of the last two above 1.

    Examples
    --------
    >>> red = np.array([1.0, 0.0, 0.0]).reshape(1, 3, 1, 1)
    >>> y = color(saturation=1.0)(red, np.random.default_rng(0)).ravel()
    >>> bool(abs(y.mean() - 1 / 3) < 1e-12), bool(y[1] == y[2])
    (True, True)
    """
    light = number("color", "brightness", brightness, 0)
    full = number("color", "saturation", saturation, 0, 1)
    hue = number("color", "tint", tint, 0, 1)

    def colored(x: Floats, generator: np.random.Generator) -> Floats:
        array("color", "x", x, batch_axes(2))
        chance = generator.uniform(-1, 1, (x.shape[1] + 2, len(x), 1, 1, 1)).astype(x.dtype)
        gray = x.mean(axis=1, keepdims=True)
        y = gray + (x - gray) * (1 + full * chance[0])
        return np.asarray(y * (1 + hue * np.moveaxis(chance[2:, :, 0], 0, 1)) + light * chance[1])

    return colored


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
