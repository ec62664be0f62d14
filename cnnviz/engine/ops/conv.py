"""Convolution over one, two or three spatial axes."""

from typing import TypedDict, Unpack

from cnnviz._checks import Floats, Ints, native
from cnnviz.engine.channels import conv_geometry
from cnnviz.engine.ops.im2col import convolve
from cnnviz.engine.padding import Padding


class ConvOptions(TypedDict, total=False):
    """The options that `conv1d`, `conv2d`, `conv3d` and their gradients share."""

    stride: Ints
    padding: Padding
    dilation: Ints
    groups: int
    padding_mode: str


def conv1d(
    x: Floats,
    weight: Floats,
    bias: Floats | None = None,
    *,
    stride: Ints = 1,
    padding: Padding = 0,
    dilation: Ints = 1,
    groups: int = 1,
    padding_mode: str = "zeros",
) -> Floats:
    """Slide each filter along sequences: multiply, sum, add the bias.

    Parameters
    ----------
    x
        ``(N, C, L)``.
    weight
        ``(M, C / groups, k)``.
    bias
        ``(M,)`` or None.
    stride, padding, dilation, groups, padding_mode
        As for `conv2d`, with one axis. ``padding=((dilation * (k - 1), 0),)`` makes it causal.

    Returns
    -------
    ndarray
        ``(N, M, L_out)``, of the dtype of ``x``.

    Raises
    ------
    ShapeError, OptionError
        As for `conv2d`.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[[1.0, 2.0, 4.0, 7.0]]])
    >>> step = np.array([[[-1.0, 1.0]]])
    >>> conv1d(x, step)  # the differences of neighbours
    array([[[1., 2., 3.]]])
    >>> conv1d(x, step, padding=((1, 0),))  # causal: nothing after the present
    array([[[1., 1., 2., 3.]]])
    """
    return _conv(
        "conv1d", 1, x, weight, bias,
        stride=stride, padding=padding, dilation=dilation, groups=groups, padding_mode=padding_mode,
    )  # fmt: skip


def conv2d(
    x: Floats,
    weight: Floats,
    bias: Floats | None = None,
    *,
    stride: Ints = 1,
    padding: Padding = 0,
    dilation: Ints = 1,
    groups: int = 1,
    padding_mode: str = "zeros",
) -> Floats:
    """Slide each filter over pictures: multiply, sum, add the bias.

    ``y[n, m, i, j] = bias[m] + sum over c, p, q of weight[m, c, p, q] * x[n, c, s i + d p - top, s j + d q - left]``
    with stride ``s``, dilation ``d``, and ``top`` and ``left`` cells of padding before the first. The kernel is not
    flipped: this is cross-correlation, as in every network; `convolve2d` flips.

    Parameters
    ----------
    x
        ``(N, C, H, W)``, float32 or float64; never changed. NaN and infinity travel on as they do in sums.
    weight
        ``(M, C / groups, kH, kW)``, of the dtype of ``x``.
    bias
        ``(M,)`` or None.
    stride
        Cells from one window to the next, from 1; one for both axes or one each. So also for the other options.
    padding
        Cells around the input: a number from 0, one for each axis, ``((top, bottom), (left, right))``, ``"valid"``
        (none; also ``"crop"``), ``"same"`` (output as large as the input, stride 1; an odd cell goes after) or
        ``"full"`` (every overlap).
    dilation
        Cells from one kernel cell to the next, from 1.
    groups
        Parts into which the channels are cut, each with its own filters; ``groups=C`` is depthwise.
    padding_mode
        What stands in the padding: ``"zeros"``; ``"replicate"`` the edge cell (also ``"extend"``); ``"reflect"`` the
        picture mirrored at the edge cell; ``"circular"`` the picture again from the other side.

    Returns
    -------
    ndarray
        ``(N, M, H_out, W_out)`` with the sizes of `output_shape`, of the dtype of ``x``.

    Raises
    ------
    ShapeError
        If the arrays do not fit each other or the options: axes, channels, groups, a kernel larger than the padded
        input, reflect padding as wide as the input, an empty array.
    OptionError
        If an argument is outside what it may be, or an array is not float32 or float64.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]]])
    >>> diagonal = np.array([[[[1.0, 0.0], [0.0, 1.0]]]])
    >>> conv2d(x, diagonal)  # 1 + 5, 2 + 6 / 4 + 8, 5 + 9
    array([[[[ 6.,  8.],
             [12., 14.]]]])
    >>> conv2d(x, diagonal, np.array([100.0]), stride=2, padding=1)
    array([[[[101., 103.],
             [107., 114.]]]])

    References
    ----------
    Dumoulin and Visin, A guide to convolution arithmetic for deep learning, section 2.
    """
    return _conv(
        "conv2d", 2, x, weight, bias,
        stride=stride, padding=padding, dilation=dilation, groups=groups, padding_mode=padding_mode,
    )  # fmt: skip


def conv3d(
    x: Floats,
    weight: Floats,
    bias: Floats | None = None,
    *,
    stride: Ints = 1,
    padding: Padding = 0,
    dilation: Ints = 1,
    groups: int = 1,
    padding_mode: str = "zeros",
) -> Floats:
    """Slide each filter through volumes or films: multiply, sum, add the bias.

    Parameters
    ----------
    x
        ``(N, C, D, H, W)``; D is depth in a volume and time in a film.
    weight
        ``(M, C / groups, kD, kH, kW)``.
    bias
        ``(M,)`` or None.
    stride, padding, dilation, groups, padding_mode
        As for `conv2d`, with three axes.

    Returns
    -------
    ndarray
        ``(N, M, D_out, H_out, W_out)``, of the dtype of ``x``.

    Raises
    ------
    ShapeError, OptionError
        As for `conv2d`.

    Examples
    --------
    >>> import numpy as np
    >>> film = np.array([[1.0, 2.0], [3.0, 5.0], [3.0, 9.0]]).reshape(1, 1, 3, 1, 2)  # three frames of two cells
    >>> change = np.array([-1.0, 1.0]).reshape(1, 1, 2, 1, 1)
    >>> conv3d(film, change)[0, 0, :, 0]  # what came in from frame to frame
    array([[2., 3.],
           [0., 4.]])
    """
    return _conv(
        "conv3d", 3, x, weight, bias,
        stride=stride, padding=padding, dilation=dilation, groups=groups, padding_mode=padding_mode,
    )  # fmt: skip


def _conv(
    who: str, axes: int, x: Floats, weight: Floats, bias: Floats | None, **options: Unpack[ConvOptions]
) -> Floats:
    x, weight, bias = native(x), native(weight), native(bias)
    geometry = conv_geometry(who, axes, x, weight, bias, **options)
    return convolve(x, weight, bias, geometry, options["groups"])
