import json

import pytest

from cnnviz.nn import zoo


def test_weights_that_can_be_loaded_and_the_same_ones_again(cnnviz, tmp_path):
    outcome = cnnviz("train", "--epochs", 2, "--seed", 3, "-o", "a.npz", "--quiet")
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert [line.split()[0] for line in lines] == ["train", "validation", "test", "best", "a.npz"]
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
        (["-o", "a.pt"], "Invalid value for '-o' / '--output': expected a file name that ends in .npz, got 'a.pt'"),
        (["--epochs", "0"], "Invalid value for '--epochs': 0 is not in the range 1<=x<=10000."),
        (["--data", "cats"], "Invalid value for '--data': 'cats' is not 'digits'."),
    ],
)
def test_wrong_words_get_one_line(cnnviz, arguments, line):
    outcome = cnnviz("train", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == f"cnnviz: {line} (see 'cnnviz train --help')\n"


def test_help_shows_an_example(cnnviz):
    assert "\n  cnnviz train" in cnnviz("train", "--help").out
