"""What was measured on two sets of digits: a chart for each, and the digits at its left where there is room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

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
) -> dict[Case, Spread]:
    """Set two charts one below the other, each made for a width and a height; none of their lines is shown yet."""
    wide, high = halves(scene.frame.stage, _GAP)
    beside = scene.frame.is_wide
    charts = {case: chart(case, wide - beside * (high + _GAP), high) for case in sheets}
    look = {"detail": "", "scale": 1.0, "form": "pixels"}
    digits = {
        case: Grid(sheet, role, title, side=high / max(sheet.shape), **look)  # type: ignore[arg-type]
        for case, sheet in sheets.items()
    }
    scene.arrange(Table(*([digits[case], charts[case]][not beside :] for case in sheets), gap=(_GAP, _GAP)))
    return charts
