"""What a lesson on the gradient of pooling says, with every number taken from its traces."""

from __future__ import annotations

from cnnviz.engine.trace import PoolVjpStep
from cnnviz.subjects.number import cell_text, count_word
from cnnviz.subjects.pool_gradient import PoolGradient, landings

OPENING = "Pooling kept one number for each window. Which cells of X have to answer for the gradient dY?"
MAX_NEXT = "Every window sends its gradient to the number that was largest there."
MAX_REST = "Only winners receive anything: a cell that won no window had no say in Y, and gets 0."
AVG_OPENING = "Average pooling does not ask who was largest: every cell of a window had the same say in Y."
AVG_REST = "Where windows overlap, the shares of all of them add up."


def route(step: PoolVjpStep) -> str:
    """Explain the first gradient of a maximum."""
    rows, columns = step.share.shape
    return (
        f"In this {rows} × {columns} window {cell_text(float(step.values.max()))} was the largest: it alone made Y, "
        f"so all of dY goes there."
    )


def tie(step: PoolVjpStep) -> str:
    """Explain a window with several largest numbers."""
    count = len(step.argmaxes)
    times = {2: "twice", 3: "three times"}.get(count, f"{count} times")
    largest = cell_text(float(step.values.max()))
    return f"A tie: {largest} is there {times}. The gradient goes to the first one, and nothing to the others."


def overlap(before: float, added: float) -> str:
    """Explain a cell that receives a second time."""
    held, more, both = (cell_text(value) for value in (before, added, before + added))
    told = f"This cell has won two windows, so {held} and {more} add up to {both}"
    return f"{told}; writing {more} over {held} is a common slip."


def share(step: PoolVjpStep) -> str:
    """Explain the first gradient of an average."""
    number = count_word(step.divisor or 0)
    each = cell_text(next(iter(landings(step).values()), 0.0))
    return f"So each of the {number} cells gets one part in {number} of dY: {each}."


def balance(subject: PoolGradient) -> str:
    """Compare what has arrived with what came in."""
    came = float(subject.gradient.sum())
    arrived = {kind: float(trace.fold()[0].sum()) for kind, trace in subject.traces.items()}
    lost = [total for total in arrived.values() if abs(total - came) > 1e-9 * abs(subject.gradient).sum()]
    if lost:
        return f"What falls on the padding is lost: dY adds up to {cell_text(came)}, and {cell_text(lost[0])} arrives."
    either = "Either way nothing" if len(arrived) > 1 else "Nothing"
    return f"{either} is lost on the way: dY adds up to {cell_text(came)}, and so does dX."


def takeaway(subject: PoolGradient) -> str:
    """Close with the answer."""
    if len(subject.traces) > 1:
        return "Max sends each gradient to its winner, average shares it out; where windows overlap, they add up."
    if "max" in subject.traces:
        return "Max pooling sends each gradient to the winner of its window; a cell that wins twice adds both up."
    return "Average pooling shares each gradient out among its window; where windows overlap, shares add up."
