"""What is said of a receptive field that grows: the sum of a layer, and sentences that its numbers choose."""

from __future__ import annotations

from cnnviz.stage.language import Template
from cnnviz.subjects.field import Level


def added(below: Level, here: Level) -> list[tuple[str, str]]:
    """Write what a cell saw, and what a window adds to it, as texts in the colors of their roles.

    >>> from cnnviz.subjects import Field
    >>> levels = Field("1x12x12 > conv 1 k3 s2 > conv 1 k3 d2").sights[0].levels
    >>> "".join(text for text, _ in added(*levels[1:]))
    '3 + 2 × 2 × 2 = '
    """
    reach = f"{here.kernel - 1}" if here.dilation == 1 else f"{here.kernel - 1} × {here.dilation}"
    numbers = [(f"{below.size[1]:,}", "highlight"), (reach, "kernel"), (f"{below.jump[1]}", "input")]
    return [run for number, sign in zip(numbers, "+×=", strict=True) for run in (number, (f" {sign} ", "muted"))]


def widened(before: Level, here: Level, *, first: bool, skipped: bool) -> Template:
    """Say why a neuron of the next layer sees more, before it is seen how much."""
    if skipped:
        return "And some layers further up?"
    if first:
        return "A neuron of the first layer looks through one window."
    if here.size == before.size:
        return "A window of one cell looks no further."
    if max(before.jump) == 1:
        return "Its window holds neurons that look through windows."
    return "One step of its window is now worth more cells."


def reached(size: int, flat: int, side: int) -> Template:
    """Say what a neuron sees of a picture, and what it would see without strides."""
    told: Template = "So it sees {size} of {side} cells; with all strides 1 it would see {flat}."
    if flat == size:
        told = "So it sees {size} of {side} cells: {flat}, as without strides, for nothing jumps here."
    elif size > side:
        told = "So it sees {size} cells, more than all {side}; with all strides 1 it would see {flat}."
    return told
