"""Which array of a file is which parameter of a network, whatever the library that wrote it calls them.

By name where the names are the network's own. Otherwise in order: a state dict of PyTorch and the weights of Keras
list their layers as they were built. A ``.safetensors`` file sorts its names, so that only numbers in them can say the
order.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np

from cnnviz.errors import InputError
from cnnviz.nn.arrays import Array
from cnnviz.nn.parameter import Parameter

Maps = Mapping[str, tuple[int, ...]]
"""For dense layers behind a flattening: the shape of the maps that were flattened."""

_COUNTERS = ("num_batches_tracked", "seed_generator_state", "iteration")
_PARTS = ("weight", "kernel", "gamma", "bias", "beta", "running_mean", "moving_mean", "running_var", "moving_variance")


def match(
    who: str, parameters: Mapping[str, Parameter], arrays: Mapping[str, Array], file: str, maps: Maps | None = None
) -> dict[str, Array]:
    """Find an array for each parameter.

    Raises
    ------
    InputError
        If their numbers or shapes differ; the message says which.
    """
    kept = {name: values for name, values in arrays.items() if not any(word in name for word in _COUNTERS)}
    if set(kept) == set(parameters):
        return _in_order(who, parameters, {name: kept[name] for name in parameters}, file, None)
    if len(kept) != len(parameters):
        raise InputError(
            f"{who}: expected {len(parameters)} arrays for {_some(parameters)} in {file}, got {len(kept)}: "
            f"{_some(kept)}; check that the file belongs to this network"
        )
    if not file.lower().endswith(".safetensors"):
        return _in_order(who, parameters, kept, file, maps)
    return _in_order(who, parameters, _sorted(who, parameters, kept, file), file, maps)


def _in_order(
    who: str, parameters: Mapping[str, Parameter], arrays: Mapping[str, Array], file: str, maps: Maps | None
) -> dict[str, Array]:
    """Pair them one after the other; where one fits only turned, all were written by Keras."""
    pairs = list(zip(parameters.items(), arrays.items(), strict=True))
    keras = maps is not None and (
        any("kernel" in name for name in arrays)
        or any(
            values.shape != parameter.shape == _turned(values, parameter).shape for (_, parameter), (_, values) in pairs
        )
    )
    if keras and any(name.endswith("running_var") for name in parameters):
        raise InputError(
            f"{who}: expected no batch normalization, got one in {file}, which Keras wrote: its epsilon is another one "
            f"and is not in the file; write the network as ONNX and load that"
        )
    found = {}
    for (own, parameter), (name, values) in pairs:
        fitting = _turned(values, parameter, (maps or {}).get(own)) if keras else values
        if fitting.shape != parameter.shape:
            called = own if own == name else f"{own} of shape {parameter.shape} where {name} stands"
            said = f"{own} of shape {parameter.shape}" if own == name else called
            raise InputError(
                f"{who}: expected {said} in {file}, got {values.shape}; check that the file belongs to this network"
            )
        found[own] = np.ascontiguousarray(fitting)
    return found


def _turned(values: Array, parameter: Parameter, maps: tuple[int, ...] | None = None) -> Array:
    """Bring weights from channels last to channels first."""
    if values.ndim == 2:
        if maps is not None and len(maps) > 1:  # rows in the order (H, W, C), as Keras flattens
            values = np.moveaxis(values.reshape(*maps[1:], maps[0], -1), -2, 0).reshape(values.shape)
        return values.T
    if values.ndim < 3:
        return values
    turned = np.moveaxis(values, (-1, -2), (0, 1))
    if turned.shape != parameter.shape and values.size == parameter.size:  # one filter for each channel
        return np.moveaxis(values.reshape(*values.shape[:-2], -1), -1, 0)[:, None]
    return turned


def _sorted(who: str, parameters: Mapping[str, Parameter], arrays: Mapping[str, Array], file: str) -> dict[str, Array]:
    """Bring sorted names back into the order of the layers: those of like shapes by the numbers in their names."""
    own, other = _modules(list(parameters)), _modules(sorted(arrays, key=_natural))
    ours: dict[tuple[tuple[int, ...], ...], list[list[str]]] = {}
    theirs: dict[tuple[tuple[int, ...], ...], list[list[str]]] = {}
    for names in own:
        ours.setdefault(tuple(parameters[name].shape for name in names), []).append(names)
    for names in other:
        theirs.setdefault(tuple(arrays[name].shape for name in names), []).append(names)
    found: dict[str, str] = {}
    for shapes, mine in ours.items():
        candidates = theirs.get(shapes, [])
        if len(candidates) != len(mine):
            raise InputError(
                f"{who}: expected {len(mine)} {'layer' if len(mine) == 1 else 'layers'} like {mine[0][0]} of shape "
                f"{shapes[0]} in {file}, got {len(candidates)}{_left(ours, theirs, arrays)}; check that the file "
                f"belongs to this network"
            )
        patterns = {re.sub(r"\d+", "#", names[0]) for names in candidates}
        if len(patterns) > 1:
            raise InputError(
                f"{who}: expected names in {file} that say the order of layers of shape {shapes[0]}, got "
                f"{_some([names[0] for names in candidates])}; .safetensors sorts them: save with numpy.savez(path, "
                f"**state_dict), which keeps the order"
            )
        for mine_names, names in zip(mine, candidates, strict=True):
            found.update(zip(mine_names, names, strict=True))
    return {name: arrays[found[name]] for name in parameters}


def _left(ours: Collection[object], theirs: Mapping[Any, list[list[str]]], arrays: Mapping[str, Array]) -> str:
    """Name a layer of the file that fits none."""
    for shapes, modules in theirs.items():
        if shapes not in ours:
            return f", but {modules[0][0]} of {arrays[modules[0][0]].shape}"
    return ""


def _modules(names: Sequence[str]) -> list[list[str]]:
    """Put the names of one layer together: weight, bias, running mean and variance."""
    modules: dict[str, list[str]] = {}
    for name in names:
        modules.setdefault(name.rpartition(".")[0], []).append(name)
    return [sorted(own, key=_part) for own in modules.values()]


def _part(name: str) -> int:
    last = name.rpartition(".")[2]
    return _PARTS.index(last) if last in _PARTS else len(_PARTS)


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", name)]


def _some(names: Mapping[str, object] | Sequence[str]) -> str:
    listed = list(names)
    return ", ".join(listed[:4]) + (", ..." if len(listed) > 4 else "") or "none"
