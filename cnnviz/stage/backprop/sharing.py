"""One cell hands out its value times a patch of numbers, and the shares add up where they land.

The gradient of a filter, the gradient of an input and a transposed convolution are this one operation; here each is
read off its trace, so that one picture serves all three.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from cnnviz.engine.trace import ConvTransposeTrace, ConvVjpTrace
from cnnviz.stage.number import cell_text

Numbers = NDArray[np.floating]
Cell = tuple[int, ...]
Texts = tuple[tuple[str, ...], ...]
_NOISE = 1e-12  # of the largest share: what remains where float64 should have come to 0


@dataclass(frozen=True)
class Share:
    """What one cell hands out.

    Attributes
    ----------
    index : int
        Its place in the order of telling.
    giver : (row, column)
        The cell that hands out.
    value : float
        What that cell holds.
    patch, numbers : array, (kH, kW)
        The factors, and ``value * patch``, which is handed out.
    patch_origin, landing : (row, column)
        The first cell of the patch among the factors, and the first cell of the target that receives.
    window : tuple of slice
        Cuts the receiving cells out of the target.
    """

    index: int
    giver: Cell
    value: float
    patch: Numbers
    numbers: Numbers
    patch_origin: Cell
    landing: Cell
    window: tuple[slice, ...]

    @property
    def cells(self) -> list[Cell]:
        """The cells of the target that receive, in the order of ``numbers``."""
        return list(product(*(range(axis.start, axis.stop, axis.step or 1) for axis in self.window)))


@dataclass(frozen=True)
class Matrix:
    """One of the three matrices of a picture: what it is called, its color role and its numbers.

    ``border`` is True for cells around the matrix proper: padding, or what is cut off in the end.
    """

    name: str
    role: str
    values: Numbers
    border: NDArray[np.bool_]
    texts: Texts | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns without the border."""
        inside = ~self.border
        return int(inside.any(axis=1).sum()), int(inside.any(axis=0).sum())


@dataclass(frozen=True)
class Sharing:
    """The shares of an operation, in order, and the three matrices they go between.

    Attributes
    ----------
    givers, factors, target : Matrix
        Whose cells hand out, what they are multiplied by, and where the shares add up. The target holds the totals
        before its border is cut off.
    result : array
        What the engine says comes out.
    patch_spacing, target_spacing : (int, int)
        Distance of neighboring cells of a patch among the factors, and of a share in the target.
    share : callable
        Gives the share number ``index``.
    """

    givers: Matrix
    factors: Matrix
    target: Matrix
    result: Numbers
    patch_spacing: Cell
    target_spacing: Cell
    share: Callable[[int], Share]

    def __len__(self) -> int:
        return self.givers.values.size

    def __getitem__(self, index: int) -> Share:
        return self.share(range(len(self))[index])


class Tally:
    """The target while it fills.

    Examples
    --------
    >>> from cnnviz.stage.backprop.subject import BackpropSubject
    >>> sharing = BackpropSubject.from_options(image="blackboard", kernel="edge-x").of_weight()
    >>> tally = Tally(sharing.target.values.shape)
    >>> for index in range(2):
    ...     tally.add(sharing[index])
    >>> tally.values[0]  # the first two windows begin with 1 2 3 and 2 3 4
    array([3., 5., 7.])
    """

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.values = np.zeros(shape)
        self._largest = 0.0

    def add(self, share: Share) -> None:
        """Let a share land."""
        with np.errstate(invalid="ignore", over="ignore"):
            self._largest = max(self._largest, float(np.abs(share.numbers).max()))
            cells = self.values[share.window]
            cells += share.numbers
            cells[np.abs(cells) < _NOISE * self._largest] = 0.0


def totals(shape: tuple[int, ...], shares: Callable[[int], Share], count: int) -> Numbers:
    """Return the target after all shares have landed."""
    tally = Tally(shape)
    for index in range(count):
        tally.add(shares(index))
    return tally.values


def written(sharing: Sharing, most: int) -> set[str]:
    """Return every text that the target shows on its way, if ``most`` shares suffice; else those of its end."""
    texts = {cell_text(value) for value in sharing.target.values.ravel().tolist()}
    if len(sharing) <= most:
        tally = Tally(sharing.target.values.shape)
        for index in range(len(sharing)):
            tally.add(sharing[index])
            texts.update(map(cell_text, tally.values[sharing[index].window].ravel().tolist()))
    return texts


def weight_sharing(trace: ConvVjpTrace, texts: Texts | None = None) -> Sharing:
    """Read the gradient of a filter: each dY cell hands its value times its window of X to all of dW."""

    def share(index: int) -> Share:
        step = trace[index]
        whole = tuple(slice(0, n) for n in trace.weight.shape[2:])
        return Share(
            index=index,
            giver=step.output_index[1:],
            value=step.gradient,
            patch=step.values[0],
            numbers=step.dweight[0],
            patch_origin=step.padded_origin,
            landing=(0, 0),
            window=whole,
        )

    shape = trace.weight.shape[2:]
    return Sharing(
        givers=_plain("dY", "gradient", trace.dy[0], texts),
        factors=Matrix("X", "input", trace.padded[0], _border(trace)),
        target=_plain("dW", "gradient", totals(shape, share, len(trace))),
        result=trace.dweight.fold()[0, 0],
        patch_spacing=trace.dilation,
        target_spacing=(1, 1),
        share=share,
    )


def input_sharing(
    trace: ConvVjpTrace,
    texts: Texts | None = None,
    weights: Texts | None = None,
) -> Sharing:
    """Read the gradient of an input: each dY cell hands its value times the kernel to its window of dX."""

    def share(index: int) -> Share:
        step = trace[index]
        return Share(
            index=index,
            giver=step.output_index[1:],
            value=step.gradient,
            patch=step.weights[0],
            numbers=step.dx[0],
            patch_origin=(0, 0),
            landing=step.padded_origin,
            window=step.window,
        )

    shape = trace.padded.shape[1:]
    return Sharing(
        givers=_plain("dY", "gradient", trace.dy[0], texts),
        factors=_plain("W", "kernel", trace.weight[0, 0], weights),
        target=Matrix("dX", "gradient", totals(shape, share, len(trace)), _border(trace)),
        result=trace.dx.fold()[0],
        patch_spacing=(1, 1),
        target_spacing=trace.dilation,
        share=share,
    )


def stamp_sharing(trace: ConvTransposeTrace, weights: Texts | None = None) -> Sharing:
    """Read a transposed convolution: each X cell stamps its value times the kernel onto the canvas of Y."""

    def share(index: int) -> Share:
        step = trace[index]
        return Share(
            index=index,
            giver=step.input_index[1:],
            value=step.value,
            patch=step.weights[0],
            numbers=step.products[0],
            patch_origin=(0, 0),
            landing=step.canvas_origin,
            window=step.window,
        )

    return Sharing(
        givers=_plain("X", "input", trace.input[0]),
        factors=_plain("W", "kernel", trace.weight[0, 0], weights),
        target=Matrix("Y", "output", totals(trace.canvas_shape[1:], share, len(trace)), trace.is_cropped),
        result=trace.fold()[0],
        patch_spacing=(1, 1),
        target_spacing=trace.dilation,
        share=share,
    )


def _border(trace: ConvVjpTrace) -> NDArray[np.bool_]:
    border = np.ones(trace.padded.shape[1:], dtype=bool)
    (above, _), (before, _) = trace.padding
    rows, columns = trace.input.shape[1:]
    border[above : above + rows, before : before + columns] = False
    return border


def _plain(name: str, role: str, values: Numbers, texts: Texts | None = None) -> Matrix:
    return Matrix(name, role, values, np.zeros(values.shape, dtype=bool), texts)
