"""A gradient on its way back through the row of blocks, and one of its numbers followed below, layer by layer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import FadeIn, FadeOut
from numpy.typing import NDArray

from cnnviz.stage.arranging import pictures
from cnnviz.stage.color import Color
from cnnviz.stage.glide import SOON
from cnnviz.stage.language import Template
from cnnviz.stage.layout import LABEL, NOTE, Box
from cnnviz.stage.pictures.grid import Cell, Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.stop import Stop, blocks, lined_up
from cnnviz.stage.pictures.volume import Volume
from cnnviz.stage.pictures.window import Outline
from cnnviz.stage.place import Row, Table
from cnnviz.stage.scene import Scene
from cnnviz.stage.space import Turn
from cnnviz.stage.text import Label, size_within, text_width
from cnnviz.subjects.number import MINUS, cell_text
from cnnviz.subjects.station import Station
from cnnviz.subjects.volumes import maps_at

PLACES = {"dense1": (4, 3), "pool1": (2,), "relu2": (2,), "conv2": (1,), "relu1": (1,), "conv1": ()}
FLAT = 4
"""The blocks that what a layer hands back belongs to; the one that is flat."""
BELOW, BELOW_TALL, STRIP = 0.51, 0.62, 0.31  # shares of the stage: below the blocks; of the blocks while a layer works
LARGEST, AIR = 1.15, 0.15  # units: of a cell below; between that and the blocks
SIDE = 3  # cells of a kernel: whole maps stand beside kernels, as large as these
NAME, LINE = 0.7, 0.3  # units: of the name of a row, and between its lines
QUICK = 0.25  # seconds, in which pictures go or come
SPECK = 0.01  # units: of what has no name
SMALL, FINE = 0.005, 0.01  # what is less, is written as 0.00, or with one decimal more where there are few numbers
Run = tuple[str, Color]


class Name(Slot):
    """The name of a row at its left, in one line or more."""

    def __init__(self, *lines: Run) -> None:
        super().__init__(max(NAME, *(text_width(text, LABEL) for text, _ in lines)) if lines else SPECK, NAME)
        self.lines = lines

    def draw(self, cell: float) -> None:
        """Write the lines, in the middle of the row's height."""
        super().draw(cell)
        y = self.box.top - cell / 2 + LINE / 2 * (len(self.lines) - 1)
        self.put(
            *(
                Label(text, LABEL, ink, at=(self.box.right, y - LINE * number), align="right")
                for number, (text, ink) in enumerate(self.lines)
            )
        )

    def size(self, cell: float) -> tuple[float, float]:
        """Return the room, as high as a row."""
        return self._size[0], cell


class Bare(Stop):
    """A block without its words."""

    def __init__(self, station: Station, volume: Volume) -> None:
        super().__init__(station, volume, 0.0, NOTE, broken=False)
        self.wide, self.words, self.bars = SPECK, Slot(SPECK, SPECK), Slot(SPECK, SPECK)
        self.items = (volume, self.words, self.bars)


class HandingBack(Scene):
    """The row of blocks that a forward pass has left; what is handed back takes their places, last to first."""

    subject: Any

    def build(self, s: Any) -> None:
        """Set the row of blocks as the way there has left it, and room for all else below it."""
        stage = self.frame.stage
        self.is_tall, self.stations = stage.width <= stage.height, s.stations
        cut = stage.bottom + (BELOW if self.frame.is_wide else BELOW_TALL) * stage.height
        above = Box(stage.left, cut, stage.right, stage.top)
        self.stops: list[Stop] = lined_up(
            self, s.stations, blocks(s.stations, maps_at(s.stations, s.seen), s.seen.picture), room=above
        )
        self.is_named, self.below = True, Box(stage.left, stage.bottom, stage.right, cut - 0.1)
        for stop in self.stops:
            stop.words.append(*stop.name())
            self.add(stop.volume)
        self.lying: list[Any] = []

    def step_aside(self) -> None:
        """Let the blocks make room for a layer at work: they shrink, and lose their names."""
        stage = self.frame.stage
        room = Box(stage.left, stage.top - STRIP * stage.height, stage.right, stage.top)
        volumes = [stop.volume for stop in self.stops]
        stood = [[face.plane for face in volume.faces] for volume in volumes]
        words = [FadeOut(*stop.words.content, rate_func=SOON) for stop in self.stops if stop.words.content]
        slots = [slot for stop in self.stops for slot in (stop.words, stop.bars)]
        self.stops = [Bare(*pair) for pair in zip(self.stations, volumes, strict=True)]
        for stop in self.stops:
            stop.tallest = max(volumes, key=lambda volume: volume.size(1.0)[1])
        self.fit(Row(*self.stops, gap=2 * AIR), room=room, most=9.0)
        self.is_named = False
        for volume, planes in zip(volumes, stood, strict=True):
            volume.stand(planes)
        self.play(*words, *(volume.come() for volume in volumes), run_time=0.8)
        self.remove(*slots)
        lowest = min(volume.box.bottom for volume in volumes)
        self.below = Box(stage.left, stage.bottom, stage.right, lowest - AIR)

    # What lies below the blocks

    def lay(self, *items: Any, later: Sequence[Any] = (), seconds: float = 0.5) -> None:
        """Set pictures below the blocks: what is not named goes, then what stands travels, then what is new comes."""
        kept = pictures(items)
        gone = [one for one in self.lying if one not in kept and getattr(one, "grid", None) not in kept]
        self.vanish(*gone, seconds=QUICK)
        stays = any(one in self.lying for one in kept)
        new = [one for one in kept if one not in self.lying and one not in later] if stays else []
        self.rearrange(*items, room=self.below, later=[*later, *new], gap=0.45, most=LARGEST, seconds=seconds)
        if new:
            self.appear(*new, seconds=QUICK)
        self.lying = [*kept, *(one for one in self.lying if one not in gone and one not in kept)]

    def row(self, values: NDArray[Any], role: str, *lines: str, exact: int = -1, **look: Any) -> tuple[Name, Grid]:
        """Make a row of ten numbers with its name, which stands above it in a tall frame; one is written exactly."""
        texts = [about(value, 5 if at == exact else 4) for at, value in enumerate(values[0].tolist())]
        inks = [self.theme.role(role), *[self.theme.text] * len(lines)]
        head = (lines[0], "  ".join(lines[1:])) if self.is_tall and lines else ("", "")
        look = {"widest": [f"{MINUS}0.99"], "form": "numbers", "scale": 1.0, "texts": [texts], **look}
        name = Name() if self.is_tall else Name(*zip(lines, inks, strict=False))
        return name, Grid(values, role, head[0], detail=head[1], **look)

    def classes(self) -> tuple[Name, Grid]:
        """Make the row of the ten classes."""
        digits = np.arange(10.0)[None]
        return self.row(digits, "input", scale=99.0, texts=[[str(digit) for digit in range(10)]])

    def rows(self, *rows: tuple[Name, Grid]) -> Table:
        """Set rows one below the other, as one item."""
        return Table(*rows, gap=(0.15, 0.1))

    def whole(self, values: NDArray[Any], role: str, title: Template, **look: Any) -> Grid:
        """Make a whole map, as large as a kernel."""
        detail = f"{values.shape[0]} × {values.shape[1]}"
        return Grid(values, role, title, detail=detail, form="pixels", zoom=SIDE / len(values), **look)

    def sheet(self, values: NDArray[Any], role: str, title: Template, **look: Any) -> Grid:
        """Make a few numbers, such as a kernel's."""
        texts = [[about(value, 4 if abs(value) >= FINE else 5) for value in row] for row in values.tolist()]
        return Grid(values, role, title, **{"detail": "", "form": "numbers", "texts": texts, **look})

    def mark(self, grid: Grid, cell: Cell, rows: int = 1, columns: int = 1, color: Color | None = None) -> Outline:
        """Put an outline around cells; it goes with their grid."""
        outline = Outline(grid, cell, rows, columns, color=color or self.theme.highlight)
        self.lying.append(outline)
        self.add(outline)
        return outline

    def write(self, slot: Slot, *runs: Run) -> None:
        """Write into a slot, no wider than that."""
        line = slot.put_line(runs, size_within(slot.box.width, LABEL, *(text for text, _ in runs)))
        slot.clear()
        self.appear(line, into=slot)

    # The way back

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
        if self.is_named:
            self.stops[index].words.put(*self.stops[index].name())
        return new

    def hand_back(self, back: Any) -> None:
        """Let what a layer hands back arrive at its blocks."""
        for index in PLACES[back.layer]:
            self.arrive(index, back.maps if index != FLAT else back.maps.ravel())

    def unfold(self, grid: Grid, back: Any, number: int) -> None:
        """Let a map come out of the block that it is part of."""
        block, plane = self.stops[PLACES[back.layer][-1]].volume, grid.plane
        grid.stand(block.slice(grid, number / len(back.maps)))
        self.add(grid)
        self.play(Turn([(grid, plane)]), run_time=0.9)


def about(share: float, digits: int) -> str:
    """Write a number; one that is too small to matter as 0.00.

    >>> about(0.9073, 4), about(0.01402, 5), about(1e-8, 4), about(0.0, 4)
    ('0.91', '0.014', '0.00', '0')
    """
    return "0.00" if 0 < abs(share) < SMALL else cell_text(share, digits)
