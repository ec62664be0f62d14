import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cnnviz.data import builtin_names, digits, load_image
from cnnviz.errors import InputError, OptionError

BUILT_IN = (
    "digit:0, digit:1, digit:2, digit:3, digit:4, digit:5, digit:6, digit:7, digit:8, digit:9, "
    "photo:china, photo:flower, photo:grace_hopper, checkerboard, ramp, impulse, edge, "
    "blackboard, blackboard-4, pooling-a, pooling-b"
)
NEITHER = "a built-in picture or a file, got"


def stored(path, image, **options):
    image.save(path, **options)
    return path


def gray_of(path, **options):
    return load_image(path, **options).values[0].astype(int).tolist()


# built in ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("channels", ["gray", "rgb"])
@pytest.mark.parametrize("name", builtin_names())
def test_every_built_in_picture_holds_whole_numbers_up_to_its_peak(name, channels):
    picture = load_image(name, channels=channels)
    values = picture.values
    assert values.dtype == np.float64
    assert values.ndim == 3
    assert len(values) == (1 if channels == "gray" else 3)
    assert (values == np.rint(values)).all()
    assert values.min() == 0 or name == "blackboard-4" or name.startswith(("pooling", "photo"))
    assert picture.peak / 2 < values.max() <= picture.peak
    assert not values.flags.writeable
    assert bool(picture.credit) == name.startswith(("digit", "photo"))


def test_a_digit_is_the_example_of_the_set():
    values = load_image("digit:3#12").values
    assert (values[0] == digits().of(3)[12]).all()
    assert load_image("digit:3#12").name == "digit 3 #12"
    assert load_image("digit:3").name == "digit 3"
    assert load_image("digit:3").peak == 16


def test_patterns_take_a_size():
    assert gray_of("ramp", size=3) == [[0, 1, 2], [0, 1, 2], [0, 1, 2]]
    assert gray_of("checkerboard", size=(2, 3)) == [[1, 0, 1], [0, 1, 0]]
    assert gray_of("impulse", size=3) == [[0, 0, 0], [0, 1, 0], [0, 0, 0]]
    assert gray_of("edge", size=(1, 4)) == [[0, 0, 10, 10]]
    assert gray_of("ramp", size=1) == [[0]]


def test_worked_tables_are_those_of_the_lecture():
    assert gray_of("blackboard") == [[1, 2, 3, 4, 5], [6, 7, 8, 9, 0]] * 2 + [[1, 2, 3, 4, 5]]
    assert gray_of("blackboard", size=5) == gray_of("blackboard", size=(5, 5)) == gray_of("blackboard")
    assert gray_of("pooling-a") == [[1, 3, 2, 4], [5, 6, 7, 8], [3, 2, 1, 2], [1, 3, 5, 9]]
    assert gray_of("pooling-b") == [[1, 3, 2, 1], [4, 2, 6, 4], [1, 8, 3, 7], [5, 3, 2, 1]]
    assert gray_of("blackboard-4") == [[1, 2, 3, 0], [0, 1, 2, 3], [3, 0, 1, 2], [2, 3, 0, 1]]


def test_photos_are_real_color():
    picture = load_image("photo:grace-hopper", channels="rgb")
    assert picture.values.shape == (3, 512, 437)
    assert picture.name == "grace hopper"
    assert np.abs(picture.values[0] - picture.values[2]).mean() > 10


@pytest.mark.parametrize(
    ("size", "shape"),
    [(None, (342, 512)), (64, (43, 64)), (1, (1, 1)), ((8, 8), (8, 8)), ([4, 9], (4, 9)), (600, (401, 600))],
)
def test_one_number_is_the_longer_side_and_a_pair_is_exact(size, shape):
    assert load_image("photo:china", size=size).values.shape == (1, *shape)


def test_a_pair_keeps_the_middle(tmp_path):
    striped = Image.new("L", (30, 10), 0)
    striped.paste(200, (10, 0, 20, 10))
    assert gray_of(stored(tmp_path / "a.png", striped), size=(10, 10)) == [[200] * 10] * 10


def test_resizing_is_pillows_lanczos_and_bicubic(tmp_path):
    pixels = np.random.default_rng(3).integers(0, 256, (40, 40), dtype=np.uint8)
    image = Image.fromarray(pixels)
    path = stored(tmp_path / "a.png", image)
    assert (load_image(path, size=9).values[0] == np.asarray(image.resize((9, 9), Image.Resampling.LANCZOS))).all()
    assert (load_image(path, size=90).values[0] == np.asarray(image.resize((90, 90), Image.Resampling.BICUBIC))).all()


def test_a_digit_keeps_its_scale_when_resized():
    values = load_image("digit:8", size=28).values
    assert values.shape == (1, 28, 28)
    assert (values == np.rint(values)).all()
    assert (values.min(), values.max()) == (0, 16)
    assert (load_image("digit:8", size=8).values == load_image("digit:8").values).all()


# files ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["png", "gif", "bmp", "tif", "webp"])
def test_lossless_formats_give_the_stored_numbers(tmp_path, suffix):
    pixels = np.arange(48, dtype=np.uint8).reshape(6, 8) * 5
    options = {"lossless": True} if suffix == "webp" else {}
    path = stored(tmp_path / f"a.{suffix}", Image.fromarray(pixels), **options)
    assert gray_of(path) == pixels.tolist()
    assert gray_of(str(path)) == pixels.tolist()
    picture = load_image(path)
    assert (picture.name, picture.peak, picture.credit) == ("a", 255, "")


def test_jpeg_comes_close(tmp_path):
    pixels = np.arange(64, dtype=np.uint8).reshape(8, 8) * 4
    path = stored(tmp_path / "a.jpg", Image.fromarray(pixels), quality=95)
    assert np.abs(load_image(path).values[0] - pixels).max() <= 4


def test_gray_is_the_luma_of_bt_601(tmp_path):
    image = Image.new("RGB", (3, 1))
    for x in range(3):
        image.putpixel((x, 0), tuple(255 * (c == x) for c in range(3)))
    path = stored(tmp_path / "a.png", image)
    assert gray_of(path) == [[76, 150, 29]]  # 255 times 0.299, 0.587 and 0.114
    assert load_image(path, channels="rgb").values[:, 0].tolist() == [[255, 0, 0], [0, 255, 0], [0, 0, 255]]


def test_transparent_parts_lie_over_white(tmp_path):
    pixels = np.array([[[0, 0, 0, 0], [0, 0, 0, 51], [0, 0, 0, 255]]], dtype=np.uint8)
    rgba = Image.fromarray(pixels)
    assert gray_of(stored(tmp_path / "rgba.png", rgba)) == [[255, 204, 0]]
    assert gray_of(stored(tmp_path / "rgba.tif", rgba)) == [[255, 204, 0]]
    assert gray_of(stored(tmp_path / "la.png", rgba.convert("LA"))) == [[255, 204, 0]]
    assert load_image(tmp_path / "rgba.png", channels="rgb").values[:, 0].tolist() == [[255, 204, 0]] * 3


def test_palettes_and_their_transparent_color(tmp_path):
    image = Image.new("P", (3, 1))
    image.putpalette([10, 10, 10, 200, 200, 200, 90, 90, 90])
    for x in range(3):
        image.putpixel((x, 0), x)
    assert gray_of(stored(tmp_path / "a.png", image)) == [[10, 200, 90]]
    assert gray_of(stored(tmp_path / "b.png", image, transparency=1)) == [[10, 255, 90]]
    assert gray_of(stored(tmp_path / "b.gif", image, transparency=1)) == [[10, 255, 90]]


def test_one_bit_is_black_and_white(tmp_path):
    image = Image.fromarray(np.array([[0, 255], [255, 0]], dtype=np.uint8)).convert("1")
    for suffix in ("png", "bmp", "tif", "gif"):
        assert gray_of(stored(tmp_path / f"a.{suffix}", image)) == [[0, 255], [255, 0]]


def test_sixteen_bits_are_brought_to_255(tmp_path):
    deep = np.array([[0, 257, 128, 129, 32_896, 65_535]], dtype=np.uint16)
    expected = [[0, 1, 0, 1, 128, 255]]  # nearest whole number of 1/257
    assert gray_of(stored(tmp_path / "a.png", Image.fromarray(deep))) == expected
    assert gray_of(stored(tmp_path / "a.tif", Image.fromarray(deep))) == expected
    swapped = Image.frombytes("I;16B", (6, 1), deep.astype(">u2").tobytes())
    assert gray_of(stored(tmp_path / "b.tif", swapped)) == expected
    assert load_image(tmp_path / "a.png", channels="rgb").values[:, 0].tolist() == expected * 3


def test_sixteen_bits_with_white_at_zero_are_turned_around(tmp_path):
    deep = Image.fromarray(np.array([[0, 65_535]], dtype=np.uint16))
    path = stored(tmp_path / "a.tif", deep, tiffinfo={262: 0})
    content = bytearray(path.read_bytes())
    entry = content.index(b"\x06\x01\x03\0\x01\0\0\0")  # tag 262, one short number
    content[entry + 8] = 0
    path.write_bytes(content)
    assert gray_of(path) == [[255, 0]]


def test_print_colors_become_screen_colors(tmp_path):
    path = stored(tmp_path / "a.jpg", Image.new("CMYK", (8, 8), (0, 255, 255, 0)), quality=95)
    red, green, blue = load_image(path, channels="rgb").values[:, 4, 4]
    assert red > 240
    assert max(green, blue) < 15


def test_the_first_frame_of_a_film(tmp_path):
    frames = [Image.new("L", (2, 2), value) for value in (50, 150, 250)]
    for suffix in ("gif", "webp", "png", "tif"):
        options = {"lossless": True} if suffix == "webp" else {}
        path = stored(tmp_path / f"a.{suffix}", frames[0], save_all=True, append_images=frames[1:], **options)
        assert gray_of(path) == [[50, 50], [50, 50]], suffix


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif"])
def test_pictures_stand_upright(tmp_path, suffix, turn):
    pixels = np.repeat(np.repeat(np.array([[0, 80, 160], [240, 200, 120]], dtype=np.uint8), 8, 0), 8, 1)
    notes = Image.Exif()
    notes[0x0112] = turn
    options = {"lossless": True} if suffix == "webp" else {"quality": 95} if suffix == "jpg" else {}
    path = stored(tmp_path / f"a.{suffix}", Image.fromarray(pixels), exif=notes, **options)
    upright = {
        1: pixels,
        2: pixels[:, ::-1],
        3: pixels[::-1, ::-1],
        4: pixels[::-1],
        5: pixels.T,
        6: np.rot90(pixels, -1),
        7: pixels[::-1, ::-1].T,
        8: np.rot90(pixels),
    }[turn]
    values = load_image(path).values[0]
    assert values.shape == upright.shape
    assert np.abs(values - upright).max() <= (3 if suffix == "jpg" else 0)


def test_names_are_short_and_printable(tmp_path):
    path = stored(tmp_path / ("bell\a" + "x" * 60 + ".png"), Image.new("L", (2, 2)))
    assert load_image(path).name == "bell\\x07" + "x" * 32


def test_a_file_may_be_called_like_a_built_in_picture(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    stored(tmp_path / "ramp", Image.new("L", (2, 2), 9), format="PNG")
    assert load_image("ramp").values.shape == (1, 8, 8)
    assert load_image("./ramp").values.shape == load_image(Path("ramp")).values.shape == (1, 2, 2)


# what is refused -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("chekerboard", f'{NEITHER} "chekerboard"; did you mean checkerboard? built in are {BUILT_IN}'),
        ("", f'{NEITHER} ""; built in are {BUILT_IN}'),
        ("digit", f'{NEITHER} "digit"; did you mean digit:0 or digit:1? built in are {BUILT_IN}'),
        ("nothing.png", 'a file, got "nothing.png", which does not exist; check the path'),
        ("two\nlines.png", 'a file, got "two\\nlines.png", which does not exist; check the path'),
        ("nul\0.png", 'a file, got "nul\\x00.png", which cannot be opened; check the path'),
        ("x.y" + "z" * 5000, f'a file, got "x.y{"z" * 23}…{"z" * 53}", which cannot be opened; check the path'),
        ("digit:12", 'a digit as digit:3, or digit:3#12 for another example, got "digit:12"; the digits are 0 to 9'),
        ("digit:3#x", 'a digit as digit:3, or digit:3#12 for another example, got "digit:3#x"; the digits are 0 to 9'),
        ("digit:3#183", "one of the 183 examples of digit 3, got #183; choose #0 to #182"),
        (
            "photo:chna",
            'a built-in photo, got "photo:chna"; did you mean china? '
            "the photos are photo:china, photo:flower, photo:grace_hopper",
        ),
    ],
)  # fmt: skip
def test_what_is_not_there(tmp_path, monkeypatch, source, text):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as caught:
        load_image(source)
    assert str(caught.value) == f"load_image: expected {text}"


def test_what_is_not_a_picture(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("text.png").write_text("only text")
    Path("empty.png").write_bytes(b"")
    Path("folder.png").mkdir()
    Path("half.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    with Path("large.bmp").open("wb") as file:
        file.truncate(20_000_001)
    Image.new("F", (2, 2)).save("floats.tif")
    texts = {
        "text.png": "a PNG, JPEG, GIF, BMP, WebP or TIFF picture, got {}, which is none of these inside; "
        "save it as one of them",
        "empty.png": "a file with content, got {}, which is empty; save it again",
        "folder.png": "a file, got the folder {}; name a file in it",
        "half.png": "a whole PNG file, got {}, which is damaged or cut short; save it again",
        "large.bmp": "a file of at most 20 MB, got {} with 20.1 MB; make it smaller first",
        "floats.tif": "an ordinary TIFF file, got {}, which holds signed, 32-bit or floating-point numbers, "
        "whose black and white are not known; save it again as PNG",
    }
    for name, text in texts.items():
        with pytest.raises(InputError) as caught:
            load_image(name)
        assert str(caught.value) == "load_image: expected " + text.format(f'"{name}"')


def test_devices_are_not_opened():
    with pytest.raises(InputError) as caught:
        load_image("/dev/zero")
    assert str(caught.value) == (
        'load_image: expected an ordinary file, got "/dev/zero", a device or pipe; copy it to a file first'
    )


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    path = stored(tmp_path / "a.png", Image.new("L", (2, 2)))
    monkeypatch.chdir(tmp_path)

    def refuse(*args, **kwargs):
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError) as caught:
        load_image(path.name)
    assert str(caught.value) == (
        'load_image: expected a file, got "a.png", which may not be read; check its permissions'
    )


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"size": 0}, "expected size of at least 1, got 0; choose 1 or more"),
        ({"size": (8, -1)}, "expected width of at least 1, got -1; choose 1 or more"),
        (
            {"size": "8"},
            "expected size as a whole number of at least 1, got '8'; write it without quotes or a decimal point",
        ),
        ({"size": (1, 2, 3)}, "expected size as one number or (height, width), got (1, 2, 3); give one or two numbers"),
        ({"size": 5001}, "expected a size of at most 25 megapixels, got 5001 × 5001; choose less"),
        ({"channels": "cmyk"}, "expected channels as one of gray, rgb, got 'cmyk'; write one of these words"),
    ],
)  # fmt: skip
def test_wrong_options(options, text):
    with pytest.raises(OptionError) as caught:
        load_image("photo:china", **options)
    assert str(caught.value) == f"load_image: {text}"


def test_worked_tables_keep_their_size():
    with pytest.raises(OptionError) as caught:
        load_image("blackboard", size=8)
    assert str(caught.value) == (
        "load_image: expected no size for blackboard, a worked example of 5 × 5, got 8; leave size out"
    )


def test_the_source_is_text_or_a_path():
    with pytest.raises(OptionError) as caught:
        load_image(3)
    assert str(caught.value) == (
        'load_image: expected a built-in name or a path, got int; write "digit:3" for instance'
    )


# lightness -----------------------------------------------------------------------------------------------------------

LOADED = (
    "import sys; {}; print(sorted(set(sys.modules) & {{'PIL', 'manim', 'matplotlib', 'sklearn', 'scipy', 'click'}}))"
)


@pytest.mark.parametrize(
    ("statement", "loaded"),
    [
        ("import cnnviz.data", "[]"),
        ("from cnnviz.data import *; load_image('digit:3'); load_image('ramp'); kernel('sobel-x')", "[]"),
        ("from cnnviz.data import *; load_image('photo:china')", "['PIL']"),  # the test can fail
    ],
)
def test_the_import_is_light(statement, loaded):
    run = subprocess.run([sys.executable, "-c", LOADED.format(statement)], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == loaded


def test_a_picture_typed_as_rows():
    picture = load_image("1, -2; 1/2, 0.25")
    assert picture.values.tolist() == [[[1.0, -2.0], [0.5, 0.25]]]
    assert (picture.peak, picture.name) == (2.0, "typed picture")
    assert load_image("1,2;3,4", channels="rgb").values.shape == (3, 2, 2)


@pytest.mark.parametrize(
    ("text", "size", "message"),
    [
        (
            "1,2;3",
            None,
            "expected rows of equal length, got 2 cells in row 1 and 1 cell in row 2; fill the shorter one up, "
            "with zeros for instance",
        ),
        (
            "1,2;3,4",
            3,
            "expected a typed picture to have the cells of its size, 3 along its longer side, got 2 × 2; "
            "type as many, or choose another size",
        ),
        (
            "1,2;3,4",
            (8, 8),
            "expected a typed picture to have the cells of its size, 8 × 8, got 2 × 2; "
            "type as many, or choose another size",
        ),
        ("1," * 40 + "1", None, "expected a picture of at most 31 × 31 cells, got 1 × 41; leave some out"),
    ],
)
def test_typed_pictures_that_are_none(text, size, message):
    with pytest.raises((InputError, OptionError)) as caught:
        load_image(text, size=size)
    assert str(caught.value) == f"load_image: {message}"


def test_a_typed_picture_may_be_told_the_size_it_has():
    for size in (2, (2, 2)):
        assert load_image("1,2;3,4", size=size).values.tolist() == [[[1, 2], [3, 4]]]
