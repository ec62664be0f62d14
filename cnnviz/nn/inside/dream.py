"""What a layer sees in a photograph: climb its activation from there."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cnnviz._checks import Floats, array, batch_axes, integer, number
from cnnviz.errors import ShapeError
from cnnviz.nn.inside.ascent import Dream, even, up_to
from cnnviz.nn.layer import Layer

_SMALLEST = 8  # pixels along a side of the smallest octave


def deep_dream(
    network: Layer,
    image: Floats,
    layer: str,
    *,
    channel: int | None = None,
    steps: int = 10,
    step_size: float = 0.02,
    octaves: int = 3,
    octave_scale: float = 1.4,
    jitter: int = 4,
    seed: int = 0,
    low: float = 0.0,
    high: float = 1.0,
    each: Callable[[Floats], None] | None = None,
) -> Dream:
    """Let a layer see more of what it already sees in a photograph.

    Climbs half the mean square of the layer's maps, so that what is strong gets stronger; first on a small picture,
    then on larger ones, each with the details that the dream added so far.

    Parameters
    ----------
    network : Layer
        Its layers up to ``layer`` must take pictures of any size: no dense layer among them.
    image : array, shape (C, H, W)
        The photograph, values from ``low`` to ``high``, of the dtype of the weights.
    layer : str
        Name of the layer.
    channel : int, optional
        Only this map of the layer.
    steps, step_size
        For each octave; a step is in units of the values.
    octaves, octave_scale
        How many sizes, and the ratio of one to the next.
    jitter, seed
        As in `maximize_activation`.
    low, high : float
        The range of the values.
    each : callable, optional
        Called with the picture before each step, and after the last one.

    Raises
    ------
    ShapeError, OptionError
        If an argument does not fit the network or is outside what it may be.

    Examples
    --------
    >>> from cnnviz.data import load_image
    >>> from cnnviz.nn import zoo
    >>> photo = load_image("photo:china", size=(24, 32))
    >>> image = (photo.values / photo.peak).astype(np.float32)
    >>> dream = deep_dream(zoo.tiny_cnn(pretrained=True), image, "relu2", octaves=1)
    >>> dream.image.shape, dream.activations[-1] > dream.activations[0]
    ((1, 24, 32), True)

    References
    ----------
    Mordvintsev, Olah, Tyka (2015), "Inceptionism: going deeper into neural networks".
    """
    who = "deep_dream"
    image = array(who, "image", image, batch_axes(2)[1:])
    steps, octaves = integer(who, "steps", steps, 1), integer(who, "octaves", octaves, 1)
    step_size, octave_scale = number(who, "step_size", step_size, 0), number(who, "octave_scale", octave_scale, 1)
    jitter = integer(who, "jitter", jitter, 0)
    part = up_to(who, network, layer)
    generator = np.random.default_rng(integer(who, "seed", seed, 0))
    sizes = [
        tuple(max(min(_SMALLEST, n), round(n / octave_scale**octave)) for n in image.shape[1:])
        for octave in reversed(range(octaves))
    ]
    activations: list[float] = []
    added = np.zeros_like(image)
    x = image
    tell = each or (lambda _: None)
    for size in sizes:
        base = _resized(image, size)
        x = base + _resized(added, size)
        for _ in range(steps):
            tell(x)
            shift = tuple(generator.integers(-jitter, jitter + 1, 2).tolist())
            strength, gradient = _excited(who, part, np.roll(x, shift, (1, 2)), channel)
            activations.append(strength)
            gradient = np.roll(gradient, (-shift[0], -shift[1]), (1, 2))
            x = np.clip(x + step_size * even(gradient), low, high).astype(image.dtype)
        added = x - base
    activations.append(_excited(who, part, x, channel)[0])
    tell(x)
    return Dream(x, tuple(activations))


def _excited(who: str, part: Layer, x: Floats, channel: int | None) -> tuple[float, Floats]:
    """Return half the mean square of the maps, and its gradient."""
    record = part.forward(x[None], record=True)
    maps = record.output
    if maps.ndim != 4:
        raise ShapeError(
            f"{who}: expected a layer with maps (N, K, H, W), got an output of shape {maps.shape}; choose one before "
            f"the flattening"
        )
    kept = maps
    if channel is not None:
        kept = np.zeros_like(maps)
        chosen = integer(who, "channel", channel, 0, maps.shape[1] - 1)
        kept[:, chosen] = maps[:, chosen]
    cells = maps[0].size if channel is None else maps[0, 0].size
    return float((kept**2).sum() / (2 * cells)), part.backward(kept / maps.dtype.type(cells), record).input[0]


def _resized(picture: Floats, size: tuple[int, ...]) -> Floats:
    if picture.shape[1:] == size:
        return picture
    from scipy.ndimage import zoom  # loaded where it is needed: it takes a while

    factors = (1.0, *(n / have for n, have in zip(size, picture.shape[1:], strict=True)))
    return np.asarray(zoom(picture, factors, order=1, mode="nearest", grid_mode=True), picture.dtype)
