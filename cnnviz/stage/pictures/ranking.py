"""Things in the order of a number: each a bar, the largest above; they change places when another number counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from manim import Animation, Mobject, smooth

from cnnviz.stage import layout
from cnnviz.stage.color import Color, mix
from cnnviz.stage.language import Template, written
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.mobjects.tiles import Tiles
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.text import Label, text_width

_AWAY, _THICK = 0.16, 0.62  # beside a bar; its thickness, as a share of its line
_LEAST = 0.1  # of the width, for the longest bar


class Ranking(Slot):
    """Names with bars, the largest above.

    ::

        vgg16     ========== 138,357,544
        resnet50  ==          25,557,032
        lenet5    |               60,000

    Parameters
    ----------
    names : sequence of str
        As they are written, in the order they start in.
    width, height : float
        Room in units, without the title.
    widest : str
        The widest text that will stand beside a bar.
    """

    def __init__(self, names: Sequence[str], width: float, height: float, title: Template = "", *, widest: str) -> None:
        super().__init__(width, height, title)
        self.names, self.widest = tuple(names), widest
        self.values = [0.0] * len(names)
        self.order = list(range(len(names)))

    def draw(self, cell: float) -> None:
        """Write the names; the bars have no length yet."""
        super().draw(cell)
        box = self.box
        for size in range(layout.LABEL, layout.SMALLEST - 1, -1):
            self.left = box.left + max(text_width(name, size, bold=True) for name in self.names) + _AWAY
            self.length = box.right - self.left - text_width(self.widest, size) - _AWAY
            if self.length >= _LEAST * box.width:
                break
        self.type_size = size
        self.labels = [
            Label(name, size, self.theme.text, at=(box.left, self.y(place)), align="left")
            for place, name in enumerate(self.names)
        ]
        self.ink = self.theme.input
        self.bars = [Rectangle(self.bar(place, 0.0), fill=self.ink) for place in range(len(self.names))]
        self.texts: list[Label] = []
        rails = [self.bar(place, 1.0) for place in range(len(self.names))]
        self.put(Tiles(rails, fill=self.theme.rail), *self.labels, *self.bars)

    def y(self, place: float) -> float:
        """Return the middle of a line, counted from above; between two of them, too."""
        return self.box.top - (place + 0.5) * self.box.height / len(self.names)

    def bar(self, place: float, share: float) -> Box:
        """Return the rectangle of a bar of some share of the longest."""
        y, half = self.y(place), self.box.height / len(self.names) * _THICK / 2
        return Box(self.left, y - half, self.left + max(share * self.length, 0.02), y + half)

    def go(self, values: Sequence[float], role: str, **options: Any) -> Animation:
        """Return the animation that gives the bars other lengths and brings them in order; `show` writes them."""
        self.remove(*self.texts)
        self.content = [part for part in self.content if part not in self.texts]
        self.texts = []
        before, self.ink = self.ink, self.theme.role(role)
        return _Go(self, [float(value) for value in values], before if any(self.values) else self.ink, **options)

    def show(self, write: Callable[[float], str]) -> None:
        """Write the number beside each bar, that of the largest in the color of the highlight."""
        most = max(self.values)
        for index, value in enumerate(self.values):
            box = self.bar(self.order.index(index), value / most)
            color = self.theme.highlight if value == most else self.theme.text
            at = (box.right + _AWAY, box.center[1])
            self.texts.append(Label(write(value), self.type_size, color, at=at, align="left"))
        self.append(*self.texts)

    def tell(self, scene: Any, *counts: int, role: str = "kernel", seconds: float = 1.4) -> None:
        """Let the bars grow to counts, and write these."""
        scene.play(self.go(counts, role), run_time=seconds)
        self.show(written)
        scene.rest(1.2)


class _Go(Animation):
    """Change lengths, places and color, all together, without copying."""

    def __init__(self, ranking: Ranking, values: list[float], before: Color, **options: Any) -> None:
        self.before = before
        self.shares = [value / (max(ranking.values) or 1.0) for value in ranking.values]
        self.places = [ranking.order.index(index) for index in range(len(values))]
        ranking.values, ranking.order = values, sorted(range(len(values)), key=lambda index: -values[index])
        self.ends = [value / max(values) for value in values]
        self.stops = [ranking.order.index(index) for index in range(len(values))]
        self.at = [float(place) for place in self.places]
        super().__init__(ranking, rate_func=smooth, **options)

    def create_starting_mobject(self) -> Mobject:
        return self.mobject

    def interpolate_mobject(self, alpha: float) -> None:
        done, ranking = self.rate_func(alpha), self.mobject
        there = max(0.0, 1 - 6 * done * (1 - done))  # a name is not read while it passes others
        ink = mix(self.before, ranking.ink, done)
        for index, (bar, label) in enumerate(zip(ranking.bars, ranking.labels, strict=True)):
            place = self.places[index] + (self.stops[index] - self.places[index]) * done
            share = self.shares[index] + (self.ends[index] - self.shares[index]) * done
            bar.reshape(ranking.bar(place, share))
            bar.set_fill(ink, opacity=1.0, family=False)
            label.shift((0.0, ranking.y(place) - ranking.y(self.at[index]), 0.0))
            self.at[index] = place
            label.set_fill(opacity=there if self.stops[index] != self.places[index] else 1.0, family=False)
