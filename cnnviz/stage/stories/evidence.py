"""What scenes on evidence share: the picture, the answer with its share, and the part of the picture that counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.stage.language import say
from cnnviz.stage.layout import LABEL, SMALLEST, Box
from cnnviz.stage.pictures.grid import Cell, Grid
from cnnviz.stage.pictures.wall import Wall
from cnnviz.stage.scene import Scene
from cnnviz.stage.text import Line, size_within
from cnnviz.stage.theme import at_hand
from cnnviz.subjects.evidence import Evidence
from cnnviz.subjects.inside import Inside
from cnnviz.subjects.number import share_text

ROW = 2.0  # times as wide as high, from which three pictures stand side by side
LINES = 8  # in which a map appears, at most
COUNTS = 0.5  # of the greatest: so much a place has to have to be left lit


def input_grid(s: Inside) -> Grid:
    """Make the picture, as large as it fits."""
    picture = s.seen.picture
    colors = picture.values if len(picture.values) == 3 else None
    return Grid(picture.values[0], "input", "input", photo=picture.peak, colors=colors, form="pixels", most=9.0)


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


def rooms(stage: Box) -> tuple[str, Wall, float]:
    """Choose how three pictures stand (``row``, ``square``, ``tall``), the wall among them, and the side of one."""
    if stage.width > ROW * stage.height:
        return "row", Wall(stage.width * 0.35, stage.height * 0.85), min(2.8, stage.width * 0.22)
    shape = "square" if stage.width > stage.height else "tall"
    return shape, Wall(stage.width, stage.height * 0.33), stage.height * 0.25


def unveil(scene: Scene, grid: Grid, seconds: float) -> None:
    """Show a map from the top to the bottom."""
    for rows in np.array_split(np.arange(grid.rows), min(grid.rows, LINES)):
        grid.show([(int(row), column) for row in rows for column in range(grid.columns)])
        scene.hold(seconds / LINES)


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
