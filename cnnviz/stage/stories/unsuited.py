"""What a window is out of place on: columns with names, in any order, and a sentence with far ends."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
from manim import Create

from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import LABEL, Box
from cnnviz.stage.mobjects.shapes import Rectangle, Strokes
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.text import Label, size_within, text_width

COLUMNS: tuple[Template, ...] = ("level", "age", "baths", "buses", "noise", "beds")
WORDS: tuple[Template, ...] = ("keys", "that", "she", "were", "still", "lost")
_NAME, _WORD, _ARC, _AIR = 0.36, 0.55, 0.75, 0.05  # units: heights of a name, a word, the longest arc; between words


class Names(Slot):
    """The names of a table's columns, below its cells.

    Parameters
    ----------
    grid : Grid
        The table, of one row.
    order : sequence of int
        Which column stands where.
    """

    def __init__(self, grid: Grid, order: Sequence[int]) -> None:
        super().__init__(0.0, _NAME)
        self.grid, self.order = grid, order

    def size(self, cell: float) -> tuple[float, float]:
        """Return the width of the table, and the height of a line."""
        return self.grid.size(cell)[0], _NAME

    def draw(self, cell: float) -> None:
        """Write each name below the middle of its column."""
        super().draw(cell)
        names = [say(COLUMNS[column]) for column in self.order]
        size = min(size_within(0.97 * self.grid.side, LABEL, name) for name in names)
        places = [self.box.left + (at + 0.5) * self.grid.side for at in range(len(names))]
        y = self.box.center[1]
        self.put(*(Label(name, size, self.theme.text, at=(x, y)) for name, x in zip(names, places, strict=True)))


def reorder(scene: Any, names: Sequence[Names], rows: Sequence[Grid], order: Sequence[int]) -> None:
    """Let the columns of one row travel to their places in another one."""
    ways = [(rows[0].copy_of((0, old)), rows[1].cell_box((0, new))) for new, old in enumerate(order)]
    scene.fly(*ways, seconds=1.2)
    rows[1].show()
    scene.appear(names[1])


class Ends(Slot):
    """The first and the last words of a long sentence; ``link`` draws who meets whom.

    Parameters
    ----------
    width : float
        Units.
    length : int
        Words of the whole sentence.

    Attributes
    ----------
    ends : list of Box
        Of the first and the last word, once it is drawn.
    """

    def __init__(self, width: float, length: int) -> None:
        super().__init__(width, _WORD + _ARC)
        self.length, self.ends = length, list[Box]()
        self.boxes: list[Box] = []

    def draw(self, cell: float) -> None:
        """Write the words, with how many are left out between them."""
        super().draw(cell)
        half = len(WORDS) // 2
        words = [say(word) for word in WORDS]
        texts = [*words[:half], say("… {count} more …", count=self.length - len(WORDS)), *words[half:]]
        size = size_within(0.72 * self.box.width, LABEL, *texts)
        air = (self.box.width - sum(text_width(text, size) for text in texts)) / len(texts)
        self.clear()
        self.boxes, x, fill = [], self.box.left, self.theme.fill("input", 0.4)
        for number, text in enumerate(texts):
            wide = text_width(text, size) + air
            box = Box(x + _AIR, self.box.bottom, x + wide - _AIR, self.box.bottom + _WORD)
            x += wide
            if number == half:
                self.append(Label(text, size, self.theme.muted, at=box.center))
                continue
            self.boxes.append(box)
            self.append(Rectangle(box, fill=fill), Label(text, size, self.theme.text_on(fill), at=box.center))
        self.ends[:] = self.boxes[0], self.boxes[-1]

    def link(self, *, near: bool = False) -> Create:
        """Return the animation that draws arcs between all pairs of words, or between ``near`` ones only."""
        last, half = len(WORDS) - 1, len(WORDS) // 2
        pairs = [(a, b) for a, b in combinations(range(last + 1), 2) if not near or (b == a + 1 and b != half)]
        ink = self.theme.kernel if near else self.theme.muted
        arcs = Strokes([self._arc(*pair) for pair in pairs], ink, 3.0 if near else 1.8)
        self.append(arcs)
        if near:
            return Create(arcs)
        self.append(longest := Strokes([self._arc(0, last)], self.theme.highlight, 4.0))
        return Create(longest)

    def _arc(self, one: int, other: int) -> list[tuple[float, float]]:
        a, b = self.boxes[one].center[0], self.boxes[other].center[0]
        high = 0.9 * _ARC * ((b - a) / self.box.width) ** 0.5
        turns = np.linspace(0, np.pi, 25).tolist()
        return [(a + (b - a) * t / np.pi, self.boxes[one].top + high * np.sin(t)) for t in turns]
