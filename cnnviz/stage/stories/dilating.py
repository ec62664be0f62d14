"""Weights that move apart, and the way back from one result of a stack of layers to the cells that it depends on."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from cnnviz.stage.glide import Glide, Resettle
from cnnviz.stage.language import Template, say
from cnnviz.stage.mobjects.tiles import Tiles
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.reckoning import Reckoning
from cnnviz.stage.pictures.window import Outline, Window


def parted(scene: Any, window: Window, kernel: Grid, dilation: int, *, seconds: float = 1.2) -> Window:
    """Let the weights of a window move apart from its first place on; return the wider window."""
    if window.cell == (0, 0) and max(window.dilation) == dilation:
        return window
    if window.cell != (0, 0):
        scene.move(window, (0, 0), 0.5)
    wider = Window(window.grid, window.kernel, (dilation, dilation))
    for each in (window, wider):
        each.put_down()
        each.take_up(scene, kernel, seconds=0.0)
    starts = [window.grid.cell_box(cell) for cell in window.cells()]
    moves = [Resettle(wider.frame, window.box)]
    moves += [Resettle(tap, box) for tap, box in zip(wider.taps, starts, strict=bool(wider.taps))]
    moves += [Resettle(tag, old.box) for tag, old in zip(wider.tags, window.tags, strict=True)]
    scene.remove(window)
    scene.add(wider)
    scene.play(*moves, run_time=seconds)
    return wider


SEEN: Template = "cells seen"


class Fan:
    """The cells that one result of a stack of 3 x 3 layers depends on, layer by layer from the top, and their counts.

    Parameters
    ----------
    stack : tuple of int
        Dilations of the layers, from the lowest up.
    levels : sequence of array
        How many ways lead to each cell below the highest layer, below two, and so on; the last one is drawn.
    """

    def __init__(self, stack: tuple[int, ...], levels: list[NDArray[Any]]) -> None:
        self.stack, self.levels, self.seen = stack, levels, levels[-1] > 0
        name = say("dilation {each}", each=", ".join(map(str, stack)))
        self.field = Grid(self.seen.astype(float), "input", name, form="pixels", ruled=True, hidden=True)
        self.middle = len(self.seen) // 2, len(self.seen) // 2
        self.field.show([self.middle])
        widest = "".join(text for text, _ in self._counted(len(levels)))
        self.counts = Reckoning(2.2, len(levels) + 2, widest=[widest, say(SEEN), self._missed()], size=26)

    def start(self) -> Outline:
        """Make the mark of the cell above which the result is."""
        return Outline(self.field, self.middle, color=self.field.theme.output)

    def head(self) -> Any:
        """Make the line that says what is counted."""
        return self.counts.line(0, [(say(SEEN), "input")])

    def copies(self, depth: int) -> list[Glide]:
        """Make what is seen go on to the layer below, in nine copies that move apart."""
        field, step = self.field, self.stack[-depth] * self.field.side
        boxes = [field.cell_box(cell) for cell in sorted(field.shown)]
        fill, ways = field.theme.fill("input", 1.0), (-step, 0.0, step)
        return [Glide(Tiles(boxes, fill=fill, outline=field.theme.ground), (x, y)) for x in ways for y in ways]

    def land(self, depth: int) -> Any:
        """Show what is seen there, and make the line that counts it."""
        ways = self.levels[depth - 1]
        rim = (len(self.seen) - len(ways)) // 2
        self.field.show((row + rim, column + rim) for row, column in zip(*ways.nonzero(), strict=True))
        return self.counts.line(depth, self._counted(depth))

    def holes(self) -> tuple[Tiles, Any, int]:
        """Make tiles over the cells that are never seen, the line that counts them, and their number."""
        field, theme = self.field, self.field.theme
        holes = [cell for cell in field.everywhere() if not self.seen[cell]]
        boxes, fill = [field.cell_box(cell) for cell in holes], theme.fill("negative", 0.7)
        line = self.counts.line(len(self.levels) + 1, [(self._missed(), "negative")])
        return Tiles(boxes, fill=fill, outline=theme.ground), line, len(holes)

    def _missed(self) -> str:
        return say("unseen {count} / {all}", count=int((~self.seen).sum()), all=self.seen.size)

    def _counted(self, depth: int) -> list[tuple[str, str]]:
        name = say("dilation {each}", each=self.stack[-depth])
        return [(f"{name}   ", "muted"), (str((self.levels[depth - 1] > 0).sum()), "input")]
