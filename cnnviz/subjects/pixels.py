"""What a picture is to a computer: numbers, one sheet of them in gray, three in color, and a patch to look at."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from cnnviz.subjects.convolution import Convolution
from cnnviz.subjects.kinds import Integer
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import loaded, subject_picture
from cnnviz.subjects.rgb import Rgb, corner_of

USUAL_SIDE = 96
SMALLEST_PATCH, LARGEST_PATCH = 2, 8


class Pixels(Subject):
    """The middle square of a picture, in gray and in color, and a patch of it.

    Attributes
    ----------
    gray, color : Picture
    side : int
        Of the patch; smaller than asked for where the picture is.
    corner : (int, int)
        The patch's first pixel.
    pixel : (int, int)
        The pixel of the patch whose three colors differ most, and of these the brightest.

    Examples
    --------
    >>> subject = Pixels("blackboard")
    >>> subject.gray.values.shape, subject.color.values.shape, subject.side
    ((1, 5, 5), (3, 5, 5), 5)
    """

    image = Convolution.image.but("photo:flower", "The picture; its middle square is taken.")
    patch = Option(Integer(SMALLEST_PATCH, LARGEST_PATCH), 6, "Side of the patch in pixels.")
    at = Rgb.at
    size = Convolution.size.but(None, "Pixels along the longer side, or ROWS,COLUMNS; photos get at most 96.")

    def prepare(self) -> None:
        """Load in gray and in color, and choose a patch."""
        whole = subject_picture(self.image, self.size, "rgb", usual=USUAL_SIDE)
        length = min(whole.values.shape[1:])
        top, left = ((size - length) // 2 for size in whole.values.shape[1:])
        self.color = replace(whole, values=whole.values[:, top : top + length, left : left + length])
        self.gray = loaded(self.color)
        self.side = min(self.patch, length)
        row, column = self.corner = corner_of(self.at, self.color.values, self.side)
        self.values = self.color.values[:, row : row + self.side, column : column + self.side]
        self.levels = self.gray.values[0, row : row + self.side, column : column + self.side]
        spread = self.values.max(axis=0) - self.values.min(axis=0)
        best = np.lexsort((self.values.sum(axis=0).ravel(), spread.ravel()))[-1]
        self.pixel = divmod(int(best), self.side)

    @property
    def extremes(self) -> list[tuple[int, int]]:
        """The darkest pixel of the patch and the brightest."""
        return [divmod(int(place), self.side) for place in (np.argmin(self.levels), np.argmax(self.levels))]
