"""A frame that stands out on any picture, bright or dark."""

from __future__ import annotations

from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.theme import Theme


def marked(box: Box, theme: Theme) -> list[Rectangle]:
    """Return a highlight around a box, with a rim in the color of the ground.

    Examples
    --------
    >>> from cnnviz.stage.theme import theme
    >>> rim, line = marked(Box(0, 0, 1, 1), theme("light"))
    >>> rim.get_stroke_color().to_hex().lower() == theme("light").ground, rim.stroke_width > line.stroke_width
    (True, True)
    """
    return [Rectangle(box, outline=theme.ground, width=6.0), Rectangle(box, outline=theme.highlight, width=3.0)]
