"""A contact sheet: the pictures of a story side by side, each with its sentence."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from cnnviz.render.paper.story import Panel, Story
from cnnviz.stage.font import face_file
from cnnviz.stage.theme import Theme

__all__ = ["write_sheet"]

COLUMNS = 3
WIDTH = 720  # of a picture
MARGIN, GAP = 64, 40
TITLE, CHAPTER, TAKEAWAY, CAPTION, TIME = 52, 26, 28, 25, 20
_LEADING = 1.36

Font = ImageFont.FreeTypeFont


def write_sheet(path: Path, story: Story, theme: Theme) -> None:
    """Write a story as one PNG in a theme's colors."""
    columns = min(COLUMNS, len(story.panels))
    wide = max(columns, 2) * (WIDTH + GAP) - GAP  # a single picture leaves room for the title
    rows = [story.panels[i : i + columns] for i in range(0, len(story.panels), columns)]
    captions = [max(len(_wrapped(panel.text, font("Regular", CAPTION), WIDTH)) for panel in row) for row in rows]
    tall = round(story.panels[0].pixels.shape[0] * WIDTH / story.panels[0].pixels.shape[1])
    takeaway = _wrapped(story.takeaway, font("Regular", TAKEAWAY), wide)
    head = MARGIN + round(TITLE * 1.4) + round(len(takeaway) * TAKEAWAY * _LEADING) + GAP
    heights = [tall + 16 + round((TIME + lines * CAPTION) * _LEADING) + GAP for lines in captions]
    sheet = Image.new("RGB", (wide + 2 * MARGIN, head + sum(heights) - GAP + MARGIN), theme.ground)
    draw = ImageDraw.Draw(sheet)
    draw.text((MARGIN, MARGIN), story.title, theme.text, font("Bold", TITLE))
    draw.text((MARGIN + wide, MARGIN + 14), story.chapter, theme.muted, font("Regular", CHAPTER), anchor="ra")
    _lines(draw, (MARGIN, MARGIN + round(TITLE * 1.4)), takeaway, TAKEAWAY, theme.muted)
    top, number = head, 0
    for row, height in zip(rows, heights, strict=True):
        for column, panel in enumerate(row):
            number += 1
            _panel(sheet, draw, (MARGIN + column * (WIDTH + GAP), top), (WIDTH, tall), panel, number, theme)
        top += height
    sheet.save(path, "PNG")


def font(weight: str, size: int) -> Font:
    """Return the font at hand."""
    with face_file(weight) as file:
        return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)


def _panel(
    sheet: Image.Image,
    draw: ImageDraw.ImageDraw,
    at: tuple[int, int],
    size: tuple[int, int],
    panel: Panel,
    number: int,
    theme: Theme,
) -> None:
    left, top = at
    sheet.paste(Image.fromarray(panel.pixels).resize(size, Image.Resampling.LANCZOS), at)
    draw.rectangle((left - 1, top - 1, left + size[0], top + size[1]), outline=theme.line)
    below = top + size[1] + 16
    draw.text((left, below), str(number), theme.text, font("Bold", TIME))
    draw.text((left + size[0], below), clock(panel.seconds), theme.muted, font("Regular", TIME), anchor="ra")
    lines = _wrapped(panel.text, font("Regular", CAPTION), size[0])
    _lines(draw, (left, below + round(TIME * _LEADING)), lines, CAPTION, theme.text)


def clock(seconds: float) -> str:
    """Return a time as minutes and seconds.

    Examples
    --------
    >>> clock(74.6)
    '1:14'
    """
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def _lines(draw: ImageDraw.ImageDraw, at: tuple[int, int], lines: list[str], size: int, color: str) -> None:
    for number, line in enumerate(lines):
        draw.text((at[0], at[1] + round(number * size * _LEADING)), line, color, font("Regular", size))


def _wrapped(text: str, face: Font, width: float) -> list[str]:
    """Break a text into lines that fit."""
    lines: list[str] = []
    for word in text.split():
        if lines and face.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
