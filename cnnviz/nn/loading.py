"""One way to any network: a name of the zoo, one line of notation, or a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from cnnviz.data.source import printable, shown
from cnnviz.errors import CnnvizError, InputError, OptionError
from cnnviz.nn import checkpoint
from cnnviz.nn.architecture import build
from cnnviz.nn.arrays import ENDINGS, read_arrays
from cnnviz.nn.keras import keras_maps
from cnnviz.nn.layer import Shape
from cnnviz.nn.normalization import Normalization
from cnnviz.nn.notation import parse_network
from cnnviz.nn.onnx_import import read_onnx
from cnnviz.nn.sequential import Sequential
from cnnviz.nn.shaping import Permute
from cnnviz.nn.zoo.registry import ENTRIES, find

PRETRAINED = ("tiny-cnn", "scattered-cnn", "texture-cnn")
"""What the zoo has weights for; files of weights without an architecture may be theirs."""


def load(
    source: str | Path, *, like: str | None = None, input_shape: Shape | None = None, who: str = "load"
) -> Sequential:
    """Find, build or read a network.

    Parameters
    ----------
    source
        A name of the zoo (``resnet18``), one line of notation (``1x28x28 > conv 8 k3 > ...``), or a file: ``.onnx``, or
        weights in ``.safetensors`` or ``.npz``, of `Layer.save`, PyTorch or Keras.
    like
        For weights that do not say their network: a name of the zoo or one line of notation.
    input_shape
        Of one example, where the network leaves it open or it is to be another.

        An ``.onnx`` file that takes pictures with channels last gives a network that takes them first; `from_onnx`
        reads it as it is.
    who
        The name that messages begin with.

    Returns
    -------
    Sequential
        With its ``input_shape``, and ``classes`` and ``normalization`` where they are known. One that is built by name
        or notation has no weights, but for ``tiny-cnn``, ``scattered-cnn`` and
        ``texture-cnn``.

    Raises
    ------
    InputError, OptionError
        If there is no such network, or its file cannot be read; the message says why.

    Examples
    --------
    >>> load("tiny-cnn").input_shape, load("1x28x28 > conv 8 k3 > pool 2").output_shape((1, 28, 28))
    ((1, 8, 8), (8, 13, 13))
    >>> path = getfixture("tmp_path") / "mine.safetensors"
    >>> network = load("tiny-cnn")
    >>> network.classes = tuple("0123456789")
    >>> network.save(path)
    >>> load(path).classes[:3], load(path).input_shape
    (('0', '1', '2'), (1, 8, 8))
    """
    text = str(source)
    ending = Path(text).suffix.lower()
    if ">" in text:
        network, known = _named(who, text, input_shape), None
    elif ending == ".onnx":
        network, known = _channels_first(*read_onnx(text, who=who, input_shape=input_shape))
    elif ending in ENDINGS or ending in (".pt", ".pth", ".bin", ".ckpt", ".pkl", ".h5", ".keras"):
        return _sized(who, _weights(who, Path(text), like, input_shape), input_shape)
    else:
        network, known = _named(who, text, input_shape, pretrained=True), None
    if like is not None:
        raise OptionError(f"{who}: expected like= only with a file of weights, got it with {shown(text)}; leave it out")
    if known is not None:
        network.input_shape = known
    return _sized(who, network, input_shape)


def _channels_first(network: Sequential, shape: Shape) -> tuple[Sequential, Shape]:
    """Leave out a first layer that brings channels to the front: pictures come with them there."""
    (_, first), *rest = network.layers.items()
    if rest and isinstance(first, Permute) and first.dims == (len(shape), *range(1, len(shape))):
        return Sequential(dict(rest)), first.output_shape(shape)
    return network, shape


def _sized(who: str, network: Sequential, shape: Shape | None) -> Sequential:
    """Take another size of the input, which every layer must fit."""
    if shape is not None:
        network.input_shape = tuple(shape)
    if network.input_shape is not None:
        try:
            network.output_shape(network.input_shape)
        except CnnvizError as error:
            raise InputError(f"{who}: {error}") from None
    return network


def _named(who: str, text: str, shape: Shape | None = None, *, pretrained: bool = False) -> Sequential:
    if ">" in text:
        shape, network = parse_network(text, shape)
    else:
        entry = find(who, text)
        key = text.lower().replace("_", "-")
        network = entry.build(pretrained=True) if pretrained and key in PRETRAINED else entry.build()
        shape = entry.input
    network.input_shape = shape
    return network


def _weights(who: str, path: Path, like: str | None, shape: Shape | None) -> Sequential:
    """Read weights, and the network that they say or that is said."""
    arrays, words = read_arrays(who, path)
    if like is not None:
        network = _named(who, like, shape)
        maps = partial(keras_maps, who, network, like, network.input_shape or ())
        checkpoint.put(network.parameters(), arrays, path, maps)
        return network
    if words is not None:
        network = _described(who, words)
        checkpoint.put(network.parameters(), arrays, path)
        return network
    for name in PRETRAINED:
        network = _named(who, name)
        if {key: p.shape for key, p in network.parameters().items()} == {key: a.shape for key, a in arrays.items()}:
            checkpoint.put(network.parameters(), arrays, path)
            return network
    raise InputError(
        f"{who}: expected a file that says its network, got weights alone in {shown(path.name)}; say what they "
        f"belong to with like= or --like: a name ({', '.join(list(ENTRIES)[:4])}, ...) or a line such as "
        f'"1x28x28 > conv 8 k3 > ..."'
    )


def _described(who: str, words: Any) -> Sequential:
    """Build the network that a file describes, with all that it says of it."""
    try:
        network = build(who, words["network"])
        shape = words.get("input")
        if shape is not None:
            if not 1 <= len(shape) <= 4 or not all(type(size) is int and 0 < size < 2**31 for size in shape):
                raise ValueError
            network.input_shape = tuple(shape)
        network.classes = tuple(printable(str(name))[:80] for name in words.get("classes") or ())
        own = words.get("normalization")
        network.normalization = own and Normalization(tuple(own["mean"]), tuple(own["std"]))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise InputError(f"{who}: expected a description of a network, got something else; save it again") from None
    return network
