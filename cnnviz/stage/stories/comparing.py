"""What was measured on two sets of digits: a chart for each, and the digits at its left where there is room."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
from manim import FadeIn, FadeOut, Group
from numpy.typing import NDArray

from cnnviz.stage.arranging import content_of
from cnnviz.stage.glide import LATE, SOON, Resettle
from cnnviz.stage.language import Template
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.pairs import Pairs
from cnnviz.stage.pictures.spread import Spread, halves
from cnnviz.stage.place import Table
from cnnviz.stage.scene import Scene

Case = TypeVar("Case")
_GAP = 0.25


def compared(
    scene: Scene,
    sheets: Mapping[Case, NDArray[np.float64]],
    chart: Callable[[Case, float, float], Spread],
    title: Template,
    role: str = "input",
    *,
    gone: Sequence[Any] = (),
) -> dict[Case, Spread]:
    """Set two charts one below the other, each made for a width and a height; none of their lines is shown yet.

    What is ``gone`` fades out meanwhile.
    """
    wide, high = halves(scene.frame.stage, _GAP)
    beside = scene.frame.is_wide
    charts = {case: chart(case, wide - beside * (high + _GAP), high) for case in sheets}
    look = {"detail": "", "scale": 1.0, "form": "pixels"}
    digits = {
        case: Grid(sheet, role, title, side=high / max(sheet.shape), **look)  # type: ignore[arg-type]
        for case, sheet in sheets.items()
    }
    table = Table(*([digits[case], charts[case]][not beside :] for case in sheets), gap=(_GAP, _GAP))
    scene.rearrange(table, gone=gone, seconds=0.6)
    return charts


def enter(scene: Scene, pairs: Pairs, came: Mapping[Grid, Any], *, gone: Sequence[Any] = ()) -> None:
    """Set pairs into the stage: stamps that came from standing pictures travel from there, the rest fades in last."""
    stood = {stamp: (old.box, old.top) for stamp, old in came.items()}
    scene.fit(pairs)
    rest = Group(*(part for part in pairs.submobjects if part not in stood))
    leaving = [part for part in content_of(gone) if part not in came.values()]
    scene.remove(*came.values())
    away = [FadeOut(each, rate_func=SOON) for each in leaving]
    moves = [Resettle(stamp, *at) for stamp, at in stood.items()]
    scene.play(*moves, FadeIn(rest, rate_func=LATE), *away, run_time=1.2)
    scene.remove(*stood, rest)
    scene.add(pairs)
