import numpy as np
import pytest
from PIL import Image

from cnnviz.data import folder as module
from cnnviz.data.dataset import dataset
from cnnviz.data.folder import folder_split
from cnnviz.errors import InputError, OptionError
from tests.engine.says import says


def pictures(place, counts, side=12):
    """Gray pictures, each of a brightness of its own."""
    for number, (name, count) in enumerate(counts.items()):
        (place / name).mkdir(parents=True)
        for i in range(count):
            color = (10 + 50 * number + i, 0, 0)
            Image.new("RGB", (side + i, side), color).save(place / name / f"{i:02}.png")
    return place


def test_classes_are_the_folders_in_order(tmp_path):
    pictures(tmp_path, {"dog": 10, "cat": 5})
    (tmp_path / "notes.txt").write_text("none of these")
    (tmp_path / "dog" / "readme.md").write_text("none of these")
    (tmp_path / ".hidden").mkdir()
    split, names = folder_split(tmp_path, size=8, channels="rgb")
    assert names == ("cat", "dog")
    assert [np.bincount(part.labels).tolist() for part in (split.train, split.validation, split.test)] == [
        [3, 6], [1, 2], [1, 2],
    ]  # fmt: skip
    assert split.train.images.shape == (9, 3, 8, 8)
    reds = np.concatenate([part.images[:, 0, 0, 0] for part in (split.train, split.validation, split.test)])
    assert sorted(np.rint(reds * 255).astype(int)) == [*range(10, 20), *range(60, 65)]  # every picture once


def test_the_seed_decides_who_goes_where(tmp_path):
    pictures(tmp_path, {"a": 20, "b": 20})
    one, two, three = (folder_split(tmp_path, size=2, seed=seed)[0].train.images.tobytes() for seed in (0, 0, 1))
    assert one == two != three


def test_what_is_wrong_with_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with says(
        InputError,
        'folder: expected a folder with one folder for each class, got "no", which is none; check the path',
    ):
        folder_split("no")
    place = pictures(tmp_path / "in", {"a": 5})
    with says(
        InputError,
        'folder: expected 2 to 100 folders, one for each class, in "in", got 1; '
        "put the pictures of each class into a folder of its own",
    ):
        folder_split("in")
    pictures(place, {"b": 4})
    with says(
        InputError,
        "folder: expected at least 5 pictures (.png, .jpg, .jpeg, .gif, .bmp, .webp, .tif, .tiff) of each class, "
        'got 4 in "b"; add some or remove the folder',
    ):
        folder_split("in")
    (place / "b" / "x.png").write_bytes(b"no picture")
    with says(
        InputError,
        "load_image: expected a PNG, JPEG, GIF, BMP, WebP or TIFF picture, got "
        '"in/b/x.png", which is none of these inside; save it as one of them',
    ):
        folder_split("in")
    Image.new("L", (8, 8)).save(place / "b" / "x.png")
    monkeypatch.setattr(module, "LARGEST", 512)
    monkeypatch.setattr(module, "MOST_BYTES", 10 * 2**20 - 1)
    with says(
        InputError,
        "folder: expected at most 20,000 pictures and 9 MiB of cells, got 10 pictures and 10 MiB; "
        "take fewer pictures or a smaller size",
    ):
        folder_split("in", size=512)


def test_sources_by_name():
    assert dataset("digits").shape == (1, 8, 8)
    assert dataset("scattered").shape == (1, 16, 16)
    assert dataset("shapes", size=12).shape == (1, 12, 12)


def test_a_folder_as_a_source(tmp_path):
    pictures(tmp_path, {"a": 5, "b": 5})
    found = dataset(f"folder:{tmp_path}", size=9, channels="rgb")
    assert (found.shape, found.classes) == ((3, 9, 9), ("a", "b"))


@pytest.mark.parametrize(
    ("arguments", "error", "text"),
    [
        (
            {"source": "digit"},
            InputError,
            "expected a source of examples (digits, scattered, shapes, mnist:DIR, folder:DIR), "
            'got "digit"; did you mean digits?',
        ),
        ({"source": "mnist"}, InputError, "expected the folder after mnist, as in mnist:my/folder, got none; add it"),
        ({"source": "digits:x"}, InputError, 'expected nothing after digits, got "x"; leave it out'),
        (
            {"source": "digits", "size": 9},
            OptionError,
            "expected no size for digits, which has its own, got 9; leave it out",
        ),
        (
            {"source": "shapes", "channels": "rgb"},
            OptionError,
            "expected no channels for shapes, which is gray, got rgb; leave them out",
        ),
    ],
)
def test_wrong_sources_get_one_line(arguments, error, text):
    with says(error, f"dataset: {text}"):
        dataset(**arguments)
