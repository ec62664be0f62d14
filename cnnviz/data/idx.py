"""Read IDX files, the format of MNIST, that come from anywhere: sizes known before anything is unpacked."""

import math
import struct
import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cnnviz.data.source import read_bytes, shown
from cnnviz.errors import InputError

LIMIT = 64 * 2**20
_BYTES = 8  # the code for numbers from 0 to 255, the only ones MNIST has


class _RefusalError(Exception):
    """Why a file is not read; the text completes "which ..."."""


def read_idx(who: str, path: Path, axes: int, *, limit: int = LIMIT) -> npt.NDArray[np.uint8]:
    r"""Read an IDX file of bytes, plain or packed by gzip, after checking what its head declares.

    A file begins with the magic number ``00 00 08`` and the count of axes, then the size of each axis in four bytes,
    the highest first; the numbers follow.

    Parameters
    ----------
    who : str
        The name the user called; messages begin with it.
    path : Path
        The file, at most ``limit`` bytes; whether it is packed is seen from its content, not its name.
    axes : int
        How many axes it must have: 3 for images, 1 for labels.
    limit : int
        The most bytes it may declare; 64 MiB unless told.

    Returns
    -------
    ndarray of uint8

    Raises
    ------
    InputError
        Where the file is something else, declares more than ``limit``, ends early or goes on behind its end.

    Examples
    --------
    >>> path = getfixture("tmp_path") / "labels"
    >>> _ = path.write_bytes(b"\0\0\x08\x01" + b"\0\0\0\x03" + bytes([5, 0, 4]))
    >>> read_idx("mnist", path, 1)
    array([5, 0, 4], dtype=uint8)

    References
    ----------
    Y. LeCun, C. Cortes and C. Burges, The MNIST database of handwritten digits: file formats.
    """
    data = read_bytes(who, path, limit + 4 + 4 * axes)
    try:
        return _array(data, axes, limit)
    except _RefusalError as reason:
        raise InputError(
            f"{who}: expected an IDX file of bytes with {axes} {'axis' if axes == 1 else 'axes'}, "
            f"got {shown(str(path))}, which {reason}"
        ) from None


def _array(data: bytes, axes: int, limit: int) -> npt.NDArray[np.uint8]:
    length = 4 + 4 * axes
    packed = data.startswith(b"\x1f\x8b")
    head = _unpacked(data, length)[:length] if packed else data[:length]
    magic = bytes((0, 0, _BYTES, axes))
    if head[:4] != magic:
        raise _RefusalError(
            f"begins with {head[:4].hex(' ') or 'nothing'} and not with {magic.hex(' ')}; "
            f"check that it is the right file"
        )
    if len(head) < length:
        raise _RefusalError("ends in its head; get it again")
    shape = struct.unpack(f">{axes}I", head[4:])
    count = math.prod(shape)
    if count > limit:
        raise _RefusalError(f"declares {' × '.join(f'{n:,}' for n in shape)} bytes; make it smaller")
    if not count:
        raise _RefusalError("declares nothing; check that it is the right file")
    content = _unpacked(data, length + count + 1) if packed else data
    if len(content) != length + count:
        fault = "ends early" if len(content) < length + count else "goes on behind what its head declares"
        raise _RefusalError(f"{fault}; get it again")
    return np.frombuffer(content, np.uint8, offset=length).reshape(shape)


def _unpacked(data: bytes, most: int) -> bytes:
    """Unpack what gzip packed, but no more than so many bytes; all of it must be sound where that is enough."""
    reader = zlib.decompressobj(wbits=31)
    try:
        content = reader.decompress(data, most)
    except zlib.error:
        raise _RefusalError("is damaged inside; get it again") from None
    if len(content) < most and not reader.eof:
        raise _RefusalError("ends early; get it again")
    if reader.unused_data:
        raise _RefusalError("goes on behind what was packed; get it again")
    return content
