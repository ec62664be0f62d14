"""Maps in another size: each output cell a weighted mean of input cells, axis by axis."""

from __future__ import annotations

import numpy as np

from cnnviz._checks import Floats, choice, integers, number
from cnnviz.engine import LayerSpec
from cnnviz.errors import ShapeError
from cnnviz.nn.layer import Plain, Pulled, Shape, check_map

MOST_WEIGHTS = 2**24
MODES = ("nearest", "linear", "cubic")
PLACES = ("half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric")
ROUNDINGS = ("round_prefer_floor", "round_prefer_ceil", "floor", "ceil")


class Resize(Plain):
    """Bring maps to another size, as PyTorch's ``interpolate`` and ONNX's ``Resize`` do.

    Parameters
    ----------
    size
        Of the output, one for each axis.
    scale
        Cells of the output for each of the input, where that is not just the ratio of the sizes.
    mode
        ``nearest``, ``linear`` (along each axis) or ``cubic``.
    place
        Where output cell ``o`` lies in the input: ``half_pixel`` ``(o + 1/2) / scale - 1/2``, ``pytorch_half_pixel``
        the same, but 0 for a size of 1, ``align_corners`` ``o (in - 1) / (out - 1)``, ``asymmetric`` ``o / scale``.
    rounding
        Of such a place to the nearest cell.
    cubic
        The slope of the cubic curve; PyTorch's is -0.75.

    Examples
    --------
    >>> layer = Resize((1, 4), mode="linear")
    >>> layer.forward(np.array([[[[0.0, 4.0]]]]))
    array([[[[0., 1., 3., 4.]]]])
    """

    def __init__(
        self,
        size: tuple[int, ...],
        scale: tuple[float, ...] | None = None,
        mode: str = "nearest",
        place: str = "half_pixel",
        rounding: str = "round_prefer_floor",
        cubic: float = -0.75,
    ) -> None:
        super().__init__()
        self.size = integers("Resize", "size", tuple(size), len(size), 1)
        self.scale = None if scale is None else tuple(float(each) for each in scale)
        self.mode = choice("Resize", "mode", mode, MODES)
        self.place = choice("Resize", "place", place, PLACES)
        self.rounding = choice("Resize", "rounding", rounding, ROUNDINGS)
        self.cubic = number("Resize", "cubic", cubic)

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        check_map("Resize", shape, len(self.size))
        if max(out * size for out, size in zip(self.size, shape[1:], strict=True)) > MOST_WEIGHTS:
            raise ShapeError(
                f"Resize: expected at most {MOST_WEIGHTS:,} weights along an axis, got {tuple(shape)} to {self.size}; "
                f"choose a smaller size"
            )
        return (shape[0], *self.size)

    def layer_specs(self) -> tuple[LayerSpec, ...]:
        """Say where its windows lie where it enlarges by whole numbers; otherwise, that it may see everything."""
        scale = self.scale
        if scale is None or any(each != int(each) or each < 1 for each in scale) or self.mode == "cubic":
            return (LayerSpec(everything=True),)
        times = tuple(int(each) for each in scale)
        if self.mode == "nearest":
            return (LayerSpec(kernel_size=times, stride=times, transposed=True),)
        return (
            LayerSpec(
                kernel_size=tuple(2 * k - k % 2 for k in times),
                stride=times,
                padding=tuple(k // 2 for k in times),
                transposed=True,
            ),
        )

    def describe(self) -> str:
        """Say to what."""
        return f"Resize {'x'.join(map(str, self.size))} {self.mode}"

    def compute(self, x: Floats) -> Floats:
        """Weigh cells along one axis after the other."""
        for axis, matrix in enumerate(self._matrices(x)):
            if matrix is not None:
                x = np.moveaxis(np.tensordot(x, matrix, (axis + 2, 1)), -1, axis + 2)
        return np.ascontiguousarray(x)

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Share each gradient by the same weights."""
        for axis, matrix in reversed(list(enumerate(self._matrices(x)))):
            if matrix is not None:
                dy = np.moveaxis(np.tensordot(dy, matrix, (axis + 2, 0)), -1, axis + 2)
        return np.ascontiguousarray(dy), {}

    def _matrices(self, x: Floats) -> list[Floats | None]:
        """Make the weights ``(out, in)`` for each axis; None where nothing changes."""
        made: list[Floats | None] = []
        for axis, (out, size) in enumerate(zip(self.size, x.shape[2:], strict=True)):
            scale = out / size if self.scale is None else self.scale[axis]
            same = out == size and scale == 1
            made.append(None if same else self._weights(out, size, scale).astype(x.dtype))
        return made

    def _weights(self, out: int, size: int, scale: float) -> Floats:
        cell = np.arange(out, dtype=np.float64)
        if self.place == "align_corners":
            place = cell * ((size - 1) / (out - 1) if out > 1 else 0)
        elif self.place == "asymmetric":
            place = cell / scale
        else:
            place = (cell + 0.5) / scale - 0.5
            if self.place == "pytorch_half_pixel" and out == 1:
                place = np.zeros(1)
        if self.mode == "nearest":
            taps: dict[int, Floats] = {0: np.ones(out)}
            first = _rounded(place, self.rounding)
        else:
            first = np.floor(place)
            taps = _linear(place - first) if self.mode == "linear" else _cubic(place - first, self.cubic)
        matrix = np.zeros((out, size))
        for offset, share in taps.items():
            inside = (first + offset).clip(0, size - 1).astype(int)
            np.add.at(matrix, (np.arange(out), inside), share)
        return matrix


def _rounded(place: Floats, how: str) -> Floats:
    if how == "floor":
        return np.floor(place)
    if how == "ceil":
        return np.ceil(place)
    return np.asarray(np.ceil(place - 0.5) if how == "round_prefer_floor" else np.floor(place + 0.5))


def _linear(rest: Floats) -> dict[int, Floats]:
    return {0: 1 - rest, 1: rest}


def _cubic(rest: Floats, a: float) -> dict[int, Floats]:
    def near(t: Floats) -> Floats:
        return np.asarray(((a + 2) * t - (a + 3)) * t * t + 1)

    def far(t: Floats) -> Floats:
        return np.asarray(((a * t - 5 * a) * t + 8 * a) * t - 4 * a)

    return {-1: far(1 + rest), 0: near(rest), 1: near(1 - rest), 2: far(2 - rest)}
