"""The formulas of sizes and costs: what comes out, how many parameters, how many multiplications."""

from collections.abc import Sequence
from math import prod

from cnnviz._checks import Ints, choice, integer, integers
from cnnviz.engine.geometry import lay_out, lay_out_transposed
from cnnviz.engine.padding import Padding
from cnnviz.errors import OptionError, ShapeError


def output_shape(
    size: Ints,
    kernel_size: Ints,
    *,
    stride: Ints = 1,
    padding: Padding = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    transposed: bool = False,
    output_padding: Ints = 0,
) -> tuple[int, ...]:
    """Say how large the output of a convolution or a pooling is along each spatial axis.

    ``floor((size + before + after - dilation (kernel - 1) - 1) / stride) + 1``, and for a transposed convolution
    ``(size - 1) stride - before - after + dilation (kernel - 1) + output_padding + 1``.

    Parameters
    ----------
    size
        Spatial sizes of the input, ``(H, W)`` for a picture, in cells; one number is one axis.
    kernel_size, stride, padding, dilation
        As for `conv2d`.
    ceil_mode
        Round up, as poolings may; a last window that would start in the padding after the input does not count.
    transposed, output_padding
        For `conv_transpose2d`.

    Returns
    -------
    tuple of int
        One size for each axis of ``size``.

    Raises
    ------
    ShapeError
        If no window fits.
    OptionError
        If an argument is outside what it may be.

    Examples
    --------
    >>> output_shape((28, 28), 3)
    (26, 26)
    >>> output_shape(32, 3, stride=2, padding=1)  # the floor of 16.5
    (16,)
    >>> output_shape((14, 14), 2, stride=2, transposed=True)
    (28, 28)

    References
    ----------
    Dumoulin and Visin, A guide to convolution arithmetic for deep learning, sections 2 and 4.
    """
    who = "output_shape"
    sizes = _sizes(who, "size", size)
    axes = len(sizes)
    kernel = integers(who, "kernel_size", kernel_size, axes, 1)
    if not transposed:
        if any(integers(who, "output_padding", output_padding, axes, 0)):
            raise OptionError(
                f"{who}: expected output_padding only with transposed=True, got {output_padding}; "
                f"leave it out or set transposed=True"
            )
        return lay_out(who, sizes, kernel, stride=stride, padding=padding, dilation=dilation, ceil_mode=ceil_mode).out
    return lay_out_transposed(
        who, sizes, kernel, stride=stride, padding=padding, dilation=dilation, output_padding=output_padding
    ).size


def same_padding(
    size: Ints, kernel_size: Ints, *, stride: Ints = 1, dilation: Ints = 1, extra: str = "after"
) -> tuple[tuple[int, int], ...]:
    """Find the padding with which the output has ``ceil(size / stride)`` cells, at stride 1 as many as the input.

    ``max((ceil(size / stride) - 1) stride + dilation (kernel - 1) + 1 - size, 0)`` cells are needed in all, half before
    and half after; ``extra`` says on which side the odd one goes.

    Parameters
    ----------
    size
        Spatial sizes of the input in cells; one number is one axis.
    kernel_size, stride, dilation
        As for `conv2d`.
    extra
        ``after`` (PyTorch, TensorFlow, ONNX's SAME_UPPER) or ``before`` (SAME_LOWER).

    Returns
    -------
    tuple of (int, int)
        ``(before, after)`` for each axis, ready to be given as ``padding``.

    Raises
    ------
    OptionError
        If an argument is outside what it may be.

    Examples
    --------
    >>> same_padding((28, 28), 5)
    ((2, 2), (2, 2))
    >>> same_padding(5, 2), same_padding(5, 2, extra="before")
    (((0, 1),), ((1, 0),))
    >>> same_padding(224, 7, stride=2)
    ((2, 3),)
    """
    who = "same_padding"
    sizes = _sizes(who, "size", size)
    kernels = integers(who, "kernel_size", kernel_size, len(sizes), 1)
    strides = integers(who, "stride", stride, len(sizes), 1)
    dilations = integers(who, "dilation", dilation, len(sizes), 1)
    before = choice(who, "extra", extra, ("after", "before")) == "before"
    pairs = []
    for n, k, s, d in zip(sizes, kernels, strides, dilations, strict=True):
        total = max((-(-n // s) - 1) * s + d * (k - 1) + 1 - n, 0)
        small, large = total // 2, total - total // 2
        pairs.append((large, small) if before else (small, large))
    return tuple(pairs)


def parameter_count(
    in_channels: int,
    out_channels: int,
    kernel_size: Ints = (),
    *,
    groups: int = 1,
    bias: bool = True,
    positions: Ints = (),
) -> int:
    """Count the trainable numbers of a layer.

    ``out (in / groups * kernel cells + 1)``, times the positions where the weights are not shared.

    Parameters
    ----------
    in_channels, out_channels
        Channels of a convolution, or features of a dense layer.
    kernel_size
        ``(H, W)``; one number is a square kernel, and ``()``, the default, a dense layer.
    groups
        Number of groups of channels that do not see each other.
    bias
        Whether each output channel has one.
    positions
        Output sizes of a locally connected layer, whose every position has weights of its own.

    Raises
    ------
    OptionError
        If an argument is outside what it may be, or ``groups`` does not divide the channels.

    Examples
    --------
    >>> parameter_count(3, 64, 3)  # 64 filters of 3 * 3 * 3 weights and one bias
    1792
    >>> parameter_count(784, 128)
    100480
    >>> parameter_count(32, 64, 3, positions=(11, 11))
    2238016
    """
    who = "parameter_count"
    weights = _weights(who, in_channels, out_channels, kernel_size, groups)
    return _places(who, "positions", positions) * (weights + (out_channels if bias else 0))


def macs(
    in_channels: int, out_channels: int, kernel_size: Ints = (), output_size: Ints = (), *, groups: int = 1
) -> int:
    """Count the multiply-and-add steps of a layer for one example.

    ``output cells * out * in / groups * kernel cells``

    Parameters
    ----------
    in_channels, out_channels, kernel_size, groups
        As for `parameter_count`.
    output_size
        Spatial sizes of the output, from `output_shape`; ``()``, the default, for a dense layer.

    Raises
    ------
    OptionError
        If an argument is outside what it may be, or ``groups`` does not divide the channels.

    Examples
    --------
    >>> macs(1, 1, 3, (3, 3))  # nine windows of nine products
    81
    >>> macs(784, 128)
    100352
    """
    places = _places("macs", "output_size", output_size)
    return places * _weights("macs", in_channels, out_channels, kernel_size, groups)


def _weights(who: str, in_channels: int, out_channels: int, kernel_size: Ints, groups: int) -> int:
    inputs = integer(who, "in_channels", in_channels, 1)
    outputs = integer(who, "out_channels", out_channels, 1)
    parts = integer(who, "groups", groups, 1)
    if inputs % parts or outputs % parts:
        raise OptionError(
            f"{who}: expected groups to divide in_channels and out_channels, got groups={parts} for {inputs} and "
            f"{outputs}; choose a divisor of both"
        )
    kernel = tuple(kernel_size) if isinstance(kernel_size, Sequence) else (kernel_size,) * 2
    return inputs // parts * outputs * prod(integers(who, "kernel_size", kernel, len(kernel), 1))


def _places(who: str, name: str, value: Ints) -> int:
    """Count the cells of some sizes; none at all are one place, that of a dense layer."""
    return 1 if isinstance(value, Sequence) and not value else prod(_sizes(who, name, value))


def _sizes(who: str, name: str, value: Ints) -> tuple[int, ...]:
    """Take one to three spatial sizes; one number is one axis."""
    sizes = tuple(value) if isinstance(value, Sequence) else (value,)
    if not 1 <= len(sizes) <= 3:
        raise ShapeError(
            f"{who}: expected {name} with one to three spatial axes, got {len(sizes)}: {value!r}; "
            f"leave out N and C, as in (H, W)"
        )
    return integers(who, name, sizes, len(sizes), 1)
