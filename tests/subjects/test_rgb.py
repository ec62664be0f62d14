import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from cnnviz.errors import OptionError
from cnnviz.stage.language import say
from cnnviz.stage.stories.color_words import why
from cnnviz.subjects.rgb import Rgb
from tests import helpers


def subject(**options):
    return Rgb(**options)


def test_defaults():
    made = subject()
    assert made.picture.values.shape == (3, 27, 40)
    assert made.trace.input.shape == (3, 5, 5)
    assert made.parameters == 28
    assert made.trace.bias.tolist() == [10.0]


def test_the_map_is_that_of_nested_loops():
    made = subject(image="photo:china", kernels=["sobel-x", "gaussian", "laplacian"], patch=5, bias=1.5)
    trace = made.trace
    answer = helpers.conv(trace.input[None], trace.weight, trace.bias)[0]
    assert np.allclose(trace.fold(), answer)


def test_gray_is_answered_with_the_bias_by_the_kernel_for_yellow(tmp_path):
    path = tmp_path / "gray.png"
    Image.fromarray(np.random.default_rng(2).integers(0, 255, (12, 12), np.uint8)).save(path)
    for step in subject(image=path).trace:
        assert step.channel_sums.sum() == 0
        assert step.result == 10.0


def test_the_patch_is_where_the_colors_differ_most(tmp_path):
    pixels = np.zeros((10, 12, 3), np.uint8)
    pixels[6:8, 7:9] = (250, 20, 20)
    Image.fromarray(pixels).save(tmp_path / "spot.png")
    row, column = subject(image=tmp_path / "spot.png", patch=4).corner
    assert row <= 6 <= 7 < row + 4
    assert column <= 7 <= 8 < column + 4
    made = subject(image=tmp_path / "spot.png", patch=3, at=(7, 9))
    assert np.array_equal(made.trace.input, made.picture.values[:, 7:10, 9:12])


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (
            {"kernels": ["sobel-x", "sobel-y"]},
            "kernels: expected one kernel for all three slices or three, got 2; give one each for red, green, blue",
        ),
        (
            {"kernels": ["sobel-x", "sobel-y", "gaussian-5"]},
            "kernels: expected three slices of one shape, got 3 × 3, 3 × 3, 5 × 5; choose kernels of one size",
        ),
        ({"patch": 6}, "patch: expected a whole number from 3 to 5, got 6"),
        ({"patch": 4.5}, "patch: expected a whole number from 3 to 5, got 4.5"),
        ({"image": "blackboard", "patch": 2}, "patch: expected a whole number from 3 to 5, got 2"),
        (
            {"kernels": ",".join("1" * 7)},
            "patch: expected a kernel and a picture between which a patch of 3 to 5 pixels fits, got a kernel of 7 and "
            "a picture of 27 × 40; choose a smaller kernel or a larger picture",
        ),
        (
            {"kernels": "gaussian-5"},
            "patch: expected at most 8 rows of numbers, patch and kernel together, got 5 and 5; "
            "choose a smaller patch or a smaller kernel",
        ),
        (
            {"at": (23, 0)},
            "at: expected a first pixel from (0, 0) to (22, 35), got (23, 0); the patch has to lie on the picture",
        ),
        ({"bias": float("nan")}, "bias: expected a finite number, got nan; choose one such as 1 or -0.5"),
    ],
)
def test_bad_options_are_one_line(options, text):
    with pytest.raises(OptionError) as caught:
        subject(**options)
    assert str(caught.value) == text


@pytest.mark.parametrize(
    ("kernels", "sentence"),
    [
        (["1", "0", "0"], "No color counts down: a light window gives a large number."),
        ("-1", "No color counts up: a light window gives a low number."),
        ("sobel-x", "In each slice the weights add up to 0: an even color gives only the bias."),
        (["2", "-1", "-1"], "Counting up: red; counting down: green, blue."),
        (["2", "0", "-1"], "Counting up: red; counting down: blue."),
    ],
)
def test_why_reads_the_weights(kernels, sentence):
    said, fields = why(subject(kernels=kernels).trace.weight[0])
    assert say(said, **fields) == sentence


def test_checking_a_subject_does_not_load_manim():
    code = "import sys; from cnnviz.subjects.rgb import Rgb; Rgb(); sys.exit('manim' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
