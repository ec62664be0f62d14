"""Colors of mobjects, looked up instead of worked out again."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt
from manim import ManimColor, VMobject


@contextmanager
def colors_remembered() -> Iterator[None]:
    """Have Manim find the red, green, blue and opacity of a color and an opacity by looking them up.

    Every mobject asks for them three times when it is made and at each change of its style, and the answers are few.
    """
    plain = VMobject.generate_rgbas_array
    known: dict[tuple[bytes, float], npt.NDArray[np.float64]] = {}

    def generate_rgbas_array(self: VMobject, color: Any, opacity: Any) -> npt.NDArray[np.float64]:
        if type(color) is not ManimColor or type(opacity) not in (float, int) or self.get_sheen_factor() != 0:
            found: npt.NDArray[np.float64] = plain(self, color, opacity)
            return found
        key = color.to_rgba().tobytes(), float(opacity)
        if key not in known:
            known[key] = plain(self, color, opacity)
        return known[key].copy()

    VMobject.generate_rgbas_array = generate_rgbas_array
    try:
        yield
    finally:
        VMobject.generate_rgbas_array = plain
