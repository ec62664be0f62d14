"""Networks side by side: their parameters, what one picture costs, and how deep they are."""

from __future__ import annotations

from cnnviz.subjects.kinds import Many
from cnnviz.subjects.network import NetworkKind
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.storeys import storeys

USUAL = ("lenet5", "alexnet", "vgg16", "googlenet", "resnet50", "resnet152", "mobilenet-v1", "efficientnet-b0")
TITLES = {
    "lenet5": "LeNet-5",
    "alexnet": "AlexNet",
    "vgg11": "VGG-11",
    "vgg16": "VGG-16",
    "vgg19": "VGG-19",
    "googlenet": "GoogLeNet",
    "resnet18": "ResNet-18",
    "resnet50": "ResNet-50",
    "resnet152": "ResNet-152",
    "mobilenet-v1": "MobileNet v1",
    "efficientnet-b0": "EfficientNet-B0",
}
"""Networks as their authors write them."""


class Compared(Subject):
    """Counts of several networks, each for one example of the shape it was made for.

    Attributes
    ----------
    names : tuple of str
        What the networks are called.
    parameters, macs, depths : tuple of int
        Numbers that are learned, multiply-and-add steps for one example, and layers with weights on the longest way.
    storeys : list of list of (maps, rows)
        What the layers make on the longest way through each.

    Examples
    --------
    >>> compared = Compared("lenet5;vgg16")
    >>> compared.names, compared.parameters, compared.depths
    (('LeNet-5', 'VGG-16'), (60000, 138357544), (5, 16))
    """

    networks = Option(Many(NetworkKind(), least=2, separator=";"), USUAL, "What is compared.")

    def prepare(self) -> None:
        """Count."""
        tables = [known.network.summary(known.input) for known in self.networks]
        self.names = tuple(TITLES.get(known.name, known.name) for known in self.networks)
        self.parameters = tuple(table.parameters for table in tables)
        self.macs = tuple(table.macs for table in tables)
        self.storeys = [storeys(known) for known in self.networks]
        self.depths = tuple(map(len, self.storeys))

    def leader(self, counts: tuple[int, ...]) -> str:
        """Name the network with the largest count."""
        return self.names[counts.index(max(counts))]
