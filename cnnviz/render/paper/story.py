"""A scene on paper, before it is laid out: pictures, and the sentences that belong to them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Panel", "Pixels", "Story"]

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Panel:
    """A picture and what is said to it; ``seconds`` is when."""

    pixels: Pixels
    text: str
    seconds: float


@dataclass(frozen=True)
class Story:
    """A scene as pictures, with what stands at its head."""

    title: str
    chapter: str
    takeaway: str
    panels: tuple[Panel, ...]
