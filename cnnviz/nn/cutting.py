"""Layers that keep some cells, or add some around them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cnnviz._checks import Floats, choice
from cnnviz.engine import LayerSpec
from cnnviz.engine.windows import pad, pad_vjp
from cnnviz.errors import OptionError, ShapeError
from cnnviz.nn.layer import Plain, Pulled, Shape


class Slice(Plain):
    """Keep some of the cells along each axis of an example.

    Parameters
    ----------
    cells
        ``(start, stop, stride)`` for each axis, channels first, as Python's slices have them.

    Examples
    --------
    >>> Slice(((0, 24, 1), (0, None, 2), (0, None, 2))).output_shape((58, 28, 28))
    (24, 14, 14)
    """

    def __init__(self, cells: Sequence[tuple[int, int | None, int]]) -> None:
        super().__init__()
        self.cells = tuple((start, stop, stride) for start, stop, stride in cells)
        if any(stride == 0 for _, _, stride in self.cells):
            raise OptionError("Slice: expected strides other than 0, got 0; choose 1 to keep all")

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        kept = [len(range(size)[slice(*cells)]) for size, cells in zip(shape, self.cells, strict=False)]
        if len(shape) != len(self.cells) or 0 in kept:
            raise ShapeError(f"Slice: expected an input that has the cells {self.cells}, got {tuple(shape)}")
        return tuple(kept)

    def layer_specs(self) -> tuple[LayerSpec, ...]:
        """Say how far apart the cells lie that it keeps."""
        return (LayerSpec(stride=tuple(abs(stride) for _, _, stride in self.cells[1:]) or 1),)

    def describe(self) -> str:
        """Say what it keeps."""
        words = [f"{start}:{'' if stop is None else stop}:{stride}" for start, stop, stride in self.cells]
        return f"Slice {' '.join(words)}"

    def compute(self, x: Floats) -> Floats:
        """Cut."""
        return np.ascontiguousarray(x[self._place()])

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Leave zero where it was cut off."""
        dx = np.zeros_like(x)
        dx[self._place()] = dy
        return dx, {}

    def _place(self) -> tuple[slice, ...]:
        return (slice(None), *(slice(*cells) for cells in self.cells))


class Take(Plain):
    """Pick cells along one axis by number; with ``keepdim=False`` a single one, and the axis goes.

    Examples
    --------
    >>> Take(1, (2, 0)).output_shape((3, 8, 8)), Take(1, (2,), keepdim=False).output_shape((3, 8, 8))
    ((2, 8, 8), (8, 8))
    """

    def __init__(self, dim: int, cells: tuple[int, ...], keepdim: bool = True) -> None:
        super().__init__()
        self.dim, self.cells, self.keepdim = dim, tuple(cells), keepdim

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        size = shape[self.dim - 1] if 1 <= self.dim <= len(shape) else 0
        if not all(-size <= cell < size for cell in self.cells):
            raise ShapeError(f"Take: expected cells below {size} along axis {self.dim}, got {self.cells}")
        kept = (len(self.cells),) if self.keepdim else ()
        return (*shape[: self.dim - 1], *kept, *shape[self.dim :])

    def layer_specs(self) -> tuple[LayerSpec, ...]:
        """Say that any cell may be anywhere, unless these are channels."""
        return (LayerSpec(everything=self.dim > 1),)

    def compute(self, x: Floats) -> Floats:
        """Pick."""
        y = np.take(x, self.cells, axis=self.dim)
        return y if self.keepdim else y.squeeze(self.dim)

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Give each gradient to the cell that was picked."""
        dx = np.zeros_like(x)
        front = np.moveaxis(dx, self.dim, 0)
        np.add.at(front, list(self.cells), np.moveaxis(dy, self.dim, 0) if self.keepdim else dy[None])
        return dx, {}


PAD_MODES = {"constant": "zeros", "reflect": "reflect", "edge": "replicate", "wrap": "circular"}


class Pad(Plain):
    """Add cells before and after along any axis of each example; negative numbers cut cells off.

    Parameters
    ----------
    pairs
        ``(before, after)`` for each axis of an example, channels first.
    mode
        ``constant``, ``reflect``, ``edge`` or ``wrap``.
    value
        What ``constant`` fills with.

    Examples
    --------
    >>> Pad(((0, 0), (1, 2), (0, -1))).output_shape((3, 8, 8))
    (3, 11, 7)
    """

    def __init__(self, pairs: tuple[tuple[int, int], ...], mode: str = "constant", value: float = 0.0) -> None:
        super().__init__()
        self.pairs = tuple((int(before), int(after)) for before, after in pairs)
        self.mode, self.value = choice("Pad", "mode", mode, PAD_MODES), float(value)

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        out = tuple(size + sum(pair) for size, pair in zip(shape, self.pairs, strict=True))
        kept = [size + min(0, before) + min(0, after) for size, (before, after) in zip(shape, self.pairs, strict=True)]
        short = self.mode == "reflect" and any(max(pair) >= size for size, pair in zip(kept, self.pairs, strict=True))
        wrapped = self.mode == "wrap" and any(max(pair) > size for size, pair in zip(kept, self.pairs, strict=True))
        if min(kept) < 1 or short or wrapped:
            raise ShapeError(
                f"Pad: expected borders that fit an input of {tuple(shape)} in mode {self.mode}, got {self.pairs}"
            )
        return out

    def layer_specs(self) -> tuple[LayerSpec, ...]:
        """Say how far cells moved."""
        places = [(max(0, before), max(0, after)) for before, after in self.pairs[1:]]
        return (LayerSpec(padding=places) if places else LayerSpec(),)

    def describe(self) -> str:
        """Say by how much."""
        return f"Pad {' '.join(f'{before},{after}' for before, after in self.pairs)} {self.mode}"

    def compute(self, x: Floats) -> Floats:
        """Pad."""
        grown = [(max(0, before), max(0, after)) for before, after in self.pairs]
        return np.ascontiguousarray(pad(x[self._kept()], grown, PAD_MODES[self.mode], self.value))

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Bring a gradient back."""
        dx = np.zeros_like(x)
        grown = [(max(0, before), max(0, after)) for before, after in self.pairs]
        dx[self._kept()] = pad_vjp(dy, grown, PAD_MODES[self.mode])
        return dx, {}

    def _kept(self) -> tuple[slice, ...]:
        cut = (slice(max(0, -before), min(0, after) or None) for before, after in self.pairs)
        return (slice(None), *cut)
