"""Layers as code of PyTorch and of Keras, in pieces that say what their numbers are."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from typing import Any

from cnnviz.errors import OptionError
from cnnviz.nn.conv import Conv2d
from cnnviz.nn.dense import Linear
from cnnviz.nn.layer import Layer
from cnnviz.nn.norm import BatchNorm2d
from cnnviz.nn.pool import AvgPool2d, GlobalAvgPool2d, MaxPool2d

Call = tuple[tuple[str, str], ...]
"""Pieces of a line as (text, what it is): ``name``, ``in``, ``out``, ``kernel``, or empty."""

_WINDOW = ("kernel_size", "stride", "padding")
_TAKES: dict[str, tuple[str, ...]] = {
    "Conv2d": ("in_channels", "out_channels", *_WINDOW, "dilation", "groups", "bias", "padding_mode"),
    "MaxPool2d": (*_WINDOW, "dilation", "ceil_mode"),
    "AvgPool2d": (*_WINDOW, "ceil_mode", "count_include_pad"),
    "BatchNorm2d": ("num_features", "eps", "momentum"),
    "Dropout": ("p",),
    "Linear": ("in_features", "out_features", "bias"),
    "Softmax": ("dim",),
    **dict.fromkeys(("Flatten", "ReLU", "Sigmoid", "SiLU", "Tanh"), ()),
}
"""What layers of PyTorch are given, of those that have the same name and meaning here."""
_MEANS = {"in_channels": "in", "in_features": "in", "num_features": "in", "out_channels": "out", "out_features": "out"}
_PLACED = {"Conv2d": 3, "MaxPool2d": 1, "AvgPool2d": 1, "BatchNorm2d": 1, "Dropout": 1, "Linear": 2}


def written(call: Call) -> str:
    """Join the pieces of a line."""
    return "".join(text for text, _ in call)


def torch_call(layer: Layer) -> Call:
    """Write a layer for PyTorch.

    Raises
    ------
    OptionError
        If PyTorch has no layer that does the same by one line.

    Examples
    --------
    >>> written(torch_call(Conv2d(3, 8, 5, padding=2, bias=False)))
    'nn.Conv2d(3, 8, 5, padding=2, bias=False)'
    """
    kind = type(layer).__name__
    if isinstance(layer, GlobalAvgPool2d):
        return _call("nn.AdaptiveAvgPool2d", [("", "1", "")])
    if kind not in _TAKES:
        raise OptionError(
            f"code: expected layers that are one line of PyTorch ({', '.join(_TAKES)}), got {kind}; leave it out"
        )
    arguments = []
    for number, (name, one) in enumerate(inspect.signature(type(layer)).parameters.items()):
        value = _short(getattr(layer, name))
        usual = _short(layer.kernel_size) if name == "stride" and one.default is None else one.default  # type: ignore[attr-defined]  # windows have a size
        if value == usual and name != "dim":  # PyTorch wants to be told
            continue
        if name not in _TAKES[kind] or (name == "padding" and not _is_plain(value)):
            raise OptionError(f"code: expected a {kind} as PyTorch has it, got {name}={value!r}; leave it out")
        meaning = _MEANS.get(name, "kernel" if name == "kernel_size" else "")
        arguments.append(("" if number < _PLACED.get(kind, 0) else name, repr(value), meaning))
    return _call(f"nn.{kind}", arguments)


def keras_call(layer: Layer) -> Call | None:
    """Write a layer for Keras; None where Keras would do something else, or needs more than one line.

    Examples
    --------
    >>> written(keras_call(Conv2d(3, 8, 5, padding="same")))
    "layers.Conv2D(8, 5, padding='same')"
    """
    kind, more = type(layer).__name__, list[tuple[str, str, str]]()
    match layer:
        case Conv2d():
            cells = [dilation * (side - 1) for dilation, side in zip(layer.dilation, layer.kernel_size, strict=True)]
            same = _short(layer.padding) == "same" or (
                set(layer.stride) == {1} and _sides(layer.padding) == [each / 2 for each in cells]
            )
            if layer.groups > 1 or layer.padding_mode != "zeros" or not (same or _is_none(layer.padding)):
                return None
            more = _unless([("strides", layer.stride, 1), ("dilation_rate", layer.dilation, 1)])
            more += [("padding", "'same'", "")] * same + [("use_bias", "False", "")] * (not layer.bias)
            sizes = [("", str(layer.out_channels), "out"), ("", repr(_short(layer.kernel_size)), "kernel")]
            return _call("layers.Conv2D", sizes + more)
        case MaxPool2d() | AvgPool2d():
            if not _is_none(layer.padding) or layer.ceil_mode or set(layer.dilation) != {1}:
                return None
            more = _unless([("strides", layer.stride, _short(layer.kernel_size))])
            name = "MaxPooling2D" if isinstance(layer, MaxPool2d) else "AveragePooling2D"
            return _call(f"layers.{name}", [("", repr(_short(layer.kernel_size)), "kernel"), *more])
        case GlobalAvgPool2d():
            return _call("layers.GlobalAveragePooling2D", [("keepdims", "True", "")])
        case BatchNorm2d():
            return _call("layers.BatchNormalization", [("epsilon", repr(layer.eps), "")])
        case Linear():
            more = [("use_bias", "False", "")] * (not layer.bias)
            return _call("layers.Dense", [("", str(layer.out_features), "out"), *more])
    if kind == "Dropout":
        return _call("layers.Dropout", [("", repr(layer.p), "")])  # type: ignore[attr-defined]  # it has one
    if kind in ("Sigmoid", "Tanh", "SiLU"):
        return _call("layers.Activation", [("", repr(kind.lower()), "")])
    return _call(f"layers.{kind}", []) if kind in ("ReLU", "Flatten", "Softmax") else None


def _call(name: str, arguments: Iterable[tuple[str, str, str]]) -> Call:
    """Put a call together from (keyword, value, what it is)."""
    pieces = [(f"{name}(", "name")]
    for number, (keyword, value, meaning) in enumerate(arguments):
        pieces.append(((", " if number else "") + (f"{keyword}=" if keyword else ""), ""))
        pieces.append((value, meaning))
    return *((text, kind) for text, kind in pieces if text), (")", "name")


def _short(value: Any) -> Any:
    """Return one number for equal ones."""
    return value[0] if isinstance(value, tuple) and len({*map(str, value)}) == 1 else value


def _is_plain(padding: Any) -> bool:
    return padding in ("same", "valid") or all(isinstance(side, int) for side in _sides(padding))


def _is_none(padding: Any) -> bool:
    return padding == "valid" or set(_sides(padding)) == {0}


def _sides(padding: Any) -> list[Any]:
    return list(padding) if isinstance(padding, tuple | list) else [padding] * 2


def _unless(given: Iterable[tuple[str, Any, Any]]) -> list[tuple[str, str, str]]:
    return [(name, repr(_short(value)), "") for name, value, usual in given if _short(value) != usual]
