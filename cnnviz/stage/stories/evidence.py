"""What scenes on evidence share: the picture, the answer with its share, and the part of the picture that counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.stage.language import say
from cnnviz.stage.layout import LABEL, NOTE, SMALLEST, Box
from cnnviz.stage.pictures.grid import Cell, Grid
from cnnviz.stage.pictures.wall import Wall
from cnnviz.stage.text import Label, Line, size_within, text_width
from cnnviz.stage.theme import at_hand
from cnnviz.subjects.evidence import Evidence
from cnnviz.subjects.inside import Inside
from cnnviz.subjects.number import share_text

ROW = 2.0  # times as wide as high, from which three pictures stand side by side
ASKED = 4.2  # units: for the picture with its answer, and between three pictures
BELOW = 0.34  # units: a name below a picture
COUNTS = 0.5  # of the greatest: so much a place has to have to be left lit


def input_grid(s: Inside) -> Grid:
    """Make the picture, as large as it fits; of a sequence a row for each channel."""
    picture = s.seen.picture
    if s.seen.known.is_row:
        return Grid(picture.values[:, 0], "input", "input", form="pixels", strip=True, most=9.0)
    colors = picture.values if len(picture.values) == 3 else None
    return Grid(picture.values[0], "input", "input", photo=picture.peak, colors=colors, form="pixels", most=9.0)


def part_of(x: Grid, s: Inside, rows: range, columns: range) -> tuple[Cell, int, int]:
    """Return the first cell of a part of the picture and how large it is; of a sequence, in all channels."""
    if s.seen.known.is_row:
        return (0, columns.start), x.rows, len(columns)
    return (rows.start, columns.start), len(rows), len(columns)


def verdict(s: Evidence, box: Box) -> Line:
    """Write the class that is asked about, and its share."""
    theme = at_hand()
    runs = [
        (say("read as ") if s.chosen == s.seen.answer else say("as "), theme.muted),
        (s.name, theme.text),
        ("  " + share_text(s.share), theme.output),
    ]
    size = max(SMALLEST, size_within(box.width, LABEL, *(text for text, _ in runs)))
    return Line(runs, size, at=(box.left, box.center[1]), align="left")


def rooms(stage: Box, s: Inside) -> tuple[str, Wall, float]:
    """Choose how three pictures stand (``row``, ``square``, ``tall``), the wall among them, and the side of one.

    A sequence is as wide as there is room, and lies above (``under``).
    """
    if s.seen.known.is_row and stage.width > stage.height:
        return "under", Wall(stage.width * 0.54, stage.height * 0.6), stage.width * 0.42
    if stage.width > ROW * stage.height:
        left = stage.width * 0.67 - ASKED  # of the wall
        return "row", Wall(stage.width * 0.33, stage.height * 0.85), min(3.6, left)
    if stage.width > stage.height:
        return "square", Wall(stage.width, stage.height * 0.33), stage.height * 0.34
    return "tall", Wall(stage.width, stage.height * 0.4), min(stage.width * 0.42, stage.height * 0.4)


def hang(wall: Wall, pictures: Sequence[Any], words: Any, names: Sequence[str], **look: Any) -> list[Grid]:
    """Hang pictures, the name of each below it; wide names stand in two lines by turns."""
    box, ink = wall.box, at_hand().text
    for lines in (1, 2):
        tiles = wall.hang(pictures, words, below=lines * BELOW, **look)
        size = min(size_within(lines * tiles[0].box.width, NOTE, name) for name in names)
        if size >= SMALLEST:
            break
    size = max(size, SMALLEST)
    for i, (tile, name) in enumerate(zip(tiles, names, strict=True)):
        half, y = text_width(name, size) / 2, tile.box.bottom - (i % lines + 0.5) * BELOW
        x = min(max(tile.box.center[0], box.left + half), box.right - half)
        wall.append(Label(name, size, ink, at=(x, y)))
    return tiles


def spread(x: Grid, s: Inside, cells: Sequence[Cell]) -> list[Cell]:
    """Take of a sequence all channels."""
    return [(row, column) for _, column in cells for row in range(x.rows)] if s.seen.known.is_row else list(cells)


def lit(heat: NDArray[Any], shape: Sequence[int], size: Sequence[int], stride: Sequence[int]) -> list[Cell]:
    """List the cells of a picture that lie under the strong places of a map: at least half of the greatest.

    >>> import numpy as np
    >>> lit(np.array([[0.0, 4.0], [1.0, 2.0]]), (4, 4), (2, 2), (2, 2))
    [(0, 2), (0, 3), (1, 2), (1, 3), (2, 2), (2, 3), (3, 2), (3, 3)]
    """
    kept = np.zeros(shape, dtype=bool)
    greatest = float(heat.max())
    for i, j in zip(*np.nonzero(heat >= COUNTS * greatest), strict=True):
        if greatest > 0:
            top, left = round(i * stride[0]), round(j * stride[1])
            kept[top : round(i * stride[0] + size[0]), left : round(j * stride[1] + size[1])] = True
    return [(int(i), int(j)) for i, j in zip(*np.nonzero(kept), strict=True)]
