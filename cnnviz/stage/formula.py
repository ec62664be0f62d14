"""Formulas, set by Typst: constants of the program with numbers put in, never a user's text."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cnnviz.stage.color import Color
from cnnviz.stage.language import marked
from cnnviz.stage.theme import Theme
from cnnviz.subjects.number import MINUS, cell_text, exact

if TYPE_CHECKING:
    from manim import MathTypst, VGroup

    from cnnviz.stage.text import Align

_FONT_SIZE_PER_PIXEL = 1.13  # Manim's font size that sets an x-height like the label font's at one pixel
_EDGES = {"left": (-1.0, 0.0, 0.0), "center": (0.0, 0.0, 0.0), "right": (1.0, 0.0, 0.0)}


def formula(
    source: str,
    size: float,
    color: Color,
    *,
    at: tuple[float, float],
    align: Align = "center",
) -> MathTypst:
    """Set a formula in Typst's math syntax, with its middle or an end at a point; ``size`` in pixels at 720p.

    What `tinted` colored keeps its color.
    """
    from manim import MathTypst

    log = logging.getLogger("manim")
    level = log.level
    log.setLevel(logging.WARNING)
    try:
        made = MathTypst(source, font_size=size * _FONT_SIZE_PER_PIXEL, color=color, use_svg_cache=False)
    finally:
        log.setLevel(level)
    return made.move_to((*at, 0), aligned_edge=_EDGES[align])


def chain(
    parts: Sequence[str],
    size: float,
    theme: Theme,
    *,
    at: tuple[float, float],
    align: Align = "left",
    width: float = 12.4,
) -> list[VGroup]:
    """Set expressions that are equal in one line, each with its equals sign, so that they can come one by one.

    ``a``, ``= b``, ``= c``; a first part that is empty makes the line begin with a sign, and one that begins with ``≈``
    is only nearly equal. The type is made smaller where the line would be wider than ``width`` units.
    """
    from manim import VGroup

    first, *others = parts
    signed = (("≈", part[1:]) if part.startswith("≈") else ("=", part) for part in others)
    source = first + "".join(f' class("relation", {tinted(sign, theme.muted)}) {part}' for sign, part in signed)
    line = formula(source, size, theme.text, at=at, align=align)
    if line.width > width:
        line.scale(width / line.width, about_point=(*at, 0))
        line.move_to((*at, 0), aligned_edge=_EDGES[align])
    groups = [VGroup()]
    for glyph in line.submobjects:
        if glyph.get_fill_color().to_hex().lower() == theme.muted:
            groups.append(VGroup())
        groups[-1].add(glyph)
    return groups if parts[0] else groups[1:]


def tinted(source: str, color: Color) -> str:
    """Color a part of a formula's source.

    Examples
    --------
    >>> "W = " + tinted("32", "#3d9fe8")
    'W = #text(fill: rgb("#3d9fe8"))[$32$];'
    """
    return f'#text(fill: rgb("{color}"))[${source}$];'  # without the semicolon, a bracket behind it would be a call


def outcome(value: float, color: Color, text: str = "") -> str:
    """Write what a part of a `chain` comes to, in its color: as the cell does, behind ``≈`` where that is rounded.

    Examples
    --------
    >>> outcome(1 / 3, "#3d9fe8").startswith("≈"), outcome(0.25, "#3d9fe8") == tinted("0.25", "#3d9fe8")
    (True, True)
    """
    text = text or cell_text(value)
    return "≈" * (not exact(value, text)) + tinted(spelled(text), color)


def number(value: float, digits: int | None = None) -> str:
    """Write a number for a formula, in the short form that cells have, or with so many digits where those fit.

    Examples
    --------
    >>> number(-6.0), number(0.25), number(150528), number(0.23688, 4)
    ('-6', '0.25', '"151k"', '0.2369')
    """
    whole = digits is not None and 1e-3 <= abs(value) < 10**digits
    return spelled(f"{value:.{digits}g}" if whole else cell_text(value))


def spelled(text: str) -> str:
    """Write the text of a number for a formula, with the marks of the language at hand.

    Examples
    --------
    >>> spelled("0.25"), spelled("151k")
    ('0.25', '"151k"')
    """
    text = marked(text).replace(MINUS, "-")
    return text if all(character in "0123456789.-" for character in text) else f'"{text}"'


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
