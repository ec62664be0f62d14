"""Named arrays in files, ``.npz`` or ``.safetensors``, and the words that may stand beside them."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnviz._files import whole
from cnnviz.data.npz import read_npz
from cnnviz.data.source import read_bytes, shown
from cnnviz.errors import InputError, OptionError

Array = npt.NDArray[Any]

ENDINGS = (".npz", ".safetensors")
LIMIT = 2**30
"""Bytes of a file, and of what it declares."""
LIKELY, PACKED = 64 * 2**20, 16
"""Bytes that a small ``.npz`` may unpack to, and how many times its size a larger one may."""
MOST_WORDS = 4 * 2**20
"""Bytes that describe a network."""
WORDS = "__cnnviz__"
"""Under which name they stand in a file."""
_FLOATS = {"F16": np.float16, "BF16": np.uint16, "F32": np.float32, "F64": np.float64}


def check_name(who: str, target: Path, endings: tuple[str, ...] = ENDINGS) -> None:
    """Require a name that says what is in the file."""
    if target.suffix.lower() not in endings:
        raise OptionError(
            f"{who}: expected a file name that ends in {' or '.join(endings)}, got {target.name!r}; add {endings[0]}"
        )


def write_arrays(who: str, target: Path, arrays: Mapping[str, Array], words: Mapping[str, Any] | None = None) -> None:
    """Write arrays, beside the target first; the same numbers give the same bytes."""
    check_name(who, target)
    text = None if words is None else json.dumps(words, separators=(",", ":"))
    if target.suffix.lower() == ".safetensors":
        from safetensors.numpy import save

        words_beside = None if text is None else {WORDS: text}
        packed = save({name: np.ascontiguousarray(values) for name, values in arrays.items()}, words_beside)
        with whole(target) as file:
            file.write(packed)
        return
    if text is not None:
        arrays = {**arrays, WORDS: np.frombuffer(text.encode(), np.uint8)}
    with whole(target) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, values in arrays.items():
            # A ZipInfo of its own: no time of day goes into the file.
            with archive.open(zipfile.ZipInfo(f"{name}.npy"), "w", force_zip64=True) as member:
                np.lib.format.write_array(member, values, version=(1, 0), allow_pickle=False)


def read_arrays(who: str, path: Path, limit: int = LIMIT) -> tuple[dict[str, Array], Any]:
    """Read all arrays of a file, and the words beside them, None if there are none.

    Half-precision numbers of ``.safetensors`` become single ones.

    Raises
    ------
    InputError
        If the file is none, is damaged, or declares more bytes than the limit.
    """
    if path.suffix.lower() in (".pt", ".pth", ".bin", ".ckpt", ".pkl", ".h5", ".keras"):
        raise InputError(
            f"{who}: expected weights in .npz or .safetensors, got {shown(path.name)}, a kind of file that can hold a "
            f"program; save them with numpy.savez(path, **state_dict as arrays) or safetensors.torch.save_file"
        )
    if path.suffix.lower() == ".safetensors":
        return _safe(who, path, limit)
    if path.is_file():
        limit = min(limit, max(LIKELY, PACKED * path.stat().st_size))
    arrays = dict(read_npz(who, path, limit=limit + MOST_WORDS, members=20_000))
    text = arrays.pop(WORDS, None)
    return arrays, None if text is None else _words(who, path, text.tobytes())


def _safe(who: str, path: Path, limit: int) -> tuple[dict[str, Array], Any]:
    from safetensors import SafetensorError, deserialize

    content = read_bytes(who, path, limit + MOST_WORDS)
    try:
        entries: list[tuple[str, dict[str, Any]]] = deserialize(content)  # type: ignore[no-untyped-call]
    except SafetensorError as error:
        raise InputError(
            f"{who}: expected weights in .safetensors, got {shown(path.name)}, which is damaged or something else "
            f"({str(error)[:80]}); save it again"
        ) from None
    arrays: dict[str, Array] = {}
    for name, entry in entries:
        kind, shape = entry["dtype"], entry["shape"]
        if kind in _FLOATS:
            flat = np.frombuffer(entry["data"], np.dtype(_FLOATS[kind]).newbyteorder("<"))
            if kind == "BF16":  # the upper half of a single-precision number
                flat = (flat.astype(np.uint32) << 16).view(np.float32)
            arrays[name] = flat.astype(np.float64 if kind == "F64" else np.float32, copy=False).reshape(shape)
        elif shape:
            raise InputError(
                f"{who}: expected floats in {shown(path.name)}, got {shown(kind, 20)} for {shown(name, 60)}; "
                f"save the weights before they are packed"
            )
    size = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + size])
    text = header.get("__metadata__", {}).get(WORDS)
    return arrays, None if text is None else _words(who, path, text)


def _words(who: str, path: Path, text: str | bytes) -> Any:
    try:
        if len(text) > MOST_WORDS:
            raise ValueError("too long")
        return json.loads(text)
    except (ValueError, RecursionError):
        raise InputError(
            f"{who}: expected a description of the network in {shown(path.name)}, got something else; save it again"
        ) from None
