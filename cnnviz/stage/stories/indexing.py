"""Numbers of maps on their way to their places in a line, and one of them followed to its index."""

from __future__ import annotations

from typing import Any

from manim import FadeIn, Transform

from cnnviz.stage.formula import tinted
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import LABEL, RESULT, Box
from cnnviz.stage.mobjects.bars import Bars
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.pictures.band import Band
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.ladder import Ladder
from cnnviz.stage.pictures.made import Made
from cnnviz.stage.pictures.picture import TITLE_HEIGHT, Slot
from cnnviz.stage.pictures.reckoning import Reckoning
from cnnviz.stage.pictures.window import Outline
from cnnviz.stage.place import Column
from cnnviz.stage.scene import Scene
from cnnviz.stage.text import Label
from cnnviz.subjects.number import cell_text

_SAID = 5.2  # units, beside a lens
LARGE = 30  # type of products
_APART, _STRIPES, _MORE, _READ, _BAR = 0.2, 0.5, 0.5, 1.5, 0.5  # units: between two lines, of stripes, of what ..
# .. stands around a lens, of what stands below one, and of a bar
Group = list[tuple[int, tuple[int, int]]]


class Indexing(Scene):
    """Maps, one of them enlarged, a formula, and the lines in which all numbers are laid."""

    maps: list[Grid]
    large: Grid
    ladder: Ladder
    bands: list[Band]
    rails: list[Rectangle]
    asks: list[Label]
    rungs: list[Any]
    head: Slot
    rings: list[Outline]
    nearer: list[Band]
    sums: list[Reckoning]
    read: list[Any]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.found: list[Any] = []  # what marks places in the lines

    def ask(self, room: Box) -> Label:
        """Ask what belongs here."""
        return Label("?", RESULT, self.theme.highlight, at=room.center, bold=True)

    def ask_for(self, band: Band) -> Label:
        """Ask for an index, behind the title of a line: where it stands in the line is not known yet."""
        heading: Any = band.heading
        x, y = float(heading.get_right()[0]), float(heading.get_center()[1])
        return self.ask(Box(x, y, x + 1.0, y))

    def carry(self, s: Any, groups: list[Group], order: int) -> None:
        """Let numbers travel to their places in a line, group by group: the first, its own and the last slowly."""
        index, laid, band = 0, list[Any](), self.bands[order]
        self.remove(self.asks[order])
        for number, group in enumerate(groups, 1):
            inks = [self.maps[at].color_of(cell) for at, cell in group]
            starts = [self.maps[at].cell_box(cell) for at, cell in group]
            flying = [Rectangle(box, fill=ink) for box, ink in zip(starts, inks, strict=True)]
            ends = [Rectangle(band.place(index + i), fill=ink) for i, ink in enumerate(inks)]
            slow = number in (1, 2, len(groups)) or (s.place[0], s.place[1:]) in group
            self.play(*map(Transform, flying, ends), run_time=0.55 if slow else 0.15)
            laid, index = [*laid, *flying], index + len(group)
        self.remove(*laid, band.heading, self.rails[order])
        self.add(band)

    def pass_by(self, s: Any, order: int) -> None:
        """Say how the index of a number comes about, and go past what lies before it."""
        band, ink, before = self.bands[order], self.theme.highlight, 0
        self.rungs = self.ladder.rungs("", *s.sums[order], tinted(str(s.indices[order]), ink))
        self.ladder.climb(self, self.rungs[:2], pause=0.1)
        self.add(way := Rectangle(band.way(0), fill=ink))
        self.found.append(way)
        for passed in s.passed[order]:
            before += passed
            self.play(Transform(way, Rectangle(band.way(before), fill=ink)), run_time=0.6)

    def arrive(self, s: Any, order: int) -> None:
        """Write the index, and put a lens over the number in its place."""
        band, index = self.bands[order], s.indices[order]
        self.ladder.climb(self, self.rungs[2:], pause=0.1)
        self.fly((self.large.copy_of(s.place[1:]), band.place(index)), scale=0.4)
        self.found.append(lens := band.lens(index)[1])
        self.appear(lens, seconds=0.4)

    def cross(self, s: Any) -> None:
        """Let both lines take the stage, and a weight that learned one order meet the number of the other."""
        at, ink = s.indices[0], self.theme.kernel
        told: Template = "Place {index} has a weight, learned with C × H × W: this number meets it."
        with self.beat(told, index=at) as beat:
            self.come_closer(s)
            cell = self.look_at(s, 0, at)
            beat.focus = [self.meet(s, 0, cell)]
            self.rest(0.6)
        told = "In the other order, place {index} holds another number; the weight stays."
        if s.indices[1] == at:
            told = "In the other order, place {index} happens to hold the same; others do not."
        with self.beat(told, index=at) as beat:
            other = self.look_at(s, 1, at)
            self.play(
                Transform(ring := Rectangle(cell, outline=ink, width=5.0), Rectangle(other, outline=ink, width=5.0))
            )
            self.remove(ring)
            beat.focus = [self.meet(s, 1, other)]
            self.rest(0.6)
        with self.beat("All sizes fit, nothing fails. How many digits are read right?"):
            self.play(*map(FadeIn, self.read), run_time=0.4)
            self.play(*(bars.made.grow([right]) for bars, right in zip(self.read, s.right, strict=True)), run_time=1.4)
            for bars, right in zip(self.read, s.right, strict=True):
                bars.made.show([right])
        told = "Yet in the other order only {wrong} of {asked} digits are read right."
        with self.beat(told, wrong=s.right[1], asked=s.asked, focus=self.read[1].made):
            self.rest(1.0)
        self.close("Flatten changes no number, only its place: weights must know the order.", focus=self.nearer)

    def come_closer(self, s: Any) -> None:
        """Let both lines grow, each with room for a product and for how many digits are read right."""
        stage, (weight, *met), at = self.frame.stage, s.factors, s.indices[0]
        half = (stage.height - _APART) / 2
        spare = half - TITLE_HEIGHT - _MORE - _STRIPES
        beside, below = min(spare, (stage.width - _SAID) / 5), min(spare - _READ, stage.width / 5)
        lens, more = max((beside, 0.0), (below, _READ))
        high = min(_STRIPES + spare - more - lens, 2 * _STRIPES)
        look: dict[str, Any] = {"lens": lens, "high": high, "apart": True, "detail": self.bands[0].detail}
        self.nearer = [Band(band.values, band.scale_of_fill, stage.width, band.title, **look) for band in self.bands]
        slots = [Slot(stage.width, _READ) for _ in self.nearer] if more else []
        pairs = zip(self.nearer, slots, strict=True) if slots else [(band,) for band in self.nearer]
        gone = [self.head.heading, *self.maps, *self.rings, self.large, self.ladder, self.ladder.heading, *self.found]
        self.rearrange(
            *[Column(*(one for pair in pairs for one in pair), gap=_APART / 2)],
            gone=gone,
            instead=dict(zip(self.nearer, self.bands, strict=True)),
        )
        rooms = [slot.box for slot in slots] or [band.beside(at) for band in self.nearer]
        said = f"{say('weight {index}', index=at)}:  {weight} · {max(met, key=len)} ≈ 0.00"
        self.sums = [Reckoning(room.width, 1, widest=said, size=LARGE) for room in rooms]
        asked, write = s.asked, f"{{:.0f}} / {s.asked}".format
        bars: dict[str, Any] = {
            "theme": self.theme,
            "peak": asked,
            "write": write,
            "widest": write(asked),
            "size": LABEL,
        }
        self.read = []
        for sums, room in zip(self.sums, rooms, strict=True):
            sums.settle(room.left, room.top, 0.0)
            made = Made(room.width, _BAR, lambda box: Bars([say("digits read right")], box, **bars))
            made.settle(room.left, room.bottom + _BAR, 0.0)
            self.read.append(made)
        self.add(*self.sums)

    def look_at(self, s: Any, which: int, index: int) -> Box:
        """Put a lens over a place of a line that has come closer; return the cell of its number."""
        grid, lens = self.nearer[which].lens(index, self.theme.kernel, s.factors[1 + which])
        self.appear(lens)
        return grid.cell_box((0, index - self.nearer[which].first(index)))

    def meet(self, s: Any, which: int, cell: Box) -> Any:
        """Let a number come out of a lens and meet the weight; return the product."""
        sums, at, (weight, *met) = self.sums[which], s.indices[0], s.factors
        ink, made = "muted", cell_text(s.met[which] * s.weight)
        begun = (f"{say('weight {index}', index=at)}:  ", ink), (weight, "kernel")
        start = sums.reckon(self, 0, *begun)
        line = sums.line(0, (*begun, (" · ", ink), (met[which], "output"), (" ≈ ", ink), (made, "text")))
        copy = line[3].copy().move_to((*cell.center, 0))
        self.play(Transform(copy, line[3].copy()), run_time=0.9)
        self.remove(copy)
        sums.take(start)
        self.remove(start)
        sums.append(line)
        self.play(FadeIn(*line[2:]), run_time=0.3)
        return line[-1]
