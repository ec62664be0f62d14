"""Look at how a picture file is built before a decoder reads it, and refuse what would cost minutes or gigabytes.

Size limits alone do not bound the work: a few megabytes of empty chunks, repeated scans or overlapping tables keep a
decoder busy for minutes. The checks look at lengths only; what is merely damaged is left for the decoder to find.
"""

import struct
from collections.abc import Callable, Mapping
from contextlib import suppress
from io import BytesIO

MAX_READS = 100_000
MAX_NOTES = 1_000  # JPEG: EXIF, XMP and color profiles, 64 kB each
MAX_TABLES = 64  # JPEG: anything else before the picture
MAX_SCANS = 1_000
MAX_SCAN_WORK = 1_000_000_000  # JPEG: pixels times scans; 40 scans of 25 megapixels
MAX_TILE = 25_000_000  # TIFF: pixels in one tile
MAX_VALUES = 100_000  # TIFF: numbers in one entry; a strip for each row of a very tall picture

_VALUE_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_SUBDIRECTORIES = (34665, 34853, 40965)  # EXIF, GPS, interoperability
_TIFF_PACKINGS = (1, 2, 3, 4, 5, 8, 32773, 32946)  # none, three for fax, LZW, deflate, PackBits, old deflate

_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_LONE_MARKERS = {0x00, 0x01, 0xFF, *range(0xD0, 0xDA)}  # JPEG: those without a length behind them

Entry = tuple[int, int, bytes]  # kind, count, the value or where it is


class CostlyError(Exception):
    """A file whose structure asks for far more work or memory than a picture needs; the text completes "which ..."."""


class Metered(BytesIO):
    """A file in memory that gives up when it is read in more than `MAX_READS` pieces.

    Decoders walk over chunks, blocks and runs one by one; a picture has a few thousand of them, a trap has millions.
    """

    reads = 0

    def read(self, size: int | None = -1, /) -> bytes:
        """Read, and count."""
        self.reads += 1
        if self.reads > MAX_READS:
            raise CostlyError(f"is cut into more than {MAX_READS // 3:,} pieces")
        return super().read(size)


def check(format_: str, data: bytes) -> None:
    """Raise `CostlyError` where a file of this format is built to be expensive."""
    checker = _CHECKS.get(format_)
    if checker is not None:
        checker(data)


def webp_size(data: bytes) -> tuple[int, int]:
    """Read width and height from the head of a WebP file, whose decoder reserves its canvas on opening."""
    kind, head = data[12:16], data[20:30].ljust(10, b"\0")
    if kind == b"VP8X":
        return 1 + int.from_bytes(head[4:7], "little"), 1 + int.from_bytes(head[7:10], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(head[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return int.from_bytes(head[6:8], "little") & 0x3FFF, int.from_bytes(head[8:10], "little") & 0x3FFF


def orientation(exif: bytes) -> int:
    r"""Read how a camera was held from an EXIF block: 1 to 8, 1 (upright) where it does not say.

    Examples
    --------
    >>> orientation(b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0")
    6
    """
    try:
        order, entries = _directory(exif.removeprefix(b"Exif\0\0"))
        kind, count, value = entries[0x0112]
        return int(struct.unpack_from(order + "H", value)[0]) if (kind, count) == (3, 1) else 1
    except (KeyError, struct.error):
        return 1


def _check_jpeg(data: bytes) -> None:
    at, notes, tables, pixels, exif = 2, 0, 0, 0, b""
    while data[at : at + 1] == b"\xff" and at + 4 <= len(data):
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if marker in _LONE_MARKERS:
            at += 1 if marker == 0xFF else 2
            continue
        if marker == 0xDA:
            break
        notes, tables = (notes + 1, tables) if marker in (0xE1, 0xE2) else (notes, tables + 1)
        if notes > MAX_NOTES or tables > MAX_TABLES:
            raise CostlyError(f"has more than {MAX_NOTES:,} notes or {MAX_TABLES} tables")
        if marker == 0xE1 and data.startswith(b"Exif\0\0", at + 4):
            exif += data[at + 10 : at + 2 + length]
        if marker in _FRAMES:
            pixels = int.from_bytes(data[at + 5 : at + 7]) * int.from_bytes(data[at + 7 : at + 9])
        at += 2 + max(length, 2)
    scans = data.count(b"\xff\xda", at)
    if scans > MAX_SCANS or scans * pixels > MAX_SCAN_WORK:
        raise CostlyError(f"draws the picture in {scans:,} scans")
    if exif:
        with suppress(struct.error):  # damaged notes are no reason to refuse the picture
            _check_directory(exif)


def _check_tiff(data: bytes) -> None:
    order, entries = _check_directory(data)
    packing = _numbers(data, order, entries, 259) or [1]
    if packing[0] not in _TIFF_PACKINGS:
        raise CostlyError("is packed by a rare method")
    tile = _numbers(data, order, entries, 322) + _numbers(data, order, entries, 323)
    if len(tile) >= 2 and tile[0] * tile[-1] > MAX_TILE:
        raise CostlyError("is made of tiles larger than a picture may be")
    counts = _numbers(data, order, entries, 279) + _numbers(data, order, entries, 325)
    if packing[0] != 1 and not 0 < sum(counts) <= len(data):
        raise CostlyError("does not say how long its strips are")


def _check_directory(data: bytes) -> tuple[str, Mapping[int, Entry]]:
    """Require that the values of a TIFF directory, and of those below it, fit the file without overlapping."""
    order, entries = _directory(data)
    pending, total = [entries], 0
    for depth in range(8):
        if not pending:
            break
        here = pending.pop()
        for kind, count, _ in here.values():
            total += count * _VALUE_SIZES.get(kind, 0)
            if kind not in (1, 2, 6, 7) and count > MAX_VALUES:
                raise CostlyError(f"has a table of more than {MAX_VALUES:,} values")
        if total > len(data):
            raise CostlyError("declares more notes than the file holds")
        if depth < 4:
            starts = [struct.unpack(order + "I", here[tag][2])[0] for tag in _SUBDIRECTORIES if tag in here]
            pending += [_directory(data, start)[1] for start in starts if 0 < start < len(data) - 2]
    return order, entries


def _directory(data: bytes, start: int | None = None) -> tuple[str, Mapping[int, Entry]]:
    """Read the entries of a TIFF directory, the first of each tag, as decoders do."""
    order = ">" if data[:2] == b"MM" else "<"
    if start is None:
        (start,) = struct.unpack_from(order + "I", data, 4)
    (count,) = struct.unpack_from(order + "H", data, start)
    table = data[start + 2 : start + 2 + 12 * count]
    entries: dict[int, Entry] = {}
    if len(table) < 12 * count:
        raise struct.error("the directory goes beyond the file")
    for tag, kind, length, value in struct.iter_unpack(order + "HHI4s", table):
        entries.setdefault(tag, (kind, length, value))
    return order, entries


def _numbers(data: bytes, order: str, entries: Mapping[int, Entry], tag: int) -> list[int]:
    """Read the whole numbers of one entry."""
    kind, count, value = entries.get(tag, (0, 0, b""))
    letter = {1: "B", 3: "H", 4: "I"}.get(kind)
    if letter is None:
        return []
    size = struct.calcsize(letter) * count
    if size > 4:
        (start,) = struct.unpack(order + "I", value)
        value = data[start : start + size]
    return list(struct.unpack(f"{order}{count}{letter}", value[:size]))


_CHECKS: Mapping[str, Callable[[bytes], None]] = {
    "Jpeg": _check_jpeg,
    "Tiff": _check_tiff,
}
