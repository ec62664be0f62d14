import subprocess
import sys

import numpy as np
import pytest

from cnnviz.errors import CnnvizError, InputError, OptionError, ShapeError
from cnnviz.subjects.backprop import Backprop
from cnnviz.subjects.transposed import Transposed

BOARD = {"image": "blackboard", "kernel": "edge-x"}


def made(**options):
    return Backprop(**{**BOARD, **options})


def test_each_name_of_dy():
    output = np.array([[-6, -6, 4], [-6, -6, 14], [-6, -6, 4]])
    assert made().trace.dy.tolist() == np.ones((1, 3, 3)).tolist()
    assert made(dy="squares").trace.dy[0].tolist() == output.tolist()
    assert made(dy="pattern").trace.dy[0].tolist() == [[1, 2, 1], [3, -1, 2], [1, 2, 1]]
    assert made(dy="pattern", padding=1).trace.dy[0, 3].tolist() == [1, 2, 1, 1, 2]
    typed = made(dy="1,0,1/2;0,0,0;-1,0,2e0")
    assert typed.trace.dy[0].tolist() == [[1, 0, 0.5], [0, 0, 0], [-1, 0, 2]]
    assert typed.labels[0][2], typed.labels[2][0] == ("1/2", "−1")


def test_the_gradient_of_squares_is_the_gradient_of_that_loss():
    """A little more of one weight changes half the sum of squares by dW times as much."""
    subject = Backprop(image="digit:6", kernel="1,2;3,-4", dy="squares")

    def loss(weight):
        x = subject.picture.values[0]
        y = sum(weight[m, n] * x[m : m + 7, n : n + 7] for m in range(2) for n in range(2))
        return (y**2).sum() / 2

    weight, step = subject.kernel.values, 1e-4
    for index, slope in np.ndenumerate(subject.of_weight().result):
        more, less = (weight + sign * step * (index == np.indices((2, 2)).T).all(-1).T for sign in (1, -1))
        assert (loss(more) - loss(less)) / (2 * step) == pytest.approx(slope, rel=1e-6)


@pytest.mark.parametrize(
    ("options", "kind", "text"),
    [
        (
            {"dy": "mean"},
            OptionError,
            "dy: expected one of sum, squares, pattern, or rows of numbers such as 1,0;0,2, got 'mean'",
        ),
        (
            {"dy": "1,2;3,4"},
            ShapeError,
            "dy: expected 3 x 3 numbers, one for each output, got 2 x 2; write them row by row",
        ),
        (
            {"dy": "1,x2"},
            InputError,
            'dy: expected numbers such as -1, 0.25 or 1/9, got "x2" in row 1, column 2; '
            "separate cells with commas and rows with semicolons",
        ),
        (
            {"padding": 200},
            OptionError,
            "padding: expected at most 128 for an animation, got 200; choose less",
        ),
    ],
)
def test_bad_options(options, kind, text):
    with pytest.raises(kind) as caught:
        made(**options)
    assert isinstance(caught.value, CnnvizError)
    assert str(caught.value) == text


@pytest.mark.parametrize(
    ("options", "kind", "text"),
    [
        (
            {"stride": 0},
            OptionError,
            "trace_conv_transpose: expected stride of at least 1, got 0; choose 1 or more",
        ),
        ({"stride": 10**9}, OptionError, "stride: expected at most 128 for an animation, got 1000000000; choose less"),
        (
            {"image": "ramp", "size": 100},
            OptionError,
            "size: expected at most 128 pixels a side for an animation, got 202 x 202; pass a smaller --size",
        ),
        ({"kernel": "1;;"}, InputError, None),
        ({"output_padding": 2}, OptionError, None),
        ({"padding": 4}, ShapeError, None),
        ({"image": "missing.png"}, InputError, None),
    ],
)
def test_bad_options_of_the_transposed(options, kind, text):
    with pytest.raises(kind) as caught:
        Transposed(**options)
    assert isinstance(caught.value, CnnvizError)
    assert "\n" not in str(caught.value)
    assert text is None or str(caught.value) == text


@pytest.mark.parametrize("rows", range(1, 8))
@pytest.mark.parametrize("stride", [1, 2, 3, 5])
@pytest.mark.parametrize("dilation", [1, 2])
def test_an_output_is_stride_times_as_large_where_nothing_else_is_asked_for(rows, stride, dilation):
    kernel = ";".join(["1,1"] * rows)
    subject = Transposed("blackboard-4", kernel, stride=stride, dilation=dilation)
    height, width = subject.trace.output_shape[1:]
    # An even kernel and stride 1 leave one cell too many, as output_padding must be smaller than stride or dilation.
    assert height == 4 * stride + (stride == dilation == 1 and rows % 2 == 0)
    assert width == 4 * stride + (stride == dilation == 1)


def test_the_loss_that_dy_comes_from():
    assert [made(dy=dy).loss for dy in ("sum", "squares", "pattern")] == ["sum", "squares", "given"]
    assert made(dy="1,0,1;0,0,0;1,0,2").loss == "given"


def test_the_steepest_cell_has_the_largest_gradient_and_of_several_the_most_givers():
    subject = made(kernel="1,2,3;4,5,6;7,8,9", dy="pattern")
    assert subject.steepest.output_index == (0, 2, 2)
    assert abs(subject.of_input().result).max() == 61
    # Rows of 3 3 0 -3 -3 in the middle; the second is reached through two columns of the kernel, the first through one.
    assert made().steepest.output_index == (0, 2, 1)


def test_checking_subjects_does_not_load_manim():
    code = (
        "import sys; from cnnviz.subjects.backprop import Backprop; Backprop(); "
        "from cnnviz.subjects.transposed import Transposed; Transposed(); "
        "sys.exit('manim' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
