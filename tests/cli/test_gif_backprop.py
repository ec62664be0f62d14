"""``cnnviz gif backprop`` and ``conv-transpose``: which scene they draw, with what, and what they refuse first."""

import sys
from types import SimpleNamespace

import pytest
from PIL import Image

BAD = {
    ("backprop", "--dy", "mean"): "dy: expected one of sum, squares, pattern, or rows of numbers such as 1,0;0,2, "
    "got 'mean'",
    ("backprop", "--dy", "1,2"): "dy: expected 3 x 3 numbers, one for each output, got 1 x 2; write them row by row",
    ("backprop", "no.png"): 'load_image: expected a file, got "no.png", which does not exist; check the path',
    ("backprop", "--stride", "0"): "trace_conv: expected stride of at least 1, got 0; choose 1 or more",
    ("backprop", "--wrt", "bias"): "Invalid value for '--wrt': 'bias' is not one of 'weight', 'input'. "
    "(see 'cnnviz gif backprop --help')",
    ("conv-transpose", "no.png"): 'load_image: expected a file, got "no.png", which does not exist; check the path',
    ("conv-transpose", "--stride", "0"): "trace_conv_transpose: expected stride of at least 1, got 0; choose 1 or more",
    ("conv-transpose", "--padding", "same"): "padding: expected N, ROWS,COLUMNS, TOP,BOTTOM;LEFT,RIGHT, got 'same'",
    ("conv-transpose", "photo:china", "--size", "90"): "size: expected at most 128 pixels a side for an animation, "
    "got 122 x 182; pass a smaller --size",
}


@pytest.mark.parametrize("call", BAD, ids=" ".join)
def test_bad_input_is_one_line_before_manim_loads(cnnviz, tmp_path, monkeypatch, call):
    monkeypatch.setitem(sys.modules, "manim", None)  # whoever imports Manim now fails
    outcome = cnnviz("gif", *call)
    assert (outcome.code, outcome.out, outcome.err) == (2, "", f"cnnviz: {BAD[call]}\n")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def asked(monkeypatch):
    """What would be drawn."""
    calls = []

    def render(target, *, progress, **options):
        calls.append((target, options))
        return SimpleNamespace(path=f"{target}.gif", note="")

    monkeypatch.setattr("cnnviz.render.render", render)
    return calls


@pytest.mark.parametrize(
    ("call", "slug", "options"),
    [
        ("backprop", "ch07-s01-filter-gradient", {}),
        ("backprop digit:3", "ch07-s01-filter-gradient", {"image": "digit:3"}),
        ("backprop --wrt input", "ch07-s02-input-gradient", {}),
        (
            "backprop digit:3 --wrt input --kernel sobel-x",
            "ch07-s02-input-gradient",
            {"image": "digit:3", "kernel": "sobel-x"},
        ),
        (
            "backprop --wrt input --dy sum --stride 2 --padding 1",
            "ch07-s02-input-gradient",
            {"dy": "sum", "stride": "2", "padding": "1"},
        ),
        ("conv-transpose", "ch03-s07-transposed-convolution", {}),
        (
            "conv-transpose blackboard-4 --stride 3 --output-padding 1,0",
            "ch03-s07-transposed-convolution",
            {"image": "blackboard-4", "stride": "3", "output_padding": "1,0"},
        ),
    ],
)
def test_what_is_drawn(cnnviz, asked, call, slug, options):
    outcome = cnnviz("gif", *call.split())
    assert (outcome.code, outcome.out) == (0, f"{slug}.gif\n")
    ((target, passed),) = asked
    assert target == slug
    assert passed["format"] == "gif"
    assert {name: passed[name] for name in options} == options
    assert None not in passed.values()


@pytest.mark.full
@pytest.mark.parametrize("name", ["backprop", "conv-transpose"])
def test_a_gif_comes_out(cnnviz, tmp_path, name):
    out = tmp_path / "out.gif"
    outcome = cnnviz("gif", name, "-q", "draft", "-o", str(out))
    assert (outcome.code, outcome.out, outcome.err) == (0, f"{out}\n", "")
    with Image.open(out) as image:
        assert image.size == (854, 480)
        assert image.n_frames > 50
