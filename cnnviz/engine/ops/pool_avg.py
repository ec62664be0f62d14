"""Average pooling: of every window the mean."""

from collections.abc import Sequence

import numpy as np

from cnnviz._checks import Floats, Ints, array, batch_axes, flag, integer
from cnnviz.engine.ops.argument import cotangent
from cnnviz.engine.ops.pool_axis import Axis, sliding_axes
from cnnviz.engine.ops.pool_fold import box, total, total_vjp
from cnnviz.engine.padding import Padding
from cnnviz.errors import OptionError


def avg_pool2d(
    x: Floats,
    kernel_size: Ints,
    stride: Ints | None = None,
    *,
    padding: Padding = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Floats:
    """Take the mean of every window.

    ``y[n, c, i, j] = sum(x[n, c, i * stride - padding + k * dilation, ...]) / divisor`` over the kernel's cells ``k``
    that lie in the input; padding counts as 0.

    Parameters
    ----------
    x
        ``(N, C, H, W)``.
    kernel_size, stride, padding, dilation, ceil_mode
        As for `max_pool2d`.
    count_include_pad
        Whether the divisor counts the cells of a window that lie in the padding. Those that stick out even beyond it,
        under ``ceil_mode``, never count.
    divisor_override
        What every sum is divided by instead.

    Returns
    -------
    array
        ``(N, C, *out)``, with ``out`` from `output_shape`.

    Raises
    ------
    ShapeError
        If ``x`` does not have these axes, or no window fits.
    OptionError
        If an argument is outside what it may be.

    Examples
    --------
    >>> x = np.array([[1, 3, 2, 4], [5, 6, 7, 8], [3, 2, 1, 2], [1, 3, 5, 9]], dtype=float)[None, None]
    >>> avg_pool2d(x, 2)[0, 0]
    array([[3.75, 5.25],
           [2.25, 4.25]])

    References
    ----------
    LeCun, Bottou, Bengio and Haffner, Gradient-based learning applied to document recognition, 1998, section II.A.
    """
    return _avg_pool(
        "avg_pool2d", 2, x, kernel_size, stride, padding, dilation, ceil_mode, count_include_pad, divisor_override
    )


def avg_pool2d_vjp(
    dy: Floats,
    x: Floats,
    kernel_size: Ints,
    stride: Ints | None = None,
    *,
    padding: Padding = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> tuple[Floats]:
    """Share the gradient of each window equally among its cells; what overlapping windows give adds up.

    Examples
    --------
    >>> avg_pool2d_vjp(np.array([[[[4.0, 8.0]]]]), np.zeros((1, 1, 2, 3)), 2, 1)[0][0, 0]
    array([[1., 3., 2.],
           [1., 3., 2.]])
    """
    return _avg_pool_vjp(
        "avg_pool2d_vjp", 2, dy, x, kernel_size, stride, padding, dilation, ceil_mode, count_include_pad,
        divisor_override,
    )  # fmt: skip


def avg_pool1d(
    x: Floats,
    kernel_size: Ints,
    stride: Ints | None = None,
    *,
    padding: Padding = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Floats:
    """Take the mean of every window of a signal ``(N, C, L)``; see `avg_pool2d`.

    Examples
    --------
    >>> x = np.array([[[2.0, 4.0, 9.0]]])
    >>> avg_pool1d(x, 2, padding=1), avg_pool1d(x, 2, padding=1, count_include_pad=False)
    (array([[[1. , 6.5]]]), array([[[2. , 6.5]]]))
    """
    return _avg_pool(
        "avg_pool1d", 1, x, kernel_size, stride, padding, dilation, ceil_mode, count_include_pad, divisor_override
    )


def avg_pool1d_vjp(
    dy: Floats,
    x: Floats,
    kernel_size: Ints,
    stride: Ints | None = None,
    *,
    padding: Padding = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> tuple[Floats]:
    """Share the gradient of each window of a signal among its cells; see `avg_pool2d_vjp`.

    Examples
    --------
    >>> avg_pool1d_vjp(np.array([[[4.0, 8.0]]]), np.zeros((1, 1, 4)), 2)
    (array([[[2., 2., 4., 4.]]]),)
    """
    return _avg_pool_vjp(
        "avg_pool1d_vjp", 1, dy, x, kernel_size, stride, padding, dilation, ceil_mode, count_include_pad,
        divisor_override,
    )  # fmt: skip


def avg_pool3d(
    x: Floats,
    kernel_size: Ints,
    stride: Ints | None = None,
    *,
    padding: Padding = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Floats:
    """Take the mean of every window of a volume ``(N, C, D, H, W)``; see `avg_pool2d`.

    Examples
    --------
    >>> avg_pool3d(np.arange(8.0).reshape(1, 1, 2, 2, 2), 2)
    array([[[[[3.5]]]]])
    """
    return _avg_pool(
        "avg_pool3d", 3, x, kernel_size, stride, padding, dilation, ceil_mode, count_include_pad, divisor_override
    )


def avg_pool3d_vjp(
    dy: Floats,
    x: Floats,
    kernel_size: Ints,
    stride: Ints | None = None,
    *,
    padding: Padding = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> tuple[Floats]:
    """Share the gradient of each window of a volume among its cells; see `avg_pool2d_vjp`.

    Examples
    --------
    >>> avg_pool3d_vjp(np.full((1, 1, 1, 1, 1), 8.0), np.zeros((1, 1, 2, 2, 2)), 2)[0].ravel()
    array([1., 1., 1., 1., 1., 1., 1., 1.])
    """
    return _avg_pool_vjp(
        "avg_pool3d_vjp", 3, dy, x, kernel_size, stride, padding, dilation, ceil_mode, count_include_pad,
        divisor_override,
    )  # fmt: skip


def _avg_pool(
    who: str,
    spatial: int,
    x: Floats,
    kernel_size: Ints,
    stride: Ints | None,
    padding: Padding,
    dilation: Ints,
    ceil_mode: bool,
    count_include_pad: bool,
    divisor_override: int | None,
) -> Floats:
    x = array(who, "x", x, batch_axes(spatial))
    axes = sliding_axes(who, x, kernel_size, stride, padding, dilation, ceil_mode)
    divisor = _divisor(who, x, axes, count_include_pad, divisor_override)
    with np.errstate(invalid="ignore"):  # the mean of a window that dilation led past every cell is NaN
        return total(x, axes) / divisor


def _avg_pool_vjp(
    who: str,
    spatial: int,
    dy: Floats,
    x: Floats,
    kernel_size: Ints,
    stride: Ints | None,
    padding: Padding,
    dilation: Ints,
    ceil_mode: bool,
    count_include_pad: bool,
    divisor_override: int | None,
) -> tuple[Floats]:
    x = array(who, "x", x, batch_axes(spatial))
    axes = sliding_axes(who, x, kernel_size, stride, padding, dilation, ceil_mode)
    dy = cotangent(who, dy, x, (*x.shape[:2], *(axis.out for axis in axes)), batch_axes(spatial))
    divisor = _divisor(who, x, axes, count_include_pad, divisor_override)
    with np.errstate(invalid="ignore", divide="ignore"):
        return (total_vjp(dy / divisor, axes),)


def _divisor(
    who: str, x: Floats, axes: Sequence[Axis], count_include_pad: bool, divisor_override: int | None
) -> Floats:
    if divisor_override is not None:
        divisor = integer(who, "divisor_override", divisor_override, -(10**9))
        if divisor == 0:
            raise OptionError(f"{who}: expected divisor_override other than 0, got 0; leave it out for the plain mean")
        return np.asarray(divisor, x.dtype)
    padded_too = flag(who, "count_include_pad", count_include_pad)
    return box([axis.counted if padded_too else axis.real for axis in axes]).astype(x.dtype)
