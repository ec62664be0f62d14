"""The answers of a kernel as pixels, and the scale that says what their colors mean."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cnnviz.stage.color import Color
from cnnviz.stage.mobjects.pixel_image import photo_pixels, value_pixels
from cnnviz.stage.mobjects.scale_bar import fill_scale, gray_scale
from cnnviz.stage.theme import Theme
from cnnviz.subjects.gallery import Exhibit
from cnnviz.subjects.number import cell_text


def exhibit_pixels(exhibit: Exhibit, theme: Theme) -> NDArray[np.uint8]:
    """Return the whole map as pixels, (H, W, 4)."""
    if exhibit.signed:
        return value_pixels(exhibit.map, "output", exhibit.scale, theme)
    muted = np.zeros(exhibit.map.shape, dtype=bool)
    return photo_pixels(exhibit.map[None], exhibit.scale, muted, theme.ground)


def exhibit_scale(exhibit: Exhibit, theme: Theme) -> tuple[list[Color], tuple[str, str]]:
    """Return the colors from the lowest to the highest, and what stands at their ends."""
    below, above = exhibit.beyond
    if exhibit.signed:
        colors, (low, high) = fill_scale(theme, exhibit.scale, signed=True)
    else:
        colors, low, high = gray_scale(), "0", cell_text(exhibit.scale)
    return colors, (f"≤ {low}" if below else low, f"≥ {high}" if above else high)
