"""Where the numbers of a pooled map go back to: how large the plane is, and a place in it for each of them."""

from collections.abc import Sequence
from math import prod

import numpy as np
import numpy.typing as npt

from cnnviz._checks import Floats, Ints, batch_axes, integers, same_shape
from cnnviz.engine.geometry import MOST, lay_out_transposed, transposed_size
from cnnviz.errors import OptionError, ShapeError

Places = npt.NDArray[np.intp]


def unpooled(
    who: str,
    x: Floats,
    indices: object,
    kernel_size: Ints,
    stride: Ints | None,
    padding: Ints,
    output_size: Ints | None,
) -> tuple[Places, tuple[int, ...]]:
    """Check the options of an unpooling; return the places and the sizes of the plane, one for each spatial axis."""
    count = x.ndim - 2
    kernel = integers(who, "kernel_size", kernel_size, count, 1)
    steps = kernel if stride is None else integers(who, "stride", stride, count, 1)
    around = integers(who, "padding", padding, count, 0)
    if output_size is None:
        plane = lay_out_transposed(who, x.shape[2:], kernel, stride=steps, padding=around).size
    else:
        axes = zip(x.shape[2:], kernel, steps, around, strict=True)
        plane = _chosen(who, output_size, tuple(transposed_size(n, k, s, (p, p), 1, 0) for n, k, s, p in axes), steps)
    return _places(who, x, indices, prod(plane)), plane


def _chosen(who: str, output_size: Ints, usual: tuple[int, ...], steps: tuple[int, ...]) -> tuple[int, ...]:
    """Take a size of the plane, or of the whole array: less than a step from the usual one."""
    if isinstance(output_size, Sequence) and len(output_size) == len(usual) + 2:
        output_size = output_size[2:]
    sizes = integers(who, "output_size", output_size, len(usual), 1)
    if any(abs(size - n) >= step for size, n, step in zip(sizes, usual, steps, strict=True)):
        raise OptionError(
            f"{who}: expected output_size less than a stride of {steps} from {usual} along every axis, got {sizes}; "
            f"give the size of what was pooled"
        )
    if prod(sizes) > MOST:
        raise ShapeError(f"{who}: expected output_size of at most {MOST:,} cells, got {sizes}; use a smaller stride")
    return sizes


def _places(who: str, x: Floats, indices: object, cells: int) -> Places:
    if not isinstance(indices, np.ndarray) or indices.dtype.kind not in "iu":
        got = indices.dtype if isinstance(indices, np.ndarray) else type(indices).__name__
        raise OptionError(
            f"{who}: expected indices as an array of whole numbers, got {got}; "
            f"take those of a max pooling with return_indices=True"
        )
    why = "each number of x has its place; take both from one pooling"
    same_shape(who, "indices", indices, batch_axes(x.ndim - 2), x.shape, why)
    low, high = (int(indices.min()), int(indices.max())) if indices.size else (0, 0)
    if low < 0 or high >= max(cells, 1):
        raise ShapeError(
            f"{who}: expected indices from 0 to {cells - 1}, the cells of the plane, got {low if low < 0 else high}; "
            f"pass the size of what was pooled as output_size"
        )
    return indices.astype(np.intp)
