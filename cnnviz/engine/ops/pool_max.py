"""Max pooling: of every window the greatest number."""

from typing import Literal, overload

from cnnviz._checks import Floats, Ints, array, batch_axes, flag
from cnnviz.engine.ops.argument import cotangent
from cnnviz.engine.ops.pool_axis import Places, sliding_axes
from cnnviz.engine.ops.pool_fold import greatest, greatest_vjp, greatest_with_place
from cnnviz.engine.padding import Padding

Maxima = Floats | tuple[Floats, Places]


@overload
def max_pool2d(
    x: Floats, kernel_size: Ints, stride: Ints | None = None, *, padding: Padding = 0, dilation: Ints = 1,
    ceil_mode: bool = False, return_indices: Literal[False] = False,
) -> Floats: ...  # fmt: skip
@overload
def max_pool2d(
    x: Floats, kernel_size: Ints, stride: Ints | None = None, *, padding: Padding = 0, dilation: Ints = 1,
    ceil_mode: bool = False, return_indices: Literal[True],
) -> tuple[Floats, Places]: ...  # fmt: skip
def max_pool2d(
    x: Floats,
    kernel_size: Ints,
    stride: Ints | None = None,
    *,
    padding: Padding = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Maxima:
    """Keep of every window the greatest number.

    ``y[n, c, i, j] = max(x[n, c, i * stride - padding + k * dilation, ...])`` over the kernel's cells ``k`` that lie in
    the input; padding counts as minus infinity, and NaN as greater than any number.

    Parameters
    ----------
    x
        ``(N, C, H, W)``.
    kernel_size
        Cells of the window, a whole number or one for each axis.
    stride
        Step of the window, by default the kernel's size, so that windows lie side by side.
    padding
        At most half the kernel's size, a whole number or one for each axis, as in PyTorch; or, as in ONNX, a
        ``(before, after)`` pair for each axis, less than the cells that the kernel spans.
    dilation
        Distance of the window's cells.
    ceil_mode
        Also take a last window that sticks out, if it starts in the input or the padding before it.
    return_indices
        Also return where each maximum stood.

    Returns
    -------
    array, or (array, array of int)
        ``(N, C, *out)``, with ``out`` from `output_shape`; and the places of the maxima in the plane ``(H, W)``,
        counted row by row from 0, of several equal ones the first.

    Raises
    ------
    ShapeError
        If ``x`` does not have these axes, or no window fits.
    OptionError
        If an argument is outside what it may be.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[1, 3, 2, 4], [5, 6, 7, 8], [3, 2, 1, 2], [1, 3, 5, 9]], dtype=float)[None, None]
    >>> y, places = max_pool2d(x, 2, return_indices=True)
    >>> y[0, 0]
    array([[6., 8.],
           [3., 9.]])
    >>> places[0, 0]
    array([[ 5,  7],
           [ 8, 15]])

    Notes
    -----
    A window that dilation leads past every cell gives minus infinity and the place -1. Of several NaN in a window the
    first in reading order counts, as of several equal numbers: it has the place and gets the gradient. PyTorch takes
    the last NaN, since it compares each with what it has so far.

    References
    ----------
    Goodfellow, Bengio and Courville, Deep learning, 2016, section 9.3.
    """
    return _max_pool("max_pool2d", 2, x, kernel_size, stride, padding, dilation, ceil_mode, return_indices)


def max_pool2d_vjp(
    dy: Floats,
    x: Floats,
    kernel_size: Ints,
    stride: Ints | None = None,
    *,
    padding: Padding = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> tuple[Floats]:
    """Send the gradient of each window to the cell that was its greatest; what overlapping windows send adds up.

    Of several equal cells the first gets it all. ``return_indices`` changes nothing: places have no gradient.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[[[1.0, 5.0, 5.0], [2.0, 0.0, 0.0]]]])
    >>> max_pool2d_vjp(np.array([[[[10.0, 1.0]]]]), x, 2, 1)[0][0, 0]
    array([[ 0., 11.,  0.],
           [ 0.,  0.,  0.]])
    """
    return _max_pool_vjp("max_pool2d_vjp", 2, dy, x, kernel_size, stride, padding, dilation, ceil_mode, return_indices)


@overload
def max_pool1d(
    x: Floats, kernel_size: Ints, stride: Ints | None = None, *, padding: Padding = 0, dilation: Ints = 1,
    ceil_mode: bool = False, return_indices: Literal[False] = False,
) -> Floats: ...  # fmt: skip
@overload
def max_pool1d(
    x: Floats, kernel_size: Ints, stride: Ints | None = None, *, padding: Padding = 0, dilation: Ints = 1,
    ceil_mode: bool = False, return_indices: Literal[True],
) -> tuple[Floats, Places]: ...  # fmt: skip
def max_pool1d(
    x: Floats,
    kernel_size: Ints,
    stride: Ints | None = None,
    *,
    padding: Padding = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Maxima:
    """Keep the greatest number of every window of a signal ``(N, C, L)``; see `max_pool2d`.

    Examples
    --------
    >>> import numpy as np
    >>> max_pool1d(np.array([[[1.0, 3.0, 2.0, 9.0, 4.0]]]), 2, ceil_mode=True)
    array([[[3., 9., 4.]]])
    """
    return _max_pool("max_pool1d", 1, x, kernel_size, stride, padding, dilation, ceil_mode, return_indices)


def max_pool1d_vjp(
    dy: Floats,
    x: Floats,
    kernel_size: Ints,
    stride: Ints | None = None,
    *,
    padding: Padding = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> tuple[Floats]:
    """Send the gradient of each window of a signal to its greatest cell; see `max_pool2d_vjp`.

    Examples
    --------
    >>> import numpy as np
    >>> max_pool1d_vjp(np.array([[[10.0, 1.0]]]), np.array([[[1.0, 3.0, 2.0, 9.0]]]), 2)
    (array([[[ 0., 10.,  0.,  1.]]]),)
    """
    return _max_pool_vjp("max_pool1d_vjp", 1, dy, x, kernel_size, stride, padding, dilation, ceil_mode, return_indices)


@overload
def max_pool3d(
    x: Floats, kernel_size: Ints, stride: Ints | None = None, *, padding: Padding = 0, dilation: Ints = 1,
    ceil_mode: bool = False, return_indices: Literal[False] = False,
) -> Floats: ...  # fmt: skip
@overload
def max_pool3d(
    x: Floats, kernel_size: Ints, stride: Ints | None = None, *, padding: Padding = 0, dilation: Ints = 1,
    ceil_mode: bool = False, return_indices: Literal[True],
) -> tuple[Floats, Places]: ...  # fmt: skip
def max_pool3d(
    x: Floats,
    kernel_size: Ints,
    stride: Ints | None = None,
    *,
    padding: Padding = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Maxima:
    """Keep the greatest number of every window of a volume ``(N, C, D, H, W)``; see `max_pool2d`.

    Examples
    --------
    >>> import numpy as np
    >>> max_pool3d(np.arange(8.0).reshape(1, 1, 2, 2, 2), 2, return_indices=True)
    (array([[[[[7.]]]]]), array([[[[[7]]]]]))
    """
    return _max_pool("max_pool3d", 3, x, kernel_size, stride, padding, dilation, ceil_mode, return_indices)


def max_pool3d_vjp(
    dy: Floats,
    x: Floats,
    kernel_size: Ints,
    stride: Ints | None = None,
    *,
    padding: Padding = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> tuple[Floats]:
    """Send the gradient of each window of a volume to its greatest cell; see `max_pool2d_vjp`.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.arange(8.0).reshape(1, 1, 2, 2, 2)
    >>> max_pool3d_vjp(np.full((1, 1, 1, 1, 1), 3.0), x, 2)[0].ravel()
    array([0., 0., 0., 0., 0., 0., 0., 3.])
    """
    return _max_pool_vjp("max_pool3d_vjp", 3, dy, x, kernel_size, stride, padding, dilation, ceil_mode, return_indices)


def _max_pool(
    who: str,
    spatial: int,
    x: Floats,
    kernel_size: Ints,
    stride: Ints | None,
    padding: Padding,
    dilation: Ints,
    ceil_mode: bool,
    return_indices: bool,
) -> Maxima:
    x = array(who, "x", x, batch_axes(spatial))
    axes = sliding_axes(who, x, kernel_size, stride, padding, dilation, ceil_mode)
    return greatest_with_place(x, axes) if flag(who, "return_indices", return_indices) else greatest(x, axes)


def _max_pool_vjp(
    who: str,
    spatial: int,
    dy: Floats,
    x: Floats,
    kernel_size: Ints,
    stride: Ints | None,
    padding: Padding,
    dilation: Ints,
    ceil_mode: bool,
    return_indices: bool,  # noqa: ARG001  # places have no gradient
) -> tuple[Floats]:
    x = array(who, "x", x, batch_axes(spatial))
    axes = sliding_axes(who, x, kernel_size, stride, padding, dilation, ceil_mode)
    dy = cotangent(who, dy, x, (*x.shape[:2], *(axis.out for axis in axes)), batch_axes(spatial))
    return (greatest_vjp(dy, greatest_with_place(x, axes)[1], x.shape[2:]),)
