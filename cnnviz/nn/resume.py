"""Trainings in files: stopped here, gone on with there, to the same bytes; plain arrays and JSON, no pickle."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnviz._checks import Floats
from cnnviz.data.npz import read_npz
from cnnviz.data.source import shown
from cnnviz.data.split import Examples
from cnnviz.errors import InputError, OptionError
from cnnviz.nn.arrays import write_arrays
from cnnviz.nn.checkpoint import HEADER
from cnnviz.nn.history import Epoch, Score
from cnnviz.nn.layer import Layer
from cnnviz.nn.moment import Best, Moment, Started
from cnnviz.nn.optimizer import Optimizer

WHO = "fit"
FORM = "cnnviz training 1"
WORDS = 64 * 2**20
"""The most bytes of JSON and of snapshots, beside what the network itself asks for."""

Arrays = Mapping[str, npt.NDArray[Any]]


def settings(
    seed: int, batch_size: int, optimizer: Optimizer, others: Mapping[str, object], data: Mapping[str, Examples | None]
) -> dict[str, str]:
    """Say in words what must be the same for a training to go on as if it had not stopped."""
    own = ("memory", "steps", "remembers")
    tuned = " ".join(f"{name}={value}" for name, value in vars(optimizer).items() if name not in own)
    return {
        "seed": str(seed),
        "batch_size": str(batch_size),
        "optimizer": f"{type(optimizer).__name__} {tuned}",
        **{name: _said(value) for name, value in others.items()},
        **{name: "none" if part is None else _digest(part) for name, part in data.items()},
    }


def save_moment(moment: Moment, made_with: Mapping[str, str], path: Path) -> None:
    """Write a moment into an ``.npz`` file, whole or not at all."""
    best, started = moment.best, moment.started
    words = {
        "form": FORM,
        "settings": dict(made_with),
        "chance": moment.chance,
        "steps": dict(moment.steps),
        "epochs": [
            {**asdict(_without_weights(epoch)), "gradient_norms": dict(epoch.gradient_norms)} for epoch in moment.epochs
        ],
        "best": None if best is None else {"loss": best.loss, "number": best.number},
        "started": None
        if started is None
        else {"step": started.step, "loss": started.loss, "right": started.right, "squares": dict(started.squares)},
    }
    arrays: dict[str, npt.NDArray[Any]] = {"words": np.frombuffer(json.dumps(words).encode(), np.uint8)}
    arrays |= {f"weights/{name}": values for name, values in moment.weights.items()}
    arrays |= {f"best/{name}": values for name, values in (best.weights if best else {}).items()}
    arrays |= {f"memory/{name}": np.stack(values) for name, values in moment.memory.items()}
    if started is not None:
        arrays["order"] = started.order
    if moment.epochs:
        arrays |= {
            f"snapshots/{name}": np.stack([epoch.weights[name] for epoch in moment.epochs])
            for name in moment.epochs[0].weights
        }
    write_arrays("fit", path, arrays)


def load_moment(network: Layer, optimizer: Optimizer, made_with: Mapping[str, str], count: int, path: Path) -> Moment:
    """Read a moment that `save_moment` wrote in a training with the same settings; the network is not changed.

    Raises
    ------
    InputError
        If the file is damaged, something else, or of another network.
    OptionError
        If the training was started with other settings; the message names one.
    """
    shapes = {name: parameter.shape for name, parameter in network.parameters().items()}
    limit = WORDS + sum(5 * (8 * parameter.size + HEADER) for parameter in network.parameters().values())
    arrays = read_npz(WHO, path, limit=limit, members=1000 + 5 * len(shapes))
    try:
        words = json.loads(bytes(arrays["words"]))
        if words["form"] != FORM:
            raise ValueError
        stored = {str(name): str(value) for name, value in words["settings"].items()}
        if stored.keys() != made_with.keys():
            raise ValueError
        _compare(stored, made_with)
        return _moment(words, arrays, shapes, optimizer.remembers, count)
    except OptionError:
        raise
    except Exception as error:  # whatever is wrong inside: keys, types, shapes, numbers beyond bounds
        raise InputError(
            f"{WHO}: expected a training of this network that was stopped, got {shown(str(path))}, which is damaged "
            f"or something else; start anew without resume"
        ) from error


def _compare(stored: Mapping[str, str], given: Mapping[str, str]) -> None:
    for name, value in given.items():
        if stored[name] != value:
            old, new = shown(stored[name], 200), shown(value, 200)
            if name in ("data", "validation"):  # known by their digests only
                old, new = "the examples it began with", "others"
            raise OptionError(
                f"{WHO}: expected to go on with the {name} of the training that was stopped, {old}, got {new}; "
                f"give the same, or start anew without resume"
            )


def _moment(words: Any, arrays: Arrays, shapes: Mapping[str, tuple[int, ...]], remembers: int, count: int) -> Moment:
    """Put a moment together; raise any error at all where something does not fit."""
    chance = words["chance"]
    np.random.default_rng(0).bit_generator.state = chance  # raises where it is no such state
    weights = {name: _floats(arrays[f"weights/{name}"], shape) for name, shape in shapes.items()}
    memory = {}
    for name, values in _under(arrays, "memory/").items():
        memory[name] = tuple(_floats(part, shapes[name]) for part in values)
    steps = {name: _whole(value, 1) for name, value in words["steps"].items()}
    if any(len(parts) != remembers for parts in memory.values()) or (remembers and memory.keys() != steps.keys()):
        raise ValueError
    if not shapes.keys() >= steps.keys():
        raise ValueError
    snapshots = _under(arrays, "snapshots/")
    epochs = tuple(
        Epoch(
            _whole(epoch["number"], 1),
            float(epoch["rate"]),
            _score(epoch["train"]),
            None if epoch["validation"] is None else _score(epoch["validation"]),
            {str(name): float(norm) for name, norm in epoch["gradient_norms"].items()},
            {name: _floats(values[place], shapes[name]) for name, values in snapshots.items()},
        )
        for place, epoch in enumerate(words["epochs"])
    )
    best, started = None, None
    if words["best"] is not None:
        kept = {name: _floats(values, shapes[name]) for name, values in _under(arrays, "best/").items()}
        if kept and kept.keys() != shapes.keys():
            raise ValueError
        best = Best(float(words["best"]["loss"]), _whole(words["best"]["number"], 1, len(epochs)), kept)
    if words["started"] is not None:
        order, under_way = arrays["order"], words["started"]
        if order.dtype != np.int64 or not np.array_equal(np.sort(order), np.arange(count)):
            raise ValueError
        squares = {str(name): float(square) for name, square in under_way["squares"].items()}
        step, right = _whole(under_way["step"], 0, count), _whole(under_way["right"], 0, count)
        started = Started(order, step, float(under_way["loss"]), right, squares)
    if [epoch.number for epoch in epochs] != list(range(1, len(epochs) + 1)) or bool(epochs) != (best is not None):
        raise ValueError
    return Moment(weights, memory, steps, chance, epochs, best, started)


def _under(arrays: Arrays, start: str) -> dict[str, npt.NDArray[Any]]:
    return {name.removeprefix(start): values for name, values in arrays.items() if name.startswith(start)}


def _floats(values: npt.NDArray[Any], shape: tuple[int, ...]) -> Floats:
    if values.shape != shape or values.dtype not in (np.float32, np.float64) or not np.isfinite(values).all():
        raise ValueError
    return values


def _whole(value: object, low: int, high: int = 2**62) -> int:
    if type(value) is not int or not low <= value <= high:
        raise ValueError
    return value


def _score(value: Mapping[str, float]) -> Score:
    return Score(float(value["loss"]), float(value["accuracy"]))


def _without_weights(epoch: Epoch) -> Epoch:
    return Epoch(epoch.number, epoch.rate, epoch.train, epoch.validation, {})


def _said(value: object) -> str:
    """Write a setting: what its words hold, but never where it lies in memory."""
    if value is None or isinstance(value, bool | int | float | str | tuple) or is_dataclass(value):
        return str(value)
    return str(getattr(value, "__qualname__", type(value).__qualname__))


def _digest(examples: Examples) -> str:
    found = hashlib.sha256(f"{examples.images.shape} {examples.images.dtype}".encode())
    found.update(np.ascontiguousarray(examples.images).data)
    found.update(np.ascontiguousarray(examples.labels).data)
    return found.hexdigest()
