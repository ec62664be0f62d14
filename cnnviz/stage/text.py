"""Text as one outline: every label is a single mobject made of cached glyphs of the shipped font."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from manim import Text, VGroup, VMobject

from cnnviz.stage.color import Color
from cnnviz.stage.font import Font, Points, font
from cnnviz.stage.language import marked
from cnnviz.stage.layout import units

Align = Literal["left", "center", "right"]
LONGEST = 200
_JOINING = frozenset("×·=+<>≈")  # what stands between numbers that belong together


def plain(text: str) -> str:
    r"""Return text fit for a label: its numbers as the language writes them, no control characters, at most 200.

    >>> plain("a\x00b\u202ec")
    'abc'
    """
    kept = "".join(c for c in marked(text) if unicodedata.category(c)[0] != "C" or c == " ")
    return kept if len(kept) <= LONGEST else kept[: LONGEST - 1] + "…"


@dataclass(frozen=True)
class Piece:
    """A text and the point where it stands: its left end, center or right end, at the middle of a capital letter."""

    text: str
    at: tuple[float, float]
    align: Align = "center"


class Words(VMobject):
    """Pieces of text, each in its place, in one size and color and so in one mobject.

    Texts are placed by their reading line, not by their ink, so that neighbors align. Characters that the shipped font
    lacks are drawn by Pango.

    Parameters
    ----------
    pieces : sequence of Piece
        Each a line; control characters are dropped.
    size : float
        Type size in pixels at 720p.
    color : str
        Fill color.
    tabular : bool
        Give all digits one width.
    """

    def __init__(
        self, pieces: Sequence[Piece], size: float, color: Color, *, bold: bool = False, tabular: bool = False
    ) -> None:
        super().__init__(fill_color=color, fill_opacity=1.0, stroke_width=0.0)
        self.size = size
        face, em = font("Bold" if bold else "Regular"), units(size)
        parts = []
        for piece in pieces:
            flat, width = _outlines(face, plain(piece.text), tabular)
            left = {"left": 0.0, "center": -0.5, "right": -1.0}[piece.align] * width
            parts.append(np.add(flat, (left, -face.cap_height / 2)) * em + piece.at)
        flat = np.concatenate(parts) if parts else np.zeros((0, 2))
        self.points = np.column_stack([flat, np.zeros(len(flat))])


class Label(Words):
    """A line of text; ``line_width`` is its width in units. See `Words` for the parameters."""

    def __init__(
        self,
        text: str,
        size: float,
        color: Color,
        *,
        at: tuple[float, float] = (0.0, 0.0),
        align: Align = "center",
        bold: bool = False,
        tabular: bool = False,
    ) -> None:
        super().__init__([Piece(text, at, align)], size, color, bold=bold, tabular=tabular)
        self.line_width = text_width(text, size, bold=bold, tabular=tabular)


class Line(VGroup):
    """A line of text in several colors: runs of (text, color), set one after the other."""

    def __init__(
        self,
        runs: Sequence[tuple[str, Color]],
        size: float,
        *,
        at: tuple[float, float] = (0.0, 0.0),
        align: Align = "center",
        bold: bool = False,
    ) -> None:
        super().__init__()
        widths = [text_width(text, size, bold=bold) for text, _ in runs]
        pen = at[0] + {"left": 0.0, "center": -0.5, "right": -1.0}[align] * sum(widths)
        for (text, color), width in zip(runs, widths, strict=True):
            self.add(Label(text, size, color, at=(pen, at[1]), align="left", bold=bold))
            pen += width


def text_width(text: str, size: float, *, bold: bool = False, tabular: bool = False) -> float:
    """Return the width of a line of text in units of the frame."""
    return _outlines(font("Bold" if bold else "Regular"), plain(text), tabular)[1] * units(size)


def wrap(text: str, size: float, width: float, most: int = 2) -> list[str]:
    """Break text into at most ``most`` balanced lines no wider than ``width`` units.

    The break is put where the lines come out nearest in length, so that no single word is left alone on the last one.
    A number stays with what follows it, and a shape or a sum in one piece.
    """
    words = _unbroken(plain(text))
    for count in range(1, most + 1):
        lines = _balanced(words, count, size)
        if max(text_width(line, size) for line in lines) <= width:
            return lines
    return lines


def _unbroken(text: str) -> list[str]:
    parts: list[str] = []
    last = ""
    for word in text.split(" "):
        joined = last.isdigit() or last in _JOINING or word.rstrip(".,;:?") in _JOINING or word.startswith("%")
        if parts and joined:
            parts[-1] += f" {word}"
        else:
            parts.append(word)
        last = word
    return parts


def _balanced(words: list[str], count: int, size: float) -> list[str]:
    if count == 1 or len(words) < count:
        return [" ".join(words)]
    cuts = range(1, len(words) - count + 2)
    options = ([" ".join(words[:cut]), *_balanced(words[cut:], count - 1, size)] for cut in cuts)
    return min(options, key=lambda lines: max(text_width(line, size) for line in lines))


@lru_cache(maxsize=4096)
def _outlines(face: Font, text: str, tabular: bool) -> tuple[Points, float]:
    if not face.has(text):
        return _pango_outlines(text, face.cap_height)
    placed, width = face.lay_out(text, tabular=tabular)
    parts = [np.add(face.outline(character), (x, 0.0)) for character, x in placed]
    return (np.concatenate(parts) if parts else np.zeros((0, 2))), width


def _pango_outlines(text: str, cap_height: float) -> tuple[Points, float]:
    """Set text in whatever font of the machine has its characters, scaled so that capitals are as high as ours."""
    drawn = Text(text, font="Inter", disable_ligatures=True)
    capital = Text("H", font="Inter")
    scale = cap_height / capital.height
    points = np.concatenate([part.points[:, :2] for part in drawn.family_members_with_points()] or [np.zeros((0, 2))])
    if len(points) == 0:
        return points, 0.0
    left, bottom = points.min(axis=0)
    return (points - (left, bottom)) * scale, float(np.ptp(points[:, 0]) * scale)
