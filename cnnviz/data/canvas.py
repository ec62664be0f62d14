"""Digits on a larger canvas: in the middle, moved a little, or scattered all over it."""

import numpy as np

from cnnviz._checks import array, batch_axes, integer
from cnnviz.data.split import Examples, Split, digits_split
from cnnviz.errors import OptionError, ShapeError

LARGEST = 64


def placed(
    examples: Examples, size: int, *, reach: int | None = None, seed: int | np.random.Generator = 0, copies: int = 1
) -> Examples:
    """Put each picture on an empty canvas, at a place left to chance.

    Parameters
    ----------
    examples
        Pictures ``(N, C, H, W)``.
    size
        Rows and columns of the canvas, at most 64.
    reach
        At most this many cells from the middle along each axis, either way: 0 is the middle itself. Anywhere on the
        canvas, if None; always the whole picture.
    seed
        A whole number from 0, or a generator to go on with.
    copies
        How often each picture is placed; the copies of one picture lie ``N`` apart.

    Returns
    -------
    `Examples`
        Pictures ``(copies N, C, size, size)``.

    Raises
    ------
    ShapeError
        If the pictures are no ``(N, C, H, W)`` or do not fit on the canvas.
    OptionError
        If an argument is outside what it may be.

    Examples
    --------
    >>> dot = Examples(np.ones((1, 1, 1, 1)), np.array([7]))
    >>> placed(dot, 3, reach=0).images[0, 0]
    array([[0., 0., 0.],
           [0., 1., 0.],
           [0., 0., 0.]])
    >>> placed(dot, 3, copies=100).images.sum(axis=(0, 1)).min() > 0  # each of the nine places comes up
    np.True_
    """
    who = "placed"
    images = array(who, "images", examples.images, batch_axes(2))
    rows, columns = images.shape[2:]
    integer(who, "size", size, 1)
    if size > LARGEST:
        raise OptionError(f"{who}: expected size of at most {LARGEST}, got {size}; choose less")
    if max(rows, columns) > size:
        raise ShapeError(
            f"{who}: expected a canvas that holds pictures of {rows} × {columns}, got {size} × {size}; "
            f"choose size={max(rows, columns)} or more"
        )
    if reach is not None:
        integer(who, "reach", reach, 0)
    times = integer(who, "copies", copies, 1)
    generator = seed if isinstance(seed, np.random.Generator) else np.random.default_rng(integer(who, "seed", seed, 0))
    top, left = (_starts(size - side, reach, times * len(images), generator) for side in (rows, columns))
    canvas = np.zeros((times * len(images), images.shape[1], size, size), images.dtype)
    for number, (i, j) in enumerate(zip(top, left, strict=True)):
        canvas[number, :, i : i + rows, j : j + columns] = images[number % len(images)]
    return Examples(canvas, np.tile(examples.labels, times))


def scattered_split(size: int = 16, *, reach: int | None = None, seed: int = 0, copies: int = 1) -> Split:
    """Put the 8 × 8 digits of `digits_split` on canvases, each at its own place.

    Parameters
    ----------
    size, reach
        As for `placed`; canvases of 16 and 20 cells are those of the lecture.
    seed
        Decides all places; each part has its own chance, so that none depends on how many are in another.
    copies
        How often each digit of the training part is placed; those of the other parts are placed once.

    Examples
    --------
    >>> split = scattered_split(20, copies=2)
    >>> split.train.images.shape, split.test.images.shape
    ((2170, 1, 20, 20), (355, 1, 20, 20))
    >>> bool(split.test.images.sum() == digits_split().test.images.sum())  # no ink is lost
    True
    """
    parts = digits_split()
    seeds = np.random.SeedSequence(integer("scattered_split", "seed", seed, 0)).spawn(3)
    first, second, third = (np.random.default_rng(each) for each in seeds)
    return Split(
        placed(parts.train, size, reach=reach, seed=first, copies=copies),
        placed(parts.validation, size, reach=reach, seed=second),
        placed(parts.test, size, reach=reach, seed=third),
    )


def _starts(room: int, reach: int | None, count: int, generator: np.random.Generator) -> list[int]:
    """Draw where pictures begin along one axis with so much room to spare."""
    if reach is None:
        low, high = 0, room
    else:
        low, high = max(room // 2 - reach, 0), min(room // 2 + reach, room)
    starts: list[int] = generator.integers(low, high, count, endpoint=True).tolist()
    return starts
