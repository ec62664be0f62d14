"""How pictures are brought to what a network learned from: each channel minus a mean, divided by a spread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cnnviz._checks import Floats
from cnnviz.errors import OptionError


@dataclass(frozen=True, slots=True)
class Normalization:
    """Mean and spread of each channel, of pictures from 0 to 1; one number serves all channels.

    Examples
    --------
    >>> Normalization((0.5,), (0.25,)).apply(np.array([[[[0.75]]]]))
    array([[[[1.]]]])
    """

    mean: tuple[float, ...]
    std: tuple[float, ...]

    def __post_init__(self) -> None:
        numbers = np.array([*self.mean, *self.std], float)
        if not self.mean or len(self.mean) != len(self.std) or not np.isfinite(numbers).all() or min(self.std) <= 0:
            raise OptionError(
                f"Normalization: expected a mean and a spread above 0 for each channel, got {self.mean} and {self.std}"
                f"; write Normalization((0.5,), (0.25,))"
            )

    def apply(self, x: Floats) -> Floats:
        """Bring a batch ``(N, C, ...)`` to it."""
        tail = (1,) * (x.ndim - 2)
        return (x - np.array(self.mean, x.dtype).reshape(-1, *tail)) / np.array(self.std, x.dtype).reshape(-1, *tail)


IMAGENET = Normalization((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
"""What most networks for photographs were trained with."""
