"""Pixels: what a computer sees in a picture, in gray one sheet of numbers, in color three."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Approach, Column, Grid, Line, Scene, Slot, Stack, Tunnel
from cnnviz.stage.language import say, written
from cnnviz.stage.layout import LABEL
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.stories.unfolding import photo_of, unfold
from cnnviz.stage.theme import CHANNELS

READABLE = 16.6  # pixels: type that is still large enough on a sheet seen from the side


class Pixels(
    Scene,
    subject=subjects.Pixels,
    takeaway="A picture is numbers: height × width of them in gray, three times as many in color.",
    concepts=("pixel", "channels", "RGB", "shape"),
    seconds=35,
    gif="pixels",
):
    """From a photo into a patch, into numbers, and apart into three sheets."""

    title = "Pixels"
    subtitle = "what a computer sees"

    subject: subjects.Pixels

    def tell(self, s: subjects.Pixels) -> None:
        """Come closer until pixels are numbers, in gray, then in color."""
        self.s, side, detail = s, s.side, " × ".join(map(str, s.values.shape))
        photo = photo_of(self, s.gray)
        with self.beat("We see a picture at a glance. What does a computer see?", focus=photo.box):
            self.rest(2.2)
        self.come_closer(photo)
        self.go_back(photo)
        self.remove(photo)
        photo = photo_of(self, s.color)
        self.gray = Grid(s.levels, "input", "gray", detail=f"{side} × {side}", scale=s.gray.peak, photo=s.gray.peak)
        self.notes = Slot(3.0, 1.95)
        for form in ("auto", "pixels"):
            sheets = [Grid(v, c, scale=s.color.peak, form=form) for v, c in zip(s.values, CHANNELS, strict=True)]
            self.stack = Stack(sheets, "color", detail=detail, folded=True)
            self.fit(Column(self.gray, self.notes, gap=0.1), self.stack)
            if sheets[0].type_size >= READABLE:
                break
        with self.beat("In color, the same pixels. How many numbers does each one take?", focus=photo.box):
            self.rest(1.6)
            self.play(Approach(photo, photo.around(s.corner, side, side)), run_time=1.6)
        with self.beat("Three: a sheet of red, one of green and one of blue.", focus=sheets):
            names = unfold(self, photo, s.corner, self.stack)
        self.read(names)
        self.finish()

    def come_closer(self, photo: Any) -> None:
        """Move in until the numbers of the patch can be read, and point at two of them."""
        s = self.s
        with self.beat("Come closer: it is made of squares, the pixels.", focus=photo.box):
            self.play(Approach(photo, photo.around(s.corner, s.side, s.side, 1.0)), run_time=2.4)
            self.rest(0.6)
        (dark, bright), (row, column) = s.extremes, s.corner
        fields = {"dark": s.levels[dark], "bright": s.levels[bright]}
        with self.beat("Each pixel is one number: {dark} is dark, {bright} is bright.", **fields):
            self.numbers = photo.numbers()
            self.appear(self.numbers)
            boxes = [photo.cell_box(row + i, column + j) for i, j in (dark, bright)]
            inks = (self.theme.ground, 10.0), (self.theme.highlight, 4.5)
            self.marks = [Rectangle(box, outline=ink, width=width) for ink, width in inks for box in boxes]
            self.appear(*self.marks)
            self.point(*boxes)
            self.rest(1.2)

    def go_back(self, photo: Any) -> None:
        """Move out again and count."""
        rows, columns = self.s.gray.values.shape[1:]
        self.vanish(self.numbers, *self.marks)
        with self.beat("All of it: one sheet of numbers.", focus=photo.box):
            self.play(Approach(photo, (0.0, 0.0, float(rows), float(columns))), run_time=1.8)
            self.rest(1.0)

    def read(self, names: Any) -> None:
        """Read one pixel through all three sheets."""
        s = self.s
        red, green, blue = s.values[(slice(None), *s.pixel)]
        tunnel = Tunnel(self.stack, (1, 1), cell=s.pixel, color=self.theme.text)
        sentence = "This pixel: {red} of red, {green} of green, {blue} of blue."
        self.add(self.notes)
        with self.beat(sentence, red=red, green=green, blue=blue, focus=tunnel.windows):
            self.appear(tunnel)
            for line, (channel, value) in enumerate(zip(CHANNELS, (red, green, blue), strict=True)):
                self.note(line, (f"{say(channel)} ", "muted"), (written(value), channel))
                self.point(tunnel.windows[line], seconds=0.7)
            self.rest(1.0)
        self.vanish(tunnel, names, self.notes)

    def finish(self) -> None:
        """Set gray and color side by side, and count the numbers of the whole picture."""
        rows, columns = self.s.gray.values.shape[1:]
        with self.beat("Gray needs one sheet for the picture, color three.", focus=[self.gray, *self.stack.sheets]):
            self.appear(self.gray)
            self.note(0, (say("gray "), "muted"), (f"{rows} × {columns}", "text"))
            self.note(1, ("= ", "muted"), (written(rows * columns), "input"))
            self.point(self.gray)
            self.note(2.2, (say("color "), "muted"), (f"3 × {rows} × {columns}", "text"))
            self.note(3.2, ("= ", "muted"), (written(3 * rows * columns), "input"))
            self.point(*self.stack.sheets)
        self.close(
            "A picture is numbers: {gray} in gray, {color} in color.",
            gray=rows * columns,
            color=3 * rows * columns,
            focus=[self.gray, *self.stack.sheets],
        )

    def note(self, line: float, *runs: tuple[str, str]) -> None:
        """Let a line appear below the gray patch."""
        at = self.notes.box.left, self.notes.box.top - 0.22 - 0.43 * line
        colored = [(text, self.theme.role(role)) for text, role in runs]
        self.appear(Line(colored, LABEL, at=at, align="left"), into=self.notes)
