"""Names beside the sheets of a receptive field, what a cell of each sees, and the sum that it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import cos, radians, sin, tan

from manim import VGroup

from cnnviz.stage.color import Color
from cnnviz.stage.language import say
from cnnviz.stage.layout import LABEL, SMALLEST, units
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.stack import Stack
from cnnviz.stage.scene import Scene
from cnnviz.stage.space import Plane, View
from cnnviz.stage.stories.field_words import added
from cnnviz.stage.text import Align, Line, size_within
from cnnviz.subjects.field import Field, Sight

SIDE, CLOSE, ABOVE = View(48, 12), View(60, 12), View(-14, 56)
MANY, LEADING = 5, 1.4  # sheets from which on they stand close; distance of two lines, in type sizes
_WIDEST, _APART = 2.0, 1.08  # distance of two sheets: in widths of a sheet, and at least in widths as it is seen
_CENTER: Align = "center"
_LEFT: Align = "left"


class Naming(Scene, subject=Field):
    """Writes what sheets are and what their cells see."""

    sight: Sight
    sheets: list[Grid]
    tags: dict[int, VGroup]
    stack: Stack
    type: float

    def front(self, photo: Grid) -> Plane:
        """Return where a photo stands that is as large as the stage."""
        stage, (width, height) = self.frame.stage, photo.size(self.stack.cell)
        by = min(stage.width / width, stage.height / height)
        return Plane(stage.center, (by, 0.0), (0.0, by))

    def name(self, index: int, seen: Mapping[Sight, Color], level: int = -1, *, told: bool = True) -> None:
        """Write what a sheet is and what a cell of it sees; below the photo what was ``seen`` of it by which neuron."""
        sight, theme, sheet = self.sight, self.theme, self.sheets[index]
        number = sight.shown[index]
        here, is_beside = sight.levels[number], self.stack.view is ABOVE
        lines: list[list[tuple[str, Color]]] = [[(self.word(index), theme.role(sheet.role))]]
        if not index:
            lines.append([(_size(here.shape), theme.muted)])
        elif told:
            if not sight.skips(index):
                runs = [*added(sight.levels[number - 1], here), (f"{here.size[1]:,}", "highlight")]
                lines.append([(text, theme.role(role)) for text, role in runs])
            lines.append([(say("sees") + " ", theme.muted), (_size(here.size), theme.text)])
            if max(here.jump) > 1:
                jump = say("jump {jump}", jump=max(here.jump)), theme.input
                lines = [*lines[:-1], [*lines[-1], ("  ", theme.muted), jump]] if is_beside else [*lines, [jump]]
        lines += [[(_size(each.levels[level].size) + "  ", ink) for each, ink in seen.items()]] * bool(seen)
        low, right, top, _ = sheet.corners((0, 0), sheet.rows, sheet.columns)
        lead, floor = units(self.type) * LEADING, self.sheets[0].cell_box((0, 0), *self.sheets[0].values.shape).bottom
        (x, y), align = ((low[0] + right[0]) / 2, floor - 0.6 * lead), _CENTER
        if is_beside:
            (x, y), align = (right[0] + 0.15, (right[1] + top[1]) / 2 + 0.1 + 0.3 * bool(seen)), _LEFT
        places = ((line, (x, y - lead * i), i > 0) for i, line in enumerate(lines))
        tag = VGroup(*(Line(line, self.type, at=at, align=align, bold=bold) for line, at, bold in places))
        if index in self.tags:
            self.remove(self.tags[index])
        self.tags[index] = tag
        self.add(tag) if seen or not told else self.appear(tag, seconds=0.3)

    def fit_type(self, width: float) -> float:
        """Return the type size at which names and sums of all sheets are no wider than a room."""
        sight = self.sight
        levels = [sight.levels[number] for number in sight.shown]
        texts = ["".join(text for text, _ in added(*pair)) + f"{pair[1].size[1]:,}" for pair in pairwise(levels)]
        texts += [self.word(index) for index in range(len(levels))]
        return max(SMALLEST, min(size_within(width, LABEL - 2, text, bold=True) for text in texts))

    def word(self, index: int) -> str:
        """Return what a sheet is called, in short where there is little room."""
        sight = self.sight
        here = sight.levels[sight.shown[index]]
        word = say("input" if sight.is_row else "photo") if not index else here.name
        word = f"… {word}" if sight.skips(index) else word
        return word.partition(",")[0] if len(sight.shown) > MANY or not self.frame.is_wide else word


def abreast(sheets: Sequence[Grid], view: View, width: float, height: float) -> tuple[float, list[float]]:
    """Return the gap of a stack that takes all of a room, and how far up each sheet is so that all stand level."""
    turn, tilt = radians(view.yaw), radians(view.pitch)
    broad, tall = (max(sides) for sides in zip(*(sheet.size(1.0) for sheet in sheets), strict=True))
    whole = width / height * (tall * cos(tilt) + broad * sin(turn) * sin(tilt))
    gap = (whole - broad * cos(turn)) / ((len(sheets) - 1) * sin(turn) * broad)
    gap = min(_WIDEST, max(_APART / tan(turn), gap))
    rise = gap * broad * cos(turn) * tan(tilt)
    return gap, [(place - (len(sheets) - 1) / 2) * rise for place in range(len(sheets))]


def _size(size: Sequence[int]) -> str:
    """Write a size."""
    return " × ".join(map(str, size))
