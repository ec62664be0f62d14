"""What weights of Keras need to be told: where its layers compute otherwise than those of the same name here."""

from collections.abc import Iterator, Set

from cnnviz.errors import InputError
from cnnviz.nn.conv import Conv2d, ConvTranspose2d, padding_word
from cnnviz.nn.layer import Layer, Shape
from cnnviz.nn.norm import BatchNorm2d
from cnnviz.nn.pool import AvgPool2d, MaxPool2d

_EPS = BatchNorm2d(1).eps


def keras_maps(who: str, network: Layer, line: str, shape: Shape) -> dict[str, Shape]:
    """Give the maps in front of dense layers, after making sure that the network says all that Keras does.

    Keras pads by ``same``, whose odd cell comes after, or by a layer of its own, and keeps a batch normalization from
    dividing by 0 with 1e-3 where PyTorch takes 1e-5. Neither stands in its weights: a network that leaves them open
    would give other numbers without a word.

    Parameters
    ----------
    who
        The name that messages begin with.
    network, line
        The network, and the notation or the name that it was built from.
    shape
        Of one example.

    Raises
    ------
    InputError
        If a padding under a stride, or the epsilon of a batch normalization, is open.
    """
    parts = line.lower().split(">")[1:]
    said = [set(part.split()) for part in parts]
    remedy = "write {}" if parts else "write the network as a line of layers with {}"
    for words, (name, layer) in zip(said or _nothing(), _leaves("", network), strict=bool(parts)):
        if isinstance(layer, BatchNorm2d) and layer.eps == _EPS and not _epsilon(words):
            raise InputError(
                f"{who}: expected the epsilon of {name} with weights of Keras, in which it does not stand, got none; "
                + remedy.format("bn eps1e-3, which is its default there, or what your model takes")
            )
        if not _sides(words) and _open(layer):
            raise InputError(
                f"{who}: expected the padding of {name} as Keras has it, got {padding_word(layer.padding)} on both "  # type: ignore[attr-defined]  # only layers with a padding are open
                f"sides; " + remedy.format("same, or before and after as in p1-1 where a layer of its own pads")
            )
    return network.flattened("", shape)


def _nothing() -> Iterator[Set[str]]:
    while True:
        yield frozenset()


def _leaves(path: str, layer: Layer) -> Iterator[tuple[str, Layer]]:
    """Give the layers that have none inside, by name."""
    if not layer.children():
        yield path, layer
    for name, inner in layer.children().items():
        yield from _leaves(f"{path}.{name}" if path else name, inner)


def _epsilon(words: Set[str]) -> bool:
    return any(word.startswith("eps") for word in words)


def _sides(words: Set[str]) -> bool:
    return "same" in words or any(word.startswith("p") and "-" in word for word in words)


def _open(layer: Layer) -> bool:
    """Say whether a number of padding may stand for a ``same`` that pads otherwise."""
    if not isinstance(layer, Conv2d | ConvTranspose2d | MaxPool2d | AvgPool2d):
        return False
    sides = (layer.padding,) * len(layer.stride) if isinstance(layer.padding, int) else layer.padding
    if isinstance(sides, str) or not all(isinstance(side, int) for side in sides):
        return False
    counted = isinstance(layer, AvgPool2d) and layer.count_include_pad
    return any(side and (step > 1 or counted) for side, step in zip(sides, layer.stride, strict=True))
