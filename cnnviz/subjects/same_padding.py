"""Same padding: how many zeros odd and even kernels get before and after a row, at two strides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.engine import same_padding
from cnnviz.subjects.kinds import Integer, Many
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.output_size import OutputSize


@dataclass(frozen=True)
class Padded:
    """A row padded for several kernels at one stride.

    Attributes
    ----------
    sizes : tuple of OutputSize
        One for each kernel.
    """

    sizes: tuple[OutputSize, ...]

    @property
    def stride(self) -> int:
        """The stride."""
        return self.sizes[0].stride

    @property
    def out(self) -> int:
        """Cells of the map, the same for all kernels."""
        return self.sizes[0].out

    @property
    def ahead(self) -> int:
        """The most zeros before a row: where the row itself begins in ``values``."""
        return max(size.padding[0] for size in self.sizes)

    @property
    def values(self) -> NDArray[Any]:
        """The row, its pixels numbered from 1, between as many zeros as any kernel needs; a row for each kernel."""
        row = np.arange(1, self.sizes[0].width + 1)
        behind = max(size.padding[1] for size in self.sizes)
        return np.tile(np.pad(row, (self.ahead, behind)), (len(self.sizes), 1))

    @property
    def kernels(self) -> NDArray[Any]:
        """The kernels, (kernels, 1)."""
        return np.array([[size.kernel] for size in self.sizes])

    @property
    def zeros(self) -> NDArray[Any]:
        """Zeros before and after, (kernels, 2)."""
        return np.array([size.padding for size in self.sizes])

    def first(self, number: int) -> int:
        """Return the column of ``values`` where the zeros of a kernel begin."""
        return self.ahead - self.sizes[number].padding[0]

    @property
    def lopsided(self) -> tuple[int, ...]:
        """The kernels that get more zeros on one side than on the other."""
        return tuple(size.kernel for size in self.sizes if size.padding[0] != size.padding[1])

    @property
    def balanced(self) -> tuple[int, ...]:
        """The kernels that get as many before as after."""
        return tuple(size.kernel for size in self.sizes if size.padding[0] == size.padding[1])

    @property
    def goes_by_kernel(self) -> bool:
        """Whether the even kernels are lopsided, and only they."""
        kernels = [size.kernel for size in self.sizes]
        return bool(self.lopsided) and all((k in self.lopsided) == (k % 2 == 0) for k in kernels)


class SamePadding(Subject):
    """Kernels on a row whose map is to have ``ceil(size / stride)`` cells.

    Examples
    --------
    >>> [padded.lopsided for padded in SamePadding().padded]  # at stride 1 the even ones, at stride 2 the odd ones
    [(2, 4, 6), (3, 5, 7)]
    """

    size = Option(Integer(2, 12), 8, "Pixels of the row.")
    kernels = Option(Many(Integer(1, 9), most=7), "2,3,4,5,6,7", "One to seven kernels, shown in this order.")
    strides = Option(Many(Integer(1, 4), 2, 2), "1,2", "Two strides, shown in this order.")

    def prepare(self) -> None:
        """Pad the row for each kernel at each stride."""
        self.padded = tuple(Padded(tuple(self._padded(k, stride) for k in self.kernels)) for stride in self.strides)

    def _padded(self, kernel: int, stride: int) -> OutputSize:
        (padding,) = same_padding(self.size, kernel, stride=stride)
        return OutputSize(self.size, kernel, stride, padding)

    @property
    def example(self) -> OutputSize | None:
        """A kernel whose zeros cannot be halved, rather of the last stride; one with any if all can; None without."""
        found = [size for padded in reversed(self.padded) for size in padded.sizes if sum(size.padding)]
        odd = [size for size in found if sum(size.padding) % 2]
        return next(iter(odd or found), None)

    @property
    def answer(self) -> str:
        """What is lopsided at both strides: ``kernels``, the even ones; ``zeros``, odd numbers of them; or ``none``.

        >>> SamePadding().answer, SamePadding(size=9).answer, SamePadding(kernels=1).answer
        ('zeros', 'kernels', 'none')
        """
        if not any(padded.lopsided for padded in self.padded):
            return "none"
        return "kernels" if all(padded.goes_by_kernel for padded in self.padded) else "zeros"
