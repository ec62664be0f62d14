import math
from itertools import pairwise

import numpy as np
import pytest

from cnnviz.data.split import Examples
from cnnviz.errors import OptionError, ShapeError
from cnnviz.nn import (
    SGD,
    Adam,
    AdamW,
    BatchNorm2d,
    Conv2d,
    CosineDecay,
    DivergedError,
    Dropout,
    Flatten,
    Linear,
    MaxPool2d,
    Parameter,
    ReLU,
    Sequential,
    StepDecay,
    evaluate,
    fit,
)
from cnnviz.nn.augment import noise
from tests.engine.says import says


def corners(count=48):
    """Pictures of 6x6 with a bright block in one of three corners, under some noise."""
    random = np.random.default_rng(0)
    labels = np.arange(count) % 3
    images = random.normal(0, 0.1, (count, 1, 6, 6))
    for image, label in zip(images[:, 0], labels, strict=True):
        image[3 * (label // 2) : 3 * (label // 2) + 3, 3 * (label % 2) : 3 * (label % 2) + 3] += 1
    return Examples(images.astype(np.float32), labels)


def small(seed=0):
    network = Sequential(
        {
            "conv": Conv2d(1, 4, 3, bias=False),
            "bn": BatchNorm2d(4),
            "relu": ReLU(),
            "pool": MaxPool2d(2),
            "flatten": Flatten(),
            "drop": Dropout(0.2),
            "dense": Linear(16, 3),
        }
    )
    network.initialize(seed)
    return network


def values(network):
    return {name: parameter.values for name, parameter in network.parameters().items()}


# Optimizers, one number at a time


def moved(optimizer, gradients, start=1.0):
    """Step through gradients of one weight; list where it was."""
    weight = Parameter(shape=(1,), values=np.array([start]))
    places = []
    for gradient in gradients:
        optimizer.step({"w": weight}, {"w": np.array([gradient])})
        places.append(float(weight.values[0]))
    return places


GRADIENTS = (0.5, -1.0, 0.25, 2.0)


@pytest.mark.parametrize("nesterov", [False, True])
@pytest.mark.parametrize("decay", [0.0, 0.1])
def test_sgd_by_its_formula(nesterov, decay):
    w, v, expected = 1.0, None, []
    for gradient in GRADIENTS:
        g = gradient + decay * w
        v = g if v is None else 0.9 * v + g
        w -= 0.1 * (g + 0.9 * v if nesterov else v)
        expected.append(w)
    assert moved(SGD(0.1, 0.9, nesterov, decay), GRADIENTS) == pytest.approx(expected, rel=1e-14)


def test_plain_sgd_by_its_formula():
    assert moved(SGD(0.5), (1.0, -0.5)) == [0.5, 0.75]


@pytest.mark.parametrize("kind", [Adam, AdamW])
def test_adam_by_its_formula(kind):
    w, m, v, expected = 1.0, 0.0, 0.0, []
    for t, gradient in enumerate(GRADIENTS, 1):
        g = gradient + (0.1 * w if kind is Adam else 0.0)
        m, v = 0.9 * m + 0.1 * g, 0.99 * v + 0.01 * g * g
        if kind is AdamW:
            w -= 0.05 * 0.1 * w
        w -= 0.05 * (m / (1 - 0.9**t)) / (math.sqrt(v / (1 - 0.99**t)) + 1e-8)
        expected.append(w)
    assert moved(kind(0.05, (0.9, 0.99), weight_decay=0.1), GRADIENTS) == pytest.approx(expected, rel=1e-12)


def test_frozen_parameters_and_running_values_stay():
    network = small()
    network["conv"].freeze()
    before = values(network)
    fit(network, corners(), epochs=1, seed=0, optimizer=SGD(0.1))
    after = values(network)
    assert np.array_equal(before["conv.weight"], after["conv.weight"])
    assert not np.array_equal(before["dense.weight"], after["dense.weight"])
    assert not np.array_equal(before["bn.running_mean"], after["bn.running_mean"])


# fit


@pytest.mark.parametrize("optimizer", [SGD, Adam, AdamW])
def test_the_same_seed_gives_the_same_bytes(optimizer):
    def run(seed):
        network = small()
        history = fit(
            network, corners(), epochs=2, seed=seed, optimizer=optimizer(0.01), batch_size=7, augment=noise(0.1)
        )
        return values(network), history.json()

    (one, first), (two, second), (three, _) = run(1), run(1), run(2)
    assert first == second
    assert all(one[name].tobytes() == two[name].tobytes() for name in one)
    assert any(one[name].tobytes() != three[name].tobytes() for name in one)


def test_a_history_says_what_happened():
    data, network, seen = corners(), small(), []
    first = network.parameters()["conv.weight"].values
    history = fit(
        network,
        data,
        epochs=3,
        seed=0,
        optimizer=SGD(0.1, 0.9),
        validation=data,
        schedule=StepDecay(1, 0.5),
        snapshots=("conv.weight",),
        keep_best=False,
        callback=seen.append,
    )
    assert seen == list(history)
    assert [epoch.number for epoch in history] == [1, 2, 3]
    assert [epoch.rate for epoch in history] == [0.1, 0.05, 0.025]
    assert history[-1].validation == evaluate(network, data)
    assert history[-1].train.loss < history[0].train.loss
    assert history[-1].weights["conv.weight"] is network.parameters()["conv.weight"].values
    snapshots = [first, *(epoch.weights["conv.weight"] for epoch in history)]
    assert all(not np.array_equal(a, b) for a, b in pairwise(snapshots))
    assert all(0 < norm < 100 for epoch in history for norm in epoch.gradient_norms.values())


def test_a_step_is_the_gradient_of_the_mean_loss():
    data, network = corners(12), Sequential(Flatten(), Linear(36, 3))
    network.initialize(0, dtype=np.float64)
    data = Examples(data.images.astype(np.float64), data.labels)
    weight, bias = network.parameters()["1.weight"].values, network.parameters()["1.bias"].values
    x = data.images.reshape(12, -1)
    powers = np.exp(x @ weight.T + bias)
    shares = powers / powers.sum(axis=1, keepdims=True) - np.eye(3)[data.labels]
    history = fit(network, data, epochs=1, seed=0, optimizer=SGD(0.5), batch_size=12, keep_best=False)
    np.testing.assert_allclose(network.parameters()["1.weight"].values, weight - 0.5 * shares.T @ x / 12, rtol=1e-10)
    assert history[0].gradient_norms["1.bias"] == pytest.approx(float(np.linalg.norm(shares.mean(axis=0))))


def test_the_best_epoch_is_kept_and_waiting_ends():
    data, network = corners(), small()
    kept = []
    history = fit(
        network,
        data,
        epochs=50,
        seed=0,
        optimizer=SGD(3.0),  # too much: the loss jumps about
        validation=data,
        patience=3,
        callback=lambda _: kept.append(values(network)),
    )
    losses = [epoch.validation.loss for epoch in history]
    assert history.best == 1 + losses.index(min(losses))
    assert history.stopped_early
    assert len(history) == history.best + 3
    assert evaluate(network, data).loss == losses[history.best - 1]
    for name, best in kept[history.best - 1].items():
        assert np.array_equal(values(network)[name], best)


def test_evaluation_takes_the_mean_over_examples_whatever_the_batches():
    network, data = small(), corners(25)
    assert evaluate(network, data, batch_size=4).accuracy == evaluate(network, data).accuracy
    assert evaluate(network, data, batch_size=4).loss == pytest.approx(evaluate(network, data).loss, rel=1e-6)


# What goes wrong


def test_numbers_beyond_bounds_are_found_where_they_began():
    data = corners()
    network = small()
    weight = network.parameters()["dense.weight"]
    weight.values = np.full_like(weight.values, 1e38)
    before = values(network)["conv.weight"]
    with says(
        DivergedError,
        "fit: expected finite numbers, got a loss of nan in epoch 1, step 1; it began in the output of dense (Linear): "
        "lower the learning rate, or look at the data",
    ):
        fit(network, data, epochs=1, seed=0)
    assert values(network)["conv.weight"] is before

    images = data.images.copy()
    images[40, 0, 0, 0] = np.nan
    with pytest.raises(DivergedError, match=r"epoch 1, step \d+; it began in the input: "):
        fit(small(), Examples(images, data.labels), epochs=1, seed=0, batch_size=4)


def test_a_rate_far_too_high_ends_with_the_place():
    network = Sequential(Flatten(), Linear(36, 8), Linear(8, 3))
    network.initialize(0)
    with pytest.raises(DivergedError, match=r"in epoch \d+, step \d+; it began in the (output|gradient) of "):
        fit(network, corners(), epochs=50, seed=0, optimizer=SGD(1e30))


def test_whole_texts_of_what_is_refused():
    data, network = corners(), small()
    with says(
        OptionError, "fit: expected data of at least two classes, got only class 1; there is nothing to tell apart"
    ):
        fit(network, data.take(np.flatnonzero(data.labels == 1)), epochs=1, seed=0)
    with says(
        OptionError,
        "fit: expected labels of data from 0 to 2, as the network gives 3 scores, got 7; "
        "count classes from 0, or give the network more outputs",
    ):
        fit(network, Examples(data.images, data.labels * 0 + 7), epochs=1, seed=0)
    with says(
        OptionError,
        "fit: expected labels of validation from 0 to 2, as the network gives 3 scores, got -1; "
        "count classes from 0, or give the network more outputs",
    ):
        fit(network, data, validation=Examples(data.images, data.labels - 1), epochs=1, seed=0)
    with says(
        OptionError,
        "fit: expected the labels of data as whole numbers, got float64; convert them with labels.astype(np.int64)",
    ):
        fit(network, Examples(data.images, data.labels * 1.0), epochs=1, seed=0)
    with says(ShapeError, "fit: expected data with at least one example, got none; look at what selected them"):
        fit(network, data.take(slice(0)), epochs=1, seed=0)
    with says(
        ShapeError,
        "fit: expected a network that gives one score for each class, got outputs of shape (4, 4, 4); "
        "end it with Flatten() and Linear(..., classes)",
    ):
        fit(network["conv"], data, epochs=1, seed=0)
    with says(
        ShapeError,
        "Examples: expected one label for each of the images, got labels of shape (3,) for images of shape "
        "(48, 1, 6, 6); give labels of shape (N,)",
    ):
        Examples(data.images, data.labels[:3])
    with says(
        OptionError,
        "fit: expected snapshots of parameters (conv.weight, bn.weight, bn.bias, bn.running_mean, bn.running_var, "
        "dense.weight, dense.bias), got 'conv'; choose among these",
    ):
        fit(network, data, epochs=1, seed=0, snapshots=("conv",))
    with says(OptionError, "SGD: expected momentum above 0 with nesterov=True, got 0; set momentum=0.9"):
        SGD(nesterov=True)
    with says(OptionError, "Adam: expected betas below 1, got (1, 0.9); choose (0.9, 0.999), for instance"):
        Adam(betas=(1, 0.9))
    with says(OptionError, "CosineDecay: expected epochs of at least 1, got 0; choose 1 or more"):
        CosineDecay(0)
