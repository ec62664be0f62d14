"""What a lesson on the gradient of pooling is about: one picture, the gradient of its pooled map, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.data import Kernel
from cnnviz.engine.trace import PoolVjpTrace, trace_pool, trace_pool_vjp
from cnnviz.errors import ShapeError
from cnnviz.subjects.convolution import Convolution
from cnnviz.subjects.kernel import Rows
from cnnviz.subjects.kinds import Choice
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import check_side, subject_picture
from cnnviz.subjects.pooling import Pooling, checked_window

GRADIENTS = ("count", "sum")
MOST_CELLS, USUAL_SIDE = 12, 8


class PoolGradient(Subject):
    """A picture, the gradient of its pooled map, and the trace of how that goes back, by max, by average or both.

    Examples
    --------
    >>> subject = PoolGradient(mode="max")
    >>> subject.gradient[0]
    array([1., 2., 3.])
    >>> subject.traces["max"].fold()[0][0]  # 6, 7 and 8 have each won two windows
    array([[0., 0., 0., 0.],
           [0., 5., 7., 9.],
           [7., 0., 0., 0.],
           [0., 0., 8., 9.]])
    """

    image = Pooling.image.but("pooling-a", "The picture, of at most 12 pixels a side.")
    mode = Option(Choice("both", "max", "avg"), "both", "To the winner of each window, in equal shares, or both.")
    kernel_size = Pooling.kernel_size
    stride = Convolution.stride.but(1, "Cells the window moves on; below the kernel size windows overlap.")
    padding = Pooling.padding
    ceil_mode = Pooling.ceil_mode
    size = Convolution.size.but(None, "Pixels along the longer side, or ROWS,COLUMNS; photos get at most 8.")
    dy = Option(
        Rows(*GRADIENTS), "count", "Gradient of the pooled map: 1, 2, 3, ..., or 1 everywhere, or rows of numbers."
    )

    traces: Mapping[str, PoolVjpTrace]

    def prepare(self) -> None:
        """Load, check and trace."""
        kernel, steps, around = checked_window(self.kernel_size, self.stride, self.padding)
        self.picture = subject_picture(self.image, self.size, usual=USUAL_SIDE)
        check_side("size", self.picture.values.shape[1:], f"pass --size {MOST_CELLS} or less", MOST_CELLS)
        x = self.picture.values[None]
        how: dict[str, Any] = {"stride": steps, "padding": around, "ceil_mode": self.ceil_mode}
        self.gradient = _gradient(self.dy, trace_pool(x, kernel, **how).output_shape[1:])
        kinds = ("max", "avg") if self.mode == "both" else (self.mode,)
        self.traces = {kind: trace_pool_vjp(self.gradient[None, None], x, kernel, kind=kind, **how) for kind in kinds}


def remarkable(trace: PoolVjpTrace) -> tuple[int | None, int | None]:
    """Return the first tie of a maximum after the first window, and the first window whose winner has won before.

    >>> remarkable(PoolGradient(mode="max").traces["max"])
    (6, 3)
    """
    tie = overlap = None
    won = set()
    for step in trace:
        if overlap is None and step.argmax is not None and step.argmax in won:
            overlap = step.index
        elif tie is None and len(step.argmaxes) > 1 and step.index:
            tie = step.index
        won.add(step.argmax)
    return tie, overlap


def _gradient(dy: str | Kernel, shape: tuple[int, ...]) -> NDArray[np.floating]:
    if dy == "count":
        return np.arange(1.0, np.prod(shape) + 1).reshape(shape)
    if dy == "sum":
        return np.ones(shape)
    assert isinstance(dy, Kernel)  # words were told apart by the kind
    if dy.values.shape != shape:
        there, got = (" x ".join(map(str, sides)) for sides in (shape, dy.values.shape))
        raise ShapeError(f"dy: expected {there} numbers, one for each pooled number, got {got}; write them row by row")
    return dy.values
