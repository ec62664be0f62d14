"""The famous networks as rows of layers, with their numbers in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from cnnviz.nn import zoo
from cnnviz.quizzes.saying import Said, say

TITLES = {
    "lenet5-dense": "LeNet-5",
    "alexnet-one-column": "AlexNet (one column)",
    "vgg11": "VGG-11",
    "vgg16": "VGG-16",
    "vgg19": "VGG-19",
}
_WINDOW = re.compile(r"(?P<kind>Conv2d|MaxPool2d|AvgPool2d)(?: (?P<filters>\d+))? (?P<k>\d+)x\d+(?P<rest>.*)")


@dataclass(frozen=True, slots=True)
class Window:
    """A convolution or pooling of a famous network.

    Attributes
    ----------
    kind : str
        ``conv``, ``max`` or ``avg``.
    input, output : tuple of int
        The shapes before and after.
    kernel, stride, padding : int
    parameters : int
    """

    kind: str
    input: tuple[int, ...]
    output: tuple[int, ...]
    kernel: int
    stride: int
    padding: int
    parameters: int

    @property
    def notation(self) -> str:
        """The layer as a user types it.

        >>> [window.notation for window in windows("lenet5-dense")[:2]]
        ['conv 6 k5 s1 p0', 'avgpool 2 s2 p0']
        """
        name = {"conv": f"conv {self.output[0]} k", "max": "pool ", "avg": "avgpool "}[self.kind]
        return f"{name}{self.kernel} s{self.stride} p{self.padding}"

    @property
    def words(self) -> Said:
        """The layer in words.

        >>> windows("lenet5-dense")[0].words
        'convolution with 6 filters of 5 × 5, stride 1, padding 0'
        """
        told = {"kernel": self.kernel, "stride": self.stride}
        if self.kind == "max":
            return say("max pooling {kernel} × {kernel}, stride {stride}", **told)
        if self.kind == "avg":
            return say("average pooling {kernel} × {kernel}, stride {stride}", **told)
        return say(
            "convolution with {filters} filters of {kernel} × {kernel}, stride {stride}, padding {padding}",
            filters=self.output[0],
            padding=self.padding,
            **told,
        )


@cache
def windows(name: str) -> tuple[Window, ...]:
    """List the convolutions and poolings of a network, as its summary tells them.

    Examples
    --------
    >>> [window.kind for window in windows("lenet5-dense")]
    ['conv', 'avg', 'conv', 'avg', 'conv']
    """
    entry = zoo.find("quiz", name)
    found, before = [], entry.input
    for row in entry.build().summary(entry.input).rows:
        match = _WINDOW.fullmatch(row.layer)
        if match:
            kernel = int(match["k"])
            pools = match["kind"] != "Conv2d"
            found.append(
                Window(
                    match["kind"].removesuffix("2d").removesuffix("Pool").lower(),
                    before,
                    row.output,
                    kernel,
                    _letter(match["rest"], "s", kernel if pools else 1),
                    _letter(match["rest"], "p", 0),
                    row.parameters,
                )
            )
        before = row.output
    return tuple(found)


def _letter(text: str, letter: str, usual: int) -> int:
    match = re.search(rf" {letter}(\d+)", text)
    return int(match[1]) if match else usual
