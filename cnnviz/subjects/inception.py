"""Inception: layers side by side, and what small kernels in front of large ones save."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from cnnviz.nn import AvgPool2d, Conv2d, Layer, MaxPool2d
from cnnviz.nn.branch import Parallel
from cnnviz.subjects.architecture import Architecture
from cnnviz.subjects.blueprint import Part

Branch = tuple[Part, ...]


class Inception(Architecture):
    """A network, and its first module of branches, with and without the 1x1 kernels in front of larger ones.

    Attributes
    ----------
    module : tuple of tuple of Part, or None
        Convolutions and poolings of each branch; None in a network without such a module.
    naive : tuple of tuple of Part
        The same without any 1x1 that only prepares for another layer, or follows a pooling.
    reads, maps, naive_maps : int
        Maps that go in, come out, and would come out of the naive one.
    total, naive_total : int
        Parameters of both.
    best : int
        The branch that is saved most.
    kernels : list of array
        The weights of each of its square kernels, counted.

    Examples
    --------
    >>> net = Inception()
    >>> net.total, net.naive_total, net.maps, net.naive_maps
    (163696, 387296, 256, 416)
    >>> [[part.parameters for part in branch] for branch in net.module]
    [[12352], [18528, 110720], [3088, 12832], [0, 6176]]
    """

    network = Architecture.network.but("googlenet")

    def prepare(self) -> None:
        """Find the module, and count."""
        super().prepare()
        self.module: tuple[Branch, ...] | None = None
        for name, layer, shape in self.layers():
            if isinstance(layer, Parallel) and self._take(name, layer, shape):
                return

    def _take(self, name: str, layer: Parallel, shape: tuple[int, ...]) -> bool:
        branches = [[*_steps(branch)] for branch in layer.branches.values()]
        module = tuple(_parts(branch, shape) for branch in branches)
        naive = tuple(_parts(_without(branch), shape) for branch in branches)
        if not all(module) or naive == module:
            return False
        self.module, self.naive, self.called = module, naive, name
        self.reads, self.shape = shape[0], shape
        self.total, self.naive_total = _sum(module), _sum(naive)
        self.maps, self.naive_maps = (sum(branch[-1].shape[0] for branch in each) for each in (module, naive))
        saved = [_sum([old]) - _sum([new]) for old, new in zip(naive, module, strict=True)]
        self.best = saved.index(max(saved))
        sides = sorted({layer.kernel_size for branch in branches for layer in branch if isinstance(layer, Conv2d)})
        self.kernels = [np.arange(1, rows * columns + 1).reshape(rows, columns) for rows, columns in sides]
        return True

    @property
    def before(self) -> int:
        """Parameters that the branch saved most would have."""
        return _sum([self.naive[self.best]])

    @property
    def after(self) -> int:
        """Parameters that it has."""
        return _sum([(self.module or ())[self.best]])


def _steps(layer: Layer) -> Iterator[Layer]:
    """Give the convolutions and poolings of a branch."""
    if isinstance(layer, Conv2d | MaxPool2d | AvgPool2d):
        yield layer
    for child in layer.children().values():
        yield from _steps(child)


def _without(steps: Sequence[Layer]) -> list[Layer]:
    """Leave out 1x1 kernels that stand beside another layer."""
    kept = [step for step in steps if not (isinstance(step, Conv2d) and step.kernel_size == (1, 1))]
    return kept or list(steps)


def _parts(steps: Sequence[Layer], shape: tuple[int, ...]) -> Branch:
    made = []
    for step in steps:
        size = " × ".join(map(str, step.kernel_size))  # type: ignore[attr-defined]
        if isinstance(step, Conv2d):
            bias = step.out_channels if "bias" in step.own else 0
            weights = step.out_channels * shape[0] // step.groups * step.kernel_size[0] * step.kernel_size[1]
            shape = (step.out_channels, *shape[1:])
            made.append(Part("conv", size, shape, parameters=weights + bias))
        else:
            made.append(Part("pool", size, shape))
    return tuple(made)


def _sum(branches: Sequence[Branch]) -> int:
    return sum(part.parameters for branch in branches for part in branch)
