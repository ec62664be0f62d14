"""Weights in files and back: plain arrays, no pickle, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from cnnviz.errors import InputError
from cnnviz.nn.arrays import Array, read_arrays, write_arrays
from cnnviz.nn.matching import Keras, match
from cnnviz.nn.parameter import Parameter

HEADER = 1024
"""More than the zip and the header of an array take beside its numbers."""


def save(parameters: Mapping[str, Parameter], path: str | Path, words: Mapping[str, Any] | None = None) -> None:
    """Write all parameters of a network, learned or not, beside the target and then rename.

    The same numbers give the same bytes.

    Raises
    ------
    OptionError
        If there are no weights yet, or the name ends in neither ``.npz`` nor ``.safetensors``.
    """
    write_arrays("save", Path(path), {name: p.array("save") for name, p in parameters.items()}, words)


def load(parameters: Mapping[str, Parameter], path: str | Path) -> None:
    """Read all parameters of a network; nothing is changed unless every one of them fits.

    A file may hold little more than the network asks for, and is measured before any number is used. Names are those
    of the network, or of another library, in order: see `cnnviz.nn.matching`.

    Raises
    ------
    InputError
        If the file is damaged, holds other shapes or types, or numbers that are not finite.
    """
    limit = sum(8 * parameter.size + HEADER for parameter in parameters.values())
    arrays, _ = read_arrays("load", Path(path), limit)
    put(parameters, arrays, Path(path))


def put(
    parameters: Mapping[str, Parameter], arrays: Mapping[str, Array], path: Path, keras: Keras | None = None
) -> None:
    """Give parameters the numbers of a file that was read."""
    found = match("load", parameters, arrays, path.name, keras)
    kinds = {values.dtype for values in found.values()}
    if kinds not in ({np.dtype(np.float32)}, {np.dtype(np.float64)}):
        raise InputError(
            f"load: expected weights all float32 or all float64 in {path.name}, "
            f"got {', '.join(sorted(map(str, kinds)))}; save them again with network.save(path)"
        )
    for name, values in found.items():
        if not np.isfinite(values).all():
            raise InputError(
                f"load: expected finite numbers in {path.name}, got others in {name}; "
                f"take weights from before the training went wrong"
            )
    for name, parameter in parameters.items():
        parameter.values = found[name]
