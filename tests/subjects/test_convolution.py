import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from cnnviz.errors import CnnvizError, InputError, OptionError, ShapeError
from cnnviz.subjects.convolution import Convolution


def test_defaults():
    subject = Convolution()
    assert subject.picture.name == "digit 3"
    assert subject.kernel.title == "Sobel-x"
    assert len(subject.trace) == 36


def test_photographs_become_small_and_small_pictures_stay(tmp_path):
    assert Convolution("photo:china").picture.values.shape == (1, 43, 64)
    for side, shape in ((20, (1, 20, 20)), (200, (1, 64, 64))):
        path = tmp_path / f"{side}.png"
        Image.new("L", (side, side)).save(path)
        assert Convolution(path).picture.values.shape == shape
    assert Convolution("digit:3#4").picture.values.shape == (1, 8, 8)
    assert Convolution("blackboard").picture.values.shape == (1, 5, 5)


def test_a_kernel_without_slices_is_used_on_each_channel():
    subject = Convolution("photo:china", "laplacian", 12, channels="rgb")
    assert subject.trace.weight.shape == (1, 3, 3, 3)
    step = subject.trace[7]
    assert step.result == pytest.approx(step.channel_sums.sum())
    assert len(step.channel_sums) == 3


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({"image": "missing.png"}, InputError),
        ({"kernel": "1,x"}, InputError),
        ({"kernel": "1,2;3"}, InputError),
        ({"stride": 0}, OptionError),
        ({"padding": -1}, OptionError),
        ({"dilation": 0}, OptionError),
        ({"padding_mode": "mirror"}, OptionError),
        ({"channels": "cmyk"}, OptionError),
        ({"image": "ramp", "size": 2000}, OptionError),
        ({"image": "checkerboard", "size": 2, "kernel": "1,1,1;1,1,1;1,1,1"}, ShapeError),
    ],
)
def test_bad_options_are_one_line(options, kind):
    with pytest.raises(kind) as caught:
        Convolution(**options)
    assert isinstance(caught.value, CnnvizError)
    assert "\n" not in str(caught.value)


def test_checking_a_subject_does_not_load_manim():
    code = (
        "import sys; from cnnviz.subjects.convolution import Convolution; Convolution(); "
        "sys.exit('manim' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.full
def test_that_check_can_fail():
    code = "import sys; import cnnviz.stage.text; sys.exit('manim' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 1


def test_integers_stay_integers_so_that_sums_can_be_checked_by_hand():
    values = Convolution("photo:flower", size=8).picture.values
    assert np.array_equal(values, values.round())
