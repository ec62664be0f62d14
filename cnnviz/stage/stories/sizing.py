"""Numbers put into the output-size formula, above the row that they count, and all rows side by side in the end."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from manim import VGroup

from cnnviz.stage.formula import chain
from cnnviz.stage.glide import Glide
from cnnviz.stage.language import say
from cnnviz.stage.layout import Box
from cnnviz.stage.output_size import size_letters, size_rungs
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.ladder import Ladder
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.window import Window
from cnnviz.stage.place import Column, Row, Table
from cnnviz.stage.scene import Scene
from cnnviz.stage.text import Line
from cnnviz.subjects.output_size import OutputSize, OutputSizes

_RUNGS, _LETTERS, _HALF = 1.5, 0.35, 0.47  # height of a fraction; of the width, for the formula in letters
_LINE, _BETWEEN, _APART = 0.36, 0.12, 0.25  # units: of a line, between two, between parts of one
_LANE, _LANES = 0.08, 0.3  # of the room for a row: a lane of windows, and all of them at most
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
        """Set the formula in letters, room for its numbers and for what the letters are, and room for a row."""
        stage = self.frame.stage
        self.tall, flat = stage.height > stage.width, self.frame.is_wide
        self.size = 28 if flat else 27 if self.tall else 25
        wide = stage.width * (_LETTERS if flat else 1.0 if self.tall else _HALF)
        self.ladder = Ladder(wide, _RUNGS, size=self.size)
        high = self.ladder.size(0.0)[1]
        self.works = Slot(stage.width - flat * wide, (1 + self.tall) * high)
        self.given = Slot(stage.width - (not flat and not self.tall) * (wide + _APART), _LINE * (1 if flat else 2))
        rows: list[Any] = [self.ladder, self.works, self.given]
        if not self.tall:
            beside = (
                [Row(self.ladder, self.works, gap=0.0), self.given],
                [Row(self.ladder, self.given, gap=0.0), self.works],
            )
            rows = beside[not flat]
        left = stage.height - sum(item.extent(0.0)[1] for item in rows) - 2 * _BETWEEN
        self.strip = Slot(stage.width, min(left, stage.width))
        self.arrange(Column(*rows, self.strip, gap=_BETWEEN))
        self.gone, self.ends = list[Any](), list[tuple[Window, tuple[int, int]]]()

    def put_in(self, case: Any) -> None:
        """Say what each letter is in a case."""
        lines = size_letters(case, self.theme, self.given.box, 1 if self.frame.is_wide else 2)
        self.appear(*lines, into=self.given)

    def written(self, letter: str, numbers: list[str], *, whole: bool) -> list[Any]:
        """Set what becomes of the numbers, to come one by one; a quotient that is whole is not written out."""
        first, room, quotient, steps, size = numbers
        box, look = self.works.box, (self.size, self.theme)
        rest, up, down = [room, *([] if whole else [quotient]), steps, size], box.center[1], box.center[1]
        if self.tall:
            up, down = up + box.height / 4, down - box.height / 4
            line = chain([letter, first], *look, at=(box.left, up), width=box.width)
            return [VGroup(*line), *chain(["", *rest], *look, at=(box.left, down), width=box.width)]
        name, put_in, *line = chain([letter, first, *rest], *look, at=(box.left, up), width=box.width)
        return [put_in if self.frame.is_wide else VGroup(name, put_in), *line]

    def lane(self, case: Any) -> float:
        """Return how high a lane of windows is."""
        high = self.strip.box.height
        return min(_LANE * high, _LANES * high / lanes(case))

    def compare(self, cases: Any) -> list[Line]:
        """Set the rows of all cases below each other, with how many places each has; return these."""
        strips, stage = [strip_of(case, told=True) for case in cases], self.frame.stage
        answers = [Slot(_ANSWER, _STRIP) for _ in cases]
        pairs = list(zip(strips, answers, strict=True))
        table = Column(*(Column(*pair, gap=0.05) for pair in pairs)) if self.tall else Table(*pairs, gap=(0.3, 0.12))
        room = Box(stage.left, stage.bottom, stage.right, min(self.ladder.box.bottom, self.given.box.top))
        lines, sizes = list[Line](), ", ".join(str(case.out) for case in cases)
        self.vanish(*self.gone, self.works, self.given)
        with self.beat("One formula counts all of them: {sizes}.", sizes=sizes) as beat:
            self.rearrange(table, instead={strips[-1]: self.x}, later=answers, room=room, most=_STRIP, seconds=0.7)
            for case, (strip, answer) in zip(cases, pairs, strict=True):
                runs = [(f"{case.out - 1} + 1 = ", self.theme.muted), (str(case.out), self.theme.output)]
                y = answer.box.center[1] if self.tall else strip.box.center[1]
                lines.append(Line(runs, _ANSWERS, at=(answer.box.left, y), align="left"))
                window = Window(strip, (1, case.kernel), (1, case.dilation), width=3.0)
                self.ends.append((window, (0, (case.out - 1) * case.stride)))
                self.appear(window, lines[-1])
            beat.focus = lines
            self.rest(1.0)
        return lines

    def go_all_the_way(self) -> None:
        """Let the windows of all rows go from their first places to their last ones."""
        if self.ends:
            self.play(*(Glide(window, window.shift_to(cell)) for window, cell in self.ends), run_time=2.0)


def strip_of(case: Any, *, told: bool = False) -> Grid:
    """Make the row of a case with its padding; it may be told what lies on it, and how."""
    before, after = case.padding
    sum_of = f"{before} + {case.width} + {after} = {case.cells}" if before or after else str(case.width)
    look: dict[str, Any] = {"form": "pixels", "ruled": True}
    names = [say("dilation {each}", each=case.dilation)] if told and case.dilation > 1 else []
    names += [say("stride {each}", each=case.stride)] if told and case.stride > 1 else []
    title = say("window {size}", size=case.kernel) if told else "input"
    detail = ",  ".join([*names, f"{say('input')} {sum_of}"]) if told else sum_of
    return Grid(case.row, "input", title, detail=detail, padding=case.is_padding, strip=not told, **look)


def lanes(case: Any) -> int:
    """Return in how many lanes the windows of a case lie without touching."""
    return int(min(ceil(case.span / case.stride), case.out))


def compare(scene: Any, ladder: Ladder, sizes: Sequence[OutputSize], grids: Sequence[Grid]) -> None:
    """Write sizes below the formula that they all come from, and light the grid of each as its line comes."""
    rungs = [size_rungs(size, scene.theme, short=True) for size in sizes]
    heads = [each[6] for each in rungs]
    first, *lines = ladder.rungs(*rungs[0][:2], *(each[2] for each in rungs), heads=heads)
    ladder.put(first)
    for line, grid in zip(lines, grids, strict=True):
        scene.appear(line, into=ladder)
        scene.point(grid, seconds=0.7)
