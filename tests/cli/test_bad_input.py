"""Whatever is wrong with what is typed or named: one line, exit code 2, no Manim, no file, nothing overwritten."""

import io
import struct
import sys
import zlib

import pytest
from PIL import Image

PICTURE_WORDS = "expected a PNG, JPEG, GIF, BMP, WebP or TIFF picture"


def png_of(width: int, height: int) -> bytes:
    """Make a PNG file of some kilobytes that unfolds to ``width * height`` black pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj()
    row = bytes(1 + (width + 7) // 8)  # one bit a pixel
    pixels = b"".join(packer.compress(row * 100) for _ in range(height // 100)) + packer.compress(row * (height % 100))
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = chunk(b"IHDR", header), chunk(b"IDAT", pixels + packer.flush()), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.fixture(scope="session")
def bomb():
    return png_of(30_000, 30_000)


FILES = {
    "text.png": b"This is a text file that somebody called .png\n",
    "noise.jpg": bytes(range(256)) * 8,
    "empty.png": b"",
    "short.png": png_of(64, 64)[:45],
    "rows.txt": b"1 2 3\n4 5\n",
}
SEE = "(see 'cnnviz gif conv --help')"
CASES = {
    "missing file": (
        ["missing.png"],
        'load_image: expected a file, got "missing.png", which does not exist; check the path',
    ),
    "folder": (["folder.png"], 'load_image: expected a file, got the folder "folder.png"; name a file in it'),
    "text called png": (
        ["text.png"],
        f'load_image: {PICTURE_WORDS}, got "text.png", which is none of these inside; save it as one of them',
    ),
    "no image": (
        ["noise.jpg"],
        f'load_image: {PICTURE_WORDS}, got "noise.jpg", which is none of these inside; save it as one of them',
    ),
    "empty file": (
        ["empty.png"],
        'load_image: expected a file with content, got "empty.png", which is empty; save it again',
    ),
    "cut short": (
        ["short.png"],
        'load_image: expected a whole PNG file, got "short.png", which is damaged or cut short; save it again',
    ),
    "decompression bomb": (
        ["bomb.png"],
        'load_image: expected a PNG picture of at most 25 megapixels, got "bomb.png" with 30000 × 30000; '
        "make it smaller first",
    ),
    "kernel with letters": (
        ["--kernel", "1,a,2"],
        'kernel: expected numbers such as -1, 0.25 or 1/9, got "a" in row 1, column 2; '
        "separate cells with commas and rows with semicolons",
    ),
    "kernel with code": (
        ["--kernel", "__import__('os'),1"],
        "kernel: expected numbers such as -1, 0.25 or 1/9, got \"__import__('os')\" in row 1, column 1; "
        "separate cells with commas and rows with semicolons",
    ),
    "kernel with nan": (
        ["--kernel", "1,nan"],
        'kernel: expected numbers such as -1, 0.25 or 1/9, got "nan" in row 1, column 2; '
        "separate cells with commas and rows with semicolons",
    ),
    "kernel with infinity": (
        ["--kernel", "1,1e999"],
        'kernel: expected finite numbers, got "1e999" in row 1, column 2; keep below 1e308, the largest float64',
    ),
    "ragged rows": (
        ["--kernel", "1,2;3"],
        "kernel: expected rows of equal length, got 2 cells in row 1 and 1 cell in row 2; "
        "fill the shorter one up, with zeros for instance",
    ),
    "ragged rows in a file": (
        ["--kernel", "rows.txt"],
        'kernel "rows.txt": expected rows of equal length, got 3 cells in row 1 and 2 cells in row 2; '
        "fill the shorter one up, with zeros for instance",
    ),
    "kernel larger than the padded input": (
        ["blackboard", "--kernel", "1,1,1,1,1,1,1,1", "--padding", "1"],
        "trace_conv: expected a kernel no larger than the padded input (H=7, W=7), got one that spans (H=1, W=8); "
        "use a smaller kernel or dilation, or more padding",
    ),
    "stride 0": (["--stride", "0"], "trace_conv: expected stride of at least 1, got 0; choose 1 or more"),
    "dilation 0": (["--dilation", "0"], "trace_conv: expected dilation of at least 1, got 0; choose 1 or more"),
    "negative padding": (["--padding", "-1"], "trace_conv: expected padding of at least 0, got -1; choose 0 or more"),
    "too much padding": (
        ["--padding", "1000000000"],
        "padding: expected at most 128 for an animation, got 1000000000; choose less",
    ),
    "too much padding in all": (
        ["--padding", "61"],
        "padding: expected at most 128 pixels a side for an animation, got 130 x 130; pad less",
    ),
    "dilation out of sight": (
        ["--dilation", "1000000", "--padding", "same"],
        "dilation: expected at most 128 for an animation, got 1000000; choose less",
    ),
    "stride nan": (
        ["--stride", "nan"],
        "stride: expected an integer, or two as ROWS,COLUMNS, got 'nan'",
    ),
    "size 0": (["--size", "0"], "load_image: expected size of at least 1, got 0; choose 1 or more"),
    "unknown mode": (
        ["--padding-mode", "mirror"],
        "padding_mode: expected one of zeros, replicate, reflect, circular, got 'mirror'",
    ),
    "fps nan": (["--fps", "nan"], "fps: expected 1 to 60 frames a second, got nan"),
    "fps 0": (["--fps", "0"], "fps: expected 1 to 60 frames a second, got 0"),
    "width 1": (["--width", "1"], "width: expected 160 to 3840 pixels, got 1"),
    "another kind of file": (
        ["-o", "a.png"],
        f"Invalid value for '-o' / '--output': expected a file name that ends in .gif, got 'a.png' {SEE}",
    ),
}


@pytest.fixture
def here(tmp_path, request):
    if request.node.callspec.params["case"] == "decompression bomb":
        (tmp_path / "bomb.png").write_bytes(request.getfixturevalue("bomb"))
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "good.gif").write_bytes(b"an earlier picture")
    return tmp_path


@pytest.mark.parametrize("case", CASES)
def test_one_line_says_what_was_expected(cnnviz, here, monkeypatch, case):
    arguments, line = CASES[case]
    before = {path: path.read_bytes() for path in here.rglob("*") if path.is_file()}
    monkeypatch.setitem(sys.modules, "manim", None)  # whoever imports Manim now fails
    outcome = cnnviz("gif", "conv", "-o", "good.gif", *arguments)
    assert (outcome.code, outcome.out, outcome.err) == (2, "", f"cnnviz: {line}\n")
    assert {path: path.read_bytes() for path in here.rglob("*") if path.is_file()} == before


def test_the_bomb_is_small_and_whole(bomb):
    # Neither the limit on bytes nor a damaged file stops it, only the limit on pixels.
    assert len(bomb) < 200_000
    with Image.open(io.BytesIO(png_of(640, 480))) as image:
        assert image.convert("L").getextrema() == (0, 0)


@pytest.mark.parametrize(
    ("slug", "line"),
    [
        (
            "ch99",
            "render: expected the slug of a scene or a Python file, got 'ch99'; `cnnviz list` shows them all",
        ),
        (
            "slide",
            "render: expected the slug of a scene or a Python file, got 'slide'; near it: ch02-s01-slide\n",
        ),
        ("nothing.py", "render: expected a Python file with a Manim scene, but nothing.py does not exist"),
    ],
)
def test_no_such_scene(cnnviz, slug, line):
    outcome = cnnviz("render", slug)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"cnnviz: {line}")
    assert outcome.err.count("\n") == 1
