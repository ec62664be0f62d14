"""Maps that are weighed and added up: they hang on a wall, travel onto their sum, and one cell is written out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnnviz.stage.glide import Resettle
from cnnviz.stage.language import say, written
from cnnviz.stage.layout import LABEL, SMALLEST, Box
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.wall import Wall
from cnnviz.stage.scene import Scene
from cnnviz.stage.text import Label, size_within
from cnnviz.subjects.evidence import GradCam
from cnnviz.subjects.number import cell_text

BELOW = 0.42  # units: room for what a map is worth


class AddingUp(Scene):
    """A scene that adds up maps, each times what it is worth.

    Attributes
    ----------
    wall, tiles, worths
        Where maps hang, the maps, and what is written below them.
    heat, scale, here
        Their sum, its greatest magnitude, and the place below it for the sum at one cell.
    """

    s: GradCam
    wall: Wall
    tiles: list[Grid]
    worths: list[str]
    heat: Grid
    here: Slot
    scale: float

    def weigh(self) -> None:
        """Hang the maps, then write below each what it is worth."""
        s, theme = self.s, self.theme
        fields: dict[str, Any] = {"shown": len(s.maps), "total": s.total}
        look: dict[str, Any] = {"role": "output", "scale": float(abs(s.maps).max()) or 1.0, "below": BELOW}
        with self.beat("{shown} of {total} maps of the last layer: those that count most here.", **fields) as beat:
            self.tiles = self.wall.hang([*s.maps], self.words(**fields), hidden=True, **look)
            beat.focus = self.tiles[:2]
            for tile in self.tiles:
                tile.show()
                self.hold(0.25)
        self.worths = [cell_text(float(s.weights[index]), 6) for index in s.order]
        size = max(SMALLEST, min(size_within(self.tiles[0].box.width, LABEL, text) for text in self.worths))
        labels = [
            Label(
                text, size, theme.negative if worth < 0 else theme.gradient, at=(box.center[0], box.bottom - BELOW / 2)
            )
            for box, text, worth in zip(
                (tile.box for tile in self.tiles), self.worths, s.weights[[*s.order]], strict=True
            )
        ]
        with self.beat("Each is worth its mean gradient: how much the score grows with it.", focus=labels[:3]):
            for label in labels:
                self.appear(label, into=self.wall, seconds=0.3)

    def words(self, shown: int, total: int) -> list[tuple[str, Any]]:
        """Say which maps hang on the wall."""
        text = say("{shown} of {total} maps", shown=shown, total=total)
        return [(text, self.theme.output), (f"  {self.s.layer}", self.theme.muted)]

    def lay_on(self, parts: Sequence[tuple[Any, Box]], grid: Grid | None = None) -> list[Grid]:
        """Let maps travel from where they stand onto the sum, or another grid; return what arrived."""
        onto, flying = grid or self.heat, []
        for values, _ in parts:
            side = onto.box.width / values.shape[1]
            flying.append(Grid(values, "output", scale=self.scale, side=side, form="pixels", strip=True))
            flying[-1].settle(onto.box.left, onto.box.top, 1.0)
        self.add(*flying)
        self.play(*(Resettle(each, box) for each, (_, box) in zip(flying, parts, strict=True)), run_time=0.7)
        if grid is None:
            self.remove(*flying)
        return flying

    def reckon(self, product: str, sofar: float) -> None:
        """Write what is added at the marked cell, and the sum up to here."""
        runs = [(say("sum") + " ", self.theme.muted), (written(sofar), self.theme.output)]
        for each in ([(f"{product}   ", self.theme.gradient), *runs] if product else runs, runs):
            size = size_within(self.here.box.width, LABEL, *(text for text, _ in each))
            if size >= SMALLEST:  # else without the product
                break
        self.here.put_line(each, size)
