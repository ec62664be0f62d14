import gzip
import importlib.util
from pathlib import Path

import numpy as np
import pytest

from cnnviz.data.idx import read_idx
from cnnviz.data.mnist import mnist_split
from cnnviz.errors import InputError
from tests.engine.says import says

HERE = Path(__file__).parent
MEGABYTES, SECONDS = 300, 2


def _load(name):
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


hostile_idx = _load("hostile_idx")
measured = _load("test_hostile").measured
idx = hostile_idx.idx


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("shape", [(5,), (3, 4, 2)])
def test_what_was_written_is_read_whatever_the_name(tmp_path, pack, shape):
    array = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    (tmp_path / "file.txt").write_bytes(pack(idx(array)))
    found = read_idx("mnist", tmp_path / "file.txt", len(shape))
    assert found.dtype == np.uint8
    np.testing.assert_array_equal(found, array)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("magic0", "begins with 89 50 4e 47 and not with 00 00 08 03; check that it is the right file"),
        ("magic4", "begins with 00 00 08 01 and not with 00 00 08 03; check that it is the right file"),
        ("sizes0", "ends early; get it again"),
        ("sizes1", "goes on behind what its head declares; get it again"),
        ("sizes2", "declares 4,294,967,295 × 4,294,967,295 × 4,294,967,295 bytes; make it smaller"),
        ("sizes4", "declares nothing; check that it is the right file"),
        ("plain00", "begins with 00 and not with 00 00 08 03; check that it is the right file"),
        ("plain01", "ends early; get it again"),
        ("packed10", "ends early; get it again"),
        ("checksum", "is damaged inside; get it again"),
        ("twice", "goes on behind what was packed; get it again"),
    ],
)
def test_each_refusal_says_why(tmp_path, monkeypatch, name, reason):
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(dict(_small())[name])
    with says(InputError, f'mnist: expected an IDX file of bytes with 3 axes, got "{name}", which {reason}'):
        read_idx("mnist", Path(name), 3)


def _small():
    for kind in (hostile_idx.cut_short, hostile_idx.heads, hostile_idx.packed):
        yield from ((name, content) for name, content in kind() if isinstance(content, bytes))


def refused(tmp_path, pairs):
    for name, content in pairs:
        (tmp_path / name).write_bytes(content)
    results = measured(tmp_path, "idx")
    for name, result in results.items():
        assert result["ending"] == "InputError", (name, result)
        assert result["text"].startswith("mnist: expected "), (name, result)
        assert "\n" not in result["text"], name
        assert result["megabytes"] <= MEGABYTES, (name, result)
        assert result["seconds"] <= SECONDS, (name, result)
    return len(results)


def test_every_sixth_hostile_file_is_refused(tmp_path):
    assert refused(tmp_path, hostile_idx.files(every=6)) == 11


@pytest.mark.full
def test_every_hostile_file_is_refused_within_its_bounds(tmp_path):
    assert refused(tmp_path, hostile_idx.files()) == hostile_idx.COUNT


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_changed_bytes_give_an_array_or_one_line(tmp_path, pack):
    path, whole, random = tmp_path / "changed", pack(hostile_idx.sound()), np.random.default_rng(0)
    read, lines = 0, []
    for _ in range(200):
        changed = bytearray(whole)
        changed[random.integers(len(whole))] ^= 1 << random.integers(8)
        path.write_bytes(changed)
        try:
            read += read_idx("mnist", path, 3).shape == (6, 10, 10)
        except InputError as error:
            lines.append(str(error))
    assert not any("\n" in line for line in lines)
    assert (read > 100) == (pack is bytes)  # what is packed has a checksum


# MNIST


def folder(tmp_path, *, count=12, tests=5, names="{}-idx{}-ubyte", pack=bytes, **other):
    random = np.random.default_rng(1)
    arrays = {
        "train-images": random.integers(0, 256, (count, 28, 28)),
        "train-labels": np.arange(count) % 10,
        "t10k-images": random.integers(0, 256, (tests, 28, 28)),
        "t10k-labels": np.arange(tests) % 10,
        **{name.replace("_", "-"): array for name, array in other.items()},
    }
    for name, array in arrays.items():
        (tmp_path / names.format(name, array.ndim)).write_bytes(pack(idx(array)))
    return arrays


@pytest.mark.parametrize(
    ("names", "pack"),
    [("{}-idx{}-ubyte", bytes), ("{}-idx{}-ubyte.gz", gzip.compress), ("{}.idx{}-ubyte", bytes)],
)
def test_mnist_is_divided_without_losing_any(tmp_path, names, pack):
    arrays = folder(tmp_path, names=names, pack=pack)
    split = mnist_split(tmp_path)
    assert [len(part) for part in (split.train, split.validation, split.test)] == [10, 2, 5]
    images = np.concatenate([split.train.images, split.validation.images])
    assert (images.dtype, images.shape) == (np.float32, (12, 1, 28, 28))
    np.testing.assert_array_equal(np.rint(images[:, 0] * 255), arrays["train-images"])
    np.testing.assert_array_equal(split.test.labels, arrays["t10k-labels"])
    assert 0 <= images.min() <= images.max() <= 1


def test_what_is_wrong_with_a_set(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with says(
        InputError,
        'mnist: expected a folder with the four files of MNIST, got "none", which is none; check the path',
    ):
        mnist_split("none")
    with says(
        InputError,
        'mnist: expected train-images-idx3-ubyte, or the same with .gz, in ".", got no such file; put it there',
    ):
        mnist_split(".")
    folder(tmp_path, train_labels=np.arange(11) % 10)
    with says(
        InputError,
        "mnist: expected one label for each picture, got 11 labels for 12 pictures in train; "
        "check that the files belong together",
    ):
        mnist_split(".")
    folder(tmp_path, t10k_labels=np.array([0, 1, 2, 3, 10]))
    with says(
        InputError,
        "mnist: expected labels from 0 to 9 in t10k-labels, got 10; "
        "take a set of ten classes, such as MNIST or Fashion-MNIST",
    ):
        mnist_split(".")
    folder(tmp_path, t10k_images=np.zeros((5, 14, 28)))
    with says(
        InputError,
        "mnist: expected pictures of one size, got 28 × 28 to learn from and 14 × 28 to test; "
        "check that the files belong together",
    ):
        mnist_split(".")
    folder(tmp_path, train_images=np.zeros((12, 65, 28)))
    with says(
        InputError,
        "mnist: expected pictures of at most 64 × 64 in train-images, got 65 × 28; make them smaller",
    ):
        mnist_split(".")
