"""Read ``.npz`` and ``.npy`` files that come from anywhere: no pickle, sizes known before anything is unpacked."""

import math
import zipfile
from collections.abc import Collection, Mapping
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from cnnviz.data.source import read_bytes, shown
from cnnviz.errors import InputError

LIMIT = 64 * 2**20
MEMBERS = 1000
_CHUNK = 2**20
_KINDS = "biuf"  # truth values, whole numbers and floats; no objects, text, dates or records
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def read_npz(
    who: str,
    path: Path,
    *,
    keys: Collection[str] | None = None,
    limit: int = LIMIT,
    members: int = MEMBERS,
) -> Mapping[str, npt.NDArray[Any]]:
    """Read the arrays of an ``.npz`` file after checking what its headers declare.

    Parameters
    ----------
    who : str
        The name the user called; messages begin with it.
    path : Path
        The archive, at most ``limit`` bytes.
    keys : collection of str, optional
        Exactly the names it must hold; any names where None.
    limit : int
        The most bytes that all arrays together may declare; 64 MiB unless told.
    members : int
        The most arrays; 1,000 unless told.

    Returns
    -------
    mapping of str to ndarray
        Arrays of truth values, whole numbers or floats.

    Raises
    ------
    InputError
        Where the file is not an archive of such arrays, holds other names, or declares more than ``limit``.

    Notes
    -----
    Headers are read before data; the declared shape must account for every byte that the archive says it holds; pickled
    objects are refused by their header, never loaded.
    """
    name = shown(str(path))
    data = read_bytes(who, path, limit)
    try:
        return _arrays(data, keys, limit, members)
    except _RefusalError as reason:
        raise InputError(f"{who}: expected plain arrays in an .npz file, got {name}, which {reason}") from None
    except Exception as error:  # zipfile and numpy raise nine kinds of error on damaged files
        raise InputError(
            f"{who}: expected plain arrays in an .npz file, got {name}, which is damaged or something else; "
            f"save it again"
        ) from error


def read_npy(who: str, path: Path, *, limit: int = LIMIT) -> npt.NDArray[Any]:
    """Read the array of an ``.npy`` file after checking what its header declares.

    Raises
    ------
    InputError
        Where the file is no plain array of truth values, whole numbers or floats, or has more than ``limit`` bytes.
    """
    name = shown(str(path))
    data = read_bytes(who, path, limit)
    try:
        return _array(BytesIO(data), len(data), limit)
    except _RefusalError as reason:
        said = str(reason).replace("savez_compressed", "save")
        raise InputError(f"{who}: expected a plain array in an .npy file, got {name}, which {said}") from None
    except Exception as error:
        raise InputError(
            f"{who}: expected a plain array in an .npy file, got {name}, which is damaged or something else; "
            f"save it again with numpy.save"
        ) from error


class _RefusalError(Exception):
    """Why an archive that could be opened is not read."""


def _arrays(data: bytes, keys: Collection[str] | None, limit: int, most: int) -> dict[str, npt.NDArray[Any]]:
    if data.count(b"PK\1\2") > most:  # the directory's entries, counted before each becomes an object
        raise _RefusalError(f"holds more than {most:,} members; split it up")
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = {member.filename.removesuffix(".npy"): member for member in archive.infolist()}
        if len(members) != len(archive.infolist()):
            raise _RefusalError("holds one name twice; save it again")
        if keys is not None and set(members) != set(keys):
            raise _RefusalError(f"holds other names than {', '.join(sorted(keys))}; check that it is the right file")
        if any(member.compress_type not in _METHODS for member in members.values()):
            raise _RefusalError("is packed in an unusual way; save it with numpy.savez_compressed")
        left, arrays = limit, {}
        for key, member in members.items():
            with archive.open(member) as file:
                arrays[key] = array = _array(file, member.file_size, left)
            left -= array.nbytes
        return arrays


def _array(file: IO[bytes], size: int, left: int) -> npt.NDArray[Any]:
    """Read one member: its header, then exactly the bytes that the header accounts for."""
    if np.lib.format.read_magic(file) != (1, 0):  # later versions may declare a header of 4 GB
        raise _RefusalError("is in an unusual format; save it with numpy.savez_compressed")
    shape, fortran, dtype = np.lib.format.read_array_header_1_0(file)
    if dtype.kind not in _KINDS or dtype.hasobject:
        raise _RefusalError("holds something other than numbers; save only arrays of numbers")
    nbytes = math.prod(shape) * dtype.itemsize
    if min(shape, default=0) < 0 or nbytes > left:
        raise _RefusalError("declares more bytes than allowed; make it smaller")
    if file.tell() + nbytes != size:
        raise _RefusalError("declares shapes that do not fit its content; save it again")
    content = bytearray()
    while chunk := file.read(_CHUNK):
        content += chunk
    if len(content) != nbytes:
        raise _RefusalError("ends early; save it again")
    flat = np.frombuffer(content, dtype=dtype)
    return flat.reshape(shape, order="F" if fortran else "C").astype(dtype.newbyteorder("="), copy=False)
