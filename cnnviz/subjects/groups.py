"""Groups: the same maps under a full, a grouped and a depthwise layer, and what such layers cost in MobileNet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.engine import conv2d, macs, parameter_count
from cnnviz.errors import OptionError
from cnnviz.nn.zoo import find
from cnnviz.subjects.depth import Depth
from cnnviz.subjects.kinds import Integer
from cnnviz.subjects.option import Option
from cnnviz.subjects.weight_sharing import WeightSharing

SIDE, LARGEST, MOST = 3, 2, 6
NETWORK = "mobilenet-v1"


@dataclass(frozen=True)
class Cost:
    """What a layer costs: numbers to learn, and multiply-and-add steps for one picture."""

    weights: int
    macs: int


class Groups(Depth):
    """The maps of a picture, read by 3 x 3 layers in 1, some and as many groups as there are maps, without biases.

    Examples
    --------
    >>> s = Groups(image="blackboard")
    >>> [s.cost(groups).weights for groups in s.kinds], s.mixing_cost.weights
    ([144, 72, 36], 16)
    >>> s.shape, s.plain.weights, s.separable.weights
    ((512, 512, 14), 2359296, 266752)
    """

    filters = Depth.filters.but(4, "Kernels of one shape, with | between, that make the maps; or how many of eight.")
    groups = Option(Integer(2, 3), 2, "In how many groups the maps are split; it divides them.")
    layer = Option(Integer(2, 14), 8, "Which pair of layers of MobileNet is counted.")
    seed = WeightSharing.seed

    def prepare(self) -> None:
        """Load, make the maps, draw weights, and count."""
        super().prepare()
        count = self.count = len(self.filters)
        if not 2 <= count <= MOST:
            raise OptionError(f"filters: expected 2 to {MOST} filters for maps in groups, got {count}")
        if count % self.groups:
            raise OptionError(f"groups: expected a divisor of {count}, the number of maps, got {self.groups}")
        rng = np.random.default_rng(self.seed)
        nonzero = [*range(-LARGEST, 0), *range(1, LARGEST + 1)]
        self.weight = rng.choice(nonzero, (count, count, SIDE, SIDE)).astype(float)
        self.mixing = rng.choice(nonzero, (count, count)).astype(float)
        self.kinds = tuple(dict.fromkeys((1, self.groups, count)))
        self._count_layer()

    @property
    def weights_shape(self) -> str:
        """The shape of the weights of the full layer."""
        return " × ".join(map(str, self.weight.shape))

    @property
    def scale(self) -> float:
        """How many cells of a map are as high as one of a kernel, where both are drawn equally high."""
        return float(self.maps.shape[1] / SIDE)

    def reads(self, groups: int, out: int) -> range:
        """Say which maps a new map reads."""
        size = self.count // groups
        first = out // size * size
        return range(first, first + size)

    def made(self, groups: int) -> NDArray[Any]:
        """Return the new maps, (maps, H, W), padded to the size of the old ones."""
        weight = np.stack([self.weight[out, self.reads(groups, out)] for out in range(self.count)])
        made: NDArray[Any] = conv2d(self.maps[None], weight, padding=SIDE // 2, groups=groups)[0]
        return made

    def mixed(self) -> NDArray[Any]:
        """Return what a 1 x 1 layer makes of the maps of the depthwise one."""
        mixed: NDArray[Any] = conv2d(self.made(self.count)[None], self.mixing[:, :, None, None])[0]
        return mixed

    @property
    def alone(self) -> NDArray[Any]:
        """The kernels of the depthwise layer, (maps, 3, 3)."""
        return self.weight[range(self.count), range(self.count)]

    def table(self) -> NDArray[Any]:
        """Return all kernels in one table: a row of them for each new map, a column for each old one."""
        side = self.count * SIDE
        return self.weight.transpose(0, 2, 1, 3).reshape(side, side)

    def cells(self, groups: int, out: int) -> list[tuple[int, int]]:
        """List the cells of the table that hold the kernels of a new map."""
        columns = range(SIDE * self.reads(groups, out)[0], SIDE * (self.reads(groups, out)[-1] + 1))
        return [(row, column) for row in range(SIDE * out, SIDE * (out + 1)) for column in columns]

    def cost(self, groups: int) -> Cost:
        """Count for the small maps."""
        return _cost(self.count, self.count, SIDE, self.maps.shape[1:], groups)

    @property
    def mixing_cost(self) -> Cost:
        """What the 1 x 1 layer behind the depthwise one costs."""
        return _cost(self.count, self.count, 1, self.maps.shape[1:])

    def _count_layer(self) -> None:
        """Count a pair of layers of MobileNet, and the plain layer that it stands for."""
        network = find("layer", NETWORK)
        rows = {row.name: row for row in network.build().summary(network.input).rows}
        pair = [rows[f"{name}{self.layer}"] for name in ("depthwise", "pointwise")]
        deep, (wide, *space) = pair[0].output[0], pair[1].output
        self.shape = deep, wide, space[0]
        self.parts = tuple(row.parameters for row in pair)
        self.separable = Cost(sum(self.parts), sum(row.macs for row in pair))
        self.plain = _cost(deep, wide, SIDE, space)

    @property
    def times(self) -> float:
        """How many times fewer weights the pair has."""
        return self.plain.weights / self.separable.weights


def _cost(inputs: int, outputs: int, side: int, space: Any, groups: int = 1) -> Cost:
    return Cost(
        parameter_count(inputs, outputs, side, groups=groups, bias=False),
        macs(inputs, outputs, (side, side), tuple(map(int, space)), groups=groups),
    )
