"""Pixels that remember what is painted on them, and repaint only what differs."""

from collections.abc import Sequence

from cnnviz.render.fast.boxes import changed, hull, meet
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
        self._sheet = Scratch(pixels)

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
        reaches = [(place, pictures[place].box) for place in range(already, len(pictures))]
        touched = [(place, reach, box) for place, reach in reaches if reach for box in boxes if meet(reach, box)]
        sheet = scratch
        if all(hull(reach, box) == box for _, reach, box in touched):
            sheet = self._sheet
            sheet.context.set_matrix(scratch.context.get_matrix())
        sheet.open(boxes, base)
        places = list(dict.fromkeys(place for place, *_ in touched))
        for place in places:
            pictures[place].paint(sheet)
        if sheet is scratch:
            scratch.close(self.pixels)
        return places
