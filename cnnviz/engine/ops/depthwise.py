"""Convolution of each channel for itself: copying its columns is most of the work, so they are made in long runs.

All windows of a channel read, under one kernel cell, the same run of cells shifted by a fixed number, if rows are laid
one behind the other: each run is one row of the columns. Cells that a row reads across its end are computed too, and
left out. Under a stride these would be most cells: `cnnviz.engine.ops.im2col` makes other columns then.
"""

from itertools import product
from math import prod

import numpy as np

from cnnviz._checks import Floats
from cnnviz.engine.geometry import Geometry
from cnnviz.engine.windows import Index

TILE_BYTES = 2 << 20
"""Columns made at a time; measured fastest around here."""


def convolve_each(x: Floats, weight: Floats, bias: Floats | None, geometry: Geometry) -> Floats:
    """Slide ``weight (M, 1, *kernel)`` over ``x (N, C, *size)`` at stride 1, ``M / C`` filters for each channel.

    Examples
    --------
    >>> from cnnviz.engine.geometry import lay_out
    >>> x = np.array([[[1.0, 2.0, 4.0], [5.0, 6.0, 7.0]]])
    >>> convolve_each(x, np.array([[[1.0, 1.0]], [[0.0, 2.0]]]), None, lay_out("conv1d", (3,), (2,)))
    array([[[ 3.,  6.],
            [12., 14.]]])
    """
    examples, channels = x.shape[:2]
    each, cells = len(weight) // channels, prod(geometry.kernel)
    sizes = geometry.padded
    runs = geometry.pad(x).reshape(examples * channels, -1)
    matrices = np.tile(weight.reshape(channels, each, cells), (examples, 1, 1))
    steps = [prod(sizes[axis + 1 :]) for axis in range(len(sizes))]
    length = sum((out - 1) * step for out, step in zip(geometry.out, steps, strict=True)) + 1
    shifts = [
        sum(k * d * step for k, d, step in zip(cell, geometry.dilation, steps, strict=True))
        for cell in product(*map(range, geometry.kernel))
    ]
    y = np.empty((examples * channels, each, *geometry.out), x.dtype)
    whole = (each, geometry.out[0], *sizes[1:])
    tile = min(len(y), max(1, TILE_BYTES // (cells * length * x.itemsize)))
    columns = np.empty((tile, cells, length), x.dtype)
    rows = np.zeros((tile, each, prod(whole[1:])), x.dtype)
    inside: Index = (..., *(slice(out) for out in geometry.out))
    with np.errstate(all="ignore"):  # NaN and infinity are values: they travel on in silence
        for first in range(0, len(y), tile):
            part = slice(first, min(first + tile, len(y)))
            count = part.stop - first
            for number, shift in enumerate(shifts):
                columns[:count, number] = runs[part, shift : shift + length]
            np.matmul(matrices[part], columns[:count], out=rows[:count, :, :length])
            y[part] = rows[:count].reshape(count, *whole)[inside]
        y = y.reshape(examples, channels * each, *geometry.out)
        if bias is not None:
            y += bias.reshape(-1, *(1,) * len(geometry.out))
    return y
