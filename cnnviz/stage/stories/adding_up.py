"""Maps that are weighed and added up: they hang on a wall, travel onto their sum, and one cell is written out."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10
from typing import Any

from cnnviz.stage.glide import Resettle
from cnnviz.stage.language import say, written
from cnnviz.stage.layout import LABEL, SMALLEST, Box
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.wall import GAP, Wall
from cnnviz.stage.scene import Scene
from cnnviz.stage.text import Label, size_within
from cnnviz.stage.theme import Theme
from cnnviz.subjects.evidence import GradCam
from cnnviz.subjects.number import MINUS, cell_text

BELOW, READ = 0.42, 20  # units: room for what a map is worth; the type size of a sum that is read in full


class AddingUp(Scene):
    """A scene that adds up maps, each times what it is worth.

    Attributes
    ----------
    wall, tiles, worths
        Where maps hang, the maps, and what is written below them.
    heat, scale
        Their sum, and its greatest magnitude.
    line, here
        Where the sum at one cell grows, product by product, and where what it comes to stands in the end.
    """

    s: GradCam
    wall: Wall
    tiles: list[Grid]
    worths: list[str]
    heat: Grid
    labels: list[Label]
    line: Slot
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
        self.labels = labels = [
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
            self.rest(0.5)

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

    def multiply(self, number: int) -> None:
        """Write before what a map is worth its number at the marked cell, where there is room."""
        tile, label, negative = self.tiles[number], self.labels[number], self.worths[number].startswith(MINUS)
        factors = (cell_text(float(each.values[self.s.peak])) for each in self.tiles)
        products = [f"{factor} × {worth}" for factor, worth in zip(factors, self.worths, strict=True)]
        size = min(size_within(tile.box.width + GAP / 2, LABEL, product) for product in products)
        if size >= SMALLEST:
            self.wall.take(label)
            at = tile.box.center[0], tile.box.bottom - BELOW / 2
            ink = self.theme.negative if negative else self.theme.gradient
            self.wall.append(Label(products[number], size, ink, at=at))

    def reckon(self, count: int) -> None:
        """Write what the first maps add at the marked cell, those that do not hang here as one; in the end, the sum."""
        s, theme = self.s, self.theme
        parts = [*s.parts[:, *s.peak].tolist(), float(s.summed[s.peak] - s.sofar[-1][s.peak])]
        ends = {len(s.parts): float(s.sofar[-1][s.peak]), len(parts): float(s.summed[s.peak])}
        terms = addends(parts)
        every = [0, *(at for at, text in enumerate(terms) if at and float(text.replace(MINUS, "-")))]
        for told in (range(len(parts)), every):
            runs = written_out([terms[at] for at in told], ends[len(parts)], theme)
            size = size_within(self.line.box.width, LABEL, *(text for text, _ in runs))
            if size >= READ:  # else without what is as good as nothing
                break
        self.line.put_line(written_out([terms[at] for at in told if at < count], ends.get(count), theme), size)

    def conclude(self) -> None:
        """Write the sum at the marked cell."""
        value = float(self.s.summed[self.s.peak])
        self.here.put_line([(say("sum") + " ", self.theme.muted), (written(value), self.theme.output)])


def addends(numbers: Sequence[float]) -> list[str]:
    """Write numbers with equally many decimals, as many as show three digits of the largest; nothing as 0.

    >>> addends([0.308, -0.00026, 0.0])
    ['0.308', '−0.000', '0']
    """
    decimals = _decimals(max(map(abs, numbers)))
    return [f"{number:.{decimals}f}".replace("-", MINUS) if number else "0" for number in numbers]


def total(terms: Sequence[str], value: float) -> str:
    """Write a sum with as many digits as its terms, as they are written, give right.

    >>> total(["0.308", "0.137"], 0.4457), total(["0.308"], 0.308)
    ('0.45', '0.308')
    """
    sum_of = sum(float(term.replace(MINUS, "-")) for term in terms)
    decimals = max(len(term.partition(".")[2]) for term in terms)
    while decimals and abs(round(value, decimals) - sum_of) > 0.5 * 10.0**-decimals + 1e-12:
        decimals -= 1
    return f"{value:.{decimals}f}".replace("-", MINUS)


def written_out(terms: Sequence[str], value: float | None, theme: Theme) -> list[tuple[str, Any]]:
    """Write a sum, and what it comes to if that is told, as runs of (text, color)."""
    runs: list[tuple[str, Any]] = []
    for term in terms:
        less = term.startswith(MINUS)
        sign = f" {MINUS} " if less else " + "
        ink = theme.negative if less else theme.gradient
        runs += [(sign, theme.muted)] if runs else []
        runs.append((term.removeprefix(MINUS) if len(runs) else term, ink))
    if value is None:
        return runs
    end = total(terms, value)
    return [*runs, (f" {'≈' if value else '='} ", theme.muted), (end, theme.output)]


def _decimals(largest: float) -> int:
    """Return how many decimals show three digits of a number."""
    return min(6, max(0, 2 - floor(log10(largest)))) if largest else 0
