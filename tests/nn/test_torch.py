"""The same nets from the same weights in PyTorch: outputs, gradients, and the way of the loss."""

import numpy as np
import pytest

from cnnviz.data.split import digits_split
from cnnviz.engine import cross_entropy, cross_entropy_vjp
from cnnviz.nn import (
    SGD,
    Adam,
    AdamW,
    AvgPool2d,
    BatchNorm2d,
    Conv2d,
    ConvTranspose2d,
    Flatten,
    GlobalAvgPool2d,
    Linear,
    LocalResponseNorm,
    MaxPool2d,
    ReLU,
    Residual,
    Sequential,
    Sigmoid,
    SiLU,
    Tanh,
    zoo,
)

pytestmark = pytest.mark.full

BATCH, STEPS = 32, 50


@pytest.fixture(scope="module")
def torch():
    import torch

    torch.set_num_threads(1)
    return torch


def twin(torch, layer):
    """Build the same layer with the same weights."""
    nn = torch.nn
    match layer:
        case Sequential():
            return nn.Sequential(*(twin(torch, inner) for inner in layer))
        case Residual():
            return _residual(torch)(*(twin(torch, branch) for branch in layer.branches.values()))
        case Conv2d():
            made = nn.Conv2d(
                layer.in_channels, layer.out_channels, layer.kernel_size, layer.stride, layer.padding, layer.dilation,
                layer.groups, "bias" in layer.own, layer.padding_mode,
            )  # fmt: skip
        case ConvTranspose2d():
            made = nn.ConvTranspose2d(
                layer.in_channels, layer.out_channels, layer.kernel_size, layer.stride, layer.padding,
                layer.output_padding, layer.groups, "bias" in layer.own, layer.dilation,
            )  # fmt: skip
        case MaxPool2d():
            made = nn.MaxPool2d(layer.kernel_size, layer.stride, layer.padding, ceil_mode=layer.ceil_mode)
        case AvgPool2d():
            made = nn.AvgPool2d(layer.kernel_size, layer.stride, layer.padding)
        case GlobalAvgPool2d():
            made = nn.AdaptiveAvgPool2d(1)
        case BatchNorm2d():
            made = nn.BatchNorm2d(layer.num_features, layer.eps, layer.momentum)
        case LocalResponseNorm():
            made = nn.LocalResponseNorm(layer.size, layer.alpha, layer.beta, layer.k)
        case Linear():
            made = nn.Linear(layer.in_features, layer.out_features, "bias" in layer.own)
        case Flatten():
            made = nn.Flatten()
        case ReLU() | Sigmoid() | SiLU() | Tanh():
            made = getattr(nn, type(layer).__name__)()
    if layer.own:
        made = made.to(torch.from_numpy(next(iter(layer.own.values())).values).dtype)
    with torch.no_grad():
        for name, parameter in layer.own.items():
            getattr(made, name).copy_(torch.from_numpy(parameter.values.copy()))
    return made


def _residual(torch):
    class Add(torch.nn.Module):
        def __init__(self, body, shortcut=None):
            super().__init__()
            self.body, self.shortcut = body, shortcut or torch.nn.Identity()

        def forward(self, x):
            return self.body(x) + self.shortcut(x)

    return Add


NETWORKS = {
    "odd": (
        lambda: Sequential(
            Conv2d(4, 8, (3, 2), (2, 1), (1, 0), (1, 2), 2), BatchNorm2d(8), SiLU(), LocalResponseNorm(3, 0.1),
            AvgPool2d(2, 1, 1), ConvTranspose2d(8, 4, 3, 2, 1, 1, 2), Tanh(), MaxPool2d(3, 2, 1, ceil_mode=True),
            Flatten(), Linear(4 * 7 * 5, 6), Sigmoid(), Linear(6, 3, bias=False),
        ),
        (4, 10, 9),
    ),
    "resnet18": (zoo.resnet18, (3, 32, 32)),
    "mobilenet": (zoo.mobilenet_v1, (3, 32, 32)),
    "cnn": (lambda: zoo.find("test", "cnn").build(), (1, 28, 28)),
}  # fmt: skip


@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize("name", NETWORKS)
def test_outputs_and_all_gradients(torch, name, training):
    build, shape = NETWORKS[name]
    network = build()
    network.initialize(0, dtype=np.float64)
    if name == "odd":
        shape = (4, 10, 9)
        features = int(np.prod(Sequential(*list(network)[:9]).output_shape(shape)))
        network.layers["9"] = Linear(features, 6)
        network.layers["9"].initialize(1, dtype=np.float64)
    other = twin(torch, network).train(training)
    x = np.random.default_rng(0).standard_normal((3, *shape))
    record = network.forward(x, record=True, training=training)
    theirs_x = torch.from_numpy(x.copy()).requires_grad_()
    theirs = other(theirs_x)
    np.testing.assert_allclose(record.output, theirs.detach().numpy(), rtol=1e-8, atol=1e-9)
    dy = np.random.default_rng(1).standard_normal(record.output.shape)
    theirs.backward(torch.from_numpy(dy.copy()))
    gradients = network.backward(dy, record)
    scale = abs(theirs_x.grad).max().item()
    np.testing.assert_allclose(gradients.input, theirs_x.grad.numpy(), rtol=1e-7, atol=1e-8 * scale)
    ours = list(gradients.parameters().values())
    expected = [parameter.grad.numpy() for parameter in other.parameters()]
    assert len(ours) == len(expected)
    for one, two in zip(ours, expected, strict=True):
        np.testing.assert_allclose(one, two, rtol=1e-6, atol=1e-8 * max(abs(two).max(), 1))
    if training:
        running = [b.numpy() for key, b in other.named_buffers() if "running" in key]
        kept = [p.values for p in network.parameters().values() if not p.learned]
        for one, two in zip(kept, running, strict=True):
            np.testing.assert_allclose(one, two, rtol=1e-8)


OPTIMIZERS = {
    "sgd": (lambda: SGD(0.01), lambda o, p: o.SGD(p, 0.01)),
    "momentum": (lambda: SGD(0.01, 0.9, weight_decay=1e-3), lambda o, p: o.SGD(p, 0.01, 0.9, weight_decay=1e-3)),
    "nesterov": (lambda: SGD(0.01, 0.9, True), lambda o, p: o.SGD(p, 0.01, 0.9, nesterov=True)),
    "adam": (lambda: Adam(1e-3, weight_decay=1e-3), lambda o, p: o.Adam(p, 1e-3, weight_decay=1e-3)),
    "adamw": (lambda: AdamW(1e-3), lambda o, p: o.AdamW(p, 1e-3, weight_decay=1e-2)),
}


@pytest.mark.parametrize("name", ["tiny-cnn", "cnn"])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_loss_after_fifty_steps(torch, name, optimizer):
    train = digits_split().train.take(slice(320))
    images = train.images if name == "tiny-cnn" else np.pad(
        train.images.repeat(3, axis=2).repeat(3, axis=3), ((0, 0), (0, 0), (2, 2), (2, 2))
    )  # fmt: skip
    # In float64: enlarged pixels make equal maxima, which roundings of float32 would tell apart.
    images = images.astype(np.float64)
    network = zoo.find("test", name).build()
    network.initialize(1, dtype=np.float64)
    other = twin(torch, network)
    mine, theirs = OPTIMIZERS[optimizer][0](), OPTIMIZERS[optimizer][1](torch.optim, other.parameters())
    for step in range(STEPS):
        part = np.arange(step * BATCH, (step + 1) * BATCH) % len(images)
        record = network.forward(images[part], record=True, training=True)
        dy = cross_entropy_vjp(1.0, record.output, train.labels[part])[0]
        mine.step(network.parameters(), network.backward(dy, record).parameters())
        theirs.zero_grad()
        scores = other(torch.from_numpy(images[part].copy()))
        torch.nn.functional.cross_entropy(scores, torch.from_numpy(train.labels[part])).backward()
        theirs.step()
    ours = float(cross_entropy(network.forward(images), train.labels))
    with torch.no_grad():
        scores = other(torch.from_numpy(images.copy()))
        expected = torch.nn.functional.cross_entropy(scores, torch.from_numpy(train.labels.copy())).item()
    assert ours == pytest.approx(expected, rel=1e-8)
