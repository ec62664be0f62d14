"""What a lesson on color says, with every number taken from the trace."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cnnviz.engine.trace import ConvStep
from cnnviz.stage.conv.narration import count_word
from cnnviz.subjects.number import cell_text
from cnnviz.subjects.rgb import CHANNELS, Rgb

OPENING = "A color picture holds three numbers for each pixel. How does one kernel read all three?"
TOGETHER = "The three sums and the bias make one number: what comes out has no color of its own."
AGAIN = "One pixel along, the same again: three windows, three sums, one number."


def apart(subject: Rgb) -> str:
    """Take the patch apart."""
    rows, columns = subject.trace.input.shape[1:]
    count = subject.trace.input.size
    return f"Taken apart, the patch is three slices: red, green and blue, {rows} × {columns} each, {count} numbers."


def kernel(subject: Rgb) -> str:
    """Introduce the kernel's slices."""
    _, rows, columns = subject.trace.weight.shape[1:]
    return (
        f"The kernel has a slice for each color: three times {rows} × {columns}, {subject.trace.weight.size} weights."
    )


def lay(subject: Rgb) -> str:
    """Say what lies on what."""
    products = count_word(subject.trace.weight[0, 0].size)
    return f"Each slice of the kernel lies on its own slice of the picture: {products} products to add up in each."


def partial(step: ConvStep) -> str:
    """Name the partial sums.

    Examples
    --------
    >>> partial(Rgb("checkerboard", "0,0,0; 0,1,0; 0,0,0", at=(0, 0)).trace[0])
    'Red adds up to 1, green to 1 and blue to 1.'
    """
    red, green, blue = (cell_text(value) for value in step.channel_sums.tolist())
    return f"Red adds up to {red}, green to {green} and blue to {blue}."


def why(subject: Rgb) -> str:
    """Say what the kernel listens to, from the weights of each slice taken together.

    Examples
    --------
    >>> why(Rgb())
    'Red and green count up, blue counts down; gray, the same in all three, leaves only the bias.'
    >>> why(Rgb(kernels="sobel-x"))
    'In every slice the weights add up to 0: an even color leaves only the bias.'
    >>> why(Rgb(kernels="box-blur"))
    'Red, green and blue count up: a light window gives a large number.'
    """
    sums = np.round(subject.trace.weight[0].sum(axis=(1, 2)), 9)
    pro = [name for name, total in zip(CHANNELS, sums, strict=True) if total > 0]
    con = [name for name, total in zip(CHANNELS, sums, strict=True) if total < 0]
    if not pro and not con:
        return "In every slice the weights add up to 0: an even color leaves only the bias."
    text = ", ".join(
        f"{_listed(names)} {_counting(names, way)}" for names, way in ((pro, "up"), (con, "down")) if names
    )
    balanced = round(float(sums.sum()), 9) == 0
    light = "large" if float(sums.sum()) > 0 else "low"
    rest = (
        "; gray, the same in all three, leaves only the bias"
        if balanced
        else f": a light window gives a {light} number"
    )
    return f"{text[0].upper()}{text[1:]}{rest}."


def takeaway(subject: Rgb) -> str:
    """Close with the answer."""
    weights, parameters = subject.trace.weight.size, subject.parameters
    return f"Three slices, three sums and a bias make one number: {weights} + 1 = {parameters} parameters to learn."


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _counting(names: Sequence[str], way: str) -> str:
    return f"{'counts' if len(names) == 1 else 'count'} {way}"
