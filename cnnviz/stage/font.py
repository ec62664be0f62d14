"""The shipped font as outlines: glyphs, advances and kerning, read once.

Numbers make up most of a picture, and a label per number through Pango takes about 20 ms each. Reading the outlines
from the font file once and placing copies takes a thousandth of that, and gives the same picture on every machine.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
WEIGHTS = ("Regular", "Bold")


class Font:
    """One weight of the font; lengths are in ems (a font size of 1)."""

    def __init__(self, weight: str) -> None:
        from fontTools.ttLib import TTFont

        source = resources.files("cnnviz.stage") / "fonts" / f"Inter-{weight}.otf"
        self._file = TTFont(BytesIO(source.read_bytes()), lazy=True)  # tables are taken apart when they are asked for
        self._names: dict[int, str] = self._file.getBestCmap()
        self._glyphs = self._file.getGlyphSet()
        self._em: float = self._file["head"].unitsPerEm
        self.cap_height: float = self._file["OS/2"].sCapHeight / self._em
        self._pairs = _pair_tables(self._file)
        self._outlines: dict[str, Points] = {}
        self._digit_advance = max(self._advance(self._names[ord(digit)]) for digit in "0123456789")

    def has(self, text: str) -> bool:
        """Tell whether every character of the text is in the font."""
        return all(ord(character) in self._names for character in text)

    def lay_out(self, text: str, *, tabular: bool = False) -> tuple[list[tuple[str, float]], float]:
        """Place a line of text: (character, x) for each, and the width of the line, in ems.

        ``tabular`` gives every digit the same width, so that a counter does not jitter.
        """
        pen, placed, before = 0.0, [], ""
        for character in text:
            name = self._names[ord(character)]
            pen += self._kern(before, name)
            advance = self._advance(name)
            if tabular and character.isdigit():
                placed.append((character, pen + (self._digit_advance - advance) / 2))
                pen += self._digit_advance
                before = ""
                continue
            placed.append((character, pen))
            pen += advance
            before = name
        return placed, pen

    def outline(self, character: str) -> Points:
        """Return a glyph as cubic Bézier curves, shape (4 x curves, 2), as Manim's VMobject keeps its points."""
        if character not in self._outlines:
            from fontTools.pens.recordingPen import DecomposingRecordingPen

            pen = DecomposingRecordingPen(self._glyphs)
            self._glyphs[self._names[ord(character)]].draw(pen)
            self._outlines[character] = _cubics(pen.value) / self._em
        return self._outlines[character]

    def _advance(self, name: str) -> float:
        return float(self._glyphs[name].width / self._em)

    @lru_cache(maxsize=4096)  # noqa: B019  (the two fonts live as long as the process)
    def _kern(self, left: str, right: str) -> float:
        for table in self._pairs:
            if left in table.Coverage.glyphs and (value := _pair_value(table, left, right)) is not None:
                return float(value / self._em)
        return 0.0


@cache
def font(weight: str = "Regular") -> Font:
    """Return a weight of the shipped font, ``Regular`` or ``Bold``."""
    return Font(weight)


def _pair_tables(file: Any) -> list[Any]:
    lookups = file["GPOS"].table.LookupList.Lookup if "GPOS" in file else []
    return [table for lookup in lookups if lookup.LookupType == 2 for table in lookup.SubTable]


def _pair_value(table: Any, left: str, right: str) -> float | None:
    if table.Format == 1:
        for record in table.PairSet[table.Coverage.glyphs.index(left)].PairValueRecord:
            if record.SecondGlyph == right:
                return getattr(record.Value1, "XAdvance", 0) or 0
        return None
    first, second = table.ClassDef1.classDefs.get(left, 0), table.ClassDef2.classDefs.get(right, 0)
    value = table.Class1Record[first].Class2Record[second].Value1
    return getattr(value, "XAdvance", 0) or 0


def _cubics(commands: list[tuple[str, tuple[Any, ...]]]) -> Points:
    curves: list[Any] = []
    start = here = (0.0, 0.0)
    for verb, points in commands:
        if verb == "moveTo":
            start = here = points[0]
        elif verb == "lineTo":
            curves.append(_line(here, points[0]))
            here = points[0]
        elif verb == "curveTo":
            curves.append((here, *points))
            here = points[-1]
        elif verb in ("closePath", "endPath") and here != start:
            curves.append(_line(here, start))
            here = start
    return np.array(curves, dtype=float).reshape(-1, 2)


def _line(a: tuple[float, float], b: tuple[float, float]) -> tuple[tuple[float, float], ...]:
    third = ((b[0] - a[0]) / 3, (b[1] - a[1]) / 3)
    return a, (a[0] + third[0], a[1] + third[1]), (a[0] + 2 * third[0], a[1] + 2 * third[1]), b
