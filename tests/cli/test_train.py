import gzip
import itertools
import json
import signal
import struct

import numpy as np
import pytest
from PIL import Image

from cnnviz.engine import cross_entropy
from cnnviz.nn import course, zoo


def test_weights_that_can_be_loaded_and_the_same_ones_again(cnnviz, tmp_path):
    outcome = cnnviz("train", "--epochs", 2, "--seed", 3, "-o", "a.npz", "--quiet")
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert [line.split()[0] for line in lines] == ["train", "validation", "test", "best", "network", "a.npz"]
    assert lines[3].split()[-2:] == ["of", "2"]
    network = zoo.tiny_cnn()
    network.load(tmp_path / "a.npz")
    cnnviz("train", "--epochs", 2, "--seed", 3, "-o", "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    cnnviz("train", "--epochs", 2, "--seed", 4, "-o", "b.npz")
    assert (tmp_path / "a.npz").read_bytes() != (tmp_path / "b.npz").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.npz", "b.npz"]


def test_the_history_as_json(cnnviz, tmp_path):
    found = json.loads(cnnviz("train", "--epochs", 2, "--json").out)
    assert [epoch["epoch"] for epoch in found["epochs"]] == [1, 2]
    assert set(found["epochs"][0]["gradient_norms"]) == set(zoo.tiny_cnn().parameters())
    assert (tmp_path / "renders" / "tiny-cnn.npz").is_file()


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ["-o", "a.pt"],
            "Invalid value for '-o' / '--output': expected a file name that ends in .npz or .safetensors, got 'a.pt'",
        ),
        (["--epochs", "0"], "Invalid value for '--epochs': 0 is not in the range 1<=x<=10000."),
    ],
)
def test_wrong_words_get_one_line(cnnviz, arguments, line):
    outcome = cnnviz("train", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == f"cnnviz: {line} (see 'cnnviz train --help')\n"


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ["--data", "digit"],
            "dataset: expected a source of examples (digits, scattered, shapes, mnist:DIR, folder:DIR), "
            'got "digit"; did you mean digits?',
        ),
        (["--size", "9"], "dataset: expected no size for digits, which has its own, got 9; leave it out"),
        (
            ["--data", "mnist:none"],
            'mnist: expected a folder with the four files of MNIST, got "none", which is none; check the path',
        ),
        (
            ["--data", "scattered", "--size", "7"],
            "placed: expected a canvas that holds pictures of 8 × 8, got 7 × 7; choose size=8 or more",
        ),
        (["--resume", "none.npz"], 'fit: expected a file, got "none.npz", which does not exist; check the path'),
    ],
)
def test_data_that_cannot_be_used_gets_one_line(cnnviz, tmp_path, arguments, line):
    outcome = cnnviz("train", "-o", "a.npz", *arguments)
    assert (outcome.code, outcome.out, outcome.err) == (2, "", f"cnnviz: {line}\n")
    assert list(tmp_path.iterdir()) == []


def test_pictures_of_ones_own(cnnviz, tmp_path):
    for number, name in enumerate(("cat", "dog")):
        (tmp_path / "photos" / name).mkdir(parents=True)
        for i in range(10):
            Image.new("RGB", (20, 20), (100 + 100 * number, i, i)).save(tmp_path / "photos" / name / f"{i}.png")
    outcome = cnnviz("train", "--data", "folder:photos", "--size", 8, "--channels", "rgb", "--epochs", 2)
    assert (outcome.code, outcome.err) == (0, "")
    lines = [" ".join(line.split()) for line in outcome.out.splitlines()]
    assert lines[0].startswith("train 12 examples ")
    for command in ("summary", "shapes"):
        told = cnnviz(command, "renders/folder-cnn.npz")
        assert (told.code, told.err) == (0, "")
        assert "3x8x8" in told.out
        assert told.out.splitlines()[-1] == "classes  cat, dog"
    assert lines[-3:] == [
        "network 3x8x8 > conv 8 k3 p1 > relu > pool 2 > flatten > dense 2",
        "classes cat, dog",
        "renders/folder-cnn.npz",
    ]


def test_mnist_from_files(cnnviz, tmp_path):
    random = np.random.default_rng(0)
    for part, count in (("train", 24), ("t10k", 12)):
        images = random.integers(0, 256, (count, 28, 28), dtype=np.uint8)
        head = bytes((0, 0, 8, 3)) + struct.pack(">3I", *images.shape)
        (tmp_path / f"{part}-images-idx3-ubyte.gz").write_bytes(gzip.compress(head + images.tobytes()))
        labels = bytes(i % 10 for i in range(count))
        (tmp_path / f"{part}-labels-idx1-ubyte").write_bytes(bytes((0, 0, 8, 1)) + struct.pack(">I", count) + labels)
    outcome = cnnviz("train", "--data", "mnist:.", "--epochs", 1, "-o", "m.npz")
    assert (outcome.code, outcome.err) == (0, "")
    assert [line.split()[1] for line in outcome.out.splitlines()[:3]] == ["20", "4", "12"]


@pytest.mark.few(1)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_and_gone_on_with_to_the_same_bytes(cnnviz, tmp_path, monkeypatch, number):
    assert cnnviz("train", "--epochs", 3, "-o", "whole.npz").code == 0
    calls = itertools.count(1)

    def stopping(scores, labels):
        if next(calls) == 50:  # in the second epoch
            signal.raise_signal(number)
        return cross_entropy(scores, labels)

    with monkeypatch.context() as patch:
        patch.setattr(course, "cross_entropy", stopping)
        if number == signal.SIGINT:
            outcome = cnnviz("train", "--epochs", 3, "-o", "a.npz")
            assert (outcome.code, outcome.out) == (130, "")
            assert outcome.err.split("\n") == [
                "kept in a.stopped.npz; add --resume a.stopped.npz to go on", "", "cnnviz: stopped", ""
            ]  # fmt: skip
        else:
            with pytest.raises(SystemExit) as left:
                cnnviz("train", "--epochs", 3, "-o", "a.npz")
            assert left.value.code == 143
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.stopped.npz", "whole.npz"]
    outcome = cnnviz("train", "--epochs", 4, "--resume", "a.stopped.npz", "-o", "a.npz")
    assert f"cnnviz: fit: {OTHER}" in outcome.err
    assert outcome.code == 2
    assert cnnviz("train", "--epochs", 3, "--resume", "a.stopped.npz", "-o", "a.npz").code == 0
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "whole.npz").read_bytes()


OTHER = (
    'expected to go on with the schedule of the training that was stopped, "CosineDecay(epochs=3, floor=0.0)", '
    'got "CosineDecay(epochs=4, floor=0.0)"; give the same, or start anew without resume\n'
)


def test_help_shows_an_example(cnnviz):
    assert "\n  cnnviz train" in cnnviz("train", "--help").out
