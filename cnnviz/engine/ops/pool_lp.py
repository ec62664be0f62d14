"""Lp pooling: of every window its length, measured with a power of one's choice."""

from collections.abc import Sequence

import numpy as np

from cnnviz._checks import Floats, Ints, array, batch_axes
from cnnviz.engine.ops.argument import cotangent, positive
from cnnviz.engine.ops.pool_axis import Axis, sliding_axes
from cnnviz.engine.ops.pool_fold import box, total, total_vjp
from cnnviz.engine.padding import Padding


def lp_pool2d(
    x: Floats,
    norm_type: float,
    kernel_size: Ints,
    stride: Ints | None = None,
    *,
    padding: Padding = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
) -> Floats:
    """Take the p-norm of every window.

    ``y = (sum |x|^p)^(1/p)`` over the window; 1 adds up the sizes, 2 is the length of the window as a vector, and the
    larger ``p``, the closer to the maximum.

    Parameters
    ----------
    x
        ``(N, C, H, W)``.
    norm_type
        The power ``p``, above 0.
    kernel_size, stride, padding, dilation, ceil_mode
        As for `max_pool2d`; padding counts as 0.

    Returns
    -------
    array
        ``(N, C, *out)``, with ``out`` from `output_shape`; values from 0 up.

    Raises
    ------
    ShapeError
        If ``x`` does not have these axes, or no window fits.
    OptionError
        If an argument is outside what it may be.

    Examples
    --------
    >>> lp_pool2d(np.array([[[[3.0, 0.0], [0.0, -4.0]]]]), 2, 2)
    array([[[[5.]]]])

    Notes
    -----
    Two choices where references differ. The absolute value is taken, as in ONNX; PyTorch leaves it out, so for an odd
    ``p`` its sums of negative numbers have no root. A window cut off by the border under ``ceil_mode`` is scaled up to
    the whole kernel, as in PyTorch.

    References
    ----------
    Sermanet, Chintala and LeCun, Convolutional neural networks applied to house numbers digit classification, 2012,
    section 2.2.
    """
    return _lp_pool("lp_pool2d", 2, x, norm_type, kernel_size, stride, padding, dilation, ceil_mode)


def lp_pool2d_vjp(
    dy: Floats,
    x: Floats,
    norm_type: float,
    kernel_size: Ints,
    stride: Ints | None = None,
    *,
    padding: Padding = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
) -> tuple[Floats]:
    """Share the gradient of each window among its cells by their sizes: ``sign(x) (|x| / y)^(p - 1)`` of it each.

    A window of zeros has a corner there; its cells get 0.

    Examples
    --------
    >>> lp_pool2d_vjp(np.array([[[[10.0]]]]), np.array([[[[3.0, 0.0], [0.0, -4.0]]]]), 2, 2)
    (array([[[[ 6.,  0.],
              [ 0., -8.]]]]),)
    """
    return _lp_pool_vjp("lp_pool2d_vjp", 2, dy, x, norm_type, kernel_size, stride, padding, dilation, ceil_mode)


def lp_pool1d(
    x: Floats,
    norm_type: float,
    kernel_size: Ints,
    stride: Ints | None = None,
    *,
    padding: Padding = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
) -> Floats:
    """Take the p-norm of every window of a signal ``(N, C, L)``; see `lp_pool2d`.

    Examples
    --------
    >>> lp_pool1d(np.array([[[3.0, 4.0, 5.0, 12.0]]]), 2, 2)
    array([[[ 5., 13.]]])
    """
    return _lp_pool("lp_pool1d", 1, x, norm_type, kernel_size, stride, padding, dilation, ceil_mode)


def lp_pool1d_vjp(
    dy: Floats,
    x: Floats,
    norm_type: float,
    kernel_size: Ints,
    stride: Ints | None = None,
    *,
    padding: Padding = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
) -> tuple[Floats]:
    """Share the gradient of each window of a signal among its cells; see `lp_pool2d_vjp`.

    Examples
    --------
    >>> lp_pool1d_vjp(np.array([[[10.0]]]), np.array([[[3.0, 4.0]]]), 2, 2)
    (array([[[6., 8.]]]),)
    """
    return _lp_pool_vjp("lp_pool1d_vjp", 1, dy, x, norm_type, kernel_size, stride, padding, dilation, ceil_mode)


def lp_pool3d(
    x: Floats,
    norm_type: float,
    kernel_size: Ints,
    stride: Ints | None = None,
    *,
    padding: Padding = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
) -> Floats:
    """Take the p-norm of every window of a volume ``(N, C, D, H, W)``; see `lp_pool2d`.

    Examples
    --------
    >>> lp_pool3d(np.full((1, 1, 2, 2, 2), -1.0), 3, 2)
    array([[[[[2.]]]]])
    """
    return _lp_pool("lp_pool3d", 3, x, norm_type, kernel_size, stride, padding, dilation, ceil_mode)


def lp_pool3d_vjp(
    dy: Floats,
    x: Floats,
    norm_type: float,
    kernel_size: Ints,
    stride: Ints | None = None,
    *,
    padding: Padding = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
) -> tuple[Floats]:
    """Share the gradient of each window of a volume among its cells; see `lp_pool2d_vjp`.

    Examples
    --------
    >>> lp_pool3d_vjp(np.full((1, 1, 1, 1, 1), 4.0), np.full((1, 1, 2, 2, 2), -1.0), 3, 2)[0].ravel()
    array([-1., -1., -1., -1., -1., -1., -1., -1.])
    """
    return _lp_pool_vjp("lp_pool3d_vjp", 3, dy, x, norm_type, kernel_size, stride, padding, dilation, ceil_mode)


def _lp_pool(
    who: str,
    spatial: int,
    x: Floats,
    norm_type: float,
    kernel_size: Ints,
    stride: Ints | None,
    padding: Padding,
    dilation: Ints,
    ceil_mode: bool,
) -> Floats:
    x = array(who, "x", x, batch_axes(spatial))
    p = positive(who, "norm_type", norm_type)
    return _norm(x, p, sliding_axes(who, x, kernel_size, stride, padding, dilation, ceil_mode))


def _lp_pool_vjp(
    who: str,
    spatial: int,
    dy: Floats,
    x: Floats,
    norm_type: float,
    kernel_size: Ints,
    stride: Ints | None,
    padding: Padding,
    dilation: Ints,
    ceil_mode: bool,
) -> tuple[Floats]:
    x = array(who, "x", x, batch_axes(spatial))
    p = positive(who, "norm_type", norm_type)
    axes = sliding_axes(who, x, kernel_size, stride, padding, dilation, ceil_mode)
    dy = cotangent(who, dy, x, (*x.shape[:2], *(axis.out for axis in axes)), batch_axes(spatial))
    y = _norm(x, p, axes)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(y == 0, 0, dy * y ** (1 - p) * _scale(x, axes))
        slope = np.where(x == 0, 0, np.sign(x) * np.abs(x) ** (p - 1))
    return (total_vjp(share, axes) * slope,)


def _norm(x: Floats, p: float, axes: Sequence[Axis]) -> Floats:
    y: Floats = (total(np.abs(x) ** p, axes) * _scale(x, axes)) ** (1 / p)
    return y


def _scale(x: Floats, axes: Sequence[Axis]) -> Floats:
    """Say how often each window, cut off by the border, goes into the whole kernel."""
    cells = box([axis.counted for axis in axes])
    return np.asarray(cells.max() / cells, x.dtype)
