"""The networks by name, each with the input it was made for."""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial

from cnnviz.errors import InputError
from cnnviz.nn.layer import Shape
from cnnviz.nn.notation import parse_network
from cnnviz.nn.sequential import Sequential
from cnnviz.nn.zoo.alexnet import alexnet
from cnnviz.nn.zoo.efficientnet import efficientnet_b0
from cnnviz.nn.zoo.googlenet import googlenet
from cnnviz.nn.zoo.lecture import LECTURE
from cnnviz.nn.zoo.lenet import lenet5
from cnnviz.nn.zoo.mobilenet import mobilenet_v1
from cnnviz.nn.zoo.resnet import resnet18, resnet50, resnet152
from cnnviz.nn.zoo.scattered import scattered_cnn
from cnnviz.nn.zoo.texture import texture_cnn
from cnnviz.nn.zoo.tiny import tiny_cnn
from cnnviz.nn.zoo.vgg import vgg11, vgg16, vgg19


@dataclass(frozen=True, slots=True)
class Entry:
    """A network that can be built."""

    build: Callable[..., Sequential]
    input: Shape
    """Of one example."""


def _written(text: str) -> Entry:
    return Entry(lambda: parse_network(text)[1], parse_network(text)[0])


_IMAGE = (3, 224, 224)

ENTRIES = {
    "tiny-cnn": Entry(tiny_cnn, (1, 8, 8)),
    "scattered-cnn": Entry(scattered_cnn, (1, 16, 16)),
    "lenet5": Entry(lenet5, (1, 32, 32)),
    "lenet5-dense": Entry(partial(lenet5, "dense"), (1, 32, 32)),
    "texture-cnn": Entry(texture_cnn, (1, 32, 32)),
    "alexnet": Entry(alexnet, (3, 227, 227)),
    "alexnet-ungrouped": Entry(partial(alexnet, "ungrouped"), (3, 227, 227)),
    "alexnet-one-column": Entry(partial(alexnet, "one-column"), _IMAGE),
    "vgg11": Entry(vgg11, _IMAGE),
    "vgg16": Entry(vgg16, _IMAGE),
    "vgg19": Entry(vgg19, _IMAGE),
    "googlenet": Entry(googlenet, _IMAGE),
    "resnet18": Entry(resnet18, _IMAGE),
    "resnet50": Entry(resnet50, _IMAGE),
    "resnet152": Entry(resnet152, _IMAGE),
    "mobilenet-v1": Entry(mobilenet_v1, _IMAGE),
    "efficientnet-b0": Entry(efficientnet_b0, _IMAGE),
    **{name.replace("_", "-"): _written(text) for name, text in LECTURE.items()},
}


def names() -> tuple[str, ...]:
    """List the names.

    Examples
    --------
    >>> names()[:2]
    ('tiny-cnn', 'scattered-cnn')
    """
    return tuple(ENTRIES)


def find(who: str, name: str) -> Entry:
    """Find a network by its name; ``_`` is as good as ``-``.

    Raises
    ------
    InputError
        If there is none of this name.
    """
    key = name.lower().replace("_", "-")
    if key not in ENTRIES:
        close = get_close_matches(key, ENTRIES, n=1)
        raise InputError(
            f"{who}: expected a network ({', '.join(ENTRIES)}), got {name[:40]!r}; "
            f"{f'did you mean {close[0]}?' if close else 'choose one'}"
        )
    return ENTRIES[key]
