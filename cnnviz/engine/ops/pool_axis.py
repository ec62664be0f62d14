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
    first: Places
    """The first cell of each window, -1 for a window that has none."""
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
    place = np.zeros((1,) * x.ndim, np.intp)
    pitch = 1
    # From the last axis to the first: the columns of a row are compared before the rows, so the first in row-major
    # order wins.
    for number, axis in reversed(list(enumerate(axes, x.ndim - len(axes)))):
        place = place + _standing(np.arange(axis.size) * pitch, number, x.ndim)
        pitch *= axis.size
        start = _along(number, np.maximum(axis.first, 0), x.ndim)
        best = np.full((*x.shape[:number], axis.out, *x.shape[number + 1 :]), -np.inf, x.dtype)
        best_place = np.broadcast_to(place[start], best.shape).copy()
        for windows, cells in axis.taps:
            here, there = _along(number, windows, x.ndim), _along(number, cells, x.ndim)
            value, rival = x[there], best[here]
            wins = (value > rival) | ((value != value) & (rival == rival))
            best[here] = np.where(wins, value, rival)
            best_place[here] = np.where(wins, place[there], best_place[here])
        x, place = best, best_place
    for number, axis in enumerate(axes, x.ndim - len(axes)):
        if axis.first.min() < 0:
            place[_along(number, np.flatnonzero(axis.first < 0), x.ndim)] = -1
    return x, place


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


def box(counts: Sequence[npt.NDArray[Any]]) -> npt.NDArray[Any]:
    """Multiply counts along the axes to counts of whole windows, ``(*out)``."""
    cells: npt.NDArray[Any] = np.ones((), np.intp)
    for count in counts:
        cells = cells[..., None] * count
    return cells


def _sliding(size: int, out: int, kernel: int, stride: int, dilation: int, pair: tuple[int, int]) -> Axis:
    before, after = pair
    taps = []
    first = np.full(out, -1, np.intp)
    for k in range(kernel):
        start = k * dilation - before  # the cell of window 0, perhaps outside
        low = max(0, -(start // stride))
        high = min(out, (size - 1 - start) // stride + 1)
        if low < high:
            begin = start + low * stride
            taps.append((slice(low, high), slice(begin, begin + (high - low - 1) * stride + 1, stride)))
            cells = np.arange(low, high) * stride + start
            first[low:high] = np.where(first[low:high] < 0, cells, first[low:high])
    starts = np.arange(out) * stride - before
    counted = np.minimum((size + after - starts - 1) // dilation + 1, kernel)
    tiled = pair == (0, 0) and stride == kernel and dilation == 1 and out * kernel == size
    return Axis(size, out, tuple(taps), first, counted, tiled)


def _adaptive(size: int, out: int) -> Axis:
    start = np.arange(out) * size // out
    stop = -(-(np.arange(out) + 1) * size // out)
    taps: list[tuple[Select, Select]] = [(slice(0, out), start)]
    for k in range(1, int((stop - start).max())):
        longer = np.flatnonzero(stop - start > k)
        taps.append((longer, start[longer] + k))
    return Axis(size, out, tuple(taps), start, stop - start, tiled=False)


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


def _standing(values: Places, number: int, ndim: int) -> Places:
    return values.reshape(-1, *(1,) * (ndim - number - 1))


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
