"""Transposed convolution: each input cell stamps the kernel into a larger output, which is `conv`'s input gradient."""

from typing import TypedDict, Unpack

from cnnviz._checks import Floats, Ints, native
from cnnviz.engine.channels import conv_transpose_geometry
from cnnviz.engine.ops.im2col import input_gradient
from cnnviz.engine.padding import Padding


class ConvTransposeOptions(TypedDict, total=False):
    """The options that the transposed convolutions and their gradients share."""

    stride: Ints
    padding: Padding
    output_padding: Ints
    dilation: Ints
    groups: int


def conv_transpose1d(
    x: Floats,
    weight: Floats,
    bias: Floats | None = None,
    *,
    stride: Ints = 1,
    padding: Padding = 0,
    output_padding: Ints = 0,
    groups: int = 1,
    dilation: Ints = 1,
) -> Floats:
    """Stamp each filter along sequences, ``stride`` cells apart, adding up where stamps overlap.

    Parameters
    ----------
    x
        ``(N, C, L)``.
    weight
        ``(C, M / groups, k)``.
    bias
        ``(M,)`` or None.
    stride, padding, output_padding, groups, dilation
        As for `conv_transpose2d`, with one axis.

    Returns
    -------
    ndarray
        ``(N, M, L_out)``, of the dtype of ``x``.

    Raises
    ------
    ShapeError, OptionError
        As for `conv_transpose2d`.

    Examples
    --------
    >>> import numpy as np
    >>> conv_transpose1d(np.array([[[1.0, 2.0]]]), np.array([[[1.0, 1.0, 1.0]]]), stride=2)
    array([[[1., 1., 3., 2., 2.]]])
    """
    return _conv_transpose(
        "conv_transpose1d", 1, x, weight, bias,
        stride=stride, padding=padding, output_padding=output_padding, groups=groups, dilation=dilation,
    )  # fmt: skip


def conv_transpose2d(
    x: Floats,
    weight: Floats,
    bias: Floats | None = None,
    *,
    stride: Ints = 1,
    padding: Padding = 0,
    output_padding: Ints = 0,
    groups: int = 1,
    dilation: Ints = 1,
) -> Floats:
    """Stamp each filter into pictures, ``stride`` cells apart, adding up where stamps overlap.

    It turns a convolution with the same options round: it goes from that one's output size back to its input size, and
    is its gradient with respect to the input. It does not undo it.

    Parameters
    ----------
    x
        ``(N, C, H, W)``, float32 or float64; never changed.
    weight
        ``(C, M / groups, kH, kW)``, of the dtype of ``x``: input channels first, turned round from `conv2d`.
    bias
        ``(M,)`` or None.
    stride
        Cells from one stamp to the next, from 1; one for both axes or one each. So also for the other options.
    padding
        Cells cut off around the output, written in any way that `conv2d` takes.
    output_padding
        Cells added after the output, fewer than stride or dilation: a stride maps several sizes to one, and this says
        which is meant.
    groups
        Parts into which the channels are cut, each with its own filters.
    dilation
        Cells from one kernel cell to the next, from 1.

    Returns
    -------
    ndarray
        ``(N, M, H_out, W_out)``, of the dtype of ``x``; along each axis
        ``(size - 1) stride - before - after + dilation (kernel - 1) + output_padding + 1`` cells.

    Raises
    ------
    ShapeError
        If the arrays do not fit each other, or the padding leaves nothing.
    OptionError
        If an argument is outside what it may be, or an array is not float32 or float64.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[[[1.0, 2.0], [3.0, 4.0]]]])
    >>> stamp = np.ones((1, 1, 2, 2))
    >>> conv_transpose2d(x, stamp)  # in the middle all four overlap
    array([[[[ 1.,  3.,  2.],
             [ 4., 10.,  6.],
             [ 3.,  7.,  4.]]]])
    >>> conv_transpose2d(x, stamp, stride=2)[0, 0]
    array([[1., 1., 2., 2.],
           [1., 1., 2., 2.],
           [3., 3., 4., 4.],
           [3., 3., 4., 4.]])

    References
    ----------
    Dumoulin and Visin, A guide to convolution arithmetic for deep learning, section 4.
    """
    return _conv_transpose(
        "conv_transpose2d", 2, x, weight, bias,
        stride=stride, padding=padding, output_padding=output_padding, groups=groups, dilation=dilation,
    )  # fmt: skip


def conv_transpose3d(
    x: Floats,
    weight: Floats,
    bias: Floats | None = None,
    *,
    stride: Ints = 1,
    padding: Padding = 0,
    output_padding: Ints = 0,
    groups: int = 1,
    dilation: Ints = 1,
) -> Floats:
    """Stamp each filter into volumes, ``stride`` cells apart, adding up where stamps overlap.

    Parameters
    ----------
    x
        ``(N, C, D, H, W)``.
    weight
        ``(C, M / groups, kD, kH, kW)``.
    bias
        ``(M,)`` or None.
    stride, padding, output_padding, groups, dilation
        As for `conv_transpose2d`, with three axes.

    Returns
    -------
    ndarray
        ``(N, M, D_out, H_out, W_out)``, of the dtype of ``x``.

    Raises
    ------
    ShapeError, OptionError
        As for `conv_transpose2d`.

    Examples
    --------
    >>> import numpy as np
    >>> conv_transpose3d(np.full((1, 1, 1, 1, 1), 7.0), np.ones((1, 1, 1, 2, 2)))
    array([[[[[7., 7.],
              [7., 7.]]]]])
    """
    return _conv_transpose(
        "conv_transpose3d", 3, x, weight, bias,
        stride=stride, padding=padding, output_padding=output_padding, groups=groups, dilation=dilation,
    )  # fmt: skip


def _conv_transpose(
    who: str, axes: int, x: Floats, weight: Floats, bias: Floats | None, **options: Unpack[ConvTransposeOptions]
) -> Floats:
    x, weight, bias = native(x), native(weight), native(bias)
    geometry = conv_transpose_geometry(who, axes, x, weight, bias, **options)
    y = input_gradient(x, weight, geometry, options["groups"])
    if bias is not None:
        y += bias.reshape(-1, *(1,) * axes)
    return y
