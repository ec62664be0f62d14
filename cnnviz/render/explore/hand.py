"""What the page or the notebook is given: script, style, and the numbers to begin with."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from cnnviz.data import digits, gallery
from cnnviz.data.digits import PEAK
from cnnviz.data.pattern import TABLES
from cnnviz.errors import InputError, OptionError
from cnnviz.nn import Conv2d, Linear, MaxPool2d, ReLU, zoo
from cnnviz.stage.language import MARKS, Template, translated
from cnnviz.stage.theme import Theme
from cnnviz.subjects import Convolution

__all__ = ["LAYERS", "MOST", "given", "module", "plain_script", "style"]

LAYERS = ("conv", "max", "mean", "relu", "network")
MOST = 64
"""Cells along the longer side of a picture."""

WORDS: tuple[Template, ...] = (
    "Input",
    "Map",
    "Kernel",
    "Window",
    "products",
    "numbers",
    "input",
    "shares",
    "rows",
    "columns",
    "Layer",
    "convolution",
    "max pooling",
    "average pooling",
    "small network",
    "Picture",
    "as given",
    "Empty the picture",
    "own",
    "Kernel size",
    "Stride",
    "Padding",
    "Added cells",
    "Dilation",
    "The window is larger than the padded picture, which is {n} wide.",
    "The window is larger than the padded picture, which is {n} high.",
    "Reflected, at most {n} cells can be added.",
    "Around the border, at most {n} cells can be added.",
    "Pooling adds at most half of its window.",
    "{size}, padded to {padded}",
    "Row {row}, column {column}: {sum}",
    "The network says {answer}: the largest of ten numbers is {number}. Draw on the input, or point at a map.",
    "Map {map}, row {row}, column {column}",
    "{where}: {count} products add up to {sum}, and the bias {bias}: {result}",
    "weight in row {row}, column {column}",
)
"""What the script says besides names, which are the same in every language."""

_EXPORT = re.compile(r"^export ", re.MULTILINE)


def module() -> str:
    """Return the script as an ECMAScript module; it exports its arithmetic and ``explore(root, given, changed)``."""
    return f"{_file('arithmetic.js')}\n{_file('explore.js')}"


def plain_script() -> str:
    """Return the script for pages that are opened from a disk, where browsers load no modules."""
    return f"const cnnvizExplore = (() => {{\n{_EXPORT.sub('', module())}return explore;\n}})();\n"


def style() -> str:
    """Return the style sheet."""
    return _file("explore.css")


def given(subject: Convolution, layer: str, theme: Theme, language: str = "en") -> dict[str, Any]:
    """Write out what there is to explore, as plain values, and what the script says.

    Raises
    ------
    OptionError
        If the layer is none of `LAYERS`.
    InputError
        If the picture has several slices or more than 64 cells along a side.
    """
    if layer not in LAYERS:
        raise OptionError(f"explore: expected layer to be one of {', '.join(LAYERS)}, got {layer!r}")
    values = subject.picture.values
    if len(values) != 1 or max(values.shape) > MOST:
        shape = " x ".join(map(str, values.shape))
        raise InputError(f"explore: expected one slice of at most {MOST} x {MOST} cells, got {shape}; give a size")
    state = {
        "operation": layer,
        "image": values[0].tolist(),
        "picture": "",
        "kernel": subject.kernel.values.tolist(),
        "name": subject.kernel.name if subject.kernel.name in gallery() else "",
        "stride": list(subject.trace.stride),
        "padding": [list(pair) for pair in subject.trace.padding],
        "padding_mode": subject.padding_mode,
        "dilation": list(subject.trace.dilation),
        "window": [2, 2],
        "cell": [0, 0],
    }
    colors = {name: theme.role(name) for name in _COLORS}
    kernels = [[name, kernel.values.tolist()] for name, kernel in gallery().items()]
    drawn = [[f"{translated('digit', language)} {label}", each] for label, each in _digits()]
    tables = [[name, [list(row) for row in table]] for name, table in TABLES.items()]
    known = {"kernels": kernels, "pictures": drawn + tables, "network": _network()}
    words = {text: translated(text, language) for text in WORDS} if language != "en" else {}
    return {"state": state, "colors": colors, **known, "words": words, "mark": MARKS.get(language, ".")[0]}


_COLORS = ("ground", "cell", "line", "text", "muted", "input", "kernel", "output", "highlight", "negative")


@cache
def _digits() -> list[tuple[int, Any]]:
    return [(label, digits().of(label)[0].tolist()) for label in range(10)]


@cache
def _network() -> dict[str, Any]:
    """Write out the small network that ships, layer by layer."""
    layers: list[dict[str, Any]] = []
    for name, layer in zoo.tiny_cnn(pretrained=True).children().items():
        known: dict[str, Any] = {"name": name}
        weights = {part: np.asarray(each.values).tolist() for part, each in layer.parameters().items()}
        if isinstance(layer, Conv2d):
            known |= {"kind": "conv", "mode": layer.padding_mode, **_sliding(layer), **weights}
        elif isinstance(layer, MaxPool2d):
            known |= {"kind": "max", "mode": "zeros", **_sliding(layer)}
        elif isinstance(layer, Linear):
            known |= {"kind": "dense", **weights}
        else:
            known |= {"kind": "relu" if isinstance(layer, ReLU) else "flatten"}
        layers.append(known)
    return {"layers": layers, "shape": [8, 8], "factor": 1 / PEAK, "most": PEAK, "classes": [*map(str, range(10))]}


def _sliding(layer: Any) -> dict[str, Any]:
    both = {name: _two(getattr(layer, name)) for name in ("stride", "dilation")}
    return {"size": _two(layer.kernel_size), "padding": [[n, n] for n in _two(layer.padding)], **both}


def _two(value: Any) -> list[int]:
    return [value, value] if isinstance(value, int) else [*value]


def _file(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
