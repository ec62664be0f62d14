"""Textures drawn by rule: stripes of four directions, checks, dots and rings, at sizes and places of chance."""

import numpy as np
import numpy.typing as npt

from cnnviz._checks import integer
from cnnviz.data.split import Examples, Split

Plane = npt.NDArray[np.float64]

TEXTURES = ("stripes lying", "stripes upright", "stripes rising", "stripes falling", "checks", "dots", "rings")
"""What the labels 0 to 6 mean."""

SIZE = 32
_LEANS = (90.0, 0.0, 45.0, 135.0)  # degrees from the right to the direction across the stripes, downward
_STEEP = 1.4  # of borders
_WOBBLE = 12.0  # degrees that a direction may be off


def textures(count: int, *, seed: int | np.random.Generator = 0) -> Examples:
    """Draw textures of 32 × 32 cells in turn.

    A wave is 5 to 10 cells long, its direction off by up to 12 degrees, its contrast 0.6 to 1, with a little noise.

    Parameters
    ----------
    count
        Pictures, from 1.
    seed
        A whole number from 0, or a generator to go on with.

    Returns
    -------
    `Examples`
        Images ``(count, 1, 32, 32)`` of float32 from 0 to 1, and labels, the places in `TEXTURES`.

    Examples
    --------
    >>> data = textures(14)
    >>> data.images.shape, TEXTURES[data.labels[8]]
    ((14, 1, 32, 32), 'stripes upright')
    """
    integer("textures", "count", count, 1)
    generator = (
        seed if isinstance(seed, np.random.Generator) else np.random.default_rng(integer("textures", "seed", seed, 0))
    )
    labels = np.arange(count) % len(TEXTURES)
    images = np.stack([_texture(TEXTURES[label], generator) for label in labels])[:, None]
    return Examples(images.astype(np.float32), labels)


def textures_split(*, seed: int = 0, counts: tuple[int, int, int] = (1400, 350, 350)) -> Split:
    """Draw textures to learn from, to choose by and to be asked about.

    Examples
    --------
    >>> len(textures_split(counts=(14, 7, 7)).train)
    14
    """
    seeds = np.random.SeedSequence(integer("textures_split", "seed", seed, 0)).spawn(3)
    parts = (textures(n, seed=np.random.default_rng(each)) for n, each in zip(counts, seeds, strict=True))
    return Split(*parts)


def _texture(name: str, generator: np.random.Generator) -> Plane:
    wave, (down, right) = generator.uniform(5, 10), generator.uniform(0, SIZE, 2)
    lean = np.deg2rad(generator.uniform(-_WOBBLE, _WOBBLE))
    y, x = np.arange(SIZE)[:, None] - down, np.arange(SIZE)[None] - right
    turned = (
        2 * np.pi / wave * (np.cos(lean) * x + np.sin(lean) * y),
        2 * np.pi / wave * (np.cos(lean) * y - np.sin(lean) * x),
    )
    if name.startswith("stripes"):
        across = np.deg2rad(_LEANS[TEXTURES.index(name)]) + lean
        height = np.sin(2 * np.pi / wave * (np.cos(across) * x + np.sin(across) * y))
    elif name == "checks":
        height = 2 * np.sin(turned[0]) * np.sin(turned[1])
    elif name == "dots":
        height = np.cos(turned[0]) + np.cos(turned[1]) - 0.6
    else:
        height = np.sin(2 * np.pi / wave * np.hypot(x, y))
    ink = np.clip(0.5 + 0.5 * _STEEP * height, 0, 1)
    contrast = generator.uniform(0.6, 1)
    picture = 0.5 + contrast * (ink - 0.5) + generator.normal(0, 0.05, ink.shape)
    return np.asarray(np.clip(picture, 0, 1))
