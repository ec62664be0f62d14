"""What can be said of gradients on their way back through a pooling, by max or by average."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import LABEL
from cnnviz.stage.stories.pooling_words import Said
from cnnviz.stage.text import size_within
from cnnviz.stage.theme import Theme
from cnnviz.subjects.number import MINUS, cell_text, relation
from cnnviz.subjects.pool_gradient import PoolGradient

MOST = 6  # numbers of a sum that are all written
NAMES: dict[str, Template] = {"max": "dX by max", "avg": "dX by average"}
GIVES: dict[str, Template] = {
    "max": "Only the largest number, {largest}, made this output: the whole gradient, {value}, is for it.",
    "tie": "{largest} is there more than once. The first one counts: the whole gradient, {value}, is for it.",
    "avg": "In an average all {count} cells have the same say: each gets {value} ÷ {count}.",
}
LANDS: dict[str, Template] = {
    "max": "It lands where the winner stood; the others get nothing.",
    "avg": "The parts land where the window was.",
}
FOLLOWS: tuple[Template, ...] = (
    "Every window sends its gradient to the number that was largest there.",
    "Window by window, the largest number collects.",
)
MEETS: dict[str, Template] = {
    "max": "This cell wins again: {before} and {more} add up to {sum}. To write over is a common slip.",
    "avg": "Windows overlap: {before} is there already, {more} more makes {sum}.",
}
RUNS: dict[str, Template] = {
    "max": "Only winners receive anything: a cell that won no window gets 0.",
    "avg": "So it goes on, window by window: whatever lands in one cell adds up.",
}
NOT: Template = "not {slip}"
CUTS: dict[str, Template] = {
    "max": "Nothing lands on the padding: −∞ never wins.",
    "avg": "What landed on the padding is lost: those zeros are no input.",
}
CLOSES: dict[str, Template] = {
    "max": "Max pooling sends each gradient to the winner of its window; what meets, adds up.",
    "avg": "Average pooling shares each gradient out among its window; what meets, adds up.",
    "both": "Max sends each gradient to one winner, average shares it out; what meets, adds up.",
}


def note(step: Any, before: float, more: float, theme: Theme) -> list[tuple[str, Any]]:
    """Write how the winner's cell grows, or what each cell of an average gets, as runs of (text, color)."""
    ink, muted = theme.gradient, theme.muted
    if step.argmax is None:
        sign = relation(more, cell_text(more))
        return [(cell_text(step.gradient), ink), (f" ÷ {step.divisor} {sign} ", muted), (cell_text(more), ink)]
    runs = [(cell_text(before), ink), (" + ", muted), (cell_text(more), ink)]
    runs += [(" = ", muted), (cell_text(before + more), ink)]
    return runs + [(f"  {say(NOT, slip=cell_text(more))}", theme.negative)] * bool(before)


def addends(subject: PoolGradient) -> list[list[float]]:
    """List what came in, and what has arrived in each dX, zeros left out.

    >>> addends(PoolGradient(mode="max"))
    [[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0], [5.0, 7.0, 9.0, 7.0, 8.0, 9.0]]
    """
    grids = [subject.gradient, *(trace.fold()[0] for trace in subject.traces.values())]
    return [[value for value in grid.ravel().tolist() if value] for grid in grids]


def sum_of(numbers: Sequence[float], width: float, theme: Theme) -> tuple[list[tuple[str, Any]], float]:
    """Write a sum as runs of (text, color), and in which size; of many numbers the first and the last ones."""
    texts = [cell_text(number) for number in numbers]
    if len(texts) > MOST:
        texts = [*texts[:2], "…", texts[-1]]
    runs = list[tuple[str, Any]]()
    for text in texts:
        sign = f" {MINUS} " if text.startswith(MINUS) else " + "
        runs += [(sign if runs else "", theme.muted), (text.removeprefix(MINUS) if runs else text, theme.gradient)]
    total, end = sum(numbers), cell_text(sum(numbers))
    runs += [(f" {relation(total, end)} ", theme.muted), (end, theme.highlight)]
    return runs, size_within(width, LABEL, *(text for text, _ in runs))


def balance(subject: PoolGradient) -> Said:
    """Compare what has arrived with what came in.

    >>> balance(PoolGradient())[1]
    {'came': 45.0}
    """
    came = float(subject.gradient.sum())
    arrived = [float(trace.fold()[0].sum()) for trace in subject.traces.values()]
    lost = [total for total in arrived if abs(total - came) > 1e-9 * abs(subject.gradient).sum()]
    if lost:
        fields = {"came": came, "arrived": lost[0]}
        return "What fell on the padding is lost: dY adds up to {came}, and {arrived} arrives.", fields
    return "Nothing is lost on the way: dY adds up to {came}, and so does dX.", {"came": came}
