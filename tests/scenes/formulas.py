"""The numbers in formulas, read back from the outlines of their glyphs."""

from functools import cache

import numpy as np

from cnnviz.stage.formula import formula

_FORMULA = "0123456789.-"
CLOSE = 0.02  # shares of a glyph's size


def formulas(family):
    """The numbers that formulas show, as texts in the order in which they are drawn."""
    found, text, end = [], "", None
    for part in family:
        if type(part).__name__ != "VMobjectFromSVGPath" or not len(part.points):
            continue
        (left, low), (right, high) = part.points[:, :2].min(axis=0), part.points[:, :2].max(axis=0)
        character, size = _glyph(part.points.tobytes()), max(high - low, right - left)
        if character is None or end is None or not -0.05 < left - end[0] < 0.3 * max(size, end[1]):
            found.append(text)
            text = ""
        text += {"-": "−"}.get(character, character or "")
        end = right, size
    return tuple(text for text in (*found, text) if text)


@cache
def _glyph(points):
    outline = _normal(np.frombuffer(points).reshape(-1, 3))
    for character, shape in _glyphs():
        if shape.shape == outline.shape and np.abs(shape - outline).max() < CLOSE:
            return character
    return None


@cache
def _glyphs():
    line = formula(_FORMULA, 40, "#ffffff", at=(0, 0))
    parts = line.family_members_with_points()
    assert len(parts) == len(_FORMULA)
    return [(character, _normal(part.points)) for character, part in zip(_FORMULA, parts, strict=True)]


def _normal(points):
    flat = points[:, :2] - points[:, :2].min(axis=0)
    return flat / (flat.max() or 1.0)
