"""A photo, the kernel that is laid on it, the map that this paints, and a wall where finished maps hang."""

from __future__ import annotations

from typing import Any

from cnnviz.stage.language import Template, say, written
from cnnviz.stage.layout import LABEL
from cnnviz.stage.mobjects.scale_bar import ScaleBar, fill_scale, gray_scale
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.place import Column, Row, Table
from cnnviz.stage.scene import Scene
from cnnviz.stage.text import Line, text_width
from cnnviz.subjects.number import cell_text

ROOM, LOW, TALL = 1.52, 1.24, 6.0  # of a window's numbers and of a kernel; in a low frame; a stage as high is not low
ANSWER = 1.85  # units: of what a window makes
SAID = 21  # type of what the weights add up to
SMALL = 0.26  # of a map that has been hung up, in sizes of the photo

SUM: Template = "weights add up to"


class Hanging(Scene):
    """The places of a gallery, and what is put there."""

    def build(self) -> None:
        """Set the photo and all kernels, the places of window, kernel and result, that of the map, and the wall."""
        s = self.s
        self.photo = Grid(s.picture.values[0], "input", "photo", photo=s.picture.peak, form="pixels")
        self.maps = [self.map_of(exhibit, "feature map", hidden=True) for exhibit in s.exhibits]
        self.small = [self.map_of(exhibit, zoom=SMALL) for exhibit in s.exhibits if len(s.exhibits) > 1]
        widest = max(text_width(say(each.kernel.title), LABEL) for each in s.exhibits)
        canvas = Grid(s.picture.values[0], "output", "feature map", form="pixels")
        self.room = ROOM if self.frame.is_wide or self.frame.stage.height > TALL else LOW
        self.patch, self.kernel = Slot(self.room, self.room + 0.42), Slot(max(self.room, widest), self.room + 0.42)
        sums = [f"{say(SUM)} {written(each.total)}" for each in s.exhibits]
        below = max(ANSWER, *(text_width(text, SAID) for text in sums))
        self.result, self.total, self.legend = Slot(below, 0.6), Slot(below, 0.34), Slot(3.0, 0.3)
        whole, answers = Column(canvas, self.legend, gap=0.1), Column(self.result, self.total, gap=0.08)
        upright, photo = Column(self.kernel, self.patch, answers, gap=0.12), self.photo
        right, under = ([self.wall(columns)] * bool(self.small) for columns in (2, 8))
        pair, numbers = Row(photo, whole), Row(self.kernel, self.patch, answers, gap=0.3)
        orders: list[tuple[Any, ...]] = [
            (photo, upright, whole, *right),
            (photo, upright, whole, *under),
            (pair, upright, *right),
        ]
        orders += [(pair, numbers, *under), (pair, numbers, *([self.wall(4)] * bool(self.small)))]
        cell = self.fit(*self.roomiest(*orders, gap=0.3), gap=0.3)
        self.hall = Slot(*canvas.extent(cell))
        self.hall.settle(canvas.box.left, canvas.top, cell)
        self.places = [self.patch, self.kernel, self.result, self.total, self.hall, self.legend]
        self.add(self.photo, *self.places)
        look: dict[str, Any] = {"detail": "", "most": 0.7}
        every = [exhibit.kernel for exhibit in s.exhibits]
        self.marks: list[Any] = [Grid(k.values, "kernel", k.title, texts=k.labels, **look) for k in every]
        room = self.frame.left_by(self.photo.box)
        self.fit(*self.roomiest(*([in_rows(self.marks, n, 0.2)] for n in (4, 3, 2, 1)), room=room), room=room)

    def wall(self, columns: int) -> Table:
        """Set the places of finished maps in rows."""
        return in_rows(self.small, columns, 0.12)

    def map_of(self, exhibit: Any, title: str = "", **look: Any) -> Grid:
        """Make the map of a kernel: a picture where its weights have a positive sum, else in the colors of signs."""
        shown: dict[str, Any] = {"scale": exhibit.scale} if exhibit.signed else {"photo": exhibit.scale}
        return Grid(exhibit.map, "output", title, form="pixels", **shown, **look)

    def put(self, place: Slot, values: Any, role: str, title: str, texts: Any = None) -> None:
        """Put a small matrix into its place."""
        side = min(0.56, self.room / max(values.shape))
        scale = self.s.picture.peak if role == "input" else float(abs(values).max())
        grid = Grid(values, role, title, detail="", side=side, scale=scale, texts=texts)
        place.put(grid).settle(place.box.left, place.box.top, side)

    def put_legend(self, exhibit: Any) -> None:
        """Say what the colors of a map mean, and what the weights add up to."""
        colors, (least, most) = gray_scale(), ("0", cell_text(exhibit.scale))
        if exhibit.signed:
            colors, (least, most) = fill_scale(self.theme, exhibit.scale, signed=True)
        ends = exhibit.ends(least, most)
        self.legend.put(ScaleBar(colors, ends, at=self.legend.box.center, width=1.5, theme=self.theme))
        runs = [(say(SUM) + " ", self.theme.muted), (written(exhibit.total), self.theme.kernel)]
        self.total.put(Line(runs, SAID, at=self.total.box.center))

    def tile(self, exhibit: Any, one: Grid, side: float) -> Column:
        """Make a place for a map beside its kernel."""
        kernel, head = exhibit.kernel, Slot(0.1, 0.0, exhibit.kernel.title, role="kernel")
        weights = Grid(kernel.values, "kernel", side=side / max(kernel.values.shape), texts=kernel.labels)
        weights.note = say("sum {total}", total=exhibit.total)
        return Column(head, Row(one, weights, gap=0.12), gap=0.0)


def in_rows(items: list[Any], columns: int, gap: float) -> Table:
    """Set pictures in rows of so many."""
    rows = [items[at : at + columns] for at in range(0, len(items), columns)]
    return Table(*(row + [Slot(0.0, 0.0)] * (columns * (len(rows) > 1) - len(row)) for row in rows), gap=(gap, gap))
