"""What is on the screen now, and what each new frame changed."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cnnviz.errors import RenderError

__all__ = ["Box", "Change", "Frame", "Mask", "Screen", "Words"]

Frame = npt.NDArray[np.uint8]
Words = npt.NDArray[np.uint32]
Mask = npt.NDArray[np.bool_]
Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Change:
    """The smallest rectangle that holds every pixel a frame changed.

    Attributes
    ----------
    box
        (top, left, bottom, right), in pixels, the last two exclusive.
    words
        The rectangle's new pixels, (bottom - top, right - left), each ``red | green << 8 | blue << 16 | alpha << 24``.
    before
        The same rectangle before the frame; all zero on the first frame, where nothing was shown.
    mask
        True where the two differ.
    """

    box: Box
    words: Words
    before: Words
    mask: Mask


class Screen:
    """Compare each frame with the last as 32-bit words and keep only one copy of it.

    Examples
    --------
    >>> screen = Screen(height=3, width=4)
    >>> frame = np.zeros((3, 4, 4), np.uint8)
    >>> screen.update(frame).box
    (0, 0, 3, 4)
    >>> screen.update(frame) is None
    True
    >>> frame[1, 2] = 9, 9, 9, 255
    >>> change = screen.update(frame)
    >>> change.box, [hex(word) for word in change.words.flat]
    ((1, 2, 2, 3), ['0xff090909'])
    """

    def __init__(self, *, height: int, width: int) -> None:
        self._now: Words = np.zeros((height, width), np.uint32)
        self._blank = True

    @property
    def pixels(self) -> Words:
        """What is on the screen, (H, W); changes with every update."""
        return self._now

    def update(self, frame: Frame, box: Box | None = None) -> Change | None:
        """Take the next frame; None when it shows what is already there.

        Parameters
        ----------
        frame
            uint8 (H, W, 4), red green blue alpha.
        box
            A rectangle outside which nothing changed; None when that is not known.
        """
        height, width = self._now.shape
        if frame.shape != (height, width, 4) or frame.dtype != np.uint8:
            raise RenderError(
                f"writer: expected frames of uint8 (height={height}, width={width}, 4), "
                f"got {frame.dtype} {frame.shape}; render every frame of a clip at one size"
            )
        top, left, bottom, right = (0, 0, height, width) if box is None or self._blank else box
        rows = np.ascontiguousarray(frame[top:bottom, left:right])
        words = rows.view("<u4")[..., 0]
        differs = words != self._now[top:bottom, left:right]
        if self._blank:
            differs[:] = True
        ys = np.flatnonzero(differs.any(axis=1))
        if not len(ys):
            return None
        y0, y1 = int(ys[0]), int(ys[-1]) + 1
        xs = np.flatnonzero(differs[y0:y1].any(axis=0))
        x0, x1 = int(xs[0]), int(xs[-1]) + 1
        words, differs = words[y0:y1, x0:x1], differs[y0:y1, x0:x1]
        top, bottom, left, right = top + y0, top + y1, left + x0, left + x1
        shown = self._now[top:bottom, left:right]
        before = shown.copy()
        shown[:] = words
        self._blank = False
        return Change((top, left, bottom, right), words, before, differs)
