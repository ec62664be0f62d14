"""The same photo under eight kernels, and what each of them is for."""

from manim import FadeOut

from cnnviz import subjects
from cnnviz.stage import Label, Outline, Resettle, Window, counted
from cnnviz.stage.glide import SOON
from cnnviz.stage.language import Template, written
from cnnviz.stage.layout import RESULT
from cnnviz.stage.stories.hanging import Hanging

STRIPS = 10  # in which a map is painted
PICTURE: Template = "The weights add up to {total}: the answers are a picture again."
SIGNS: Template = "The weights add up to {total}: the answers have both signs."
POSTERS = 1.4, 1.3, 1.2, 1.1, 0.9, 0.8  # of a kernel on the last picture, from large to small

GAP = 0.22  # units: between two posters


class KernelGallery(
    Hanging,
    subject=subjects.Gallery,
    gif="kernels",
    takeaway="The operation is always the same; what a kernel does is decided by its weights.",
    concepts=("kernel", "edge detection", "blur", "sharpening"),
    seconds=53,
):
    """Hang one photo under several kernels, one after the other and then all together.

    cnnviz gif kernels
    cnnviz gif kernels photo.jpg --theme light -o gallery.gif
    cnnviz gif kernels photo:china --kernels "sobel-x|sobel-y|0,-1,0;-1,5,-1;0,-1,0"
    """

    title = "Kernel gallery"
    subtitle = "one photo, other weights"

    subject: subjects.Gallery

    def tell(self, s: subjects.Gallery) -> None:
        """Show the exhibits one by one, then all of them."""
        self.s, count = s, len(s.exhibits)
        self.build()
        kernels = counted("{count} kernel", "{count} kernels", count)
        with self.beat("One photo, {kernels}: what do other weights make of it?", kernels=kernels, focus=self.photo):
            self.appear(*self.marks, seconds=0.6)
            self.rest(2.0)
        first = {exhibit.signed: exhibit for exhibit in reversed(s.exhibits)}
        for index, exhibit in enumerate(s.exhibits):
            if index:
                self.put_away(index - 1)
            with self.beat("{caption}", caption=exhibit.kernel.caption, focus=self.maps[index]):
                self.take(index)
                self.step(index + 1, count, noun="kernel")
                self.hang(index, 2.8 if index == 0 else 1.1)
            if first[exhibit.signed] is exhibit:
                with self.beat(SIGNS if exhibit.signed else PICTURE, total=exhibit.total, focus=self.total):
                    weights, total = self.kernel.content[0], self.total.box
                    self.fly(*((weights.copy_of(at)[1:], total) for at in weights.everywhere()), scale=0.7, seconds=1.0)
                    self.rest(1.0)
        if count > 1:
            self.put_away(count - 1)
            self.all_together()
        told: Template = "Always the same operation: what it does is decided by the weights alone."
        self.close(told, focus=self.maps, motion=self.pass_by)

    def pass_by(self) -> None:
        """Look at one map after the other."""
        for one in self.maps:
            self.point(one, seconds=0.3)

    def take(self, index: int) -> None:
        """Take the next kernel in place of the one before, with an empty map."""
        exhibit, one = self.s.exhibits[index], self.s.exhibits[index].kernel
        self.put(self.kernel, one.values, "kernel", one.title, one.labels)
        if not index:
            first, *others = self.marks
            if first.box.left > self.photo.box.right:  # else it would cross the photo
                self.remove(first)
                there = Resettle(self.kernel.content[0], first.box, first.top)
                self.play(there, *(FadeOut(mark, rate_func=SOON) for mark in others), run_time=0.8)
            else:
                self.vanish(*self.marks, seconds=0.3)
            self.add(self.kernel)
        self.hall.put(self.maps[index]).settle(self.hall.box.left, self.hall.box.top, self.photo.side)
        self.put_legend(exhibit)

    def put_away(self, index: int) -> None:
        """Hang a finished map up, smaller."""
        small, large = self.small[index], self.maps[index]
        self.vanish(self.patch, self.result, *self.marks, seconds=0.15)
        self.hall.clear()
        self.play(Resettle(small, large.box), run_time=0.5)

    def hang(self, index: int, seconds: float) -> None:
        """Let a kernel paint its map, and show one window in numbers."""
        exhibit, one = self.s.exhibits[index], self.maps[index]
        window = Window(self.photo, exhibit.kernel.values.shape, width=4.0)
        self.add(window)
        for strip in range(strips := min(STRIPS, one.rows)):
            top, below = one.rows * strip // strips, one.rows * (strip + 1) // strips
            window.lay((top, 0))
            self.move(window, (top, one.columns - 1), seconds / strips)
            one.show((row, column) for row in range(top, below) for column in range(one.columns))
        window.lay(exhibit.step.input_origin)
        self.put(self.patch, exhibit.step.values[0], "input", "window")
        self.marks = [window, Outline(one, exhibit.step.output_index[1:], color=self.theme.text, width=3.0)]
        text, ink = written(exhibit.step.result), self.theme.output if exhibit.step.result >= 0 else self.theme.negative
        text = text if text[0] == "≈" else f"= {text}"
        self.result.put(Label(text, RESULT, ink, at=self.result.box.center, bold=True))
        self.add(*self.marks)
        self.point(*self.marks, seconds=0.7)
        self.rest(0.5)

    def all_together(self) -> None:
        """Let all maps grow beside their kernels, these as large as leaves the maps about their height."""
        for weights in POSTERS:
            trial = [self.tile(exhibit, self.map_of(exhibit), weights) for exhibit in self.s.exhibits]
            if self.fit(*trial, gap=GAP) * self.photo.rows >= 0.85 * weights:
                break
        tiles = [self.tile(*each, weights) for each in zip(self.s.exhibits, self.small, strict=True)]
        for small in self.small:
            small.zoom = 1.0
        self.rearrange(*tiles, gone=[self.photo, *self.places], gap=GAP)
        self.maps = self.small
