"""What a lesson on depth is about: one picture, several filters of one shape and the trace of their layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cnnviz.data import Kernel, Picture, kernel
from cnnviz.engine import parameter_count, trace_conv
from cnnviz.engine.trace import ConvTrace
from cnnviz.errors import OptionError
from cnnviz.stage.picture import lesson_picture

FILTERS = ("sobel-x", "sobel-y", "line-x", "emboss", "line-y", "sharpen", "edge-x", "edge-y")
MOST = len(FILTERS)


@dataclass(frozen=True)
class DepthSubject:
    """A picture, its filters and the trace of the layer that they are.

    Examples
    --------
    >>> subject = DepthSubject.from_options(image="blackboard", filters=["edge-x", "edge-y"])
    >>> subject.maps.shape, subject.parameters(1), subject.parameters(2)
    ((2, 3, 3), 10, 20)
    """

    picture: Picture
    filters: tuple[Kernel, ...]
    trace: ConvTrace

    @classmethod
    def from_options(
        cls,
        image: str | Path | None = None,
        filters: int | str | Path | Sequence[str | Path] | None = None,
        size: int | tuple[int, int] | None = None,
    ) -> DepthSubject:
        """Load, check and trace.

        Parameters
        ----------
        image : str or Path, optional
            A built-in name or an image file; ``digit:3`` if omitted.
        filters : int, or names, texts or files of kernels, optional
            1 to 8 kernels of one shape, as `cnnviz.data.kernel` reads them; a number takes that many of a set of eight,
            four if omitted.
        size : int or (height, width), optional
            Pixels; photos and files become at most 64 along their longer side if omitted.

        Raises
        ------
        InputError, OptionError, ShapeError
            With one line that says what was expected.
        """
        picture = lesson_picture("digit:3" if image is None else image, size)
        chosen = tuple(kernel(name) for name in _names(4 if filters is None else filters))
        first = chosen[0]
        for other in chosen[1:]:
            if other.values.shape != first.values.shape:
                raise OptionError(
                    f"filters: expected kernels of one shape, as a layer has, got {_described(first)} and "
                    f"{_described(other)}; choose kernels of one size"
                )
        weight = np.stack([one.values for one in chosen])[:, None]
        return cls(picture, chosen, trace_conv(picture.values[None], weight, np.zeros(len(chosen))))

    @cached_property
    def maps(self) -> NDArray[np.floating]:
        """The output of the layer, (filters, H, W)."""
        return self.trace.fold()

    def parameters(self, count: int) -> int:
        """Return how many numbers a layer of the first ``count`` filters learns, the biases included."""
        return parameter_count(len(self.picture.values), count, self.trace.weight.shape[2:])


def _names(filters: int | str | Path | Sequence[str | Path]) -> Sequence[str | Path]:
    if isinstance(filters, str | Path):
        return [filters]
    count = filters if isinstance(filters, int) else len(filters)
    if not 1 <= count <= MOST:
        raise OptionError(f"filters: expected 1 to {MOST} filters, got {count}; a scene has no room for more")
    return FILTERS[:count] if isinstance(filters, int) else filters


def _described(one: Kernel) -> str:
    rows, columns = one.values.shape
    return f"{one.name} ({rows} × {columns})"
