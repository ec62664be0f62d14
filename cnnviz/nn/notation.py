"""A network in one line of text: ``3x130x130 > conv 10 k3 > pool 4 > conv 20 k5 p2 > pool 2 > flatten``."""

import re
from collections.abc import Callable
from math import prod

from cnnviz.engine import same_padding
from cnnviz.engine.padding import Padding
from cnnviz.errors import InputError
from cnnviz.nn.activation import ReLU, Sigmoid, Softmax, Tanh
from cnnviz.nn.conv import Conv2d, ConvTranspose2d
from cnnviz.nn.dense import Flatten, Linear
from cnnviz.nn.dropout import Dropout
from cnnviz.nn.layer import Layer, Shape
from cnnviz.nn.norm import BatchNorm2d
from cnnviz.nn.pool import AvgPool2d, GlobalAvgPool2d, MaxPool2d
from cnnviz.nn.sequential import Sequential
from cnnviz.nn.words import WHO, Kind, Sizes, Words, read_words, short

MOST = 1_000_000
"""The largest number that is read."""
LONGEST = 10_000
"""Characters."""
PLAIN: Sizes = (1, 1)


def _padding(words: Words, shape: Shape, kernel: Sizes, stride: Sizes) -> Padding:
    """Read a padding; the cells of ``same`` under a stride depend on the size of the maps."""
    if "same" not in words.plain:
        return words.sides or words.sizes.get("p", (0, 0))
    if stride == PLAIN or len(shape) != 3:
        return "same"
    return same_padding(shape[1:], kernel, stride=stride, dilation=words.sizes.get("d", PLAIN))


def _conv(words: Words, shape: Shape) -> Layer:
    kernel, stride = words.sizes.get("k", (3, 3)), words.sizes.get("s", PLAIN)
    return Conv2d(
        shape[0],
        words.number("filters"),
        kernel,
        stride,
        _padding(words, shape, kernel, stride),
        words.sizes.get("d", PLAIN),
        words.sizes.get("g", PLAIN)[0],
        bias="nobias" not in words.plain,
    )


def _conv_transpose(words: Words, shape: Shape) -> Layer:
    sizes = words.sizes
    kernel, stride, dilation = sizes.get("k", (3, 3)), sizes.get("s", PLAIN), sizes.get("d", PLAIN)
    padding: Padding = words.sides or sizes.get("p", (0, 0))
    extra = sizes.get("o", (0, 0))
    if "same" in words.plain:  # size x stride cells come out: what is more is cut off, what is missing is added
        more = [d * (k - 1) + 1 - s for k, s, d in zip(kernel, stride, dilation, strict=True)]
        padding = [(max(m, 0) // 2, max(m, 0) - max(m, 0) // 2) for m in more]
        extra = (max(-more[0], 0), max(-more[1], 0))
    return ConvTranspose2d(
        shape[0],
        words.number("filters"),
        kernel,
        stride,
        padding,
        extra,
        sizes.get("g", PLAIN)[0],
        "nobias" not in words.plain,
        dilation,
    )


def _pool(words: Words, shape: Shape) -> tuple[Sizes, Sizes, Padding, bool]:
    size = words.sizes.get("k") or (words.number("size"),) * 2
    stride = words.sizes.get("s", size)
    return size, stride, _padding(words, shape, size, stride), "ceil" in words.plain


def _max_pool(words: Words, shape: Shape) -> Layer:
    size, stride, padding, ceil = _pool(words, shape)
    return MaxPool2d(size, stride, padding, ceil_mode=ceil)


def _avg_pool(words: Words, shape: Shape) -> Layer:
    """Average; the cells of ``same`` do not count, as in Keras, from where this word comes."""
    size, stride, padding, ceil = _pool(words, shape)
    return AvgPool2d(size, stride, padding, ceil, count_include_pad="same" not in words.plain)


def _batch_norm(words: Words, shape: Shape) -> Layer:
    return BatchNorm2d(shape[0]) if words.eps is None else BatchNorm2d(shape[0], words.eps)


def _dropout(words: Words, shape: Shape) -> Layer:  # noqa: ARG001
    return Dropout(0.5 if words.first is None else words.first)


def _dense(words: Words, shape: Shape) -> Layer:
    return Linear(prod(shape), words.number("features"), bias="nobias" not in words.plain)


def _bare(layer: Callable[[], Layer]) -> Kind:
    return Kind(lambda words, shape: layer())  # noqa: ARG005


_DENSE = Kind(_dense, True, "", ("nobias",))
_MAX = Kind(_max_pool, True, "ksp", ("ceil", "same"))
KINDS = {
    "conv": Kind(_conv, True, "kspdg", ("same", "nobias")),
    "convt": Kind(_conv_transpose, True, "kspdgo", ("same", "nobias")),
    "pool": _MAX,
    "maxpool": _MAX,
    "avgpool": Kind(_avg_pool, True, "ksp", ("ceil", "same")),
    "gap": _bare(GlobalAvgPool2d),
    "relu": _bare(ReLU),
    "sigmoid": _bare(Sigmoid),
    "tanh": _bare(Tanh),
    "softmax": _bare(Softmax),
    "bn": Kind(_batch_norm, eps=True),
    "dropout": Kind(_dropout, True),
    "flatten": _bare(Flatten),
    "dense": _DENSE,
    "linear": _DENSE,
}


def parse_network(text: str, input_shape: Shape | None = None) -> tuple[Shape, Sequential]:
    """Read a network in one line of text.

    The shape of one example comes first, ``3x130x130`` or a single number of features; then, each after a ``>``:

    - ``conv 10`` (filters) and ``convt 10``, with ``k5`` or ``k5x3`` (kernel, 3 if left out), ``s2`` (stride),
      ``d2`` (dilation), ``g2`` (groups), ``o1`` (output padding), ``nobias``;
    - ``pool 2`` (max) and ``avgpool 2``, with ``k``, ``s`` (the kernel's size if left out), ``ceil``; ``gap`` for the
      mean of every channel;
    - padding of these: ``p2``; ``p0-1`` or ``p0-1x2-3``, before and after, of rows and columns; or ``same``, with
      ``ceil(size / stride)`` cells out (``size x stride`` for ``convt``) and an odd cell after, as in Keras;
    - ``relu sigmoid tanh softmax dropout 0.5 flatten``, ``bn`` or ``bn eps1e-3`` (1e-5 if left out), and ``dense 10``.

    Parameters
    ----------
    text
        As above; spaces and upper case do not matter.
    input_shape
        To be taken in place of the one in the text.

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
    shape = start = parse_shape(WHO, first) if input_shape is None else input_shape
    layers: dict[str, Layer] = {}
    if not parts:
        raise InputError(f"{WHO}: expected layers after the input, as in '1x28x28 > conv 8 k3', got none; add some")
    counts: dict[str, int] = {}
    for part in parts:
        kind, words = read_words(part, KINDS)
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
            f"from 1 to {MOST:,}, got {short(text)}; write it so"
        )
    return shape
