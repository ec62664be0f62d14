"""Max unpooling: the numbers of a pooled map go back to where they stood, between zeros."""

from math import prod

import numpy as np

from cnnviz._checks import Floats, Ints, array, batch_axes
from cnnviz.engine.ops.argument import cotangent
from cnnviz.engine.unpooling import Places, unpooled


def max_unpool2d(
    x: Floats,
    indices: Places,
    kernel_size: Ints,
    stride: Ints | None = None,
    *,
    padding: Ints = 0,
    output_size: Ints | None = None,
) -> Floats:
    """Put each number of a pooled map back to the place that it came from; all other cells are 0.

    ``y[n, c].flat[indices[n, c, i, j]] = x[n, c, i, j]``

    Parameters
    ----------
    x
        ``(N, C, H, W)``, the pooled map.
    indices
        The places, ``(N, C, H, W)``, as `max_pool2d` returns them: in the plane of the output, row by row from 0.
    kernel_size, stride, padding
        Those of the pooling.
    output_size
        Cells of the output along each axis, or its whole shape, where the pooling has left cells over; less than a
        stride from ``(H - 1) * stride - 2 * padding + kernel_size``, which it is by default.

    Returns
    -------
    array
        ``(N, C, *output_size)``.

    Raises
    ------
    ShapeError
        If the arrays do not fit each other, or a place lies outside the plane.
    OptionError
        If an argument is outside what it may be.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnviz.engine import max_pool2d
    >>> x = np.array([[1, 3, 2, 4], [5, 6, 7, 8], [3, 2, 1, 2], [1, 3, 5, 9]], dtype=float)[None, None]
    >>> max_unpool2d(*max_pool2d(x, 2, return_indices=True), 2)[0, 0]
    array([[0., 0., 0., 0.],
           [0., 6., 0., 8.],
           [3., 0., 0., 0.],
           [0., 0., 0., 9.]])

    Notes
    -----
    Where several numbers have one place, as after overlapping windows, the last of them in reading order stands there,
    and it alone gets the gradient. PyTorch leaves open which one stands there, and gives the gradient to all.

    References
    ----------
    Zeiler and Fergus, Visualizing and understanding convolutional networks, 2014, section 2.1.
    """
    return _unpool("max_unpool2d", 2, x, indices, kernel_size, stride, padding, output_size)


def max_unpool2d_vjp(
    dy: Floats,
    x: Floats,
    indices: Places,
    kernel_size: Ints,
    stride: Ints | None = None,
    *,
    padding: Ints = 0,
    output_size: Ints | None = None,
) -> tuple[Floats]:
    """Fetch the gradient of each number from the place that it was put to.

    Examples
    --------
    >>> import numpy as np
    >>> dy = np.arange(4.0).reshape(1, 1, 2, 2)
    >>> max_unpool2d_vjp(dy, np.array([[[[7.0]]]]), np.array([[[[2]]]]), 2)
    (array([[[[2.]]]]),)
    """
    return _unpool_vjp("max_unpool2d_vjp", 2, dy, x, indices, kernel_size, stride, padding, output_size)


def max_unpool1d(
    x: Floats,
    indices: Places,
    kernel_size: Ints,
    stride: Ints | None = None,
    *,
    padding: Ints = 0,
    output_size: Ints | None = None,
) -> Floats:
    """Put each number of a pooled signal ``(N, C, L)`` back to its place; see `max_unpool2d`.

    Examples
    --------
    >>> import numpy as np
    >>> max_unpool1d(np.array([[[3.0, 9.0]]]), np.array([[[1, 3]]]), 2, output_size=5)
    array([[[0., 3., 0., 9., 0.]]])
    """
    return _unpool("max_unpool1d", 1, x, indices, kernel_size, stride, padding, output_size)


def max_unpool1d_vjp(
    dy: Floats,
    x: Floats,
    indices: Places,
    kernel_size: Ints,
    stride: Ints | None = None,
    *,
    padding: Ints = 0,
    output_size: Ints | None = None,
) -> tuple[Floats]:
    """Fetch the gradient of each number of a signal from its place; see `max_unpool2d_vjp`.

    Examples
    --------
    >>> import numpy as np
    >>> max_unpool1d_vjp(np.array([[[1.0, 2.0, 3.0, 4.0]]]), np.array([[[3.0, 9.0]]]), np.array([[[1, 3]]]), 2)
    (array([[[2., 4.]]]),)
    """
    return _unpool_vjp("max_unpool1d_vjp", 1, dy, x, indices, kernel_size, stride, padding, output_size)


def max_unpool3d(
    x: Floats,
    indices: Places,
    kernel_size: Ints,
    stride: Ints | None = None,
    *,
    padding: Ints = 0,
    output_size: Ints | None = None,
) -> Floats:
    """Put each number of a pooled volume ``(N, C, D, H, W)`` back to its place; see `max_unpool2d`.

    Examples
    --------
    >>> import numpy as np
    >>> max_unpool3d(np.full((1, 1, 1, 1, 1), 7.0), np.full((1, 1, 1, 1, 1), 6), 2).ravel()
    array([0., 0., 0., 0., 0., 0., 7., 0.])
    """
    return _unpool("max_unpool3d", 3, x, indices, kernel_size, stride, padding, output_size)


def max_unpool3d_vjp(
    dy: Floats,
    x: Floats,
    indices: Places,
    kernel_size: Ints,
    stride: Ints | None = None,
    *,
    padding: Ints = 0,
    output_size: Ints | None = None,
) -> tuple[Floats]:
    """Fetch the gradient of each number of a volume from its place; see `max_unpool2d_vjp`.

    Examples
    --------
    >>> import numpy as np
    >>> one = np.full((1, 1, 1, 1, 1), 6)
    >>> max_unpool3d_vjp(np.arange(8.0).reshape(1, 1, 2, 2, 2), one.astype(float), one, 2)[0].ravel()
    array([6.])
    """
    return _unpool_vjp("max_unpool3d_vjp", 3, dy, x, indices, kernel_size, stride, padding, output_size)


def _unpool(
    who: str,
    spatial: int,
    x: Floats,
    indices: object,
    kernel_size: Ints,
    stride: Ints | None,
    padding: Ints,
    output_size: Ints | None,
) -> Floats:
    x = array(who, "x", x, batch_axes(spatial))
    places, plane = unpooled(who, x, indices, kernel_size, stride, padding, output_size)
    y = np.zeros((*x.shape[:2], *plane), x.dtype)
    y.reshape(-1)[_cells(places, plane)] = x.reshape(-1)  # of several at one place, numpy keeps the last
    return y


def _unpool_vjp(
    who: str,
    spatial: int,
    dy: Floats,
    x: Floats,
    indices: object,
    kernel_size: Ints,
    stride: Ints | None,
    padding: Ints,
    output_size: Ints | None,
) -> tuple[Floats]:
    x = array(who, "x", x, batch_axes(spatial))
    places, plane = unpooled(who, x, indices, kernel_size, stride, padding, output_size)
    dy = cotangent(who, dy, x, (*x.shape[:2], *plane), batch_axes(spatial))
    cells, order = _cells(places, plane), np.arange(x.size)
    standing = np.empty(dy.size, np.intp)
    standing[cells] = order
    dx = dy.reshape(-1)[cells]
    dx[standing[cells] != order] = 0  # another number came to stand there
    return (dx.reshape(x.shape),)


def _cells(places: Places, plane: tuple[int, ...]) -> Places:
    """Turn places in planes into places in all of them, one after the other."""
    planes = np.arange(places.shape[0] * places.shape[1]).reshape(*places.shape[:2], *(1,) * len(plane))
    return np.asarray((places + planes * prod(plane)).reshape(-1), np.intp)
