"""Formulas, set by Typst: constants of the program with numbers put in, never a user's text."""

from __future__ import annotations

import logging

from manim import MathTypst

from cnnviz.stage.color import Color

_FONT_SIZE_PER_PIXEL = 1.13  # Manim's font size that sets an x-height like the label font's at one pixel


def formula(source: str, size: float, color: Color, *, at: tuple[float, float]) -> MathTypst:
    """Set a formula in Typst's math syntax, with its middle at a point; ``size`` in pixels at 720p."""
    log = logging.getLogger("manim")
    level = log.level
    log.setLevel(logging.WARNING)
    try:
        made = MathTypst(source, font_size=size * _FONT_SIZE_PER_PIXEL, color=color, use_svg_cache=False)
    finally:
        log.setLevel(level)
    return made.move_to((*at, 0))


def convolution(stride: tuple[int, ...], dilation: tuple[int, ...], place: tuple[int, ...] | None = None) -> str:
    """Write the sum of products as Typst, for the output cell ``place`` (row, column) or for any.

    Examples
    --------
    >>> convolution((1, 1), (1, 1))
    'Y_(i,j) = sum_(m,n) X_(i+m, j+n) dot W_(m,n)'
    >>> convolution((2, 2), (1, 1), (0, 3))
    'Y_(0,3) = sum_(m,n) X_(0+m, 6+n) dot W_(m,n)'
    """
    if place is None:
        starts = [name if s == 1 else f"{s} {name}" for s, name in zip(stride, "ij", strict=True)]
        cell = "i,j"
    else:
        starts = [str(s * p) for s, p in zip(stride, place, strict=True)]
        cell = f"{place[0]},{place[1]}"
    offsets = [name if d == 1 else f"{d} {name}" for d, name in zip(dilation, "mn", strict=True)]
    return f"Y_({cell}) = sum_(m,n) X_({starts[0]}+{offsets[0]}, {starts[1]}+{offsets[1]}) dot W_(m,n)"
