"""Depthwise separable convolution: first each channel by itself in space, then all channels in each place."""

from typing import Unpack

from cnnviz._checks import Floats, Ints, array, native, same_dtype
from cnnviz.engine.channels import check_bias, check_gradient, conv_geometry
from cnnviz.engine.geometry import Geometry, lay_out
from cnnviz.engine.ops.im2col import convolve, input_gradient, weight_gradient
from cnnviz.engine.ops.local import LocalOptions
from cnnviz.engine.padding import Padding
from cnnviz.errors import ShapeError


def depthwise_separable_conv2d(
    x: Floats,
    depthwise: Floats,
    pointwise: Floats,
    bias: Floats | None = None,
    *,
    stride: Ints = 1,
    padding: Padding = 0,
    dilation: Ints = 1,
    padding_mode: str = "zeros",
) -> Floats:
    """Slide a kernel over each channel alone, then mix the channels in each place.

    ``conv2d(conv2d(x, depthwise, groups=C, ...), pointwise, bias)``: with 3x3 kernels and many filters about a ninth of
    the weights and products of a full convolution.

    Parameters
    ----------
    x
        ``(N, C, H, W)``, float32 or float64; never changed.
    depthwise
        ``(C * multiplier, 1, kH, kW)``: so many kernels for each channel, those of a channel next to each other.
    pointwise
        ``(M, C * multiplier, 1, 1)``.
    bias
        ``(M,)`` or None.
    stride, padding, dilation, padding_mode
        Of the depthwise step, as for `conv2d`.

    Returns
    -------
    ndarray
        ``(N, M, H_out, W_out)``, of the dtype of ``x``.

    Raises
    ------
    ShapeError
        If the arrays do not fit each other or the options.
    OptionError
        If an argument is outside what it may be, or an array is not float32 or float64.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[[[1.0, 2.0, 3.0]], [[10.0, 20.0, 30.0]]]])
    >>> depthwise = np.array([[1.0, 1.0], [1.0, -1.0]]).reshape(2, 1, 1, 2)
    >>> pointwise = np.array([[1.0, 1.0]]).reshape(1, 2, 1, 1)
    >>> depthwise_separable_conv2d(x, depthwise, pointwise)  # 1 + 2 and 10 - 20; 2 + 3 and 20 - 30
    array([[[[-7., -5.]]]])

    References
    ----------
    Chollet, Xception: deep learning with depthwise separable convolutions, section 1.
    """
    x, depthwise, pointwise, bias = native(x), native(depthwise), native(pointwise), native(bias)
    space, place = _geometries(
        "depthwise_separable_conv2d", x, depthwise, pointwise, bias,
        stride=stride, padding=padding, dilation=dilation, padding_mode=padding_mode,
    )  # fmt: skip
    return convolve(convolve(x, depthwise, None, space, x.shape[1]), pointwise, bias, place, 1)


def depthwise_separable_conv2d_vjp(
    dy: Floats,
    x: Floats,
    depthwise: Floats,
    pointwise: Floats,
    bias: Floats | None = None,
    **options: Unpack[LocalOptions],
) -> tuple[Floats, Floats, Floats, Floats | None]:
    """Bring the gradient of `depthwise_separable_conv2d`'s output back to its arrays.

    Parameters
    ----------
    dy
        ``(N, M, H_out, W_out)``, the gradient of what `depthwise_separable_conv2d` returned.
    x, depthwise, pointwise, bias, **options
        What `depthwise_separable_conv2d` was given.

    Returns
    -------
    dx, ddepthwise, dpointwise, dbias
        Of the shapes of the arrays; ``dbias`` is None without a bias.

    Raises
    ------
    ShapeError, OptionError
        As for `depthwise_separable_conv2d`, and where ``dy`` has not the shape of its output.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[[[1.0, 2.0, 3.0]], [[10.0, 20.0, 30.0]]]])
    >>> depthwise = np.array([[1.0, 1.0], [1.0, -1.0]]).reshape(2, 1, 1, 2)
    >>> pointwise = np.array([[1.0, 1.0]]).reshape(1, 2, 1, 1)
    >>> dx, ddepthwise, dpointwise, _ = depthwise_separable_conv2d_vjp(np.ones((1, 1, 1, 2)), x, depthwise, pointwise)
    >>> dpointwise.ravel()  # 3 + 5 and -10 - 10
    array([  8., -20.])
    >>> dx[0, :, 0]
    array([[ 1.,  2.,  1.],
           [ 1.,  0., -1.]])
    """
    who = "depthwise_separable_conv2d_vjp"
    dy, x, bias = native(dy), native(x), native(bias)
    depthwise, pointwise = native(depthwise), native(pointwise)
    space, place = _geometries(who, x, depthwise, pointwise, bias, **options)
    check_gradient(who, dy, x, (x.shape[0], pointwise.shape[0], *place.out))
    middle = convolve(x, depthwise, None, space, x.shape[1])
    dmiddle = input_gradient(dy, pointwise, place, 1)
    return (
        input_gradient(dmiddle, depthwise, space, x.shape[1]),
        weight_gradient(dmiddle, x, space, x.shape[1]),
        weight_gradient(dy, middle, place, 1),
        None if bias is None else dy.sum(axis=(0, 2, 3)),
    )


def _geometries(
    who: str, x: Floats, depthwise: Floats, pointwise: Floats, bias: Floats | None, **options: Unpack[LocalOptions]
) -> tuple[Geometry, Geometry]:
    """Check everything; say where the windows of the two steps lie."""
    array(who, "x", x, ("N", "C", "H", "W"))
    array(who, "depthwise", depthwise, ("C*multiplier", "1", "kH", "kW"))
    array(who, "pointwise", pointwise, ("M", "C*multiplier", "1", "1"))
    same_dtype(who, "x", x, "depthwise", depthwise)
    same_dtype(who, "x", x, "pointwise", pointwise)
    channels, kernels = x.shape[1], depthwise.shape[0]
    if kernels % channels or depthwise.shape[1] != 1:
        raise ShapeError(
            f"{who}: expected depthwise of shape (a multiple of C={channels}, 1, kH, kW), got {depthwise.shape}; "
            f"give each channel of x as many kernels of its own"
        )
    if pointwise.shape[1:] != (kernels, 1, 1):
        raise ShapeError(
            f"{who}: expected pointwise of shape (M, {kernels}, 1, 1), one weight for each depthwise kernel, "
            f"got {pointwise.shape}; reshape it to (M, {kernels}, 1, 1)"
        )
    space = conv_geometry(who, 2, x, depthwise, None, groups=channels, **options)
    check_bias(who, bias, pointwise, pointwise.shape[0])
    return space, lay_out(who, space.out, (1, 1))
