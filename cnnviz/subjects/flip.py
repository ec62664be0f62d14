"""One picture under a kernel and under the same kernel turned by half a turn: correlation and convolution."""

from __future__ import annotations

from cnnviz.engine.trace import trace_conv
from cnnviz.subjects.convolution import Convolution
from cnnviz.subjects.option import Subject
from cnnviz.subjects.picture import subject_picture


class Flip(Subject):
    """A picture and the traces of a kernel as it is and turned by half a turn.

    Examples
    --------
    >>> as_it_is, turned = Flip().traces
    >>> as_it_is[0].result, turned[0].result
    (7.0, 15.0)
    """

    image = Convolution.image.but("blackboard")
    kernel = Convolution.kernel.but("2,1,0;1,0,0;0,0,-1")
    size = Convolution.size

    def prepare(self) -> None:
        """Load, check and trace both."""
        self.picture = subject_picture(self.image, self.size)
        self.weights = self.kernel.values, self.kernel.values[::-1, ::-1].copy()
        self.traces = [trace_conv(self.picture.values[None], weights[None, None]) for weights in self.weights]

    @property
    def relation(self) -> str:
        """How the two maps relate: "opposite", "same" or "different"."""
        first, second = (trace.fold() for trace in self.traces)
        if (first == second).all():
            return "same"
        return "opposite" if (first == -second).all() else "different"
