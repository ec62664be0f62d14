"""What a pooling lesson is about: one picture and the trace of its pooling."""

from __future__ import annotations

from math import prod

from cnnviz._checks import integers
from cnnviz.engine.trace import PoolStep, trace_pool
from cnnviz.engine.trace.sequence import Excerpt
from cnnviz.errors import OptionError
from cnnviz.subjects.axis import Pair, PerAxis
from cnnviz.subjects.convolution import Convolution
from cnnviz.subjects.kinds import Choice, Flag
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import subject_picture

LARGEST_WINDOW = 12
WHO = "pool"


class Pooling(Subject):
    """A picture, the trace of its pooling, and that of the whole map pooled to one number.

    Examples
    --------
    >>> subject = Pooling()
    >>> [step.result for step in subject.trace], subject.whole[0].result
    ([6.0, 8.0, 3.0, 9.0], 9.0)
    """

    image = Convolution.image.but("pooling-a")
    mode = Option(Choice("max", "avg"), "max", "The largest number of a window goes on, or the mean.")
    kernel_size = Option(PerAxis(), 2, "Cells of the window, or ROWS,COLUMNS.")
    stride = Convolution.stride.but(None, "Cells the window moves on; the kernel size if left out.")
    padding = Option(PerAxis(), 0, "Cells added around, at most half of the window.")
    ceil_mode = Option(Flag(), False, "Let the last windows reach over the edge.")
    size = Convolution.size
    channels = Convolution.channels

    def prepare(self) -> None:
        """Load, check and trace."""
        kernel, steps, around = checked_window(self.kernel_size, self.stride, self.padding)
        self.picture = subject_picture(self.image, self.size, self.channels)
        x = self.picture.values[None]
        self.trace = trace_pool(x, kernel, kind=self.mode, stride=steps, padding=around, ceil_mode=self.ceil_mode)
        self.whole = trace_pool(x, x.shape[2:], kind=self.mode)

    @property
    def windows(self) -> Excerpt[PoolStep]:
        """The steps of the first slice: one for each place of the window."""
        return self.trace[: prod(self.trace.output_shape[1:])]

    def telling(self) -> int:
        """Return the first window that has something to choose from or to share: not all its numbers are equal.

        >>> Pooling("digit:3").telling()  # the first window holds four zeros
        1
        """
        told = (step.index for step in self.windows if len(set(step.values[~step.is_padding].tolist())) > 1)
        return next(told, 0)

    def remarkable(self, indices: range) -> tuple[int | None, int | None]:
        """Return the first window with several largest numbers, and the first whose winner has won before.

        In color there is none: each slice has ties and winners of its own.

        >>> Pooling("pooling-a", stride=1).remarkable(range(1, 9))
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
