"""LeNet-5, as printed in 1998 and as it is built today."""

import numpy as np
import numpy.typing as npt

from cnnviz._checks import Floats, choice, integer
from cnnviz.engine import LayerSpec, avg_pool2d, avg_pool2d_vjp, conv2d, conv2d_vjp, macs, output_shape
from cnnviz.errors import ShapeError
from cnnviz.nn.activation import Tanh
from cnnviz.nn.conv import Conv2d
from cnnviz.nn.dense import Flatten, Linear
from cnnviz.nn.layer import Plain, Pulled, Shape, check_channels
from cnnviz.nn.parameter import Parameter
from cnnviz.nn.pool import AvgPool2d
from cnnviz.nn.sequential import Sequential

C3_TABLE = (
    (0, 1, 2), (1, 2, 3), (2, 3, 4), (3, 4, 5), (0, 4, 5), (0, 1, 5),
    (0, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5), (0, 3, 4, 5), (0, 1, 4, 5), (0, 1, 2, 5),
    (0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5), (0, 1, 2, 3, 4, 5),
)  # fmt: skip
"""Which maps each of the 16 filters of C3 reads."""


def lenet5(c3: str = "table") -> Sequential:
    """Build LeNet-5, for an input of 1x32x32.

    Parameters
    ----------
    c3
        ``table``: as printed, with the third layer connected by a table, subsampling with a weight and a bias for each
        map, and outputs that are distances to fixed codes, so that the smallest wins: 60,000 parameters. ``dense``: as
        built today, every map connected, plain averages and scores: 61,706.

    Raises
    ------
    OptionError
        If ``c3`` is neither.

    Examples
    --------
    >>> lenet5().parameter_count, lenet5("dense").parameter_count
    (60000, 61706)

    Notes
    -----
    The codes of 7x12 pixels that the paper draws for each character are replaced by the random codes of -1 and 1 that
    it names as the other choice.

    References
    ----------
    LeCun, Bottou, Bengio and Haffner, Gradient-based learning applied to document recognition, 1998, section II.B.
    """
    if choice("lenet5", "c3", c3, ("table", "dense")) == "dense":
        return Sequential(
            {
                "c1": Conv2d(1, 6, 5), "squash1": _squash(),
                "s2": AvgPool2d(2),
                "c3": Conv2d(6, 16, 5), "squash3": _squash(),
                "s4": AvgPool2d(2),
                "c5": Conv2d(16, 120, 5), "squash5": _squash(),
                "flatten": Flatten(),
                "f6": Linear(120, 84), "squash6": _squash(),
                "output": Linear(84, 10),
            }
        )  # fmt: skip
    return Sequential(
        {
            "c1": Conv2d(1, 6, 5), "squash1": _squash(),
            "s2": Subsample2d(6), "squash2": _squash(),
            "c3": TableConv2d(6, C3_TABLE, 5), "squash3": _squash(),
            "s4": Subsample2d(16), "squash4": _squash(),
            "c5": Conv2d(16, 120, 5), "squash5": _squash(),
            "flatten": Flatten(),
            "f6": Linear(120, 84), "squash6": _squash(),
            "output": CodeDistance(84, 10),
        }
    )  # fmt: skip


def _squash() -> Tanh:
    return Tanh(1.7159, 2 / 3)


class Subsample2d(Plain):
    """Add up each 2x2 block, times one weight for each map, plus one bias.

    Examples
    --------
    >>> Subsample2d(6).parameter_count, Subsample2d(6).output_shape((6, 28, 28))
    (12, (6, 14, 14))
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.channels = integer("Subsample2d", "channels", channels, 1)
        self.own["weight"] = Parameter(shape=(channels,), start=0.25)
        self.own["bias"] = Parameter(shape=(channels,))

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        check_channels("Subsample2d", shape, self.channels)
        return (self.channels, *output_shape(shape[1:], 2, stride=2))

    def layer_specs(self) -> tuple[LayerSpec, ...]:
        """Say where its windows lie."""
        return (LayerSpec(kernel_size=2, stride=2),)

    def compute(self, x: Floats) -> Floats:
        """Sum and scale."""
        return self._scale() * avg_pool2d(x, 2) + self._array("bias")[:, None, None]

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Bring a gradient back."""
        own = {"weight": (dy * 4 * avg_pool2d(x, 2)).sum(axis=(0, 2, 3)), "bias": dy.sum(axis=(0, 2, 3))}
        return avg_pool2d_vjp(dy * self._scale(), x, 2)[0], own

    def _scale(self) -> Floats:
        return np.asarray(4 * self._array("weight")[:, None, None])  # the sum is four times the mean


class TableConv2d(Plain):
    """Convolve, with each filter reading only the maps that a table gives it.

    Parameters
    ----------
    in_channels
        Maps that go in.
    table
        For each filter the numbers of the maps that it reads.
    kernel_size
        Rows and columns of the filters.

    Examples
    --------
    >>> TableConv2d(6, C3_TABLE, 5).parameter_count  # 60 kernels of 25 and 16 biases
    1516
    """

    def __init__(self, in_channels: int, table: tuple[tuple[int, ...], ...], kernel_size: int) -> None:
        super().__init__()
        self.in_channels = integer("TableConv2d", "in_channels", in_channels, 1)
        self.kernel_size = integer("TableConv2d", "kernel_size", kernel_size, 1)
        self.table = tuple(tuple(maps) for maps in table)
        self.filters = np.array([number for number, maps in enumerate(table) for _ in maps])
        self.maps = np.array([channel for maps in table for channel in maps])
        self.out_channels = len(table)
        if self.maps.min() < 0 or self.maps.max() >= in_channels:
            raise ShapeError(
                f"TableConv2d: expected a table of maps from 0 to {in_channels - 1}, got {self.maps.max()}; "
                f"count maps from 0"
            )
        cells = kernel_size**2
        self.own["weight"] = Parameter(
            shape=(len(self.maps), kernel_size, kernel_size),
            fans=(cells * len(self.maps) // self.out_channels, cells * len(self.maps) // in_channels),
        )
        self.own["bias"] = Parameter(shape=(self.out_channels,))

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        check_channels("TableConv2d", shape, self.in_channels)
        return (self.out_channels, *output_shape(shape[1:], self.kernel_size))

    def macs(self, shape: Shape) -> int:
        """Count the multiply-and-add steps of the connections there are."""
        return macs(1, len(self.maps), self.kernel_size, self.output_shape(shape)[1:])

    def layer_specs(self) -> tuple[LayerSpec, ...]:
        """Say where its windows lie."""
        return (LayerSpec(kernel_size=self.kernel_size),)

    def describe(self) -> str:
        """Say what it is."""
        return f"TableConv2d {self.out_channels} {self.kernel_size}x{self.kernel_size}"

    def compute(self, x: Floats) -> Floats:
        """Convolve."""
        return conv2d(x, self._whole(), self._array("bias"))

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Bring a gradient back to the connections there are."""
        dx, dweight, dbias = conv2d_vjp(dy, x, self._whole(), self._array("bias"))
        return dx, {"weight": dweight[self.filters, self.maps], "bias": dbias}

    def _whole(self) -> Floats:
        weight = self._array("weight")
        whole = np.zeros((self.out_channels, self.in_channels, *weight.shape[1:]), weight.dtype)
        whole[self.filters, self.maps] = weight
        return whole


class CodeDistance(Plain):
    """Measure how far the features are from the code of each class: ``y_j = sum((x - code_j)^2)``.

    The codes are drawn from -1 and 1 and not learned.

    Examples
    --------
    >>> layer = CodeDistance(3, 2)
    >>> layer.own["codes"].values = np.array([[1.0, 1.0, 1.0], [-1.0, 1.0, 1.0]])
    >>> layer.forward(np.array([[1.0, 1.0, 0.0]]))
    array([[1., 5.]])
    """

    def __init__(self, in_features: int, out_features: int) -> None:
        super().__init__()
        self.in_features = integer("CodeDistance", "in_features", in_features, 1)
        self.out_features = integer("CodeDistance", "out_features", out_features, 1)
        self.own["codes"] = Parameter(shape=(out_features, in_features), start=_signs, learned=False)

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        if tuple(shape) != (self.in_features,):
            raise ShapeError(
                f"CodeDistance: expected {self.in_features} features, got shape {tuple(shape)}; flatten them before"
            )
        return (self.out_features,)

    def macs(self, shape: Shape) -> int:
        """Count the squares that are added up."""
        self.output_shape(shape)
        return macs(self.in_features, self.out_features)

    def layer_specs(self) -> tuple[LayerSpec, ...]:
        """Say that it sees everything."""
        return (LayerSpec(everything=True),)

    def compute(self, x: Floats) -> Floats:
        """Measure."""
        return np.asarray(((x[:, None] - self._array("codes")) ** 2).sum(axis=2))

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Bring a gradient back."""
        return np.asarray(2 * (dy[:, :, None] * (x[:, None] - self._array("codes"))).sum(axis=1)), {}


def _signs(shape: tuple[int, ...], generator: np.random.Generator) -> npt.NDArray[np.float64]:
    return np.asarray(generator.integers(0, 2, shape) * 2 - 1, np.float64)
