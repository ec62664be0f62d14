"""How weights fit an input: the checks on the arrays of a convolution, shared by the operations and their traces."""

from cnnviz._checks import SPATIAL, Floats, Ints, array, batch_axes, integer, same_dtype, shape_text
from cnnviz.engine.geometry import Geometry, lay_out, lay_out_transposed
from cnnviz.engine.padding import Padding
from cnnviz.errors import ShapeError


def conv_geometry(
    who: str,
    axes: int,
    x: Floats,
    weight: Floats,
    bias: Floats | None,
    *,
    stride: Ints = 1,
    padding: Padding = 0,
    dilation: Ints = 1,
    groups: int = 1,
    padding_mode: str = "zeros",
) -> Geometry:
    """Check the arguments of a convolution over so many spatial axes and say where its windows lie.

    ``x`` is ``(N, C, *spatial)``, ``weight`` ``(M, C / groups, *kernel)`` and ``bias`` ``(M,)`` or None.
    """
    array(who, "x", x, batch_axes(axes))
    array(who, "weight", weight, ("M", "C/groups", *_kernel_axes(axes)))
    same_dtype(who, "x", x, "weight", weight)
    parts = integer(who, "groups", groups, 1)
    channels, filters, depth = x.shape[1], weight.shape[0], weight.shape[1]
    if channels % parts or filters % parts:
        raise ShapeError(
            f"{who}: expected groups to divide the channels C={channels} of x and the filters M={filters} of weight, "
            f"got groups={parts}; choose a divisor of both"
        )
    if depth * parts != channels:
        raise ShapeError(
            f"{who}: expected weight with C/groups={channels // parts} channels for x with C={channels} and "
            f"groups={parts}, got {depth} (weight.shape={weight.shape}); {_regroup(channels, filters, depth)}"
        )
    check_bias(who, bias, weight, filters)
    return lay_out(
        who,
        x.shape[2:],
        weight.shape[2:],
        stride=stride,
        padding=padding,
        dilation=dilation,
        padding_mode=padding_mode,
    )


def conv_transpose_geometry(
    who: str,
    axes: int,
    x: Floats,
    weight: Floats,
    bias: Floats | None,
    *,
    stride: Ints = 1,
    padding: Padding = 0,
    output_padding: Ints = 0,
    dilation: Ints = 1,
    groups: int = 1,
) -> Geometry:
    """Check the arguments of a transposed convolution and describe the convolution that it transposes.

    ``x`` is ``(N, C, *spatial)``, ``weight`` ``(C, M / groups, *kernel)`` and ``bias`` ``(M,)`` or None. See
    `lay_out_transposed` for which way the sizes run.
    """
    array(who, "x", x, batch_axes(axes))
    array(who, "weight", weight, ("C", "M/groups", *_kernel_axes(axes)))
    same_dtype(who, "x", x, "weight", weight)
    parts = integer(who, "groups", groups, 1)
    channels = x.shape[1]
    if weight.shape[0] != channels:
        raise ShapeError(
            f"{who}: expected weight with C={channels} first, as x has, got {weight.shape[0]} "
            f"(weight.shape={weight.shape}); weight is (C, M/groups, *kernel) here, turned round from a convolution's"
        )
    if channels % parts:
        raise ShapeError(
            f"{who}: expected groups to divide the channels C={channels} of x, got groups={parts}; choose a divisor"
        )
    check_bias(who, bias, weight, weight.shape[1] * parts)
    return lay_out_transposed(
        who,
        x.shape[2:],
        weight.shape[2:],
        stride=stride,
        padding=padding,
        dilation=dilation,
        output_padding=output_padding,
    )


def check_bias(who: str, bias: Floats | None, weight: Floats, filters: int) -> None:
    """Require one number for each filter, of the precision of the weight."""
    if bias is None:
        return
    array(who, "bias", bias, ("M",))
    same_dtype(who, "weight", weight, "bias", bias)
    if bias.shape != (filters,):
        raise ShapeError(
            f"{who}: expected bias with one number for each of the M={filters} filters, got shape {bias.shape}; "
            f"give {filters} numbers or bias=None"
        )


def check_gradient(who: str, dy: Floats, x: Floats, shape: tuple[int, ...]) -> None:
    """Require the gradient of the output to look like the output."""
    axes = batch_axes(len(shape) - 2)
    array(who, "dy", dy, axes)
    same_dtype(who, "x", x, "dy", dy)
    if dy.shape != shape:
        raise ShapeError(
            f"{who}: expected dy of the output's shape {shape_text(axes, shape)}, got {shape_text(axes, dy.shape)}; "
            f"give the gradient of what the forward operation returned, with the same options"
        )


def _kernel_axes(axes: int) -> tuple[str, ...]:
    return tuple(f"k{name}" for name in SPATIAL[axes])


def _regroup(channels: int, filters: int, depth: int) -> str:
    """Say which groups would fit, if any would."""
    if channels % depth == 0 and filters % (channels // depth) == 0:
        return f"use groups={channels // depth} or a weight that reads all channels"
    return "use a weight that reads as many channels as x has"
