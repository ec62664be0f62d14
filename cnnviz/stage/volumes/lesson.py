"""The lesson that follows a shape through a network: wide and shallow, then small and deep."""

from __future__ import annotations

from typing import Any

from manim import RIGHT, FadeIn, Group

from cnnviz.stage.glide import Glide
from cnnviz.stage.lesson import Lesson
from cnnviz.stage.mobjects.shapes import Strokes
from cnnviz.stage.volumes import narration
from cnnviz.stage.volumes.station import check_room
from cnnviz.stage.volumes.view import ShapesView
from cnnviz.subjects.volumes import Volumes

_REACH = 0.16  # how long the sign of the data on its way is, in units


class VolumesLesson(Lesson, subject=Volumes):
    """Build the volumes of a network one after the other, with their values and parameters."""

    title = "Volumes"
    subtitle = "wide and shallow, then small and deep"

    subject: Volumes

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        check_room(self.subject.stations)

    def construct(self) -> None:
        """Tell the narration."""
        self.view = ShapesView(self.subject, self.theme)
        stations = self.subject.stations
        self.count(0)
        self.add(self.view.volume(0))
        self.say(narration.opening(self.subject), fade=0)
        self.hold(1.0)
        self.say(narration.first(self.subject, self.view.scale))
        self.play(FadeIn(Group(self.view.axes(), self.view.bars(0))), run_time=0.5)
        self.hold(1.0)
        told: set[str] = set()
        for index in range(1, len(stations)):
            kind = stations[index].kind
            fresh = kind not in told
            if fresh:
                self.say(narration.made(stations[index - 1], stations[index]))
                told.add(kind)
            self.go(index, 1.0 if fresh else 0.5)
            self.hold(1.4 if fresh else 0.6)
        self.say(narration.counts(self.subject))
        self.hold(2.0)
        self.close(narration.takeaway(self.subject))

    def go(self, index: int, seconds: float) -> None:
        """Send the data on to a volume, and let it appear."""
        start, end = self.view.path(index)
        arrow = _sign(start, self.theme.highlight)
        self.add(arrow)
        self.play(Glide(arrow, (end[0] - start[0] - _REACH, 0.0)), run_time=0.6 * seconds)
        self.remove(arrow)
        self.count(index)
        self.play(FadeIn(self.view.volume(index), shift=0.15 * RIGHT), run_time=0.6 * seconds)
        self.play(FadeIn(self.view.bars(index)), run_time=0.5 * seconds)

    def count(self, index: int) -> None:
        """Advance the counter."""
        self.step(index + 1, len(self.subject.stations), noun="volume")


def _sign(at: tuple[float, float], color: str) -> Strokes:
    x, y = at
    tip = x + _REACH
    return Strokes([[(x, y), (tip, y)], [(tip - 0.09, y + 0.09), (tip, y), (tip - 0.09, y - 0.09)]], color, 4.0)
