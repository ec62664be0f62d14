"""What an experiment measured, as bars: one for each contender, with mean and spread over its seeds."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Animation

from cnnviz.nn.experiments import Chart
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import NOTE, SMALLEST
from cnnviz.stage.mobjects.bars import Bars
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.text import Label, wrap

_ROUND = 100  # shares are written in percent
_LEADING = 0.28
_LARGE, _WIDE = 22, 5.0  # type where there is room, and how much that is


class Measured(Slot):
    """Bars for one quantity of an experiment, at one of the places where it was measured.

    Parameters
    ----------
    chart : Chart
        Of shares, or of parts of a whole; written in percent.
    names : sequence of str
        What the contenders are called, in their order.
    width, height : float
        Room in units.
    peak : float
        The share that the longest bar stands for.
    """

    def __init__(
        self,
        chart: Chart,
        names: Sequence[Template],
        width: float,
        height: float,
        title: Template = "",
        *,
        role: str = "output",
        peak: float = 1.0,
    ) -> None:
        super().__init__(width, height, title, role=role)
        self.chart, self.names, self.peak = chart, [say(name) for name in names], peak
        self._texts: dict[float, str] = {}

    def draw(self, cell: float) -> None:
        """Draw the bars, still without length."""
        super().draw(cell)
        self.bars = Bars(
            self.names,
            self.box,
            theme=self.theme,
            role=self.role,
            peak=self.peak,
            write=self._texts.__getitem__,
            widest="100 ± 10 %",
            size=_LARGE if self.box.width > _WIDE else NOTE,
        )
        self.put(self.bars)

    def percents(self, place: str | float) -> list[tuple[int, int]]:
        """Return mean and spread of each contender at a place, in whole percent."""
        points = [series.at(place) for series in self.chart.series]
        return [(round(_ROUND * point.mean), round(_ROUND * point.spread)) for point in points]

    def grow(self, place: str | float) -> Animation:
        """Return the animation that brings the bars to a place; numbers are for `show` afterwards."""
        return self.bars.grow([mean / _ROUND for mean, _ in self.percents(place)])

    def show(self, place: str | float) -> None:
        """Show the bars of a place, with their numbers."""
        found = self.percents(place)
        self._texts.update({mean / _ROUND: f"{mean} ± {spread} %" for mean, spread in found})
        self.bars.show([mean / _ROUND for mean, _ in found])


class Setting(Slot):
    """What was measured on, in small type.

    Parameters
    ----------
    text : str
        As the experiment says it.
    width : float
        Room in units.
    size : float
        Of the type.
    """

    def __init__(self, text: str, width: float, size: float = SMALLEST) -> None:
        self.type_size, self.pitch = size, _LEADING * size / SMALLEST
        self.lines = wrap(say(text), size, width, 3)
        super().__init__(width, len(self.lines) * self.pitch)

    def draw(self, cell: float) -> None:
        """Write it."""
        super().draw(cell)
        places = [(self.box.left, self.box.top - (i + 0.5) * self.pitch) for i in range(len(self.lines))]
        for line, at in zip(self.lines, places, strict=True):
            self.append(Label(line, self.type_size, self.theme.muted, at=at, align="left"))
