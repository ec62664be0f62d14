import numpy as np
import pytest

from cnnviz import engine
from cnnviz.engine import GradientError, conv2d, conv2d_vjp, gradcheck, relu, relu_vjp
from cnnviz.errors import CnnvizError, OptionError
from tests.engine.says import says

RNG = np.random.default_rng(0)
X, WEIGHT, BIAS = RNG.normal(size=(2, 2, 5, 4)), RNG.normal(size=(3, 2, 3, 2)), RNG.normal(size=3)

OPERATIONS = [
    ("conv2d", (X, WEIGHT, BIAS)),
    ("max_pool2d", (X, 2, 1)),
    ("avg_pool2d", (X, 2)),
    ("gelu", (X,)),
    ("softmax", (X, 1)),
    ("batch_norm", (X, None, None, RNG.normal(size=2), RNG.normal(size=2), True)),
    ("cross_entropy", (X, RNG.integers(0, 2, size=(2, 5, 4)))),
    ("dynamic_routing", (X,)),
]


@pytest.mark.parametrize(("name", "args"), OPERATIONS)
def test_a_right_gradient_passes_with_much_to_spare(name, args):
    report = gradcheck(getattr(engine, name), getattr(engine, f"{name}_vjp"), *args)
    assert report.error < 1e-8


@pytest.mark.parametrize(("name", "args"), OPERATIONS)
@pytest.mark.parametrize("factor", [1.0005, 0.9995])
def test_a_gradient_wrong_by_a_twentieth_of_a_percent_fails(name, args, factor):
    right = getattr(engine, f"{name}_vjp")

    def wrong(dy, *args):
        return tuple(gradient if gradient is None else gradient * factor for gradient in right(dy, *args))

    with pytest.raises(GradientError, match=r"off by 0\.05 %"):
        gradcheck(getattr(engine, name), wrong, *args)


def test_one_wrong_number_among_many_is_found_and_named():
    def wrong(dy, x, weight, bias):
        dx, dweight, dbias = conv2d_vjp(dy, x, weight, bias)
        dweight[2, 0, 1, 1] *= 1.0005
        return dx, dweight, dbias

    with pytest.raises(GradientError, match=r"args\[1\]\[2, 0, 1, 1\].* off by 0\.05 %, the worst of 1 wrong of 36;"):
        gradcheck(conv2d, wrong, X, WEIGHT, BIAS)


@pytest.mark.parametrize("scale", [1e-8, 1e-3, 1e3, 1e8])
def test_the_size_of_the_values_does_not_matter(scale):
    def f(x):
        return np.sin(x) * scale

    gradcheck(f, lambda dy, x: (dy * np.cos(x) * scale,), X)
    with pytest.raises(GradientError):
        gradcheck(f, lambda dy, x: (dy * np.cos(x) * scale * 1.0005,), X)


@pytest.mark.parametrize("scale", [1e3, 1e8])
def test_nor_does_the_size_of_the_argument(scale):
    x = (X + np.copysign(1, X)) * scale
    gradcheck(lambda x: x**2, lambda dy, x: (2 * x * dy,), x)
    with pytest.raises(GradientError):
        gradcheck(lambda x: x**2, lambda dy, x: (2.001 * x * dy,), x)


def test_a_gradient_of_zero_is_right_where_the_function_is_flat():
    gradcheck(lambda x: x**3, lambda dy, x: (3 * x**2 * dy,), np.zeros(3))
    with pytest.raises(GradientError):
        gradcheck(lambda x: x**3, lambda dy, x: (3 * x**2 * dy + 1e-3,), np.zeros(3))


def test_a_corner_is_not_taken_for_a_gradient():
    report = gradcheck(relu, lambda dy, _: (dy / 2,), np.zeros(1))  # what the differences see there
    text = (
        f"gradcheck: expected {report.numeric[0][0]:.6g} at args[0][0], got 0 from f_vjp, off by 1e+02 %, "
        f"the worst of 1 wrong of 1; correct f_vjp, or move the argument off a corner of f"
    )
    with says(GradientError, text):
        gradcheck(relu, relu_vjp, np.zeros(1))


def test_single_precision_is_checked_in_double():
    report = gradcheck(conv2d, conv2d_vjp, X.astype(np.float32), WEIGHT.astype(np.float32))
    assert report.error < 1e-8
    assert report.dy.dtype == np.float64


def test_the_report_holds_both_gradients():
    report = gradcheck(conv2d, conv2d_vjp, X, WEIGHT, None, padding=1)
    assert [None if g is None else g.shape for g in report.analytic] == [X.shape, WEIGHT.shape, None]
    assert [None if g is None else g.shape for g in report.numeric] == [X.shape, WEIGHT.shape, None]
    np.testing.assert_allclose(report.analytic[1], report.numeric[1], rtol=1e-8)


def test_a_view_of_the_argument_is_no_trap():
    gradcheck(lambda x: x.reshape(-1), lambda dy, x: (dy.reshape(x.shape),), X)


@pytest.mark.parametrize(
    ("f", "vjp", "error", "text"),
    [
        (
            lambda x: x,
            lambda dy, _: dy,
            GradientError,
            "gradcheck: expected f_vjp to return a tuple of at most 1 gradients, one for each array, got ndarray; "
            "return (dx,) for a single one",
        ),
        (
            lambda x: x,
            lambda dy, _: (dy, dy),
            GradientError,
            "gradcheck: expected f_vjp to return a tuple of at most 1 gradients, one for each array, got 2 of them; "
            "return (dx,) for a single one",
        ),
        (
            lambda x: x,
            lambda dy, _: (dy[0],),
            GradientError,
            "gradcheck: expected a gradient of shape (2, 3) for args[0], got (3,); return a number for each of args[0]",
        ),
        (
            lambda x: x,
            lambda *_: (None,),
            GradientError,
            "gradcheck: expected a gradient of shape (2, 3) for args[0], got None; return a number for each of args[0]",
        ),
        (
            lambda x: x,
            lambda dy, x: (np.add(x, dy, out=x) * 0 + dy,),
            GradientError,
            "gradcheck: expected f_vjp to leave args[0] as it is, got it changed; copy it first",
        ),
        (
            lambda x: (x, x),
            lambda dy, _: (dy,),
            OptionError,
            "gradcheck: expected f to return one array of float64 for arguments of float64, got tuple; "
            "wrap f so that it returns the array to check",
        ),
        (
            lambda x: x.astype(np.float32),
            lambda dy, _: (dy,),
            OptionError,
            "gradcheck: expected f to return one array of float64 for arguments of float64, got float32; "
            "wrap f so that it returns the array to check",
        ),
    ],
)
def test_what_is_no_gradient_is_said(f, vjp, error, text):
    with says(error, text):
        gradcheck(f, vjp, np.ones((2, 3)))
    assert issubclass(error, CnnvizError)
