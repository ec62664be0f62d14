"""What was measured in one picture comes down into another one below it, and an arrow says how much was lost."""

from __future__ import annotations

from typing import Any

from cnnviz.stage.language import written
from cnnviz.stage.layout import LABEL
from cnnviz.stage.mobjects.shapes import Strokes
from cnnviz.stage.pictures.arrows import Arrow
from cnnviz.stage.pictures.spread import Spread
from cnnviz.stage.text import Label

_AWAY = 0.2  # units: from the dots to what is written


def fall(scene: Any, before: Spread, after: Spread, name: str) -> None:
    """Bring the mean of a contender down from the picture above, and draw how far it goes, in points of percent."""
    ink, point, old = scene.theme.highlight, after.measured[name], before.measured[name].mean
    start, above, y = before.x(old), before.y(name), after.y(name)
    mark = Strokes([[(start, above - before.half), (start, above + before.half)]], ink, 4.0)
    scene.play(mark.animate.shift((0, y - above, 0)), run_time=0.8)
    far = after.x(max(*point.values, point.mean + point.spread, old)) + _AWAY
    change = Label(written(100 * float(point.mean - old)), LABEL, ink, at=(far, y), align="left")
    scene.appear(mark, Arrow((start, y), (after.x(point.mean), y), ink), change, into=after)
