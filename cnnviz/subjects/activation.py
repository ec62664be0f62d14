"""What an activation lesson is about: the feature map of a real convolution, before and after ReLU.

Made from what a user types, checked before anything heavy is loaded; the scene and the command line share it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cnnviz.engine import relu
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
