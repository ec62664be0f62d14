"""From a row of blocks to two of them, large: which window of one a cell of the next sees; and back to the row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import FadeIn, FadeOut

from cnnviz.stage.layout import NOTE
from cnnviz.stage.pictures.beam import Beam
from cnnviz.stage.pictures.stop import Stop, blocks, lined_up
from cnnviz.stage.pictures.window import Outline
from cnnviz.stage.scene import Scene
from cnnviz.stage.space import Turn

_REST = 1.2  # seconds to look at a beam
_TYPE = NOTE + 8  # of names and shapes


class ClosingIn(Scene):
    """A row of ``stops`` on the way through a network, with ``edges`` where a block is not made yet."""

    stops: list[Stop]
    edges: list[Any]

    def close_in(self, s: Any, index: int) -> None:
        """Come close to a block and the one that is made of it, then leave both in the row."""
        pair = slice(index - 1, index + 1)
        made = blocks(s.stations, s.numbers, s.picture)[pair]
        large = lined_up(self, s.stations[pair], made, size=_TYPE)
        (before, after), olds = made, [stop.volume for stop in self.stops[pair]]
        row = [*self.edges[index:], *(stop.volume for stop in self.stops[: index - 1])]
        row += [stop.words for stop in self.stops]
        before.match(olds[0])
        self.remove(olds[0])
        self.add(before)
        self.play(*map(FadeOut, row), before.come(), run_time=1.0)
        after.match(before)
        self.play(FadeIn(after), run_time=0.3)
        self.play(after.come(), run_time=1.0)
        for stop in large:
            self.appear(*stop.name(), into=stop.words, seconds=0.2)
        beam = self.beam(s, index, large)
        self.rest(_REST, focus=after.front)
        self.vanish(*beam, *(stop.words for stop in large))
        moves = [
            Turn(list(zip(one.faces, old.planes(), strict=True)), whole=one)
            for one, old in zip(made, olds, strict=True)
        ]
        self.add(*row)
        self.remove(*made)
        self.add(*made)
        self.play(*map(FadeIn, row), *moves, run_time=1.0)
        self.remove(*made, self.edges[index])
        self.add(*olds)

    def beam(self, s: Any, index: int, large: Sequence[Stop]) -> list[Any]:
        """Draw a window of the first block, a cell of the second, and what leads from one to the other."""
        (back, front), (_, rows, columns) = (stop.volume.front for stop in large), s.stations[index].shape
        cell = rows // 2, columns // 2
        seen = s.window(index, cell)
        if (
            seen is None
            or (front.rows, front.columns) != (rows, columns)
            or back.rows != s.stations[index - 1].shape[1]
        ):
            return []
        corner, size = seen
        marks = Outline(back, corner, *size, color=self.theme.kernel), Outline(front, cell, color=self.theme.kernel)
        drawn = [marks[0], Beam(*marks, self.theme.kernel), marks[1]]
        for part in drawn:
            self.appear(part, seconds=0.3)
        return drawn
