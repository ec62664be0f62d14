"""Convolution as one matrix product: the core below every operation that slides a kernel.

The cells under each window become one column, so that ``weight (M, K) @ columns (K, P)`` is the whole convolution, for
any number of spatial axes. All columns at once would be many times the input: they are made a few megabytes at a time,
again and again in the same memory, and each product goes straight to its place in the output.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from math import prod

import numpy as np

from cnnviz._checks import Floats
from cnnviz.engine.geometry import Geometry
from cnnviz.engine.ops.depthwise import convolve_each
from cnnviz.engine.windows import Index, offset_slices

TILE_BYTES = 4 << 20
"""Columns made at a time; measured fastest around here, where they still fit the caches."""

Tile = tuple[slice, tuple[slice, ...], slice]


def convolve(x: Floats, weight: Floats, bias: Floats | None, geometry: Geometry, groups: int) -> Floats:
    """Slide ``weight (M, C/groups, *kernel)`` over ``x (N, C, *size)``; return ``(N, M, *out)``."""
    filters = weight.shape[0]
    if not len(x):
        return np.empty((0, filters, *geometry.out), x.dtype)
    if groups == x.shape[1] > 1 and set(geometry.stride) == {1}:
        return convolve_each(x, weight, bias, geometry)
    matrix = weight.reshape(groups, filters // groups, -1)
    start = None if bias is None else bias.reshape(groups, -1, 1)
    y = np.empty((x.shape[0], filters, *geometry.out), x.dtype)
    flat = y.reshape(x.shape[0], groups, filters // groups, -1)
    with np.errstate(all="ignore"):  # NaN and infinity are values: they travel on in silence
        for (examples, _, cells), columns in _columns(x, geometry, groups):
            place = flat[examples, :, :, cells]
            np.matmul(matrix, columns, out=place)
            if start is not None:
                place += start
    return y


def weight_gradient(dy: Floats, x: Floats, geometry: Geometry, groups: int) -> Floats:
    """Sum ``dy (N, M, *out)`` times the cells under its window over all windows; return ``(M, C/groups, *kernel)``."""
    filters, depth = dy.shape[1], x.shape[1] // groups
    if not len(x):
        return np.zeros((filters, depth, *geometry.kernel), x.dtype)
    if len(x) > 1 and filters // groups > prod(geometry.out):
        # The gradients of single examples would be larger than their columns: multiply all examples at once.
        joined = _with_examples(geometry, len(x))
        return weight_gradient(dy.swapaxes(0, 1)[None], x.swapaxes(0, 1)[None], joined, groups)[:, :, 0]
    flat = dy.reshape(dy.shape[0], groups, filters // groups, -1).swapaxes(2, 3)
    total = np.zeros((groups, depth * prod(geometry.kernel), filters // groups), x.dtype)  # this way round is faster
    with np.errstate(all="ignore"):
        for (examples, _, cells), columns in _columns(x, geometry, groups):
            total += np.matmul(columns, flat[examples, :, cells]).sum(axis=0)
    return total.swapaxes(1, 2).reshape(filters, depth, *geometry.kernel)


def _with_examples(geometry: Geometry, examples: int) -> Geometry:
    """Count the examples as one more spatial axis, the first, along which the kernel is 1."""
    return replace(
        geometry,
        size=(examples, *geometry.size),
        kernel=(1, *geometry.kernel),
        stride=(1, *geometry.stride),
        dilation=(1, *geometry.dilation),
        pairs=((0, 0), *geometry.pairs),
        out=(examples, *geometry.out),
    )


def input_gradient(dy: Floats, weight: Floats, geometry: Geometry, groups: int) -> Floats:
    """Spread ``dy (N, M, *out)`` over its windows, adding up where they overlap; return ``(N, C, *size)``."""
    if not len(dy):
        return np.empty((0, weight.shape[1] * groups, *geometry.size), dy.dtype)
    turned = _turned(geometry)
    cost = dy.shape[1] * prod(turned.out) if turned else 0  # the columns to copy there, or here to spread
    with np.errstate(all="ignore"):
        if turned and cost <= 2 * weight.shape[1] * groups * prod(geometry.out):  # spreading one takes twice as long
            dx = convolve(dy, _flipped(weight, groups), None, turned, groups)
        else:
            dx = _spread(dy, weight, geometry, groups)
        return dx if dx.shape[2:] == geometry.size else np.ascontiguousarray(geometry.pad_vjp(dx))


def _turned(geometry: Geometry) -> Geometry | None:
    """Find the convolution that brings a gradient back at stride 1: full, and then cropped where zeros were padded."""
    if set(geometry.stride) != {1}:
        return None
    zeros = geometry.mode == "zeros"
    pairs = []
    for k, d, (before, after), padded, out in zip(
        geometry.kernel, geometry.dilation, geometry.pairs, geometry.padded, geometry.out, strict=True
    ):
        pairs.append((d * (k - 1) - zeros * before, padded - out - zeros * after))
    if min(map(min, pairs)) < 0:  # more padding than the kernel reaches over
        return None
    return replace(
        geometry,
        size=geometry.out,
        out=geometry.size if zeros else geometry.padded,
        pairs=tuple(pairs),
        mode="zeros",
    )


def _flipped(weight: Floats, groups: int) -> Floats:
    """Flip the kernels and let filters and channels change places: ``(C, M/groups, *kernel)``."""
    depth, kernel = weight.shape[1], weight.shape[2:]
    parts = np.flip(weight, tuple(range(2, weight.ndim))).reshape(groups, -1, depth, *kernel)
    return parts.swapaxes(1, 2).reshape(groups * depth, -1, *kernel)


def _spread(dy: Floats, weight: Floats, geometry: Geometry, groups: int) -> Floats:
    """Make the columns that each window shares out and add them up in the padded cells."""
    examples, filters = dy.shape[:2]
    channels = weight.shape[1] * groups
    matrix = weight.reshape(groups, filters // groups, -1).swapaxes(-1, -2)
    flat = dy.reshape(examples, groups, filters // groups, -1)
    dpadded = np.zeros((examples, channels, *geometry.padded), dy.dtype)
    times = np.multiply if filters == groups else np.matmul  # a product over one filter is no sum
    for tile in tiles(examples, geometry.out, channels * prod(geometry.kernel) * dy.itemsize):
        spread(times(matrix, flat[tile[0], :, :, tile[2]]), tile, dpadded, geometry)
    return dpadded


def spread(columns: Floats, tile: Tile, dpadded: Floats, geometry: Geometry) -> None:
    """Add columns ``(examples, ..., cells)`` to the cells of the padded array that they were taken from."""
    examples, block, _ = tile
    sizes = [part.stop - part.start for part in block]
    shares = columns.reshape(-1, dpadded.shape[1], *geometry.kernel, *sizes)
    starts = (slice(part.start * step, None) for part, step in zip(block, geometry.stride, strict=True))
    corner = dpadded[(examples, slice(None), *starts)]
    for offset in np.ndindex(*geometry.kernel):
        corner[offset_slices(offset, sizes, geometry.stride, geometry.dilation)] += shares[:, :, *offset]


def tiles(examples: int, out: Sequence[int], column_bytes: int) -> Iterator[Tile]:
    """Cut the windows into runs that are contiguous in the output and whose columns fit `TILE_BYTES`.

    Gives the examples, the range along each output axis, and the same as one range of the flattened output.

    Examples
    --------
    >>> for tile in tiles(1, (3, 4), TILE_BYTES // 8):  # room for 8 columns: two rows of four
    ...     print(tile)
    (slice(0, 1, None), (slice(0, 2, None), slice(0, 4, None)), slice(0, 8, None))
    (slice(0, 1, None), (slice(2, 3, None), slice(0, 4, None)), slice(8, 12, None))
    """
    sizes = (examples, *out)
    steps = []
    room = TILE_BYTES // column_bytes
    for size in reversed(sizes):
        steps.append(max(1, min(size, room)))
        room //= size
    for starts in product(*(range(0, size, step) for size, step in zip(sizes, reversed(steps), strict=True))):
        parts = [
            slice(start, min(start + step, size))
            for start, step, size in zip(starts, reversed(steps), sizes, strict=True)
        ]
        first = 0
        for start, size in zip(starts[1:], out, strict=True):
            first = first * size + start
        block = tuple(parts[1:])
        yield parts[0], block, slice(first, first + prod(part.stop - part.start for part in block))


def _columns(x: Floats, geometry: Geometry, groups: int) -> Iterator[tuple[Tile, Floats]]:
    """Make the columns tile by tile, ``(examples, groups, K, cells)``, all in the same memory."""
    examples, channels = x.shape[:2]
    rows = channels * prod(geometry.kernel)
    padded = geometry.pad(x)
    if rows == channels and geometry.out == geometry.padded and padded.flags.c_contiguous:
        whole = (slice(0, examples), tuple(slice(0, size) for size in geometry.out), slice(None))
        yield whole, padded.reshape(examples, groups, channels // groups, -1)  # 1x1: the input is its own columns
        return
    axes = len(geometry.kernel)
    views = geometry.windows(padded).transpose(0, 1, *range(2 + axes, 2 + 2 * axes), *range(2, 2 + axes))
    memory = np.empty(0, x.dtype)
    for tile in tiles(examples, geometry.out, rows * x.itemsize):
        place: Index = (tile[0], ..., *tile[1])
        view = views[place]
        if memory.size < view.size:
            memory = np.empty(view.size, x.dtype)
        columns = memory[: view.size].reshape(view.shape)
        columns[...] = view
        yield tile, columns.reshape(view.shape[0], groups, rows // groups, -1)
