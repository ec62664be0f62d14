"""What the scenes of architectures are about: one network, as a diagram reads it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from cnnviz.errors import OptionError
from cnnviz.nn import Layer
from cnnviz.subjects.blueprint import parts_of
from cnnviz.subjects.compared import TITLES
from cnnviz.subjects.network import NetworkKind
from cnnviz.subjects.option import Option, Subject


class Architecture(Subject):
    """A network in parts, with their parameters, multiply-and-add steps and receptive fields.

    Attributes
    ----------
    name : str
        As its authors write it.
    is_usual : bool
        Whether it is the one that the scene is named after.
    parts : tuple of Part
        The first is what goes in.

    Examples
    --------
    >>> net = Architecture()
    >>> net.name, net.parameters, net.parts[net.most(net.parameter_counts)].label
    ('LeNet-5', 60000, '120 × 1 × 1')
    >>> net.parts[net.far].field
    32.0
    """

    network = Option(NetworkKind(), "lenet5", "A network by name, file, or as one line as for cnnviz shapes.")

    def prepare(self) -> None:
        """Read the network."""
        known = self.network
        if len(known.input) != 3:
            raise OptionError(
                f"network: expected a network that reads pictures (CHANNELSxROWSxCOLUMNS), got an input of "
                f"{'x'.join(map(str, known.input))}; begin with 1x28x28 for instance"
            )
        self.is_usual = known.name == type(self).options["network"].default
        self.name = TITLES.get(known.name, known.name)
        self.parts = parts_of(known)
        self.parameter_counts = [part.parameters for part in self.parts]
        self.mac_counts = [part.macs for part in self.parts]
        self.fields = [part.field for part in self.parts]
        self.parameters, self.macs = sum(self.parameter_counts), sum(self.mac_counts)

    def most(self, counts: Sequence[float]) -> int:
        """Return the part with the largest count, the first of equals."""
        return list(counts).index(max(counts))

    @property
    def far(self) -> int:
        """The last part whose cells do not see everything; 0 if there is none."""
        return max(index for index, field in enumerate(self.fields) if not math.isinf(field))

    def layers(self) -> list[tuple[str, Layer, tuple[int, ...]]]:
        """List the layers with their names and the shapes that they read."""
        shape, found = self.network.input, []
        for name, layer in self.network.network.children().items():
            found.append((name, layer, shape))
            shape = layer.output_shape(shape)
        return found
