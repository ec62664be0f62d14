"""A 1 x 1 convolution: the feature maps of a picture, mixed anew at every place by one small matrix."""

from __future__ import annotations

import numpy as np

from cnnviz.engine import parameter_count, trace_conv
from cnnviz.subjects.depth import Depth
from cnnviz.subjects.kinds import Integer
from cnnviz.subjects.option import Option
from cnnviz.subjects.weight_sharing import WeightSharing

LARGEST = 2  # weight


class OneByOne(Depth):
    """The maps of several filters, and the trace of a 1 x 1 layer over them, without biases.

    Examples
    --------
    >>> subject = OneByOne(image="blackboard", filters=["edge-x", "edge-y"], maps_out=1)
    >>> subject.mixing.shape, subject.mixed.fold().shape, subject.weights(1), subject.weights(3)
    ((1, 2), (1, 3, 3), 2, 18)
    """

    filters = Depth.filters.but(8, "Kernels of one shape, with | between, that make the maps; or how many of eight.")
    maps_out = Option(Integer(1, 4), 3, "How many maps come out.")
    seed = WeightSharing.seed

    def prepare(self) -> None:
        """Load, make the maps, draw weights and trace."""
        super().prepare()
        shape = self.maps_out, len(self.filters)
        self.mixing = np.random.default_rng(self.seed).integers(-LARGEST, LARGEST + 1, shape).astype(float)
        self.mixed = trace_conv(self.maps[None], self.mixing[:, :, None, None])
        row, column = self.liveliest
        self.products = [each[None] for each in self.mixing * self.maps[:, row, column]]

    def weights(self, side: int) -> int:
        """Count the weights of such a layer with a kernel of some side."""
        return parameter_count(len(self.filters), self.maps_out, side, bias=False)
