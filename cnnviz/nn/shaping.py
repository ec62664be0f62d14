"""Layers that move cells about: reshaping, axes in another order, cutting, padding, resizing, means over axes."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

import numpy as np

from cnnviz._checks import Floats, choice, integers
from cnnviz.engine import LayerSpec
from cnnviz.engine.windows import pad, pad_vjp
from cnnviz.errors import OptionError, ShapeError
from cnnviz.nn.layer import Plain, Pulled, Shape
from cnnviz.nn.pointwise import unspread


class Same(Plain):
    """Pass on what comes in."""

    def compute(self, x: Floats) -> Floats:
        """Return the input."""
        return x

    def pull(self, dy: Floats, x: Floats) -> Pulled:  # noqa: ARG002
        """Return the gradient."""
        return dy, {}


class Reshape(Plain):
    """Give the cells of each example another shape, in the same order.

    Examples
    --------
    >>> Reshape((2, 3, 4)).output_shape((24,))
    (2, 3, 4)
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = integers("Reshape", "shape", tuple(shape), len(shape), 1)

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        if prod(shape) != prod(self.shape):
            raise ShapeError(
                f"Reshape: expected {prod(self.shape)} cells for the shape {self.shape}, got {prod(shape)} in "
                f"{tuple(shape)}; change the shape"
            )
        return self.shape

    def describe(self) -> str:
        """Say to what."""
        return f"Reshape {'x'.join(map(str, self.shape))}"

    def compute(self, x: Floats) -> Floats:
        """Reshape."""
        return x.reshape(len(x), *self.shape)

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Reshape back."""
        return dy.reshape(x.shape), {}


class Permute(Plain):
    """Put the axes of each example in another order, counted with the N in front: ``(2, 3, 1)`` puts channels last.

    Examples
    --------
    >>> Permute((2, 3, 1)).output_shape((3, 28, 30))
    (28, 30, 3)
    """

    def __init__(self, dims: tuple[int, ...]) -> None:
        super().__init__()
        self.dims = tuple(dims)
        if sorted(self.dims) != list(range(1, len(self.dims) + 1)):
            raise OptionError(
                f"Permute: expected each of the axes from 1 to {len(self.dims)} once, got {self.dims}; "
                f"leave the examples where they are"
            )

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        if len(shape) != len(self.dims):
            raise ShapeError(f"Permute: expected {len(self.dims)} axes, got shape {tuple(shape)}; change dims")
        return tuple(shape[axis - 1] for axis in self.dims)

    def describe(self) -> str:
        """Say in which order."""
        return f"Permute {' '.join(map(str, self.dims))}"

    def compute(self, x: Floats) -> Floats:
        """Put them in order."""
        return np.ascontiguousarray(x.transpose(0, *self.dims))

    def pull(self, dy: Floats, x: Floats) -> Pulled:  # noqa: ARG002
        """Put them back."""
        return np.ascontiguousarray(dy.transpose(np.argsort((0, *self.dims)))), {}


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


class Expand(Plain):
    """Repeat cells along axes of size 1, or new ones in front, until an example has this shape."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = tuple(shape)

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        return np.broadcast_shapes(shape, self.shape)

    def compute(self, x: Floats) -> Floats:
        """Repeat."""
        x = x.reshape(len(x), *(1,) * (len(self.shape) - x.ndim + 1), *x.shape[1:])
        return np.ascontiguousarray(np.broadcast_to(x, (len(x), *np.broadcast_shapes(x.shape[1:], self.shape))))

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Add up over what was repeated."""
        long = (len(x), *(1,) * (dy.ndim - x.ndim), *x.shape[1:])
        return unspread(dy, long).reshape(x.shape), {}


class Reduce(Plain):
    """Take the mean, the sum or the greatest over some axes, counted with the N in front.

    Parameters
    ----------
    op
        ``mean``, ``sum``, ``max`` or ``min``.
    dims
        The axes.
    keepdim
        Whether they stay, with one cell each.

    Examples
    --------
    >>> Reduce("mean", (2, 3), keepdim=False).output_shape((64, 7, 7))
    (64,)
    """

    def __init__(self, op: str, dims: tuple[int, ...], keepdim: bool = True) -> None:
        super().__init__()
        self.op = choice("Reduce", "op", op, ("mean", "sum", "max", "min"))
        self.dims, self.keepdim = tuple(dims), bool(keepdim)
        if not self.dims or min(self.dims) < 1:
            raise OptionError(f"Reduce: expected axes from 1, got {self.dims}; leave the examples apart")

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        kept = [1 if axis + 1 in self.dims else size for axis, size in enumerate(shape)]
        return tuple(size for axis, size in enumerate(kept) if self.keepdim or axis + 1 not in self.dims)

    def layer_specs(self) -> tuple[LayerSpec, ...]:
        """Say that it sees everything, unless it is channels that are taken together."""
        return (LayerSpec(everything=max(self.dims) > 1),)

    def describe(self) -> str:
        """Say over what."""
        return f"{self.op.capitalize()} over {' '.join(map(str, self.dims))}"

    def compute(self, x: Floats) -> Floats:
        """Take it."""
        return np.asarray(getattr(x, self.op)(axis=self.dims, keepdims=self.keepdim))

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Share each gradient, or send it to the greatest, in equal parts where there are several."""
        dy = dy.reshape([1 if axis in self.dims else size for axis, size in enumerate(x.shape)])
        if self.op in ("mean", "sum"):
            count = prod(x.shape[axis] for axis in self.dims) if self.op == "mean" else 1
            return np.ascontiguousarray(np.broadcast_to(dy / x.dtype.type(count), x.shape)), {}
        hit: Any = x == getattr(x, self.op)(axis=self.dims, keepdims=True)
        return dy * hit / hit.sum(axis=self.dims, keepdims=True).astype(x.dtype), {}
