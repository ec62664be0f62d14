"""What a window is out of place on: columns with names, in any order, and a sentence with far ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Mobject

from cnnviz.stage.language import Template, counted, say
from cnnviz.stage.layout import CAPTION, LABEL, NOTE, RESULT, SMALLEST, Box
from cnnviz.stage.mobjects.shapes import Rectangle, Strokes
from cnnviz.stage.mobjects.tiles import Disks, Tiles
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import TITLE_HEIGHT, Slot
from cnnviz.stage.text import Align, Label, size_within, text_width

COLUMNS: tuple[Template, ...] = ("level", "age", "baths", "buses", "noise", "beds")
WORDS: tuple[Template, ...] = ("keys", "that", "she", "were", "still", "lost")
_NAME, _WORD, _FOOT, _AIR = 0.36, 0.65, 0.55, 0.05  # units: heights of a name, a word, a foot; between words
_LIT, _SEAM, _DOT, _LEGIBLE = (
    0.55,
    0.06,
    0.09,
    0.24,
)  # strength of what is reached; units: seam, dot, a row that can be read
_VISITS, _LINES = 24, 6  # steps of a climb; words that stand for all


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
    """The first and the last words of a long sentence.

    Parameters
    ----------
    width : float
        Units.
    length : int
        Words of the whole sentence.
    """

    def __init__(self, width: float, length: int, title: Template) -> None:
        super().__init__(width, _WORD, title, detail=say("{length} words", length=length), role="input")
        self.length = length

    def draw(self, cell: float) -> None:
        """Write the words, with how many are left out between them."""
        super().draw(cell)
        half = len(WORDS) // 2
        words = [say(word) for word in WORDS]
        texts = [*words[:half], say("… {count} more …", count=self.length - len(WORDS)), *words[half:]]
        size = size_within(0.72 * self.box.width, CAPTION, *texts)
        air = (self.box.width - sum(text_width(text, size) for text in texts)) / len(texts)
        self.clear()
        x, fill = self.box.left, self.theme.fill("input", 0.4)
        for number, text in enumerate(texts):
            wide = text_width(text, size) + air
            box = Box(x + _AIR, self.box.bottom, x + wide - _AIR, self.box.top)
            x += wide
            if number == half:
                self.append(Label(text, size, self.theme.muted, at=box.center))
                continue
            ink = self.theme.role("input") if number in (0, len(texts) - 1) else fill
            self.append(Rectangle(box, fill=ink), Label(text, size, self.theme.text_on(ink), at=box.center))


class Reach(Slot):
    """Layers over a long sentence: how far its first and its last word are heard in each of them, until both meet.

    ::

        ▒▒▒▒▒▒▒▒
        ▒▒▒▒  ▒▒
        ▒▒    ▒▒
        keys   lost

    Parameters
    ----------
    reached : sequence of int
        Words up to which the first one is heard: itself, then after each layer.
    length : int
        Words of the sentence.
    width, height : float
        Room in units, the title included.
    """

    def __init__(self, reached: Sequence[int], length: int, title: Template, width: float, height: float) -> None:
        super().__init__(width, height - TITLE_HEIGHT, title, role="kernel")
        self.reached, self.length, self.count = list(reached), length, len(reached) - 1

    def draw(self, cell: float) -> None:
        """Draw the frame, the two words below it, and a question mark."""
        super().draw(cell)
        box = self.box
        self.frame = Box(box.left, box.bottom + _FOOT, box.right, box.top)
        self.show(0)

    def show(self, layer: int) -> None:
        """Draw the layers up to one, counted from 1, and how many these are; the last one has a dot where they meet."""
        frame, theme, tall = self.frame, self.theme, self.frame.height / self.count
        parts: list[Mobject] = [Rectangle(frame, fill=theme.rail)]
        rows = [self._row(number, tall) for number in range(1, layer + 1)]
        parts.append(Tiles([part for row in rows for part in row], fill=theme.fill("input", _LIT)))
        if tall > _LEGIBLE:
            parts += [part for number, row in enumerate(rows, 1) for part in self._words(number, row[0])]
        y, ends = self.box.bottom + _FOOT / 2 - _AIR, (say(WORDS[0]), say(WORDS[-1]))
        places: list[tuple[float, Align]] = [(frame.left, "left"), (frame.right, "right")]
        parts += [
            Label(word, NOTE, theme.input, at=(x, y), align=align)
            for word, (x, align) in zip(ends, places, strict=True)
        ]
        x = frame.center[0]
        if layer:
            text = say(counted("{count} layer", "{count} layers", layer))
            room = frame.width - 2 * max(text_width(end, NOTE) for end in ends) - 4 * _AIR
            size = size_within(room, CAPTION, text)
            parts.append(Label(text, size, theme.highlight if layer == self.count else theme.text, at=(x, y)))
        else:
            parts.append(Label("?", RESULT, theme.muted, at=frame.center))
        if layer == self.count:
            if self.count == 1:
                parts += self._pairs()
            parts.append(Disks([(x, frame.top - min(tall / 2, _DOT))], _DOT, fill=theme.highlight))
        self.put(*parts)

    def climb(self, scene: Any, seconds: float) -> None:
        """Let layer after layer come, a few at a time where there are many."""
        steps = np.unique(np.linspace(1, self.count, min(self.count, _VISITS)).astype(int))
        scene.walk(steps.tolist(), None, self.show, seconds=seconds)

    def _row(self, number: int, tall: float) -> tuple[Box, Box]:
        """Return where the first and the last word are heard in a layer."""
        frame, wide = self.frame, self.reached[number] / self.length * self.frame.width
        bottom, top = frame.bottom + (number - 1) * tall, frame.bottom + number * tall - _SEAM * (tall > _LEGIBLE)
        return Box(frame.left, bottom, frame.left + wide, top), Box(frame.right - wide, bottom, frame.right, top)

    def _words(self, number: int, row: Box) -> list[Label]:
        """Write how many words the first one is heard by, beside where it is, or inside."""
        text, size = f"{self.reached[number]:,}", SMALLEST
        if number == self.count:
            return []
        return [Label(text, size, self.theme.text, at=(row.right + 2 * _AIR, row.center[1]), align="left")]

    def _pairs(self) -> list[Mobject]:
        """Draw lines from some words to as many numbers of the layer, and those of both ends to where they meet."""
        frame = self.frame
        across = np.linspace(frame.left, frame.right, _LINES).tolist()
        every = [[(a, frame.bottom), (b, frame.top)] for a in across for b in across]
        meet = (frame.center[0], frame.top - _DOT)
        both = [[(x, frame.bottom), meet] for x in (frame.left, frame.right)]
        return [Strokes(every, self.theme.ground, 1.0), Strokes(both, self.theme.highlight, 4.0)]
