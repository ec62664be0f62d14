"""Gradients of convolution with respect to its input, weight and bias."""

from typing import Unpack

from cnnviz._checks import Floats, native
from cnnviz.engine.channels import check_gradient, conv_geometry
from cnnviz.engine.ops.conv import ConvOptions
from cnnviz.engine.ops.im2col import input_gradient, weight_gradient

Gradients = tuple[Floats, Floats, Floats | None]


def conv1d_vjp(
    dy: Floats, x: Floats, weight: Floats, bias: Floats | None = None, **options: Unpack[ConvOptions]
) -> Gradients:
    """Bring the gradient of `conv1d`'s output back to its arrays; see `conv2d_vjp`.

    Parameters
    ----------
    dy
        ``(N, M, L_out)``, the gradient of what `conv1d` returned.
    x, weight, bias, **options
        What `conv1d` was given.

    Returns
    -------
    dx, dweight, dbias
        Of the shapes of ``x``, ``weight`` and ``bias``; ``dbias`` is None without a bias.

    Raises
    ------
    ShapeError, OptionError
        As for `conv1d`, and where ``dy`` has not the shape of its output.

    Examples
    --------
    >>> import numpy as np
    >>> dx, dweight, _ = conv1d_vjp(np.ones((1, 1, 3)), np.array([[[1.0, 2.0, 4.0, 7.0]]]), np.array([[[-1.0, 1.0]]]))
    >>> dx  # inside, each cell is added once and taken away once
    array([[[-1.,  0.,  0.,  1.]]])
    >>> dweight  # 1 + 2 + 4 and 2 + 4 + 7
    array([[[ 7., 13.]]])
    """
    return _conv_vjp("conv1d_vjp", 1, dy, x, weight, bias, options)


def conv2d_vjp(
    dy: Floats, x: Floats, weight: Floats, bias: Floats | None = None, **options: Unpack[ConvOptions]
) -> Gradients:
    """Bring the gradient of `conv2d`'s output back to its arrays.

    Each weight collects, over all windows, the output gradient times the cell it was multiplied with; each input cell
    collects, over all windows that held it, the output gradient times its weight, and the same for its copies in the
    padding; the bias collects the output gradient.

    Parameters
    ----------
    dy
        ``(N, M, H_out, W_out)``, the gradient of what `conv2d` returned.
    x, weight, bias, **options
        What `conv2d` was given.

    Returns
    -------
    dx, dweight, dbias
        Of the shapes of ``x``, ``weight`` and ``bias``; ``dbias`` is None without a bias.

    Raises
    ------
    ShapeError, OptionError
        As for `conv2d`, and where ``dy`` has not the shape of its output.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]]])
    >>> diagonal = np.array([[[[1.0, 0.0], [0.0, 1.0]]]])
    >>> dx, dweight, dbias = conv2d_vjp(np.ones((1, 1, 2, 2)), x, diagonal, np.zeros(1))
    >>> dx[0, 0]  # how often each cell was counted
    array([[1., 1., 0.],
           [1., 2., 1.],
           [0., 1., 1.]])
    >>> dweight[0, 0], dbias  # 1 + 2 + 4 + 5, and so on
    (array([[12., 16.],
           [24., 28.]]), array([4.]))

    References
    ----------
    Dumoulin and Visin, A guide to convolution arithmetic for deep learning, section 4.
    """
    return _conv_vjp("conv2d_vjp", 2, dy, x, weight, bias, options)


def conv3d_vjp(
    dy: Floats, x: Floats, weight: Floats, bias: Floats | None = None, **options: Unpack[ConvOptions]
) -> Gradients:
    """Bring the gradient of `conv3d`'s output back to its arrays; see `conv2d_vjp`.

    Parameters
    ----------
    dy
        ``(N, M, D_out, H_out, W_out)``, the gradient of what `conv3d` returned.
    x, weight, bias, **options
        What `conv3d` was given.

    Returns
    -------
    dx, dweight, dbias
        Of the shapes of ``x``, ``weight`` and ``bias``; ``dbias`` is None without a bias.

    Raises
    ------
    ShapeError, OptionError
        As for `conv3d`, and where ``dy`` has not the shape of its output.

    Examples
    --------
    >>> import numpy as np
    >>> film, change = np.arange(6.0).reshape(1, 1, 3, 1, 2), np.array([-1.0, 1.0]).reshape(1, 1, 2, 1, 1)
    >>> dx, dweight, dbias = conv3d_vjp(np.ones((1, 1, 2, 1, 2)), film, change)
    >>> dx[0, 0, :, 0, 0], dweight.ravel(), dbias
    (array([-1.,  0.,  1.]), array([ 6., 14.]), None)
    """
    return _conv_vjp("conv3d_vjp", 3, dy, x, weight, bias, options)


def _conv_vjp(
    who: str, axes: int, dy: Floats, x: Floats, weight: Floats, bias: Floats | None, options: ConvOptions
) -> Gradients:
    dy, x, weight, bias = native(dy), native(x), native(weight), native(bias)
    geometry = conv_geometry(who, axes, x, weight, bias, **options)
    check_gradient(who, dy, x, (x.shape[0], weight.shape[0], *geometry.out))
    groups = options.get("groups", 1)
    return (
        input_gradient(dy, weight, geometry, groups),
        weight_gradient(dy, x, geometry, groups),
        None if bias is None else dy.sum(axis=(0, *range(2, dy.ndim))),
    )
