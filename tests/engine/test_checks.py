import numpy as np
import pytest

from cnnviz import _checks
from cnnviz.engine import conv2d, max_pool2d
from cnnviz.errors import CnnvizError, OptionError, ShapeError
from tests.engine.says import says

AXES = ("N", "C", "H", "W")


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_arrays_of_floats_pass_untouched(dtype):
    x = np.full((1, 2, 3, 4), np.nan, dtype)
    assert _checks.array("conv2d", "x", x, AXES) is x


def test_views_read_only_and_strided_arrays_pass():
    x = np.zeros((4, 3, 2, 1)).T[..., ::-1]
    x.flags.writeable = False
    assert _checks.array("conv2d", "x", x, AXES) is x


@pytest.mark.parametrize(
    ("value", "got"),
    [
        (np.zeros((1, 1, 2, 2), int), "int64"),
        (np.zeros((1, 1, 2, 2), np.uint8), "uint8"),
        (np.zeros((1, 1, 2, 2), bool), "bool"),
        (np.zeros((1, 1, 2, 2), np.float16), "float16"),
        (np.zeros((1, 1, 2, 2), complex), "complex128"),
        (np.zeros((1, 1, 2, 2), object), "object"),
        (np.zeros((1, 1, 2, 2), "U1"), "<U1"),
        (np.zeros((1, 1, 2, 2), ">f2"), ">f2"),
    ],
)
def test_other_dtypes_are_told_the_way(value, got):
    with says(
        OptionError, f"conv2d: expected x as float32 or float64, got {got}; convert it with x.astype(np.float32)"
    ):
        _checks.array("conv2d", "x", value, AXES)


@pytest.mark.parametrize(
    ("value", "got"),
    [
        ([[1.0]], "a list"),
        (None, "a NoneType"),
        (3, "an int"),
        (np.float64(3), "a float64"),
        (np.ma.masked_array([[[[1.0]]]], True), "a MaskedArray"),
    ],
)
def test_what_is_no_array(value, got):
    with says(
        OptionError,
        f"conv2d: expected x as a numpy array of float32 or float64, got {got}; "
        "make one with np.array(x, dtype=np.float32)",
    ):
        _checks.array("conv2d", "x", value, AXES)


@pytest.mark.parametrize(
    ("shape", "remedy"),
    [
        ((), "add the missing in front with x[None, None, None, None]"),
        ((5, 5), "add the missing in front with x[None, None]"),
        ((1, 1, 1, 5, 5), "take one entry of the first with x[0] or reshape it"),
        ((1, 1, 1, 1, 5, 5), "take one entry of the first with x[0, 0] or reshape it"),
    ],
)
def test_a_wrong_number_of_axes(shape, remedy):
    with says(ShapeError, f"conv2d: expected x with 4 axes (N, C, H, W), got shape {shape}; {remedy}"):
        _checks.array("conv2d", "x", np.zeros(shape), AXES)


@pytest.mark.parametrize(
    ("shape", "names"), [((0, 0, 2, 2), "(N=0, C=0, H=2, W=2)"), ((1, 1, 2, 0), "(N=1, C=1, H=2, W=0)")]
)
def test_an_empty_array(shape, names):
    with says(
        ShapeError,
        f"conv2d: expected x with at least one cell along every axis, got {names}; look at what selected this data",
    ):
        _checks.array("conv2d", "x", np.zeros(shape), AXES)
    assert _checks.array("conv2d", "x", np.zeros(shape), AXES, empty=True).shape == shape


def test_arrays_of_one_dtype():
    single, double = np.zeros(1, np.float32), np.zeros(1)
    _checks.same_dtype("conv2d", "x", single, "weight", single)
    with says(
        OptionError,
        "conv2d: expected x and weight of one dtype, got float32 and float64; convert one with weight.astype(x.dtype)",
    ):
        _checks.same_dtype("conv2d", "x", single, "weight", double)


def test_arrays_of_one_shape():
    _checks.same_shape("f", "dy", np.zeros((2, 3)), ("H", "W"), (2, 3), "why")
    with says(ShapeError, "f: expected dy of shape (H=2, W=3), got (H=3, W=2); why"):
        _checks.same_shape("f", "dy", np.zeros((3, 2)), ("H", "W"), (2, 3), "why")
    with says(ShapeError, "f: expected dy of shape (H=2, W=3), got (6,); why"):
        _checks.same_shape("f", "dy", np.zeros(6), ("H", "W"), (2, 3), "why")


@pytest.mark.parametrize("value", [2, np.int32(2), np.uint8(2), (2, 2), [2, np.int64(2)], np.array([2, 2])])
def test_whole_numbers(value):
    found = _checks.integers("conv2d", "stride", value, 2, 1)
    assert found == (2, 2)
    assert all(type(number) is int for number in found)


@pytest.mark.parametrize("value", [1.0, "1", None, True, np.bool_(True), 1 + 0j])
def test_what_is_no_whole_number(value):
    with says(
        OptionError,
        f"conv2d: expected stride as a whole number of at least 1, got {value!r}; "
        "write it without quotes or a decimal point",
    ):
        _checks.integers("conv2d", "stride", value, 2, 1)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "conv2d: expected stride of at least 1, got 0; choose 1 or more"),
        ((1, -2), "conv2d: expected stride[1] of at least 1, got -2; choose 1 or more"),
        (
            (1, 1.5),
            "conv2d: expected stride[1] as a whole number of at least 1, got 1.5; "
            "write it without quotes or a decimal point",
        ),
        (
            (1, 2, 3),
            "conv2d: expected stride as one whole number or 2 (H, W), got 3: (1, 2, 3); "
            "give one number for all axes, or 2",
        ),
        ((), "conv2d: expected stride as one whole number or 2 (H, W), got 0: (); give one number for all axes, or 2"),
    ],
)
def test_whole_numbers_out_of_range(value, text):
    with says(OptionError, text):
        _checks.integers("conv2d", "stride", value, 2, 1)


def test_one_axis_takes_one_number():
    with says(OptionError, "conv1d: expected stride as one whole number or 1 (L), got 2: (1, 2); give one number"):
        _checks.integers("conv1d", "stride", (1, 2), 1, 1)


@pytest.mark.parametrize("value", [0.5, np.float32(0.5), 1, 0])
def test_numbers(value):
    assert _checks.number("dropout", "p", value, 0, 1) == float(value)


@pytest.mark.parametrize(
    ("value", "bounds", "text"),
    [
        ("0.5", (), "f: expected p as a number, got '0.5'; write it without quotes, as in p=0.5"),
        (True, (), "f: expected p as a number, got True; write it without quotes, as in p=0.5"),
        (None, (), "f: expected p as a number, got None; write it without quotes, as in p=0.5"),
        (float("nan"), (), "f: expected p as a finite number, got nan; choose one in that range"),
        (-1, (0,), "f: expected p as a finite number of at least 0, got -1; choose one in that range"),
        (1.5, (0, 1), "f: expected p as a number from 0 to 1, got 1.5; choose one in that range"),
        (float("inf"), (0, 1), "f: expected p as a number from 0 to 1, got inf; choose one in that range"),
    ],
)
def test_numbers_out_of_range(value, bounds, text):
    with says(OptionError, text):
        _checks.number("f", "p", value, *bounds)


def test_choices():
    assert _checks.choice("f", "mode", "same", ("same", "full")) == "same"
    for value in ("Same", None, 3, ["same"]):
        with says(OptionError, f"f: expected mode as one of same, full, got {value!r}; write one of these words"):
            _checks.choice("f", "mode", value, ("same", "full"))


def test_every_refusal_is_one_line_and_ours():
    assert issubclass(ShapeError, CnnvizError)
    assert issubclass(OptionError, CnnvizError)
    for value in ([1.0, 2.0], np.zeros((2, 2)), np.zeros((1, 0, 1, 1))):
        with pytest.raises(CnnvizError) as caught:
            _checks.array("conv2d", "x", value, AXES)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"stride": 10**30},
            f"conv2d: expected stride of at most {2**24}, got 1{'0' * 30}; choose {2**24} or less",
        ),
        (
            {"padding_mode": np.ones((2, 1))},
            "conv2d: expected padding_mode as one of zeros, replicate, reflect, circular, extend, got array([[1.], "
            "       [1.]]); write one of these words",
        ),
    ],
)
def test_awkward_values_get_one_line(options, message):
    with pytest.raises(OptionError) as caught:
        conv2d(np.ones((1, 1, 4, 4)), np.ones((1, 1, 2, 2)), **options)
    assert str(caught.value) == message


def test_a_flag_is_true_or_false():
    with pytest.raises(OptionError, match="expected ceil_mode as True or False, got 3; write one of the two"):
        max_pool2d(np.ones((1, 1, 4, 4)), 2, ceil_mode=3)


def test_numbers_of_numpy_are_numbers():
    assert conv2d(np.ones((1, 1, 4, 4)), np.ones((1, 1, 2, 2)), stride=np.array(2)).shape == (1, 1, 2, 2)
