"""Cell by cell, a block at a time: all steps of a formula then stay in the cache, and no step takes fresh memory."""

from collections.abc import Callable

import numpy as np

from cnnviz._checks import Floats

BLOCK = 1 << 15
"""Cells; measured fastest around here."""


def by_blocks(formula: Callable[..., Floats], *arrays: Floats) -> Floats:
    """Apply a formula for single cells to arrays of one shape and dtype.

    Examples
    --------
    >>> by_blocks(lambda x, y: x * y + 1, np.array([[1.0, 2.0]]), np.array([[3.0, 4.0]]))
    array([[4., 9.]])
    """
    first = arrays[0]
    if first.size <= BLOCK:
        return np.asarray(formula(*arrays))
    y = np.empty(first.shape, first.dtype)
    cells, results = [array.reshape(-1) for array in arrays], y.reshape(-1)
    for start in range(0, first.size, BLOCK):
        part = slice(start, start + BLOCK)
        results[part] = formula(*(array[part] for array in cells))
    return y


def by_rows(formula: Callable[..., Floats], axis: int, *arrays: Floats) -> Floats:
    """Apply a formula for single rows, which lie along an axis, to arrays of one shape and dtype.

    Examples
    --------
    >>> by_rows(lambda x, axis: x - x.max(axis=axis, keepdims=True), 1, np.array([[1.0, 2.0], [5.0, 3.0]]))
    array([[-1.,  0.],
           [ 0., -2.]])
    """
    first = arrays[0]
    if first.size <= BLOCK or axis % first.ndim != first.ndim - 1:
        return np.asarray(formula(*arrays, axis=axis))
    width = first.shape[-1]
    y = np.empty(first.shape, first.dtype)
    rows, results, step = [array.reshape(-1, width) for array in arrays], y.reshape(-1, width), max(1, BLOCK // width)
    for start in range(0, len(results), step):
        part = slice(start, start + step)
        results[part] = formula(*(array[part] for array in rows), axis=1)
    return y
