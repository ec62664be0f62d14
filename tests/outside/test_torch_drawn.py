"""Values and gradients of drawn configurations against PyTorch. Without PyTorch these fail; they do not skip."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from cnnviz import engine

pytestmark = pytest.mark.full

EXAMPLES = 250
OPERATIONS = sorted(
    name.removesuffix("_vjp") for name in engine.__all__ if name.endswith("_vjp") and not name.startswith("trace_")
)


def test_every_operation_with_a_gradient_is_drawn():
    from tests.outside import drawn

    assert sorted(drawn.OPERATIONS) == OPERATIONS


@pytest.mark.parametrize("name", OPERATIONS)
def test_values_and_gradients(name, tally):
    import torch

    from tests.outside import drawn

    agreed = []

    @settings(max_examples=EXAMPLES, derandomize=True, database=None, deadline=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(drawn.OPERATIONS[name])
    def check(one):
        call = one.call
        before = [np.array(arg) for arg in call.args if isinstance(arg, np.ndarray)]
        leaves = [torch.tensor(call.args[place], requires_grad=True) for place in call.variables]
        expected, got = one.reference(*leaves), call.value()
        if isinstance(got, tuple):
            (expected, *more), (got, *ours) = expected, got
            for mine, theirs in zip(ours, more, strict=True):
                np.testing.assert_allclose(mine, theirs.numpy(), rtol=1e-9, atol=1e-9, strict=True)
        dy = np.random.default_rng(0).normal(size=expected.shape)
        gradients = torch.autograd.grad(expected, leaves, torch.from_numpy(np.asarray(dy)))
        np.testing.assert_allclose(got, expected.detach().numpy(), rtol=1e-9, atol=1e-9, strict=True)
        for ours, theirs in zip(call.gradients(np.asarray(dy)), gradients, strict=True):
            np.testing.assert_allclose(ours, theirs.numpy(), rtol=1e-9, atol=1e-9, strict=True)
        for kept, arg in zip(before, (arg for arg in call.args if isinstance(arg, np.ndarray)), strict=True):
            np.testing.assert_array_equal(arg, kept)
        agreed.append(call)

    try:
        check()
    finally:
        tally("drawn configurations against torch, value and gradients", min(len(agreed), EXAMPLES), EXAMPLES)
    assert len(agreed) >= 200
