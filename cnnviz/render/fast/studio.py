"""Where a camera's frames are made: what holds still on one canvas, everything on another."""

from collections.abc import Callable, Iterable, Sequence
from functools import reduce

import numpy as np
from manim import Camera, Mobject

from cnnviz.render.fast.album import Album
from cnnviz.render.fast.boxes import hull
from cnnviz.render.fast.canvas import Canvas
from cnnviz.render.fast.picture import Picture
from cnnviz.render.fast.scratch import Scratch
from cnnviz.render.fast.sink import Box, Frame
from cnnviz.render.fast.view import View


class Studio:
    """The canvases and pictures of one camera.

    A frame costs the comparison of the shown mobjects' looks with those painted last, and the repainting of the
    rectangles where they differ.

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
        pixels: Frame = camera.pixel_array
        self._front, self._back = Canvas(pixels), Canvas(np.empty_like(pixels))
        self._scratch = Scratch(*pixels.shape[:2])
        self._view = View(camera)
        self._album = Album(self._view, self._scratch)
        self._stamp: object = None
        self._background: Frame = camera.background.copy()
        self._background_seen: object = None
        self._still: Sequence[Picture] = ()
        self._below: list[Box] = []
        self._unsure = True

    def fits(self, camera: Camera) -> bool:
        """Tell whether the camera still has the pixels this studio was made for."""
        return self._front.pixels is camera.pixel_array

    def hold(self, mobjects: Iterable[Mobject]) -> Frame:
        """Keep mobjects as they look now below everything shown, and return their pixels."""
        self._look()
        self._background_seen = self._camera.background
        self._still = self._album.pictures(self._view.order(mobjects))
        self._album.keep_only(self._still)
        self._paint_back()
        return self._back.pixels

    def show(self, mobjects: Iterable[Mobject], alone: bool) -> None:
        """Bring the camera's pixels up to date with mobjects over those on hold, or alone on the background."""
        if alone and (self._still or self._camera.background is not self._background_seen):
            self.hold(())
        self._look()
        pictures = self._album.pictures(self._view.order(mobjects))
        boxes = self._front.differs(pictures, self._below)
        if boxes:
            self._will_change(None if self._unsure else reduce(hull, boxes))
        self._front.paint(pictures, boxes, self._back.pixels, self._scratch)
        self._below = []
        self._unsure = False

    def disturb(self) -> None:
        """Expect others to paint on the camera's pixels."""
        self._will_change(None)
        self._front.forget()
        self._unsure = True

    def _look(self) -> None:
        """Forget all pictures if the camera moved."""
        stamp = self._view.stamp()
        if stamp != self._stamp:
            self._stamp = stamp
            self._album.clear()
            self._scratch.context.set_matrix(self._view.matrix())

    def _paint_back(self) -> None:
        """Bring the canvas of what holds still up to date, and note where the frame above it must follow."""
        if not np.array_equal(self._background, self._camera.background):
            self._background = self._camera.background.copy()
            self._back.forget()
        boxes = self._back.differs(self._still, [])
        self._back.paint(self._still, boxes, self._background, self._scratch)
        self._below += boxes
