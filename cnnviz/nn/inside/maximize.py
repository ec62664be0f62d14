"""What a unit looks for: climb its activation from noise."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cnnviz._checks import Floats, integer, number
from cnnviz.errors import OptionError
from cnnviz.nn.inside.ascent import Dream, even, up_to
from cnnviz.nn.layer import Layer, Shape


def maximize_activation(
    network: Layer,
    input_shape: Shape,
    layer: str | None = None,
    unit: int | tuple[int, ...] = 0,
    *,
    steps: int = 128,
    step_size: float = 0.05,
    seed: int = 0,
    jitter: int = 1,
    blur: float = 0.3,
    decay: float = 0.01,
    low: float = 0.0,
    high: float = 1.0,
    each: Callable[[Floats], None] | None = None,
) -> Dream:
    """Make, out of noise, the picture that excites one unit most.

    Each step goes ``step_size`` along the gradient, divided by its root mean square. Jitter (moving the picture a
    little before each step), blur and decay towards the middle keep the noise down that a network likes and no person
    can read; all three can be 0.

    Parameters
    ----------
    network : Layer
        A network; its layers up to ``layer`` are used.
    input_shape : (C, H, W)
        Of the picture.
    layer : str, optional
        Name of the layer; the whole network if omitted.
    unit : int or tuple
        A channel, whose mean is climbed, a cell (channel, row, column), or a number of a flat output such as a class.
    steps, step_size
        How often and how far, in units of the values.
    seed : int
        For noise and jitter.
    jitter : int
        Pixels, at most, in either direction.
    blur : float
        Standard deviation in pixels, after each step.
    decay : float
        Share of the way to the middle of the range, after each step.
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
    >>> from cnnviz.nn import zoo
    >>> dream = maximize_activation(zoo.tiny_cnn(pretrained=True), (1, 8, 8), unit=3)
    >>> dream.image.shape, dream.activations[-1] > dream.activations[0]
    ((1, 8, 8), True)

    References
    ----------
    Simonyan, Vedaldi, Zisserman (2014), "Deep inside convolutional networks", section 2; Yosinski and others (2015),
    "Understanding neural networks through deep visualization", section 3, for blur and decay; Mordvintsev, Olah, Tyka
    (2015), "Inceptionism", for jitter.
    """
    from scipy.ndimage import gaussian_filter  # loaded where it is needed: it takes a while

    who = "maximize_activation"
    steps, jitter = integer(who, "steps", steps, 1), integer(who, "jitter", jitter, 0)
    step_size, blur = number(who, "step_size", step_size, 0), number(who, "blur", blur, 0)
    decay = number(who, "decay", decay, 0, 1)
    middle = (number(who, "low", low) + number(who, "high", high)) / 2
    part = up_to(who, network, layer)
    generator = np.random.default_rng(integer(who, "seed", seed, 0))
    dtype = next(p.array(who).dtype for p in network.parameters().values())
    picked = _picked(who, part.output_shape(tuple(input_shape)), unit).astype(dtype)
    spread = (high - low) / 10
    x = (middle + spread * generator.standard_normal(tuple(input_shape))).astype(dtype)
    activations = []
    tell = each or (lambda _: None)
    for _ in range(steps):
        tell(x)
        shift = tuple(generator.integers(-jitter, jitter + 1, 2).tolist())
        moved = np.roll(x, shift, (1, 2))
        record = part.forward(moved[None], record=True)
        activations.append(float((record.output[0] * picked).sum()))
        gradient = np.roll(part.backward(picked[None], record).input[0], (-shift[0], -shift[1]), (1, 2))
        x = x + step_size * even(gradient)
        x = x + decay * (middle - x)
        if blur:
            x = gaussian_filter(x, (0, blur, blur))
        x = np.clip(x, low, high).astype(dtype)
    activations.append(float((part.forward(x[None])[0] * picked).sum()))
    tell(x)
    return Dream(x, tuple(activations))


def _picked(who: str, shape: Shape, unit: int | tuple[int, ...]) -> Floats:
    """Return the weights with which the output is added up to what is climbed."""
    place = (unit,) if isinstance(unit, int | np.integer) else tuple(unit)
    if len(place) not in (1, len(shape)) or not all(0 <= i < n for i, n in zip(place, shape, strict=False)):
        raise OptionError(
            f"{who}: expected unit as one number below {shape[0]}, or a cell of the output {shape}, got {unit}; "
            f"choose one of these"
        )
    picked = np.zeros(shape)
    picked[place] = 1
    return np.asarray(picked / picked.sum())
