"""The high-pass sum: a center and its four neighbors, then a flat patch and an edge under the same kernel."""

from __future__ import annotations

import numpy as np

from cnnviz.data import kernel
from cnnviz.engine import correlate2d
from cnnviz.engine.trace import trace_conv
from cnnviz.subjects.convolution import Convolution
from cnnviz.subjects.kinds import Many, Number
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import subject_picture

NEIGHBORS = (140, 225, 250, 205)


class HighPass(Subject):
    """Three patches of 3 x 3 pixels under the high-pass kernel, and a picture with its map.

    Examples
    --------
    >>> [trace[0].result for trace in HighPass().traces]
    [60.0, 0.0, 220.0]
    """

    center = Option(Number(), 220.0, "The pixel in the middle.")
    neighbors = Option(Many(Number(), 4, 4), NEIGHBORS, "Above, right, below and left of it.")

    image = Convolution.image.but("photo:china", "The picture that the kernel slides over at the end.")

    def prepare(self) -> None:
        """Fill the patches and trace them; slide over the picture."""
        self.weights = kernel("high-pass")
        above, right, below, left = self.neighbors
        c = self.center
        given = np.array([[c, above, c], [left, c, right], [c, below, c]])
        flat, edge = np.full((3, 3), c), np.full((3, 3), c)
        edge[:, 0] = 0.0
        self.patches = given, flat, edge
        self.traces = [trace_conv(patch[None, None], self.weights.values[None, None]) for patch in self.patches]
        self.picture = subject_picture(self.image, usual=96)
        self.map = correlate2d(self.picture.values[0], self.weights.values, "valid")
