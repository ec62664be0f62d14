"""A font as outlines: glyphs, advances and kerning, read once.

Numbers make up most of a picture, and a label per number through Pango takes about 20 ms each. Reading the outlines
from the font file once and placing copies takes a thousandth of that, and gives the same picture on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, cached_property, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from fontTools.pens.basePen import BasePen
from numpy.typing import NDArray

Points = NDArray[np.float64]
Point = tuple[float, float]
WEIGHTS = ("Regular", "Bold")
HEAVINESS = {
    "thin": 100,
    "extralight": 200,
    "light": 300,
    "regular": 400,
    "medium": 500,
    "semibold": 600,
    "demi": 600,
    "extrabold": 800,
    "bold": 700,
    "black": 900,
    "heavy": 900,
}
"""What names of weights mean, those that hold others first."""

_MISSING = ".notdef"


class Font:
    """One weight of a font; lengths are in ems (a font size of 1). What the font has not is drawn as its box.

    Parameters
    ----------
    data : bytes
        A TrueType or OpenType file; of a collection, its first font.
    weight : {"Regular", "Bold"}
        Which one to take of a font that holds several in one.
    """

    def __init__(self, data: bytes, weight: str = "Regular") -> None:
        from fontTools.ttLib import TTFont

        self.weight = weight
        self._file = TTFont(BytesIO(data), lazy=True, fontNumber=0)  # tables are taken apart when they are asked for
        self._names: dict[int, str] = self._file.getBestCmap() or {}
        axes = [axis.axisTag for axis in self._file["fvar"].axes] if "fvar" in self._file else []
        heavy = {"wght": HEAVINESS[weight.lower()]} if "wght" in axes else None
        self._glyphs = self._file.getGlyphSet(location=heavy)
        self._em: float = self._file["head"].unitsPerEm
        self._outlines: dict[str, Points] = {}

    @cached_property
    def cap_height(self) -> float:
        """The height of capitals."""
        told = getattr(self._file["OS/2"], "sCapHeight", 0) if "OS/2" in self._file else 0
        return float(told / self._em) if told else float(np.max(self.outline("H")[:, 1], initial=0.0)) or 0.7

    @property
    def family(self) -> str:
        """What it calls itself."""
        return str(self._file["name"].getBestFamilyName() or "a font without a name")

    def has(self, text: str) -> bool:
        """Tell whether every character of the text is in the font."""
        return all(ord(character) in self._names for character in text)

    def lay_out(self, text: str, *, tabular: bool = False) -> tuple[list[tuple[str, float]], float]:
        """Place a line of text: (character, x) for each, and the width of the line, in ems.

        ``tabular`` gives every digit the same width, so that a counter does not jitter.
        """
        pen, placed, before = 0.0, [], ""
        for character in text:
            name = self._names.get(ord(character), _MISSING)
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
            pen = _Curves(self._glyphs)
            self._glyphs[self._names.get(ord(character), _MISSING)].draw(pen)
            self._outlines[character] = np.array(pen.curves, dtype=float).reshape(-1, 2) / self._em
        return self._outlines[character]

    @cached_property
    def _digit_advance(self) -> float:
        return max(self._advance(self._names.get(ord(digit), _MISSING)) for digit in "0123456789")

    @cached_property
    def _pairs(self) -> list[Any]:
        lookups = self._file["GPOS"].table.LookupList.Lookup if "GPOS" in self._file else []
        tables = [getattr(table, "ExtSubTable", table) for lookup in lookups for table in lookup.SubTable]
        return [table for table in tables if table.LookupType == 2]

    def _advance(self, name: str) -> float:
        return float(self._glyphs[name].width / self._em)

    @lru_cache(maxsize=4096)  # noqa: B019  (fonts live as long as the process)
    def _kern(self, left: str, right: str) -> float:
        for table in self._pairs:
            if left in table.Coverage.glyphs and (value := _pair_value(table, left, right)) is not None:
                return float(value / self._em)
        return 0.0


_worn: dict[str, tuple[Path, Font]] = {}


def font(weight: str = "Regular") -> Font:
    """Return a weight of the font at hand, ``Regular`` or ``Bold``."""
    return _worn[weight][1] if weight in _worn else ours(weight)


def wear(faces: Mapping[str, Path]) -> None:
    """Set texts in the font of these files from now on, by weight; in ours where there is none."""
    _worn.clear()
    _worn.update({weight: (path, _face(path.read_bytes(), weight)) for weight, path in faces.items()})


@contextmanager
def face_file(weight: str) -> Iterator[Path]:
    """Give the file of the font at hand."""
    if weight in _worn:
        yield _worn[weight][0]
    else:
        with resources.as_file(_shipped(weight)) as path:
            yield path


@cache
def ours(weight: str) -> Font:
    """Return a weight of the font that ships."""
    return Font(_shipped(weight).read_bytes(), weight)


@cache
def monospaced() -> Font:
    """Return the font of code, all of whose letters are equally wide: DejaVu Sans Mono, which Matplotlib ships."""
    file = resources.files("matplotlib") / "mpl-data" / "fonts" / "ttf" / "DejaVuSansMono.ttf"
    return Font(file.read_bytes())


@lru_cache(maxsize=8)
def _face(data: bytes, weight: str) -> Font:
    return Font(data, weight)


def _shipped(weight: str) -> Traversable:
    return resources.files("cnnviz.stage") / "fonts" / f"Inter-{weight}.otf"


def _pair_value(table: Any, left: str, right: str) -> float | None:
    if table.Format == 1:
        for record in table.PairSet[table.Coverage.glyphs.index(left)].PairValueRecord:
            if record.SecondGlyph == right:
                return getattr(record.Value1, "XAdvance", 0) or 0
        return None
    first, second = table.ClassDef1.classDefs.get(left, 0), table.ClassDef2.classDefs.get(right, 0)
    value = table.Class1Record[first].Class2Record[second].Value1
    return getattr(value, "XAdvance", 0) or 0


class _Curves(BasePen):
    """Takes a glyph as closed contours of cubic curves, four points each."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.curves: list[Any] = []

    def _moveTo(self, point: Point) -> None:  # noqa: N802  (named by fontTools)
        self._start = point

    def _lineTo(self, point: Point) -> None:  # noqa: N802
        self.curves.append(_line(self._getCurrentPoint(), point))

    def _curveToOne(self, first: Point, second: Point, point: Point) -> None:  # noqa: N802
        self.curves.append((self._getCurrentPoint(), first, second, point))

    def _closePath(self) -> None:  # noqa: N802
        if self._getCurrentPoint() != self._start:
            self.curves.append(_line(self._getCurrentPoint(), self._start))

    _endPath = _closePath  # noqa: N815


def _line(a: Point, b: Point) -> tuple[Point, ...]:
    third = ((b[0] - a[0]) / 3, (b[1] - a[1]) / 3)
    return a, (a[0] + third[0], a[1] + third[1]), (a[0] + 2 * third[0], a[1] + 2 * third[1]), b
