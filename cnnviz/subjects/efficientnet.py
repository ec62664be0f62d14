"""EfficientNet: what deeper, wider and finer cost, alone and together."""

from __future__ import annotations

from dataclasses import dataclass

from cnnviz.nn import Sequential
from cnnviz.nn.zoo.efficientnet import efficientnet
from cnnviz.subjects.architecture import Architecture

SHARES = {"depth": 1.2, "width": 1.1, "side": 1.15}
"""Of one step of compound scaling, as the paper found them."""
FAMILY = (
    (1.0, 1.0, 224), (1.0, 1.1, 240), (1.1, 1.2, 260), (1.2, 1.4, 300),
    (1.4, 1.8, 380), (1.6, 2.2, 456), (1.8, 2.6, 528), (2.0, 3.1, 600),
)  # fmt: skip
"""Width, depth and side of the picture of B0 to B7."""
Storeys = tuple[tuple[int, int], ...]
SIDE, TWICE = 224, 2.0


@dataclass(frozen=True)
class Scaled:
    """A network scaled up, and what it costs; all as multiples of the one before.

    Attributes
    ----------
    depth, width, side : float
        What was asked for.
    macs, parameters : float
        What was counted, with two decimals.
    storeys : tuple of (maps, rows)
        What its blocks make, from the first.
    """

    depth: float
    width: float
    side: float
    macs: float
    parameters: float
    storeys: Storeys

    @property
    def product(self) -> float:
        """What its work would be if a network could be scaled in parts of a block and of a map; with two decimals."""
        return round(self.depth * self.width**2 * self.side**2, 2)


class EfficientNet(Architecture):
    """A network; and EfficientNet-B0 scaled in each way, in all ways, and the family that came of it.

    Attributes
    ----------
    start, deeper, wider, finer, together : Scaled
    family_macs, family_parameters : list of int
        Of B0 to B7.
    family_storeys : list of tuple of (maps, rows)

    Examples
    --------
    >>> net = EfficientNet()
    >>> net.finer.parameters, net.family_parameters[-1]
    (1.0, 66347960)
    """

    network = Architecture.network.but("efficientnet-b0")

    def prepare(self) -> None:
        """Count."""
        super().prepare()
        if not self.is_usual:
            return
        self.start = self._scaled(1.0, 1.0, 1.0)
        self.deeper = self._scaled(TWICE, 1.0, 1.0)
        self.wider = self._scaled(1.0, TWICE, 1.0)
        self.finer = self._scaled(1.0, 1.0, TWICE)
        self.together = self._scaled(*SHARES.values())
        family = [(efficientnet(width, depth), side) for width, depth, side in FAMILY]
        self.family_macs = [network.macs((3, side, side)) for network, side in family]
        self.family_parameters = [network.parameter_count for network, _ in family]
        self.family_storeys = [_storeys(network, side) for network, side in family]

    def _scaled(self, depth: float, width: float, side: float) -> Scaled:
        network, pixels = efficientnet(width, depth), round(SIDE * side)
        macs, parameters = network.macs((3, pixels, pixels)) / self.macs, network.parameter_count / self.parameters
        counts = round(macs, 2), round(parameters, 2)
        return Scaled(depth, width, side, *counts, _storeys(network, pixels))


def _storeys(network: Sequential, side: int) -> Storeys:
    """List the maps and their rows behind each block, and behind the convolution before them."""
    shape: tuple[int, ...] = (3, side, side)
    found: list[tuple[int, int]] = []
    for name, layer in network.children().items():
        shape = layer.output_shape(shape)
        if name == "stem" or name.startswith("block"):
            found.append((shape[0], shape[1]))
    return tuple(found)
