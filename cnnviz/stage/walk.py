"""The pace of a walk over the steps of a trace: slow where one has to understand, fast where one has understood."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

MOST_VISITS = 60  # steps that are shown one by one; beyond it rows are swept
_SLOWEST, _FASTEST = 0.6, 0.08  # seconds for one step
_UNHURRIED = 0.4  # seconds of a step that leave time for the way there; else window and numbers change at once

Group = tuple[Sequence[Any], float, float]
"""Steps that are shown together, the seconds that the window slides, and those that it rests."""

Pace = Callable[[Sequence[Any], float], Iterator[Group]]


def pace(steps: Sequence[Any], seconds: float) -> Iterator[Group]:
    """Walk step by step where there are few, else row by row; the first and the last take longer.

    A window slides for half of a slow step; in fast ones it is there at once, so that it never stands on one place
    beside the numbers of another.

    Examples
    --------
    >>> [(round(slide, 2), round(rest, 2)) for _, slide, rest in pace(range(4), 2.0)]
    [(0.33, 0.33), (0.0, 0.33), (0.0, 0.33), (0.33, 0.33)]
    """
    return _timed([[step] for step in steps] if len(steps) <= MOST_VISITS else _rows(steps), seconds)


def sweep(steps: Sequence[Any], seconds: float) -> Iterator[Group]:
    """Walk row by row, however few steps there are."""
    return _timed(_rows(steps), seconds)


def _timed(groups: Sequence[Sequence[Any]], seconds: float) -> Iterator[Group]:
    if not groups:
        return
    weights = [2.0 if i in (0, len(groups) - 1) and len(groups) > 2 else 1.0 for i in range(len(groups))]
    unit = seconds / sum(weights)
    for group, weight in zip(groups, weights, strict=True):
        time = min(_SLOWEST * weight, max(_FASTEST, unit * weight))
        share = 0.85 if len(group) > 1 else 0.5 if time >= _UNHURRIED else 0.0
        yield group, time * share, time * (1 - share)


def _rows(steps: Sequence[Any]) -> list[list[Any]]:
    """Group steps by the row that their result lands in, of what hands out by the row that it comes from; or cells."""
    rows: list[list[Any]] = []
    row = None
    for step in steps:
        here = tuple(getattr(step, "output_index", None) or getattr(step, "input_index", None) or step)[:-1]
        if here != row:
            rows.append([])
            row = here
        rows[-1].append(step)
    return rows
