"""A wall of filters, a formula, and room for what is counted or looked at, in frames of all shapes."""

from __future__ import annotations

from typing import Any

from cnnviz.stage.language import say
from cnnviz.stage.layout import Box
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.ladder import Ladder
from cnnviz.stage.pictures.picture import TITLE_HEIGHT, Slot
from cnnviz.stage.pictures.slices import Slice
from cnnviz.stage.pictures.wall import Wall
from cnnviz.stage.place import Column, Row
from cnnviz.stage.theme import CHANNELS
from cnnviz.subjects.parameters import SIDES, Parameters

GAP, LINE, RUNG = 0.2, 0.6, 0.7  # units: between things; of the formula in numbers and in letters
FLAT, SHARE, DEEP, SIZE = 1.8, 0.4, 0.5, 42  # a flat stage; shares of the wall, in others too; type of the formula


def laid_out(scene: Any) -> tuple[Slot, Slot, Ladder, Wall]:
    """Set a room, a line for numbers, a ladder for letters, and a square wall.

    ::

        room    wall      room           room
                          wall numbers   numbers
        numbers                          wall
    """
    stage = scene.frame.stage
    formula, flat, deep = LINE + RUNG + GAP, stage.width > FLAT * stage.height, stage.height > stage.width
    if flat:
        side = min(stage.height - TITLE_HEIGHT, SHARE * stage.width)
        size = wide, _ = stage.width - side - 2 * GAP, stage.height - formula - GAP
    elif deep:
        side = min(stage.width, DEEP * stage.height)
        size = wide, _ = stage.width, stage.height - side - TITLE_HEIGHT - formula - 2 * GAP
    else:
        size = stage.width, DEEP * stage.height
        side = stage.height - size[1] - TITLE_HEIGHT - GAP
        wide = stage.width - side - 2 * GAP
    room, wall, line, ladder = (
        Slot(*size),
        Wall(side, side + TITLE_HEIGHT),
        Slot(wide, LINE),
        Ladder(wide, 1, size=SIZE),
    )
    counts = Column(line, ladder, gap=0.0)
    if flat:
        scene.arrange(Column(room, counts, gap=GAP), wall, gap=GAP)
    elif deep:
        middle = Row(Slot((stage.width - side) / 2, 0.1), wall, gap=0.0)
        scene.arrange(Column(room, counts, middle, gap=GAP), gap=GAP)
    else:
        scene.arrange(Column(room, Row(wall, counts, gap=2 * GAP), gap=GAP), gap=GAP)
    return room, line, ladder, wall


def whole(room: Slot, ladder: Ladder, wall: Wall) -> Box:
    """Return the room, with that of the formula where this stands right below it, and is not written yet."""
    box, below = room.box, ladder.box.left < wall.box.right
    return Box(box.left, ladder.box.bottom if below else box.bottom, box.right, box.top)


def cut(s: Parameters, cell: float) -> list[Grid]:
    """Cut the first filter of a layer into its slices."""
    scale = float(abs(s.weight).max())
    names = CHANNELS if s.in_color else [f"{i + 1}" for i in range(s.channels)]
    look: dict[str, Any] = {"detail": "", "scale": scale if s.in_color else scale / 2, "side": cell}
    made, roles = (Slice, CHANNELS) if s.in_color else (Grid, ["kernel"] * s.channels)
    return [made(v, role, say(name), **look) for v, role, name in zip(s.weight[0], roles, names, strict=True)]


def pictured(s: Parameters, which: int, side: float) -> Grid:
    """Draw the picture in one of its sizes, so many units a side."""
    picture, pixels = s.pictures[which], SIDES[which]
    look: dict[str, Any] = {"photo": picture.peak, "colors": picture.values, "form": "pixels"}
    detail = f"{pixels} × {pixels}"
    return Grid(picture.values[0], "input", say("picture"), detail=detail, side=side / pixels, **look)
