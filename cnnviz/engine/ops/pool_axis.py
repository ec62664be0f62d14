"""Pooling windows along one axis: which cells of the input each of them has.

Nothing is padded: a window that sticks out has fewer cells.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import NoneType
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnviz._checks import SPATIAL, Floats, Ints, integers
from cnnviz.engine.geometry import lay_out
from cnnviz.engine.padding import WIDEST, Padding, padding_pairs
from cnnviz.errors import OptionError

Places = npt.NDArray[np.intp]
Select = slice | Places


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """The windows along one axis."""

    size: int
    """Cells of the input."""
    out: int
    """Windows."""
    taps: tuple[tuple[Select, Select], ...]
    """For the first cell of the windows, the second and so on: which windows have it, and where it is."""
    start: Places
    """Where each window starts, perhaps before the input."""
    dilation: int
    """From one cell of a window to the next."""
    counted: Places
    """How many cells each window has, those in the padding included."""
    tiled: bool
    """Whether the windows lie side by side, all alike, and cover the input."""

    @property
    def few(self) -> bool:
        """Whether there are fewer windows than cells in a window, and these in a run: then it pays to go by windows."""
        return self.dilation == 1 and self.out < len(self.taps)

    @property
    def runs(self) -> Iterator[tuple[int, slice]]:
        """Each window's number and its cells within the input, where they are a run."""
        for window, (start, count) in enumerate(zip(self.start.tolist(), self.counted.tolist(), strict=True)):
            yield window, slice(max(start, 0), max(0, min(start + count, self.size)))

    @property
    def real(self) -> Places:
        """How many cells of the input each window has."""
        count = np.zeros(self.out, np.intp)
        for windows, _ in self.taps:
            count[windows] += 1
        return count


def sliding_axes(
    who: str,
    x: Floats,
    kernel_size: Ints,
    stride: Ints | None,
    padding: Padding,
    dilation: Ints,
    ceil_mode: bool,
) -> tuple[Axis, ...]:
    """Lay windows of one size over the spatial axes of ``x``, ``(N, C, *spatial)``, and check all options."""
    size = x.shape[2:]
    kernel = integers(who, "kernel_size", kernel_size, len(size), 1)
    if all(type(option) in (int, NoneType) for option in (stride, padding, dilation)) and type(ceil_mode) is bool:
        return _kept(who, size, kernel, stride, padding, dilation, ceil_mode)
    return _sliding_axes(who, size, kernel, stride, padding, dilation, ceil_mode)


@lru_cache(maxsize=256)
def _kept(who: str, size: tuple[int, ...], kernel: tuple[int, ...], *options: Any) -> tuple[Axis, ...]:
    """Remember what was laid out: for a small input this takes longer than pooling."""
    return _sliding_axes(who, size, kernel, *options)


def _sliding_axes(
    who: str,
    size: tuple[int, ...],
    kernel: tuple[int, ...],
    stride: Ints | None,
    padding: Padding,
    dilation: Ints,
    ceil_mode: bool,
) -> tuple[Axis, ...]:
    steps = kernel if stride is None or (isinstance(stride, Sequence) and not len(stride)) else stride
    grid = lay_out(who, size, kernel, stride=steps, padding=padding, dilation=dilation, ceil_mode=ceil_mode)
    pairs = padding_pairs(who, padding, kernel, grid.stride, grid.dilation)
    _fits(who, padding, pairs, kernel, grid.dilation)
    return tuple(_sliding(*of) for of in zip(size, grid.out, kernel, grid.stride, grid.dilation, pairs, strict=True))


def adaptive_axes(who: str, x: Floats, output_size: object) -> tuple[Axis, ...]:
    """Part each spatial axis of ``x`` into as many windows as the output has cells; None keeps the input's size."""
    size = x.shape[2:]
    if output_size is None:
        output_size = size
    if isinstance(output_size, Sequence) and len(output_size) == len(size):
        output_size = tuple(n if out is None else out for out, n in zip(output_size, size, strict=True))
    return _parted(size, integers(who, "output_size", output_size, len(size), 0, WIDEST))


@lru_cache(maxsize=256)
def _parted(size: tuple[int, ...], outs: tuple[int, ...]) -> tuple[Axis, ...]:
    return tuple(
        _sliding(n, out, n // out, n // out, 1, (0, 0)) if out and n % out == 0 else _adaptive(n, out)
        for n, out in zip(size, outs, strict=True)
    )


def _sliding(size: int, out: int, kernel: int, stride: int, dilation: int, pair: tuple[int, int]) -> Axis:
    before, after = pair
    taps: list[tuple[Select, Select]] = []
    # Under ceil_mode a kernel may be larger than its input; what lies behind the last cell is no cell of any window.
    for k in range(min(kernel, (size - 1 + before) // dilation + 1)):
        offset = k * dilation - before  # the cell of window 0, perhaps outside
        low = max(0, -(offset // stride))
        high = min(out, (size - 1 - offset) // stride + 1)
        # A cell that no window has keeps its number, so that the numbers stay those of the kernel.
        begin = offset + low * stride
        cells = slice(begin, begin + (high - low - 1) * stride + 1, stride) if low < high else slice(0, 0)
        taps.append((slice(low, max(low, high)), cells))
    start = np.arange(out) * stride - before
    counted = np.minimum((size + after - start - 1) // dilation + 1, kernel)
    tiled = pair == (0, 0) and stride == kernel and dilation == 1 and out * kernel == size
    return Axis(size, out, tuple(taps), start, dilation, counted, tiled)


def _adaptive(size: int, out: int) -> Axis:
    if not out:  # as in PyTorch, nothing comes out
        return Axis(size, 0, (), np.arange(0), 1, np.arange(0), tiled=False)
    start = np.arange(out) * size // out
    stop = -(-(np.arange(out) + 1) * size // out)
    taps: list[tuple[Select, Select]] = [(slice(0, out), start)]
    for k in range(1, int((stop - start).max())):
        longer = np.flatnonzero(stop - start > k)
        taps.append((longer, start[longer] + k))
    return Axis(size, out, tuple(taps), start, 1, stop - start, tiled=False)


def _fits(
    who: str, padding: object, pairs: Sequence[tuple[int, int]], kernel: Sequence[int], dilation: Sequence[int]
) -> None:
    """Refuse padding in which a window could get lost: PyTorch's rule for plain numbers, ONNX's for pairs and words."""
    paired = isinstance(padding, Iterable) and any(isinstance(entry, Sequence) for entry in padding)
    for name, pair, k, d in zip(SPATIAL[len(kernel)], pairs, kernel, dilation, strict=True):
        span = d * (k - 1) + 1
        widest, rule = (span - 1, f"one cell less than its span of {span}") if paired else (k // 2, "half its size")
        if max(pair) > widest:
            raise OptionError(
                f"{who}: expected padding of at most {widest} along {name} for a kernel of {k}, {rule}, "
                f"got {max(pair)}; pad less or use a larger kernel"
            )
