"""What a kernel of three slices listens to: a sentence chosen by its weights."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cnnviz.stage.language import Template
from cnnviz.stage.stories.kernel_words import Said

COLORS: tuple[Template, ...] = ("red", "green", "blue")


def why(weights: NDArray[np.floating]) -> Said:
    """Say what counts up and what counts down, from the sum of the weights of each slice.

    >>> from cnnviz.stage.language import say
    >>> cross = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]])
    >>> sentence, fields = why(np.stack([cross, cross, -2 * cross]))
    >>> say(sentence, **fields)
    'Counting up: red, green; counting down: blue.'
    """
    sums = np.round(weights.sum(axis=(1, 2)), 9)
    if not sums.any():
        return "In each slice the weights add up to 0: an even color gives only the bias.", {}
    if (sums >= 0).all():
        return "No color counts down: a light window gives a large number.", {}
    if (sums <= 0).all():
        return "No color counts up: a light window gives a low number.", {}
    up, down = (tuple(name for name, total in zip(COLORS, sums * sign, strict=True) if total > 0) for sign in (1, -1))
    return "Counting up: {up}; counting down: {down}.", {"up": up, "down": down}
