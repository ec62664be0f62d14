"""A network in one line of text: ``3x130x130 > conv 10 k3 > pool 4 > conv 20 k5 p2 > pool 2 > flatten``."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from math import prod

from cnnviz.data.source import hint
from cnnviz.errors import InputError
from cnnviz.nn.activation import ReLU, Sigmoid, Softmax, Tanh
from cnnviz.nn.conv import Conv2d, ConvTranspose2d
from cnnviz.nn.dense import Flatten, Linear
from cnnviz.nn.dropout import Dropout
from cnnviz.nn.layer import Layer, Shape
from cnnviz.nn.norm import BatchNorm2d
from cnnviz.nn.pool import AvgPool2d, GlobalAvgPool2d, MaxPool2d
from cnnviz.nn.sequential import Sequential

WHO = "network"
MOST = 1_000_000
"""The largest number that is read."""
LONGEST = 10_000
"""Characters."""

Sizes = tuple[int, int]


@dataclass
class _Words:
    """What follows the word of a layer: one number for what it is, letters with numbers, and plain words."""

    layer: str
    first: float | None = None
    sizes: dict[str, Sizes] = field(default_factory=dict)
    plain: set[str] = field(default_factory=set)

    def number(self, what: str) -> int:
        """Take the number that must follow."""
        if self.first is None or self.first != int(self.first):
            raise InputError(
                f"{WHO}: expected {what} as a whole number after the word in {self.layer!r}, as in '{EXAMPLES[what]}'"
                f"; add it"
            )
        return int(self.first)


EXAMPLES = {"filters": "conv 10 k3", "size": "pool 2", "features": "dense 10"}


def _conv(words: _Words, shape: Shape) -> Layer:
    sizes = words.sizes
    return Conv2d(
        shape[0],
        words.number("filters"),
        sizes.get("k", (3, 3)),
        sizes.get("s", (1, 1)),
        "same" if "same" in words.plain else sizes.get("p", (0, 0)),
        sizes.get("d", (1, 1)),
        sizes.get("g", (1, 1))[0],
        bias="nobias" not in words.plain,
    )


def _conv_transpose(words: _Words, shape: Shape) -> Layer:
    sizes = words.sizes
    return ConvTranspose2d(
        shape[0],
        words.number("filters"),
        sizes.get("k", (3, 3)),
        sizes.get("s", (1, 1)),
        sizes.get("p", (0, 0)),
        sizes.get("o", (0, 0)),
        sizes.get("g", (1, 1))[0],
        "nobias" not in words.plain,
        sizes.get("d", (1, 1)),
    )


def _pool(kind: type[MaxPool2d] | type[AvgPool2d]) -> Callable[[_Words, Shape], Layer]:
    def make(words: _Words, shape: Shape) -> Layer:  # noqa: ARG001
        size = words.sizes.get("k") or (words.number("size"),) * 2
        return kind(size, words.sizes.get("s"), words.sizes.get("p", (0, 0)), ceil_mode="ceil" in words.plain)

    return make


def _dropout(words: _Words, shape: Shape) -> Layer:  # noqa: ARG001
    return Dropout(0.5 if words.first is None else words.first)


def _dense(words: _Words, shape: Shape) -> Layer:
    return Linear(prod(shape), words.number("features"), bias="nobias" not in words.plain)


@dataclass(frozen=True)
class _Kind:
    """A word of the notation."""

    make: Callable[[_Words, Shape], Layer]
    number: bool = False
    letters: str = ""
    plain: tuple[str, ...] = ()


_CONV = _Kind(_conv, True, "kspdg", ("same", "nobias"))
_DENSE = _Kind(_dense, True, "", ("nobias",))
_MAX = _Kind(_pool(MaxPool2d), True, "ksp", ("ceil",))
KINDS = {
    "conv": _CONV,
    "convt": _Kind(_conv_transpose, True, "kspdgo", ("nobias",)),
    "pool": _MAX,
    "maxpool": _MAX,
    "avgpool": _Kind(_pool(AvgPool2d), True, "ksp", ("ceil",)),
    "gap": _Kind(lambda words, shape: GlobalAvgPool2d()),  # noqa: ARG005
    "relu": _Kind(lambda words, shape: ReLU()),  # noqa: ARG005
    "sigmoid": _Kind(lambda words, shape: Sigmoid()),  # noqa: ARG005
    "tanh": _Kind(lambda words, shape: Tanh()),  # noqa: ARG005
    "softmax": _Kind(lambda words, shape: Softmax()),  # noqa: ARG005
    "bn": _Kind(lambda words, shape: BatchNorm2d(shape[0])),  # noqa: ARG005
    "dropout": _Kind(_dropout, True),
    "flatten": _Kind(lambda words, shape: Flatten()),  # noqa: ARG005
    "dense": _DENSE,
    "linear": _DENSE,
}


def parse_network(text: str) -> tuple[Shape, Sequential]:
    """Read a network in one line of text.

    The shape of one example comes first, ``3x130x130`` or a single number of features; then, each after a ``>``:

    - ``conv 10`` (filters) and ``convt 10``, with ``k5`` or ``k5x3`` (kernel, 3 if left out), ``s2`` (stride), ``p2``
      or ``same`` (padding), ``d2`` (dilation), ``g2`` (groups), ``o1`` (output padding), ``nobias``;
    - ``pool 2`` (max) and ``avgpool 2``, with ``s2``, ``p1``, ``ceil``; ``gap`` for the mean of every channel;
    - ``relu sigmoid tanh softmax bn dropout 0.5 flatten``, and ``dense 10``.

    Parameters
    ----------
    text
        As above; spaces and upper case do not matter.

    Returns
    -------
    input_shape, network
        The network has no weights yet; its layers are called ``conv1``, ``pool1``, ``conv2`` and so on.

    Raises
    ------
    InputError
        If a word is not understood.
    ShapeError, OptionError
        If a layer does not fit what comes before it.

    Examples
    --------
    >>> shape, network = parse_network("3x130x130 > conv 10 k3 > pool 4 > conv 20 k5 p2 > pool 2 > flatten")
    >>> shape, network.output_shape(shape), network.parameter_count
    ((3, 130, 130), (5120,), 5300)
    """
    if len(text) > LONGEST:
        raise InputError(f"{WHO}: expected at most {LONGEST:,} characters, got {len(text):,}; write a smaller network")
    first, *parts = (part.strip().lower() for part in text.split(">"))
    shape = start = parse_shape(WHO, first)
    layers: dict[str, Layer] = {}
    if not parts:
        raise InputError(f"{WHO}: expected layers after the input, as in '1x28x28 > conv 8 k3', got none; add some")
    counts: dict[str, int] = {}
    for part in parts:
        words = _words(part)
        kind = part.split()[0]
        counts[kind] = counts.get(kind, 0) + 1
        name = f"{kind}{counts[kind]}"
        layers[name] = KINDS[kind].make(words, shape)
        shape = Sequential({name: layers[name]}).output_shape(shape)
    return start, Sequential(layers)


def parse_shape(who: str, text: str) -> Shape:
    """Read the shape of one example: ``3x130x130``, or one number of features.

    Raises
    ------
    InputError
        If it is not one or three whole numbers from 1 to a million.

    Examples
    --------
    >>> parse_shape("input", "3x224x224"), parse_shape("input", "784")
    ((3, 224, 224), (784,))
    """
    match = re.fullmatch(r"[0-9]{1,7}(?:[x×][0-9]{1,7}){0,3}", text)
    shape = tuple(int(part) for part in re.split("[x×]", text)) if match else ()
    if len(shape) not in (1, 3) or not all(1 <= size <= MOST for size in shape):
        raise InputError(
            f"{who}: expected the input as CHANNELSxROWSxCOLUMNS, such as 3x224x224, or one number of features, each "
            f"from 1 to {MOST:,}, got {_short(text)}; write it so"
        )
    return shape


def _words(part: str) -> _Words:
    """Take the words of one layer apart."""
    kind, *rest = part.split() or [""]
    if kind not in KINDS:
        raise InputError(
            f"{WHO}: expected a layer ({', '.join(KINDS)}), got {_short(part)}; "
            f"{hint(kind, KINDS) or 'begin it with one of these words'}".rstrip()
        )
    known = KINDS[kind]
    words = _Words(part)
    for word in rest:
        match = re.fullmatch(r"([a-z])=?([0-9]{1,7})(?:[x×,]([0-9]{1,7}))?", word)
        if match and match[1] in known.letters and match[1] not in words.sizes:
            words.sizes[match[1]] = (int(match[2]), int(match[3] or match[2]))
        elif word in known.plain:
            words.plain.add(word)
        elif known.number and words.first is None and re.fullmatch(r"[0-9]{1,7}(\.[0-9]{1,7})?", word):
            words.first = float(word)
        else:
            choices = [*(["a number"] if known.number else []), *(f"{c}N" for c in known.letters), *known.plain]
            raise InputError(
                f"{WHO}: expected after {kind} {'only ' + ', '.join(choices) if choices else 'nothing'}, each once, "
                f"got {_short(word)} in {_short(part)}; leave it out or correct it"
            )
    return words


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")
