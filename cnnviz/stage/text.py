"""Text as one outline: every label is a single mobject made of cached glyphs of the shipped font."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Literal

import numpy as np
from manim import Text, VGroup, VMobject

from cnnviz.stage import fallback
from cnnviz.stage.color import Color
from cnnviz.stage.font import Font, Points, font, monospaced, ours
from cnnviz.stage.language import marked
from cnnviz.stage.layout import units

Align = Literal["left", "center", "right"]
LONGEST = 200
LOST = "□"
"""What stands for a character that no font has."""

_JOINING = frozenset("×·/=+−±<>≤≥≈")  # what stands between numbers that belong together


def plain(text: str) -> str:
    r"""Return text fit for a label: its numbers as the language writes them, no control characters, at most 200.

    >>> plain("a\x00b\u202ec")
    'abc'
    """
    return _printable(marked(text))


@lru_cache(maxsize=4096)
def _printable(text: str) -> str:
    whole = unicodedata.normalize("NFC", text)
    kept = "".join(c for c in whole if unicodedata.category(c)[0] != "C" or c == " ")
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
    lacks come from fonts of the machine.

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
    code : bool
        Give all letters one width.
    """

    def __init__(
        self,
        pieces: Sequence[Piece],
        size: float,
        color: Color,
        *,
        bold: bool = False,
        tabular: bool = False,
        code: bool = False,
    ) -> None:
        super().__init__(fill_color=color, fill_opacity=1.0, stroke_width=0.0)
        self.size = size
        face, em = _face(bold=bold, code=code), units(size)
        parts = []
        for piece in pieces:
            flat, width = _outlines(face, plain(piece.text), tabular)
            left = {"left": 0.0, "center": -0.5, "right": -1.0}[piece.align] * width
            parts.append(np.add(flat, (left, -face.cap_height / 2)) * em + piece.at)
        self.lengths = [len(part) for part in parts]  # of each piece, in points
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
        code: bool = False,
    ) -> None:
        super().__init__([Piece(text, at, align)], size, color, bold=bold, tabular=tabular, code=code)
        self.line_width = text_width(text, size, bold=bold, tabular=tabular, code=code)


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
        code: bool = False,
    ) -> None:
        super().__init__()
        widths = [text_width(text, size, bold=bold, code=code) for text, _ in runs]
        pen = at[0] + {"left": 0.0, "center": -0.5, "right": -1.0}[align] * sum(widths)
        for (text, color), width in zip(runs, widths, strict=True):
            self.add(Label(text, size, color, at=(pen, at[1]), align="left", bold=bold, code=code))
            pen += width


def text_width(text: str, size: float, *, bold: bool = False, tabular: bool = False, code: bool = False) -> float:
    """Return the width of a line of text in units of the frame."""
    return _outlines(_face(bold=bold, code=code), plain(text), tabular)[1] * units(size)


def _face(*, bold: bool, code: bool) -> Font:
    return monospaced() if code else font("Bold" if bold else "Regular")


def size_within(width: float, size: float, *texts: str, bold: bool = False) -> float:
    """Return the type size, ``size`` at most, at which texts set one after the other are no wider than ``width``."""
    return min(size, width / max(1e-9, sum(text_width(text, 1.0, bold=bold) for text in texts)))


def wrap(text: str, size: float, width: float, most: int = 2) -> list[str]:
    """Break text into at most ``most`` balanced lines no wider than ``width`` units.

    The break is put where the lines come out nearest in length, so that no single word is left alone on the last one.
    A number stays with what follows it, and a shape or a sum in one piece.
    """
    words = _unbroken(_printable(text))  # each label marks its own numbers
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


def _outlines(face: Font, text: str, tabular: bool) -> tuple[Points, float]:
    """Set a line; characters that the font lacks are taken from others, one by one, and noted each time."""
    points, width, lacking = _line(face, text, tabular)
    for character, found in lacking:
        fallback.note(character, found)
    return points, width


@lru_cache(maxsize=4096)
def _line(face: Font, text: str, tabular: bool) -> tuple[Points, float, tuple[tuple[str, bool], ...]]:
    near, pen, parts, lacking = (face, ours(face.weight)), 0.0, [np.zeros((0, 2))], []

    def having(character: str) -> Font | None:
        has = next((each for each in near if each.has(character)), None)
        return has or fallback.machine_font(character, face.weight)

    for found, run in groupby(text, having):
        characters = "".join(run)
        if found not in near:
            lacking += [(character, found is not None) for character in characters]
        if found is not None and found is not face and _is_shaped(characters):
            points, width = _shaped(characters, found)
            parts.append(np.add(points, (pen, 0.0)))
            pen += width
            continue
        drawn = found or near[1]
        placed, width = drawn.lay_out(characters if found else LOST * len(characters), tabular=tabular)
        parts += [np.add(drawn.outline(character), (pen + x, 0.0)) for character, x in placed]
        pen += width
    return np.concatenate(parts), pen, tuple(lacking)


def _is_shaped(text: str) -> bool:
    """Tell whether letters change with their neighbors, or run from the right."""
    return any(
        unicodedata.bidirectional(character) in ("R", "AL") or unicodedata.category(character) in ("Mn", "Mc")
        for character in text
    )


def _shaped(text: str, face: Font) -> tuple[Points, float]:
    """Let Pango set a text that has to be shaped, between two capitals that tell where it begins and how high it is."""
    look = {"font": face.family, "weight": "BOLD" if face.weight == "Bold" else "NORMAL"}
    held, bare = (Text(f"H{within}H", **look).family_members_with_points() for within in (text, ""))
    scale = face.cap_height / held[0].height
    left, bottom = held[0].get_left()[0], held[0].get_bottom()[1]
    capital = (bare[-1].get_left()[0] - bare[0].get_left()[0]) * scale
    points = np.concatenate([np.zeros((0, 2)), *(part.points[:, :2] for part in held[1:-1])])
    width = (held[-1].get_left()[0] - left) * scale - capital
    return (points - (left, bottom)) * scale - (capital, 0.0), float(width)
