import importlib.util
import zipfile
from pathlib import Path

import numpy as np
import pytest

from cnnviz.data.source import shown
from cnnviz.errors import InputError, OptionError
from cnnviz.nn import BatchNorm2d, Conv2d, Flatten, Linear, Residual, Sequential
from tests.engine.says import says


def _load(name):
    path = Path(__file__).parents[1] / "data" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def small(channels=2, seed=0, dtype=np.float32):
    network = Sequential(
        {
            "block": Residual(Conv2d(1, channels, 3, padding=1), Conv2d(1, channels, 1)),
            "bn": BatchNorm2d(channels),
            "flat": Flatten(),
            "dense": Linear(16 * channels, 3),
        }
    )
    network.initialize(seed, dtype=dtype)
    return network


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_what_was_saved_is_loaded(tmp_path, dtype):
    one, two = small(seed=1, dtype=dtype), small(seed=2, dtype=dtype)
    one.forward(np.ones((4, 1, 4, 4), dtype), training=True)  # moves the running values
    one.save(tmp_path / "a.npz")
    two.load(tmp_path / "a.npz")
    for name, parameter in one.parameters().items():
        found = two.parameters()[name].values
        assert found.dtype == dtype
        np.testing.assert_array_equal(found, parameter.values)
    with np.load(tmp_path / "a.npz", allow_pickle=False) as plain:
        assert sorted(plain) == sorted(one.parameters())


def test_a_network_without_weights_can_load_and_not_save(tmp_path):
    small(seed=1).save(tmp_path / "a.npz")
    network = small()
    for parameter in network.parameters().values():
        parameter.values = None
    with says(
        OptionError, "save: expected weights, got none yet; call network.initialize(seed) or network.load(path) first"
    ):
        network.save(tmp_path / "b.npz")
    network.load(tmp_path / "a.npz")
    assert [path.name for path in tmp_path.iterdir()] == ["a.npz"]


def test_the_same_numbers_give_the_same_bytes(tmp_path):
    small(seed=1).save(tmp_path / "a.npz")
    small(seed=1).save(tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_a_failed_save_keeps_what_was_there(tmp_path, monkeypatch):
    small().save(tmp_path / "a.npz")
    before = (tmp_path / "a.npz").read_bytes()

    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        small(seed=3).save(tmp_path / "a.npz")
    assert (tmp_path / "a.npz").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.npz"]


def refused(network, path, text):
    before = {name: parameter.values for name, parameter in network.parameters().items()}
    with says(InputError, text):
        network.load(path)
    assert all(parameter.values is before[name] for name, parameter in network.parameters().items())


def test_files_of_other_networks(tmp_path):
    path = tmp_path / "a.npz"
    arrays = {name: parameter.values for name, parameter in small().parameters().items()}

    stranger = Sequential(Flatten(), Linear(4, 2))
    stranger.initialize(0)
    stranger.save(path)
    refused(
        small(),
        path,
        "load: expected 10 arrays for block.body.weight, block.body.bias, block.shortcut.weight, block.shortcut.bias, "
        "... in a.npz, got 2: 1.weight, 1.bias; check that the file belongs to this network",
    )
    np.savez(path, **arrays, extra=np.zeros(3))
    refused(
        small(),
        path,
        "load: expected 10 arrays for block.body.weight, block.body.bias, block.shortcut.weight, block.shortcut.bias, "
        "... in a.npz, got 11: block.body.weight, block.body.bias, block.shortcut.weight, block.shortcut.bias, ...; "
        "check that the file belongs to this network",
    )
    np.savez(path, **{**arrays, "dense.bias": np.zeros((3, 1), np.float32)})
    refused(
        small(),
        path,
        "load: expected dense.bias of shape (3,) in a.npz, got (3, 1); check that the file belongs to this network",
    )
    np.savez(path, **{**arrays, "dense.bias": np.zeros(3, np.int32)})
    refused(
        small(),
        path,
        "load: expected weights all float32 or all float64 in a.npz, got float32, int32; "
        "save them again with network.save(path)",
    )
    np.savez(path, **{**arrays, "dense.bias": np.array([0, np.nan, 0], np.float32)})
    refused(
        small(),
        path,
        "load: expected finite numbers in a.npz, got others in dense.bias; "
        "take weights from before the training went wrong",
    )


def test_a_file_that_unpacks_to_more_than_the_network_holds_is_not_unpacked(tmp_path):
    path = tmp_path / "bomb.npz"
    arrays = {name: parameter.values for name, parameter in small().parameters().items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, values in {**arrays, "dense.weight": np.zeros((3, 10**6), np.float32)}.items():
            with archive.open(f"{name}.npy", "w") as member:
                np.lib.format.write_array(member, values)
    assert path.stat().st_size < 20_000
    refused(
        small(),
        path,
        f"load: expected plain arrays in an .npz file, got {shown(str(path))}, "
        "which declares more bytes than allowed; make it smaller",
    )


def test_hostile_files_are_refused_and_change_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    network = small()
    before = {name: parameter.values for name, parameter in network.parameters().items()}
    count = 0
    for name, content in _load("hostile_npz").files():
        path = tmp_path / "in" / name
        path.write_bytes(content)
        with pytest.raises(InputError, match=r"^load: expected [^\n]+$"):
            network.load(path)
        path.unlink()
        count += 1
    assert count == 100
    assert [path.name for path in tmp_path.iterdir()] == ["in"]  # no pickle ran
    assert all(parameter.values is before[name] for name, parameter in network.parameters().items())


def test_other_names_of_files(tmp_path):
    with says(OptionError, "save: expected a file name that ends in .npz or .safetensors, got 'a.pt'; add .npz"):
        small().save(tmp_path / "a.pt")
    with pytest.raises(InputError, match=r"^load: "):
        small().load(tmp_path / "none.npz")
