"""Maps before a layer and maps after it, facing each other: they take the stage, with their shapes below them."""

from __future__ import annotations

from manim import Animation, VGroup

from cnnviz.stage.frame import Frame
from cnnviz.stage.layout import RESULT, Box
from cnnviz.stage.pictures.arrows import Arrow
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.stack import Stack
from cnnviz.stage.text import Line

_GAP, _AIR, _NAMED = 1.1, 0.15, 0.62  # units: for the arrow, beside things, and for a shape below its maps
_BELOW = 0.7  # units from the arrow to the middle of notes


def rooms(frame: Frame, kept: Box) -> tuple[Box, Box]:
    """Return the rooms of two stacks: beside what is kept in the middle, or in a narrow frame above it."""
    stage = frame.stage
    if frame.is_wide:
        wide = (stage.width - kept.width) / 2 - _AIR
        return (
            Box(stage.left, stage.bottom, stage.left + wide, stage.top),
            Box(stage.right - wide, stage.bottom, stage.right, stage.top),
        )
    (x, _), low = stage.center, kept.top + _AIR
    y = (low + stage.top) / 2
    if stage.width > stage.top - low:
        return (
            Box(stage.left, low, x - _GAP / 2, stage.top),
            Box(x + _GAP / 2, low, stage.right, stage.top),
        )
    return Box(stage.left, y + _GAP / 2, stage.right, stage.top), Box(stage.left, low, stage.right, y - _GAP / 2)


def face(frame: Frame, before: Stack, after: Stack, notes: Slot) -> tuple[list[Animation], VGroup]:
    """Return what lets two stacks face each other, and the arrow between them with the shapes below them.

    In a wide frame, notes go below the arrow.
    """
    both, turns, words = rooms(frame, notes.box), list[Animation](), VGroup()
    for stack, room in zip((before, after), both, strict=True):
        place = Box(room.left, room.bottom + _NAMED, room.right, room.top)
        turns.append(stack.within(place))
        first = stack.sheets[0]
        runs = [
            (str(len(stack.sheets)), stack.theme.role(stack.role)),
            (f" × {first.rows} × {first.columns}", stack.theme.muted),
        ]
        words.add(Line(runs, RESULT, at=(room.center[0], room.bottom + _NAMED / 2)))
    a, b = both
    if frame.is_wide:
        lines, (x, y) = VGroup(*notes.content), frame.stage.center
        turns.append(lines.animate.move_to((x, y - _BELOW, 0)).build())
    if a.right <= b.left:
        y = a.center[1]
        ends = (a.right + _AIR, y), (b.left - _AIR, y)
    else:
        ends = (a.center[0], a.bottom - _AIR), (b.center[0], b.top + _AIR)
    return turns, VGroup(words, Arrow(*ends, before.theme.muted, wide=2.0))
