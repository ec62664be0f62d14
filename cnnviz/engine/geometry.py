"""How windows lie on an input: sizes, steps, dilation and borders, checked once for all that slides."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import prod
from typing import Any

from cnnviz._checks import SPATIAL, Floats, Ints, flag, integers, shape_text
from cnnviz.engine.padding import WIDEST, Padding, check_fit, choose_mode, padding_pairs
from cnnviz.engine.windows import pad, pad_vjp, windows, windows_vjp
from cnnviz.errors import OptionError, ShapeError

MOST = 2**40
"""Cells of one plane: eight terabytes."""


@dataclass(frozen=True, slots=True)
class Geometry:
    """Where every window of one operation lies; each field holds one entry for each spatial axis.

    Output cell ``o`` reads the input cells ``o * stride - before + k * dilation`` for ``k`` in ``range(kernel)``, with
    ``(before, after)`` from `pairs`.
    """

    size: tuple[int, ...]
    """Input."""
    kernel: tuple[int, ...]
    stride: tuple[int, ...]
    dilation: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]
    """Padding before and after; under ceil_mode `after` also covers the part of the last window that sticks out."""
    out: tuple[int, ...]
    """Output."""
    mode: str = "zeros"

    @property
    def padded(self) -> tuple[int, ...]:
        """Sizes of the padded input."""
        return tuple(size + before + after for size, (before, after) in zip(self.size, self.pairs, strict=True))

    def pad(self, x: Floats, value: float = 0.0) -> Floats:
        """Pad ``(..., *size)`` to ``(..., *padded)``."""
        return pad(x, self.pairs, self.mode, value)

    def pad_vjp(self, dpadded: Floats) -> Floats:
        """Bring a gradient back from ``(..., *padded)`` to ``(..., *size)``."""
        return pad_vjp(dpadded, self.pairs, self.mode)

    def windows(self, padded: Floats) -> Floats:
        """View ``(..., *padded)`` as ``(..., *out, *kernel)``."""
        return windows(padded, self.kernel, self.stride, self.dilation, self.out)

    def windows_vjp(self, dwindows: Floats) -> Floats:
        """Add ``(..., *out, *kernel)`` up in ``(..., *padded)``."""
        lead = dwindows.shape[: dwindows.ndim - 2 * len(self.kernel)]
        return windows_vjp(dwindows, (*lead, *self.padded), self.stride, self.dilation)


def lay_out(
    who: str,
    size: Sequence[int],
    kernel: Sequence[int],
    *,
    stride: Ints = 1,
    padding: Padding = 0,
    dilation: Ints = 1,
    padding_mode: str = "zeros",
    ceil_mode: bool = False,
) -> Geometry:
    """Check the options of a sliding window against the sizes and say where its windows lie.

    Parameters
    ----------
    who
        The name the user called, for the messages.
    size, kernel
        Sizes of the input and of the kernel, one for each spatial axis.
    stride, dilation
        A whole number from 1, or one for each axis.
    padding
        A whole number from 0, one for each axis, a ``(before, after)`` pair for each axis, or one of the words
        ``valid`` (no padding; also ``crop``), ``same`` (output as large as input; an odd cell goes after) and ``full``
        (every overlap counts).
    ceil_mode
        Round the output size up. A last window that would start in the padding after the input is left out, as in
        PyTorch.
    """
    options = stride, padding, dilation, padding_mode, ceil_mode
    if all(type(option) in _PLAIN for option in options):
        return _kept(who, tuple(size), tuple(kernel), *options)
    return _lay_out(who, size, kernel, *options)


_PLAIN = (int, str, bool)
"""Types of options that are the same wherever they compare equal and are of one type."""


@lru_cache(maxsize=256, typed=True)
def _kept(who: str, size: tuple[int, ...], kernel: tuple[int, ...], *options: Any) -> Geometry:
    """Remember what was laid out: for a small input the checks take longer than the work."""
    return _lay_out(who, size, kernel, *options)


def _lay_out(
    who: str,
    size: Sequence[int],
    kernel: Sequence[int],
    stride: Ints,
    padding: Padding,
    dilation: Ints,
    padding_mode: str,
    ceil_mode: bool,
) -> Geometry:
    axes = len(kernel)
    strides = integers(who, "stride", stride, axes, 1, max(WIDEST, *kernel))  # a pooling window steps by its own size
    dilations = integers(who, "dilation", dilation, axes, 1, WIDEST)
    pairs = padding_pairs(who, padding, kernel, strides, dilations)
    mode = choose_mode(who, padding_mode)
    names = SPATIAL[axes]
    check_fit(who, mode, size, pairs)
    ceil_mode = flag(who, "ceil_mode", ceil_mode)
    out = tuple(
        output_size(*of, ceil_mode=ceil_mode) for of in zip(size, kernel, strides, pairs, dilations, strict=True)
    )
    if min(out, default=1) < 1:
        padded = [n + sum(pair) for n, pair in zip(size, pairs, strict=True)]
        spans = [d * (k - 1) + 1 for k, d in zip(kernel, dilations, strict=True)]
        raise ShapeError(
            f"{who}: expected a kernel no larger than the padded input {shape_text(names, padded)}, "
            f"got one that spans {shape_text(names, spans)}; use a smaller kernel or dilation, or more padding"
        )
    _check_cells(who, names, [n + sum(pair) for n, pair in zip(size, pairs, strict=True)])
    if ceil_mode:
        pairs = tuple(
            (before, max(after, (o - 1) * s + d * (k - 1) + 1 - n - before))
            for n, k, s, d, o, (before, after) in zip(size, kernel, strides, dilations, out, pairs, strict=True)
        )
    return Geometry(tuple(size), tuple(kernel), strides, dilations, pairs, out, mode)


def lay_out_transposed(
    who: str,
    size: Sequence[int],
    kernel: Sequence[int],
    *,
    stride: Ints = 1,
    padding: Padding = 0,
    dilation: Ints = 1,
    output_padding: Ints = 0,
) -> Geometry:
    """Check the options of a transposed convolution and describe the convolution that it is the transpose of.

    That one runs the other way: its `size` is what the transposed convolution writes, its `out` what it reads.
    """
    axes = len(kernel)
    strides = integers(who, "stride", stride, axes, 1, WIDEST)
    dilations = integers(who, "dilation", dilation, axes, 1, WIDEST)
    extra = integers(who, "output_padding", output_padding, axes, 0)
    pairs = padding_pairs(who, padding, kernel, strides, dilations)
    if any(e >= max(s, d) for e, s, d in zip(extra, strides, dilations, strict=True)):
        raise OptionError(
            f"{who}: expected output_padding below stride {strides} or dilation {dilations} along every axis, "
            f"got {extra}; it only chooses among the sizes that the stride leaves open"
        )
    written = tuple(transposed_size(*of) for of in zip(size, kernel, strides, pairs, dilations, extra, strict=True))
    if min(written) < 1:
        raise ShapeError(
            f"{who}: expected an output of at least one cell along every axis, "
            f"got {shape_text(SPATIAL[axes], written)}; use less padding"
        )
    _check_cells(who, SPATIAL[axes], written)
    return Geometry(written, tuple(kernel), strides, dilations, pairs, tuple(size))


def _check_cells(who: str, names: Sequence[str], sizes: Sequence[int]) -> None:
    if prod(sizes) > MOST:
        raise ShapeError(
            f"{who}: expected at most {MOST:,} cells in a padded or stretched plane, got {shape_text(names, sizes)}; "
            f"use less padding or a smaller stride"
        )


def output_size(
    size: int, kernel: int, stride: int, pair: tuple[int, int], dilation: int, *, ceil_mode: bool = False
) -> int:
    """Count the windows along one axis: ``floor((size + before + after - dilation (kernel - 1) - 1) / stride) + 1``.

    Less than 1 means that the kernel does not fit.

    Examples
    --------
    >>> output_size(32, 3, 2, (1, 1), 1)  # 16, not 16.5
    16
    >>> output_size(32, 3, 2, (1, 1), 1, ceil_mode=True)
    17
    """
    room = size + pair[0] + pair[1] - dilation * (kernel - 1) - 1
    if not ceil_mode:
        return room // stride + 1
    out = -(-room // stride) + 1
    return out - 1 if (out - 1) * stride >= size + pair[0] else out


def transposed_size(
    size: int, kernel: int, stride: int, pair: tuple[int, int], dilation: int, output_padding: int
) -> int:
    """Count the cells along one axis that a transposed convolution writes.

    ``(size - 1) stride - before - after + dilation (kernel - 1) + output_padding + 1``

    Examples
    --------
    >>> transposed_size(16, 3, 2, (1, 1), 1, 1)
    32
    """
    return (size - 1) * stride - pair[0] - pair[1] + dilation * (kernel - 1) + output_padding + 1
