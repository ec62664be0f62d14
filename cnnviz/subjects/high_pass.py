"""The high-pass sum: a center and its four neighbors, then two patches of a picture under the same kernel."""

from __future__ import annotations

import numpy as np

from cnnviz.data import kernel
from cnnviz.engine.trace import trace_conv
from cnnviz.errors import OptionError
from cnnviz.subjects.convolution import Convolution
from cnnviz.subjects.kinds import Many, Number
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import subject_picture

NEIGHBORS = (140, 225, 250, 205)
SIDE = 3


class HighPass(Subject):
    """A patch of 3 x 3 pixels under the high-pass kernel, and a picture with its map, its evenest and a lively patch.

    Examples
    --------
    >>> subject = HighPass()
    >>> [step.result for step in subject.steps], subject.parts
    ([60.0, 0.0, 311.0], [(880.0, 820.0), (972.0, 972.0), (812.0, 501.0)])
    """

    center = Option(Number(), 220.0, "The pixel in the middle.")
    neighbors = Option(Many(Number(), 4, 4), NEIGHBORS, "Above, right, below and left of it.")

    image = Convolution.image.but("photo:china", "The picture that the kernel slides over at the end.")

    def prepare(self) -> None:
        """Fill the patch; slide over the picture, and find where little and where much is left."""
        self.weights = kernel("high-pass")
        weights = self.weights.values[None, None]
        above, right, below, left = self.neighbors
        c = self.center
        given = np.array([[c, above, c], [left, c, right], [c, below, c]])
        self.picture = subject_picture(self.image)
        if min(self.picture.values.shape[1:]) < SIDE:
            raise OptionError("image: expected a picture of at least 3 x 3 pixels; choose a larger one")
        trace = trace_conv(self.picture.values[None], weights)
        self.map = trace.fold()[0]
        self.even = min(trace, key=lambda step: (abs(step.result), np.ptp(step.values)))
        self.uneven = max(trace, key=lambda step: step.result)
        self.steps = trace_conv(given[None, None], weights)[0], self.even, self.uneven
        self.sums = [np.array([[step.result]]) for step in self.steps]

    @property
    def parts(self) -> list[tuple[float, float]]:
        """What the center adds to each sum, and what its neighbors take away."""
        middle = SIDE // 2, SIDE // 2
        adds = [float(step.products[0][middle]) for step in self.steps]
        return [(plus, plus - step.result) for plus, step in zip(adds, self.steps, strict=True)]
