"""A hand-out to print: A4 pages with the pictures of a story, their sentences below, and room for notes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cnnviz.render.paper.sheet import clock, font
from cnnviz.render.paper.story import Panel, Story
from cnnviz.stage.font import face_file
from cnnviz.stage.theme import Theme

__all__ = ["write_handout"]

PAGE = (210.0, 297.0)  # millimeters
MARGIN, GAP = 16.0, 8.0
COLUMNS = 2
_BELOW = 26.0  # room for a sentence of four lines
TITLE, CAPTION, SMALL = 17.0, 9.0, 7.5  # points
_HEAD = 24.0
_MM = 25.4
_POINT = _MM / 72


def write_handout(path: Path, story: Story, theme: Theme) -> None:
    """Write a story as a PDF in a theme's colors; its text can be searched and copied."""
    import matplotlib as mpl
    from matplotlib.backends.backend_pdf import PdfPages

    about = {"Title": story.title, "Subject": story.takeaway, "Creator": "cnnviz", "CreationDate": None}
    # Type 3 fonts are outlines of any kind of font; the time is left out so that the same story is the same file.
    with mpl.rc_context({"pdf.fonttype": 3, "pdf.compression": 6}), PdfPages(path, metadata=about) as file:
        for page in pages(story, theme):
            file.savefig(page, dpi=300, facecolor=theme.ground)


def pages(story: Story, theme: Theme) -> Iterator[Any]:
    """Lay out a story on pages, matplotlib figures."""
    from matplotlib.figure import Figure

    width = (PAGE[0] - 2 * MARGIN - (COLUMNS - 1) * GAP) / COLUMNS
    tallest = width * max(panel.pixels.shape[0] / panel.pixels.shape[1] for panel in story.panels)
    room = PAGE[1] - 2 * MARGIN - _HEAD
    rows = int(room / (tallest + _BELOW))
    starts = range(0, len(story.panels), rows * COLUMNS)
    for number, start in enumerate(starts):
        figure = Figure(figsize=(PAGE[0] / _MM, PAGE[1] / _MM), facecolor=theme.ground)
        _head(figure, story, theme)
        _text(
            figure, PAGE[0] - MARGIN, MARGIN * 0.75, f"{number + 1} / {len(starts)}", SMALL, theme.muted, align="right"
        )
        for place, panel in enumerate(story.panels[start : start + rows * COLUMNS]):
            row, column = divmod(place, COLUMNS)
            at = MARGIN + column * (width + GAP), PAGE[1] - MARGIN - _HEAD - row * room / rows
            _panel(figure, at, width, 1 + start + place, panel, theme)
        yield figure


def _head(figure: Any, story: Story, theme: Theme) -> None:
    top = PAGE[1] - MARGIN
    _text(figure, MARGIN, top, story.title, TITLE, theme.text, weight="Bold")
    _text(figure, PAGE[0] - MARGIN, top, story.chapter, CAPTION, theme.muted, align="right")
    for number, line in enumerate(_wrapped(story.takeaway, CAPTION, PAGE[0] - 2 * MARGIN)):
        _text(figure, MARGIN, top - 9 - number * CAPTION * _POINT * 1.4, line, CAPTION, theme.muted)


def _panel(figure: Any, at: tuple[float, float], width: float, number: int, panel: Panel, theme: Theme) -> None:
    left, top = at
    height = width * panel.pixels.shape[0] / panel.pixels.shape[1]
    axes = figure.add_axes(
        (left / PAGE[0], (top - height) / PAGE[1], width / PAGE[0], height / PAGE[1]), xticks=[], yticks=[]
    )
    axes.imshow(panel.pixels, interpolation="none", aspect="auto")
    for side in axes.spines.values():
        side.set(color=theme.line, linewidth=0.5)
    below = top - height - 2.2
    _text(figure, left, below, str(number), SMALL, theme.text, weight="Bold")
    _text(figure, left + width, below, clock(panel.seconds), SMALL, theme.muted, align="right")
    below -= SMALL * _POINT * 1.5
    for line in _wrapped(panel.text, CAPTION, width):
        _text(figure, left, below, line, CAPTION, theme.text)
        below -= CAPTION * _POINT * 1.4


def _text(
    figure: Any,
    x: float,
    top: float,
    text: str,
    size: float,
    color: str,
    *,
    weight: str = "Regular",
    align: str = "left",
) -> None:
    with face_file(weight) as face:
        # A dollar would begin a formula.
        figure.text(
            x / PAGE[0], top / PAGE[1], text, size=size, color=color, font=face, ha=align, va="top", parse_math=False
        )


def _wrapped(text: str, size: float, width: float) -> list[str]:
    """Break a text into lines that fit into so many millimeters."""
    face, lines = font("Regular", 100), list[str]()
    for word in text.split():
        if lines and face.getlength(f"{lines[-1]} {word}") * size / 100 * _POINT <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
