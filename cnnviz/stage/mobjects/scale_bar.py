"""What the colors of a map mean: a bar from the lowest to the highest, with the number at each end."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Group

from cnnviz.stage import layout
from cnnviz.stage.color import Color, mix
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.pixel_image import PixelImage, map_pixels
from cnnviz.stage.text import Align, Label, text_width
from cnnviz.stage.theme import BLACK, WHITE, Theme
from cnnviz.subjects.number import MINUS, cell_text

_SHADES = 24
_HIGH, _GAP = 0.13, 0.12


class ScaleBar(Group):
    r"""A bar of colors between two numbers.

    It looks so, dark in the middle where the value is 0::

        −64 [######......######] 64

    Parameters
    ----------
    colors : sequence of str
        From the lowest value to the highest.
    ends : (str, str)
        What stands at the left and at the right end.
    at : (x, y)
        Middle of the bar, or the left or right end of all, as ``align`` says.
    width : float
        Length of the bar in units, without the texts.
    """

    def __init__(
        self,
        colors: Sequence[Color],
        ends: tuple[str, str],
        *,
        at: tuple[float, float],
        width: float,
        theme: Theme,
        align: Align = "center",
        size: float = layout.NOTE,
    ) -> None:
        low, high = ends
        before, after = (text_width(text, size) + _GAP for text in ends)
        x, y = at
        left = {"left": x + before, "center": x - width / 2, "right": x - after - width}[align]
        super().__init__(
            PixelImage(map_pixels([colors]), Box(left, y - _HIGH / 2, left + width, y + _HIGH / 2)),
            Label(low, size, theme.muted, at=(left - _GAP, y), align="right"),
            Label(high, size, theme.muted, at=(left + width + _GAP, y), align="left"),
        )


def fill_scale(
    theme: Theme, scale: float, *, role: str = "output", signed: bool, gamma: float = 1.0
) -> tuple[list[Color], tuple[str, str]]:
    """Return the fills of a role up to ``scale``, from the negative ones on where ``signed``, and their ends.

    ``gamma`` is that of `value_pixels`.

    Examples
    --------
    >>> from cnnviz.stage.theme import theme
    >>> fill_scale(theme("dark"), 64.0, signed=True)[1], fill_scale(theme("dark"), 1.5, signed=False)[1]
    (('−64', '64'), ('0', '1.5'))
    """
    lowest, largest = -_SHADES if signed else 0, cell_text(scale)
    strengths = [(abs(i) / _SHADES) ** gamma * (1 if i > 0 else -1) for i in range(lowest, _SHADES + 1)]
    colors = [theme.fill(role, strength) for strength in strengths]
    return colors, (MINUS + largest if signed else "0", largest)


def gray_scale() -> list[Color]:
    """Return the grays of a photo, from black to white."""
    return [mix(BLACK, WHITE, i / _SHADES) for i in range(_SHADES + 1)]
