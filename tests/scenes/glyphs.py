"""Reading text back from the curves that are drawn: what counts is the picture, not what the program believes."""

from functools import cache

import numpy as np

from cnnviz.stage.font import font

CHARACTERS = "0123456789−×+=≈./,:;?!()e∞kMGT·-–—“”’'&%abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def read(points, em, *, bold=False):
    """The text whose outlines these points are, at ``em`` units a font size; None for curves that are no text."""
    flat, text, at, last = points[:, :2], "", 0, None
    while at < len(flat):
        found = _match(flat[at:], em, bold)
        if found is None:
            return None
        character, count = found
        left = (flat[at] / em - _shapes(bold)[character][0])[0]
        if last is not None and left - last > 0.15:
            text += " "
        text += character
        last = left + font("Bold" if bold else "Regular").lay_out(character)[1]
        at += count
    return text


def _match(flat, em, bold):
    for character, outline in _shapes(bold).items():
        count = len(outline)
        if count <= len(flat) and np.allclose((flat[:count] - flat[0]) / em, outline - outline[0], atol=2e-3):
            return character, count
    return None


@cache
def _shapes(bold):
    face = font("Bold" if bold else "Regular")
    shapes = {c: face.outline(c) for c in CHARACTERS if face.has(c)}
    return dict(sorted(shapes.items(), key=lambda item: -len(item[1])))
