import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage, signal

from cnnviz.engine import conv2d, convolve2d, convolve2d_vjp, correlate2d, correlate2d_vjp
from cnnviz.errors import OptionError, ShapeError
from tests import helpers
from tests.engine.says import says
from tests.engine.trace.cases import fixed, same, whole

PAIRS = {"correlate": (correlate2d, signal.correlate2d), "convolve": (convolve2d, signal.convolve2d)}
OURS = ("zeros", "replicate", "reflect", "circular", "extend", "fill", "wrap", "symm")

BOARD = np.array([[1, 2, 3, 4, 5], [6, 7, 8, 9, 0], [1, 2, 3, 4, 5], [6, 7, 8, 9, 0], [1, 2, 3, 4, 5.0]])
EDGE = np.array([[1, 0, -1]] * 3, float)


@st.composite
def blackboard(draw):
    kernel = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    mode = draw(st.sampled_from(("valid", "same", "full")))
    least = kernel if mode == "valid" else (1, 1)
    size = [draw(st.integers(low, 6)) for low in least]
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    return whole(rng, *size), whole(rng, *kernel), mode


@pytest.mark.parametrize("boundary", ["fill", "wrap", "symm"])
@pytest.mark.parametrize("name", PAIRS)
@fixed
@given(blackboard(), st.sampled_from((0.0, 3.0)))
def test_it_is_scipys(name, boundary, case, fillvalue):
    ours, scipys = PAIRS[name]
    image, kernel, mode = case
    same(ours(image, kernel, mode, boundary, fillvalue), scipys(image, kernel, mode, boundary, fillvalue))


def test_the_blackboard_example():
    expected = np.array([[-6, -6, 4], [-6, -6, 14], [-6, -6, 4.0]])
    same(correlate2d(BOARD, EDGE), expected)
    same(convolve2d(BOARD, EDGE), -expected)


@pytest.mark.parametrize(("boundary", "mode"), [("extend", "replicate"), ("reflect", "reflect"), ("zeros", "zeros")])
def test_our_boundaries_are_conv2ds(boundary, mode):
    expected = conv2d(BOARD[None, None], EDGE[None, None], padding="same", padding_mode=mode)[0, 0]
    same(correlate2d(BOARD, EDGE, "same", boundary), expected)


def test_ndimage_flips_and_mirrors_where_a_layer_does_neither():
    layer = conv2d(BOARD[None, None], EDGE[None, None], padding="same")[0, 0]
    printed = ndimage.convolve(BOARD, EDGE)
    same(printed[1:-1, 1:-1], -layer[1:-1, 1:-1])
    assert not np.array_equal(np.abs(printed), np.abs(layer))
    same(printed, convolve2d(BOARD, EDGE, "same", "symm"))


@pytest.mark.parametrize("boundary", OURS)
@pytest.mark.parametrize("mode", ["valid", "same", "full"])
@pytest.mark.parametrize(("f", "f_vjp"), [(correlate2d, correlate2d_vjp), (convolve2d, convolve2d_vjp)])
def test_the_gradients_are_the_adjoints_and_the_slopes(f, f_vjp, mode, boundary):
    rng = np.random.default_rng(1)
    image, kernel = whole(rng, 4, 5), whole(rng, 2, 3)
    y = f(image, kernel, mode, boundary)
    dy = whole(rng, *y.shape)
    dimage, dkernel = f_vjp(dy, image, kernel, mode, boundary)
    assert (dy * y).sum() == (dimage * image).sum() == (dkernel * kernel).sum()
    options = (mode, boundary, 2.0)  # a border of its own adds to the kernel's gradient
    dimage, dkernel = f_vjp(dy, image, kernel, *options)
    np.testing.assert_allclose(dimage, helpers.numeric_vjp(lambda v: f(v, kernel, *options), dy, image), atol=1e-6)
    np.testing.assert_allclose(dkernel, helpers.numeric_vjp(lambda v: f(image, v, *options), dy, kernel), atol=1e-6)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_dtype_stays_and_nothing_is_changed(dtype):
    image, kernel = BOARD.astype(dtype), EDGE.astype(dtype)
    for array in (image, kernel):
        array.flags.writeable = False
    y = convolve2d(image, kernel, "same", "reflect")
    assert y.dtype == dtype
    assert [gradient.dtype for gradient in convolve2d_vjp(y, image, kernel, "same", "reflect")] == [dtype] * 2
    same(image, BOARD.astype(dtype))


@pytest.mark.parametrize(
    ("arguments", "error", "text"),
    [
        (
            (BOARD[None], EDGE),
            ShapeError,
            "correlate2d: expected image with 2 axes (H, W), got shape (1, 5, 5); "
            "take one entry of the first with image[0] or reshape it",
        ),
        (
            (BOARD.astype(int), EDGE),
            OptionError,
            "correlate2d: expected image as float32 or float64, got int64; convert it with image.astype(np.float32)",
        ),
        (
            (BOARD, EDGE.astype(np.float32)),
            OptionError,
            "correlate2d: expected image and kernel of one dtype, got float64 and float32; "
            "convert one with kernel.astype(image.dtype)",
        ),
        (
            (EDGE, BOARD[:, :2]),
            ShapeError,
            "correlate2d: expected a kernel no larger than the padded input (H=3, W=3), got one that spans (H=5, W=2); "
            "use a smaller kernel or dilation, or more padding",
        ),
        (
            (BOARD, EDGE, "crop"),
            OptionError,
            "correlate2d: expected mode as one of valid, same, full, got 'crop'; write one of these words",
        ),
        (
            (BOARD, EDGE, "same", "mirror"),
            OptionError,
            "correlate2d: expected boundary as one of fill, wrap, symm, zeros, replicate, reflect, circular, extend, "
            "got 'mirror'; write one of these words",
        ),
        (
            (BOARD, EDGE, "same", "fill", "0"),
            OptionError,
            "correlate2d: expected fillvalue as a number, got '0'; write it without quotes, as in fillvalue=0.5",
        ),
    ],
)
def test_bad_input(arguments, error, text):
    with says(error, text):
        correlate2d(*arguments)
    with says(error, text.replace("correlate2d:", "convolve2d_vjp:")):
        convolve2d_vjp(np.ones((3, 3)), *arguments)


def test_a_gradient_that_does_not_fit():
    with says(
        ShapeError,
        "correlate2d_vjp: expected dy of shape (H=3, W=3), got (H=5, W=5); "
        "give the gradient of what the forward operation returned",
    ):
        correlate2d_vjp(BOARD, BOARD, EDGE)
