"""The products of a window, written out as a sum."""

from __future__ import annotations

from typing import Any

from cnnviz.stage.language import written
from cnnviz.stage.layout import LABEL, NOTE
from cnnviz.stage.text import Line, text_width
from cnnviz.subjects.number import MINUS

_AWAY = 0.1  # units from a sum
_HALF = 0.0075  # units for each px of type: from the middle of two lines to one of them
_MOST = 5  # products that are read as one sum


def written_out(products: Any, weights: Any, total: float) -> list[tuple[str, str]]:
    """Return texts and their roles, the sum as the last one; none if there are too many products or they are not exact.

    Pixels under a weight of 0 are left out.

    >>> import numpy as np
    >>> "".join(text for text, _ in written_out(np.array([16.0, 0.0, -9.0]), np.array([2.0, 0.0, -1.0]), 7.0))
    '16 − 9 = 7'
    """
    parts = [float(value) for value, weight in zip(products.flat, weights.flat, strict=True) if weight]
    texts = [written(abs(value)) for value in parts]
    if not 0 < len(parts) <= _MOST or any(text.startswith("≈") for text in [*texts, written(total)]):
        return []
    signs = [MINUS if parts[0] < 0 else "", *(f" {MINUS} " if value < 0 else " + " for value in parts[1:])]
    runs = [(sign + text, "text") for sign, text in zip(signs, texts, strict=True)]
    return [*runs, (" = ", "muted"), (written(total), "output" if total >= 0 else "negative")]


def beside(scene: Any, sum_of: Any, products: Any, weights: Any, total: float) -> list[Line]:
    """Write right of a sum, in one line or two, the products that make it, if there is room; return the lines."""
    runs = [(text, scene.theme.text) for text, _ in written_out(products, weights, total)[:-2]]
    sign, half, (x, y, _) = (" = ", scene.theme.muted), (len(runs) + 1) // 2, map(float, sum_of.get_right())
    for size in (LABEL, NOTE + 2, NOTE):
        within, apart = x + _AWAY + text_width(sign[0], size), _HALF * size
        one = [Line([sign, *runs], size, at=(x + _AWAY, y), align="left")]
        two = [
            Line([sign, *runs[:half]], size, at=(x + _AWAY, y + apart), align="left"),
            Line(runs[half:], size, at=(within, y - apart), align="left"),
        ]
        for lines in (one, two):
            if runs and max(line.get_right()[0] for line in lines) <= scene.frame.right:
                scene.appear(*lines, seconds=0.25)
                scene.rest(0.4)
                return lines
    return []
