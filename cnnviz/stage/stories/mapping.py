"""A picture that becomes maps, layer by layer, before the diagram of its network counts what that takes."""

from __future__ import annotations

from collections.abc import Mapping as Named
from collections.abc import Sequence
from typing import Any

from manim import FadeIn, FadeOut, Group, smooth, squish_rate_func
from numpy.typing import NDArray

from cnnviz.stage.language import Template
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.place import Column, Row
from cnnviz.stage.stories.telling import Telling

FIRST: Template = "{layer} makes {maps} maps of it: each kernel answers to something else."
HALVED: Template = "{pool} makes them half as large."
THEN: Template = "{layer} makes {maps} maps of these."
GOES, COMES = squish_rate_func(smooth, 0.0, 0.6), squish_rate_func(smooth, 0.2, 1.0)
"""What sinks goes while the diagram comes, so that the stage is never empty."""
LARGER, BETWEEN, LINES = 1.5, 0.1, 4  # the picture, in cells of its maps; units between maps; and lines of many maps


class Mapping(Telling):
    """Tell of a network what it makes of a picture, and then what every network has."""

    def read(
        self, question: Template, picture: NDArray[Any], maps: Named[str, NDArray[Any]], names: Named[str, str]
    ) -> None:
        """Ask over a picture, and let maps of a convolution, of a pooling and of a convolution come out of it."""
        x = Grid(picture, "input", "input", photo=1.0, form="pixels", zoom=LARGER)
        shapes = {name: " × ".join(map(str, made.shape)) for name, made in maps.items()}
        heads = {name: Slot(0.3, 0.01, name, detail=shapes[name], role="output") for name in maps}
        grids = {name: [map_of(each) for each in made] for name, made in maps.items()}
        blocks = [_block(heads[name], grids[name]) for name in maps]
        first, pool, last = maps
        with self.beat(question, focus=x):
            self.arrange(x)
            self.rest(1.8)
        with self.beat(FIRST, layer=first, maps=len(maps[first]), focus=grids[first][1]):
            later = [part for name in maps for part in (heads[name], *grids[name])]
            self.rearrange(x, *blocks, later=later, gap=0.45)
            self.appear(heads[first], *grids[first], target_position=x, scale=0.4, seconds=1.2)
            self.rest(0.8)
        for name, before, told in ((pool, first, HALVED), (last, pool, THEN)):
            fields: dict[str, Any] = {"pool": pool} if name == pool else {"layer": last, "maps": len(maps[last])}
            with self.beat(told, focus=grids[name][-1], **fields):
                self.appear(heads[name], *grids[name], target_position=grids[before][-1], scale=0.4, seconds=1.2)
                self.rest(0.5)
                if name == last:
                    self.sink([[x], *([heads[name], *grids[name]] for name in maps)], names)

    def sink(self, shown: Sequence[Sequence[Any]], names: Named[str, str]) -> None:
        """Let pictures sink into the plates of the first parts of the diagram, as it comes."""
        diagram = self.draft(names)
        lines = [diagram.part(index) for index in range(len(diagram.parts))]
        there = [(*diagram.plate(index).center, 0.0) for index in range(len(shown))]
        away = [
            FadeOut(Group(*own), target_position=at, scale=0.15, rate_func=GOES)
            for own, at in zip(shown, there, strict=True)
        ]
        self.play(*away, *(FadeIn(line, rate_func=COMES) for line in lines), run_time=1.2)
        self.remove(*lines)
        diagram.append(*lines)
        self.add(diagram)


def map_of(values: NDArray[Any], **look: Any) -> Grid:
    """Draw a map in colors of its own strength."""
    return Grid(values, "output", form="pixels", **look)


def _block(head: Slot, maps: Sequence[Grid]) -> Column:
    """Set maps in lines below the name of their layer."""
    across = max(2, len(maps) // LINES)
    lines = [Row(*maps[at : at + across], gap=BETWEEN) for at in range(0, len(maps), across)]
    return Column(head, *lines, gap=BETWEEN)
