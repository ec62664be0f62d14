import importlib.util
from pathlib import Path

import numpy as np
import pytest

from cnnviz.data.npz import read_npz
from cnnviz.errors import InputError

HERE = Path(__file__).parent
MEGABYTES = 200


def _load(name):
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


hostile_npz = _load("hostile_npz")
measured = _load("test_hostile").measured


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_what_was_saved_is_read(tmp_path, save):
    random = np.random.default_rng(0)
    arrays = {
        "whole": random.integers(0, 99, (3, 4)),
        "bytes": random.integers(0, 99, (3, 4), dtype=np.uint8),
        "real": random.random((2, 3, 4)).astype(np.float32),
        "fortran": np.asfortranarray(random.random((5, 7))),
        "swapped": random.random(6).astype(">f8"),
        "truth": random.random(5) > 0.5,
        "scalar": np.array(3.5),
        "empty": np.zeros((0, 4)),
    }
    save(tmp_path / "a.npz", **arrays)
    found = read_npz("load", tmp_path / "a.npz", keys=arrays)
    assert list(found) == list(arrays)
    for name, array in arrays.items():
        np.testing.assert_array_equal(found[name], array)
        assert found[name].dtype == array.dtype.newbyteorder("=")
        assert found[name].flags.writeable


def harmless(tmp_path, pairs, monkeypatch):
    folder = tmp_path / "files"
    folder.mkdir()
    for name, content in pairs:
        (folder / name).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    results = measured(folder, "npz")
    for name, result in results.items():
        assert result["ending"] == "InputError", (name, result)
        assert result["text"].startswith("load: expected "), (name, result)
        assert "\n" not in result["text"], name
        assert result["megabytes"] <= MEGABYTES, (name, result)
    assert [path.name for path in tmp_path.iterdir()] == ["files"]  # no pickle ran
    print(f"{len(results)} files: at most {max(result['megabytes'] for result in results.values()):.0f} MB")
    return len(results)


def test_every_tenth_hostile_archive_is_refused(tmp_path, monkeypatch):
    assert harmless(tmp_path, hostile_npz.files(every=10), monkeypatch) == 10


@pytest.mark.full
def test_a_hundred_hostile_archives_are_refused(tmp_path, monkeypatch):
    assert harmless(tmp_path, hostile_npz.files(), monkeypatch) == hostile_npz.COUNT


def test_the_pickle_would_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "trap.npz"
    path.write_bytes(dict(hostile_npz.pickles())["object-2.npz"])
    with np.load(path, allow_pickle=True) as archive:
        archive["a"]
    assert (tmp_path / "pickle-was-loaded").exists()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("text.npz", "is damaged or something else; save it again"),
        ("object-2.npz", "holds something other than numbers; save only arrays of numbers"),
        ("terabytes.npz", "declares more bytes than allowed; make it smaller"),
        ("shape02.npz", "declares shapes that do not fit its content; save it again"),
        ("version3.npz", "is in an unusual format; save it with numpy.savez_compressed"),
        ("members.npz", "holds more than 1,000 members; split it up"),
        ("twice.npz", "holds one name twice; save it again"),
        ("lzma.npz", "is packed in an unusual way; save it with numpy.savez_compressed"),
    ],
)
def test_each_refusal_says_why(tmp_path, monkeypatch, name, text):
    monkeypatch.chdir(tmp_path)
    kinds = (hostile_npz.bombs, hostile_npz.shells, hostile_npz.pickles, hostile_npz.heads)
    content = {name: content for kind in kinds for name, content in kind()}[name]
    Path(name).write_bytes(content if isinstance(content, bytes) else content())
    with pytest.raises(InputError) as caught:
        read_npz("load", Path(name))
    assert str(caught.value) == f'load: expected plain arrays in an .npz file, got "{name}", which {text}'


def test_other_names_than_expected(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.npz").write_bytes(hostile_npz.good())
    with pytest.raises(InputError) as caught:
        read_npz("digits", Path("a.npz"), keys={"labels", "images"})
    assert str(caught.value) == (
        'digits: expected plain arrays in an .npz file, got "a.npz", which holds other names than images, labels; '
        "check that it is the right file"
    )


def test_the_limit_counts_all_arrays_together(tmp_path):
    np.savez_compressed(tmp_path / "a.npz", a=np.zeros(600, np.uint8), b=np.zeros(600, np.uint8))
    assert len(read_npz("load", tmp_path / "a.npz", limit=1200)) == 2
    with pytest.raises(InputError, match="declares more bytes than allowed"):
        read_npz("load", tmp_path / "a.npz", limit=1199)
