"""Make a hundred .npz files that must not be loaded, each the same on every run."""

import pickle
import struct
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import numpy as np

COUNT = 100
MIB = 2**20


class Runs:
    """An object whose pickle leaves a file behind when it is loaded."""

    def __reduce__(self):
        return Path.touch, (Path("pickle-was-loaded"),)


def files(every: int = 1) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file, or of every so many."""
    kinds = (bombs, pickles, heads, shells, cut_short)
    for name, content in [pair for kind in kinds for pair in kind()][::every]:
        yield name, content if isinstance(content, bytes) else content()


def cut_short() -> Iterator[tuple[str, bytes]]:
    """Archives that end early (36)."""
    whole = good()
    for i in range(36):
        yield f"cut{i:02}.npz", whole[: 4 + i * (len(whole) - 8) // 36]


def good() -> bytes:
    file = BytesIO()
    np.savez_compressed(file, images=np.arange(600, dtype=np.uint8).reshape(10, 60), scale=np.float64(2))
    return file.getvalue()


def head(shape: object, kind: str = "|u1", *, fortran: object = False, version: bytes = b"\1\0") -> bytes:
    text = f"{{'descr': {kind!r}, 'fortran_order': {fortran!r}, 'shape': {shape!r}, }}".encode()
    return npy(text, version)


def npy(text: bytes, version: bytes = b"\1\0") -> bytes:
    length = struct.pack("<H" if version == b"\1\0" else "<I", len(text) + 1)
    return b"\x93NUMPY" + version + length + text + b"\n"


def archive(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method, compresslevel=1) as packed:
        for name, content in members.items():
            packed.writestr(zipfile.ZipInfo(name), content, method, 1)
    return file.getvalue()


def bombs() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Small files that unpack to a hundred megabytes, or say that they would (11); made when asked for."""
    yield "zeros.npz", lambda: archive({"a.npy": head((100 * MIB,)) + bytes(100 * MIB)})
    yield "three.npz", lambda: archive({f"{n}.npy": head((30 * MIB,)) + bytes(30 * MIB) for n in "abc"})
    yield "terabytes.npz", lambda: archive({"a.npy": head((10**12,), "<f8") + bytes(100)})
    yield "product.npz", lambda: archive({"a.npy": head((2**40, 2**40, 2**40)) + bytes(100)})
    yield "wide-item.npz", lambda: archive({"a.npy": head((1,), "|S2000000000") + bytes(100)})
    yield "long-head.npz", lambda: archive({"a.npy": npy(b"{" + b" " * 65_000 + b"}")})
    yield "longer-head.npz", lambda: archive({"a.npy": npy(b" " * 100 * MIB, b"\2\0")})
    yield "deep-head.npz", lambda: archive({"a.npy": npy(b"(" * 9_000)})
    yield "members.npz", lambda: archive({f"{n}.npy": b"" for n in range(3_000)}, zipfile.ZIP_STORED)
    yield "tail.npz", lambda: archive({"a.npy": head((10,)) + bytes(100 * MIB)})
    yield "large.npz", lambda: b"PK\3\4" + bytes(64 * MIB)


def pickles() -> Iterator[tuple[str, bytes]]:
    """Arrays of objects, and pickles under other names (8)."""
    trap = pickle.dumps(Runs())
    for kind in ("|O", "O", "|O8", [("x", "|O")]):
        yield f"object-{len(str(kind))}.npz", archive({"a.npy": head((1,), kind).replace(b'"', b"") + trap})
    yield "pickle.npz", trap
    yield "pickled-member.npz", archive({"a.npy": trap})
    yield "pickled-text.npz", archive({"a.npy": npy(trap[:200])})
    yield "old-pickle.npz", b"\x80\x02" + trap[2:]


def heads() -> Iterator[tuple[str, bytes]]:
    """Heads that lie or are not what they should be (30)."""
    body = bytes(100)
    for i, shape in enumerate(
        [(-1,), (-10, -10), (99,), (101,), (10, 11), "ten", 100, [100], (1.5,), (None,), ("a",), (10**30,)]
    ):
        yield f"shape{i:02}.npz", archive({"a.npy": head(shape) + body})
    kinds = ["|V100", "<U25", "|S100", "<M8[s]", "<m8[s]", "<c16", "x", "", "<f3", "|b9", "__import__('os')"]
    for i, kind in enumerate(kinds):
        yield f"kind{i:02}.npz", archive({"a.npy": head((100,), kind) + body})
    yield "order.npz", archive({"a.npy": head((100,), fortran="yes") + body})
    yield "version3.npz", archive({"a.npy": head((100,), version=b"\3\0") + body})
    yield "version9.npz", archive({"a.npy": head((100,), version=b"\x09\0") + body})
    yield "code.npz", archive({"a.npy": npy(b"__import__('os').system('true')") + body})
    yield "no-head.npz", archive({"a.npy": body})
    yield "empty-member.npz", archive({"a.npy": b""})
    yield "more-keys.npz", archive({"a.npy": npy(b"{'descr': '|u1', 'shape': (1,), 'x': 1}") + body})


def shells() -> Iterator[tuple[str, bytes]]:
    """Things that are no such archive, or damaged ones (15)."""
    whole = archive({"a.npy": head((100,)) + bytes(range(100))}, zipfile.ZIP_STORED)
    data = whole.index(bytes(range(50)))
    directory = whole.index(b"PK\1\2")
    yield "text.npz", b"no archive at all"
    yield "array.npz", head((100,)) + bytes(100)
    yield "picture.npz", b"\x89PNG\r\n\x1a\n" + bytes(100)
    yield "changed.npz", whole[:data] + b"\xff" + whole[data + 1 :]
    yield "other-size.npz", whole.replace(struct.pack("<I", directory - 35), struct.pack("<I", 2**31))
    yield "encrypted.npz", whole[: directory + 8] + b"\1" + whole[directory + 9 :]
    yield "method.npz", whole[: directory + 10] + b"\x63" + whole[directory + 11 :]
    yield "offset.npz", whole[: directory + 42] + b"\xff\xff\xff\x7f" + whole[directory + 46 :]
    yield "bzip2.npz", archive({"a.npy": head((100,)) + bytes(100)}, zipfile.ZIP_BZIP2)
    yield "lzma.npz", archive({"a.npy": head((100,)) + bytes(100)}, zipfile.ZIP_LZMA)
    yield "document.npz", archive({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<t/>"})
    yield "upward.npz", archive({"../../a.npy": b"up"})
    yield "stub.npz", b"PK\5\6" + bytes(10)
    yield "no-start.npz", whole[directory:]
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("a.npy", head((1,)) + b"1")
        packed.writestr("a", head((1,)) + b"2")
    yield "twice.npz", file.getvalue()
