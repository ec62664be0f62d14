"""Make two hundred picture files that no decoder should be trusted with, each the same on every run."""

import struct
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO

import numpy as np
from PIL import Image

COUNT = 200
PNG = b"\x89PNG\r\n\x1a\n"
MB = 1_000_000


def files(every: int = 1) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file, or of every so many, well mixed, so that any tenth of them is a fair sample."""
    kinds = (cut_short, lying_heads, traps, strangers, broken, noise)
    mixed = sorted((pair for kind in kinds for pair in kind()), key=lambda pair: zlib.crc32(pair[0].encode()))
    for name, content in mixed[::every]:
        yield name, content if isinstance(content, bytes) else content()


def saved(image: Image.Image, format_: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, format_, **options)
    return file.getvalue()


def sound() -> dict[str, bytes]:
    """Sound pictures of noise in many packings, the raw material."""
    pixels = np.random.default_rng(0).integers(0, 256, (24, 32, 3), dtype=np.uint8)
    color = Image.fromarray(pixels)
    gray16 = Image.fromarray(pixels[..., 0].astype(np.uint16) * 257)
    return {
        "color.png": saved(color, "PNG"),
        "palette.png": saved(color.quantize(), "PNG"),
        "deep.png": saved(gray16, "PNG"),
        "baseline.jpg": saved(color, "JPEG"),
        "progressive.jpg": saved(color, "JPEG", progressive=True),
        "print.jpg": saved(color.convert("CMYK"), "JPEG"),
        "palette.gif": saved(color.quantize(), "GIF"),
        "color.bmp": saved(color, "BMP"),
        "bits.bmp": saved(color.convert("1"), "BMP"),
        "lossy.webp": saved(color, "WEBP"),
        "lossless.webp": saved(color, "WEBP", lossless=True),
        "plain.tif": saved(color, "TIFF"),
        "lzw.tif": saved(color, "TIFF", compression="tiff_lzw"),
        "deflate.tif": saved(color, "TIFF", compression="tiff_adobe_deflate"),
        "packbits.tif": saved(color, "TIFF", compression="packbits"),
        "fax.tif": saved(color.convert("1"), "TIFF", compression="group4"),
    }


def cut_short() -> Iterator[tuple[str, bytes]]:
    """Files that end early (80)."""
    for name, content in sound().items():
        for percent in (2, 20, 50, 75, 90):
            yield f"cut{percent}-{name}", content[: max(9, len(content) * percent // 100)]


def lying_heads() -> Iterator[tuple[str, bytes]]:
    """Heads that declare far too large a picture, or none at all (24)."""
    for width, height in ((30_000, 30_000), (65_535, 65_535), (1, 2**31 - 1), (0, 0)):
        rows = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
        yield f"head-{width}x{height}.png", PNG + chunk(b"IHDR", rows) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
        w, h = width & 0xFFFF, height & 0xFFFF
        frame = struct.pack(">HBHHB", 11, 8, h, w, 1) + b"\1\x11\0"
        scan = b"\xff\xda" + struct.pack(">HB", 8, 1) + b"\1\0\0\x3f\0"
        yield f"head-{width}x{height}.jpg", b"\xff\xd8\xff\xc0" + frame + scan + b"\0\0\xff\xd9"
        screen = b"GIF89a" + struct.pack("<HHBBB", w, h, 0, 0, 0)
        yield (
            f"head-{width}x{height}.gif",
            screen + b"," + struct.pack("<HHHHB", 0, 0, w, h, 0) + b"\x08\x01\x00\x00;",
        )
        info = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0)
        yield f"head-{width}x{height}.bmp", b"BM" + struct.pack("<IHHI", 60, 0, 0, 54) + info + b"\0" * 6
        canvas = (max(width, 1) - 1 & 0xFFFFFF).to_bytes(3, "little") + (max(height, 1) - 1 & 0xFFFFFF).to_bytes(
            3, "little"
        )
        yield f"head-{width}x{height}.webp", riff(b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + canvas)
        yield f"head-{width}x{height}.tif", tiff({256: (4, 1, width), 257: (4, 1, height)}, b"\0" * 64)


def traps() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Files within the size limits that keep a decoder busy or fill its memory (25); large, so made when asked for."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0))
    body, end = chunk(b"IDAT", zlib.compress(b"\0" * 72)), chunk(b"IEND", b"")
    yield "bomb.png", lambda: bomb(30_000)
    yield "bomb-6k.png", lambda: bomb(6_000)
    yield "chunks-before.png", lambda: PNG + head + chunk(b"abCd", b"") * 1_600_000 + body + end
    yield "chunks-after.png", lambda: PNG + head + body + chunk(b"abCd", b"") * 1_600_000 + end
    yield "chunks-empty.png", lambda: PNG + head + chunk(b"IDAT", b"") * 1_600_000 + body + end
    yield "texts.png", lambda: PNG + head + chunk(b"zTXt", b"k\0\0" + zlib.compress(b"a" * MB)) * 80 + body + end
    yield "text-long.png", lambda: PNG + head + chunk(b"zTXt", b"k\0\0" + zlib.compress(b"a" * 50 * MB)) + body + end
    yield (
        "profile-long.png",
        lambda: PNG + head + chunk(b"iCCP", b"k\0\0" + zlib.compress(b"a" * 50 * MB)) + b"\0" + end,
    )

    gif = saved(Image.new("L", (8, 8)), "GIF")
    at = gif.index(b",")
    yield "comments.gif", lambda: gif[:at] + b"!\xfe" + b"\x01a" * 9_000_000 + b"\0" + gif[at:]
    yield "extensions.gif", lambda: gif[:at] + b"!\xf0\x01a\0" * 3_900_000 + gif[at:]
    yield "filler.gif", lambda: gif[:at] + b"\0" * 19 * MB + gif[at:]
    yield (
        "frame-outside.gif",
        lambda: gif[:at] + b"," + struct.pack("<HHHHB", 60_000, 60_000, 5_000, 5_000, 0) + gif[at + 10 :],
    )

    jpeg = saved(Image.new("L", (8, 8)), "JPEG")
    rest = jpeg[4 + struct.unpack(">H", jpeg[4:6])[0] :]
    yield "segments.jpg", lambda: jpeg[:2] + b"\xff\xe5\0\x02" * 4_900_000 + rest
    yield "tables.jpg", lambda: jpeg[:2] + (b"\xff\xdb\xff\xfd" + (b"\0" + b"\1" * 64) * 1008) * 300 + rest
    large = saved(Image.new("L", (4_900, 4_900)), "JPEG", progressive=True)
    scan = large[large.rfind(b"\xff\xda") : -2]
    yield "scans.jpg", lambda: large[:-2] + scan[:60] * 60_000 + b"\xff\xd9"

    run = struct.pack("<IiiHHIIiiII", 40, 5_000, 5_000, 1, 8, 1, 0, 0, 0, 256, 0) + b"\0\1\2\0" * 256
    bmp = b"BM" + struct.pack("<IHHI", 14 + len(run), 0, 0, 14 + len(run)) + run
    yield "runs.bmp", lambda: bmp + b"\1\1" * 9_000_000
    yield "line-ends.bmp", lambda: bmp + b"\1\1\0\0" * 5_000
    small = bmp.replace(struct.pack("<ii", 5_000, 5_000), struct.pack("<ii", 900, 900), 1)
    yield "runs-to-nowhere.bmp", lambda: small + b"\xff\1" * 9_000_000

    fill = b"\1" * 19 * MB
    yield "offsets.tif", lambda: tiff({273: (3, 9_000_000, 500)}, fill)
    yield "depths.tif", lambda: tiff({258: (3, 9_000_000, 500)}, fill)
    yield "directory.tif", lambda: tiff({40_000 + k: (7, 18 * MB, 500) for k in range(300)}, fill)
    side = {256: (4, 1, 4300), 257: (4, 1, 4300), 278: (4, 1, 4299)}
    yield "layers.tif", lambda: tiff(side | {273: (4, 20_000, 200)}, fill)
    tile = {259: (3, 1, 8), 322: (4, 1, 60_000), 323: (4, 1, 30_000), 324: (4, 1, 300), 325: (4, 1, 2 * MB)}
    yield "tile.tif", lambda: tiff(tile, zlib.compress(bytes(40 * MB), 1), without=(273, 278, 279))
    yield "overlap.tif", lambda: tiff({259: (3, 1, 8), 279: (4, 1, 2**31)}, fill)
    yield "packing.tif", lambda: tiff({259: (3, 1, 50_000)}, fill[:1000])


def strangers() -> Iterator[tuple[str, bytes]]:
    """Other things under a picture's name, among them formats that Pillow would read (23)."""
    image = Image.new("RGB", (16, 16), "red")
    yield "text.png", b"I am not a picture, only text.\n"
    yield "page.jpg", b"<!doctype html><title>404</title>"
    yield "drawing.gif", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    yield "document.png", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
    yield "archive.png", b"PK\3\4" + bytes(60)
    yield "script.bmp", b"#!/bin/sh\nrm -rf /\n"
    yield "postscript.png", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n"
    yield "program.png", b"\x7fELF" + bytes(60)
    yield "layers.png", b"8BPS\0\1" + bytes(60)
    yield "video.webp", b"RIFF\x24\0\0\0AVI LIST" + bytes(60)
    yield "big.tif", b"II+\0\x08\0\0\0" + bytes(60)
    yield "byte.png", b"\x89"
    yield "zeros.png", bytes(1000)
    for format_ in ("ICO", "PPM", "TGA", "PCX", "SGI", "DDS", "JPEG2000", "ICNS", "XBM", "MSP"):
        picture = image.convert("1") if format_ in ("XBM", "MSP") else image
        yield f"really-{format_.lower()}.png", saved(picture, format_)


def broken() -> Iterator[tuple[str, bytes]]:
    """Files whose parts contradict each other (24)."""
    good = sound()
    png, jpg, gif, bmp, webp, tif = (
        good[f"{n}"] for n in ("color.png", "baseline.jpg", "palette.gif", "color.bmp", "lossy.webp", "lzw.tif")
    )
    head = png[:33]
    yield "checksum.png", png[:50] + bytes([png[50] ^ 1]) + png[51:]
    yield "no-data.png", head + chunk(b"IEND", b"")
    yield "no-palette.png", PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 3, 3, 0, 0, 0)) + chunk(b"IEND", b"")
    yield "data-first.png", PNG + png[33:]
    yield "not-zlib.png", head + chunk(b"IDAT", b"not compressed at all") + chunk(b"IEND", b"")
    yield "depth-7.png", PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 7, 2, 0, 0, 0)) + png[33:]
    yield "length.png", png[:33] + b"\0\0\0\x05" + png[37:]
    yield "no-frame.jpg", jpg[: jpg.index(b"\xff\xc0")] + jpg[jpg.index(b"\xff\xda") :]
    yield "no-tables.jpg", jpg[:20] + jpg[jpg.index(b"\xff\xc0") :].replace(b"\xff\xc4", b"\xff\xfe")
    yield "early-end.jpg", jpg[: jpg.index(b"\xff\xda")] + b"\xff\xd9"
    yield "only-start.jpg", b"\xff\xd8\xff\xe0"
    yield "twelve-bits.jpg", jpg.replace(b"\xff\xc0\0\x11\x08", b"\xff\xc0\0\x11\x0c", 1)
    yield "no-picture.gif", gif[:13] + b";"
    yield "no-frames.gif", gif[:13]
    yield "code-size.gif", gif[: gif.index(b",", 13 + 768) + 10] + b"\xff" + bytes(40)
    yield "seven-bits.bmp", bmp[:28] + b"\x07" + bmp[29:]
    yield "jpeg-inside.bmp", bmp[:30] + b"\x04" + bmp[31:]
    yield "head-of-9.bmp", bmp[:14] + b"\x09" + bmp[15:]
    yield "offset.bmp", bmp[:10] + b"\xff\xff\xff\x7f" + bmp[14:]
    yield "chunk-length.webp", webp[:16] + b"\xff\xff\xff\x7f" + webp[20:]
    yield "unknown-chunk.webp", webp[:12] + b"XYZ " + webp[16:]
    yield "far-directory.tif", tif[:4] + b"\xff\xff\xff\x7f" + tif[8:]
    yield "no-size.tif", tiff({}, b"", without=(256, 257))
    yield "floats.tif", saved(Image.new("F", (8, 8), 0.5), "TIFF")


def noise() -> Iterator[tuple[str, bytes]]:
    """The right first bytes, then chance (24)."""
    starts = {
        "png": PNG,
        "jpg": b"\xff\xd8\xff",
        "gif": b"GIF89a",
        "bmp": b"BM",
        "webp": b"RIFF\0\1\0\0WEBPVP8 ",
        "tif": b"II*\0",
    }
    random = np.random.default_rng(7)
    for round_ in range(4):
        for kind, start in starts.items():
            yield f"noise{round_}.{kind}", start + random.bytes(50 * 20**round_)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def bomb(side: int) -> bytes:
    rows = zlib.compress(bytes(side * (side // 8 + 1)), 1)
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    return PNG + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def riff(body: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def tiff(changes: dict[int, tuple[int, int, int]], data: bytes, without: tuple[int, ...] = ()) -> bytes:
    """An 8 × 8 gray TIFF with some entries changed: tag to kind, count and value."""
    plain = {256: (4, 1, 8), 257: (4, 1, 8), 258: (3, 1, 8), 259: (3, 1, 1), 262: (3, 1, 1), 277: (3, 1, 1)}
    plain |= {273: (4, 1, 200), 278: (4, 1, 8), 279: (4, 1, 64)}
    entries = {tag: entry for tag, entry in (plain | changes).items() if tag not in without}
    table = b"".join(struct.pack("<HHII", tag, *entry) for tag, entry in sorted(entries.items()))
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + table + bytes(4) + data
