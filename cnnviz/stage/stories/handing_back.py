"""A gradient on its way back through the row of blocks, and the classes over rows of their numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from manim import FadeIn, FadeOut

from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import LABEL, Box
from cnnviz.stage.mobjects.bars import Bars
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.made import Made
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.stop import blocks, lined_up
from cnnviz.stage.pictures.volume import Volume
from cnnviz.stage.pictures.wall import Wall
from cnnviz.stage.pictures.window import Outline
from cnnviz.stage.place import Column, Item, Table
from cnnviz.stage.scene import Scene
from cnnviz.stage.space import Turn
from cnnviz.stage.text import Label, text_width
from cnnviz.subjects.backward_pass import Back
from cnnviz.subjects.number import cell_text
from cnnviz.subjects.volumes import maps_at

TOLD: dict[str, Template] = {
    "dense": "Dense: each of {count} numbers gets p − y, weighed by its ten weights.",
    "pool": "Pooling hands each to the winner of its window: {silent} of {count} get nothing.",
    "relu": "ReLU stops what comes to a number that was not above 0: now {silent} get nothing.",
    "conv": "The convolution sends all of it on, through its turned kernels: {count} numbers.",
    "filters": "What its filters saw, times what came back: {count} gradients of weights.",
}
PLACES = {"dense1": (4, 3), "pool1": (2,), "relu2": (2,), "conv2": (1,), "relu1": (1,), "conv1": ()}
FLAT = 4
"""The blocks that what a layer hands back belongs to; the one that is flat."""
GAP, NAME, LINE = 0.4, 0.7, 0.3
BELOW, BELOW_TALL = 0.6, 0.5  # shares of the stage below the blocks
BARS, BARS_WIDE, BARS_FLAT = 1.5, 0.24, 0.9  # height, share of the width beside a table, height below one
NumberRow = tuple[Any, str, Sequence[str]]


class HandingBack(Scene):
    """The row of blocks that a forward pass has left; what is handed back takes their places, last to first."""

    subject: Any

    def build(self, s: Any) -> None:
        """Set the row of blocks as the way there has left it, and room for all else below it."""
        stage = self.frame.stage
        wide = stage.width > stage.height
        cut = stage.bottom + (BELOW if wide else BELOW_TALL) * stage.height
        self.below = Box(stage.left, stage.bottom, stage.right, cut - GAP / 4)
        made = blocks(s.stations, maps_at(s.stations, s.seen), s.seen.picture)
        self.stops = lined_up(self, s.stations, made, room=Box(stage.left, cut, stage.right, stage.top))
        for stop in self.stops:
            stop.words.append(*stop.name())
            self.add(stop.volume)
        self.unfolded: tuple[int, ...] = ()
        self.wall = Wall(self.below.width, self.below.height)
        self.wall.settle(self.below.left, self.below.top, 1.0)
        self.add(self.wall)

    def drawer(self) -> Callable[[Box], Bars]:
        """Return what draws a bar for each layer with weights into a box."""
        sizes = self.subject.sizes
        longest = max(sizes.values()) or 1.0
        widest = max((cell_text(size) for size in sizes.values()), key=len) + "0"
        look: dict[str, Any] = {
            "role": "gradient",
            "peak": longest,
            "write": lambda v: cell_text(v) if v else "",
            "widest": widest,
        }
        look |= {"theme": self.theme, "size": LABEL}
        return lambda box: Bars([*sizes], box, **look)

    def table(
        self, rows: Sequence[NumberRow], *, bars: bool = False, widest: Sequence[str] = ()
    ) -> tuple[list[Grid], list[Label]]:
        """Set the ten classes over rows of numbers, named at the left or above; ``bars`` leaves room for lengths."""
        look: dict[str, Any] = {"widest": ["0.01", *widest], "form": "numbers"}
        above = self.frame.height > self.frame.width
        heads = [(lines[0], "  ".join(lines[1:])) if above else ("", "") for *_, lines in rows]
        classes = Grid(np.arange(10.0)[None], "input", scale=99.0, **look)
        grids = [classes]
        for (values, role, _), (title, detail) in zip(rows, heads, strict=True):
            grids.append(Grid(values, role, title, detail=detail, scale=1.0, **look))
        wide = 0.0 if above else max(NAME, *(text_width(line, LABEL) for *_, lines in rows for line in lines))
        names = [Slot(wide, 0.0) for _ in grids]
        table = Table(*([name, grid] for name, grid in zip(names, grids, strict=True)), gap=(0.15, 0.12))
        room, items = self.below, list[Item]([table])
        if bars:
            beside = self.frame.width > self.frame.height
            size = (BARS_WIDE * room.width, BARS) if beside else (room.width, BARS_FLAT)
            self.lengths = Made(*size, self.drawer(), "length of dW", role="gradient")
            items = [table, self.lengths] if beside else [Column(table, self.lengths)]
        self.fit(*items, room=room, gap=GAP, most=0.8)
        labels = []
        for slot, grid, (_, role, lines) in zip(names[1:], grids[1:], rows, strict=True):
            y = grid.box.center[1] + LINE / 2 * (len(lines) - 1)
            for number, line in enumerate([] if above else lines):
                ink, at = self.theme.text if number else self.theme.role(role), (slot.box.right, y - LINE * number)
                labels.append(Label(line, LABEL, ink, at=at, align="right"))
        return grids, labels

    def mark(self, grid: Grid, index: int) -> Outline:
        """Make an outline around the number of a class."""
        return Outline(grid, (0, index), color=self.theme.highlight)

    def arrive(self, index: int, maps: Any) -> Volume:
        """Let a gradient take the place of a block, out of the one behind it."""
        old = self.stops[index].volume
        values = maps if maps.ndim == 3 else maps.reshape(1, -1, 1)
        new = Volume(values, old.measures, role="gradient")
        new.settle(old.box.left, old.box.top, old.cell)
        if old.role == "gradient" or index + 1 == len(self.stops):
            self.play(FadeIn(new), FadeOut(old), run_time=0.5)
        else:
            new.match(self.stops[index + 1].volume)
            self.add(new)
            self.play(new.come(), FadeOut(old), run_time=0.8)
        self.stops[index].volume = new
        self.stops[index].words.put(*self.stops[index].name())
        return new

    def hand_back(self, back: Back) -> None:
        """Let what a layer hands back arrive at its block, and unfold there."""
        maps, theme, count = back.maps, self.theme, back.maps.size
        name = say("dW of {layer}" if back.kind == "filters" else "behind {layer}", layer=back.layer)
        zeros = say("{silent} of {count} are 0", silent=back.silent, count=count)
        words = [
            (name, theme.gradient),
            ("    " + " × ".join(map(str, maps.shape)), theme.muted),
            ("    " + zeros, theme.text),
        ]
        with self.beat(TOLD[back.kind], count=count, silent=back.silent) as beat:
            block, stays = self.stops[1].volume, PLACES[back.layer] == self.unfolded
            for index in PLACES[back.layer]:
                block = self.arrive(index, maps if index != FLAT else maps.ravel())
            self.unfolded, before = PLACES[back.layer], [*self.wall.content]
            if not stays:
                self.vanish(self.wall)
            tiles = self.wall.hang(list(maps), words, role="gradient", scale=float(abs(maps).max()) or 1.0)
            if stays:
                self.change(before, [*self.wall.content])
            else:
                planes = [tile.plane for tile in tiles]
                for number, tile in enumerate(tiles):
                    tile.stand(block.slice(tile, number / len(tiles)))
                self.play(Turn(list(zip(tiles, planes, strict=True)), whole=self.wall), run_time=1.0)
            beat.focus = tiles[:3]
            self.rest(1.2)

    def change(self, before: list[Any], after: list[Any]) -> None:
        """Let maps become others where they hang."""
        self.wall.clear()
        self.play(FadeOut(*before), FadeIn(*after), run_time=1.0)
        self.remove(*after)
        self.wall.append(*after)
