"""``cnnviz gif`` around pooling and gradients: what it hands to the scenes, and what it refuses."""

import sys

import pytest
from PIL import Image


@pytest.mark.parametrize(
    ("typed", "slug", "options"),
    [
        ("pool", "ch04-s02-max-pooling", {}),
        (
            "pool digit:3 --mode avg --kernel-size 3,2 --stride 1 --padding 1 --ceil-mode",
            "ch04-s03-average-pooling",
            {"image": "digit:3", "kernel_size": "3,2", "stride": "1", "padding": "1", "ceil_mode": "true"},
        ),
        ("relu blackboard --kernel edge-x", "ch04-s01-relu", {"image": "blackboard", "kernel": "edge-x"}),
        ("pool-backprop", "ch07-s04-pooling", {}),
        ("gradcheck digit:3 --label 8", "ch07-s05-gradient-check", {"image": "digit:3", "label": "8"}),
        ("unpool digit:3", "ch04-s05-what-pooling-forgets", {"image": "digit:3"}),
        ("pool-backprop --stride 2 --dy 1,0;0,2", "ch07-s04-pooling", {"stride": "2", "dy": "1,0;0,2"}),
    ],
)
def test_options_reach_the_scene(cnnviz, drawn, typed, slug, options):
    outcome = cnnviz("gif", *typed.split())
    assert (outcome.code, outcome.err) == (0, "")
    ((asked, given),) = drawn
    assert asked == slug
    assert {name: given[name] for name in options} == options


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        (
            "pool --padding 2",
            "pool: expected padding of at most half of kernel_size, got 2 for 2; choose 1 or less",
        ),
        ("pool --stride 0", "pool: expected stride of at least 1, got 0; choose 1 or more"),
        (
            "pool --mode min",
            "Invalid value for '--mode': 'min' is not one of 'max', 'avg'. (see 'cnnviz gif pool --help')",
        ),
        (
            "pool --kernel-size a",
            "kernel_size: expected an integer, or two as ROWS,COLUMNS, got 'a'",
        ),
        ("relu --stride 0", "trace_conv: expected stride of at least 1, got 0; choose 1 or more"),
        (
            "pool-backprop photo:china --size 40",
            "size: expected at most 12 pixels a side for an animation, got 27 x 40; pass --size 12 or less",
        ),
        (
            "pool-backprop --dy 1,2",
            "dy: expected 3 x 3 numbers, one for each pooled number, got 1 x 2; write them row by row",
        ),
    ],
)
def test_one_line_says_what_was_expected(cnnviz, tmp_path, monkeypatch, typed, line):
    monkeypatch.setitem(sys.modules, "manim", None)  # whoever imports Manim now fails
    outcome = cnnviz("gif", *typed.split())
    assert (outcome.code, outcome.out, outcome.err) == (2, "", f"cnnviz: {line}\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.full
@pytest.mark.parametrize("name", ["pool", "relu", "pool-backprop"])
def test_a_gif_comes_out(cnnviz, tmp_path, name):
    outcome = cnnviz("gif", name, "-q", "draft", "-o", "a.gif")
    assert (outcome.code, outcome.out, outcome.err) == (0, "a.gif\n", "")
    with Image.open(tmp_path / "a.gif") as image:
        assert image.size == (854, 480)
        assert image.n_frames > 50
