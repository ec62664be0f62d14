"""Faces drawn by rule: two eyes, a nose and a mouth, in their places, with one missing, or rearranged."""

from collections.abc import Sequence
from itertools import permutations
from typing import Literal

import numpy as np
import numpy.typing as npt

from cnnviz.data.split import Examples

SIZE = 16
EYE, NOSE, MOUTH = 0, 1, 2
SHAPES = (("111", "101", "111"), ("1", "1", "1"), ("11111",))
WHOLE = (EYE, EYE, NOSE, MOUTH)
PLACES = ((4, 4), (4, 11), (8, 8), (12, 8))
"""Middles of the left eye, the right eye, the nose and the mouth: row, column."""

REARRANGED = tuple(sorted(parts for parts in set(permutations(WHOLE)) if parts[2] != NOSE and parts[3] != MOUTH))
"""The same four parts with nose and mouth both out of place."""

NO_FACE, FACE = 0, 1
Kind = Literal["face", "part missing", "rearranged"]


def faces(count: int, kind: Kind, generator: np.random.Generator) -> Examples:
    """Draw faces on 16 × 16 cells; every part is moved by up to one cell, all together by up to one more, plus noise.

    Parameters
    ----------
    count
        Pictures.
    kind
        ``face``; ``part missing``, where eyes, nose or mouth are lost and others stand in their places; ``rearranged``,
        all four parts, nose and mouth out of place.
    generator
        Where the chance comes from.

    Examples
    --------
    >>> faces(3, "rearranged", np.random.default_rng(0)).labels.tolist()
    [0, 0, 0]
    """
    images = np.empty((count, 1, SIZE, SIZE), np.float32)
    for image in images[:, 0]:
        image[:] = _face(_chosen(kind, generator), generator)
    return Examples(images, np.full(count, FACE if kind == "face" else NO_FACE))


def _chosen(kind: Kind, generator: np.random.Generator) -> tuple[int, ...]:
    """Say which part stands in each of the four places."""
    if kind == "part missing":
        lost = int(generator.choice((EYE, NOSE, MOUTH)))
        others = [part for part in (EYE, NOSE, MOUTH) if part != lost]
        return tuple(int(generator.choice(others)) if part == lost else part for part in WHOLE)
    return REARRANGED[generator.integers(len(REARRANGED))] if kind == "rearranged" else WHOLE


def _face(parts: tuple[int, ...], generator: np.random.Generator) -> npt.NDArray[np.float64]:
    whole = generator.integers(-1, 2, 2)
    picture = drawn(parts, [whole + generator.integers(-1, 2, 2) for _ in parts])
    return np.clip(picture * generator.uniform(0.7, 1) + generator.normal(0, 0.1, picture.shape), 0, 1)


def drawn(parts: Sequence[int], moves: Sequence[npt.ArrayLike] = ((0, 0),) * 4) -> npt.NDArray[np.float64]:
    """Draw parts in the four places, each moved by some rows and columns.

    Examples
    --------
    >>> float(drawn(WHOLE).sum())  # 8 + 8 + 3 + 5 cells
    24.0
    """
    picture = np.zeros((SIZE, SIZE))
    for part, middle, move in zip(parts, PLACES, moves, strict=True):
        shape = np.array([[float(cell) for cell in row] for row in SHAPES[part]])
        top, left = np.array(middle) - np.array(shape.shape) // 2 + move
        view = picture[top : top + shape.shape[0], left : left + shape.shape[1]]
        np.maximum(view, shape, out=view)
    return picture
