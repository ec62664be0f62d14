"""What can be said of the gradient of an input and of the rotated kernel in it."""

from __future__ import annotations

from cnnviz.engine.trace import GatherStep
from cnnviz.stage.language import Template
from cnnviz.subjects.backprop import Backprop

MAKES: tuple[Template, ...] = (
    "With zeros around dY, the rotated kernel makes {value} of one window: the same cell.",
    "Zeros around dY, and between its cells for the stride: one sum makes {value}, the same cell.",
)
CLOSES: tuple[Template, ...] = (
    "dX: dY with zeros around it, convolved with the kernel rotated by 180°.",
    "dX: dY with zeros around and between, convolved with the kernel rotated by 180°.",
)
"""What is said of zeros around dY, and of those between its cells, too."""


def arrives(subject: Backprop, step: GatherStep) -> Template:
    """Say how the weights lie that a cell of dX was reached through."""
    if len(step.taps) == 1:
        return "Only one window lies on it, so one weight reaches it. From dX, W is seen rotated by 180°."
    if subject.is_own_rotation:
        return "In reverse: the kernel arrives rotated by 180°, and this one looks the same then."
    return "Rotate W by 180°, and it fits: that is how the kernel arrives in dX."
