"""The shipped files: made by the script that says so, within their budget, and credited."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import cnnviz
from cnnviz.data import builtin_names, load_image

ROOT = Path(__file__).parents[2]
SHIPPED = Path(cnnviz.__file__).parent / "data" / "builtin"
PHOTOS = ("china", "flower", "grace_hopper")


@pytest.fixture(scope="module")
def build():
    spec = importlib.util.spec_from_file_location("build", ROOT / "scripts" / "data" / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_nothing_else_is_shipped():
    names = {"LICENSES.md", "digits.npz", *(f"{name}.jpg" for name in PHOTOS)}
    assert {path.name for path in SHIPPED.iterdir()} == names


def test_the_budgets():
    assert sum((SHIPPED / f"{name}.jpg").stat().st_size for name in PHOTOS) <= 150_000
    assert (SHIPPED / "digits.npz").stat().st_size <= 46_000


@pytest.mark.parametrize("name", PHOTOS)
def test_the_shipped_photos_are_what_the_script_makes(build, tmp_path, name):
    original = build.originals()[name]
    (tmp_path / "again.jpg").write_bytes(build.photo(original))
    again = load_image(tmp_path / "again.jpg", channels="rgb").values
    shipped = load_image(f"photo:{name}", channels="rgb").values
    assert shipped.shape == again.shape
    assert np.abs(shipped - again).mean() < 1  # another version of the JPEG library may round otherwise
    with Image.open(original) as image:
        small = np.asarray(image.convert("RGB").resize(shipped.shape[:0:-1], Image.Resampling.LANCZOS)).astype(float)
    assert np.abs(shipped - small.transpose(2, 0, 1)).mean() < 6  # true to the original, as far as JPEG is


def test_the_shipped_digits_are_what_the_script_makes(build, tmp_path):
    (tmp_path / "again.npz").write_bytes(build.digits())
    with np.load(tmp_path / "again.npz") as again, np.load(SHIPPED / "digits.npz") as shipped:
        assert sorted(again) == sorted(shipped) == ["images", "labels"]
        for name in again:
            np.testing.assert_array_equal(again[name], shipped[name])


def test_every_shipped_file_has_its_license():
    text = (SHIPPED / "LICENSES.md").read_text(encoding="utf-8")
    sections = {part.split("\n", 1)[0]: part for part in text.split("\n## ")[1:]}
    assert set(sections) == {"digits.npz", *(f"{name}.jpg" for name in PHOTOS)}
    for name, section in sections.items():
        for word in ("License: ", "Taken from: ", "Changed: "):
            assert word in section, name


def test_every_credit_names_the_author_of_the_license_file():
    text = (SHIPPED / "LICENSES.md").read_text(encoding="utf-8")
    for name in builtin_names():
        credit = load_image(name).credit
        if name.startswith("photo:"):
            author = credit.removeprefix("Photo: ").split(",")[0]
            assert f"**{author}**" in text
        elif name.startswith("digit:"):
            assert "E. Alpaydin and C. Kaynak" in credit
        else:
            assert credit == ""


def test_photos_carry_no_notes():
    for name in PHOTOS:
        with Image.open(SHIPPED / f"{name}.jpg") as image:
            assert not dict(image.getexif())
            assert not {"exif", "xmp", "comment", "photoshop", "icc_profile"} & set(image.info)
