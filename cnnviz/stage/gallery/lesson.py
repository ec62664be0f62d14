"""The lesson that hangs one photo under several kernels."""

from __future__ import annotations

from manim import FadeIn, Mobject

from cnnviz.stage.conv.narration import purpose
from cnnviz.stage.gallery import narration
from cnnviz.stage.gallery.picture import exhibit_pixels
from cnnviz.stage.gallery.poster import Poster
from cnnviz.stage.gallery.view import WorkView
from cnnviz.stage.glide import Glide
from cnnviz.stage.lesson import Lesson
from cnnviz.stage.mobjects.kernel_window import KernelWindow
from cnnviz.subjects.gallery import Exhibit, Gallery

_STRIPS = 12  # a map is painted in so many strips
_SLOW, _FAST = 3.5, 1.0  # seconds that the first map takes, and each other one


class GalleryLesson(Lesson, subject=Gallery):
    """One kernel after the other on the same photo, each with what it is for, then all of them together."""

    title = "Kernel gallery"
    subtitle = "one photo, other weights"

    subject: Gallery

    def construct(self) -> None:
        """Show the exhibits one by one, then the poster."""
        exhibits = self.subject.exhibits
        self.view = WorkView(self.subject, self.theme)
        self.kernel: list[Mobject] = []
        self.map: list[Mobject] = []
        self.patch: list[Mobject] = []
        self.result: list[Mobject] = []
        self.add(*self.view.static)
        self.say(narration.opening(self.subject), fade=0)
        self.hold(0.6)
        told: set[bool] = set()
        for index, exhibit in enumerate(exhibits):
            self.say(purpose(exhibit.kernel))
            self.step(index + 1, len(exhibits), noun="kernel")
            self.hang(exhibit)
            if index == 0:
                self.say(narration.window(exhibit))
            self.look_closer(exhibit)
            self.hold(0.8)
            if exhibit.signed not in told:
                told.add(exhibit.signed)
                self.say(narration.rule(exhibit, self.theme))
                self.hold(0.4)
        self.say(narration.takeaway(self.subject))
        if len(exhibits) > 1:
            self.remove(*self.view.static, *self.kernel, *self.map, *self.patch, *self.result)
            self.all_together()
        self.hold(4.0)

    def hang(self, exhibit: Exhibit) -> None:
        """Show a kernel and let it paint its map over the one before."""
        view, first = self.view, not self.map
        self.remove(*self.kernel, *self.result, *self.map[1:])
        if self.patch and view.window(exhibit).height != self.patch[0].height:
            self.remove(*self.patch)
            self.patch = []
        self.kernel = view.kernel(exhibit)
        about = view.about_map(exhibit)
        self.add(*about[:-1])
        self.play(FadeIn(*self.kernel), run_time=0.4)
        rows, window = len(exhibit.map), view.window(exhibit)
        pixels = exhibit_pixels(exhibit, self.theme)
        strips = min(rows, _STRIPS)
        image: Mobject | None = None
        for strip in range(strips):
            top, below = rows * strip // strips, rows * (strip + 1) // strips
            if first:
                self.slide(window, exhibit, top, _SLOW / strips)
            else:
                self.hold(_FAST / strips)
            if image is not None:
                self.remove(image)
            image = view.map(exhibit, pixels, below)
            self.add(image)
        self.remove(window, *self.map, *about)
        if image is not None:
            self.map = [image, *about]
        self.add(*self.map)

    def slide(self, window: KernelWindow, exhibit: Exhibit, row: int, seconds: float) -> None:
        """Slide the window across a row of the photo."""
        photo = self.view.photo
        window.shift((*window.shift_to(photo.cell_box((row, 0))), 0))
        self.add(window)
        across = window.shift_to(photo.cell_box((row, exhibit.map.shape[1] - 1)))
        self.play(Glide(window, across), run_time=seconds)

    def look_closer(self, exhibit: Exhibit) -> None:
        """Show one window in numbers; it stays for the next kernel."""
        fresh = [] if self.patch else self.view.patch(exhibit)
        self.patch = self.patch or fresh
        self.result = self.view.result(exhibit)
        self.play(FadeIn(*fresh, *self.result), run_time=0.4)

    def all_together(self) -> None:
        """Hang the poster, exhibit by exhibit."""
        poster = Poster(self.subject, self.theme)
        for index in range(len(self.subject.exhibits)):
            self.add(*poster.tile(index))
            self.hold(0.3)
        self.add(*poster.rules())
