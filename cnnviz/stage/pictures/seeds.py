"""Lines through the means of contenders, place by place, with every seed of an experiment as a dot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from cnnviz.nn.experiments import Chart
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import NOTE
from cnnviz.stage.mobjects.tiles import Disks
from cnnviz.stage.pictures.course import Course
from cnnviz.stage.pictures.picture import NOTE_HEIGHT, TITLE_HEIGHT
from cnnviz.stage.text import Line

_DOT, _AIR = 0.06, 0.1  # units: the radius of a dot; between the numbers and the axes
_AROUND = TITLE_HEIGHT + NOTE_HEIGHT


class Seeds(Course):
    r"""Means of shares along a place that is a whole number: straight lines between them, and a dot for every seed.

    ::

        :\      CNN  96.0 %
        . \_.   MLP   6.6 %
        0  1  2

    Parameters
    ----------
    chart : Chart
        Of shares.
    roles : mapping of str to str
        Color role of each contender.
    far : sequence of int
        Where on the axis each place of the chart is, from 0 on.
    size : (float, float)
        Room in units, the title's and the note's included.
    """

    def __init__(
        self,
        chart: Chart,
        roles: Mapping[str, str],
        far: Sequence[int],
        size: tuple[float, float],
        title: Template = "",
        note: Template = "",
        **axes: Any,
    ) -> None:
        self.chart, self.colors, self.far, self.known = chart, roles, tuple(far), 0
        whole = np.arange(self.far[-1] + 1)
        lines = {
            name: np.interp(whole, far, [chart[name].at(at).mean for at in chart.places]).tolist() for name in roles
        }
        look = {"share": True, "above": True, "size": NOTE, **axes}
        self.room = size
        super().__init__(lines, size[0], size[1] - _AROUND, title, roles=[*roles.values()], **look)
        self.note, self.above = say(note), self.above + _AIR

    def draw(self, cell: float) -> None:
        """Draw what is known already."""
        super().draw(cell)
        for number in range(self.known):
            self.know(number)

    def know(self, number: int) -> None:
        """Draw the lines as far as a place, write its means, and let each seed be a dot there, at once."""
        self.known = max(self.known, number + 1)
        self.show(self.far[number])
        for name, role in self.colors.items():
            x, _ = self.curves.point(name, self.far[number])
            values = self.chart[name].at(self.chart.places[number]).values
            self.append(
                Disks([(x, self.height_of(value)) for value in values], _DOT, fill=self.theme.role(role), opacity=0.8)
            )

    def number(self, name: str) -> Line:
        """Return what is written of a contender."""
        return self._texts[2 * [*self.colors].index(name)]

    def resize(self, width: float, height: float) -> None:
        """Take another room when it is placed next, with title and note."""
        self.room, self._size = (width, height), (width, height - _AROUND)

    def height_of(self, share: float) -> float:
        """Return the y of a share."""
        plane = self.curves.plane
        return plane.bottom + plane.height * share / self.curves.top
