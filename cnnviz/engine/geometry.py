"""How windows lie on an input: sizes, steps, dilation and borders, checked once for all that slides."""

from collections.abc import Sequence
from dataclasses import dataclass

from cnnviz._checks import SPATIAL, Floats, Ints, choice, integers, shape_text
from cnnviz.engine.windows import MODE_ALIASES, PADDING_MODES, pad, pad_vjp, windows, windows_vjp
from cnnviz.errors import OptionError, ShapeError

Padding = str | int | Sequence[int] | Sequence[tuple[int, int]]

PADDING_WORDS = ("valid", "crop", "same", "full")


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
        return windows(padded, self.kernel, self.stride, self.dilation)

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
        A whole number from 0, one for each axis, a ``(before, after)`` pair for each axis, or one of the words ``valid``
        (no padding; also ``crop``), ``same`` (output as large as input; an odd cell goes after) and ``full`` (every
        overlap counts).
    ceil_mode
        Round the output size up. A last window that would start in the padding after the input is left out, as in
        PyTorch.
    """
    axes = len(kernel)
    strides = integers(who, "stride", stride, axes, 1)
    dilations = integers(who, "dilation", dilation, axes, 1)
    pairs = padding_pairs(who, padding, kernel, strides, dilations)
    mode = choose_mode(who, padding_mode)
    names = SPATIAL[axes]
    if mode in ("reflect", "circular"):
        _fits(who, mode, size, pairs)
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
    if ceil_mode:
        pairs = tuple(
            (before, max(after, (o - 1) * s + d * (k - 1) + 1 - n - before))
            for n, k, s, d, o, (before, after) in zip(size, kernel, strides, dilations, out, pairs, strict=True)
        )
    return Geometry(tuple(size), tuple(kernel), strides, dilations, pairs, out, mode)


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


def padding_pairs(
    who: str, padding: object, kernel: Sequence[int], stride: Sequence[int], dilation: Sequence[int]
) -> tuple[tuple[int, int], ...]:
    """Read any way of writing a padding as ``(before, after)`` for each axis.

    Examples
    --------
    >>> padding_pairs("conv2d", "same", (3, 4), (1, 1), (1, 1))
    ((1, 1), (1, 2))
    >>> padding_pairs("conv2d", (0, 2), (3, 3), (1, 1), (1, 1))
    ((0, 0), (2, 2))
    """
    axes = len(kernel)
    if type(padding) is int and padding >= 0:
        return ((padding, padding),) * axes
    if isinstance(padding, str):
        if padding not in PADDING_WORDS:
            raise OptionError(
                f"{who}: expected padding as one of {', '.join(PADDING_WORDS)}, a whole number, one for each axis or a "
                f"(before, after) pair for each axis, got {padding!r}; write one of these"
            )
        if padding in ("valid", "crop"):
            return ((0, 0),) * axes
        if padding == "same" and any(s != 1 for s in stride):
            raise OptionError(
                f"{who}: expected stride 1 with padding='same', got stride {tuple(stride)}; "
                f"give padding=same_padding(size, kernel_size, stride=...) to choose the cells yourself"
            )
        spans = (d * (k - 1) for k, d in zip(kernel, dilation, strict=True))
        return tuple((span, span) if padding == "full" else (span // 2, span - span // 2) for span in spans)
    if isinstance(padding, Sequence) and len(padding) == axes and all(_is_pair(entry) for entry in padding):
        pairs = (integers(who, f"padding[{i}]", pair, 2, 0) for i, pair in enumerate(padding))
        return tuple((before, after) for before, after in pairs)
    return tuple((width, width) for width in integers(who, "padding", padding, axes, 0))


def choose_mode(who: str, padding_mode: object) -> str:
    """Take a padding mode or its alias and return the mode."""
    if padding_mode == "zeros":
        return "zeros"
    mode = choice(who, "padding_mode", padding_mode, (*PADDING_MODES, *MODE_ALIASES))
    return MODE_ALIASES.get(mode, mode)


def _is_pair(entry: object) -> bool:
    return isinstance(entry, Sequence) and not isinstance(entry, str | bytes) and len(entry) == 2


def _fits(who: str, mode: str, size: Sequence[int], pairs: Sequence[tuple[int, int]]) -> None:
    for name, n, pair in zip(SPATIAL[len(size)], size, pairs, strict=True):
        widest = n - 1 if mode == "reflect" else n
        if max(pair) > widest:
            raise ShapeError(
                f"{who}: expected {mode} padding of at most {widest} along {name} of size {n}, got {max(pair)}; "
                f"pad less or use padding_mode='replicate'"
            )
