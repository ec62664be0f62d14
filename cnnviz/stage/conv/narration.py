"""What a convolution lesson says: sentences made from a trace, with every number taken from its steps."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cnnviz.data import Kernel
from cnnviz.engine.trace import ConvStep
from cnnviz.subjects.convolution import Convolution
from cnnviz.subjects.number import cell_text

_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def count_word(number: int) -> str:
    """Write small counts as words, as running text does.

    >>> count_word(9), count_word(36)
    ('nine', '36')
    """
    return _COUNTS[number] if number < len(_COUNTS) else str(number)


def purpose(kernel: Kernel) -> str:
    """Say what a kernel is for.

    >>> from cnnviz.data import gallery
    >>> purpose(gallery()["emboss"])
    'Emboss: lights the picture from the upper left, like a relief.'
    """
    if not kernel.source:  # one of somebody's own, whose caption is a sentence by itself
        return kernel.caption
    return f"{kernel.title}: {kernel.caption[0].lower()}{kernel.caption[1:]}"


def opening(subject: Convolution) -> str:
    """Ask what the lesson answers."""
    rows, columns = subject.kernel.values.shape
    return f"What does this {rows} × {columns} kernel see in the picture? Slide it over and find out."


def settings(subject: Convolution) -> str:
    """Say what padding, stride and dilation change, in one sentence; empty if all have their defaults."""
    trace = subject.trace
    parts = []
    if any(side for pair in trace.padding for side in pair):
        parts.append(f"{_PADDING[trace.padding_mode]} around the picture")
    if max(trace.stride) > 1:
        parts.append(f"steps of {_times(trace.stride)}")
    if max(trace.dilation) > 1:
        parts.append(f"weights {_times(trace.dilation)} pixels apart")
    if not parts:
        return ""
    rows, columns = trace.output_shape[1:]
    return f"With {' and '.join(parts)}, the map has {rows} × {columns} numbers.".replace(" and ", ", ", len(parts) - 2)


_PADDING = {
    "zeros": "zeros",
    "replicate": "repeated border pixels",
    "reflect": "mirrored pixels",
    "circular": "pixels from the far side",
}


def _times(pair: tuple[int, ...]) -> str:
    return str(pair[0]) if len(set(pair)) == 1 else " × ".join(map(str, pair))


def lay(subject: Convolution) -> str:
    """Explain the window."""
    rows, columns = subject.kernel.values.shape
    number = count_word(rows * columns)
    if len(subject.trace.input) > 1:
        slices = count_word(len(subject.trace.input))
        products = rows * columns * len(subject.trace.input)
        return (
            f"The kernel has {slices} slices, one for each color, and each lies on its own: {products} products in all."
        )
    if rows * columns == 1:
        return "The 1 × 1 kernel lies on one pixel, which is multiplied by the only weight."
    return f"The {rows} × {columns} kernel lies on {number} pixels; each one is multiplied by the weight on top of it."


def add_up(step: ConvStep) -> str:
    """Explain the sum and where it lands."""
    number = count_word(step.products.size)
    if len(step.channel_sums) > 1:
        number = count_word(len(step.channel_sums))
        total = cell_text(step.result)
        return (
            f"The {number} partial sums add up to {total}: one number for three colors, the first of the feature map."
        )
    made = f"The {number} products add up to" if step.products.size > 1 else "The one product is"
    return f"{made} {cell_text(step.result)}: the first number of the feature map."


def again(subject: Convolution) -> str:
    """Explain the second step."""
    stride = subject.trace.stride[-1]
    way = "one pixel" if stride == 1 else f"{count_word(stride)} pixels"
    return f"Move {way} along and do the same again: other pixels, the same weights."


def sharing(subject: Convolution) -> str:
    """Name what the sliding is about."""
    count = subject.trace.weight.size
    weights = f"{count_word(count)} weights serve" if count > 1 else "weight serves"
    return f"The same {weights} every position: this is weight sharing."


def takeaway(subject: Convolution) -> str:
    """Close with the answer."""
    number = len(subject.trace)
    counted = "1 window, 1 number" if number == 1 else f"{number:,} windows, {number:,} numbers"
    return f"{counted}: the feature map says where the picture looks like the kernel."


def why(step: ConvStep, *, largest: float) -> str:
    """Say in words why a step has the value it has.

    The pattern is read off the kernel's symmetry: a kernel that changes sign from left to right compares the two
    sides, one that changes from top to bottom compares those, one with weights of one sign takes a weighted sum, and
    any other one is told by what speaks for and against. An answer is called large from half the ``largest`` one on.
    """
    weights, values = step.weights[0], step.values[0]
    result = cell_text(step.result)
    if np.array_equal(weights[:, ::-1], -weights) and weights.any():
        return _sides(weights, values, step, largest, ("on the left", "on the right"))
    if np.array_equal(weights[::-1], -weights) and weights.any():
        return _sides(weights.T, values.T, step, largest, ("above", "below"))
    if (weights >= 0).all():
        return f"No weight is negative: the kernel gathers its window into one number, {result}."
    pro, con = step.products[step.products > 0].sum(), step.products[step.products < 0].sum()
    return f"The positive products give {cell_text(pro)}, the negative ones {cell_text(con)}: together {result}."


def _sides(weights: NDArray, values: NDArray, step: ConvStep, largest: float, sides: tuple[str, str]) -> str:  # type: ignore[type-arg]
    half = weights.shape[1] // 2
    share = np.abs(weights)
    first, second = (float((share[:, part] * values[:, part]).sum()) for part in (slice(half), slice(-half, None)))
    if first == second:
        return f"As bright {sides[0]} as {sides[1]}: no edge here, and the answer is 0."
    bright, dark = sides if first > second else sides[::-1]
    size = "large " if abs(step.result) >= largest / 2 else ""
    sign = size + ("positive" if step.result > 0 else "negative")
    return f"Bright {bright}, dark {dark}: the kernel answers with a {sign} number, {cell_text(step.result)}."
