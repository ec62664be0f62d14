"""The sum of stamps as a formula, in Typst: who gives, through what, and where it arrives."""

from __future__ import annotations

Pair = tuple[int, ...]


def of_stamps(stride: Pair, dilation: Pair) -> str:
    """Write what one cell of the input adds to the output of a transposed convolution.

    >>> of_stamps((2, 1), (1, 1))
    'Y_(2 i+m, j+n) "+=" X_(i,j) dot W_(m,n)'
    """
    return f'Y_({_place(stride, dilation)}) "+=" X_(i,j) dot W_(m,n)'


def _place(stride: Pair, dilation: Pair) -> str:
    starts = [name if s == 1 else f"{s} {name}" for s, name in zip(stride, "ij", strict=True)]
    steps = [name if d == 1 else f"{d} {name}" for d, name in zip(dilation, "mn", strict=True)]
    return ", ".join(f"{start}+{step}" for start, step in zip(starts, steps, strict=True))
