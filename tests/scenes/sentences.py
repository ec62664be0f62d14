"""Sentences against the picture: what a beat says in numbers is on screen for as long as the sentence stands."""

import re

import numpy as np

from cnnviz.stage.beat import LONGEST
from tests.scenes.watch import near

_NUMBER = re.compile(r"[−-]?\d[\d,]*(?:\.\d+)?(?:/\d+|e[−-]?\d+|[kMGT])?")
_LATEST = 3.0  # seconds from the beginning of a sentence to a number that it says
_BY_MANY = 9  # cells under one outline, at most, for it to point at one of them


def unseen(seen):
    """Numbers of a sentence that are nowhere else on screen when it ends, or go while it stands."""
    for beat in seen.scene.beats:
        stills = [still for still in seen.pictures if still.beat is beat]
        if not stills:
            continue
        for name, number in numbers(beat.fields):
            there = [any(_is(text, number) for text in marked(still)) for still in stills]
            if not there[-1]:
                yield stills[-1], f"{name} = {number} is said, but not on screen when the sentence ends: {beat.text!r}"
            elif there[0] is False and there.index(True) < len(there) - 1 and not all(there[there.index(True) :]):
                gone = stills[there.index(True) + there[there.index(True) :].index(False)]
                yield gone, f"{name} = {number} goes while it is said: {beat.text!r}"


def late(seen):
    """Numbers that come on screen long after the sentence that says them has begun."""
    for beat in seen.scene.beats:
        stills = [still for still in seen.pictures if still.beat is beat]
        for name, number in numbers(beat.fields):
            there = next((still for still in stills if any(_is(text, number) for text in marked(still))), None)
            if there is not None and there is not stills[0] and there.start - beat.start > _LATEST:
                yield there, f"{name} = {number} comes {there.start - beat.start:.1f} s after it is said: {beat.text!r}"


def too_long(seen):
    """Sentences of more characters than two lines of captions hold, or gone before they can be read."""
    for beat in seen.scene.beats:
        if len(beat.text) > LONGEST:
            yield beat, f"{len(beat.text)} characters in {beat.text!r}"
        if beat.end - beat.start < beat.least - 0.3:
            yield beat, f"{beat.end - beat.start:.1f} s for {len(beat.text)} characters: {beat.text!r}"


def numbers(fields):
    """The numbers among the fields of a sentence, as (name, number); a count is what one can count in the picture."""
    for name, value in fields.items():
        if name != "count" and isinstance(value, int | float | np.number) and not isinstance(value, bool):
            yield name, float(value)


def marked(still):
    """The numbers on screen that one looks at: outside of grids, or in cells under an outline or alone in the light."""
    for label in still.labels:
        if label.text and not label.caption and label.owner is None:
            yield from _texts(label.text)
    for sheet in still.grids:
        for cell, text in sheet.texts.items():
            if sheet.frame is None or _pointed(cell, sheet, still):
                yield text
    for text in still.formulas:
        yield from _texts(text)


def _pointed(cell, sheet, still):
    if sheet.grid.rows * sheet.grid.columns <= _BY_MANY or len(sheet.texts) <= _BY_MANY:
        return True
    lit = len(sheet.shown - sheet.sunk)
    if cell not in sheet.sunk and lit <= _BY_MANY:
        return True
    for mark in still.marks:
        (top, left), few = mark.cell, mark.rows * mark.columns <= _BY_MANY
        inside = 0 <= cell[0] - top < mark.rows and 0 <= cell[1] - left < mark.columns
        if mark.grid is sheet.grid and few and inside:
            return True
    focus = still.beat.focus if still.beat is not None else []
    return sheet.grid in focus and cell not in sheet.sunk


def _texts(text):
    for found in _NUMBER.finditer(text):
        yield found[0]
        if found[0][0] in "−-":
            yield found[0][1:]


def _is(text, number):
    try:
        return near(text, number)
    except (ValueError, ZeroDivisionError):
        return False
