"""What pooling lessons accept, and what they refuse in one line before Manim is loaded."""

import subprocess
import sys

import pytest

from cnnviz.errors import InputError, OptionError, ShapeError
from cnnviz.subjects.pool_gradient import PoolGradient
from cnnviz.subjects.pooling import Pooling


def test_defaults():
    subject = Pooling()
    assert subject.picture.name == "pooling-a"
    assert subject.trace.fold()[0].tolist() == [[6, 8], [3, 9]]
    assert subject.trace[2].argmaxes == ((2, 0), (3, 1))
    assert Pooling(mode="avg").whole[0].result == 3.875


def test_in_color_there_is_a_step_for_each_place_and_slice():
    subject = Pooling("photo:china", size=8, channels="rgb")
    assert subject.trace.input.shape == (3, 5, 8)
    assert (len(subject.windows), len(subject.trace), len(subject.whole)) == (8, 24, 3)
    assert subject.remarkable(range(8)) == (None, None)


def test_photographs_become_small():
    assert Pooling("photo:china").picture.values.shape == (1, 43, 64)
    assert PoolGradient("photo:china").picture.values.shape == (1, 5, 8)


@pytest.mark.parametrize(
    ("options", "kind", "text"),
    [
        ({"mode": "min"}, OptionError, "mode: expected one of max, avg, got 'min'"),
        (
            {"channels": "cmyk"},
            OptionError,
            "channels: expected one of gray, rgb, got 'cmyk'",
        ),
        ({"kernel_size": 0}, OptionError, "pool: expected kernel_size of at least 1, got 0; choose 1 or more"),
        (
            {"kernel_size": (2, 13)},
            OptionError,
            "pool: expected kernel_size of at most 12 for an animation, got 13; choose less",
        ),
        ({"stride": 0}, OptionError, "pool: expected stride of at least 1, got 0; choose 1 or more"),
        (
            {"padding": 2},
            OptionError,
            "pool: expected padding of at most half of kernel_size, got 2 for 2; choose 1 or less",
        ),
        (
            {"kernel_size": 5},
            ShapeError,
            "trace_pool: expected a kernel no larger than the padded input (H=4, W=4), got one that spans (H=5, W=5); "
            "use a smaller kernel or dilation, or more padding",
        ),
        (
            {"image": "ramp", "size": 200},
            OptionError,
            "size: expected at most 128 pixels a side for an animation, got 200 x 200; pass a smaller --size",
        ),
        (
            {"image": "none.png"},
            InputError,
            'load_image: expected a file, got "none.png", which does not exist; check the path',
        ),
    ],
)
def test_bad_options_are_one_line(options, kind, text):
    with pytest.raises(kind) as caught:
        Pooling(**options)
    assert str(caught.value) == text


@pytest.mark.parametrize(
    ("options", "kind", "text"),
    [
        (
            {"mode": "min"},
            OptionError,
            "mode: expected one of both, max, avg, got 'min'",
        ),
        (
            {"image": "ramp", "size": 13},
            OptionError,
            "size: expected at most 12 pixels a side for an animation, got 13 x 13; pass --size 12 or less",
        ),
        (
            {"dy": "ones"},
            OptionError,
            "dy: expected one of count, sum, or rows of numbers such as 1,0;0,2, got 'ones'",
        ),
        (
            {"dy": "1,2;3,4"},
            ShapeError,
            "dy: expected 3 x 3 numbers, one for each pooled number, got 2 x 2; write them row by row",
        ),
        (
            {"dy": "1,2;3"},
            InputError,
            "dy: expected rows of equal length, got 2 cells in row 1 and 1 cell in row 2; "
            "fill the shorter one up, with zeros for instance",
        ),
    ],
)
def test_bad_gradient_options_are_one_line(options, kind, text):
    with pytest.raises(kind) as caught:
        PoolGradient(**options)
    assert str(caught.value) == text


def test_checking_a_subject_does_not_load_manim():
    code = (
        "import sys; from cnnviz.subjects.pooling import Pooling as A; A(); "
        "from cnnviz.subjects.pool_gradient import PoolGradient as B; B(); "
        "from cnnviz.subjects.activation import Activation as C; C(); "
        "sys.exit('manim' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
