"""Pooling along one axis after another: sums and maxima of windows, where the maxima stood, and the ways back.

A box of cells is pooled by columns, and then what came out by rows, so the work grows with the sum of the sides of the
kernel and not with their product.
"""

from collections.abc import Sequence
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnviz._checks import Floats
from cnnviz.engine.ops.pool_axis import Axis, Places, Select

_MANY = 8  # from so many cells on, one reduction of whole windows beats a pass for each cell


def total(x: Floats, axes: Sequence[Axis]) -> Floats:
    """Sum the cells of every window."""
    for number, axis in enumerate(axes, x.ndim - len(axes)):
        x = _fold(x, number, axis, np.add, 0.0)
    return x


def total_vjp(dy: Floats, axes: Sequence[Axis]) -> Floats:
    """Give every cell the gradients of all the windows it lies in."""
    for number, axis in reversed(list(enumerate(axes, dy.ndim - len(axes)))):
        dx = np.zeros((*dy.shape[:number], axis.size, *dy.shape[number + 1 :]), dy.dtype)
        for window, run in axis.runs if axis.few else ():
            dx[_along(number, run, dy.ndim)] += dy[_along(number, slice(window, window + 1), dy.ndim)]
        for windows, cells in () if axis.few else axis.taps:
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
        weight = prod(bases[i + 1 :])
        for window, run in axis.runs if axis.few and known else ():
            if run.start < run.stop:
                here, there = _along(number, slice(window, window + 1), x.ndim), _along(number, run, x.ndim)
                first = np.expand_dims((x[there] == y[here]).argmax(axis=number), number)
                rank = np.take_along_axis(code[there], first, number)
                found[here] = rank + (len(axis.taps) - first - (run.start - axis.start[window])) * weight
        for tap, (windows, cells) in () if axis.few and known else enumerate(axis.taps):
            here, there = _along(number, windows, x.ndim), _along(number, cells, x.ndim)
            value, best = x[there], y[here]
            hit = value == best if known else (value == best) | ((value != value) & (best != best))
            rank = code[there] + kind.type((len(axis.taps) - tap) * weight)
            rank *= hit
            found[here] = np.maximum(found[here], rank)
        x, code = y, found
    return x, _places(code, axes, bases)


def greatest_vjp(dy: Floats, place: Places, size: Sequence[int]) -> Floats:
    """Give each window's gradient to the cell at its place; what several windows send to one cell adds up."""
    lead = dy.shape[: dy.ndim - len(size)]
    plane = prod(size)
    flat = place.reshape(prod(lead), prod(place.shape[len(lead) :])) + np.arange(prod(lead))[:, None] * plane
    dx = np.zeros(prod(lead) * plane, dy.dtype)
    share = dy.ravel()
    if place.size and place.min() < 0:  # windows that dilation led past every cell
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


def _fold(x: Floats, number: int, axis: Axis, combine: np.ufunc, empty: float) -> Floats:
    """Combine the cells of each window along one axis."""
    if axis.tiled and axis.size >= axis.out * _MANY:
        tiles = x.reshape(*x.shape[:number], axis.out, axis.size // axis.out, *x.shape[number + 1 :])
        return np.asarray(combine.reduce(tiles, axis=number + 1))
    if axis.few and axis.out:
        y = np.full((*x.shape[:number], axis.out, *x.shape[number + 1 :]), empty, x.dtype)
        for window, run in axis.runs:
            if run.start < run.stop:
                combine.reduce(x[_along(number, run, x.ndim)], axis=number, out=y[_along(number, window, x.ndim)])
        return y
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


def _along(number: int, select: Select | int, ndim: int) -> tuple[slice | Places | int, ...]:
    return (*(slice(None),) * number, select, *(slice(None),) * (ndim - number - 1))
