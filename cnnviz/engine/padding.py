"""Reading a padding: every way of writing it as ``(before, after)`` for each axis, every mode by its one name."""

from collections.abc import Sequence

from cnnviz._checks import SPATIAL, choice, integers
from cnnviz.engine.windows import MODE_ALIASES, PADDING_MODES
from cnnviz.errors import OptionError, ShapeError

Padding = str | int | Sequence[int] | Sequence[tuple[int, int]]

WIDEST = 2**24
"""Cells of a stride, a dilation or a border: more would be a slip, and what follows from it fits in no memory."""

PADDING_WORDS = ("valid", "crop", "same", "full")


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
        pairs = (integers(who, f"padding[{i}]", pair, 2, 0, WIDEST) for i, pair in enumerate(padding))
        return tuple((before, after) for before, after in pairs)
    return tuple((width, width) for width in integers(who, "padding", padding, axes, 0, WIDEST))


def choose_mode(who: str, padding_mode: object) -> str:
    """Take a padding mode or its alias and return the mode."""
    mode = choice(who, "padding_mode", padding_mode, (*PADDING_MODES, *MODE_ALIASES))
    return MODE_ALIASES.get(mode, mode)


def _is_pair(entry: object) -> bool:
    return isinstance(entry, Sequence) and not isinstance(entry, str | bytes) and len(entry) == 2


def check_fit(who: str, mode: str, size: Sequence[int], pairs: Sequence[tuple[int, int]]) -> None:
    """Refuse a border wider than what it repeats: reflect lacks the edge cell, circular goes round once."""
    if mode not in ("reflect", "circular"):
        return
    for name, n, pair in zip(SPATIAL[len(size)], size, pairs, strict=True):
        widest = n - 1 if mode == "reflect" else n
        if max(pair) > widest:
            raise ShapeError(
                f"{who}: expected {mode} padding of at most {widest} along {name} of size {n}, got {max(pair)}; "
                f"pad less or use padding_mode='replicate'"
            )
