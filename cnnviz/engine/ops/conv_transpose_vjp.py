"""Gradients of transposed convolution with respect to its input, weight and bias."""

from typing import Unpack

from cnnviz._checks import Floats, native
from cnnviz.engine.channels import check_gradient, conv_transpose_geometry
from cnnviz.engine.ops.conv_transpose import ConvTransposeOptions
from cnnviz.engine.ops.conv_vjp import Gradients
from cnnviz.engine.ops.im2col import convolve, weight_gradient


def conv_transpose1d_vjp(
    dy: Floats, x: Floats, weight: Floats, bias: Floats | None = None, **options: Unpack[ConvTransposeOptions]
) -> Gradients:
    """Bring the gradient of `conv_transpose1d`'s output back to its arrays; see `conv_transpose2d_vjp`.

    Parameters
    ----------
    dy
        ``(N, M, L_out)``, the gradient of what `conv_transpose1d` returned.
    x, weight, bias, **options
        What `conv_transpose1d` was given.

    Returns
    -------
    dx, dweight, dbias
        Of the shapes of ``x``, ``weight`` and ``bias``; ``dbias`` is None without a bias.

    Raises
    ------
    ShapeError, OptionError
        As for `conv_transpose1d`, and where ``dy`` has not the shape of its output.

    Examples
    --------
    >>> import numpy as np
    >>> dy = np.array([[[1.0, 2.0, 3.0, 4.0, 5.0]]])
    >>> conv_transpose1d_vjp(dy, np.array([[[1.0, 2.0]]]), np.array([[[1.0, 1.0, 1.0]]]), stride=2)[:2]
    (array([[[ 6., 12.]]]), array([[[ 7., 10., 13.]]]))
    """
    return _conv_transpose_vjp("conv_transpose1d_vjp", 1, dy, x, weight, bias, options)


def conv_transpose2d_vjp(
    dy: Floats, x: Floats, weight: Floats, bias: Floats | None = None, **options: Unpack[ConvTransposeOptions]
) -> Gradients:
    """Bring the gradient of `conv_transpose2d`'s output back to its arrays.

    Each input cell collects what lies under its stamp, weighted by the stamp: an ordinary convolution of ``dy``.

    Parameters
    ----------
    dy
        ``(N, M, H_out, W_out)``, the gradient of what `conv_transpose2d` returned.
    x, weight, bias, **options
        What `conv_transpose2d` was given.

    Returns
    -------
    dx, dweight, dbias
        Of the shapes of ``x``, ``weight`` and ``bias``; ``dbias`` is None without a bias.

    Raises
    ------
    ShapeError, OptionError
        As for `conv_transpose2d`, and where ``dy`` has not the shape of its output.

    Examples
    --------
    >>> import numpy as np
    >>> x, stamp = np.array([[[[1.0, 2.0]]]]), np.ones((1, 1, 1, 2))
    >>> dx, dweight, dbias = conv_transpose2d_vjp(np.array([[[[1.0, 10.0, 100.0]]]]), x, stamp, np.zeros(1))
    >>> dx, dweight, dbias  # 1 + 10 and 10 + 100; 1 * 1 + 2 * 10 and 1 * 10 + 2 * 100
    (array([[[[ 11., 110.]]]]), array([[[[ 21., 210.]]]]), array([111.]))
    """
    return _conv_transpose_vjp("conv_transpose2d_vjp", 2, dy, x, weight, bias, options)


def conv_transpose3d_vjp(
    dy: Floats, x: Floats, weight: Floats, bias: Floats | None = None, **options: Unpack[ConvTransposeOptions]
) -> Gradients:
    """Bring the gradient of `conv_transpose3d`'s output back to its arrays; see `conv_transpose2d_vjp`.

    Parameters
    ----------
    dy
        ``(N, M, D_out, H_out, W_out)``, the gradient of what `conv_transpose3d` returned.
    x, weight, bias, **options
        What `conv_transpose3d` was given.

    Returns
    -------
    dx, dweight, dbias
        Of the shapes of ``x``, ``weight`` and ``bias``; ``dbias`` is None without a bias.

    Raises
    ------
    ShapeError, OptionError
        As for `conv_transpose3d`, and where ``dy`` has not the shape of its output.

    Examples
    --------
    >>> import numpy as np
    >>> x, stamp = np.full((1, 1, 1, 1, 1), 7.0), np.ones((1, 1, 1, 2, 2))
    >>> dx, dweight, _ = conv_transpose3d_vjp(np.arange(4.0).reshape(1, 1, 1, 2, 2), x, stamp)
    >>> dx.ravel(), dweight.ravel()  # 0 + 1 + 2 + 3; 7 times each
    (array([6.]), array([ 0.,  7., 14., 21.]))
    """
    return _conv_transpose_vjp("conv_transpose3d_vjp", 3, dy, x, weight, bias, options)


def _conv_transpose_vjp(
    who: str, axes: int, dy: Floats, x: Floats, weight: Floats, bias: Floats | None, options: ConvTransposeOptions
) -> Gradients:
    dy, x, weight, bias = native(dy), native(x), native(weight), native(bias)
    geometry = conv_transpose_geometry(who, axes, x, weight, bias, **options)
    groups = options.get("groups", 1)
    check_gradient(who, dy, x, (x.shape[0], weight.shape[1] * groups, *geometry.size))
    return (
        convolve(dy, weight, None, geometry, groups),
        weight_gradient(x, dy, geometry, groups),
        None if bias is None else dy.sum(axis=(0, *range(2, dy.ndim))),
    )
