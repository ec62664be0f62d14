"""``cnnviz gif kernels``: what it takes, and what it refuses before Manim is loaded or anything is drawn."""

import sys

import pytest
from PIL import Image

MANY = [word for _ in range(9) for word in ("--kernel", "sobel-x")]
CASES = {
    "unknown photo": (
        ["photo:grace_hoper"],
        'load_image: expected a built-in photo, got "photo:grace_hoper"; did you mean grace_hopper? '
        "the photos are photo:china, photo:flower, photo:grace_hopper",
    ),
    "kernel with letters": (
        ["--kernel", "sobel-x", "--kernel", "1,a,2"],
        'kernel: expected numbers such as -1, 0.25 or 1/9, got "a" in row 1, column 2; '
        "separate cells with commas and rows with semicolons",
    ),
    "nine kernels": (MANY, "kernels: expected 1 to 8 values, each NAME|ROWS|FILE, got 9"),
    "kernel larger than the picture": (
        ["digit:8", "--size", "4", "--kernel", "sobel-x", "--kernel", "gaussian-5"],
        "kernels: expected kernels that fit the picture of 4 × 4, got 5 × 5; "
        "choose smaller kernels or a larger picture",
    ),
    "picture larger than a scene": (
        ["photo:china", "--size", "300"],
        "size: expected at most 128 pixels a side for an animation, got 200 x 300; pass a smaller --size",
    ),
    "one that conv has": (
        ["--stride", "2"],
        "No such option '--stride'. Did you mean '--size'? (see 'cnnviz gif kernels --help')",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_one_line_says_what_was_expected(cnnviz, monkeypatch, tmp_path, case):
    arguments, line = CASES[case]
    monkeypatch.setitem(sys.modules, "manim", None)  # whoever imports Manim now fails
    outcome = cnnviz("gif", "kernels", "-o", "a.gif", *arguments)
    assert (outcome.code, outcome.out, outcome.err) == (2, "", f"cnnviz: {line}\n")
    assert not list(tmp_path.iterdir())


def test_two_kernels_on_a_digit_make_a_gif(cnnviz, tmp_path):
    small = ("--width", "160", "--fps", "5", "--kernel", "sobel-x", "--kernel", "1,2;3,4")
    outcome = cnnviz("gif", "kernels", "digit:8", *small, "-o", "a.gif")
    assert (outcome.code, outcome.out, outcome.err) == (0, "a.gif\n", "")
    with Image.open(tmp_path / "a.gif") as image:
        assert image.is_animated


def test_help(cnnviz):
    outcome = cnnviz("gif", "kernels", "--help")
    assert (outcome.code, outcome.err) == (0, "")
    assert "\n  cnnviz gif kernels photo.jpg --theme light -o gallery.gif\n" in outcome.out
