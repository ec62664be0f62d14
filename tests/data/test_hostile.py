"""Two hundred hostile picture files, each read in a process whose memory and time are measured."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cnnviz.data import load_image
from cnnviz.errors import InputError

HERE = Path(__file__).parent
MEGABYTES = 300


def _load(name):
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


hostile = _load("hostile")


def measured(folder, reader):
    run = subprocess.run(
        [sys.executable, HERE / "measured.py", folder, reader], capture_output=True, text=True, check=True
    )
    assert run.stderr == ""  # no warning, and no word of a C library
    return json.loads(run.stdout)


def written(folder, pairs):
    for name, content in pairs:
        (folder / name).write_bytes(content)
    return folder


def all_refused(results):
    for name, result in results.items():
        assert result["ending"] == "InputError", (name, result)
        assert "\n" not in result["text"], name
        assert result["text"].startswith("load_image: expected "), (name, result)
        assert result["text"].count(";") == 1, (name, result)
        assert result["megabytes"] <= MEGABYTES, (name, result)
    slowest = max(results.values(), key=lambda result: result["seconds"])
    largest = max(results.values(), key=lambda result: result["megabytes"])
    print(f"{len(results)} files: at most {slowest['seconds']:.2f} s of CPU and {largest['megabytes']:.0f} MB")
    return len(results)


def test_every_tenth_hostile_file_gives_one_line(tmp_path):
    assert all_refused(measured(written(tmp_path, hostile.files(every=10)), "image")) == 20


@pytest.mark.full
def test_two_hundred_hostile_files_give_one_line_each(tmp_path):
    assert all_refused(measured(written(tmp_path, hostile.files()), "image")) == hostile.COUNT


@pytest.mark.full
def test_the_measure_sees_what_a_bare_decoder_spends(tmp_path):
    trap = dict(hostile.traps())["offsets.tif"]()
    result = measured(written(tmp_path, [("trap.tif", trap)]), "pillow")["trap.tif"]
    assert result["megabytes"] > MEGABYTES


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("bomb.png", "a PNG picture of at most 25 megapixels, got {} with 30000 × 30000; make it smaller first"),
        ("chunks-after.png", "an ordinary PNG file, got {}, which is cut into more than 33,333 pieces; {}"),
        ("comments.gif", "an ordinary GIF file, got {}, which is cut into more than 33,333 pieces; {}"),
        ("segments.jpg", "an ordinary JPEG file, got {}, which has more than 1,000 notes or 64 tables; {}"),
        ("scans.jpg", "an ordinary JPEG file, got {}, which draws the picture in 60,006 scans; {}"),
        ("runs.bmp", "an ordinary BMP file, got {}, which is packed by run lengths beyond 1 megapixel; {}"),
        ("offsets.tif", "an ordinary TIFF file, got {}, which has a table of more than 100,000 values; {}"),
        ("directory.tif", "an ordinary TIFF file, got {}, which declares more notes than the file holds; {}"),
        ("layers.tif", "an ordinary TIFF file, got {}, which draws the same pixels many times over; {}"),
        ("tile.tif", "an ordinary TIFF file, got {}, which is made of tiles larger than a picture may be; {}"),
        ("overlap.tif", "an ordinary TIFF file, got {}, which does not say how long its strips are; {}"),
        ("packing.tif", "an ordinary TIFF file, got {}, which is packed by a rare method; {}"),
    ],
)
def test_each_trap_is_named(tmp_path, monkeypatch, name, text):
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(dict(hostile.traps())[name]())
    with pytest.raises(InputError) as caught:
        load_image(name)
    assert str(caught.value) == "load_image: expected " + text.format(f'"{name}"', "save it again as PNG")


@pytest.mark.full
def test_the_largest_pictures_that_are_read_stay_below_the_limit_too(tmp_path):
    pixels = np.add.outer(np.arange(5000), np.arange(5000)).astype(np.uint8)
    color = Image.fromarray(np.repeat(pixels[..., None], 3, axis=2))
    color.save(tmp_path / "a.jpg")
    color.save(tmp_path / "progressive.jpg", progressive=True)
    color.save(tmp_path / "a.tif", compression="tiff_adobe_deflate")
    color.crop((0, 0, 4000, 4000)).save(tmp_path / "a.webp", method=0)
    color.putalpha(128)
    color.save(tmp_path / "a.png", compress_level=1)
    Image.fromarray(pixels.astype(np.uint16)).save(tmp_path / "deep.png", compress_level=1)
    for name, result in measured(tmp_path, "image").items():
        assert result["ending"] == "read", (name, result)
        assert result["megabytes"] <= MEGABYTES, (name, result)


@pytest.mark.parametrize("name", sorted(hostile.sound()))
def test_the_sound_files_behind_the_broken_ones_are_read(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(hostile.sound()[name])
    assert load_image(path).values.shape == (1, 24, 32)


def flipped(content, seed):
    """The content with a few bytes changed by chance, behind the signature."""
    random = np.random.default_rng(seed)
    changed = bytearray(content)
    for place in random.integers(12, len(content), random.integers(1, 12)):
        changed[place] = random.integers(256)
    return bytes(changed)


def survive(tmp_path, capfd, rounds):
    path = tmp_path / "changed"
    read, lines = 0, []
    for name, content in hostile.sound().items():
        for seed in range(rounds):
            path.write_bytes(flipped(content, seed))
            try:
                values = load_image(path, size=16).values
            except InputError as error:
                lines.append(str(error))
            else:
                read += 1
                assert 0 <= values.min() <= values.max() <= 255, name
    assert not any("\n" in line for line in lines)
    assert capfd.readouterr() == ("", "")
    return read


def test_changed_bytes_give_a_picture_or_one_line(tmp_path, capfd):
    assert survive(tmp_path, capfd, 4) > 0


@pytest.mark.full
def test_many_changed_bytes_give_a_picture_or_one_line(tmp_path, capfd):
    assert survive(tmp_path, capfd, 200) > 100
