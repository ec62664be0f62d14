"""Pages of A4 that fill from top to bottom: lines of text, maps and pictures, in millimeters."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import cache
from importlib import resources
from typing import Any

WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 20.0
FOOT = 12.0
INCH = 25.4
POINT = INCH / 72
LINE = 1.42
"""Height of a line, in sizes of its letters."""
CELL = 6.4
INK, MUTED, RULE = "#111111", "#666666", "#999999"

Draw = Callable[[Any, float], None]
"""Draws a block on a figure, its top at so many millimeters from the lower edge."""


class Paper:
    """Blocks that are collected, kept together, and laid on pages.

    Attributes
    ----------
    pages : list of matplotlib figures
    """

    def __init__(self, title: str) -> None:
        self.title = title
        self.pages: list[Any] = []
        self._top = 0.0
        self._blocks: list[tuple[float, Draw]] = []

    def text(self, text: str, *, size: float = 10.5, bold: bool = False, indent: float = 0, color: str = INK) -> None:
        """Add a text, broken into lines."""
        for line in wrapped(text, size, WIDTH - 2 * MARGIN - indent, bold=bold):
            self._add(size * POINT * LINE, _line(line, size, bold, indent, color))

    def space(self, height: float) -> None:
        """Leave some room."""
        self._add(height, lambda _figure, _top: None)

    def cells(self, rows: Sequence[Sequence[str]], *, indent: float = 0) -> None:
        """Add a map; its cells are wide enough for what stands in them."""
        widest = max((_face(False).getlength(cell) for row in rows for cell in row), default=0) / 100 * 9.5 * POINT
        room = (WIDTH - 2 * MARGIN - indent) / max(len(row) for row in rows)
        width = min(max(CELL * 1.35, widest + 3), room)
        for row in rows:
            self._add(CELL, _row(row, width, indent))

    def picture(self, png: bytes, *, indent: float = 0, width: float = 110.0) -> None:
        """Add a picture."""
        import matplotlib.image as images

        pixels = images.imread(io.BytesIO(png))
        height = width * pixels.shape[0] / pixels.shape[1]

        def draw(figure: Any, top: float) -> None:
            box = (MARGIN + indent) / WIDTH, (top - height) / HEIGHT, width / WIDTH, height / HEIGHT
            figure.add_axes(box, frameon=False, xticks=[], yticks=[]).imshow(pixels, aspect="auto")

        self._add(height, draw)

    def keep(self) -> None:
        """Lay what was added since the last time on one page, if a page can hold it."""
        height = sum(height for height, _ in self._blocks)
        if not self.pages or (self._top - height < MARGIN and height <= HEIGHT - 2 * MARGIN):
            self.turn()
        for height, draw in self._blocks:
            if self._top - height < MARGIN:
                self.turn()
            draw(self.pages[-1], self._top)
            self._top -= height
        self._blocks.clear()

    def turn(self) -> None:
        """Begin a page."""
        from matplotlib.figure import Figure

        self.pages.append(Figure(figsize=(WIDTH / INCH, HEIGHT / INCH), facecolor="white"))
        self._top = HEIGHT - MARGIN

    def save(self) -> bytes:
        """Write the pages, numbered, as a PDF whose text can be searched."""
        import matplotlib as mpl
        from matplotlib.backends.backend_pdf import PdfPages

        buffer = io.BytesIO()
        about = {"Title": self.title, "Creator": "cnnviz", "CreationDate": None}
        # Type 3 fonts are outlines of any kind of font; without the time the same questions are the same file.
        with mpl.rc_context({"pdf.fonttype": 3, "pdf.compression": 6}), PdfPages(buffer, metadata=about) as file:
            for number, page in enumerate(self.pages, 1):
                _write(page, WIDTH - MARGIN, FOOT + 3, f"{number} / {len(self.pages)}", 8, MUTED, align="right")
                file.savefig(page, facecolor="white")
        return buffer.getvalue()

    def _add(self, height: float, draw: Draw) -> None:
        self._blocks.append((height, draw))


def wrapped(text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """Break a text into lines that fit into so many millimeters; a word that is too long is broken too.

    Examples
    --------
    >>> wrapped("one two three", 10, 20)
    ['one two', 'three']
    """
    lines, scale = [""], size / 100 * POINT

    def fits(line: str) -> bool:
        return bool(_face(bold).getlength(line) * scale <= width)

    for word in _written(text, bold).split():
        if lines[-1] and fits(f"{lines[-1]} {word}"):
            lines[-1] += f" {word}"
        elif fits(word):
            lines[len(lines) - (not lines[-1]) :] = [word]
        else:
            for letter in f" {word}" if lines[-1] else word:
                if not fits(lines[-1] + letter):
                    lines.append("")
                lines[-1] += letter
    return lines


def _written(text: str, bold: bool) -> str:
    """Put a question mark for what the font cannot write."""
    known = _letters(bold)
    return "".join(letter if ord(letter) in known else "?" for letter in text)


def _line(text: str, size: float, bold: bool, indent: float, color: str) -> Draw:
    return lambda figure, top: _write(figure, MARGIN + indent, top, text, size, color, bold=bold)


def _row(row: Sequence[str], width: float, indent: float) -> Draw:
    def draw(figure: Any, top: float) -> None:
        from matplotlib.patches import Rectangle

        for column, text in enumerate(row):
            left = MARGIN + indent + column * width
            box = Rectangle(
                (left / WIDTH, (top - CELL) / HEIGHT), width / WIDTH, CELL / HEIGHT, fill=False, ec=RULE, lw=0.6
            )
            figure.add_artist(box)
            _write(figure, left + width / 2, top - 1.55, _written(text, False), 9.5, INK, align="center")

    return draw


def _write(
    figure: Any, x: float, top: float, text: str, size: float, color: str, *, bold: bool = False, align: str = "left"
) -> None:
    # A dollar would begin a formula.
    figure.text(
        x / WIDTH, top / HEIGHT, text, size=size, color=color, font=_font(bold), ha=align, va="top", parse_math=False
    )


@cache
def _font(bold: bool) -> Any:
    from pathlib import Path

    return Path(str(resources.files("cnnviz").joinpath("stage", "fonts", f"Inter-{'Bold' if bold else 'Regular'}.otf")))


@cache
def _face(bold: bool) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(str(_font(bold)), 100)


@cache
def _letters(bold: bool) -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(str(_font(bold))).get_charmap())
