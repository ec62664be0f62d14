"""What a scene on activation is about: the feature map of a real convolution, before and after ReLU."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cnnviz.engine import relu
from cnnviz.engine.trace import ConvStep
from cnnviz.subjects.convolution import Convolution


class Activation(Convolution):
    """A convolution, its feature map and what ReLU makes of it, both of shape (H, W).

    Examples
    --------
    >>> subject = Activation(image="blackboard", kernel="edge-x")
    >>> subject.before[1], subject.after[1]
    (array([-6., -6., 14.]), array([ 0.,  0., 14.]))
    >>> subject.cut
    6
    """

    before: NDArray[np.floating]

    def prepare(self) -> None:
        """Convolve and activate."""
        super().prepare()
        self.before = self.trace.fold()[0]
        self.after = relu(self.before)

    @property
    def cut(self) -> int:
        """How many numbers are negative before and 0 after."""
        return int((self.before < self.after).sum())

    def examples(self, *, largest: bool = False) -> list[ConvStep]:
        """Return the step of the first positive number and that of the first negative one, or of the largest of each.

        >>> [step.result for step in Activation(image="blackboard", kernel="edge-x").examples(largest=True)]
        [14.0, -6.0]
        """
        signed = ([step for step in self.trace if sign * step.result > 0] for sign in (1, -1))
        return [max(some, key=lambda step: abs(step.result)) if largest else some[0] for some in signed if some]
