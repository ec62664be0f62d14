"""Looking inside: each number by another way, on the trained digit net and on a net with every kind of path."""

import numpy as np
import pytest

from cnnviz.data import load_image
from cnnviz.data.split import digits_split
from cnnviz.errors import OptionError, ShapeError
from cnnviz.nn import Conv2d, Flatten, Linear, Residual, Sequential, Tanh, zoo
from cnnviz.nn.inside import deep_dream, grad_cam, guided, maximize_activation, occlusion, saliency

DIGITS = digits_split().test.images[:3]


@pytest.fixture(scope="module")
def tiny():
    return zoo.tiny_cnn(pretrained=True)


@pytest.fixture(scope="module")
def smooth():
    """A net without corners, so that differences are exact to many digits."""
    network = Sequential(
        {
            "conv": Conv2d(2, 3, 3),
            "tanh": Tanh(),
            "block": Residual(Sequential({"conv": Conv2d(3, 3, 3, padding=1), "tanh": Tanh()})),
            "flat": Flatten(),
            "dense": Linear(27, 4),
        }
    )
    network.initialize(3, dtype=float)
    return network


@pytest.fixture(scope="module")
def x():
    return np.random.default_rng(0).standard_normal((2, 2, 5, 5))


def score(network, x, n, target):
    return network.forward(x)[n, target]


@pytest.mark.parametrize("target", [None, 2, (0, 3)])
def test_saliency_is_the_slope_of_the_score(smooth, x, target):
    found = saliency(smooth, x, target)
    chosen = smooth.forward(x).argmax(1) if target is None else np.broadcast_to(target, 2)
    assert found.target.tolist() == chosen.tolist()
    h, slope = 1e-5, np.empty_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = h
        up, down = (score(smooth, x + sign * step, index[0], chosen[index[0]]) for sign in (1, -1))
        slope[index] = (up - down) / (2 * h)
    np.testing.assert_allclose(found.gradient, slope, rtol=1e-7, atol=1e-9)
    assert np.array_equal(found.map, np.abs(found.gradient).max(axis=1))


def test_guided_lets_only_positive_gradients_back(tiny):
    record = tiny.forward(DIGITS, record=True)
    dy = np.eye(10, dtype=np.float32)[record.output.argmax(1)]
    for name in reversed(list(tiny.layers)):
        step = record[name]
        dy = (
            np.where((step.input > 0) & (dy > 0), dy, 0)
            if name.startswith("relu")
            else step.layer.backward(dy, step).input
        )
    np.testing.assert_array_equal(guided(tiny, DIGITS).gradient, dy)


def test_guided_says_what_it_cannot_take_apart(smooth, x):
    with pytest.raises(OptionError) as caught:
        guided(smooth, x)
    assert str(caught.value) == "guided: expected layers one after the other, got Residual 'block'; use saliency"


@pytest.mark.parametrize(("size", "stride", "value"), [(3, 1, 0.0), ((2, 3), (2, 1), 0.5)])
def test_occlusion_is_what_the_score_loses(smooth, x, size, stride, value):
    found = occlusion(smooth, x, 1, size=size, stride=stride, value=value)
    (rows, columns), (down, right) = np.broadcast_to(size, 2), np.broadcast_to(stride, 2)
    for n, i, j in np.ndindex(found.drop.shape):
        covered = x.copy()
        for a in range(rows):
            for b in range(columns):
                covered[n, :, i * down + a, j * right + b] = value
        assert found.drop[n, i, j] == pytest.approx(score(smooth, x, n, 1) - score(smooth, covered, n, 1), abs=1e-12)


def test_many_covers_are_tried_in_several_batches(tiny):
    found = occlusion(tiny, DIGITS, size=1)
    assert found.drop.shape == (3, 8, 8)
    wide = Sequential(Flatten(), Linear(400, 1))
    wide.initialize(0, dtype=float)
    picture = np.ones((1, 1, 20, 20))
    weights = wide["1"].own["weight"].values.reshape(20, 20)
    np.testing.assert_allclose(occlusion(wide, picture, size=1).drop[0], weights, atol=1e-12)


@pytest.mark.parametrize("layer", ["tanh", "block.body.conv"])
def test_grad_cam_in_nested_loops(smooth, x, layer):
    found = grad_cam(smooth, x, layer, target=3)
    record = smooth.forward(x, record=True)
    gradients = smooth.backward(np.eye(4)[[3, 3]], record)[layer].output
    maps = record[layer].output
    for n, i, j in np.ndindex(found.heat.shape):
        total = 0.0
        for k in range(maps.shape[1]):
            share = sum(gradients[n, k, a, b] for a in range(3) for b in range(3)) / 9
            assert found.weights[n, k] == pytest.approx(share, abs=1e-12)
            total += share * maps[n, k, i, j]
        assert found.weighted[n, i, j] == pytest.approx(total, abs=1e-12)
        assert found.heat[n, i, j] == pytest.approx(max(total, 0.0), abs=1e-12)


def test_covering_the_ink_costs_more_than_covering_the_paper(tiny):
    # The gradient says no such thing: it is often steeper where ink is missing.
    drop = occlusion(tiny, DIGITS, size=1).drop
    ink = DIGITS[:, 0] > 0.5
    assert np.abs(drop[ink]).mean() > 2 * np.abs(drop[~ink]).mean()


@pytest.mark.few(3)
@pytest.mark.parametrize("target", range(10))
def test_a_picture_made_for_a_class_is_taken_for_it(tiny, target):
    dream = maximize_activation(tiny, (1, 8, 8), unit=target)
    scores = tiny.forward(dream.image[None])[0]
    assert scores.argmax() == target
    assert dream.activations[-1] == scores[target]
    assert dream.image.min() >= 0
    assert dream.image.max() <= 1


def test_same_seed_same_picture(tiny):
    a, b, c = (maximize_activation(tiny, (1, 8, 8), "relu2", 5, seed=seed, steps=8) for seed in (1, 1, 2))
    assert np.array_equal(a.image, b.image)
    assert not np.array_equal(a.image, c.image)


def test_one_cell_depends_on_its_field_only(tiny):
    still = {"jitter": 0, "blur": 0.0, "decay": 0.0, "steps": 4}
    dream = maximize_activation(tiny, (1, 16, 16), "conv2", (0, 8, 8), **still)
    noise = np.clip(0.5 + 0.1 * np.random.default_rng(0).standard_normal((1, 16, 16)), 0, 1)
    changed = np.argwhere(np.abs(dream.image[0] - noise[0]) > 1e-6)
    assert changed.min(axis=0).tolist() == [6, 6]
    assert changed.max(axis=0).tolist() == [10, 10]


def test_a_dream_strengthens_what_the_layer_sees(tiny):
    photo = load_image("photo:china", size=(32, 48))
    image = (photo.values / photo.peak).astype(np.float32)
    before = image.copy()
    dream = deep_dream(tiny, image, "relu2", octaves=2)
    assert np.array_equal(image, before)
    assert dream.image.shape == image.shape
    assert len(dream.activations) == 21
    assert dream.activations[-1] > 1.2 * dream.activations[10]
    one = deep_dream(tiny, image, "conv1", channel=3, octaves=1, jitter=0)
    assert one.activations[-1] > one.activations[0]


def test_gradient_of_the_dream_is_the_slope(smooth, x):
    from cnnviz.nn.inside.ascent import up_to
    from cnnviz.nn.inside.dream import _excited

    part = up_to("deep_dream", smooth, "tanh")
    for channel in (None, 1):
        _, gradient = _excited("deep_dream", part, x[0], channel)
        step = np.zeros_like(x[0])
        step[1, 2, 2] = 1e-5
        up, down = (_excited("deep_dream", part, x[0] + sign * step, channel)[0] for sign in (1, -1))
        assert gradient[1, 2, 2] == pytest.approx((up - down) / 2e-5, rel=1e-6)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda net: saliency(net, DIGITS, 10),
            OptionError,
            "saliency: expected target as a class from 0 to 9, got 10; choose one",
        ),
        (
            lambda net: saliency(Sequential(net["conv1"]), DIGITS),
            ShapeError,
            "saliency: expected a network that gives scores (N, classes), got an output of shape (3, 8, 8, 8); "
            "end it with Flatten and Linear, or ask about an inner layer with maximize_activation",
        ),
        (
            lambda net: grad_cam(net, DIGITS, "flatten1"),
            ShapeError,
            "grad_cam: expected a layer with maps (N, K, H, W), got 'flatten1' with an output of shape (3, 256); "
            "choose one before the flattening",
        ),
        (
            lambda net: deep_dream(net, DIGITS[0], "nose"),
            OptionError,
            "deep_dream: expected layer as the name of one (conv1, relu1, conv2, relu2, pool1, flatten1, dense1), got "
            "'nose'; choose one",
        ),
        (
            lambda net: deep_dream(net, DIGITS[0], "dense1"),
            ShapeError,
            "deep_dream: expected a layer with maps (N, K, H, W), got an output of shape (1, 10); choose one before "
            "the flattening",
        ),
        (
            lambda net: maximize_activation(net, (1, 8, 8), unit=(1, 2)),
            OptionError,
            "maximize_activation: expected unit as one number below 10, or a cell of the output (10,), got (1, 2); "
            "choose one of these",
        ),
    ],
)
def test_what_cannot_be_is_said_in_one_line(tiny, call, error, message):
    with pytest.raises(error) as caught:
        call(tiny)
    assert str(caught.value) == message


@pytest.mark.full
def test_gradients_are_those_of_pytorch(tiny):
    import torch

    net = torch.nn.Sequential(
        torch.nn.Conv2d(1, 8, 3, padding=1), torch.nn.ReLU(), torch.nn.Conv2d(8, 16, 3, padding=1), torch.nn.ReLU(),
        torch.nn.MaxPool2d(2), torch.nn.Flatten(), torch.nn.Linear(256, 10),
    )  # fmt: skip
    ours = tiny.parameters()
    names = ["conv1", "conv2", "dense1"]
    values = [ours[f"{name}.{part}"].values for name in names for part in ("weight", "bias")]
    for parameter, value in zip(net.parameters(), values, strict=True):
        parameter.data = torch.from_numpy(value.copy())
    x = torch.from_numpy(DIGITS.copy()).requires_grad_()
    net(x).max(1).values.sum().backward()
    np.testing.assert_allclose(saliency(tiny, DIGITS).gradient, x.grad.numpy(), atol=1e-5)
