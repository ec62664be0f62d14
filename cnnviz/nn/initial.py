"""First weights: drawn so that signals neither fade nor blow up on their way through the layers."""

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from cnnviz._checks import choice
from cnnviz.nn.parameter import Parameter

Drawn = npt.NDArray[np.float64]


def he_normal(shape: tuple[int, ...], fans: tuple[int, int], generator: np.random.Generator) -> Drawn:
    """Draw from a normal distribution of variance ``2 / fan_in``, right before a ReLU.

    Parameters
    ----------
    shape
        Of the weights.
    fans
        How many numbers each output sums, and how many outputs each input reaches.
    generator
        Where the chance comes from.

    Examples
    --------
    >>> weights = he_normal((1000, 50), (50, 1000), np.random.default_rng(0))
    >>> bool(abs(weights.std() - 0.2) < 0.002)  # the root of 2 / 50
    True

    References
    ----------
    He, Zhang, Ren and Sun, Delving deep into rectifiers, 2015, section 2.2.
    """
    return generator.standard_normal(shape) * math.sqrt(2 / fans[0])


def he_uniform(shape: tuple[int, ...], fans: tuple[int, int], generator: np.random.Generator) -> Drawn:
    """Draw evenly between plus and minus ``sqrt(6 / fan_in)``, which has the variance of `he_normal`."""
    limit = math.sqrt(6 / fans[0])
    return generator.uniform(-limit, limit, shape)


def glorot_normal(shape: tuple[int, ...], fans: tuple[int, int], generator: np.random.Generator) -> Drawn:
    """Draw from a normal distribution of variance ``2 / (fan_in + fan_out)``, right around a tanh.

    References
    ----------
    Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks, 2010, section 4.2.
    """
    return generator.standard_normal(shape) * math.sqrt(2 / sum(fans))


def glorot_uniform(shape: tuple[int, ...], fans: tuple[int, int], generator: np.random.Generator) -> Drawn:
    """Draw evenly between plus and minus ``sqrt(6 / (fan_in + fan_out))``.

    Examples
    --------
    >>> weights = glorot_uniform((2, 4), (4, 2), np.random.default_rng(0))
    >>> bool(abs(weights).max() <= 1.0)  # the root of 6 / 6
    True
    """
    limit = math.sqrt(6 / sum(fans))
    return generator.uniform(-limit, limit, shape)


SCHEMES: dict[str, Callable[[tuple[int, ...], tuple[int, int], np.random.Generator], Drawn]] = {
    "he_normal": he_normal,
    "he_uniform": he_uniform,
    "glorot_normal": glorot_normal,
    "glorot_uniform": glorot_uniform,
}


def fill(who: str, parameter: Parameter, scheme: str, generator: np.random.Generator, dtype: npt.DTypeLike) -> None:
    """Give a parameter its first numbers."""
    draw = SCHEMES[choice(who, "scheme", scheme, SCHEMES)]
    if parameter.fans is not None:
        parameter.values = draw(parameter.shape, parameter.fans, generator).astype(dtype)
    elif callable(parameter.start):
        parameter.values = parameter.start(parameter.shape, generator).astype(dtype)
    else:
        parameter.values = np.full(parameter.shape, parameter.start, dtype)
