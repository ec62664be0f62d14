"""What a pooling lesson says: sentences made from a trace, with every number taken from its steps."""

from __future__ import annotations

from cnnviz.engine.trace import PoolStep
from cnnviz.stage.conv.narration import count_word
from cnnviz.subjects.number import cell_text
from cnnviz.subjects.pooling import Pooling

KINDS = {"max": "max", "avg": "average"}
RESULT_DIGITS = 6  # of an answer that is written out, in the picture as in the sentence
_TIMES = ("", "once", "twice", "three times", "four times")


def opening(subject: Pooling) -> str:
    """Ask what the lesson answers."""
    rows, columns = subject.trace.kernel_size
    if len(subject.trace.input) > 1:
        return f"Of every {rows} × {columns} window only one pixel may go on. What should be its color?"
    which = "Which one should it be?" if subject.trace.kind == "max" else "What should it say?"
    return f"Of every {rows} × {columns} window only one number may go on. {which}"


def settings(subject: Pooling) -> str:
    """Say what padding, stride and the ceiling change, in one sentence; empty if all have their defaults."""
    trace = subject.trace
    parts = []
    if trace.stride != trace.kernel_size:
        parts.append(f"steps of {_pair(trace.stride)}")
    if any(trace.overrun):
        parts.append("a last window that reaches over the edge")
    if any(side for pair in trace.padding for side in pair):
        parts.append("−∞ around the map, which never wins" if trace.kind == "max" else "zeros around the map")
    if not parts:
        return ""
    rows, columns = trace.output_shape[1:]
    told = ", ".join(parts[:-1]) + " and " * (len(parts) > 1) + parts[-1]
    count = "is one window" if rows * columns == 1 else f"are {rows} × {columns} windows"
    return f"With {told}, there {count}."


def _pair(pair: tuple[int, ...]) -> str:
    return str(pair[0]) if len(set(pair)) == 1 else " × ".join(map(str, pair))


def lay(subject: Pooling) -> str:
    """Explain the window."""
    rows, columns = subject.trace.kernel_size
    number = count_word(rows * columns)
    if len(subject.trace.input) > 1:
        return f"Pooling knows no colors: red, green and blue are pooled each on its own, {number} numbers at a time."
    if subject.trace.kind == "max":
        return f"Max pooling looks at {number} numbers at once and asks only this: which one is the largest?"
    return f"Average pooling gives {number} numbers the same say: each hands over one part in {number}."


def decide(subject: Pooling, step: PoolStep) -> str:
    """Explain the first answer."""
    if len(subject.trace.input) > 1:
        if step.divisor is None:
            return "The three winners make one pixel, of a color that may not have been there before."
        return "The three means make one pixel: the mean color of the window."
    result = cell_text(step.result, RESULT_DIGITS)
    if step.divisor is None:
        return f"{result} is the largest, so {result} goes on. There are no weights, and nothing is learned here."
    return f"The shares add up to {result}, the mean of the window. There are no weights, and nothing is learned here."


def again(subject: Pooling) -> str:
    """Explain the second step."""
    apart = all(s >= k for s, k in zip(subject.trace.stride, subject.trace.kernel_size, strict=True))
    if apart and subject.trace.stride != subject.trace.kernel_size:
        return "The next window leaves a gap, and the numbers in it are never looked at."
    if apart:
        return "The next window begins where this one ends, so no number is looked at twice."
    return "The next window overlaps this one, so some numbers are looked at again."


def tie(step: PoolStep) -> str:
    """Explain a window with several largest numbers."""
    count = len(step.argmaxes)
    times = _TIMES[count] if count < len(_TIMES) else f"{count} times"
    return f"{cell_text(step.result)} is there {times}. The answer is the same; the first one counts as the winner."


def winner_again(step: PoolStep) -> str:
    """Explain a number that wins a second window."""
    return f"The windows overlap, and the same {cell_text(step.result)} wins once more: one number, two answers."


def rest(subject: Pooling) -> str:
    """Say what the fast windows have in common."""
    if subject.trace.kind == "max":
        return "Window by window the strongest number goes on; where exactly it stood is forgotten."
    return "Window by window the mean goes on: every number has the same say, and none decides alone."


def ask_whole(subject: Pooling) -> str:
    """Lead over to global pooling."""
    number = subject.trace.input[0].size
    if subject.trace.kind == "max":
        return f"And a window as large as the map? Of all {number} numbers, one goes on."
    if len(subject.trace.input) > 1:
        return f"And a window as large as the map? In each slice, all {number} numbers hand over their share."
    return f"And a window as large as the map? All {number} numbers hand over one part in {number} to a single answer."


def whole(subject: Pooling) -> str:
    """Say what global pooling is good for."""
    what = "each slice" if len(subject.trace.input) > 1 else "the whole map"
    return f"This is global {KINDS[subject.trace.kind]} pooling: one number for {what}, whatever its size."


def takeaway(subject: Pooling) -> str:
    """Close with the answer."""
    inside, outside = subject.trace.input.size, len(subject.trace)
    if subject.trace.kind == "max":
        return f"{inside} numbers in, {outside} out: the strongest of each window goes on, but not where it stood."
    return f"{inside} numbers in, {outside} out: every window is replaced by its mean."


def takeaway_whole(subject: Pooling) -> str:
    """Close with the answer of a lesson that pooled the whole map too."""
    inside, outside = subject.trace.input.size, len(subject.trace)
    kept, one = ("winners", "winner") if subject.trace.kind == "max" else ("means", "mean")
    left = f"a single {one} is left" if len(subject.trace.input) == 1 else f"one {one} of each slice is left"
    return f"{inside} numbers in, {outside} {kept} out; over the whole map, {left}."
