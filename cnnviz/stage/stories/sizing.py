"""Numbers put into the output-size formula, above the row that they count, and all rows side by side in the end."""

from __future__ import annotations

from typing import Any

from cnnviz.stage.formula import chain
from cnnviz.stage.language import say
from cnnviz.stage.layout import Box
from cnnviz.stage.output_size import size_letters
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.ladder import Ladder
from cnnviz.stage.pictures.made import Made
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.window import Window
from cnnviz.stage.place import Column, Row, Table
from cnnviz.stage.scene import Scene
from cnnviz.stage.text import Line
from cnnviz.subjects.output_size import OutputSizes

_HEAD_GAP, _BETWEEN = 0.4, 0.2  # units
_STRIP, _ANSWER, _ANSWERS = 0.4, 2.1, 30  # units: a cell in the end, and its answer; type of these


class Sizing(Scene, subject=OutputSizes):
    """A formula in letters, its numbers, and rows.

    Attributes
    ----------
    x, y : Grid
        The row of the case at hand, and the places of its windows.
    gone : list
        What goes when the next row comes.
    """

    x: Any = None
    y: Grid

    def build(self) -> None:
        """Set the formula in letters with what they mean, room for its numbers, and room for a row."""
        stage = self.frame.stage
        self.tall, flat = stage.height > stage.width, self.frame.is_wide
        self.size = 30 if flat else 27 if self.tall else 25
        letters = stage.width - (5.0 if flat else 4.3)
        wide = stage.width if self.tall else stage.width - letters - _HEAD_GAP
        self.ladder = Ladder(wide, 2, size=self.size)
        high = self.ladder.size(0.0)[1]
        legend = Made(stage.width if self.tall else letters, high, lambda box: size_letters(box, self.theme, 2))
        self.head: Any = Column(self.ladder, legend) if self.tall else Row(self.ladder, legend, gap=_HEAD_GAP)
        self.works = Slot(stage.width, (1 + self.tall) * high)
        left = stage.height - self.head.extent(0.0)[1] - self.works.size(0.0)[1] - 2 * _BETWEEN
        self.strip = Slot(stage.width, min(left, stage.width))
        self.arrange(Column(self.head, self.works, self.strip, gap=_BETWEEN))
        self.gone = list[Any]()

    def written(self, letter: str, numbers: list[str], *, whole: bool) -> list[Any]:
        """Set what becomes of the numbers, to come one by one; a quotient that is whole is not written out."""
        first, room, quotient, steps, size = numbers
        box, ink, look = self.works.box, self.theme, (self.size, self.theme)
        rest = [room, *([] if whole else [quotient]), steps, size]
        if not self.tall:
            return chain([letter, first, *rest], *look, at=(box.left, box.center[1]), width=box.width)
        up, down = box.center[1] + box.height / 4, box.center[1] - box.height / 4
        line = chain([letter, first], self.size, ink, at=(box.left, up), width=box.width)
        return line + chain(["", *rest], self.size, ink, at=(box.left, down), width=box.width)

    def compare(self, cases: Any) -> list[Line]:
        """Set the rows of all cases below each other, with how many places each has; return these."""
        strips, stage = [strip_of(case, told=True) for case in cases], self.frame.stage
        answers = [Slot(_ANSWER, _STRIP) for _ in cases]
        pairs = list(zip(strips, answers, strict=True))
        table = Column(*(Column(*pair, gap=0.05) for pair in pairs)) if self.tall else Table(*pairs, gap=(0.3, 0.12))
        room = Box(stage.left, stage.bottom, stage.right, self.works.box.top)
        lines, sizes = list[Line](), ", ".join(str(case.out) for case in cases)
        self.vanish(*self.gone, self.works)
        with self.beat("One formula counts all of them: {sizes}.", sizes=sizes) as beat:
            self.rearrange(table, instead={strips[-1]: self.x}, later=answers, room=room, most=_STRIP, seconds=0.7)
            for case, (strip, answer) in zip(cases, pairs, strict=True):
                runs = [(f"{case.out - 1} + 1 = ", self.theme.muted), (str(case.out), self.theme.output)]
                y = answer.box.center[1] if self.tall else strip.box.center[1]
                lines.append(Line(runs, _ANSWERS, at=(answer.box.left, y), align="left"))
                self.appear(Window(strip, (1, case.kernel), (1, case.dilation), width=3.0), lines[-1])
            beat.focus = lines
            self.rest(1.0)
        return lines


def strip_of(case: Any, *, told: bool = False) -> Grid:
    """Make the row of a case with its padding; it may be told what lies on it, and how."""
    before, after = case.padding
    sum_of = f"{before} + {case.width} + {after} = {case.cells}" if before or after else str(case.width)
    look: dict[str, Any] = {"form": "pixels", "ruled": True}
    names = [say("dilation {each}", each=case.dilation)] if told and case.dilation > 1 else []
    names += [say("stride {each}", each=case.stride)] if told and case.stride > 1 else []
    title = say("window {size}", size=case.kernel) if told else "input"
    detail = ",  ".join([*names, f"{say('input')} {sum_of}"]) if told else sum_of
    return Grid(case.row, "input", title, detail=detail, padding=case.is_padding, **look)
