"""Pixels that remember what is painted on them, and repaint only what differs."""

from collections.abc import Sequence

from cnnviz.render.fast.boxes import apart, changed, meet
from cnnviz.render.fast.picture import Picture
from cnnviz.render.fast.scratch import Scratch
from cnnviz.render.fast.sink import Box, Frame


class Canvas:
    """A frame, and the list of pictures painted on it, the lowest first.

    Parameters
    ----------
    pixels
        The frame, ``(height, width, 4)``; its content is not known yet.
    """

    def __init__(self, pixels: Frame) -> None:
        self.pixels = pixels
        self._painted: Sequence[Picture] = ()
        self._known = False

    def forget(self) -> None:
        """Expect nothing of the pixels: the next painting covers all of them."""
        self._known = False

    def differs(self, pictures: Sequence[Picture], below: Sequence[Box]) -> list[Box]:
        """Return the rectangles to repaint when these pictures go on a base that changed in the given rectangles."""
        if not self._known:
            height, width = self.pixels.shape[:2]
            return [(0, 0, height, width)]
        boxes = changed(self._painted, pictures)
        return apart([*below, *boxes]) if below else boxes

    def paint(self, pictures: Sequence[Picture], boxes: Sequence[Box], base: Frame, scratch: Scratch) -> None:
        """Bring the rectangles up to date: the base first, then every picture that reaches into one of them."""
        self._painted = pictures
        self._known = True
        if not boxes:
            return
        scratch.open(boxes, base)
        for picture in pictures:
            reach = picture.box
            if reach is not None and any(meet(reach, box) for box in boxes):
                picture.paint(scratch)
        scratch.close(self.pixels)
