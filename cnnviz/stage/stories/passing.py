"""A picture on its way through a network: a strip of blocks above, the layer at work below."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import FadeIn
from numpy.typing import NDArray

from cnnviz.stage.language import counted, say
from cnnviz.stage.layout import Box
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.sheet import coarse
from cnnviz.stage.pictures.stop import blocks, lined_up
from cnnviz.stage.pictures.wall import Wall
from cnnviz.stage.scene import Scene
from cnnviz.stage.space import Plane, Turn
from cnnviz.subjects.volumes import maps_at

MOST_MAPS = 16
STRIP, TALL = 0.37, 0.26  # of the stage, and of a tall one
_HIGH = 12.0  # units; a higher frame is tall


class Passing(Scene):
    """The acts of a forward pass, for any network."""

    def line_up(self, s: Any) -> None:
        """Set the strip, and find the room below it."""
        self.s, self.stations, stage = s, s.stations, self.frame.stage
        cut = stage.top - (STRIP if self.frame.height < _HIGH else TALL) * stage.height
        self.above, self.below = (
            Box(stage.left, cut, stage.right, stage.top),
            Box(stage.left, stage.bottom, stage.right, cut - 0.1),
        )
        made = blocks(s.stations, maps_at(s.stations, s.seen), s.seen.picture)
        self.stops = lined_up(self, s.stations, made, room=self.above)
        self.drawn: list[Any] = []

    def stage_act(self, *items: Any, gap: float = 0.5) -> None:
        """Set the pictures of an act below the strip, in place of those of the act before."""
        self.vanish(*self.drawn)
        self.drawn = []
        self.fit(*items, room=self.below, gap=gap, most=0.6)

    def show(self, *things: Any, **how: Any) -> None:
        """Let things appear that go with the act."""
        self.appear(*things, **how)
        self.drawn += things

    def descend(self, grid: Grid, index: int) -> None:
        """Bring a picture down from the front of a block: the camera goes there."""
        face, own = self.stops[index].volume.front, grid.plane
        wide, high = face.box.width / grid.box.width, face.box.height / grid.box.height
        (a, b), (c, d) = face.plane.across, face.plane.up
        grid.stand(Plane(face.plane.center, (a * wide, b * wide), (c * high, d * high)))
        self.add(grid)
        self.play(Turn([(grid, own)]), run_time=0.8)
        self.drawn.append(grid)

    def rise(self, index: int, *, source: Box | None = None) -> None:
        """Let a block take its place in the strip, out of what was made below or of the block before."""
        stop, before = self.stops[index], self.stops[index - 1].volume
        if source is not None:
            stop.volume.lie(source)
        else:
            stop.volume.match(before)
        self.play(FadeIn(stop.volume), run_time=0.25)
        self.play(stop.volume.come(), run_time=0.8)
        self.name(index)

    def name(self, index: int) -> None:
        """Write what made a block, and its shape."""
        stop = self.stops[index]
        self.step(index + 1, len(self.stops), noun="volume")
        self.appear(*stop.name(), into=stop.words, seconds=0.25)

    def hang(self, maps: NDArray[np.floating]) -> list[Grid]:
        """Hang maps side by side, of many the strongest, and say how many there are."""
        below, theme = self.below, self.theme
        self.vanish(*self.drawn)
        chosen = sorted(np.argsort(-np.abs(maps).sum(axis=(1, 2)), kind="stable")[:MOST_MAPS].tolist())
        head = say(counted("{count} map", "{count} maps", len(maps)))
        if len(chosen) < len(maps):
            head = say("{shown} of {all} maps, the strongest", shown=len(chosen), all=len(maps))
        place = Wall(below.width, below.height)
        place.settle(below.left, below.top, 1.0)
        scale = float(np.abs(maps).max()) or 1.0
        look: dict[str, Any] = {"role": "output", "scale": scale}
        grids = place.hang([coarse(maps[one])[0] for one in chosen], [(head, theme.output)], **look)
        self.drawn = [place]
        self.appear(place)
        return grids
