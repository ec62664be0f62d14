"""Which array of a file is which parameter of a network, whatever the library that wrote it calls them.

By name where the names are the network's own. Otherwise in order: a state dict of PyTorch and the weights of Keras
list their layers as they were built. A ``.safetensors`` file sorts its names, so that only numbers in them can say the
order; there, layers are told apart by the sizes of their arrays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np

from cnnviz.errors import InputError
from cnnviz.nn.arrays import Array
from cnnviz.nn.parameter import Parameter

Maps = Mapping[str, tuple[int, ...]]
"""For dense layers behind a flattening: the shape of the maps that were flattened."""
Keras = Callable[[], Maps]
"""Called where Keras wrote the weights; it may refuse."""

_COUNTERS = ("num_batches_tracked", "seed_generator_state", "iteration")
_PARTS = ("weight", "kernel", "gamma", "bias", "beta", "running_mean", "moving_mean", "running_var", "moving_variance")


def match(
    who: str, parameters: Mapping[str, Parameter], arrays: Mapping[str, Array], file: str, keras: Keras | None = None
) -> dict[str, Array]:
    """Find an array for each parameter; weights of Keras only where ``keras`` is given.

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
    if file.lower().endswith(".safetensors"):
        kept = _sorted(who, parameters, kept, file)
    if not _turn(who, parameters, kept, file):
        return _in_order(who, parameters, kept, file, None)
    if keras is None:
        raise InputError(
            f"{who}: expected weights of cnnviz or PyTorch, got those of Keras in {file}; they need to know more of "
            f"the network: read them with cnnviz.nn.load(path, like='1x28x28 > conv 8 k3 same > ...')"
        )
    return _in_order(who, parameters, kept, file, keras())


def _in_order(
    who: str, parameters: Mapping[str, Parameter], arrays: Mapping[str, Array], file: str, maps: Maps | None
) -> dict[str, Array]:
    """Pair them one after the other; turned, where maps of Keras are given."""
    found = {}
    for (own, parameter), (name, values) in zip(parameters.items(), arrays.items(), strict=True):
        fitting = values if maps is None else _turned(values, parameter, maps.get(own))
        if fitting.shape != parameter.shape:
            called = own if own == name else f"{own} of shape {parameter.shape} where {name} stands"
            said = f"{own} of shape {parameter.shape}" if own == name else called
            raise InputError(
                f"{who}: expected {said} in {file}, got {values.shape}; check that the file belongs to this network"
            )
        found[own] = np.ascontiguousarray(fitting)
    return found


def _turn(who: str, parameters: Mapping[str, Parameter], arrays: Mapping[str, Array], file: str) -> bool:
    """Say whether Keras wrote them: a name says so, or one fits only turned."""
    if any(_last(name).endswith("kernel") for name in arrays):
        return True
    pairs = [(v, p) for v, p in zip(arrays.values(), parameters.values(), strict=True) if len(p.shape) > 1]
    turned = [_turned(values, parameter).shape == parameter.shape for values, parameter in pairs]
    straight = [values.shape == parameter.shape for values, parameter in pairs]
    if pairs and all(turned) and all(straight) and not any(_last(name) == "weight" for name in arrays):
        raise InputError(
            f"{who}: expected names that end in weight, of PyTorch, or in kernel, of Keras, where all arrays of {file} "
            f"fit both ways, got {_some(arrays)}; save with numpy.savez(path, **named arrays)"
        )
    return any(fits and not as_it_is for fits, as_it_is in zip(turned, straight, strict=True))


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
    """Bring sorted names back into the order of the layers: those of like sizes by the numbers in their names."""
    own, other = _modules(list(parameters)), _modules(sorted(arrays, key=_natural))
    ours: dict[tuple[int, ...], list[list[str]]] = {}
    theirs: dict[tuple[int, ...], list[list[str]]] = {}
    for names in own:
        ours.setdefault(tuple(parameters[name].size for name in names), []).append(names)
    for names in other:
        theirs.setdefault(tuple(arrays[name].size for name in names), []).append(names)
    found: dict[str, str] = {}
    for sizes, mine in ours.items():
        candidates = theirs.get(sizes, [])
        if len(candidates) != len(mine):
            raise InputError(
                f"{who}: expected {len(mine)} {'layer' if len(mine) == 1 else 'layers'} like {mine[0][0]} of shape "
                f"{parameters[mine[0][0]].shape} in {file}, got {len(candidates)}{_left(ours, theirs, arrays)}; check "
                f"that the file belongs to this network"
            )
        patterns = {re.sub(r"\d+", "#", re.sub(r"_\d+(?=/)", "", names[0])) for names in candidates}
        if len(patterns) > 1:
            raise InputError(
                f"{who}: expected names in {file} that say the order of layers like {mine[0][0]}, got "
                f"{_some([names[0] for names in candidates])}; .safetensors sorts them: save with numpy.savez(path, "
                f"**state_dict), which keeps the order"
            )
        for mine_names, names in zip(mine, candidates, strict=True):
            found.update(zip(mine_names, names, strict=True))
    return {found[name]: arrays[found[name]] for name in parameters}


def _left(ours: Collection[object], theirs: Mapping[Any, list[list[str]]], arrays: Mapping[str, Array]) -> str:
    """Name a layer of the file that fits none."""
    for sizes, modules in theirs.items():
        if sizes not in ours:
            return f", but {modules[0][0]} of {arrays[modules[0][0]].shape}"
    return ""


def _modules(names: Sequence[str]) -> list[list[str]]:
    """Put the names of one layer together: weight, bias, running mean and variance."""
    modules: dict[str, list[str]] = {}
    for name in names:
        modules.setdefault(re.split(r"[./][^./]*$", name)[0], []).append(name)
    return [sorted(own, key=_part) for own in modules.values()]


def _last(name: str) -> str:
    """Give what a name calls the array of its layer; ``:0`` behind it is TensorFlow's."""
    return re.split("[./]", name.removesuffix(":0"))[-1]


def _part(name: str) -> int:
    return next((i for i, part in enumerate(_PARTS) if _last(name).endswith(part)), len(_PARTS))


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", name)]


def _some(names: Mapping[str, object] | Sequence[str]) -> str:
    listed = list(names)
    return ", ".join(listed[:4]) + (", ..." if len(listed) > 4 else "") or "none"
