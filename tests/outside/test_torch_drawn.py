"""Values and gradients of drawn configurations against PyTorch. Without PyTorch these fail; they do not skip."""

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from cnnviz import engine
from tests.outside.planted import BUGS

pytestmark = pytest.mark.full

EXAMPLES = 250
fixed = settings(
    max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)

OPERATIONS = sorted(
    name.removesuffix("_vjp") for name in engine.__all__ if name.endswith("_vjp") and not name.startswith("trace_")
)

REVEALS = {
    "kernel flipped": "conv2d",
    "ceil_mode ignored": "max_pool2d",
    "last window that starts in the padding kept": "avg_pool2d",
    "group order wrong": "conv2d",
    "bias dropped": "conv2d",
    "max pool pads with 0": "max_pool2d",
    "arg-max takes the last of equals": "max_pool2d",
    "count_include_pad inverted": "avg_pool2d",
    "epsilon dropped": "layer_norm",
    "local response norm's alpha not divided by its size": "local_response_norm",
    "softmax without the shift by the maximum": "softmax",
}
"""The drawn operation that shows each planted bug. (`same_padding` has no counterpart in PyTorch.)"""


def agree(drawn):
    """Compare value, what comes with it, gradients, dtypes, and that no argument was changed."""
    import torch

    call = drawn.call
    before = [np.array(arg) for arg in call.args if isinstance(arg, np.ndarray)]
    leaves = [torch.tensor(call.args[place], requires_grad=True) for place in call.variables]
    expected, got = (y if isinstance(y, tuple) else (y,) for y in (drawn.reference(*leaves), call.value()))
    for ours, theirs in zip(got, expected, strict=True):
        np.testing.assert_allclose(ours, theirs.detach().numpy(), rtol=1e-9, atol=1e-9, strict=True)
    dy = np.array(np.random.default_rng(0).normal(size=expected[0].shape))
    gradients = torch.autograd.grad(expected[0], leaves, torch.from_numpy(dy))
    for ours, theirs in zip(call.gradients(dy), gradients, strict=True):
        np.testing.assert_allclose(ours, theirs.numpy(), rtol=1e-9, atol=1e-9, strict=True)
    for kept, arg in zip(before, (arg for arg in call.args if isinstance(arg, np.ndarray)), strict=True):
        np.testing.assert_array_equal(arg, kept)


def test_every_operation_with_a_gradient_is_drawn():
    from tests.outside import drawn

    assert sorted(drawn.OPERATIONS) == OPERATIONS


@pytest.mark.parametrize("name", OPERATIONS)
def test_values_and_gradients(name, tally):
    from tests.outside import drawn

    agreed = []

    @fixed
    @given(drawn.OPERATIONS[name])
    def check(one):
        agree(one)
        agreed.append(one)

    try:
        check()
    finally:
        tally("drawn configurations against torch, value and gradients", min(len(agreed), EXAMPLES), EXAMPLES)
    assert len(agreed) >= 200


@pytest.mark.parametrize("bug", REVEALS)
def test_planted_bugs_show(bug, monkeypatch):
    from tests.outside import drawn

    BUGS[bug](monkeypatch)

    @settings(fixed, phases=[Phase.generate], report_multiple_bugs=False)
    @given(drawn.OPERATIONS[REVEALS[bug]])
    def check(one):
        agree(one)

    with pytest.raises(AssertionError):
        check()


def test_all_planted_bugs_but_one_are_tried():
    assert BUGS.keys() - REVEALS.keys() == {"same-upper and same-lower swapped"}
