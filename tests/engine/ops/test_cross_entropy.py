import numpy as np
import pytest

from cnnviz.engine import cross_entropy, cross_entropy_vjp, gradcheck, softmax
from cnnviz.errors import OptionError, ShapeError
from tests import helpers
from tests.engine.says import says
from tests.engine.trace.cases import same

RNG = np.random.default_rng(0)
X = RNG.normal(size=(4, 3)) * 3
T = np.array([2, 0, 1, 2])
W = np.array([0.5, 2.0, 1.25])
ONE_HOT = np.eye(3)[T]


def test_it_is_what_nested_loops_find():
    assert float(cross_entropy(X, T)) == pytest.approx(helpers.cross_entropy(X, T), rel=1e-14)


def test_the_worked_example():
    x = np.log(np.array([[1.0, 2.0, 5.0]]))
    assert float(np.exp(-cross_entropy(x, np.array([2])))) == pytest.approx(5 / 8)
    dx, _, _ = cross_entropy_vjp(1.0, x, np.array([2]))
    np.testing.assert_allclose(dx, [[1 / 8, 2 / 8, -3 / 8]], rtol=1e-14)


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("smoothing", [0.0, 0.2])
def test_classes_are_shares_of_one(reduction, smoothing):
    options = {"reduction": reduction, "label_smoothing": smoothing}
    np.testing.assert_allclose(cross_entropy(X, T, **options), cross_entropy(X, ONE_HOT, **options), rtol=1e-14)
    dy = np.ones(4) if reduction == "none" else np.ones(())
    dx, dtarget, dweight = cross_entropy_vjp(dy, X, T, **options)
    np.testing.assert_allclose(dx, cross_entropy_vjp(dy, X, ONE_HOT, **options)[0], rtol=1e-13)
    assert dtarget is dweight is None


def test_the_mean_weighs_classes_by_their_targets_and_shares_by_their_count():
    each = cross_entropy(X, T, reduction="none")
    assert float(cross_entropy(X, T, W)) == pytest.approx((each * W[T]).sum() / W[T].sum())
    assert float(cross_entropy(X, ONE_HOT, W)) == pytest.approx((each * W[T]).mean())


def test_smoothing_spreads_a_part_of_the_target():
    spread = ONE_HOT * 0.7 + 0.1
    assert float(cross_entropy(X, T, label_smoothing=0.3)) == pytest.approx(float(cross_entropy(X, spread)))


def test_ignored_examples_do_not_count():
    target = np.array([2, -100, 1, -100])
    assert float(cross_entropy(X, target)) == pytest.approx(float(cross_entropy(X[::2], T[::2])))
    assert cross_entropy(X, target, reduction="none")[1] == 0
    dx, _, _ = cross_entropy_vjp(1.0, X, target, label_smoothing=0.1)
    assert not dx[1::2].any()
    assert float(cross_entropy(X, T, ignore_index=2)) == pytest.approx(float(cross_entropy(X[1:3], T[1:3])))
    assert np.isnan(cross_entropy(X, np.full(4, -100)))
    assert not cross_entropy_vjp(1.0, X, np.full(4, -100), W)[0].any()


def test_scores_of_any_size_are_safe():
    x = np.array([[0.0, 1e4], [-np.inf, 0.0]])
    assert cross_entropy(x, np.array([0, 1]), reduction="none").tolist() == [1e4, 0]
    assert not np.isnan(cross_entropy_vjp(np.ones(2), x, np.array([0, 1]), reduction="none")[0]).any()


def test_maps_and_single_examples():
    maps = RNG.normal(size=(2, 3, 4, 5))
    target = RNG.integers(0, 3, size=(2, 4, 5))
    rows = maps.transpose(0, 2, 3, 1).reshape(-1, 3)
    assert float(cross_entropy(maps, target)) == pytest.approx(float(cross_entropy(rows, target.ravel())))
    same(cross_entropy(X[0], np.array(2)), cross_entropy(X[:1], T[:1]))


def test_every_kind_of_whole_number_is_a_class():
    for dtype in (np.int8, np.uint8, np.int32, np.uint64):
        same(cross_entropy(X, T.astype(dtype)), cross_entropy(X, T))


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("smoothing", [0.0, 0.3])
@pytest.mark.parametrize("target", [T, np.array([2, -100, 1, 1]), softmax(RNG.normal(size=(4, 3)))])
def test_the_gradient_is_that_of_the_values(reduction, smoothing, target):
    options = {"reduction": reduction, "label_smoothing": smoothing}
    gradcheck(cross_entropy, cross_entropy_vjp, X, target, W, **options)
    gradcheck(cross_entropy, cross_entropy_vjp, X, target, **options)
    wide = np.broadcast_to(target[..., None], (*target.shape, 2)).copy()
    maps = RNG.normal(size=(4, 3, 2))
    gradcheck(cross_entropy, cross_entropy_vjp, maps, wide, W, **options)


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        (
            lambda: cross_entropy(X, np.array([0, 3, 1, 1])),
            OptionError,
            "cross_entropy: expected target with classes from 0 to 2, as x has 3 scores, got 3; "
            "count classes from 0, or set ignore_index to leave some out",
        ),
        (
            lambda: cross_entropy(X, [0, 1, 1, 1]),
            OptionError,
            "cross_entropy: expected target as a numpy array of whole numbers, the classes, or of floats, "
            "their shares, got list; make one with np.array(target)",
        ),
        (
            lambda: cross_entropy(X, np.array([True, False, True, True])),
            OptionError,
            "cross_entropy: expected target as a numpy array of whole numbers, the classes, or of floats, "
            "their shares, got bool; make one with np.array(target)",
        ),
        (
            lambda: cross_entropy(X, T[:2]),
            ShapeError,
            "cross_entropy: expected target of shape (4,), one class for each example in x of shape (4, 3), got (2,); "
            "give whole numbers for classes and floats for shares",
        ),
        (
            lambda: cross_entropy(X, T.astype(float)),
            ShapeError,
            "cross_entropy: expected target of shape (4, 3), one share for each score in x of shape (4, 3), got (4,); "
            "give whole numbers for classes and floats for shares",
        ),
        (
            lambda: cross_entropy(X, T, W[:2]),
            ShapeError,
            "cross_entropy: expected weight of shape (3,), one number for each class, got (2,); "
            "give those numbers or None",
        ),
        (
            lambda: cross_entropy(X, T, reduction="average"),
            OptionError,
            "cross_entropy: expected reduction as one of mean, sum, none, got 'average'; write one of these words",
        ),
        (
            lambda: cross_entropy(X, T, label_smoothing=2),
            OptionError,
            "cross_entropy: expected label_smoothing as a number from 0 to 1, got 2; choose one in that range",
        ),
        (
            lambda: cross_entropy(X[:0], T[:0]),
            ShapeError,
            "cross_entropy: expected x with scores (N, C, ...) or (C,), got shape (0, 3); give each class a score",
        ),
        (
            lambda: cross_entropy_vjp(np.ones(4), X, T),
            ShapeError,
            "cross_entropy_vjp: expected dy of shape (), got (4,); dy is the gradient of the output and has its shape",
        ),
    ],
)
def test_what_cannot_be_done_is_said(call, error, text):
    with says(error, text):
        call()
