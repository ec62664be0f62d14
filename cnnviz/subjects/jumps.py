"""How far apart neighbors look: windows that move by one, that stride, that have holes, and a whole network."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from cnnviz.engine import LayerSpec, receptive_field
from cnnviz.subjects.compared import TITLES
from cnnviz.subjects.field import Field, Sight
from cnnviz.subjects.kinds import Integer, Many
from cnnviz.subjects.option import Option, Subject

KERNEL = 3
"""Weights of a window along a row."""
DENSE = 8
"""Cells between middles that can be told apart on a photo, at least."""


class Jumps(Subject):
    """Layers of windows of three weights, plain, with strides and with holes, and a network from layer to layer.

    Attributes
    ----------
    stacks : tuple of Sight
        Plain layers, those with strides, those with holes; on one picture, as wide as the two fields of two neighbors
        behind the widest of them.
    sight : Sight
        The network and its picture.
    fields, flat : list of int
        Cells a side that a cell of each level sees, the input first; the same windows with all strides 1.

    Examples
    --------
    >>> subject = Jumps()
    >>> [(stack.levels[-1].size[1], stack.levels[-1].jump[1]) for stack in subject.stacks]
    [(7, 1), (15, 8), (15, 1)]
    >>> subject.fields[-1], subject.flat[-1], subject.added(1), subject.added(17)
    (212, 32, 2, 32)
    """

    network = Field.network.but("vgg16", "A network by name, file, or as one line as for cnnviz shapes.")
    image = Field.image
    strides = Option(Many(Integer(1, 3), most=3), "2,2,2", "Strides of one to three layers, from below.")
    dilations = Option(Many(Integer(1, 4), most=3), "1,2,4", "Dilations of one to three layers, from below.")

    def prepare(self) -> None:
        """Follow the field through the stacks and through the network."""
        plain = [LayerSpec(kernel_size=KERNEL) for _ in self.strides]
        strided = [LayerSpec(kernel_size=KERNEL, stride=stride) for stride in self.strides]
        holed = [LayerSpec(kernel_size=KERNEL, dilation=dilation) for dilation in self.dilations]
        last = [receptive_field(specs)[-1] for specs in (plain, strided, holed)]
        side = max(cast(int, row.size) + cast(int, row.jump) for row in last)
        self.stacks = tuple(self._stack(specs, side) for specs in (plain, strided, holed))
        self.sight = Field(network=self.network, image=self.image).sights[0]
        self.name = TITLES.get(self.network.name, self.network.name)
        self.fields = [level.size[1] for level in self.sight.levels]
        unmoved = receptive_field([replace(level.window, stride=1) for level in self.sight.levels])
        self.flat = [_across(row.size) for row in unmoved]

    def _stack(self, specs: list[LayerSpec], side: int) -> Sight:
        layers = (f"conv 1 k{KERNEL} s{spec.stride} d{spec.dilation}" for spec in specs)
        return Field(network=" > ".join([f"1x{side}x{side}", *layers]), image=self.image).sights[0]

    @property
    def most(self) -> int:
        """The level that adds most cells to the field, the last of equals."""
        return max(range(1, len(self.fields)), key=lambda level: (self.added(level), level))

    def added(self, level: int) -> int:
        """Count the cells a side that a level adds to the field."""
        return self.fields[level] - self.fields[level - 1]

    def seen(self, level: int) -> tuple[tuple[int, int], int, int]:
        """Return what the neuron in the middle of a level sees of the picture: first cell, rows and columns.

        >>> Jumps().seen(18)
        ((6, 6), 212, 212)
        """
        here, corner, sides = self.sight.levels[level], [], []
        for axis, cells in enumerate(self.sight.levels[0].shape):
            first = here.start[axis] + here.shape[axis] // 2 * here.jump[axis]
            corner.append(max(0, first))
            sides.append(min(cells, first + here.size[axis]) - corner[axis])
        return (corner[0], corner[1]), sides[0], sides[1]

    def dots(self, level: int) -> list[tuple[tuple[float, float], float, float]]:
        """Return a dot in the middle of the field of each neuron of a level: its corner, rows and columns, in cells.

        There are none where they would lie too close.

        >>> Jumps().dots(18)[1]
        ((14.0, 46.0), 4.0, 4.0)
        """
        here = self.sight.levels[level]
        if min(here.jump) < DENSE:
            return []
        side = min(here.jump) / 8
        rows, columns = (
            [first + at * jump + (size - side) / 2 for at in range(cells)]
            for first, jump, size, cells in zip(here.start, here.jump, here.size, here.shape, strict=True)
        )
        return [((row, column), side, side) for row in rows for column in columns]


def _across(size: object) -> int:
    return int(size[1] if isinstance(size, tuple) else cast(int, size))
