"""Weights in files: plain arrays in ``.npz``, no pickle, whole or not at all."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnviz._files import whole
from cnnviz.data.npz import read_npz
from cnnviz.errors import InputError, OptionError
from cnnviz.nn.parameter import Parameter

HEADER = 1024
"""More than the zip and the header of an array take beside its numbers."""


def save(parameters: Mapping[str, Parameter], path: str | Path) -> None:
    """Write all parameters of a network, learned or not, beside the target and then rename.

    The same numbers give the same bytes.

    Raises
    ------
    OptionError
        If there are no weights yet, or the name does not end in ``.npz``.
    """
    write("save", Path(path), {name: p.array("save") for name, p in parameters.items()})


def check_name(who: str, target: Path) -> None:
    """Require a name that says what is in the file."""
    if target.suffix.lower() != ".npz":
        raise OptionError(f"{who}: expected a file name that ends in .npz, got {target.name!r}; add .npz")


def write(who: str, target: Path, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
    """Write arrays into an ``.npz`` file, beside the target first; the same numbers give the same bytes."""
    check_name(who, target)
    with whole(target) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, values in arrays.items():
            # A ZipInfo of its own: no time of day goes into the file.
            with archive.open(zipfile.ZipInfo(f"{name}.npy"), "w", force_zip64=True) as member:
                np.lib.format.write_array(member, values, version=(1, 0), allow_pickle=False)


def load(parameters: Mapping[str, Parameter], path: str | Path) -> None:
    """Read all parameters of a network; nothing is changed unless every one of them fits.

    A file may hold no more than the network asks for: its size, the names, shapes and types in it are checked before
    any number is used.

    Raises
    ------
    InputError
        If the file is damaged, holds other names, shapes or types, or numbers that are not finite.
    """
    limit = sum(8 * parameter.size + HEADER for parameter in parameters.values())
    arrays = read_npz("load", Path(path), keys=set(parameters), limit=limit)
    kinds = {values.dtype for values in arrays.values()}
    if kinds not in ({np.dtype(np.float32)}, {np.dtype(np.float64)}):
        raise InputError(
            f"load: expected weights all float32 or all float64 in {Path(path).name}, "
            f"got {', '.join(sorted(map(str, kinds)))}; save them again with network.save(path)"
        )
    for name, parameter in parameters.items():
        if arrays[name].shape != parameter.shape:
            raise InputError(
                f"load: expected {name} of shape {parameter.shape} in {Path(path).name}, got {arrays[name].shape}; "
                f"check that the file belongs to this network"
            )
        if not np.isfinite(arrays[name]).all():
            raise InputError(
                f"load: expected finite numbers in {Path(path).name}, got others in {name}; "
                f"take weights from before the training went wrong"
            )
    for name, parameter in parameters.items():
        parameter.values = arrays[name]
