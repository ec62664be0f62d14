"""``cnnviz gif forward``: what it takes, and what it refuses before anything is drawn."""

import numpy as np
import pytest
from PIL import Image


def test_bad_input_is_one_line_and_leaves_no_file(cnnviz, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Image.fromarray(np.full((8, 8), 7, np.uint8)).save("even.png")
    np.savez("other.npz", a=np.zeros(3))
    calls = {
        ("blackboard",): "forward: expected a picture of 8 x 8, which the network reads, got blackboard of 5 x 5; "
        "choose a digit or a file",
        ("even.png",): "forward: expected a picture with something on it, got even, which is one even gray; "
        "choose another one",
        ("digit:3#500",): "load_image: expected one of the 183 examples of digit 3, got #500; choose #0 to #182",
        ("--network", "none.npz"): 'network: expected a file, got "none.npz", which does not exist; check the path',
    }
    for call, text in calls.items():
        outcome = cnnviz("gif", "forward", *call)
        assert (outcome.code, outcome.out, outcome.err) == (2, "", f"cnnviz: {text}\n")
    outcome = cnnviz("gif", "forward", "--network", "other.npz")
    assert outcome.code == 2
    assert outcome.err.startswith(
        'cnnviz: network: expected a file that says its network, got weights alone in "other.npz"'
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["even.png", "other.npz"]


@pytest.mark.full
def test_a_gif_comes_out(cnnviz, tmp_path):
    out = tmp_path / "seven.gif"
    outcome = cnnviz("gif", "forward", "digit:7", "-q", "draft", "-o", str(out))
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == f"{out}\n"
    with Image.open(out) as image:
        assert image.size == (854, 480)
        assert image.n_frames > 100
