"""The size of an output along one axis, and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.engine import output_shape
from cnnviz.errors import OptionError
from cnnviz.subjects.kinds import Integer
from cnnviz.subjects.option import Option, Subject

LONGEST = 96
"""Cells of a row, padding included, that can still be told apart."""


@dataclass(frozen=True)
class OutputSize:
    """The size of an output along one axis.

    Attributes
    ----------
    width, kernel, stride, dilation : int
        Cells of the input and of the kernel, the step, and the distance of the kernel's cells.
    padding : (int, int)
        Cells added before and after.
    """

    width: int
    kernel: int
    stride: int = 1
    padding: tuple[int, int] = (0, 0)
    dilation: int = 1

    @property
    def out(self) -> int:
        """The size itself, from the engine."""
        (size,) = output_shape(
            (self.width,), (self.kernel,), stride=self.stride, padding=(self.padding,), dilation=self.dilation
        )
        return size

    @property
    def room(self) -> int:
        """Cells that the window can still move on from its first place."""
        return self.width + sum(self.padding) - self.dilation * (self.kernel - 1) - 1

    @property
    def left_over(self) -> int:
        """Cells at the end that no window reaches: what the floor drops.

        >>> OutputSize(32, 3, stride=2, padding=(1, 1)).left_over
        1
        """
        return self.room - (self.out - 1) * self.stride

    @property
    def cells(self) -> int:
        """Cells of the input and its padding."""
        return self.width + sum(self.padding)

    @property
    def span(self) -> int:
        """Cells from the first to the last of the window."""
        return self.dilation * (self.kernel - 1) + 1

    @property
    def is_padding(self) -> NDArray[np.bool_]:
        """Which cells of the padded row are padding, (1, cells)."""
        return np.pad(np.zeros(self.width, dtype=bool), self.padding, constant_values=True)[None]

    @property
    def row(self) -> NDArray[Any]:
        """A padded row without numbers of its own, (1, cells)."""
        return np.ones((1, self.cells))

    @property
    def places(self) -> NDArray[Any]:
        """The places that a window can have, cell by cell, (1, room + 1): those it takes are numbered from 1.

        >>> OutputSize(7, 3, stride=2).places
        array([[1., 0., 2., 0., 3.]])
        """
        places = np.zeros((1, self.room + 1))
        places[0, :: self.stride] = np.arange(1, self.out + 1)
        return places


LECTURE = (
    OutputSize(7, 3),
    OutputSize(32, 5, padding=(2, 2)),
    OutputSize(12, 3, dilation=3),
    OutputSize(32, 3, stride=2, padding=(1, 1)),
)
USUAL = {"size": 32, "kernel": 3, "padding": 0, "stride": 1, "dilation": 1}


class OutputSizes(Subject):
    """The cases of the lecture, or one of your own as soon as one of its numbers is given.

    Examples
    --------
    >>> [case.out for case in OutputSizes().cases], [case.out for case in OutputSizes(size=9, stride=2).cases]
    ([5, 32, 6, 16], [4])
    """

    size = Option(Integer(), None, "Cells of the input; with any of these there is one case, whose size is usually 32.")
    kernel = Option(Integer(), None, "Cells of the kernel, usually 3.")
    padding = Option(Integer(), None, "Cells added on either side, usually 0.")
    stride = Option(Integer(), None, "Cells the window moves on, usually 1.")
    dilation = Option(Integer(), None, "Distance between neighbors in the kernel, usually 1.")

    def prepare(self) -> None:
        """Count the windows of each case."""
        own = {name: getattr(self, name) for name in USUAL}
        self.cases = LECTURE if all(value is None for value in own.values()) else (self._own(own),)

    @staticmethod
    def _own(given: dict[str, int | None]) -> OutputSize:
        asked = {name: USUAL[name] if value is None else value for name, value in given.items()}
        size, padding = asked.pop("size"), asked.pop("padding")
        case = OutputSize(size, **asked, padding=(padding, padding))
        if case.out and case.cells > LONGEST:  # a window that does not fit has been refused by now
            raise OptionError(
                f"size: expected at most {LONGEST} cells with their padding for an animation, got {case.cells}; "
                f"choose less"
            )
        return case
