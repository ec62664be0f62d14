"""Infinities, NaN and numbers near the ends of the range, in value and gradient as PyTorch has them."""

import numpy as np
import pytest

from cnnviz import engine

pytestmark = pytest.mark.full

AWKWARD = np.array([0, -0.0, np.inf, -np.inf, np.nan, 1e308, -1e308, 1e-320, 750, -750, 20, np.nextafter(20, 21)])
ROWS = [(np.inf, 0), (-np.inf, 0), (-np.inf, -np.inf), (np.inf, np.inf), (np.nan, 0), (1e308, -1e308), (-1e3, 1e3)]


def agree(name, x, theirs, *options):
    import torch

    leaf = torch.tensor(x, requires_grad=True)
    expected = theirs(leaf, *options)
    dy = np.arange(1.0, expected.numel() + 1).reshape(expected.shape)
    (gradient,) = torch.autograd.grad(expected, leaf, torch.from_numpy(dy))
    np.testing.assert_allclose(getattr(engine, name)(x, *options), expected.detach().numpy(), rtol=1e-9)
    np.testing.assert_allclose(getattr(engine, f"{name}_vjp")(dy, x, *options)[0], gradient.numpy(), rtol=1e-9)


@pytest.mark.parametrize("name", ["relu", "leaky_relu", "elu", "gelu", "sigmoid", "tanh", "softplus"])
def test_cell_by_cell(name):
    import torch

    for x in AWKWARD:  # sixteen times: for single numbers some of PyTorch's gradients of NaN are others
        agree(name, np.full(16, x), getattr(torch.nn.functional, name, None) or getattr(torch, name))


@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_shares(name, row):
    import torch

    agree(name, np.array([row], float), getattr(torch, name), 1)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf], ids=str)
@pytest.mark.parametrize(
    ("name", "kernel", "stride"), [("max_pool2d", 2, 2), ("max_pool2d", 3, 1), ("avg_pool2d", 3, 1)]
)
def test_windows(name, kernel, stride, value):
    import torch

    x = np.random.default_rng(0).normal(size=(1, 2, 6, 6))
    x[0, :, 2, 3] = x[0, 0, 5, 5] = value
    agree(name, x, getattr(torch.nn.functional, name), kernel, stride)
