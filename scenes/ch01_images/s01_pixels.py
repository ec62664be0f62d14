"""Pixels: what a computer sees in a picture, in gray one sheet of numbers, in color three."""

from typing import Any

from manim import FadeIn, FadeOut, UpdateFromAlphaFunc, VGroup

from cnnviz import subjects
from cnnviz.stage import Approach, Column, Grid, Line, Outline, Row, Scene, Slot, Stack, Tunnel, View, Viewport
from cnnviz.stage.glide import Resettle
from cnnviz.stage.language import say, written
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.stories.unfolding import photo_of, unfold
from cnnviz.stage.theme import CHANNELS

READABLE = 16.6  # pixels: type that is still large enough on a sheet seen from the side
SIDE, GAP = View(42.0, 9.0), 1.18  # from hardly above: the sheets are large, and none hides a number of another
LINE, TYPE = 0.5, 29  # units, and pixels: of a line below a sheet


class Pixels(
    Scene,
    subject=subjects.Pixels,
    takeaway="A picture is numbers: height × width of them in gray, three times as many in color.",
    concepts=("pixel", "channels", "RGB", "shape"),
    seconds=36,
    gif="pixels",
):
    """From a photo into a patch, into numbers, and apart into three sheets."""

    title = "Pixels"
    subtitle = "what a computer sees"

    subject: subjects.Pixels

    def tell(self, s: subjects.Pixels) -> None:
        """Come closer until pixels are numbers, in gray, then in color."""
        self.s = s
        photo = photo_of(self, s.gray)
        with self.beat("We see a picture at a glance. What does a computer see?", focus=photo.box):
            self.rest(2.2)
        self.come_closer(photo)
        mark = self.go_back(photo)
        gray, photo = photo, photo_of(self, s.color)
        self.far = gray
        self.remove(photo)
        self.set_sheets()
        with self.beat("In color, the same pixels. How many numbers does each one take?", focus=photo.box):
            self.color_in(gray, photo, mark)
            self.rest(0.6)
            self.travel(photo, photo.around(s.corner, s.side, s.side, 1.0), mark, seconds=1.8)
            self.vanish(mark)
        with self.beat("Three: a sheet of red, one of green and one of blue.", focus=self.stack.sheets):
            self.heads = [each.heading for each in (self.patch, self.stack)]
            for each, head in zip((self.patch, self.stack), self.heads, strict=True):
                each.remove(head)  # it says how many there are, once they can be counted
            self.add(self.patch)
            self.remove(photo)
            names = unfold(self, photo, s.corner, self.stack, Resettle(self.patch, photo.box))
            self.appear(*self.heads)
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
            self.marks = self.ringed(*boxes)
            self.appear(self.marks)
            self.point(*boxes)
            self.rest(1.2)

    def go_back(self, photo: Viewport) -> VGroup:
        """Move out again; return the outline of where one was, which shrinks with it."""
        rows, columns = self.s.gray.values.shape[1:]
        self.vanish(self.numbers, self.marks)
        mark = self.around(photo)
        with self.beat("From further away they are too small to read: one sheet of numbers.", focus=photo.box):
            self.appear(mark, seconds=0.3)
            self.travel(photo, (0.0, 0.0, float(rows), float(columns)), mark, seconds=2.6)
            self.point(photo.box)
        return mark

    def around(self, photo: Viewport) -> VGroup:
        """Make an outline of the patch, as the photo is seen now."""
        return self.ringed(photo.cell_box(*self.s.corner, self.s.side, self.s.side))

    def ringed(self, *boxes: Box) -> VGroup:
        """Make outlines that stand out from dark and from bright pixels."""
        inks = (self.theme.ground, 10.0), (self.theme.highlight, 4.5)
        return VGroup(*(Rectangle(box, outline=ink, width=width) for ink, width in inks for box in boxes))

    def travel(self, photo: Viewport, view: tuple[float, ...], mark: VGroup, *, seconds: float) -> None:
        """Come closer or move back, and keep the outline around the patch."""
        mark.add_updater(follow := lambda drawn: drawn.become(self.around(photo)))
        self.play(Approach(photo, view), run_time=seconds)
        mark.remove_updater(follow)

    def color_in(self, gray: Viewport, photo: Viewport, mark: VGroup) -> None:
        """Let the photo take its colors, column by column."""
        colors = photo.pixels

        def wipe(seen: Viewport, share: float) -> None:
            seen.wipe(gray.pixels, colors, share)

        wipe(photo, 0.0)
        self.add(photo, mark)
        self.remove(gray)
        self.play(UpdateFromAlphaFunc(photo, wipe), run_time=1.4)

    def set_sheets(self) -> None:
        """Set the patch beside the three sheets that it will part into."""
        s, side = self.s, self.s.side
        look: dict[str, Any] = {"detail": f"{side} × {side}", "photo": s.color.peak}
        self.patch = Grid(s.levels, "text", "color", colors=s.values, form="pixels", **look)
        wide = 3.6 if self.frame.is_wide else 2.7
        self.notes, self.count = Slot(wide, 3 * LINE), Slot(4.0, LINE)
        for form in ("auto", "pixels"):
            sheets = [Grid(v, c, scale=s.color.peak, form=form) for v, c in zip(s.values, CHANNELS, strict=True)]
            shape = " × ".join(map(str, s.values.shape))
            self.stack = Stack(sheets, "color", detail=shape, folded=True, view=SIDE, gap=GAP, role="text")
            right = Column(self.stack, self.count, gap=0.25)
            orders = [Column(self.patch, self.notes, gap=0.1), right], [Row(self.patch, self.notes), right]
            self.fit(*self.roomiest(*orders))
            if sheets[0].type_size >= READABLE:
                break

    def read(self, names: Any) -> None:
        """Read one pixel through all three sheets."""
        s = self.s
        red, green, blue = s.values[(slice(None), *s.pixel)]
        tunnel = Tunnel(self.stack, (1, 1), cell=s.pixel, color=self.theme.text)
        mark = Outline(self.patch, s.pixel, color=self.theme.text)
        self.add(self.notes, self.count)
        told = "This pixel: {red} of red, {green} of green, {blue} of blue."
        with self.beat(told, red=red, green=green, blue=blue, focus=tunnel.windows):
            self.appear(mark, tunnel)
            for line, (channel, value) in enumerate(zip(CHANNELS, (red, green, blue), strict=True)):
                self.note(self.notes, line, (f"{say(channel)} ", "muted"), (written(value), channel))
                self.point(tunnel.windows[line], seconds=0.7)
            self.rest(1.0)
        self.vanish(tunnel, mark, names, self.notes)

    def finish(self) -> None:
        """Set gray and color side by side, and count the numbers of the whole picture."""
        s, stood = self.s, self.stack
        rows, columns = s.gray.values.shape[1:]
        whole, title = f"{rows} × {columns}", "gray"
        look: dict[str, Any] = {"detail": f"{s.side} × {s.side}", "width": self.patch.box.width, "role": "text"}
        gray = Viewport(self.far.pixels, s.gray.values[0], title, **look)
        gray.settle(self.patch.box.left, self.patch.top, self.patch.side)
        gray.look(gray.around(s.corner, s.side, s.side, 1.0))
        look = {"scale": s.color.peak, "form": "pixels", "zoom": s.side / rows}
        sheets = [Grid(plane, c, **look) for plane, c in zip(s.color.values, CHANNELS, strict=True)]
        stack = Stack(sheets, view=SIDE, gap=GAP, role="text")
        stack.settle(stood.box.left, stood.box.top, stood.cell)
        with self.beat("Gray needs one sheet for the picture, color three.", focus=[gray, *sheets]):
            self.play(FadeIn(gray), FadeOut(self.patch, self.heads[0]), run_time=0.5)
            back = Approach(gray, (0.0, 0.0, float(rows), float(columns)))
            self.play(back, FadeOut(*stood.sheets), FadeIn(stack), run_time=1.6)
            gray.rename(title, whole)
            self.remove(self.heads[1])
            stack.top = stood.top
            stack.rename("color", f"3 × {whole}")
            self.note(self.notes, 0, (whole, "text"), (" = ", "muted"), (written(rows * columns), "highlight"))
            self.point(gray)
            total = written(3 * rows * columns)
            self.note(self.count, 0, (f"3 × {whole}", "text"), (" = ", "muted"), (total, "highlight"))
            self.point(*sheets)
        self.close(
            "A picture is numbers: {gray} in gray, {color} in color.",
            gray=rows * columns,
            color=3 * rows * columns,
            focus=[gray, *sheets],
        )

    def note(self, slot: Slot, line: int, *runs: tuple[str, str]) -> None:
        """Let a line appear in a slot."""
        at = slot.box.left, slot.box.top - LINE * (line + 0.5)
        colored = [(text, self.theme.role(role)) for text, role in runs]
        self.appear(Line(colored, TYPE, at=at, align="left"), into=slot)
