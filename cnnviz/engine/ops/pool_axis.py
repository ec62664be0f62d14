"""Pooling along one axis after another: which cells each window takes, their sum, their greatest, and the way back.

A box of cells is pooled by pooling its columns and then what came out by rows, so the work grows with the sum of the
kernel's sides and not with their product. Along an axis nothing is padded: a window that sticks out has fewer cells.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnviz._checks import SPATIAL, Floats, Ints, integers
from cnnviz.engine.geometry import lay_out
from cnnviz.engine.padding import Padding, padding_pairs
from cnnviz.errors import OptionError

Places = npt.NDArray[np.intp]
Select = slice | Places

_MANY = 8  # from so many cells on, one reduction of whole windows beats a pass for each cell


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """The windows along one axis."""

    size: int
    """Cells of the input."""
    out: int
    """Windows."""
    taps: tuple[tuple[Select, Select], ...]
    """For the first cell of the windows, the second and so on: which windows have it, and where it is."""
    start: Places
    """Where each window starts, perhaps before the input."""
    dilation: int
    """From one cell of a window to the next."""
    counted: Places
    """How many cells each window has, those in the padding included."""
    tiled: bool
    """Whether the windows lie side by side, all alike, and cover the input."""

    @property
    def real(self) -> Places:
        """How many cells of the input each window has."""
        count = np.zeros(self.out, np.intp)
        for windows, _ in self.taps:
            count[windows] += 1
        return count


def sliding_axes(
    who: str,
    x: Floats,
    kernel_size: Ints,
    stride: Ints | None,
    padding: Padding,
    dilation: Ints,
    ceil_mode: bool,
) -> tuple[Axis, ...]:
    """Lay windows of one size over the spatial axes of ``x``, ``(N, C, *spatial)``, and check all options."""
    size = x.shape[2:]
    kernel = integers(who, "kernel_size", kernel_size, len(size), 1)
    steps = kernel if stride is None or stride == () else stride
    grid = lay_out(who, size, kernel, stride=steps, padding=padding, dilation=dilation, ceil_mode=ceil_mode)
    pairs = padding_pairs(who, padding, kernel, grid.stride, grid.dilation)
    _fits(who, padding, pairs, kernel, grid.dilation)
    return tuple(_sliding(*of) for of in zip(size, grid.out, kernel, grid.stride, grid.dilation, pairs, strict=True))


def adaptive_axes(who: str, x: Floats, output_size: object) -> tuple[Axis, ...]:
    """Part each spatial axis of ``x`` into as many windows as the output has cells; None keeps the input's size."""
    size = x.shape[2:]
    if output_size is None:
        output_size = size
    if isinstance(output_size, Sequence) and len(output_size) == len(size):
        output_size = tuple(n if out is None else out for out, n in zip(output_size, size, strict=True))
    outs = integers(who, "output_size", output_size, len(size), 1)
    return tuple(
        _sliding(n, out, n // out, n // out, 1, (0, 0)) if n % out == 0 else _adaptive(n, out)
        for n, out in zip(size, outs, strict=True)
    )


def total(x: Floats, axes: Sequence[Axis]) -> Floats:
    """Sum the cells of every window."""
    for number, axis in enumerate(axes, x.ndim - len(axes)):
        x = _fold(x, number, axis, np.add, 0.0)
    return x


def total_vjp(dy: Floats, axes: Sequence[Axis]) -> Floats:
    """Give every cell the gradients of all the windows it lies in."""
    for number, axis in reversed(list(enumerate(axes, dy.ndim - len(axes)))):
        dx = np.zeros((*dy.shape[:number], axis.size, *dy.shape[number + 1 :]), dy.dtype)
        for windows, cells in axis.taps:
            share = dy[_along(number, windows, dy.ndim)]
            if isinstance(cells, slice) or axis.out <= axis.size:
                dx[_along(number, cells, dy.ndim)] += share
            else:  # more windows than cells: a cell can be the first of several windows
                np.add.at(dx.swapaxes(0, number), cells, share.swapaxes(0, number))
        dy = dx
    return dy


def greatest(x: Floats, axes: Sequence[Axis]) -> Floats:
    """Find the greatest number of every window; NaN counts as greater than any."""
    for number, axis in enumerate(axes, x.ndim - len(axes)):
        x = _fold(x, number, axis, np.maximum, -np.inf)
    return x


def greatest_with_place(x: Floats, axes: Sequence[Axis]) -> tuple[Floats, Places]:
    """Find the greatest number of every window and its place in the plane, counted row by row.

    Of several equal ones it is the first; a window without any cell has minus infinity and the place -1.
    """
    # Each window gets a code: for each axis the first of its cells that equals the greatest, counted from the last one
    # and from 1, so that a greater code is an earlier cell and 0 is none. Axes go from last to first, each weighing
    # more than those after it, so rows decide before columns. Maxima of small whole numbers are several times as fast
    # as choosing cell by cell.
    bases = [len(axis.taps) + 1 for axis in axes]
    kind = np.min_scalar_type(prod(bases))
    code = np.zeros((1,) * x.ndim, kind)
    for i, (number, axis) in reversed(list(enumerate(enumerate(axes, x.ndim - len(axes))))):
        y = _fold(x, number, axis, np.maximum, -np.inf)
        known = not np.isnan(y).any()
        found = np.zeros(y.shape, kind)
        code = np.broadcast_to(code, x.shape)
        for tap, (windows, cells) in enumerate(axis.taps):
            here, there = _along(number, windows, x.ndim), _along(number, cells, x.ndim)
            value, best = x[there], y[here]
            hit = value == best if known else (value == best) | ((value != value) & (best != best))
            rank = code[there] + kind.type((len(axis.taps) - tap) * prod(bases[i + 1 :]))
            rank *= hit
            found[here] = np.maximum(found[here], rank)
        x, code = y, found
    return x, _places(code, axes, bases)


def greatest_vjp(dy: Floats, place: Places, size: Sequence[int]) -> Floats:
    """Give each window's gradient to the cell at its place; what several windows send to one cell adds up."""
    lead = dy.shape[: dy.ndim - len(size)]
    plane = prod(size)
    flat = place.reshape(prod(lead), -1) + np.arange(prod(lead))[:, None] * plane
    dx = np.zeros(prod(lead) * plane, dy.dtype)
    share = dy.ravel()
    if place.min() < 0:  # windows that dilation led past every cell
        share = np.where(place.ravel() < 0, 0, share)
    np.add.at(dx, flat.ravel(), share)
    return dx.reshape(*lead, *size)


def _places(code: npt.NDArray[Any], axes: Sequence[Axis], bases: Sequence[int]) -> Places:
    """Read the codes of `greatest_with_place` as numbers of cells, -1 for none."""
    lead = code.ndim - len(axes)
    place = np.zeros(code.shape, np.intp)
    nowhere = np.zeros(code.shape, bool)
    for i, (number, axis) in enumerate(enumerate(axes, lead)):
        digit, code = np.divmod(code, code.dtype.type(prod(bases[i + 1 :])))
        nowhere |= digit == 0
        place *= axis.size
        place += axis.start.reshape(-1, *(1,) * (code.ndim - number - 1))
        place += (len(axis.taps) - digit.astype(np.intp)) * axis.dilation
    place[nowhere] = -1
    return place


def box(counts: Sequence[npt.NDArray[Any]]) -> npt.NDArray[Any]:
    """Multiply counts along the axes to counts of whole windows, ``(*out)``."""
    cells: npt.NDArray[Any] = np.ones((), np.intp)
    for count in counts:
        cells = cells[..., None] * count
    return cells


def _sliding(size: int, out: int, kernel: int, stride: int, dilation: int, pair: tuple[int, int]) -> Axis:
    before, after = pair
    taps: list[tuple[Select, Select]] = []
    for k in range(kernel):
        offset = k * dilation - before  # the cell of window 0, perhaps outside
        low = max(0, -(offset // stride))
        high = min(out, (size - 1 - offset) // stride + 1)
        # A cell that no window has keeps its number, so that the numbers stay those of the kernel.
        begin = offset + low * stride
        cells = slice(begin, begin + (high - low - 1) * stride + 1, stride) if low < high else slice(0, 0)
        taps.append((slice(low, max(low, high)), cells))
    start = np.arange(out) * stride - before
    counted = np.minimum((size + after - start - 1) // dilation + 1, kernel)
    tiled = pair == (0, 0) and stride == kernel and dilation == 1 and out * kernel == size
    return Axis(size, out, tuple(taps), start, dilation, counted, tiled)


def _adaptive(size: int, out: int) -> Axis:
    start = np.arange(out) * size // out
    stop = -(-(np.arange(out) + 1) * size // out)
    taps: list[tuple[Select, Select]] = [(slice(0, out), start)]
    for k in range(1, int((stop - start).max())):
        longer = np.flatnonzero(stop - start > k)
        taps.append((longer, start[longer] + k))
    return Axis(size, out, tuple(taps), start, 1, stop - start, tiled=False)


def _fold(x: Floats, number: int, axis: Axis, combine: np.ufunc, empty: float) -> Floats:
    """Combine the cells of each window along one axis."""
    if axis.tiled and axis.size >= axis.out * _MANY:
        tiles = x.reshape(*x.shape[:number], axis.out, axis.size // axis.out, *x.shape[number + 1 :])
        return np.asarray(combine.reduce(tiles, axis=number + 1))
    everywhere, elsewhere = _by_reach(axis)
    parts = [x[_along(number, cells, x.ndim)] for cells in everywhere]
    shape = (*x.shape[:number], axis.out, *x.shape[number + 1 :])
    if len(parts) > 1:
        y = combine(parts[0], parts[1])
    else:
        y = np.array(parts[0]) if parts else np.full(shape, empty, x.dtype)
    for part in parts[2:]:
        combine(y, part, out=y)
    for windows, cells in elsewhere:
        here = _along(number, windows, x.ndim)
        y[here] = combine(y[here], x[_along(number, cells, x.ndim)])
    return np.asarray(y)


def _by_reach(axis: Axis) -> tuple[list[Select], list[tuple[Select, Select]]]:
    """Part the taps into those that every window has and the others."""
    everywhere: list[Select] = []
    elsewhere = []
    for windows, cells in axis.taps:
        if isinstance(windows, slice) and windows.stop - windows.start == axis.out:
            everywhere.append(cells)
        else:
            elsewhere.append((windows, cells))
    return everywhere, elsewhere


def _along(number: int, select: Select, ndim: int) -> tuple[slice | Places, ...]:
    return (*(slice(None),) * number, select, *(slice(None),) * (ndim - number - 1))


def _fits(
    who: str, padding: object, pairs: Sequence[tuple[int, int]], kernel: Sequence[int], dilation: Sequence[int]
) -> None:
    """Refuse padding in which a window could get lost: PyTorch's rule for plain numbers, ONNX's for pairs and words."""
    paired = isinstance(padding, Iterable) and any(isinstance(entry, Sequence) for entry in padding)
    for name, pair, k, d in zip(SPATIAL[len(kernel)], pairs, kernel, dilation, strict=True):
        span = d * (k - 1) + 1
        widest, rule = (span - 1, f"one cell less than its span of {span}") if paired else (k // 2, "half its size")
        if max(pair) > widest:
            raise OptionError(
                f"{who}: expected padding of at most {widest} along {name} for a kernel of {k}, {rule}, "
                f"got {max(pair)}; pad less or use a larger kernel"
            )
