"""Pixels that remember what is painted on them, and repaint only what differs."""

from collections.abc import Sequence

from cnnviz.render.fast.boxes import changed, meet
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
        self.painted: list[Picture] = []
        self._known = False

    def forget(self) -> None:
        """Expect nothing of the pixels: the next painting covers all of them."""
        self._known = False

    def differs(self, pictures: list[Picture]) -> list[Box]:
        """Return the rectangles to repaint for these pictures to be what is painted."""
        if not self._known:
            height, width = self.pixels.shape[:2]
            return [(0, 0, height, width)]
        return changed(self.painted, pictures)

    def paint(
        self, pictures: list[Picture], boxes: Sequence[Box], base: Frame, scratch: Scratch, already: int = 0
    ) -> list[int]:
        """Bring rectangles up to date: the base first, then every picture that reaches into one of them.

        The base holds the first `already` pictures. Returns the places of those that were painted.
        """
        self.painted = pictures
        self._known = True
        if not boxes:
            return []
        scratch.open(boxes, base)
        places = []
        for i in range(already, len(pictures)):
            reach = pictures[i].box
            if reach is not None and any(meet(reach, box) for box in boxes):
                pictures[i].paint(scratch)
                places.append(i)
        scratch.close(self.pixels)
        return places
