"""LeNet-5 and the table of its third layer."""

from __future__ import annotations

from itertools import groupby

import numpy as np

from cnnviz.nn import zoo
from cnnviz.nn.zoo.lenet import TableConv2d
from cnnviz.subjects.architecture import Architecture
from cnnviz.subjects.lenet_maps import read_digit

NAMES = {"c1": "C1", "s2": "S2", "c3": "C3", "s4": "S4", "c5": "C5", "f6": "F6"}
"""Layers as the paper calls them."""


class LeNet(Architecture):
    """A network, and which maps the filters of a layer read where a table says so.

    Attributes
    ----------
    weights : array, shape (maps, filters), or None
        The weights that a filter has for a map; 0 where it does not read it. None in a network without such a table.
    totals : array, shape (1, filters)
        Parameters of each filter, its bias included.
    runs : list of (int, int, int)
        Filters that read equally many maps: the first of them, how many they are, and how many maps.
    full : int
        Parameters that the layer would have if every filter read every map.
    modern : int
        Parameters of LeNet-5 as it is built today.
    added, filled : str
        How the parameters of the layer add up, and how they would in a full table.
    digit : array, shape (32, 32)
        A handwritten digit.
    maps : dict of str to array
        What C1, S2 and C3 make of it, by their names.
    changes : list of str
        How those of all layers change up to today: by the table, by the poolings, and by the output layer.

    Examples
    --------
    >>> net = LeNet()
    >>> net.runs, int(net.totals.sum()), net.full
    ([(0, 6, 3), (6, 9, 4), (15, 1, 6)], 1516, 2416)
    >>> net.changes
    ['60,000', '+ 900', '− 44', '+ 850', '= 61,706']
    """

    def prepare(self) -> None:
        """Read the table."""
        super().prepare()
        tables = [layer for _, layer, _ in self.layers() if isinstance(layer, TableConv2d)]
        self.weights = None
        if not tables:
            return
        layer = tables[0]
        self.digit, self.maps = read_digit()
        self.each = layer.kernel_size**2
        self.weights = np.zeros((layer.in_channels, layer.out_channels), dtype=int)
        self.weights[layer.maps, layer.filters] = self.each
        self.totals = self.weights.sum(axis=0, keepdims=True) + 1
        self.full = int(layer.out_channels * (layer.in_channels * self.each + 1))
        self.runs, first = [], 0
        for maps, run in groupby(len(maps) for maps in layer.table):
            self.runs.append((first, len(list(run)), maps))
            first += self.runs[-1][1]
        now = zoo.lenet5("dense")
        self.modern = now.parameter_count
        pools = sum(part.parameters for part in self.parts if part.kind == "pool")
        output = now["output"].parameter_count - self.parts[-1].parameters
        total, (maps, filters) = int(self.totals.sum()), self.weights.shape
        each = " + ".join(f"{many} × {self.totals[0, first]}" for first, many, _ in self.runs)
        self.added = f"{each} = {total:,}"
        self.filled = f"{filters} × ({maps} × {self.each} + 1) = {self.full:,}"
        self.changes = [
            f"{self.parameters:,}",
            f"+ {self.full - total:,}",
            f"− {pools:,}",
            f"+ {output:,}",
            f"= {self.modern:,}",
        ]
