"""A picture travels into a square: cropped, letterboxed or stretched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from cnnviz.stage.language import Template
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.pixel_image import PixelImage, photo_pixels
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.histogram import Histogram
from cnnviz.stage.pictures.made import Made
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.window import Outline
from cnnviz.stage.place import Column, Row
from cnnviz.stage.theme import CHANNELS
from cnnviz.subjects.preprocessing import Preprocessing

NAMES: tuple[Template, ...] = ("red", "green", "blue")
GRAY: Template = "gray"
GAP, LINES, LOW = (
    0.3,
    0.95,
    0.36,
)  # units: between pictures, for what is written above and below one, and for one more line
STRIP, _LONGEST = 0.9, "−0.88"  # units: a cell of numbers below a channel; and the longest of them
ABOVE, BELOW = 1.15, 0.9  # units: for titles and gaps of two pictures, and for what is written around bars
_RIM = 5.0  # around what goes on, in stroke units


def travel(scene: Any, photo: Grid, square: Grid, way: str, *, seconds: float = 1.8) -> None:
    """Let the photo, or what is kept of it, go into a square, and show this above all that lies there."""
    rows, columns = photo.values.shape
    side = min(rows, columns)
    top, left = (rows - side) // 2, (columns - side) // 2
    here, there, colors = photo.box, square.box, photo.colors
    if way == "crop":
        here, colors = photo.cell_box((top, left), side, side), colors[:, top : top + side, left : left + side]
    elif way == "letterbox":
        there = within(square.box, here)
    rim = Rectangle(here, outline=scene.theme.highlight, width=_RIM)
    image = _drawn(colors, photo, here)
    scene.add(rim, image)
    scene.play(_to(image, there), run_time=seconds)
    scene.remove(image, rim)
    scene.add(square)


def hang_over(scene: Any, photo: Grid, square: Made, *, seconds: float = 1.5) -> None:
    """Lay a copy of the photo onto a square, as high or as wide: it does not fit. Not where it left the frame."""
    (x, y), here, there = square.box.center, photo.box, square.box
    scale = there.width / min(here.width, here.height)
    wide, high = scale * here.width / 2, scale * here.height / 2
    if x + wide > scene.frame.right or x - wide < scene.frame.left:
        return
    image = _drawn(photo.colors, photo, here)
    scene.add(image)
    scene.play(_to(image, Box(x - wide, y - high, x + wide, y + high)), run_time=seconds)
    rim = Rectangle(there, outline=scene.theme.highlight, width=_RIM)
    scene.add(rim)
    scene.rest(0.9)
    scene.remove(rim)
    scene.play(_to(image, here), run_time=seconds / 2)
    scene.remove(image)


def widest(room: Box, count: int, around: float) -> float:
    """Return the largest side of so many squares, side by side or in lines, with something above and below each."""
    orders = [(along, -(-count // along)) for along in range(1, count + 1)]
    return max(
        min((room.width - GAP * (along + 1)) / along, (room.height - GAP * lines) / lines - around)
        for along, lines in orders
    )


def counting(scene: Any, s: Preprocessing, chosen: Grid) -> tuple[Grid, Grid, Histogram, Slot]:
    """Set a channel, a patch of it and bars with a line of work below them; the channel comes from a picture."""
    stage, tall = scene.frame.stage, scene.frame.height > scene.frame.width
    role, title = ("blue", NAMES[-1]) if len(s.picture.values) == 3 else ("input", GRAY)
    wide = (stage.width - GAP) / 2 if tall else min((stage.height - ABOVE) / 2, 0.26 * stage.width)
    room, high = stage.width - (0.0 if tall else wide + 2 * GAP), stage.height - (wide + ABOVE if tall else 0.0)
    plane = Grid(s.stages[0], role, title, scale=s.peak, form="pixels", side=wide / s.size)
    cells = wide / max(3, s.side)
    patch = Grid(s.part(0), role, "a patch", scale=s.peak, side=cells, widest=[_LONGEST], detail="")
    bars = Histogram(s.counts.tolist(), room, high - BELOW, "how many", ends=(0.0, s.peak), role=role)
    work = Slot(room, 0.4)
    left, right = (Row if tall else Column)(plane, patch, gap=0.25), Column(bars, work, gap=0.0)
    scene.rearrange(left, right, instead={plane: chosen}, gap=GAP)
    return plane, patch, bars, work


def arriving(
    scene: Any, s: Preprocessing, picture: Callable[..., Grid], done: Grid, gone: Sequence[Any]
) -> tuple[Grid, list[Grid], list[Grid], list[tuple[Slot, Slot]]]:
    """Set a picture and its channels side by side or in lines, with some numbers of each below; the last one is done.

    Returns the picture, channels, numbers and the room for two lines below each.
    """
    stage, channels = scene.frame.stage, s.chosen.values
    roles, names = (CHANNELS, NAMES) if len(channels) > 1 else (("input",), (GRAY,))
    side = widest(stage, len(channels) + 1, LINES + LOW + STRIP)
    look: dict[str, Any] = {"scale": s.peak, "form": "pixels", "side": side / s.size, "detail": ""}
    planes = [Grid(x, role, name, **look) for x, role, name in zip(channels, roles, names, strict=True)]
    notes = [(Slot(side, LOW), Slot(side, LOW)) for _ in range(len(planes) + 1)]
    look |= {"form": "numbers", "side": min(STRIP, side / s.side), "widest": [_LONGEST]}
    strips = [Grid(s.strip(x), role, **look) for x, role in zip(channels, roles, strict=True)]
    first = picture(s.chosen.values, side=side / s.size)
    row, column = (a + b for a, b in zip(s.corner, s.pixel, strict=True))
    one = {**look, "side": look["side"] if s.side > 1 else STRIP, "scale": s.peak}
    own = [Grid(x[row : row + 1, column : column + 1], role, **one) for x, role in zip(channels, roles, strict=True)]
    columns = [Column(first, Row(*own, gap=0.0), notes[0][0], gap=0.08)]
    columns += [
        Column(plane, strip, Column(*lines, gap=0.0), gap=0.08)
        for plane, strip, lines in zip(planes, strips, notes[1:], strict=True)
    ]
    normalize(planes[-1], strips[-1], s, len(planes) - 1)
    scene.rearrange(*columns, instead={planes[-1]: done}, gone=gone, gap=GAP)
    ink = scene.theme.kernel
    scene.add(*(Outline(plane, (row, s.corner[1]), 1, s.side, color=ink, width=3.0) for plane in planes))
    scene.add(*(Outline(strip, (0, s.pixel[1]), color=ink) for strip in strips))
    scene.add(Outline(first, (row, column), color=scene.theme.text, width=3.0))
    return first, planes, strips, notes


def normalize(plane: Grid, strip: Grid, s: Preprocessing, channel: int) -> None:
    """Center a channel, and the numbers of it."""
    values = s.normalized[channel][2]
    plane.scale_of_fill = strip.scale_of_fill = float(abs(values).max())
    plane.become(values)
    strip.become(s.strip(values))


def within(room: Box, shape: Box) -> Box:
    """Return the largest box of a shape in the middle of a room."""
    (x, y), scale = room.center, min(room.width / shape.width, room.height / shape.height)
    wide, high = scale * shape.width / 2, scale * shape.height / 2
    return Box(x - wide, y - high, x + wide, y + high)


def _drawn(colors: Any, photo: Grid, box: Box) -> PixelImage:
    """Draw a picture into a box."""
    planes = np.asarray(colors)
    muted = np.zeros(planes.shape[1:], dtype=bool)
    return PixelImage(photo_pixels(planes, photo.photo or 1.0, muted, photo.theme.ground), box)


def _to(image: PixelImage, box: Box) -> Any:
    moved = image.animate.stretch_to_fit_width(box.width)
    return moved.stretch_to_fit_height(box.height).move_to((*box.center, 0))
