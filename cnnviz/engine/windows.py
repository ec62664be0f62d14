"""Padding, and the windows that slide over a padded array, each with its adjoint.

Both know only spatial axes, which come last; any axes may stand before them. Nothing is checked here: the sizes come
from `cnnviz.engine.geometry`, which did.
"""

from collections.abc import Sequence
from types import EllipsisType

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import as_strided

from cnnviz._checks import Floats

Pairs = Sequence[tuple[int, int]]
Index = tuple[EllipsisType | slice, ...]

PADDING_MODES = ("zeros", "replicate", "reflect", "circular")
MODE_ALIASES = {"extend": "replicate"}


def source_index(size: int, before: int, after: int, mode: str) -> npt.NDArray[np.intp]:
    """Say for each padded cell along one axis which input cell it repeats; -1 where it is filled with a constant.

    ``symmetric`` (the edge cell is repeated once) serves the blackboard forms besides the four padding modes.

    Examples
    --------
    >>> for mode in ("zeros", "replicate", "reflect", "circular", "symmetric"):
    ...     print(source_index(4, 2, 2, mode), mode)
    [-1 -1  0  1  2  3 -1 -1] zeros
    [0 0 0 1 2 3 3 3] replicate
    [2 1 0 1 2 3 2 1] reflect
    [2 3 0 1 2 3 0 1] circular
    [1 0 0 1 2 3 3 2] symmetric
    """
    place = np.arange(-before, size + after)
    if mode == "zeros":
        return np.where((place < 0) | (place >= size), -1, place)
    if mode == "replicate":
        return place.clip(0, size - 1)
    if mode == "circular":
        return place % size
    if mode == "reflect":
        period = max(2 * size - 2, 1)
        place = place % period
        return np.minimum(place, period - place) if size > 1 else place
    place = place % (2 * size)
    return np.minimum(place, 2 * size - 1 - place)


def pad(x: Floats, pairs: Pairs, mode: str = "zeros", value: float = 0.0) -> Floats:
    """Pad the last axes by ``(before, after)`` cells each; with nothing to pad, ``x`` itself comes back.

    Parameters
    ----------
    x
        ``(..., *spatial)``.
    pairs
        One pair for each spatial axis.
    mode
        ``zeros`` fills with ``value``; ``replicate``, ``reflect``, ``circular`` and ``symmetric`` repeat cells.
    value
        What ``zeros`` fills with: 0 for sums, minus infinity for maxima.

    Examples
    --------
    >>> pad(np.array([1.0, 2.0, 3.0]), [(2, 1)], "reflect")
    array([3., 2., 1., 2., 3., 2.])
    """
    if not any(map(any, pairs)):
        return x
    lead = x.ndim - len(pairs)
    sizes = x.shape[lead:]
    shape = x.shape[:lead] + tuple(size + sum(pair) for size, pair in zip(sizes, pairs, strict=True))
    fill = mode == "zeros" and value != 0
    out: Floats = np.full(shape, value, x.dtype) if fill else np.zeros(shape, x.dtype)
    out[_interior(sizes, pairs)] = x
    if mode != "zeros":
        # Axis by axis: a border repeats cells whose other axes are padded already, so corners come out right.
        for axis, border, source in _borders(sizes, pairs, mode):
            swapped = out.swapaxes(lead + axis, 0)
            swapped[border] = swapped[source]
    return out


def pad_vjp(dpadded: Floats, pairs: Pairs, mode: str = "zeros") -> Floats:
    """Bring a gradient back through `pad`: each cell collects the shares of all its copies.

    Examples
    --------
    >>> pad_vjp(np.ones(6), [(2, 1)], "reflect")  # x was 1 2 3, padded 3 2 1 2 3 2
    array([1., 3., 2.])
    """
    lead = dpadded.ndim - len(pairs)
    sizes = tuple(size - sum(pair) for size, pair in zip(dpadded.shape[lead:], pairs, strict=True))
    if mode != "zeros" and any(map(any, pairs)):
        dpadded = dpadded.copy()
        for axis, border, source in reversed(list(_borders(sizes, pairs, mode))):
            swapped = dpadded.swapaxes(lead + axis, 0)
            for cell, origin in zip(border, source, strict=True):
                swapped[origin] += swapped[cell]
    return dpadded[_interior(sizes, pairs)]


def windows(
    x: Floats,
    kernel: Sequence[int],
    stride: Sequence[int],
    dilation: Sequence[int],
    out: Sequence[int] | None = None,
) -> Floats:
    """View the windows of an already padded array: ``(..., *padded)`` to ``(..., *out, *kernel)``, read-only, no copy.

    Without ``out``, all that fit.

    Examples
    --------
    >>> windows(np.arange(5.0), [3], [2], [1])
    array([[0., 1., 2.],
           [2., 3., 4.]])
    """
    lead = x.ndim - len(kernel)
    if out is None:
        sizes = zip(x.shape[lead:], kernel, stride, dilation, strict=True)
        out = tuple((size - d * (k - 1) - 1) // s + 1 for size, k, s, d in sizes)
    steps = x.strides[lead:]
    return as_strided(
        x,
        (*x.shape[:lead], *out, *kernel),
        x.strides[:lead]
        + tuple(step * s for step, s in zip(steps, stride, strict=True))
        + tuple(step * d for step, d in zip(steps, dilation, strict=True)),
        writeable=False,
    )


def windows_vjp(dwindows: Floats, shape: Sequence[int], stride: Sequence[int], dilation: Sequence[int]) -> Floats:
    """Bring a gradient back through `windows`: overlapping windows add up in the padded array of this ``shape``.

    Examples
    --------
    >>> windows_vjp(np.ones((2, 3)), [5], [2], [1])
    array([1., 1., 2., 1., 1.])
    """
    spatial = len(stride)
    lead = len(shape) - spatial
    out, kernel = dwindows.shape[lead : lead + spatial], dwindows.shape[lead + spatial :]
    dx = np.zeros(shape, dwindows.dtype)
    for offset in np.ndindex(*kernel):
        dx[offset_slices(offset, out, stride, dilation)] += dwindows[(..., *offset)]
    return dx


def offset_slices(offset: Sequence[int], out: Sequence[int], stride: Sequence[int], dilation: Sequence[int]) -> Index:
    """Select the padded cells that lie under one kernel cell, over all windows."""
    places = zip(offset, out, stride, dilation, strict=True)
    return (..., *(slice(o * d, o * d + (n - 1) * s + 1, s) for o, n, s, d in places))


def _interior(sizes: Sequence[int], pairs: Pairs) -> Index:
    return (..., *(slice(pair[0], pair[0] + size) for size, pair in zip(sizes, pairs, strict=True)))


def _borders(
    sizes: Sequence[int], pairs: Pairs, mode: str
) -> list[tuple[int, npt.NDArray[np.intp], npt.NDArray[np.intp]]]:
    """List for each padded axis its border cells and the cells they repeat, both counted in the padded array."""
    borders = []
    for axis, (size, (before, after)) in enumerate(zip(sizes, pairs, strict=True)):
        if before or after:
            border = np.r_[0:before, before + size : before + size + after]
            borders.append((axis, border, source_index(size, before, after, mode)[border] + before))
    return borders
