"""The products of a window, written out as a sum."""

from __future__ import annotations

from typing import Any

from cnnviz.stage.language import written
from cnnviz.subjects.number import MINUS

_MOST = 5  # products that are read as one sum


def written_out(step: Any, weights: Any) -> list[tuple[str, str]]:
    """Return texts and their roles, the sum as the last one; none if there are too many products or they are not exact.

    Pixels under a weight of 0 are left out.
    """
    total, pairs = step.result, zip(step.products.flat, weights.flat, strict=True)
    parts = [float(value) for value, weight in pairs if weight]
    texts = [written(abs(value)) for value in parts]
    if not 0 < len(parts) <= _MOST or any(text.startswith("≈") for text in [*texts, written(total)]):
        return []
    signs = [MINUS if parts[0] < 0 else "", *(f" {MINUS} " if value < 0 else " + " for value in parts[1:])]
    runs = [(sign + text, "text") for sign, text in zip(signs, texts, strict=True)]
    return [*runs, (" = ", "muted"), (written(total), "output" if total >= 0 else "negative")]
