"""What a lesson on the gradient of pooling is about: one picture, the gradient of its pooled map, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cnnviz._checks import choice
from cnnviz.data import Picture
from cnnviz.data.kernel_text import parse
from cnnviz.engine.trace import PoolVjpStep, PoolVjpTrace, trace_pool, trace_pool_vjp
from cnnviz.errors import OptionError, ShapeError
from cnnviz.stage.picture import check_side, lesson_picture
from cnnviz.stage.pooling.subject import Pair, checked_window

ROUTES = ("both", "max", "avg")
GRADIENTS = ("count", "sum")
MOST_CELLS, USUAL_SIDE = 12, 8
WHO = "pool-backprop"
Cell = tuple[int, int]


@dataclass(frozen=True)
class PoolGradientSubject:
    """A picture, the gradient of its pooled map, and the trace of how that goes back, by max, by average or both.

    Examples
    --------
    >>> subject = PoolGradientSubject.from_options("pooling-a", mode="max")
    >>> subject.dy[0]
    array([1., 2., 3.])
    >>> subject.traces["max"].fold()[0][0]  # 6, 7 and 8 have each won two windows
    array([[0., 0., 0., 0.],
           [0., 5., 7., 9.],
           [7., 0., 0., 0.],
           [0., 0., 8., 9.]])
    """

    picture: Picture
    dy: NDArray[np.floating]
    traces: Mapping[str, PoolVjpTrace]

    @classmethod
    def from_options(
        cls,
        image: str | Path | None = None,
        mode: str = "both",
        kernel_size: Pair = 2,
        stride: Pair | None = 1,
        padding: Pair = 0,
        ceil_mode: bool = False,
        size: Pair | None = None,
        dy: str = "count",
    ) -> PoolGradientSubject:
        """Load, check and trace.

        Parameters
        ----------
        image : str or Path, optional
            A built-in name or an image file of at most 12 pixels a side; ``pooling-a`` if omitted.
        mode : {"both", "max", "avg"}
            Which pooling: one after the other, or only one of them.
        kernel_size, stride, padding, ceil_mode
            As in `cnnviz.engine.max_pool2d`, but for the stride, which is 1 here, so that windows overlap.
        size : int or (height, width), optional
            Pixels. If omitted, photos and files become at most 8 along their longer side; digits and tables stay.
        dy : str
            The gradient of the pooled map: ``"count"`` (1, 2, 3, ..., so that each can be followed), ``"sum"`` (1
            everywhere, as when the loss is the sum), or rows of numbers as text, such as ``"1,0;0,-2"``.

        Raises
        ------
        InputError, OptionError, ShapeError
            With one line that says what was expected.
        """
        choice(WHO, "mode", mode, ROUTES)
        kernel, steps, around = checked_window(kernel_size, stride, padding)
        picture = lesson_picture("pooling-a" if image is None else image, size, usual=USUAL_SIDE)
        check_side("size", picture.values.shape[1:], f"pass --size {MOST_CELLS} or less", MOST_CELLS)
        x = picture.values[None]
        pooled = trace_pool(x, kernel, stride=steps, padding=around, ceil_mode=ceil_mode).output_shape[1:]
        gradient = _gradient(dy, pooled)
        traces = {
            kind: trace_pool_vjp(
                gradient[None, None], x, kernel, kind=kind, stride=steps, padding=around, ceil_mode=ceil_mode
            )
            for kind in (("max", "avg") if mode == "both" else (mode,))
        }
        return cls(picture, gradient, traces)


def landings(step: PoolVjpStep) -> dict[Cell, float]:
    """Return what each cell of the input receives in a step, in reading order; without what padding loses.

    Examples
    --------
    >>> trace = PoolGradientSubject.from_options("pooling-a", mode="max").traces["max"]
    >>> landings(trace[0]), landings(trace[3])
    ({(1, 1): 1.0}, {(1, 1): 4.0})
    """
    taps = np.ndindex(*step.share.shape)
    given = {(int(step.source[tap][0]), int(step.source[tap][1])): tap for tap in taps if not step.is_padding[tap]}
    return {cell: float(step.dx[tap]) for cell, tap in given.items() if step.share[tap]}


def remarkable(trace: PoolVjpTrace) -> tuple[int | None, int | None]:
    """Return the first tie of a maximum after the first window, and the first window whose winner has won before.

    >>> remarkable(PoolGradientSubject.from_options("pooling-a", mode="max").traces["max"])
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


def _gradient(dy: str, shape: tuple[int, ...]) -> NDArray[np.floating]:
    if dy == "count":
        return np.arange(1.0, np.prod(shape) + 1).reshape(shape)
    if dy == "sum":
        return np.ones(shape)
    if not isinstance(dy, str) or not any(character.isdigit() for character in dy):
        raise OptionError(f"dy: expected one of {', '.join(GRADIENTS)}, or rows of numbers such as 1,0;0,2, got {dy!r}")
    values, _ = parse("dy", dy)
    if values.shape != shape:
        there, got = (" x ".join(map(str, sides)) for sides in (shape, values.shape))
        raise ShapeError(f"dy: expected {there} numbers, one for each pooled number, got {got}; write them row by row")
    return values
