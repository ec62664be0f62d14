"""What a pooling lesson is about: one picture and the trace of its pooling.

Made from what a user types, checked before anything heavy is loaded; the scene and the command line share it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from pathlib import Path

from cnnviz._checks import choice, integers
from cnnviz.data import Picture
from cnnviz.engine.trace import PoolStep, PoolTrace, trace_pool
from cnnviz.engine.trace.sequence import Excerpt
from cnnviz.errors import OptionError
from cnnviz.stage.picture import lesson_picture

MODES = ("max", "avg")
LARGEST_WINDOW = 12
WHO = "pool"
Pair = int | tuple[int, int]


@dataclass(frozen=True)
class PoolSubject:
    """A picture, the trace of its pooling, and that of the whole map pooled to one number.

    Examples
    --------
    >>> subject = PoolSubject.from_options("pooling-a")
    >>> [step.result for step in subject.trace], subject.whole[0].result
    ([6.0, 8.0, 3.0, 9.0], 9.0)
    """

    picture: Picture
    trace: PoolTrace
    whole: PoolTrace

    @classmethod
    def from_options(
        cls,
        image: str | Path | None = None,
        mode: str = "max",
        kernel_size: Pair = 2,
        stride: Pair | None = None,
        padding: Pair = 0,
        ceil_mode: bool = False,
        size: Pair | None = None,
        channels: str = "gray",
    ) -> PoolSubject:
        """Load, check and trace.

        Parameters
        ----------
        image : str or Path, optional
            A built-in name (``pooling-a``, ``digit:3``, ``photo:china``, ...) or an image file; ``pooling-a`` if
            omitted.
        mode : {"max", "avg"}
            Which number of a window goes on: the largest, or the mean.
        kernel_size, stride, padding, ceil_mode
            As in `cnnviz.engine.max_pool2d`; windows of at most 12 cells a side.
        size : int or (height, width), optional
            Pixels. If omitted, photos and files become at most 64 along their longer side; digits and tables stay.
        channels : {"gray", "rgb"}
            Whether the picture is one slice or three, each pooled on its own.

        Raises
        ------
        InputError, OptionError, ShapeError
            With one line that says what was expected.
        """
        choice(WHO, "mode", mode, MODES)
        choice(WHO, "channels", channels, ("gray", "rgb"))
        kernel, steps, around = checked_window(kernel_size, stride, padding)
        picture = lesson_picture("pooling-a" if image is None else image, size, channels)
        x = picture.values[None]
        trace = trace_pool(x, kernel, kind=mode, stride=steps, padding=around, ceil_mode=ceil_mode)
        return cls(picture, trace, trace_pool(x, x.shape[2:], kind=mode))

    @property
    def windows(self) -> Excerpt[PoolStep]:
        """The steps of the first slice: one for each place of the window."""
        return self.trace[: prod(self.trace.output_shape[1:])]

    def telling(self) -> int:
        """Return the first window that has something to choose from or to share: not all its numbers are equal.

        >>> PoolSubject.from_options("digit:3").telling()  # the first window holds four zeros
        1
        """
        told = (step.index for step in self.windows if len(set(step.values[~step.is_padding].tolist())) > 1)
        return next(told, 0)

    def remarkable(self, indices: range) -> tuple[int | None, int | None]:
        """Return the first window with several largest numbers, and the first whose winner has won before.

        In color there is none: each slice has ties and winners of its own.

        >>> PoolSubject.from_options("pooling-a", stride=1).remarkable(range(1, 9))
        (6, 3)
        """
        tie = again = None
        if len(self.trace.input) > 1:
            return None, None
        won = {self.trace[index].argmax for index in range(indices.start)}
        for index in indices:
            step = self.trace[index]
            if tie is None and len(step.argmaxes) > 1 and step.result:
                tie = index
            elif again is None and step.argmax is not None and step.argmax in won:
                again = index
            won.add(step.argmax)
        return tie, again


def checked_window(
    kernel_size: Pair, stride: Pair | None, padding: Pair
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Return kernel size, stride and padding for both axes; windows are small enough to be shown."""
    kernel = integers(WHO, "kernel_size", kernel_size, 2, 1)
    if max(kernel) > LARGEST_WINDOW:
        raise OptionError(
            f"{WHO}: expected kernel_size of at most {LARGEST_WINDOW} for an animation, got {max(kernel)}; choose less"
        )
    steps = kernel if stride is None else integers(WHO, "stride", stride, 2, 1)
    around = integers(WHO, "padding", padding, 2, 0)
    for cells, side in zip(around, kernel, strict=True):
        if cells > side // 2:
            raise OptionError(
                f"{WHO}: expected padding of at most half of kernel_size, got {cells} for {side}; "
                f"choose {side // 2} or less"
            )
    return kernel, steps, around
