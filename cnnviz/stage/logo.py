"""The logo of a theme, in the upper right corner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

from cnnviz.stage.frame import Frame
from cnnviz.stage.theme import Theme

__all__ = ["Logo"]

HIGH, WIDE = 0.56, 2.4  # units, at most
GAP = 0.3


@dataclass(frozen=True)
class Logo:
    """What to show, and how far the header may reach to the right."""

    pictures: Sequence[Any]
    left: float

    @classmethod
    def of(cls, theme: Theme, frame: Frame) -> Logo:
        """Set the logo of a theme at the height of the title; nothing where it has none."""
        if theme.logo is None:
            return cls((), frame.right)
        from manim import ImageMobject

        with Image.open(theme.logo, formats=["PNG"]) as file:
            pixels = np.asarray(file.convert("RGBA"))
        picture = ImageMobject(pixels)
        picture.height = min(HIGH, WIDE * pixels.shape[0] / pixels.shape[1])
        picture.move_to((frame.right - picture.width / 2, frame.title_y, 0))
        return cls((picture,), frame.right - picture.width - GAP)
