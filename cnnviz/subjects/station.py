"""The stations of a shape on its way through a network, and how many of them fit into one row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import prod

from cnnviz.errors import OptionError
from cnnviz.nn import AvgPool2d, Conv2d, Flatten, GlobalAvgPool2d, Layer, Linear, MaxPool2d
from cnnviz.nn.branch import Gated, Parallel, Residual

MOST = 10  # volumes in one row
WHO, LAYERS = "volumes", "layers"
Shape = tuple[int, ...]


@dataclass(frozen=True)
class Station:
    """One shape on the way through a network.

    Attributes
    ----------
    made_by : tuple of str
        The layers that made it, in their order, such as ``("pool 2 × 2", "conv 3 × 3")``.
    kind : str
        The last of them: ``input``, ``conv``, ``pool``, ``flatten``, ``dense`` or ``block``.
    shape : tuple of int
        (C, H, W), or (N,) behind the flattening.
    parameters : int
        Of all layers that made it.
    layer : str
        The name of the layer whose output it is; empty for what goes in.
    """

    made_by: tuple[str, ...]
    kind: str
    shape: Shape
    parameters: int
    layer: str = ""

    @property
    def heads(self) -> tuple[tuple[int, str], ...]:
        """What made it, in few words, with how many times each.

        >>> Station(("pool 2 × 2", "conv 3 × 3", "conv 3 × 3"), "conv", (8, 4, 4), 0).heads
        ((1, 'pool'), (2, 'conv'))
        """
        if len(self.made_by) == 1:
            return ((1, self.made_by[0]),)
        counted = [(len(list(same)), word) for word, same in groupby(_short(word) for word in self.made_by)]
        return tuple(counted) if len(counted) <= 2 else ((len(self.made_by), LAYERS),)

    @property
    def values(self) -> int:
        """How many numbers it holds."""
        return prod(self.shape)

    @property
    def label(self) -> str:
        """The shape as it is written: depth, rows, columns.

        >>> Station(("input",), "input", (3, 32, 48), 0).label
        '3 × 32 × 48'
        """
        return " × ".join(f"{size:,}" for size in self.shape)


def stations_of(shape: Shape, layers: Mapping[str, Layer]) -> list[Station]:
    """Give a station for each layer that has weights or changes the shape; others join the one before."""
    stations = [Station(("input",), "input", shape, 0)]
    for called, layer in layers.items():
        before, shape = shape, layer.output_shape(shape)
        name, kind = named(layer, before, shape)
        last = stations[-1]
        if not kind:
            stations[-1] = replace(last, parameters=last.parameters + layer.parameter_count, layer=called)
        else:
            stations.append(Station((name,), kind, shape, layer.parameter_count, called))
    return stations


def named(layer: Layer, before: Shape, after: Shape) -> tuple[str, str]:
    """Name a layer in two words and its kind; both are empty where it only changes values."""
    match layer:
        case Conv2d():
            return f"conv {_by(layer.kernel_size)}", "conv"
        case MaxPool2d() | AvgPool2d():
            return f"pool {_by(layer.kernel_size)}", "pool"
        case GlobalAvgPool2d():
            return "mean of all", "pool"
        case Flatten():
            return "flatten", "flatten"
        case Linear():
            return "dense", "dense"
        case Residual() | Gated() | Parallel():
            return "block", "block"
    if before == after:
        return "", ""
    return ("pool", "pool") if before[0] == after[0] else ("layer", "block")


def _by(size: tuple[int, ...]) -> str:
    return " × ".join(map(str, size))


def fitting(stations: list[Station], who: str = WHO) -> tuple[Station, ...]:
    """Take together what stays equal, until the row is short enough: first whole shapes, then rows and columns."""
    for key in (None, lambda s: s.shape, lambda s: s.shape[1:] or s.shape):
        if key is not None:
            first, rest = stations[:1], stations[1:]
            stations = first + [_together(list(group)) for _, group in groupby(rest, key)]
        if len(stations) <= MOST:
            return tuple(stations)
    raise OptionError(
        f"{who}: expected a network of at most {MOST} volumes of different size, got {len(stations)}; leave layers out"
    )


def visits(stations: Sequence[Station]) -> list[tuple[list[int], bool]]:
    """Say which stations are visited at a time, and whether again: one by one where a kind of step is new.

    >>> conv, pool = Station(("conv 3 × 3",), "conv", (4, 8, 8), 0), Station(("pool 2 × 2",), "pool", (4, 4, 4), 0)
    >>> visits([Station(("input",), "input", (1, 8, 8), 0), conv, pool, conv, pool])
    [([1], False), ([2], False), ([3, 4], True)]
    """
    told: set[tuple[str, bool]] = set()

    def is_known(index: int) -> bool:
        kind = stations[index].kind, len(stations[index].made_by) > 1
        known = kind in told
        told.add(kind)
        return known

    found: list[tuple[list[int], bool]] = []
    for again, run in groupby(range(1, len(stations)), is_known):
        group = list(run)
        found += [(part, again) for part in ([group] if again else [[index] for index in group])]
    return found


def _together(group: list[Station]) -> Station:
    """Make one station of several neighbors."""
    made_by = tuple(word for station in group for word in station.made_by)
    return replace(group[-1], made_by=made_by, parameters=sum(station.parameters for station in group))


def _short(word: str) -> str:
    return word.split(maxsplit=1)[0] if word.startswith(("conv", "pool")) else word
