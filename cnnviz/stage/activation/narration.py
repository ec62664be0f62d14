"""What an activation lesson says, with every number taken from its maps."""

from __future__ import annotations

from cnnviz.subjects.activation import Activation
from cnnviz.subjects.number import cell_text

RULE = "ReLU has a simple rule: what is positive passes unchanged, what is negative becomes 0."
RUN = "Every number goes through on its own: no neighbors, no weights, nothing to learn."


def opening(subject: Activation) -> str:
    """Ask what the lesson answers."""
    name = subject.kernel.title
    seen = f"{name} answers" if name.isascii() and len(name) <= 30 else "The kernel answers"
    what = "positive and negative numbers" if subject.cut else f"{subject.before.size} numbers"
    return f"{seen} with {what}. Which of them go on to the next layer?"


def number(before: float, after: float) -> str:
    """Explain one number."""
    if before < after:
        return f"{cell_text(before)} is negative, so 0 goes on: how far below zero it was is forgotten."
    sign = "positive" if before else "not negative"
    return f"{cell_text(before)} is {sign}, so it passes as it is."


def takeaway(subject: Activation) -> str:
    """Close with the answer."""
    cut, total = subject.cut, subject.before.size
    if not cut:
        return f"Not one of the {total} numbers is negative: ReLU lets this map through unchanged."
    become = "becomes" if cut == 1 else "become"
    return f"ReLU keeps what the kernel found and drops the opposite: {cut} of {total} numbers {become} 0."
