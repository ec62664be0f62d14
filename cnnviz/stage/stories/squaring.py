"""A photo gets into the square that a network reads: three ways, what each costs, and the three beside each other."""

from __future__ import annotations

from typing import Any

from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import LABEL
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.made import Made
from cnnviz.stage.pictures.picture import TITLE_HEIGHT, Slot
from cnnviz.stage.place import Column
from cnnviz.stage.scene import Scene
from cnnviz.stage.stories.fitting import GAP, LINES, hang_over, travel, widest
from cnnviz.stage.text import size_within
from cnnviz.subjects.preprocessing import Preprocessing

FLAT, HANGING, WIDE = 2.3, 0.29, 1.5  # a flat stage, in heights; a square in it, in widths; a photo, in heights
NAMES: dict[str, Template] = {"crop": "crop", "letterbox": "letterbox", "stretch": "stretch"}
COSTS: dict[str, tuple[Template, Template]] = {
    "crop": ("Crop: shapes stay true, but {share} of the picture is cut off.", "{share} cut off"),
    "letterbox": ("Letterbox: all of it stays, and {share} of the square is left empty.", "{share} empty"),
    "stretch": ("Stretch: all of it stays, but one way is squeezed {share} times as much.", "{share} times"),
}


class Squaring(Scene):
    """A scene in which a photo gets into a square."""

    def fit_in(self, s: Preprocessing) -> Grid:
        """Lay a picture into the square in three ways, fan these out, and return the one that goes on."""
        size, stage = s.size, self.frame.stage
        rows, columns = s.picture.values.shape[1:]
        beside, below = (stage.width - 3 * GAP) / (1 + WIDE), (stage.height - GAP - 2 * LINES) / 2
        is_flat = stage.width > FLAT * stage.height
        side = min(HANGING * stage.width if is_flat else max(below, beside), stage.height - LINES)
        fine = side * min(1 / s.shown.values.shape[1], WIDE / s.shown.values.shape[2])
        photo = picture(s, s.shown.values, "picture", fine, detail=f"{rows} × {columns}")
        squares = [picture(s, one.values, "", side / size, detail="") for one in s.fitted]
        name, note = Slot(side, TITLE_HEIGHT - 0.08), Slot(side, 0.34)
        empty = Made(side, side, lambda box: Rectangle(box, fill=self.theme.cell, outline=self.theme.line, width=1.5))
        self.arrange(photo, Column(name, empty, note, gap=0.08), gap=GAP)
        told: Template = "This network reads {size} × {size} pixels, no others. How does the picture get in?"
        with self.beat(told, size=size, focus=photo):
            if columns >= rows:  # else it would hang over this, too
                self.note(note, (f"{size} × {size}", "muted"))
            if rows != columns:
                hang_over(self, photo, empty)
            self.note(note, (f"{size} × {size}", "muted"))
        for one, square in zip(s.fitted, squares, strict=True):
            square.settle(empty.box.left, empty.box.top, 0.0)
            told, costs = COSTS[one.way]
            with self.beat(told, share=one.cost, focus=square):
                travel(self, photo, square, one.way)
                self.note(name, (say(NAMES[one.way]), "input"))
                self.note(note, (say(costs, share=one.cost), "highlight"))
        told = "Each has its price. We go on with this one: {way}."
        if rows == columns:
            told = "A square picture fits as it is, in all three ways."
        side = widest(stage, len(squares), LINES)
        fanned = [picture(s, one.values, NAMES[one.way], side / size, detail="") for one in s.fitted]
        chosen = fanned[[one.way for one in s.fitted].index(s.fit)]
        notes = [Slot(side, 0.34) for _ in fanned]
        with self.beat(told, way=NAMES[s.fit], focus=chosen):
            columns_of = [Column(*each, gap=0.08) for each in zip(fanned, notes, strict=True)]
            fan = dict(zip(fanned, squares, strict=True))
            self.rearrange(*columns_of, instead=fan, gone=[photo, name, empty, note], gap=GAP)
            for one, slot in zip(s.fitted, notes, strict=True):
                self.note(slot, (say(COSTS[one.way][1], share=one.cost), "highlight"))
            self.point(chosen)
        self.vanish(*(square for square in fanned if square is not chosen), *notes)
        return chosen

    def note(self, slot: Slot, *runs: tuple[str, str]) -> None:
        """Write a line in place of the one before, as large as there is room."""
        size = size_within(slot.size(0.0)[0], LABEL, *(text for text, _ in runs))
        slot.put_line([(text, self.theme.role(role)) for text, role in runs], size)


def picture(s: Preprocessing, values: Any, title: Template, side: float, **look: Any) -> Grid:
    """Draw a picture of one channel or three, with pixels of a side."""
    return Grid(values[0], "input", title, photo=s.peak, colors=values, form="pixels", side=side, **look)
