"""What a network takes to run, known before it does."""

from __future__ import annotations

from math import prod

from cnnviz.errors import InputError
from cnnviz.nn.layer import Layer, Shape

MOST_BYTES = 2 * 10**9
"""Of all values between the layers for one picture, and the weights."""


def check_size(who: str, network: Layer, shape: Shape, *, most: int = MOST_BYTES) -> None:
    """Refuse a network whose values for one picture would take more memory than that; nothing is computed.

    Raises
    ------
    InputError
        With how much it would take, and where most of it.
    ShapeError
        If a layer does not fit.

    Examples
    --------
    >>> from cnnviz.nn import Conv2d
    >>> check_size("forward", Conv2d(3, 8, 3), (3, 224, 224))
    >>> check_size("forward", Conv2d(3, 64, 3), (3, 4096, 4096))
    Traceback (most recent call last):
    ...
    cnnviz.errors.InputError: forward: expected a network that takes at most 2.0 GB for one picture, got 4.3 GB, ...
    """
    summary = network.summary(shape)
    weights = sum(parameter.size for parameter in network.parameters().values())
    need = 4 * (weights + sum(prod(row.output) for row in summary))
    if need > most:
        largest = max(summary, key=lambda row: prod(row.output))
        raise InputError(
            f"{who}: expected a network that takes at most {most / 1e9:.1f} GB for one picture, got {need / 1e9:.1f} "
            f"GB, of which {largest.name} gives {'x'.join(map(str, largest.output))} numbers; use a smaller input"
        )
