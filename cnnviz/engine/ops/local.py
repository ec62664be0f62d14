"""A locally connected layer: a convolution whose every output cell has a kernel of its own."""

from math import prod
from typing import TypedDict, Unpack

import numpy as np

from cnnviz._checks import Floats, Ints, array, batch_axes, native, same_dtype, same_shape, shape_text
from cnnviz.engine.channels import check_gradient
from cnnviz.engine.geometry import Geometry, lay_out
from cnnviz.engine.ops.conv_vjp import Gradients
from cnnviz.engine.ops.im2col import Tile, spread, tiles
from cnnviz.engine.padding import Padding
from cnnviz.errors import ShapeError

_WEIGHT = ("H_out", "W_out", "M", "C", "kH", "kW")


class LocalOptions(TypedDict, total=False):
    """The options of a locally connected layer."""

    stride: Ints
    padding: Padding
    dilation: Ints
    padding_mode: str


def locally_connected2d(
    x: Floats,
    weight: Floats,
    bias: Floats | None = None,
    *,
    stride: Ints = 1,
    padding: Padding = 0,
    dilation: Ints = 1,
    padding_mode: str = "zeros",
) -> Floats:
    """Slide windows over pictures, with other filters and another bias in each place.

    ``weight[i, j]`` is the weight of the `conv2d` that makes output cell ``(i, j)``; with all of them equal, it is one.

    Parameters
    ----------
    x
        ``(N, C, H, W)``, float32 or float64; never changed.
    weight
        ``(H_out, W_out, M, C, kH, kW)``, of the dtype of ``x``.
    bias
        ``(H_out, W_out, M)`` or None.
    stride, padding, dilation, padding_mode
        As for `conv2d`.

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
    >>> x = np.array([[[[1.0, 2.0, 3.0]]]])
    >>> weight = np.array([[1.0, 1.0], [10.0, -10.0]]).reshape(1, 2, 1, 1, 1, 2)
    >>> locally_connected2d(x, weight)  # 1 + 2, then 10 * 2 - 10 * 3
    array([[[[  3., -10.]]]])

    References
    ----------
    LeCun, Generalization and network design strategies (1989), section 5.
    """
    x, weight, bias = native(x), native(weight), native(bias)
    geometry = _geometry(
        "locally_connected2d", x, weight, bias,
        stride=stride, padding=padding, dilation=dilation, padding_mode=padding_mode,
    )  # fmt: skip
    examples, filters = x.shape[0], weight.shape[2]
    matrices = weight.reshape(prod(geometry.out), filters, -1)
    y = np.empty((examples, filters, *geometry.out), x.dtype)
    flat = y.reshape(examples, filters, prod(geometry.out))
    padded = geometry.pad(x)
    with np.errstate(all="ignore"):
        for tile in _tiles(x, geometry):
            windows = _windows(padded, tile, geometry)
            flat[tile[0], :, tile[2]] = (windows @ matrices[tile[2]].swapaxes(1, 2)).transpose(1, 2, 0)
    if bias is not None:
        y += bias.transpose(2, 0, 1)
    return y


def locally_connected2d_vjp(
    dy: Floats, x: Floats, weight: Floats, bias: Floats | None = None, **options: Unpack[LocalOptions]
) -> Gradients:
    """Bring the gradient of `locally_connected2d`'s output back to its arrays.

    Nothing is summed over places: each weight was used once for each example.

    Parameters
    ----------
    dy
        ``(N, M, H_out, W_out)``, the gradient of what `locally_connected2d` returned.
    x, weight, bias, **options
        What `locally_connected2d` was given.

    Returns
    -------
    dx, dweight, dbias
        Of the shapes of ``x``, ``weight`` and ``bias``; ``dbias`` is None without a bias.

    Raises
    ------
    ShapeError, OptionError
        As for `locally_connected2d`, and where ``dy`` has not the shape of its output.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[[[1.0, 2.0, 3.0]]]])
    >>> weight = np.array([[1.0, 1.0], [10.0, -10.0]]).reshape(1, 2, 1, 1, 1, 2)
    >>> dx, dweight, _ = locally_connected2d_vjp(np.array([[[[1.0, 2.0]]]]), x, weight)
    >>> dx, dweight.reshape(2, 2)
    (array([[[[  1.,  21., -20.]]]]), array([[1., 2.],
           [4., 6.]]))
    """
    who = "locally_connected2d_vjp"
    dy, x, weight, bias = native(dy), native(x), native(weight), native(bias)
    geometry = _geometry(who, x, weight, bias, **options)
    examples, filters = x.shape[0], weight.shape[2]
    check_gradient(who, dy, x, (examples, filters, *geometry.out))
    matrices = weight.reshape(prod(geometry.out), filters, -1)
    flat = dy.reshape(examples, filters, prod(geometry.out))
    padded = geometry.pad(x)
    dpadded = np.zeros_like(padded)
    dmatrices = np.zeros_like(matrices)
    with np.errstate(all="ignore"):
        for tile in _tiles(x, geometry):
            shares = flat[tile[0], :, tile[2]].transpose(2, 0, 1)
            dmatrices[tile[2]] += shares.swapaxes(1, 2) @ _windows(padded, tile, geometry)
            spread((shares @ matrices[tile[2]]).transpose(1, 2, 0), tile, dpadded, geometry)
        return (
            geometry.pad_vjp(dpadded),
            dmatrices.reshape(weight.shape),
            None if bias is None else dy.sum(axis=0).transpose(1, 2, 0),
        )


def _tiles(x: Floats, geometry: Geometry) -> list[Tile]:
    each = x.shape[1] * prod(geometry.kernel) * x.itemsize
    return list(tiles(x.shape[0], geometry.out, each)) if len(x) else []


def _windows(padded: Floats, tile: Tile, geometry: Geometry) -> Floats:
    """Copy the windows of a tile as one matrix for each place, ``(places, examples, C * kH * kW)``."""
    examples, block, cells = tile
    view = geometry.windows(padded)[(examples, slice(None), *block)].transpose(2, 3, 0, 1, 4, 5)
    return view.reshape(cells.stop - cells.start, examples.stop - examples.start, -1)


def _geometry(who: str, x: Floats, weight: Floats, bias: Floats | None, **options: Unpack[LocalOptions]) -> Geometry:
    array(who, "x", x, batch_axes(2))
    array(who, "weight", weight, _WEIGHT)
    same_dtype(who, "x", x, "weight", weight)
    if weight.shape[3] != x.shape[1]:
        raise ShapeError(
            f"{who}: expected weight with C={x.shape[1]} channels, as x has, got {weight.shape[3]} "
            f"(weight.shape={weight.shape}); weight is ({', '.join(_WEIGHT)})"
        )
    geometry = lay_out(who, x.shape[2:], weight.shape[4:], **options)
    if weight.shape[:2] != geometry.out:
        raise ShapeError(
            f"{who}: expected weight with filters for each of {shape_text(_WEIGHT[:2], geometry.out)} places, "
            f"got {shape_text(_WEIGHT[:2], weight.shape[:2])}; make it of shape (*output_shape(...), M, C, kH, kW)"
        )
    if bias is not None:
        array(who, "bias", bias, _WEIGHT[:3])
        same_dtype(who, "weight", weight, "bias", bias)
        same_shape(who, "bias", bias, _WEIGHT[:3], weight.shape[:3], "give one number for each place and filter")
    return geometry
