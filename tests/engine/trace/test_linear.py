import numpy as np
import pytest

from cnnviz.engine import trace_linear
from cnnviz.errors import CnnvizError, ShapeError
from tests import helpers
from tests.engine.trace.cases import same, whole

RNG = np.random.default_rng(7)
X, WEIGHT, BIAS = whole(RNG, 2, 5), whole(RNG, 3, 5), whole(RNG, 3)


@pytest.mark.parametrize("bias", [None, BIAS])
@pytest.mark.parametrize("example", [0, 1])
def test_the_fold_is_what_nested_loops_find(bias, example):
    trace = trace_linear(X, WEIGHT, bias, example=example)
    same(trace.fold(), helpers.linear(X, WEIGHT, bias)[example])
    for step in trace:
        assert step.result == step.bias + sum(step.products.tolist())
        same(step.products, step.values * step.weights)
    with pytest.raises(AssertionError):
        same(trace_linear(X, WEIGHT[::-1], bias, example=example).fold(), trace.fold())


def test_it_is_a_sequence():
    trace = trace_linear(X, WEIGHT)
    assert (len(trace), trace[-1].output_index, trace.output_shape) == (3, (2,), (3,))


def test_a_weight_that_does_not_fit():
    with pytest.raises(ShapeError) as caught:
        trace_linear(X, WEIGHT[:, :4])
    assert str(caught.value) == (
        "trace_linear: expected weight of shape (out=3, in=5), got (out=3, in=4); x has in=5 numbers in each example"
    )


@pytest.mark.parametrize(
    "arguments", [{"x": X[0]}, {"weight": WEIGHT[0]}, {"bias": BIAS[:2]}, {"bias": np.float32(BIAS)}, {"example": 2}]
)
def test_what_is_refused(arguments):
    with pytest.raises(CnnvizError, match=r"^trace_linear: expected "):
        trace_linear(**{"x": X, "weight": WEIGHT, **arguments})
