"""A story in parts with one picture that stays, and a row of small frames: what a part was about goes there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from manim import FadeIn, FadeOut, Mobject
from numpy.typing import NDArray

from cnnviz.stage.arranging import pictures
from cnnviz.stage.glide import LATE, SOON, Glide, Resettle
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import CAPTION, LABEL, LARGEST_CELL, NOTE, Box
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.mobjects.tiles import Tiles
from cnnviz.stage.pictures.arrows import Arrows
from cnnviz.stage.pictures.grid import Cell, Grid
from cnnviz.stage.pictures.made import Made
from cnnviz.stage.pictures.picture import TITLE_HEIGHT, Slot
from cnnviz.stage.pictures.window import Outline, Window
from cnnviz.stage.place import Column, Row, Table
from cnnviz.stage.stories.stages import Stages
from cnnviz.stage.text import Label, text_width
from cnnviz.stage.theme import at_hand
from cnnviz.subjects.number import cell_text
from cnnviz.subjects.run import Run

_GAP, _MOST, _INNER = 0.12, 1.1, 0.86
"""Units between frames, and the largest side of one; of that side, what is in it."""
_BAND = 4  # rows that stand for one that would be too thin
_FULL = 0.7  # of the distance of two bars
_AIR, _LINE = 0.2, 0.36  # units: between pictures, and height of the line
_ASIDE, _ABOVE = 0.31, 0.42  # of the stage, for the picture that stays: of its width; of its height in a tall frame
_FLAT, _TALL = ((0, 1, 2), (3, 4, 5)), ((0, 1), (3,), (4,), (2, 5))  # which kinds stand side by side
_BETWEEN, _BELOW = 0.6, 0.3  # units: between two kinds, and between two lines of them
_SLACK, _LEAST, _LESS = 0.4, 0.1, 0.94  # units: for longer titles; the least cell; steps on the way to what fits
_HALF, _BEYOND, _BOLD = 0.55, 1.1, 1.5  # of the room, for a plane; its edge, of the longest; width of an arrow
_SAID = 0.6  # of the width of the room, for a line below
_ACROSS = (3, 4, 6)  # how many may stand side by side in the end


class Stations(Slot):
    """Empty frames with their numbers, to be filled one after the other.

    ::

        [▒][▒][3][4][5]

    Parameters
    ----------
    count, lines : int
    width : float
        Room in units.
    """

    def __init__(self, count: int, width: float, lines: int = 1) -> None:
        self.count, self.across = count, -(-count // lines)
        self.side = min(_MOST, (width - (self.across - 1) * _GAP) / self.across)
        super().__init__(width, lines * self.side + (lines - 1) * _GAP)

    @property
    def inner(self) -> float:
        """The side of what is in a frame."""
        return _INNER * self.side

    def frame(self, number: int) -> Box:
        """Return a frame, counted from 1."""
        row, column = divmod(number - 1, self.across)
        pitch = (self.box.width - self.side) / max(1, self.across - 1)
        left, top = self.box.left + column * pitch, self.box.top - row * (self.side + _GAP)
        return Box(left, top - self.side, left + self.side, top)

    def draw(self, cell: float) -> None:
        """Draw all frames, empty."""
        super().draw(cell)
        frames = [self.frame(number) for number in range(1, self.count + 1)]
        self.numbers = [Label(str(i), NOTE, self.theme.muted, at=frame.center) for i, frame in enumerate(frames, 1)]
        self.put(Tiles(frames, outline=self.theme.line, width=1.5), *self.numbers)
        self.light = self.append(Rectangle(frames[0], outline=self.theme.highlight, width=3.0))

    def go(self, number: int) -> None:
        """Light up another frame."""
        self.light.reshape(self.frame(number))

    def fill(self, number: int, picture: Any, came: Any) -> Resettle:
        """Return the motion in which a picture goes to a frame, from where another one stands."""
        (wide, high), (x, y) = picture.size(1.0), self.frame(number).center
        picture.settle(x - wide / 2, y + high / 2, 1.0)
        self.take(self.numbers[number - 1])
        return Resettle(picture, came.box)


class Journey(Stages):
    """One picture stays, the room beside or below it is for the part at hand, at the right or below is the row.

    Attributes
    ----------
    x : Grid
        What stays.
    last : Picture
        What stood in the room as the first of the part before.
    """

    def set_out(self, x: Grid) -> None:
        """Set the picture that stays, the room, and the row: below, or as two columns at the right of a wide frame."""
        stage, wider = self.frame.stage, self.frame.width - self.frame.height
        beside, tall, count = wider > 0, wider < 0, len(self.lines)
        side = (stage.height - (count // 2 - 1) * _GAP) / (count // 2)
        self.x = x
        self.row = Stations(count, *((2 * side + _GAP, count // 2) if beside else (stage.width, 2)))
        across, down = self.row.size(0.0)
        width, high = (
            (stage.width - across - 2.1 * _AIR, stage.height) if beside else (stage.width, stage.height - down - _AIR)
        )
        high -= _LINE + 1.1 * _AIR
        most = min(_ABOVE * high, width) if tall else min(high, _ASIDE * stage.width + TITLE_HEIGHT)
        x.most = (most - TITLE_HEIGHT) / x.rows
        wide, deep = x.extent(x.most)
        self.line = Slot(width, _LINE)
        self.room = Slot(*((width, high - deep - _AIR) if tall else (width - wide - 2.1 * _AIR, high)))
        middle = Column(x, self.room, gap=_AIR) if tall else Row(x, self.room, gap=2 * _AIR)
        inside = Column(self.line, middle, gap=_AIR)
        self.arrange(Row(inside, self.row, gap=2 * _AIR) if beside else Column(inside, self.row, gap=_AIR))
        self.here: list[Any] = []
        self.makes: dict[int, Callable[[float], Any]] = {}
        self.smalls: dict[int, Any] = {}

    def begin(self, *items: Any) -> None:
        """Set the pictures of the first part."""
        self.act(1, *items, gap=_AIR)
        self.add(*items)
        self.here, self.last, self.number = [*items], items[0], 1

    def turn(
        self, number: int, *items: Any, small: Callable[[float], Any], big: Any, later: Sequence[Any] = ()
    ) -> None:
        """Let what stood for the part before shrink into the row, while pictures of the next one come."""
        moves: list[Any] = [self.keep(small, big)]
        come = pictures(items)
        stood = [(one, one.box, one.top) for one in come if one in self.here]
        moves += [FadeOut(one, rate_func=SOON) for one in self.here if one not in come]
        self.act(number, *items, gap=_AIR)
        self.row.go(number)
        moves += [Resettle(*each) for each in stood]
        moves += [FadeIn(one, rate_func=LATE) for one in come if one not in (*self.here, *later)]
        self.play(*moves, run_time=0.9)
        self.here, self.last, self.number = come, come[0], number

    def keep(self, small: Callable[[float], Any], big: Any) -> Resettle:
        """Return the motion in which what stands for the part at hand goes to the row, made for the side of a frame."""
        self.makes[self.number] = small
        self.smalls[self.number] = made = small(self.row.inner)
        self.add(made)
        return self.row.fill(self.number, made, big)

    def look_back(self, small: Callable[[float], Any], big: Any, names: Sequence[Template]) -> list[Any]:
        """Let the row grow over the whole stage, each picture with its name, and go through it; return the pictures."""
        self.play(self.keep(small, big), *(FadeOut(one, rate_func=SOON) for one in self.here), run_time=0.7)
        stage = self.frame.stage
        room = Box(stage.left, stage.bottom, stage.right, stage.top - _LINE - _AIR)

        def side(across: int) -> float:
            lines = len(names) // across
            wide = (room.width - (across - 1) * 2 * _AIR) / across
            if wide < max(text_width(say(name), LABEL) for name in names):
                return 0.0
            return min(wide, (room.height - (lines - 1) * _AIR) / lines - TITLE_HEIGHT)

        across = max(_ACROSS, key=side)
        large = [self.makes[number](0.98 * side(across)) for number in range(1, len(names) + 1)]
        for picture, name in zip(large, names, strict=True):
            picture.title = say(name)
        lines = [large[at : at + across] for at in range(0, len(large), across)]
        instead = {one: self.smalls[number] for number, one in enumerate(large, 1)}
        self.rearrange(Table(*lines, gap=(2 * _AIR, _AIR)), room=room, gone=[self.x, self.row], instead=instead)
        for picture in large:
            self.point(picture.box, seconds=0.2)
        return large

    def come(self, picture: Any, start: Any) -> None:
        """Let a picture travel to its place out of another one."""
        picture.remove(title := picture.heading)
        self.add(picture)
        self.play(Resettle(picture, start.box), run_time=0.9)
        picture.add(title)

    def cover(self, drop: Grid, size: int) -> list[Outline]:
        """Cover every place of what stays in turn; each gets its number, and the cover ends on the largest."""
        on = Outline(self.x, (0, 0), size, size, color=self.theme.kernel)
        mark = Outline(drop, (0, 0), color=self.theme.kernel)

        def hide(place: tuple[int, int]) -> None:
            self.x.show()
            self.x.sink([(place[0] + i, place[1] + j) for i in range(size) for j in range(size)])
            on.lay(place)
            mark.lay(place)
            drop.show([place])

        self.add(on, mark)
        self.here += [on, mark]
        self.walk(drop.everywhere(), None, hide, seconds=3.4)
        hide(divmod(int(drop.values.argmax()), drop.columns))
        self.point(on, mark)
        return [on, mark]

    def trained(self, run: Run, title: Template) -> tuple[Table, Slot]:
        """Make the filters before a training, in two lines, and room for what was lost."""
        look: dict[str, Any] = {"scale": run.strongest, "form": "pixels"}
        first, second = np.split(run.filters[0], 2)
        above = [Grid(w, "kernel", "" if at else title, detail=" " if at else "", **look) for at, w in enumerate(first)]
        below = [Grid(w, "kernel", **look) for w in second]
        return Table(above, below), Slot(_SAID * self.room.box.width, _LINE)

    def train(self, run: Run, filters: Sequence[Grid], line: Slot) -> None:
        """Show the filters of epoch after epoch, and the loss with them."""

        def go(epoch: int) -> None:
            for grid, values in zip(filters, run.filters[epoch].astype(float), strict=True):
                grid.rewrite(dict(np.ndenumerate(values)))
            told: Template = "epoch {number}: loss {loss}"
            text = say(told, number=epoch, loss=cell_text(float(run.loss[epoch, 0])))
            line.put_line([(text, self.theme.text)], CAPTION)

        self.walk(range(run.epochs + 1), None, go, seconds=3.0)

    def plane(self, vectors: NDArray[Any]) -> Arrows:
        """Make a plane for vectors of many lengths."""
        room, named = self.room.box, {str(at): vector.tolist() for at, vector in enumerate(vectors)}
        side = min(_HALF * room.width, room.height - TITLE_HEIGHT)
        reach = float(np.abs(vectors).max()) * _BEYOND
        return Arrows(named, side, roles=dict.fromkeys(named, "input"), reach=reach, detail=" ")

    def shorten(self, plane: Arrows, vectors: NDArray[Any], before: Grid, after: Grid) -> None:
        """Show the vectors with their lengths, let them become others, and come closer to see these."""
        for name, cell in zip(plane.vectors, before.everywhere(), strict=True):
            plane.show(name, wide=_BOLD)
            before.show([cell])
            self.hold(0.25)
        self.play(plane.go({str(at): vector.tolist() for at, vector in enumerate(vectors)}), run_time=0.9)
        plane.hide(*plane.vectors)
        plane.roles = dict.fromkeys(plane.vectors, "output")
        for name in plane.vectors:
            plane.show(name)
        after.show()
        self.play(plane.approach(_BEYOND), run_time=0.9)

    def slide_over(self, grids: Sequence[Grid], kernels: Sequence[Sequence[int]]) -> None:
        """Let a window go over each grid, all at once, from the first place to the last."""
        windows = [Window(grid, kernel) for grid, kernel in zip(grids, kernels, strict=True)]
        self.here += windows
        self.appear(*windows)
        ends = [(one.grid.rows - one.span[0], one.grid.columns - one.span[1]) for one in windows]
        self.play(*(Glide(one, one.shift_to(end)) for one, end in zip(windows, ends, strict=True)), run_time=1.6)

    def small(self, values: Any, role: str, only: Sequence[Cell] = (), **look: Any) -> Callable[[float], Grid]:
        """Return what makes a grid of some side, for a frame of the row; it may show ``only`` some of its cells."""
        scale, most = float(np.abs(values).max()) or 1.0, max(np.shape(values))

        def make(side: float) -> Grid:
            made = Grid(values, role, scale=scale, form="pixels", side=side / most, detail="", **look)
            if only:
                made.only(only)
            return made

        return make

    def grid(self, values: Any, role: str, title: Template, **look: Any) -> Grid:
        """Make a grid on its own scale."""
        return Grid(values, role, title, detail="", scale=float(np.abs(values).max()) or 1.0, **look)


class Gathered(Stages):
    """What a story is about stands gathered at the left or below all the time; one after the other grows out of it.

    Attributes
    ----------
    small : list of Grid
        In the frames of the row.
    old : list
        What is in the room, and will go.
    """

    def shelve(self, shapes: Sequence[tuple[int, ...]], make: Callable[[int, float], list[Grid]]) -> list[list[Grid]]:
        """Make the sheets of all kinds as large as fits; those of one line, or of several sheets, share what is left.

        Parameters
        ----------
        shapes : sequence of (sheets, rows, columns)
        make : callable
            Takes which kind and the side of a cell, returns its sheets.
        """
        stage, lines, large = self.frame.stage, self._lines(), dict[int, list[Grid]]()
        high = (stage.height - _BELOW * (len(lines) - 1)) / len(lines) - TITLE_HEIGHT
        width = stage.width - _SLACK
        for line in lines:
            whole, tall, left = [each for each in line if shapes[each][0] == 1 < shapes[each][1]], high, -1.0
            while left < 0:
                large.update({each: make(each, tall / shapes[each][1]) for each in whole})
                left = width - _BETWEEN * (len(line) - 1) - sum(large[each][0].extent(1.0)[0] for each in whole)
                tall *= _LESS
            for each in set(line) - set(whole):
                deep, rows, columns = shapes[each]
                room = left / (len(line) - len(whole))
                side = min(high / rows, (room - _GAP * (deep - 1)) / deep / columns, LARGEST_CELL)
                large[each] = make(each, side)
                while Row(*large[each], gap=_GAP).extent(1.0)[0] > room and side > _LEAST:  # titles are wide
                    side *= _LESS
                    large[each] = make(each, side)
        return [large[each] for each in sorted(large)]

    def shelves(self, large: Sequence[Sequence[Grid]]) -> Column:
        """Set the sheets of all kinds in lines."""
        rows = (Row(*(Row(*large[each], gap=_GAP) for each in line), gap=_BETWEEN) for line in self._lines())
        return Column(*rows, gap=_BELOW)

    def _lines(self) -> tuple[tuple[int, ...], ...]:
        return _FLAT if self.frame.width >= self.frame.height else _TALL

    def set_out(self, large: Sequence[Sequence[Grid]]) -> None:
        """Find places for a column at the left, or a row below; the sheets of all kinds shrink there with `bring`."""
        stage, beside, count = self.frame.stage, self.frame.width > self.frame.height, len(large)
        side = (stage.height - _GAP * count) / count if beside else stage.width
        self.row = Stations(count, side, count if beside else 1)
        wide, high = self.row.size(0.0)
        room = (stage.width - wide - 0.3, stage.height) if beside else (stage.width, stage.height - high - 0.3)
        self.line, self.room = Slot(room[0], _LINE), Slot(room[0], room[1] - _LINE - 0.1)
        inside = Column(self.line, self.room, gap=0.05)
        self.fit(Row(self.row, inside, gap=0.25) if beside else Column(inside, self.row, gap=0.2))
        middle = [sheets[len(sheets) // 2] for sheets in large]
        values = [each.values.repeat(_BAND if each.rows == 1 else 1, axis=0) for each in middle]
        self.small = [Grid(v, "input", side=self.row.inner / max(v.shape), form="pixels") for v in values]
        pairs = enumerate(zip(self.small, middle, strict=True), 1)
        self.shrink = [self.row.fill(number, small, before) for number, (small, before) in pairs]
        self.stood = [*middle, *large[0]]
        self.start = [(sheet.box, sheet.top) for sheet in large[0]]
        self.old: list[Any] = [sheet for sheets in large for sheet in sheets if sheet not in self.stood]

    def bring(self, number: int, pictures: Sequence[Any], others: Sequence[Any]) -> None:
        """Let pictures grow out of a frame of the row, or at first out of their places; others come, old ones go."""
        self.row.go(number)
        small = self.small[number - 1]
        starts = self.start if self.shrink else [(small.box, small.top)] * len(pictures)
        if self.shrink:
            self.add(self.row, self.line, self.room, *self.small)
            self.remove(*self.stood)
        self.play(
            *self.shrink,
            *(Resettle(one, *start) for one, start in zip(pictures, starts, strict=True)),
            *(FadeIn(one, rate_func=LATE) for one in others),
            *(FadeOut(one, rate_func=SOON) for one in self.old),
            run_time=0.9,
        )
        self.shrink = []


def small_bars(values: Sequence[float], peak: float, role: str, *, upward: bool = False) -> Callable[[float], Made]:
    """Return what makes bars without words, from the left or from the ground, for a square of some side."""
    look, pitch = at_hand(), 1 / len(values)

    def place(box: Box, index: int, share: float) -> Box:
        far, near, end = (index + (1 - _FULL) / 2) * pitch, (index + (1 + _FULL) / 2) * pitch, max(share, 0.02)
        if upward:
            return Box(*_at(box, far, 0.0), *_at(box, near, end))
        return Box(*_at(box, 0.0, 1 - near), *_at(box, end, 1 - far))

    def make(box: Box) -> list[Mobject]:
        rails = [place(box, i, 1.0) for i in range(len(values))]
        full = [place(box, i, value / peak) for i, value in enumerate(values)]
        return [Tiles(rails, fill=look.rail), Tiles(full, fill=look.role(role))]

    return lambda side: Made(side, side, make, role=role)


def _at(box: Box, x: float, y: float) -> tuple[float, float]:
    return box.left + x * box.width, box.bottom + y * box.height
