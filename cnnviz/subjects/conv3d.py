"""A convolution in a volume: a block of weights that slides across, down and from slice to slice."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.data import Kernel, phantom
from cnnviz.engine import parameter_count
from cnnviz.engine.trace import trace_conv
from cnnviz.errors import OptionError
from cnnviz.subjects.kernel import KernelKind
from cnnviz.subjects.kinds import Integer, Many
from cnnviz.subjects.option import Option, Subject

HEAD = 4, 6, 6
SPOT = "0,0,0; 0,-1,0; 0,0,0 | 0,-1,0; -1,6,-1; 0,-1,0 | 0,0,0; 0,-1,0; 0,0,0"
SIDE, MOST = 3, 8
LAYER = 16, 32  # maps that a usual layer reads and makes


class Conv3d(Subject):
    """A volume of slices, a kernel of 3 x 3 x 3 and their trace.

    Examples
    --------
    >>> s = Conv3d()
    >>> s.volume.shape, s.trace.fold().shape, s.weights(3), s.weights(2)
    ((4, 6, 6), (1, 2, 4, 4), 13824, 4608)
    >>> s.sums(s.trace[0]).tolist(), s.trace[0].result
    ([0.0, 29.0, -6.0], 23.0)
    """

    slices = Option(
        Many(KernelKind(), least=SIDE, most=MOST, separator="|"),
        None,
        "Slices of one shape as rows of numbers, with | between; a drawn head if left out.",
    )
    kernel = Option(Many(KernelKind(), SIDE, SIDE, separator="|"), SPOT, "Three slices of 3 x 3 weights, | between.")
    seed = Option(Integer(), 0, "Of the drawn head.")

    def prepare(self) -> None:
        """Load, check and trace."""
        self.volume = phantom(HEAD, self.seed) if self.slices is None else _stacked("slices", self.slices)
        self.block = _stacked("kernel", self.kernel)
        if self.block.shape != (SIDE,) * 3:
            raise OptionError(f"kernel: expected three slices of 3 x 3 weights, got {_shape(self.block)}")
        if min(self.volume.shape) < SIDE or max(self.volume.shape) > MOST:
            raise OptionError(f"slices: expected 3 to {MOST} slices, rows and columns, got {_shape(self.volume)}")
        self.trace = trace_conv(self.volume[None, None], self.block[None, None])
        self.answers: NDArray[Any] = self.trace.fold()[0]

    @staticmethod
    def sums(step: Any) -> NDArray[Any]:
        """Return what each slice of the kernel adds to a result."""
        sums: NDArray[Any] = step.products[0].sum(axis=(1, 2))
        return sums

    def layer(self, depth: int) -> Any:
        """Return the steps whose box begins at a slice."""
        count = self.answers[0].size
        return self.trace[depth * count : (depth + 1) * count]

    @property
    def strongest(self) -> Any:
        """The step with the largest result."""
        return max(self.trace, key=lambda step: step.result)

    @staticmethod
    def weights(axes: int) -> int:
        """Count the weights of a usual layer along so many axes."""
        return parameter_count(*LAYER, (SIDE,) * axes, bias=False)


def _stacked(name: str, slices: tuple[Kernel, ...]) -> NDArray[Any]:
    shapes = [" x ".join(map(str, one.values.shape)) for one in slices]
    if len(set(shapes)) > 1:
        raise OptionError(f"{name}: expected slices of one shape, got {', '.join(shapes)}")
    return np.stack([one.values for one in slices])


def _shape(block: NDArray[Any]) -> str:
    return " x ".join(map(str, block.shape))
