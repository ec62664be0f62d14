"""Make IDX files that must not be read, each the same on every run."""

import gzip
import struct
import zlib
from collections.abc import Iterator

import numpy as np

COUNT = 62
MIB = 2**20
MAGIC = bytes((0, 0, 8, 3))


def idx(array: np.ndarray) -> bytes:
    """The sound file of an array of bytes."""
    return (
        bytes((0, 0, 8, array.ndim)) + struct.pack(f">{array.ndim}I", *array.shape) + array.astype(np.uint8).tobytes()
    )


def files(every: int = 1) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file, or of every so many."""
    for name, content in [pair for kind in (cut_short, heads, packed) for pair in kind()][::every]:
        yield name, content if isinstance(content, bytes) else content()


def sound() -> bytes:
    return idx(np.arange(600).reshape(6, 10, 10) % 256)


def cut_short() -> Iterator[tuple[str, bytes]]:
    """Files that end early, plain and packed (40)."""
    for name, whole in (("plain", sound()), ("packed", gzip.compress(sound(), mtime=0))):
        for i in range(20):
            yield f"{name}{i:02}", whole[: 1 + i * (len(whole) - 1) // 20]


def heads() -> Iterator[tuple[str, object]]:
    """Heads that lie, or are others' (12)."""
    whole = sound()
    for i, magic in enumerate((b"\x89PNG", b"PK\3\4", b"\0\0\x0d\3", b"\0\0\x08\2", b"\0\0\x08\1", b"\x80\x04\x95\0")):
        yield f"magic{i}", magic + whole[4:]
    for i, sizes in enumerate(((7, 10, 10), (5, 10, 10), (2**32 - 1,) * 3, (2**31, 1, 1), (0, 10, 10))):
        yield f"sizes{i}", MAGIC + struct.pack(">3I", *sizes) + whole[16:]
    yield "large", lambda: MAGIC + struct.pack(">3I", 70 * MIB, 1, 1) + bytes(70 * MIB)


def packed() -> Iterator[tuple[str, object]]:
    """Small packed files that become large, or are damaged inside (10)."""
    whole = gzip.compress(sound(), mtime=0)
    yield "bomb", lambda: gzip.compress(MAGIC + struct.pack(">3I", 500 * MIB, 1, 1) + bytes(500 * MIB), 1)
    yield "more", lambda: gzip.compress(sound() + bytes(500 * MIB), 1)
    yield "members", gzip.compress(b"", mtime=0) * 200_000
    yield "behind", whole + b"more"
    yield "twice", whole + whole
    yield "checksum", whole[:-8] + bytes(4) + whole[-4:]
    yield "length", whole[:-4] + bytes(4)
    yield "body", whole[:30] + b"\xff" * 20 + whole[50:]
    yield "method", whole[:2] + b"\x07" + whole[3:]
    yield "long-name", b"\x1f\x8b\x08\x08" + bytes(6) + b"a" * (60 * MIB) + zlib.compress(b"")
