"""What can be said of a pooling: sentences and sums chosen by the trace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.stage.language import Template, written
from cnnviz.subjects.number import cell_text, relation

Said = tuple[Template, dict[str, Any]]
Runs = list[tuple[str, str]]

_DIGITS, _SHORT = 6, 6  # digits of an answer that is written out; addends of a sum


def question(trace: Any) -> Said:
    """Ask what the story answers."""
    rows, columns = trace.kernel_size
    size = {"rows": rows, "columns": columns}
    if len(trace.input) > 1:
        return "Each {rows} × {columns} window may send one pixel on. Of which color?", size
    if trace.kind == "max":
        return "Each {rows} × {columns} window may send one number on. Which one?", size
    return "Each {rows} × {columns} window may send one number on. What should it say?", size


def settings(trace: Any) -> Said | None:
    """Say what padding, the ceiling and the stride change; None if all have their defaults."""
    rows, columns = trace.output_shape[1:]
    size = {"rows": rows, "columns": columns}
    if any(side for pair in trace.padding for side in pair):
        if trace.kind == "max":
            return "−∞ around the map, which never wins: {rows} × {columns} numbers will be left.", size
        return "Zeros around the map: {rows} × {columns} numbers will be left.", size
    if any(trace.overrun):
        return "The last windows reach over the edge: {rows} × {columns} numbers will be left.", size
    if trace.stride != trace.kernel_size:
        return "Windows overlap or leave gaps: {rows} × {columns} numbers will be left.", size
    return None


def ask(trace: Any) -> Template:
    """Explain the window."""
    if len(trace.input) > 1:
        return "Pooling knows no colors: every channel is pooled on its own."
    if trace.kind == "max":
        return "Max pooling asks the window only this: which number is the largest?"
    return "In average pooling all have the same say: add them up, share them out."


def decide(trace: Any, step: Any) -> Said:
    """Explain the first answer."""
    if len(trace.input) > 1:
        if trace.kind == "max":
            return "Three winners make one pixel, of a color that may not have been there.", {}
        return "Three means make one pixel: the mean color of the window.", {}
    if trace.kind == "max":
        return "{result} is the largest, so it goes on. No weights, nothing to learn.", {"result": step.result}
    total, _, count, equals, result = (text for text, _ in spelled(step))
    fields = {"sum": total, "count": count, "result": result if "=" in equals else f"≈ {result}"}
    return "{sum} shared by {count}: {result} goes on. No weights, nothing to learn.", fields


def again(trace: Any) -> Template:
    """Explain the second window."""
    apart = all(s >= k for s, k in zip(trace.stride, trace.kernel_size, strict=True))
    if apart and trace.stride != trace.kernel_size:
        return "The next window leaves a gap: the numbers in it are never looked at."
    if apart:
        return "The next window begins where this one ends: nothing is looked at twice."
    return "The next window overlaps this one: some numbers are looked at again."


def running(trace: Any, further: bool) -> Template:
    """Say what the fast windows have in common."""
    if trace.kind != "max":
        return "Window by window the mean goes on: no number decides alone."
    if further:
        return "And so on, to the last window."
    return "Window by window the strongest goes on; where it stood is forgotten."


def remark(tie: bool) -> Template:
    """Explain a window with several largest numbers, or a number that wins a second window."""
    if tie:
        return "{result} is there more than once: the first one wins."
    return "The windows overlap, and the same {result} wins once more."


def takeaway(trace: Any) -> Said:
    """Close with the answer."""
    fields = dict(
        zip(("rows", "columns", "high", "wide"), (*trace.input.shape[1:], *trace.output_shape[1:]), strict=True)
    )
    if trace.kind == "max":
        return "{rows} × {columns} in, {high} × {wide} out: of each window its strongest, not the place.", fields
    return "{rows} × {columns} in, {high} × {wide} out: every window has become its mean.", fields


def spelled(step: Any) -> Runs:
    """Write what becomes of a window as runs of (text, role), the answer last.

    >>> from cnnviz.engine.trace import trace_pool
    >>> x = np.array([[[[1.0, 3.0], [5.0, 6.0]]]])
    >>> "".join(text for text, _ in spelled(trace_pool(x, 2, kind="avg")[0]))
    '15 ÷ 4 = 3.75'
    """
    result = cell_text(step.result, _DIGITS)
    equals = f" {relation(step.result, result)} "
    if step.divisor is None:
        return [("max", "kernel"), (equals, "muted"), (result, "output")]
    added = float(step.values[~step.is_padding].sum())
    total = written(added) if added.is_integer() else cell_text(added, _DIGITS)
    return [(total, "input"), (" ÷ ", "muted"), (str(step.divisor), "kernel"), (equals, "muted"), (result, "output")]


def addends(step: Any, windows: Sequence[Any]) -> Runs:
    """Write the sum that is shared, where it is short: of the window's numbers, or of the sums of all windows.

    >>> from cnnviz.engine.trace import trace_pool
    >>> x = np.array([[[[1.0, 3.0], [5.0, 6.0]]]])
    >>> "".join(text for text, _ in addends(trace_pool(x, 2, kind="avg")[0], []))
    '1 + 3 + 5 + 6 = 15'
    """
    parts = [float(value) for value in step.values[~step.is_padding]]
    total = sum(parts)
    if len(parts) > _SHORT:
        parts = [float(each.values[~each.is_padding].sum()) for each in windows[: _SHORT + 1]]
    fits = 1 < len(parts) <= _SHORT and all(part.is_integer() for part in parts) and sum(parts) == total
    if step.divisor is None or not fits:
        return []
    runs = [run for part in parts for run in ((written(part), "input"), (" + ", "muted"))]
    return [*runs[:-1], (" = ", "muted"), (written(total), "input")]


def tiles(trace: Any) -> bool:
    """Whether windows lie side by side on a map without a border."""
    return trace.stride == trace.kernel_size and not any(trace.overrun) and not any(map(any, trace.padding))


def longest(values: NDArray[Any]) -> set[str]:
    """Return the texts that a window may have to write."""
    return {cell_text(float(value)) for value in np.unique(values)}


def shape(sizes: Sequence[int]) -> str:
    """Write a shape; the slices only where there are several.

    >>> shape((1, 4, 6)), shape((3, 4, 6))
    ('4 × 6', '3 × 4 × 6')
    """
    return " × ".join(map(str, sizes if sizes[0] > 1 else sizes[1:]))


def window(trace: Any) -> str:
    """Write the window's size, and its step where that is not the size."""
    size = " × ".join(map(str, trace.kernel_size))
    if trace.stride == trace.kernel_size:
        return size
    return f"{size}, stride {trace.stride[0] if len(set(trace.stride)) == 1 else ' × '.join(map(str, trace.stride))}"
