"""What a lesson on depth is about: one picture, several filters of one shape and the trace of their layer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from cnnviz.data import Kernel, kernel
from cnnviz.engine import parameter_count, trace_conv
from cnnviz.errors import OptionError
from cnnviz.subjects.convolution import Convolution
from cnnviz.subjects.kernel import KernelKind
from cnnviz.subjects.kinds import Many
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import subject_picture

FILTERS = ("sobel-x", "sobel-y", "line-x", "emboss", "line-y", "sharpen", "edge-x", "edge-y")
MOST = len(FILTERS)


@dataclass(frozen=True)
class Filters:
    """Kernels of one shape, or a number of those in the set.

    Examples
    --------
    >>> [one.name for one in Filters().read("filters", 2)], len(Filters().read("filters", "emboss|line-x"))
    (['sobel-x', 'sobel-y'], 2)
    """

    metavar: str = "N|KERNEL[|...]"
    several: ClassVar[bool] = True

    def read(self, name: str, value: Any) -> tuple[Kernel, ...]:
        """Take so many of the set, or read each."""
        try:
            count = int(value) if isinstance(value, int | str) else None
        except ValueError:
            count = None
        if count is not None:
            if not 1 <= count <= MOST:
                raise OptionError(f"{name}: expected 1 to {MOST} filters, got {count}; a scene has no room for more")
            return tuple(map(kernel, FILTERS[:count]))
        chosen = Many(KernelKind(), most=MOST, separator="|").read(name, value)
        first = chosen[0]
        for other in chosen[1:]:
            if other.values.shape != first.values.shape:
                raise OptionError(
                    f"{name}: expected kernels of one shape, as a layer has, got {_described(first)} and "
                    f"{_described(other)}; choose kernels of one size"
                )
        return chosen

    def offers(self) -> tuple[str, ...]:
        """Offer the gallery."""
        return KernelKind().offers()


class Depth(Subject):
    """A picture, its filters and the trace of the layer that they are.

    Examples
    --------
    >>> subject = Depth(image="blackboard", filters=["edge-x", "edge-y"])
    >>> subject.maps.shape, subject.parameters(1), subject.parameters(2)
    ((2, 3, 3), 10, 20)
    """

    image = Convolution.image
    filters = Option(Filters(), 4, "Kernels of one shape, with | between, or how many of a set of eight.")
    size = Convolution.size

    def prepare(self) -> None:
        """Load, check and trace."""
        self.picture = subject_picture(self.image, self.size)
        weight = np.stack([one.values for one in self.filters])[:, None]
        self.trace = trace_conv(self.picture.values[None], weight, np.zeros(len(self.filters)))

    @cached_property
    def maps(self) -> NDArray[np.floating]:
        """The output of the layer, (filters, H, W)."""
        return self.trace.fold()

    @property
    def liveliest(self) -> tuple[int, int]:
        """The place where all maps together answer most strongly."""
        strength = np.abs(self.maps).sum(axis=0)
        row, column = np.unravel_index(strength.argmax(), strength.shape)
        return int(row), int(column)

    def parameters(self, count: int) -> int:
        """Return how many numbers a layer of the first ``count`` filters learns, the biases included."""
        return parameter_count(len(self.picture.values), count, self.trace.weight.shape[2:])


def _described(one: Kernel) -> str:
    rows, columns = one.values.shape
    return f"{one.name} ({rows} × {columns})"
