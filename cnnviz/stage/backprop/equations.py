"""The three sums as formulas, in Typst: who gives, through what, and where it arrives."""

from __future__ import annotations

Pair = tuple[int, ...]


def of_weight(stride: Pair, dilation: Pair) -> str:
    """Write the gradient of the filter.

    >>> of_weight((1, 1), (1, 1))
    'd W_(m,n) = sum_(i,j) d Y_(i,j) dot X_(i+m, j+n)'
    """
    return f"d W_(m,n) = sum_(i,j) d Y_(i,j) dot X_({_place(stride, dilation)})"


def of_input(stride: Pair, dilation: Pair) -> str:
    """Write what one cell of dY adds to the gradient of the padded input.

    >>> of_input((2, 2), (1, 1))
    'd X_(2 i+m, 2 j+n) "+=" d Y_(i,j) dot W_(m,n)'
    """
    return f'd X_({_place(stride, dilation)}) "+=" d Y_(i,j) dot W_(m,n)'


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
