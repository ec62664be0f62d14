"""Shapes drawn by rule: each a class, at a place, in a size and turned as chance has it."""

import numpy as np
import numpy.typing as npt

from cnnviz._checks import integer
from cnnviz.data.split import Examples, Split
from cnnviz.errors import OptionError

Plane = npt.NDArray[np.float64]

SHAPES = ("disc", "ring", "square", "triangle", "cross", "bar")
"""What the labels 0 to 5 mean."""

SMALLEST, LARGEST = 8, 64
_FINE = 4  # points along each side of a cell; a cell's ink is the share of its points inside


def shapes(count: int, size: int = 16, *, seed: int | np.random.Generator = 0) -> Examples:
    """Draw discs, rings, squares, triangles, crosses and bars in turn.

    A shape's radius is 0.2 to 0.4 of the picture's side, its middle anywhere that leaves it inside, and all but disc
    and ring are turned by any angle. Ink goes from 0 to 1 with soft borders.

    Parameters
    ----------
    count
        Pictures, from 1.
    size
        Rows and columns of each, 8 to 64.
    seed
        A whole number from 0, or a generator to go on with.

    Returns
    -------
    `Examples`
        Images ``(count, 1, size, size)`` of float32 and labels, the places in `SHAPES`.

    Raises
    ------
    OptionError
        If an argument is outside what it may be.

    Examples
    --------
    >>> data = shapes(12)
    >>> data.images.shape, [SHAPES[label] for label in data.labels[:3]]
    ((12, 1, 16, 16), ['disc', 'ring', 'square'])
    """
    who = "shapes"
    integer(who, "count", count, 1)
    integer(who, "size", size, SMALLEST)
    if size > LARGEST:
        raise OptionError(f"{who}: expected size of at most {LARGEST}, got {size}; choose less")
    generator = seed if isinstance(seed, np.random.Generator) else np.random.default_rng(integer(who, "seed", seed, 0))
    points = (np.arange(size * _FINE) + 0.5) / (size * _FINE)
    images = np.empty((count, 1, size, size), np.float32)
    labels = np.arange(count) % len(SHAPES)
    for image, label in zip(images[:, 0], labels, strict=True):
        radius = generator.uniform(0.2, 0.4)
        row, column = generator.uniform(radius, 1 - radius, 2)
        turn = generator.uniform(0, 2 * np.pi)
        down, right = (points[:, None] - row) / radius, (points[None] - column) / radius
        y, x = np.cos(turn) * down - np.sin(turn) * right, np.sin(turn) * down + np.cos(turn) * right
        inside = _inside(SHAPES[label], y, x)
        image[:] = inside.reshape(size, _FINE, size, _FINE).mean(axis=(1, 3))
    return Examples(images, labels)


def shapes_split(size: int = 16, *, seed: int = 0, counts: tuple[int, int, int] = (1200, 360, 360)) -> Split:
    """Draw shapes to learn from, to choose by and to be asked about.

    Examples
    --------
    >>> len(shapes_split(8, counts=(60, 12, 12)).train)
    60
    """
    seeds = np.random.SeedSequence(integer("shapes_split", "seed", seed, 0)).spawn(3)
    parts = (shapes(n, size, seed=np.random.default_rng(each)) for n, each in zip(counts, seeds, strict=True))
    return Split(*parts)


def _inside(name: str, y: Plane, x: Plane) -> npt.NDArray[np.bool_]:
    """Say which points lie inside a shape within the circle of radius 1 about 0."""
    distance, near, far = np.hypot(y, x), np.minimum(abs(y), abs(x)), np.maximum(abs(y), abs(x))
    corners = np.pi / 2 + 2 * np.pi / 3 * np.arange(3)
    found = {
        "disc": distance <= 1,
        "ring": (distance <= 1) & (distance >= 0.55),
        "square": far <= np.sqrt(0.5),
        "triangle": np.all([np.cos(a) * x + np.sin(a) * y <= 0.5 for a in corners], axis=0),
        "cross": (near <= 0.25) & (far <= 0.95),
        "bar": (abs(y) <= 0.25) & (abs(x) <= 0.95),
    }
    return np.asarray(found[name], np.bool_)
