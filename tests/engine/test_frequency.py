import numpy as np
import pytest

from cnnviz.engine import conv2d, frequency_response, high_pass, low_pass, spectrum
from cnnviz.errors import OptionError, ShapeError
from tests.engine.says import says

IMAGE = np.random.default_rng(0).normal(size=(12, 15))

KERNELS = {
    "blur": np.full((3, 3), 1 / 9),
    "laplacian": np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0.0]]),
    "sobel": np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1.0]]),
}


def wave(rows, columns, size=16):
    y, x = np.mgrid[:size, :size]
    return np.cos(2 * np.pi * (rows * y + columns * x) / size)


def test_a_single_wave_is_two_points_of_its_spectrum():
    found = spectrum(wave(2, 5))
    expected = np.zeros((16, 16))
    expected[8 + 2, 8 + 5] = expected[8 - 2, 8 - 5] = 16 * 16 / 2
    np.testing.assert_allclose(found, expected, atol=1e-11)


def test_the_middle_is_the_sum():
    assert spectrum(IMAGE)[6, 7] == pytest.approx(abs(IMAGE.sum()))
    assert spectrum(np.full((3, 5), 2.0))[1, 2] == pytest.approx(30)


def test_the_energy_is_that_of_the_picture():
    assert (spectrum(IMAGE) ** 2).sum() / IMAGE.size == pytest.approx((IMAGE**2).sum())


@pytest.mark.parametrize("shape", ["ideal", "gaussian"])
@pytest.mark.parametrize("cutoff", [0.05, 0.2, 0.5])
def test_slow_and_fast_waves_make_up_the_picture(shape, cutoff):
    low, high = low_pass(IMAGE, cutoff, shape=shape), high_pass(IMAGE, cutoff, shape=shape)
    np.testing.assert_allclose(low + high, IMAGE, atol=1e-15)
    assert low.mean() == pytest.approx(IMAGE.mean())
    assert high.mean() == pytest.approx(0, abs=1e-15)


def test_the_cutoff_parts_slow_from_fast():
    slow, fast = wave(1, 0), wave(0, 6)  # 1/16 and 6/16 waves per cell
    np.testing.assert_allclose(low_pass(slow + fast, 0.2), slow, atol=1e-14)
    np.testing.assert_allclose(high_pass(slow + fast, 0.2), fast, atol=1e-14)
    np.testing.assert_allclose(low_pass(slow + fast, 6 / 16), slow + fast, atol=1e-14)  # not faster than the cutoff
    np.testing.assert_allclose(low_pass(slow + 3, 0), np.full((16, 16), 3.0), atol=1e-14)


def test_the_gaussian_weakens_each_wave_by_its_frequency():
    fast = wave(3, 4)  # 5/16 waves per cell
    np.testing.assert_allclose(low_pass(fast, 5 / 16, shape="gaussian"), fast * np.exp(-0.5), atol=1e-14)


def test_batches_and_channels_are_filtered_one_by_one():
    batch = np.stack([IMAGE, IMAGE.T[:12].repeat(2, 1)[:, :15]])[None]
    for op in (spectrum, lambda x: low_pass(x, 0.2), lambda x: high_pass(x, 0.2, shape="gaussian")):
        np.testing.assert_allclose(op(batch)[0, 1], op(batch[0, 1]), atol=1e-12)


@pytest.mark.parametrize("name", KERNELS)
def test_a_kernel_multiplies_the_spectrum(name):
    kernel = KERNELS[name]
    filtered = conv2d(IMAGE[None, None], kernel[None, None], padding=1, padding_mode="circular")[0, 0]
    expected = spectrum(IMAGE) * frequency_response(kernel, IMAGE.shape)
    np.testing.assert_allclose(spectrum(filtered), expected, atol=1e-12)


def test_what_kernels_let_through():
    middle = {name: frequency_response(kernel)[32, 32] for name, kernel in KERNELS.items()}
    assert middle == pytest.approx({"blur": 1, "laplacian": 0, "sobel": 0}, abs=1e-14)
    assert frequency_response(KERNELS["laplacian"])[0, 0] == pytest.approx(8)  # the chessboard
    assert frequency_response(KERNELS["sobel"])[:, 32] == pytest.approx(np.zeros(64), abs=1e-14)  # rows alone


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_precision_stays(dtype):
    image = IMAGE.astype(dtype)
    for op in (spectrum, frequency_response, lambda x: low_pass(x, 0.2), lambda x: high_pass(x, 0.2)):
        assert op(image).dtype == dtype


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        (
            lambda: spectrum(np.ones(5)),
            ShapeError,
            "spectrum: expected image with cells along its last axes (H, W), got shape (5,); "
            "a single row is image[None]",
        ),
        (
            lambda: spectrum(np.ones((3, 3), int)),
            OptionError,
            "spectrum: expected image as float32 or float64, got int64; convert it with image.astype(np.float32)",
        ),
        (
            lambda: low_pass(IMAGE, -0.1),
            OptionError,
            "low_pass: expected cutoff as a finite number of at least 0, got -0.1; choose one in that range",
        ),
        (
            lambda: high_pass(IMAGE, 0.1, shape="box"),
            OptionError,
            "high_pass: expected shape as one of ideal, gaussian, got 'box'; write one of these words",
        ),
        (
            lambda: low_pass(IMAGE, 0, shape="gaussian"),
            OptionError,
            "low_pass: expected cutoff above 0 for the gaussian shape, got 0; choose one up to 0.5",
        ),
        (
            lambda: frequency_response(np.ones((3, 9)), 8),
            ShapeError,
            "frequency_response: expected a kernel (H, W) no larger than size (8, 8), got shape (3, 9); "
            "give a larger size or one slice of the kernel",
        ),
    ],
)
def test_what_cannot_be_done_is_said(call, error, text):
    with says(error, text):
        call()
