"""Names and sizes beside the sheets of a receptive field, and the formula that widens it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from manim import VGroup

from cnnviz.stage.color import Color
from cnnviz.stage.formula import tinted
from cnnviz.stage.language import say
from cnnviz.stage.layout import NOTE
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.ladder import Ladder
from cnnviz.stage.pictures.stack import Stack
from cnnviz.stage.scene import Scene
from cnnviz.stage.space import Plane, View
from cnnviz.stage.text import Align, Line
from cnnviz.subjects.field import Field, Level, Sight

SIDE, ABOVE = View(48, 11), View(-14, 56)
_CENTER: Align = "center"
_LEFT: Align = "left"


class Naming(Scene, subject=Field):
    """Writes what sheets are and what their cells see."""

    sight: Sight
    sheets: list[Grid]
    tags: list[VGroup]
    stack: Stack
    formula: Ladder
    is_crowded: bool

    def front(self, photo: Grid) -> Plane:
        """Return where a photo stands that is as large as the stage."""
        stage, (width, height) = self.frame.stage, photo.size(self.stack.cell)
        by = min(stage.width / width, stage.height / height)
        return Plane(stage.center, (by, 0.0), (0.0, by))

    def name(self, index: int, seen: Mapping[Sight, Color], level: int = -1) -> None:
        """Write what a sheet is and what a cell of it sees; below the photo what was ``seen`` of it by which neuron."""
        sight, theme, sheet = self.sight, self.theme, self.sheets[index]
        here = sight.levels[sight.shown[index]]
        whole = say("input" if sight.is_row else "photo")
        word = whole if not index else f"… {here.name}" if self.sight.skips(index) else here.name
        named, sized = (
            (word.partition(",")[0] if self.is_crowded or not self.frame.is_wide else word, theme.role(sheet.role)),
            (_size(here.size if index else here.shape), theme.text if index else theme.muted),
        )
        jump = [(say("  jump {jump}", jump=max(here.jump)), theme.muted)] if max(here.jump) > 1 else []
        lines = [[named], [sized], *([jump] if jump else [])] if self.is_crowded else [[named], [sized, *jump]]
        lines += [[(_size(each.levels[level].size) + "  ", ink) for each, ink in seen.items()]] * bool(seen)
        low, right, top, _ = sheet.corners((0, 0), sheet.rows, sheet.columns)
        (x, y), align = ((low[0] + right[0]) / 2, (low[1] + right[1]) / 2 - 0.27), _CENTER
        if self.stack.view is ABOVE:
            (x, y), align = (right[0] + 0.15, (right[1] + top[1]) / 2 + 0.1 + 0.3 * bool(seen)), _LEFT
        places = ((line, (x, y - 0.3 * i), i > 0) for i, line in enumerate(lines))
        tag = VGroup(*(Line(line, NOTE, at=at, align=align, bold=bold) for line, at, bold in places))
        self.remove(*self.tags[index : index + 1])
        self.tags[index : index + 1] = [tag]
        self.add(tag) if seen else self.appear(tag, seconds=0.3)

    def spell(self, before: Level, here: Level) -> None:
        """Write how the layer widened the field: in letters, with its numbers, and the result."""
        theme, holes = self.theme, any(level.dilation > 1 for level in self.sight.levels)
        rungs = []
        for field, kernel, dilation, jump in (
            ("r_(l-1)", "k", "d", "j_(l-1)"),
            (before.size[1], here.kernel, here.dilation, before.jump[1]),
        ):
            taps = [f"({tinted(str(kernel), theme.kernel)} - 1)"] + [tinted(str(dilation), theme.kernel)] * holes
            added = " dot ".join([*taps, tinted(str(jump), theme.input)])
            rungs.append(f"{tinted(str(field), theme.highlight)} + {added}")
        first, last = tinted("r_l", theme.highlight), tinted(str(here.size[1]), theme.highlight)
        self.formula.climb(self, self.formula.rungs(first, *rungs, last), pause=0.1)


def _size(size: Sequence[int]) -> str:
    """Write a size."""
    return " × ".join(map(str, size))
