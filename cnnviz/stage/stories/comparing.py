"""What was measured on two sets of digits: a chart for each, and the digits at its left where there is room."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from cnnviz.stage.language import Template
from cnnviz.stage.pictures.grid import Grid
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
