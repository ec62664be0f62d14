"""``cnnviz gif padding`` and ``receptive-field``: what they hand to the scenes, and what they refuse."""

import sys

import pytest
from PIL import Image

NETWORK = "1x20x20 > conv 4 k3 > pool 2"


@pytest.mark.parametrize(
    ("typed", "slug", "options"),
    [
        (["padding"], "ch03-s01-padding-modes", {}),
        (
            ["padding", "digit:3", "--kernel", "sobel-x", "--padding", "2,1", "--theme", "light"],
            "ch03-s01-padding-modes",
            {"image": "digit:3", "kernel": "sobel-x", "padding": "2,1", "theme": "light", "captions": "burned"},
        ),
        (["receptive-field"], "ch05-s01-growth", {}),
        (
            ["receptive-field", NETWORK, "--image", "digit:7"],
            "ch05-s01-growth",
            {"network": NETWORK, "image": "digit:7"},
        ),
    ],
)
def test_options_reach_the_scene(cnnviz, drawn, typed, slug, options):
    outcome = cnnviz("gif", *typed)
    assert (outcome.code, outcome.err) == (0, "")
    ((asked, given),) = drawn
    assert asked == slug
    assert {name: given[name] for name in options} == options


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        (
            ["padding", "--padding", "7"],
            "trace_conv: expected reflect padding of at most 4 along H of size 5, got 7; "
            "pad less or use padding_mode='replicate'",
        ),
        (
            ["padding", "--padding", "0"],
            "padding: expected cells to add around the picture, got none; pass a --padding of 1 or more",
        ),
        (
            ["padding", "--kernel", "2"],
            "padding: expected cells to add around the picture, got none; pass a --padding of 1 or more",
        ),
        (
            ["padding", "--padding", "mirror"],
            "padding: expected N, ROWS,COLUMNS, TOP,BOTTOM;LEFT,RIGHT or one of valid, same, full, crop, got 'mirror'",
        ),
        (
            ["receptive-field", "1x8x8 > convt 4"],
            "receptive-field: expected convolutions and poolings, got convt1; leave it out",
        ),
        (
            ["receptive-field", "28 > dense 4"],
            "receptive-field: expected a network that begins with a picture, such as 1x28x28, got 28 features; "
            "only a picture has windows",
        ),
        (
            ["receptive-field", NETWORK, "--image", "missing.png"],
            'load_image: expected a file, got "missing.png", which does not exist; check the path',
        ),
    ],
)
def test_one_line_says_what_was_expected(cnnviz, tmp_path, monkeypatch, typed, line):
    monkeypatch.setitem(sys.modules, "manim", None)  # whoever imports Manim now fails
    outcome = cnnviz("gif", *typed)
    assert (outcome.code, outcome.out, outcome.err) == (2, "", f"cnnviz: {line}\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.full
@pytest.mark.parametrize("name", ["padding", "receptive-field"])
def test_a_gif_comes_out(cnnviz, tmp_path, name):
    outcome = cnnviz("gif", name, "-q", "draft", "-o", "a.gif")
    assert (outcome.code, outcome.out, outcome.err) == (0, "a.gif\n", "")
    with Image.open(tmp_path / "a.gif") as image:
        assert image.size == (854, 480)
        assert image.n_frames > 50
