"""Where the maps and kernels of lanes are, and what is written below them: the largest that fits."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from cnnviz.stage import layout
from cnnviz.stage.language import say
from cnnviz.stage.layout import Box, units
from cnnviz.stage.mobjects.shapes import Point
from cnnviz.stage.pictures.diagram import word
from cnnviz.stage.pictures.lane_block import VIEW
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.text import text_width
from cnnviz.subjects.blueprint import Part

LEADING, GAP, AIR, THIN = 1.35, 0.26, 0.1, 0.055  # lines, in type sizes; between blocks, around them; least kernel
BAR, FOOT, _SHARE = 0.36, 0.5, 0.3  # heights of a bar and of the line below all; of the width, for bars
_SIZES = (layout.CAPTION, layout.LABEL, layout.NOTE + 3, layout.NOTE + 1, layout.SMALLEST + 1, layout.SMALLEST)
_LEAST = (0.45, 0.3, 0.1)  # shares of a lane's height for blocks, at least
_SHORT = 3  # ways to say what a kernel costs: in one line, in two, or in short
_SQUAT = 1.4  # the side of the largest maps, in lengths of the longest block, at most
_WIDE_GAP = 0.6  # where ways cross
_ASIDE = 1.2  # from so many heights in width on, bars stand beside lanes, not below them
SLICE = 16
"""Maps between two lines on a block."""
Lane = Sequence[Part]


class LanePlan(Slot):
    """Lanes of layers, their columns and their words, of which nothing is drawn; `Lanes` says what goes in."""

    def __init__(
        self,
        lanes: Sequence[Lane],
        reads: tuple[int, int, int],
        width: float,
        height: float,
        *,
        later: Sequence[Lane] = (),
        mixed: Sequence[int] = (),
        peak: int = 0,
        foot: bool = False,
        called: Sequence[str] = (),
    ) -> None:
        super().__init__(width, height)
        self.lanes, self.reads, self.mixed, self.peak = [[*lane] for lane in lanes], reads, tuple(mixed), peak
        self.later, self.foot, self.called = [[*lane] for lane in later], foot, tuple(called)
        every = [*self.lanes, *self.later]
        self.columns = max(map(len, every))
        self.wide = width > _ASIDE * height

    def draw(self, cell: float) -> None:
        """Find the type and the lengths; nothing is drawn."""
        super().draw(cell)
        box, beside = self.box, bool(self.peak) and self.wide
        self.right = box.right - (_SHARE * box.width if beside else 0.0)
        self.high = (box.height - FOOT * self.foot) / len(self.lanes)
        self.pad = AIR if self.called or not beside else AIR / 3
        forms = [(size, lines) for many in ((1, 2), (_SHORT,)) for size in _SIZES for lines in many]
        ways = [(least, *form) for least in _LEAST for form in forms]
        for least, self.type_size, self.lines in ways:
            below = min(self.lines, 2) * units(self.type_size) * LEADING + self.pad
            below += (BAR + AIR) * (bool(self.peak) and not beside)
            self.tall = self.high - below - 2 * self.pad
            if self.tall >= least * self.high and self._fits():
                break

    def _fits(self) -> bool:
        """Find how long a map is and where columns are; tell whether their words fit."""
        room = self.right - self.box.left - 2 * AIR
        every = [*self.lanes, *self.later]
        texts = [0.0] * (self.columns + 1)
        for lane in every:
            for place, part in enumerate(lane):
                for line in self._told(lane, place, part):
                    texts[place] = max(texts[place], text_width(line, self.type_size))
            texts[-1] = max(texts[-1], text_width(self._made(lane), self.type_size))
        texts[-1] = max(0.0, texts[-1])

        def widths(each: float) -> list[float]:
            made = []
            for column in range(self.columns + 1):
                shapes = [shape for lane in every if (shape := self._shape(lane, column))]
                blocks = [self._hull(shape, each)[0] for shape in shapes]
                made.append(max([texts[column], *blocks]) + gap)
            return made

        low, gap = 0.0, _WIDE_GAP if self.mixed and self.wide else GAP
        for _ in range(3):  # the longer blocks are, the more they lean, and the lower they have to be
            self.upright = self._upright(low)
            low, high = 0.0, 0.05
            for _ in range(30):
                middle = (low + high) / 2
                low, high = (middle, high) if sum(widths(middle)) <= room else (low, middle)
        self.each = low
        spare, found = room - sum(widths(low)), widths(low)
        self.spans, left = [], self.box.left + AIR
        for wide in found:
            self.spans.append((left, left + wide + spare / len(found)))
            left = self.spans[-1][1]
        own = [self.reads, *(part.shape for part in every[0])]
        clear = all(texts[place] <= self._hull(own[place], low)[0] for place in self.mixed)
        longest = max(self._hull(shape, low)[0] for shape in self._shapes())
        return spare >= -1e-6 and low > 0.003 and clear and (not self.wide or longest >= max(texts))

    def _shape(self, lane: Lane, column: int) -> tuple[int, ...] | None:
        """Return the maps that stand in a column; those that come out stand in the last one."""
        if column == self.columns:
            return lane[-1].shape
        return self.reads if column == 0 else lane[column - 1].shape if column < len(lane) else None

    def _hull(self, shape: tuple[int, ...], each: float) -> Point:
        """Return width and height of a block."""
        side, deep = self._side(shape), shape[0] * each
        (a, b), (c, d) = VIEW.project(side, 0.0, 0.0), VIEW.project(0.0, 0.0, deep)
        return abs(a) + abs(c), abs(b) + abs(d) + VIEW.project(0.0, side, 0.0)[1]

    def _shapes(self) -> list[tuple[int, ...]]:
        return [self.reads, *(part.shape for lane in (*self.lanes, *self.later) for part in lane)]

    def _upright(self, each: float) -> float:
        """Return the side of a cell with which every block is within its lane."""
        (_, lean), (_, high) = VIEW.project(0.0, 0.0, -each), VIEW.project(1.0, 1.0, 0.0)
        side = min((self.tall - shape[0] * lean) / (high * shape[-1]) for shape in self._shapes())
        longest, widest = (max(sizes) for sizes in zip(*((s[0], s[-1]) for s in self._shapes()), strict=True))
        return min(side, _SQUAT * longest * each / widest) if each else side

    def _side(self, shape: tuple[int, ...]) -> float:
        return self.upright * shape[-1]

    def row(self, lane: int) -> Box:
        """Return the room of a lane."""
        top = self.box.top - lane * self.high
        return Box(self.box.left, top - self.high, self.box.right, top)

    def _y(self, lane: int) -> float:
        return self.row(lane).top - self.pad - self.tall / 2

    def _x(self, column: int) -> float:
        return sum(self.spans[column]) / 2

    @staticmethod
    def _slices(shape: tuple[int, ...]) -> int:
        return shape[0] // SLICE if shape[0] % SLICE == 0 else 0

    def _told(self, lane: Lane, place: int, part: Part) -> list[str]:
        """Say what the weights of a kernel are, so that one can multiply."""
        if not part.parameters:
            return [word(part)]
        shape = self._shape(lane, place)
        assert shape is not None
        maps = shape[0] * (len(self.lanes) if place in self.mixed else 1)
        weights = maps * prod(map(int, part.size.split(" × "))) * part.shape[0]
        kernel, bias = f"{part.size} × {maps}", part.parameters - weights
        if bias == part.shape[0]:
            kernel = f"({kernel} + 1)"
        elif bias:
            return [word(part), f"{part.parameters:,}"]
        total = "" if self.peak else f" = {part.parameters:,}"
        if self.lines == _SHORT:
            return [f"{part.size} × {maps}", f"{part.parameters:,}"]
        texts = [kernel, f"× {part.shape[0]}{total}"]
        return [" ".join(texts)] if self.lines == 1 else texts

    def _made(self, lane: Lane) -> str:
        return self._count(lane[-1].shape[0])

    @staticmethod
    def _count(maps: int) -> str:
        return say("{maps} maps", maps=maps)
