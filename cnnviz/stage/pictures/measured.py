"""What an experiment measured: lines with the means over its seeds, and what it was measured on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnnviz.nn.experiments import Chart
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import SMALLEST
from cnnviz.stage.pictures.course import Course, percent
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.text import Label, wrap

_LEADING = 0.28


def measured_course(
    chart: Chart, names: Sequence[str], last: int, room: tuple[float, float], title: Template, **axes: Any
) -> Course:
    """Make the lines of a chart of shares: the mean of each contender at 0, 1, ... ``last``, in percent."""
    means = [[series.at(float(place)).mean for place in range(last + 1)] for series in chart.series]
    lines = {str(name): line for name, line in zip(names, means, strict=True)}
    return Course(lines, *room, title, above=True, write=percent, **axes)


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
