"""A network as a diagram: a line for each part, its volume drawn as a plate, and a column of bars beside it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from manim import Animation, Mobject, VGroup, smooth

from cnnviz.stage import layout
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import Box, units
from cnnviz.stage.mobjects.bars import Bars
from cnnviz.stage.mobjects.shapes import Strokes
from cnnviz.stage.mobjects.tiles import Tiles
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.text import Label, text_width
from cnnviz.subjects.blueprint import Part

WORDS: dict[str, Template] = {
    "input": "input",
    "conv": "conv {size}",
    "depthwise": "depthwise {size}",
    "separable": "separable {size}",
    "pool": "pool {size}",
    "mean": "mean of all",
    "flatten": "flatten",
    "dense": "dense",
    "block": "block {size}",
    "branches": "{branches} branches",
    "layers": "{times} layers",
    "": "",
}
EVERYTHING = 1e18
"""Cells of a receptive field that has no end, so that a bar can grow to it."""
_AWAY, _GAP, _SLIT = 0.3, 0.05, 0.045  # between columns; above and below a plate; between parts of one
HEAD, MOST = 0.5, 0.66  # room above the lines; the largest distance of two lines
MOST_TALL = 1.15  # the same where a line is written in two
_SIZES = (layout.LABEL - 2, layout.NOTE + 1, layout.SMALLEST + 1, layout.SMALLEST)
_LEADING = 1.3  # the least distance of two lines, in type sizes
_SHARES = (0.24, 0.16)  # of the width, for the plates: at most, at least
_TALL_SIZES = (layout.LABEL, *_SIZES)


def word(part: Part) -> str:
    """Say what a part is: ``3 × conv 3 × 3``."""
    text = say(WORDS[part.kind], size=part.size, branches=len(part.split), times=part.times)
    return text if part.times == 1 or part.kind == "layers" else f"{part.times} × {text}"


class Diagram(Slot):
    """Parts of a network from the top to the bottom; each comes with ``part``, their numbers with ``column``.

    ::

        ==========   input            3 × 224 × 224
        ==========   2 × conv 3 × 3   64 × 224 × 224   ===        38,720
          ======     pool 2 × 2       64 × 112 × 112   |
          ===  )     4 × block 1·3·1  512 × 28 × 28    ======  1,219,584

    A plate is as wide as maps have columns and as high as they are many, both by their square roots. Groups and
    branches part it, a skip leads round it.

    Parameters
    ----------
    parts : sequence of Part
    width, height : float
        Room in units.
    names : mapping of str to str
        Of layers that have a name of their own, by what they are called in the network.
    tall : bool
        Write a shape below its word.
    """

    def __init__(
        self,
        parts: Sequence[Part],
        width: float,
        height: float,
        *,
        names: Mapping[str, str] | None = None,
        tall: bool = False,
    ) -> None:
        super().__init__(width, min(height, HEAD + (MOST_TALL if tall else MOST) * len(parts)))
        self.tall, self.wide = tall, 0.0
        self.parts, self.names = tuple(parts), dict(names or {})
        self.bars: Bars | None = None
        self.drawn: dict[int, VGroup] = {}

    def word(self, part: Part) -> str:
        """Return what stands beside a plate."""
        own = self.names.get(part.layer, "") if part.times == 1 else ""
        return f"{own}  {word(part)}" if own else word(part)

    def draw(self, cell: float) -> None:
        """Find the columns; nothing is drawn yet."""
        super().draw(cell)
        self.drawn, self.bars = {}, None
        words, shapes = [self.word(part) for part in self.parts], [part.label for part in self.parts]
        counts = [f"{max(part.parameters, part.macs):,}" for part in self.parts]
        self.pitch = (self.box.height - HEAD) / len(self.parts)
        columns = 3 if self.tall else 4
        sizes = _TALL_SIZES if self.tall else _SIZES
        for self.type_size in sizes:
            texts = [max(text_width(text, self.type_size) for text in texts) for texts in (words, shapes, counts)]
            if self.tall:
                texts = [0.0, max(texts[:2]), texts[2]]
            left = self.box.width - sum(texts) - columns * _AWAY
            high = units(self.type_size) * _LEADING * (1 + self.tall)
            if left >= 1.7 * _SHARES[1] * self.box.width and self.pitch >= high:
                break
        wide = min(_SHARES[0] * self.box.width, max(_SHARES[1] * self.box.width, left / 2))
        self.plates = Box(self.box.left, self.box.bottom, self.box.left + wide, self.box.top - HEAD)
        self.words_at = self.plates.right + _AWAY + 0.12
        self.shapes_at = self.words_at + texts[0] + _AWAY * bool(texts[0])
        self.bars_at = self.shapes_at + texts[1] + _AWAY
        self.spare = self.box.right - self.bars_at + _AWAY

    def y(self, index: int) -> float:
        """Return the middle of a line."""
        return self.plates.top - (index + 0.5) * self.pitch

    def row(self, index: int) -> Box:
        """Return the whole line of a part."""
        y, half = self.y(index), self.pitch / 2
        return Box(self.box.left - 0.1, y - half, self.box.right + 0.1, y + half)

    def plate(self, index: int) -> Box:
        """Return where the plate of a part is, as if it were one."""
        flat = [part.shape if len(part.shape) == 3 else (part.shape[0], 1, 1) for part in self.parts]
        depth, _, side = flat[index]  # its own parts come first
        widest = max(shape[2] for shape in flat)
        deepest = max((part.shape[0] for part in self.parts if part.shape[1:]), default=depth)
        half = self.plates.width / 2 * max((side / widest) ** 0.5, 0.06)
        high = (self.pitch - 2 * _GAP) * min(1.0, max((depth / deepest) ** 0.5, 0.12))
        x, y = self.plates.center[0], self.y(index)
        return Box(x - half, y - high / 2, x + half, y + high / 2)

    def part(self, index: int) -> VGroup:
        """Make the line of a part, once."""
        if index not in self.drawn:
            self.drawn[index] = self._line(index)
            self._widen(self.drawn[index], self.wide)
        return self.drawn[index]

    def asked(self, index: int) -> VGroup:
        """Make the plate of a part that is not known yet, with a question mark."""
        mark = Label("?", self.type_size, self.theme.muted, at=(self.words_at, self.y(index)), align="left")
        tiles = Tiles(_slit(self.plate(index), self.parts[index].split), fill=self.theme.line)
        return self._widen(VGroup(tiles, mark), self.wide)

    def widen(self, share: float) -> None:
        """Let plates take a share of the room for bars, from 0 to 1."""
        before, self.wide = self.wide, share
        for made in self.drawn.values():
            self._widen(made, share, before)

    def gather(self, **options: Any) -> Animation:
        """Return the animation in which plates leave the room for bars."""
        return _Gather(self, **options)

    def _widen(self, made: VGroup, share: float, before: float = 0.0) -> VGroup:
        """Stretch plates from the left, and move their words on."""
        grown = self.spare / self.plates.width
        for part in made:
            if isinstance(part, Label):
                part.shift(((share - before) * self.spare, 0.0, 0.0))
            else:
                part.stretch((1 + share * grown) / (1 + before * grown), 0, about_point=(self.plates.left, 0.0, 0.0))
        return made

    def _line(self, index: int) -> VGroup:
        part, box, y = self.parts[index], self.plate(index), self.y(index)
        role = self.theme.role("input" if index == 0 else "output")
        made = VGroup(Tiles(_slit(box, part.split), fill=role, opacity=0.45 if part.kind == "pool" else 1.0))
        if index:
            x, above = box.center[0], self.plate(index - 1).bottom
            made.add(Strokes([[(x, above), (x, box.top)]], self.theme.muted, 2.0))
        if part.skips:
            out, reach = box.right + 0.14, self.pitch / 2 - 0.02
            way = [(box.center[0], y + reach), (out, y + reach), (out, y - reach), (box.center[0], y - reach)]
            made.add(Strokes([way], self.theme.input, 3.0))
        word = self.word(part)
        up = units(self.type_size) * _LEADING / 2 if self.tall and word else 0.0
        if word:
            made.add(Label(word, self.type_size, self.theme.text, at=(self.words_at, y + up), align="left"))
        return made.add(Label(self.parts[index].label, self.type_size, role, at=(self.shapes_at, y - up), align="left"))

    def column(
        self, title: Template, total: str, values: Sequence[float], role: str, *, peak: float = 0.0
    ) -> tuple[VGroup, Bars]:
        """Make a column of bars, one for each part, in place of the one before; its bars have no length yet."""
        size, room = self.type_size, Box(self.bars_at, self.plates.bottom, self.box.right, self.plates.top)
        ends = [value for value in values if value < EVERYTHING]
        widest = max((_written(value) for value in values), key=lambda text: text_width(text, size))
        self.bars = Bars(
            [""] * len(values),
            room,
            theme=self.theme,
            role=role,
            peak=peak or max(ends) or 1.0,
            write=_written,
            widest=widest,
            size=size,
        )
        y = self.box.top - 0.5 * HEAD
        head, wide = say(title), text_width(say(title), size, bold=True) + 0.25
        x = min(self.bars_at, self.box.right - wide - text_width(total, size))
        name = Label(head, size, self.theme.role(role), at=(x, y), align="left", bold=True)
        return VGroup(name, Label(total, size, self.theme.text, at=(x + wide, y), align="left")), self.bars


class _Gather(Animation):
    """Narrow the plates of a diagram without copying them."""

    def __init__(self, diagram: Diagram, **options: Any) -> None:
        self.start = diagram.wide
        super().__init__(diagram, rate_func=smooth, **options)

    def create_starting_mobject(self) -> Mobject:
        return self.mobject

    def interpolate_mobject(self, alpha: float) -> None:
        self.mobject.widen(self.start * (1 - self.rate_func(alpha)))


def finite(values: Sequence[float]) -> list[float]:
    """Return values that bars can grow to."""
    return [EVERYTHING if math.isinf(value) else value for value in values]


def _written(value: float) -> str:
    return say("all") if value >= EVERYTHING else f"{value:,.0f}"


def _slit(box: Box, split: Sequence[int]) -> list[Box]:
    """Part a plate by shares."""
    if not split:
        return [box]
    shares, boxes, left = split[:8], [], box.left
    wide = max(box.width - _SLIT * (len(shares) - 1), 0.5 * box.width)
    slit = (box.width - wide) / max(len(shares) - 1, 1)
    for share in shares:
        right = left + wide * share / sum(shares)
        boxes.append(Box(left, box.bottom, right, box.top))
        left = right + slit
    return boxes
