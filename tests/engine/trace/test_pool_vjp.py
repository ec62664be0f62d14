import numpy as np
import pytest
from hypothesis import given

from cnnviz.engine import trace_pool, trace_pool_vjp
from cnnviz.errors import CnnvizError
from tests import helpers
from tests.engine.trace.cases import fixed, pool, same, whole
from tests.engine.trace.counting import Counter

ORACLE = {"max": helpers.max_pool_vjp, "avg": helpers.avg_pool_vjp}


@fixed
@given(pool())
def test_shares_and_sums_are_both_what_nested_loops_find(case):
    x, kernel, kind, options = case
    shape = trace_pool(x, kernel, kind=kind, **options).output_shape
    # Multiples of all that an average here divides by, so that every share is a whole number.
    dy = whole(np.random.default_rng(9), len(x), *shape) * 2**4 * 3**3
    expected = ORACLE[kind](dy, x, kernel, **options)
    for example in (0, 1):
        trace = trace_pool_vjp(dy, x, kernel, kind=kind, **options, example=example)
        np.testing.assert_allclose(trace.fold()[0], expected[example], rtol=1e-14, atol=1e-12)
        np.testing.assert_allclose(trace.dx.fold(), expected[example], rtol=1e-14, atol=1e-12)


@fixed
@given(pool())
def test_every_step_hands_out_what_its_parts_say(case):
    x, kernel, kind, options = case
    forward = trace_pool(x, kernel, kind=kind, **options)
    dy = whole(np.random.default_rng(9), len(x), *forward.output_shape)
    trace = trace_pool_vjp(dy, x, kernel, kind=kind, **options)
    for there, back in zip(forward, trace, strict=True):
        for name in ("output_index", "padded_origin", "input_origin", "window", "argmax", "argmaxes", "divisor"):
            assert getattr(there, name) == getattr(back, name)
        for name in ("is_padding", "source", "values", "share"):
            same(getattr(there, name), getattr(back, name))
        assert back.gradient == dy[(0, *back.output_index)]
        np.testing.assert_array_equal(back.dx, np.where(back.is_padding, 0, back.gradient * back.share))
    for step in trace.dx:
        for source, tap, value, share in zip(step.sources, step.taps, step.values, step.weights, strict=True):
            giver = forward.at(source)
            assert value == dy[(0, *source)]
            assert share == giver.share[tuple(tap)] != 0
            assert tuple(giver.source[tuple(tap)]) == step.output_index[1:]


def test_overlapping_windows_add_up_and_of_equals_the_first_takes_all():
    x, dy = np.array([[[[1.0, 5.0, 5.0], [2.0, 0.0, 0.0]]]]), np.array([[[[10.0, 1.0]]]])
    trace = trace_pool_vjp(dy, x, 2, stride=1)
    assert trace.fold()[0].tolist() == [[[0, 11, 0], [0, 0, 0]]]
    assert str(trace.dx.at((0, 0, 1))) == "[0, 0, 1] = 10×1 + 1×1 = 11"
    assert trace[1].argmaxes == ((0, 1), (0, 2))


def test_steps_as_text():
    dy = np.array([[[8.0]]])
    means = trace_pool_vjp(dy, np.ones((1, 1, 4)), 4, kind="avg")
    assert str(means[0]) == "dY[0, 0] = 8 gives each cell of its window 8 / 4"
    lost = trace_pool_vjp(dy, np.ones((1, 1, 1)), 2, padding=1, dilation=2)
    assert str(lost[0]) == "dY[0, 0] = 8 is lost: its window lies outside the input"
    assert lost.fold()[0].tolist() == [[0]]


def test_a_wrong_derivation_would_be_seen():
    x, dy = np.array([[[1.0, 5.0, 5.0, 2.0]]]), np.array([[[10.0, 20.0, 30.0]]])
    expected = helpers.max_pool_vjp(dy, x, 2, stride=1)[0]
    overwritten, last_of_equals = np.zeros((1, 4)), np.zeros((1, 4))
    for step in trace_pool_vjp(dy, x, 2, stride=1):
        overwritten[0, step.argmax] = step.gradient
        last_of_equals[0, step.argmaxes[-1]] += step.gradient
    for wrong in (overwritten, last_of_equals):
        with pytest.raises(AssertionError):
            same(wrong, expected)


def test_an_infinite_gradient_reaches_only_the_cell_it_goes_to():
    trace = trace_pool_vjp(np.array([[[np.inf]]]), np.array([[[1.0, 2.0]]]), 2)
    assert trace.fold()[0].tolist() == trace.dx.fold().tolist() == [[0, np.inf]]


def test_one_step_builds_one_step(monkeypatch):
    shares, arrived = Counter(monkeypatch, "pool_vjp", "PoolVjpStep"), Counter(monkeypatch, "gather", "GatherStep")
    trace = trace_pool_vjp(np.zeros((1, 1, 256, 256)), np.zeros((1, 1, 512, 512)), 2)
    assert (len(trace), len(trace.dx)) == (256 * 256, 512 * 512)
    assert (shares.made, arrived.made) == (0, 0)
    assert trace[50_000].output_index == (0, 195, 80)
    assert trace.dx[100_000].output_index == (0, 195, 160)
    assert (shares.made, arrived.made) == (1, 1)


@pytest.mark.parametrize(
    "arguments",
    [{"x": np.ones((4, 4))}, {"dy": np.ones((1, 1, 3, 3))}, {"kind": "mean"}, {"stride": 0}, {"example": 1}],
)
def test_what_is_refused(arguments):
    with pytest.raises(CnnvizError, match=r"^trace_pool_vjp: expected "):
        trace_pool_vjp(
            **{"dy": np.ones((1, 1, 2, 2)), "x": np.ones((1, 1, 4, 4)), "kernel_size": 2, **arguments},
        )
