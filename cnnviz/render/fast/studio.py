"""Where a camera's frames are made."""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from functools import reduce

import numpy as np
from manim import Camera, Mobject, VMobject

from cnnviz.render.fast.album import Album
from cnnviz.render.fast.boxes import hull
from cnnviz.render.fast.camera import pixels_of
from cnnviz.render.fast.canvas import Canvas
from cnnviz.render.fast.picture import Picture
from cnnviz.render.fast.scratch import Scratch
from cnnviz.render.fast.sink import Box, Frame
from cnnviz.render.fast.view import View


class Studio:
    """The canvases and pictures of one camera.

    A frame is a list of pictures, the lowest first. What it costs is to compare the mobjects' looks with the pictures
    painted last, and to repaint the rectangles where they differ. So that what lies below need not be painted again and
    again, a second canvas, the ground, holds some of the first pictures of the list.

    Parameters
    ----------
    camera
        Its pixel array is the canvas in front.
    will_change
        Called with a rectangle before pixels in it change, with None when nothing is known of what changes.
    """

    def __init__(self, camera: Camera, will_change: Callable[[Box | None], None]) -> None:
        self._camera = camera
        self._will_change = will_change
        pixels: Frame = pixels_of(camera)
        self._front, self._ground = Canvas(pixels), Canvas(np.empty_like(pixels))
        self._scratch = Scratch(np.zeros(pixels.shape, np.uint8))
        self._view = View(camera)
        self._album = Album(self._view, self._scratch)
        self._stamp: object = None
        self._background: Frame = np.zeros((0, 0, 4), np.uint8)
        self._background_seen: object = None
        self._still: list[Picture] = []
        self._effort = 0
        self._unsure = True

    def fits(self, camera: Camera) -> bool:
        """Tell whether the camera still has the pixels this studio was made for."""
        return self._front.pixels is pixels_of(camera)

    def hold(self, mobjects: Iterable[Mobject]) -> None:
        """Keep mobjects as they look now below everything shown."""
        self._see_background()
        self._still = self._pictures(mobjects)
        self._album.keep_only([*self._still, *self._front.painted])
        common = _common(self._still, self._ground.painted)
        if common < len(self._ground.painted):
            self._lay(self._still[:common])

    def held(self) -> Frame:
        """Return the pixels of what is held."""
        self._lay(self._still)
        return self._ground.pixels

    def show(self, mobjects: Iterable[Mobject], alone: bool) -> None:
        """Bring the camera's pixels up to date with mobjects over those held, or alone on the background."""
        if alone and (self._still or self._camera.background is not self._background_seen):
            self.hold(())
        pictures = [*self._still, *self._pictures(mobjects)]
        boxes = self._front.differs(pictures)
        if boxes:
            self._will_change(None if self._unsure else reduce(hull, boxes))
        laid = len(self._ground.painted)
        places = self._front.paint(pictures, boxes, self._ground.pixels, self._scratch, already=laid)
        self._unsure = False
        # Laying the still ones on the ground costs as much as painting each once: done when that was paid twice over.
        self._effort += bisect_left(places, len(self._still))
        if self._effort > 2 * (len(self._still) - laid):
            self._lay(self._still)

    def disturb(self) -> None:
        """Expect others to paint on the camera's pixels."""
        self._will_change(None)
        self._front.forget()
        self._unsure = True

    def _pictures(self, mobjects: Iterable[Mobject]) -> list[Picture]:
        """Return what to paint for mobjects and their families, all of it anew if the camera moved."""
        order = self._view.order(mobjects)
        context, stamp, moved = self._scratch.context, self._view.stamp(), False
        if any(isinstance(mobject, VMobject) for mobject in order):
            matrix = self._view.matrix()
            moved = matrix != context.get_matrix()
            context.set_matrix(matrix)
        if moved or stamp != self._stamp:
            self._stamp = stamp
            self._album.clear()
        return self._album.pictures(order)

    def _see_background(self) -> None:
        """Start from bare canvases if the background changed."""
        background: Frame = self._camera.background
        self._background_seen = background
        if not _same(self._background, background):
            self._background = background.copy()
            self._ground.forget()
            self._lay([])
            self._front.forget()

    def _lay(self, pictures: list[Picture]) -> None:
        """Have the ground hold these pictures."""
        self._effort = 0
        boxes = self._ground.differs(pictures)
        self._ground.paint(pictures, boxes, self._background, self._scratch)


def _common(a: list[Picture], b: list[Picture]) -> int:
    """Count the leading pictures that two lists share."""
    return next((i for i, (p, q) in enumerate(zip(a, b, strict=False)) if p is not q), min(len(a), len(b)))


def _same(a: Frame, b: Frame) -> bool:
    """Compare pixels four bytes at a time."""
    return a.shape == b.shape and bool((a.view(np.uint32) == b.view(np.uint32)).all())
