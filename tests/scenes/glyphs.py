"""Reading text back from the curves that are drawn: what counts is the picture, not what the program believes."""

from functools import cache

import numpy as np

from cnnviz.stage.font import font, monospaced

CHARACTERS = (
    "áéíóúüñÁÉÍÓÚÑ¿¡0123456789−×÷+±=≈<>≤≥./,:;?!()[]#_e∞kMGT·-–—“”’'&%°"
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
)
FACES = ("Regular", "Bold", "Code")
CLOSE = 2e-3  # ems between points that are the same
SPACE = 0.15  # ems between two letters from which on they belong to two words


def words(points, em, *, face="Regular"):
    """The words whose outlines these points are, as (text, first point, last point); None for what is no text."""
    flat, found, at, end = points[:, :2], [], 0, None
    shapes = _shapes(face)
    while at < len(flat):
        character = _match(flat[at:], em, shapes)
        if character is None:
            return None
        x, y = flat[at] / em - shapes[character][0]
        near = end is not None and abs(x - end[0]) < SPACE and abs(y - end[1]) < SPACE
        if near:
            text, first, _ = found.pop()
            found.append((text + character, first, at + len(shapes[character])))
        else:
            found.append((character, at, at + len(shapes[character])))
        end = x + _font(face).lay_out(character)[1], y
        at += len(shapes[character])
    return found


def read(points, em, *, face="Regular"):
    """The line of text whose outlines these points are; None for curves that are no text."""
    found = words(points, em, face=face)
    return None if found is None else " ".join(text for text, _, _ in found)


def scale(points, *, face="Regular"):
    """The ems that these outlines were set in, whoever scaled them since; None for what is no text."""
    flat = points[:, :2]
    for outline in _shapes(face).values():
        count = len(outline)
        if count > len(flat):
            continue
        drawn, meant = flat[:count] - flat[0], outline - outline[0]
        size = np.abs(meant).max()
        em = np.abs(drawn).max() / size if size else 0.0
        if em > 0 and np.abs(drawn / em - meant).max() < CLOSE and words(points, em, face=face):
            return float(em)
    return None


def _match(flat, em, shapes):
    start = (flat[:4] - flat[0]) / em
    for character in _beginning_with(id(shapes), start):
        outline = shapes[character]
        count = len(outline)
        if count <= len(flat) and np.abs((flat[:count] - flat[0]) / em - outline + outline[0]).max() < CLOSE:
            return character
    return None


def _beginning_with(key, start):
    characters, starts = _starts()[key]
    return characters[np.abs(starts - start).max(axis=(1, 2)) < CLOSE]


@cache
def _starts():
    tables = map(_shapes, FACES)
    return {
        id(shapes): (np.array(list(shapes)), np.array([outline[:4] - outline[0] for outline in shapes.values()]))
        for shapes in tables
    }


def _font(face):
    return monospaced() if face == "Code" else font(face)


@cache
def _shapes(face):
    shapes = {c: _font(face).outline(c) for c in CHARACTERS if _font(face).has(c)}
    return dict(sorted(shapes.items(), key=lambda item: -len(item[1])))
