"""AlexNet: large steps over a large picture, and two columns that seldom meet."""

from __future__ import annotations

import numpy as np

from cnnviz.engine import conv2d
from cnnviz.nn import Conv2d
from cnnviz.subjects.architecture import Architecture
from cnnviz.subjects.blueprint import Part
from cnnviz.subjects.option import Option
from cnnviz.subjects.picture import PictureKind, loaded

_MOST = 4  # columns, and rows of them


class AlexNet(Architecture):
    """A network, the windows of its first layer on a picture, and its columns if convolutions are grouped.

    Attributes
    ----------
    picture : Picture or None
        Of the size that the network reads; None where its first layer reads no picture, or pads it.
    kernel, stride, side, count, filters : int
        Of the first layer; cells a side of its input and of its output.
    formula : str
        How the count of its windows follows.
    edges : array, shape (kernel, kernel)
        A kernel of that size that finds upright edges, and what it makes of the picture as the first layer steps:
    made : array, shape (rows, columns)
    reads : (maps, rows, columns)
        What each column reads.
    columns : list of list of Part
        The share of each convolution that one column has; empty where none is grouped.
    mixed : list of int
        The rows of them that read all columns.
    full : int
        Parameters if every convolution read all maps.
    saved : list of int
        How many fewer each row of the columns has.

    Examples
    --------
    >>> net = AlexNet()
    >>> net.kernel, net.stride, net.count, net.parameters, net.full
    (11, 4, 55, 60965224, 62378344)
    >>> [part.parameters for part in net.columns[0]], net.mixed
    ([153728, 442560, 331968, 221312], [1])
    >>> net.saved, net.made.shape
    ([307200, 0, 663552, 442368], (55, 55))
    """

    network = Architecture.network.but("alexnet")
    image = Option(PictureKind(), "photo:china", "The picture under the first kernels.")

    def prepare(self) -> None:
        """Load the picture, and find the columns."""
        super().prepare()
        convs = [(name, layer, shape) for name, layer, shape in self.layers() if isinstance(layer, Conv2d)]
        self.picture = None
        reads = convs and convs[0][2] == self.network.input and self.network.input[0] in (1, 3)
        if reads and convs[0][1].padding in (0, (0, 0)):
            _, first, (depth, *size) = convs[0]
            self.picture = loaded(self.image, size=(size[0], size[1]), channels="gray" if depth == 1 else "rgb")
            self.kernel, self.stride = first.kernel_size[0], first.stride[0]
            shape = first.output_shape(self.network.input)
            self.count, self.side = shape[2], size[1]
            self.filters = first.out_channels
            row = np.sign(np.arange(self.kernel) - (self.kernel - 1) / 2)
            self.edges = np.tile(row, (self.kernel, 1))
            weights = np.broadcast_to(self.edges, (1, depth, *self.edges.shape))
            self.made = conv2d(self.picture.values[None], weights, stride=self.stride)[0, 0]
            steps = (self.side - self.kernel) / self.stride + 1
            self.formula = f"({self.side} − {self.kernel}) / {self.stride} + 1 = {steps:g}"
        self._columns(convs)

    def _columns(self, convs: list[tuple[str, Conv2d, tuple[int, ...]]]) -> None:
        """Cut the convolutions between the first and the last that are grouped into columns."""
        grouped = [i for i, (_, layer, shape) in enumerate(convs) if 1 < layer.groups < shape[0]]
        self.columns, self.mixed, self.saved, self.full = [], [], [], self.parameters
        if not grouped:
            return
        inside = convs[grouped[0] : grouped[-1] + 1]
        across = inside[0][1].groups
        if across > _MOST or len(inside) > _MOST or any(layer.out_channels % across for _, layer, _ in inside):
            return
        share = []
        for row, (_, layer, shape) in enumerate(inside):
            size, out = " × ".join(map(str, layer.kernel_size)), layer.output_shape(shape)
            share.append(Part("conv", size, (out[0] // across, *out[1:]), parameters=layer.parameter_count // across))
            weights = layer.out_channels * shape[0] * layer.kernel_size[0] * layer.kernel_size[1]
            self.saved.append(weights - weights // layer.groups)
            if layer.groups == 1:
                self.mixed.append(row)
        self.columns, self.full = [share] * across, self.parameters + sum(self.saved)
        maps, rows, wide = inside[0][2]
        self.reads = (maps // across, rows, wide)
