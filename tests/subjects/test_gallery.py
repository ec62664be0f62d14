import subprocess
import sys

import numpy as np
import pytest
from scipy import signal

from cnnviz.data import kernel
from cnnviz.errors import InputError, OptionError, ShapeError
from cnnviz.subjects.gallery import Gallery


def subject(image=None, kernels=None, size=None):
    return Gallery(image, kernels, size)


def test_defaults():
    made = subject()
    assert made.picture.values.shape == (1, 112, 96)
    assert len(made.exhibits) == 8
    assert {exhibit.map.shape for exhibit in made.exhibits} == {(110, 94)}
    assert [exhibit.signed for exhibit in made.exhibits] == [False] * 4 + [True] * 4


def test_maps_are_what_scipy_correlates():
    made = subject("photo:china")
    for exhibit in made.exhibits:
        answer = signal.correlate2d(made.picture.values[0], exhibit.kernel.values, mode="valid")
        assert np.allclose(exhibit.map, answer)
        assert exhibit.step.result == pytest.approx(exhibit.map[exhibit.step.output_index[1:]])


def test_all_exhibits_look_at_one_window_where_the_picture_is_richest():
    made = subject("edge", ["sobel-x", "gaussian-5", "1,2;3,4"], 9)
    row, column = made.center
    for exhibit in made.exhibits:
        rows, columns = exhibit.kernel.values.shape
        top, left = exhibit.step.input_origin
        assert (top + rows // 2, left + columns // 2) == (row, column)
    assert len(np.unique(made.exhibits[0].step.values)) == 2  # the window lies on the edge


@pytest.mark.parametrize(
    ("weights", "signed", "scale"),
    [("1,1;1,1", False, 4 * 9.0), ("1,-1", True, 9 / 4), ("-1", True, 9 / 4), ("0", True, 1.0), ("1/2", False, 4.5)],
)
def test_a_positive_sum_keeps_the_picture_and_any_other_is_signed(weights, signed, scale):
    (exhibit,) = subject("blackboard", weights).exhibits
    assert exhibit.signed is signed
    assert exhibit.scale == pytest.approx(scale)


@pytest.mark.parametrize(
    ("options", "kind", "text"),
    [
        (
            {"kernels": []},
            OptionError,
            "kernels: expected 1 to 8 values, each NAME|ROWS|FILE, got 0",
        ),
        (
            {"image": "blackboard", "kernels": ["sobel-x", ",".join("1" * 7)]},
            ShapeError,
            "kernels: expected kernels that fit the picture of 5 × 5, got 3 × 7; "
            "choose smaller kernels or a larger picture",
        ),
        (
            {"image": "nothing.png"},
            InputError,
            'load_image: expected a file, got "nothing.png", which does not exist; check the path',
        ),
    ],
)
def test_bad_options_are_one_line(options, kind, text):
    with pytest.raises(kind) as caught:
        subject(**options)
    assert str(caught.value) == text


def test_every_caption_is_short_enough_to_read():
    from cnnviz.data import gallery

    assert all(0 < len(one.caption) <= 90 for one in gallery().values())


def test_the_sum_of_fractions_counts_as_the_whole_it_is():
    assert kernel("gaussian").values.sum() == pytest.approx(1)
    assert [exhibit.total for exhibit in subject("digit:8", ["gaussian", "box-blur", "unsharp"]).exhibits] == [1, 1, 1]


def test_checking_a_subject_does_not_load_manim():
    code = "import sys; from cnnviz.subjects.gallery import Gallery; Gallery(); sys.exit('manim' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
