"""A picture on its way through a network: the row of all blocks, and from there into one layer and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import FadeIn, FadeOut
from numpy.typing import NDArray

from cnnviz.stage.arranging import pictures
from cnnviz.stage.glide import LATE, NEXT, SOON, Resettle
from cnnviz.stage.language import counted, say
from cnnviz.stage.layout import Box
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.sheet import coarse
from cnnviz.stage.pictures.stop import blocks, lined_up
from cnnviz.stage.pictures.wall import Wall
from cnnviz.stage.place import Item
from cnnviz.stage.scene import Scene
from cnnviz.stage.space import Turn
from cnnviz.subjects.volumes import maps_at

MOST_MAPS = 16
_GAP = 0.5


class Passing(Scene):
    """The acts of a forward pass, for any network.

    At home, the whole row can be seen: blocks that are made, edges of those to come, and the answers. A layer at work
    has the stage for itself; its maps leave a block, and stack up to the next one.
    """

    def line_up(self, s: Any) -> None:
        """Set the row: the first block, and the edges of those to come."""
        self.s, self.stations, self.room = s, s.stations, self.frame.stage
        answers, row = self.answers(), self.room
        if answers is not None:
            row, aside = self.split(*answers.extent(1.0))
            self.fit(answers, room=aside)
        made = blocks(s.stations, maps_at(s.stations, s.seen), s.seen.picture)
        self.stops = lined_up(self, s.stations, made, room=row)
        self.edges = [stop.volume.edges() for stop in self.stops]
        self.answered = [] if answers is None else pictures([answers])
        self.risen, self.is_home, self.drawn = 1, True, list[Any]()
        for stop in self.stops:
            stop.words.append(*stop.name()[: stop.heads])
        self.add(*self.home)

    def answers(self) -> Item | None:
        """Make what stands beside the row for the answer."""
        return None

    def split(self, wide: float, high: float) -> tuple[Box, Box]:
        """Share the stage out between the row and the answers."""
        b = self.room
        if b.width > b.height:
            cut = b.right - wide
            return Box(b.left, b.bottom, cut - _GAP, b.top), Box(cut, b.bottom, b.right, b.top)
        cut = b.bottom + high
        return Box(b.left, cut + _GAP, b.right, b.top), Box(b.left, b.bottom, b.right, cut)

    @property
    def home(self) -> list[Any]:
        """All that stands in the row, and beside it."""
        made = [stop.volume for stop in self.stops[: self.risen]]
        slots = [stop.words for stop in self.stops]
        aside = [part for part in self.answered if not isinstance(part, Slot) or part.content]
        return [*self.edges[self.risen :], *made, *slots, *aside]

    def leave(self, *moves: Any) -> None:
        """Come close to what moves, and let the row go."""
        how = {"rate_func": SOON} if moves else {}
        gone = [FadeOut(part, **how) for part in self.home] if self.is_home else []
        if gone or moves:
            self.play(*gone, *moves, run_time=1.0 if moves else 0.4)
        self.is_home = False

    def come_back(self, keep: Sequence[Any] = (), *moves: Any) -> None:
        """Let the act go, but for some sheets, and come back to the row, to which these sheets move."""
        for part in self.drawn:
            if isinstance(part, Slot):
                part.take(*keep)
        gone = [part for part in self.drawn if part not in keep]
        for sheet in keep:
            if sheet.heading in sheet.submobjects:
                sheet.remove(sheet.heading)
                gone.append(sheet.heading)
        self.drawn = []
        if not self.is_home:
            self.add(*self.home)
        self.remove(*keep)
        self.add(*gone, *keep)
        fades = [FadeOut(part, rate_func=SOON) for part in gone]
        fades += [FadeIn(part, rate_func=LATE if moves else NEXT) for part in self.home] if not self.is_home else []
        if fades or moves:
            self.play(*moves, *fades, run_time=1.2 if moves else 0.8)
        self.is_home = True

    def stage_act(self, *items: Any, gap: float = 0.5) -> None:
        """Find the places for the pictures of an act, in place of those of the act before."""
        self.vanish(*self.drawn)
        self.drawn = []
        self.fit(*items, room=self.room, gap=gap, most=0.6)

    def show(self, *things: Any, **how: Any) -> None:
        """Let things appear that go with the act, in place of the row."""
        if self.is_home:
            self.leave(FadeIn(*things, rate_func=NEXT))
        else:
            self.appear(*things, **how)
        self.drawn += things

    def dive(self, index: int, whole: Any, sheets: Sequence[Grid], depths: Sequence[float]) -> None:
        """Bring maps out of a block to where they stand in the act, as one picture."""
        places, block = [sheet.plane for sheet in sheets], self.stops[index].volume
        if len(sheets) > 1:
            places = whole.planes(whole.view)
        for sheet, depth in zip(sheets, depths, strict=True):
            sheet.stand(block.slice(sheet, depth))
        self.add(whole)
        heads = [part for part in whole.submobjects if part is whole.heading]
        whole.remove(*heads)
        names = [FadeIn(head, rate_func=LATE) for head in heads]
        self.leave(Turn(list(zip(sheets, places, strict=True)), whole=whole), *names)
        self.remove(*heads)
        whole.add(*heads)
        self.drawn.append(whole)

    def holds(self, index: int, maps: NDArray[np.floating]) -> bool:
        """Return whether a block that has risen is made of these maps."""
        seen, station = self.s.seen, self.stations[index]
        if index >= self.risen or station.shape != maps.shape:
            return False
        return bool(np.array_equal(seen.maps(station.layer) if index else seen.record.input[0], maps))

    def rise(
        self, index: int, sheets: Sequence[Grid] = (), depths: Sequence[float] = (), *, stood: Box | None = None
    ) -> None:
        """Let a block take its place in the row, and name it."""
        self.build(index, sheets, depths, stood=stood)
        self.name(index)

    def build(
        self, index: int, sheets: Sequence[Grid] = (), depths: Sequence[float] = (), *, stood: Box | None = None
    ) -> None:
        """Stack maps up to a block; without them it comes from where it stood, or grows out of the block before."""
        block, edges = self.stops[index].volume, self.edges[index]
        moves = sorted(zip(depths, sheets, strict=True), key=lambda pair: -pair[0])
        turn = [Turn([(sheet, block.slice(sheet, depth)) for depth, sheet in moves])] if moves else []
        if stood is not None:
            self.add(block)
            turn = [Resettle(block, stood)]
        self.come_back([sheet for _, sheet in moves], *turn)
        if stood is not None:
            self.remove(edges)
        elif moves:
            self.play(FadeIn(block), FadeOut(edges), run_time=0.3)
            self.remove(*sheets)
        else:
            block.match(self.stops[index - 1].volume)
            self.play(FadeIn(block), run_time=0.25)
            self.play(block.come(), FadeOut(edges), run_time=0.8)
        self.risen = index + 1

    def name(self, index: int) -> None:
        """Write the shape of a block."""
        stop = self.stops[index]
        self.step(index + 1, len(self.stops), noun="volume")
        self.appear(*stop.name()[stop.heads :], into=stop.words, seconds=0.25)

    def hang(self, maps: NDArray[np.floating], y: Grid, number: int) -> tuple[list[Grid], list[int]]:
        """Hang maps side by side, of many the strongest, and say how many; return them and which they are.

        The one that stands already, ``y``, travels to its place among them.
        """
        room, theme = self.room, self.theme
        chosen = sorted(np.argsort(-np.abs(maps).sum(axis=(1, 2)), kind="stable")[:MOST_MAPS].tolist())
        head = say(counted("{count} map", "{count} maps", len(maps)))
        if len(chosen) < len(maps):
            head = say("{shown} of {all} maps, the strongest", shown=len(chosen), all=len(maps))
        place = Wall(room.width, room.height)
        place.settle(room.left, room.top, 1.0)
        scale = float(np.abs(maps).max()) or 1.0
        look: dict[str, Any] = {"role": "output", "scale": scale}
        grids = place.hang([coarse(maps[one])[0] for one in chosen], [(head, theme.output)], **look)
        gone, moves = [part for part in self.drawn if part is not y], []
        if number in chosen:
            self.remove(y)
            moves = [Resettle(grids[chosen.index(number)], y.box)]
        else:
            gone.append(y)
        come = [part for part in place.content if part is not grids[chosen.index(number)]] if moves else place.content
        fades = [FadeOut(part, rate_func=SOON) for part in gone]
        self.play(*fades, FadeIn(*come, rate_func=NEXT), *moves, run_time=1.0)
        self.remove(*place.content)
        self.add(place)
        self.drawn = [place]
        return grids, chosen
