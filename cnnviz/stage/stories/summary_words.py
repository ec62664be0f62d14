"""What is said of the numbers that two networks learn."""

from __future__ import annotations

from typing import Any

from cnnviz.stage.language import Template, counted, written
from cnnviz.subjects.summaries import Read, times

NAMES: tuple[Template, ...] = ("Dense network", "CNN", "First network", "Second network")
Said = tuple[Template, dict[str, Any]]


def first(net: Read, index: int) -> Said:
    """Say what the first part with parameters costs."""
    factors, count = net.factors[index], net.parameters[index]
    if len(factors) == 3:
        fields = {"read": factors[0], "units": factors[1], "count": count}
        return "Each of {read} numbers meets each of {units} units: {count} weights and biases.", fields
    if len(factors) == 5:
        fields = {"filters": factors[3], "rows": factors[0], "columns": factors[1], "numbers": count}
        return "One filter serves every place: {filters} of {rows} × {columns}, only {numbers} numbers.", fields
    return "The first part that learns has {numbers} parameters.", {"numbers": count}


def whole(ties: int) -> Template:
    """Say where most of them are."""
    return counted("{total} in all, {most} of them here.", "{total} in all; {count} layers have {most} each.", ties)


def many(ratio: float) -> Template:
    """Say how many times as many one has."""
    if ratio == 1:
        return "Both have equally many numbers to learn."
    if ratio < 1.5:
        return "{net}: only {ratio} times as many. Does sharing save so little?"
    return "{net}: {ratio} times as many numbers to learn."


def work(ratio: float, *, usual: bool) -> Template:
    """Say how many times as much one has to do."""
    if ratio == 1:
        return "And the work? Both multiply equally often."
    if usual:
        return "But its filters work everywhere. {net}: {ratio} times as many multiply-adds."
    return "And the work? {net}: {ratio} times as many multiply-adds."


def quotient(more: int, less: int) -> str:
    """Write how many times as many, as sentences do.

    >>> quotient(8, 2), quotient(109386, 93322), quotient(41887296, 18496)
    ('= 4', '≈ 1.17', '≈ 2,265')
    """
    text = written(times(more, less))
    return text if "≈" in text else f"≈ {text}" if less and more % less else f"= {text}"
