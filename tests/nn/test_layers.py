import numpy as np
import pytest

from cnnviz.engine import GradientError
from cnnviz.errors import OptionError, ShapeError
from cnnviz.nn import (
    ELU,
    GELU,
    AvgPool1d,
    AvgPool2d,
    AvgPool3d,
    BatchNorm2d,
    Capsule,
    CapsuleLength,
    Conv1d,
    Conv2d,
    Conv3d,
    ConvTranspose1d,
    ConvTranspose2d,
    ConvTranspose3d,
    Dropout,
    Flatten,
    Gated,
    GlobalAvgPool2d,
    GlobalMaxPool2d,
    Graph,
    GroupNorm,
    LayerNorm,
    LeakyReLU,
    Linear,
    LocalResponseNorm,
    LogSoftmax,
    MaxPool1d,
    MaxPool2d,
    MaxPool3d,
    Parallel,
    PrimaryCapsule,
    ReLU,
    Residual,
    Sequential,
    Sigmoid,
    SiLU,
    Softmax,
    Softplus,
    Tanh,
)
from cnnviz.nn.arithmetic import Arithmetic, Fixed
from cnnviz.nn.merge import Concat, Elementwise
from cnnviz.nn.pointwise import PReLU
from cnnviz.nn.zoo.lenet import CodeDistance, Subsample2d, TableConv2d
from tests import helpers
from tests.engine.says import says
from tests.nn.networks import check_gradients

LAYERS = {
    "conv": (Conv2d(2, 3, 3), (2, 5, 5)),
    "conv-odd": (Conv2d(4, 6, (3, 2), (2, 1), (1, 0), (1, 2), 2, False, "reflect"), (4, 6, 5)),
    "conv-transpose": (ConvTranspose2d(4, 2, 3, 2, 1, 1, 2), (4, 3, 3)),
    "max-pool": (MaxPool2d(3, 2, 1), (2, 5, 5)),
    "max-pool-ceil": (MaxPool2d(2, ceil_mode=True), (2, 5, 5)),
    "avg-pool": (AvgPool2d(3, 2, 1, count_include_pad=False), (2, 5, 5)),
    "global": (GlobalAvgPool2d(), (2, 3, 4)),
    "relu": (ReLU(), (2, 3, 3)),
    "sigmoid": (Sigmoid(), (4,)),
    "tanh": (Tanh(1.7159, 2 / 3), (4,)),
    "silu": (SiLU(), (4,)),
    "softmax": (Softmax(), (4,)),
    "flatten": (Flatten(), (2, 3, 3)),
    "linear": (Linear(4, 3), (4,)),
    "linear-no-bias": (Linear(4, 3, bias=False), (4,)),
    "batch-norm": (BatchNorm2d(2), (2, 3, 3)),
    "lrn": (LocalResponseNorm(3, 0.5), (4, 2, 2)),
    "dropout": (Dropout(0.4), (20,)),
    "primary-capsule": (PrimaryCapsule(2), (6, 2, 3)),
    "capsule": (Capsule(4, 2, 3, 5), (4, 2)),
    "capsule-once": (Capsule(1, 3, 2, 2, iterations=1), (1, 3)),
    "capsule-length": (CapsuleLength(3.0), (4, 2)),
    "capsule-network": (
        Sequential(Conv2d(1, 4, 3), PrimaryCapsule(2), Capsule(8, 2, 3, 2, iterations=2), CapsuleLength()),
        (1, 4, 4),
    ),
    "subsample": (Subsample2d(2), (2, 4, 4)),
    "table": (TableConv2d(3, ((0, 1), (2,), (0, 1, 2)), 3), (3, 4, 4)),
    "codes": (CodeDistance(4, 3), (4,)),
    "residual": (Residual(Conv2d(2, 2, 3, padding=1)), (2, 4, 4)),
    "residual-shortcut": (Residual(Conv2d(2, 4, 3, 2, 1), Conv2d(2, 4, 1, 2)), (2, 4, 4)),
    "gated": (Gated(Sequential(GlobalAvgPool2d(), Conv2d(2, 2, 1), Sigmoid())), (2, 3, 3)),
    "gated-cells": (Gated(Sigmoid()), (2, 3, 3)),
    "parallel": (Parallel(Conv2d(2, 3, 1), Sequential(Conv2d(2, 1, 3, padding=1), ReLU())), (2, 4, 4)),
    "conv1d": (Conv1d(2, 4, 3, 2, 1, groups=2), (2, 7)),
    "conv3d": (Conv3d(2, 3, (2, 3, 1), padding=(1, 0, 0)), (2, 3, 4, 3)),
    "conv1d-transpose": (ConvTranspose1d(2, 3, 3, 2, 1, 1), (2, 4)),
    "conv3d-transpose": (ConvTranspose3d(2, 2, 2, 2), (2, 2, 3, 2)),
    "depthwise": (Conv2d(3, 6, 3, padding=1, groups=3), (3, 4, 5)),
    "max-pool1d": (MaxPool1d(3, 2, 1), (2, 7)),
    "max-pool3d": (MaxPool3d((1, 2, 2)), (2, 3, 4, 4)),
    "max-pool-sides": (MaxPool2d(2, 1, ((0, 1), (1, 0))), (2, 3, 4)),
    "avg-pool1d": (AvgPool1d(3, 1, ((0, 2),)), (2, 6)),
    "avg-pool3d": (AvgPool3d(2), (2, 4, 4, 2)),
    "global-max": (GlobalMaxPool2d(), (2, 3, 4)),
    "leaky": (LeakyReLU(0.2), (4,)),
    "elu": (ELU(0.7), (4,)),
    "gelu": (GELU(), (4,)),
    "softplus": (Softplus(), (4,)),
    "log-softmax": (LogSoftmax(), (4,)),
    "group-norm": (GroupNorm(2, 4), (4, 3, 2)),
    "instance-norm": (GroupNorm(3, 3), (3, 7)),
    "layer-norm": (LayerNorm((3, 2)), (4, 3, 2)),
    "prelu": (PReLU((3, 1, 1)), (3, 2, 2)),
    "scaled": (Arithmetic("multiply", (3, 1, 1)), (3, 2, 2)),
    "fixed": (Fixed((2, 3)), (4,)),
    "linear-last": (Linear(4, 3), (2, 3, 4)),
    "wired": (
        Graph(
            {
                "conv": (Conv2d(2, 2, 3, padding=1), [""]),
                "tanh": (Tanh(), ["conv"]),
                "times": (Elementwise("multiply"), ["conv", "tanh"]),
                "both": (Concat(), ["times", "", "tanh"]),
            }
        ),
        (2, 3, 4),
    ),
    "network": (
        Sequential(
            Conv2d(1, 2, 3, padding=1, bias=False), BatchNorm2d(2), ReLU(), MaxPool2d(2), Flatten(), Linear(8, 3)
        ),
        (1, 4, 4),
    ),
}


@pytest.mark.few(56)
@pytest.mark.parametrize("training", [False, True], ids=["afterwards", "training"])
@pytest.mark.parametrize(("layer", "shape"), LAYERS.values(), ids=LAYERS)
def test_gradients_are_the_differences_of_the_output(layer, shape, training):
    assert check_gradients(layer, shape, training=training) < 1e-6


def test_the_check_of_gradients_finds_a_wrong_one():
    class Wrong(ReLU):
        def pull(self, dy, x):
            return dy * 1.0005 * (x > 0), {}

    with pytest.raises(GradientError):
        check_gradients(Sequential(Linear(4, 3), Wrong()), (4,))


@pytest.mark.parametrize(("layer", "shape"), LAYERS.values(), ids=LAYERS)
def test_the_shape_that_is_said_is_the_shape_that_comes(layer, shape):
    layer.initialize(0)
    x = np.random.default_rng(0).standard_normal((2, *shape)).astype(np.float32)
    y = layer.forward(x)
    assert y.shape == (2, *layer.output_shape(shape))
    assert y.dtype == np.float32
    record = layer.forward(x, record=True)
    np.testing.assert_array_equal(record.output, y)
    assert layer.backward(np.ones_like(y), record).input.dtype == np.float32


def test_a_network_is_the_nested_loops_one_after_the_other():
    network = Sequential(Conv2d(2, 3, 3, 2, 1), ReLU(), MaxPool2d(2), Flatten(), Linear(12, 4), Softmax())
    network.initialize(5, dtype=np.float64)
    x = np.random.default_rng(6).standard_normal((2, 2, 8, 8))
    values = {name: parameter.values for name, parameter in network.parameters().items()}
    y = helpers.conv(x, values["0.weight"], values["0.bias"], stride=2, padding=1)
    y = helpers.max_pool(np.maximum(y, 0), 2)
    y = helpers.linear(np.reshape(y, (2, -1)), values["4.weight"], values["4.bias"])
    np.testing.assert_allclose(network.forward(x), helpers.softmax(np.asarray(y)), rtol=1e-12)


def test_a_batch_norm_moves_its_running_values_only_in_training():
    layer = BatchNorm2d(1, momentum=0.5)
    layer.initialize(0, dtype=np.float64)
    x = np.array([1.0, 3.0]).reshape(2, 1, 1, 1)
    layer.forward(x)
    assert layer.own["running_mean"].values.tolist() == [0.0]
    layer.forward(x, training=True)
    assert layer.own["running_mean"].values.tolist() == [1.0]  # half way from 0 to 2
    assert layer.own["running_var"].values.tolist() == [1.5]  # half way from 1 to (1 + 1) / (2 - 1)
    layer.freeze()
    layer.forward(x, training=True)
    assert layer.own["running_mean"].values.tolist() == [1.0]


def test_dropout_differs_between_layers_and_seeds_and_not_for_one_seed():
    network = Sequential(Dropout(), Dropout())
    x = np.ones((1, 50))
    first = network.forward(x, True, training=True, seed=1)
    assert np.array_equal(first.output, network.forward(x, training=True, seed=1))
    assert not np.array_equal(first.output, network.forward(x, training=True, seed=2))
    assert not np.array_equal(first["0"].output > 0, network.layers["1"].forward(x, training=True, seed=1) > 2)
    assert first["0"].saved != first["1"].saved


@pytest.mark.parametrize("scheme", ["he_normal", "he_uniform", "glorot_normal", "glorot_uniform"])
def test_first_weights_have_the_spread_that_keeps_signals_alive(scheme):
    layer = Conv2d(16, 64, 5, groups=2)
    layer.initialize(0, scheme=scheme)
    fan_in, fan_out = 8 * 25, 32 * 25
    variance = 2 / fan_in if scheme.startswith("he") else 2 / (fan_in + fan_out)
    weight = layer.own["weight"].values
    assert weight.dtype == np.float32
    assert abs(weight.mean()) < 0.05 * variance**0.5
    assert weight.var() == pytest.approx(variance, rel=0.05)
    assert not layer.own["bias"].values.any()


def test_a_generator_goes_on_where_it_was():
    one, two = Linear(3, 3), Linear(3, 3)
    generator = np.random.default_rng(7)
    one.initialize(generator)
    two.initialize(generator)
    assert not np.array_equal(one.own["weight"].values, two.own["weight"].values)
    again = Linear(3, 3)
    again.initialize(7)
    assert np.array_equal(one.own["weight"].values, again.own["weight"].values)


def test_a_record_has_every_number_by_name():
    network = Sequential({"stem": Conv2d(1, 2, 3), "block": Residual(Sequential(ReLU()))})
    network.initialize(0)
    x = np.random.default_rng(0).standard_normal((1, 1, 4, 4)).astype(np.float32)
    record = network.forward(x, record=True)
    assert [child.name for child in record] == ["stem", "block"]
    assert record["block.body.0"].input is record["stem"].output
    gradients = network.backward(np.ones_like(record.output), record)
    assert set(gradients.parameters()) == {"stem.weight", "stem.bias"}
    np.testing.assert_array_equal(gradients["block"].input, 1 + (record["stem"].output > 0))
    with says(OptionError, "network: expected the name of a layer (stem, block), got 'pool'; choose one"):
        record["pool"]


# What is refused


def test_whole_texts_of_what_is_refused():
    network = Sequential({"conv": Conv2d(3, 4, 3), "flat": Flatten(), "dense": Linear(16, 2)})
    x = np.zeros((1, 3, 4, 4), np.float32)
    with says(
        OptionError,
        "Conv2d: expected weights, got none yet; call network.initialize(seed) or network.load(path) first",
    ):
        network.forward(x)
    network.initialize(0)
    with says(
        ShapeError,
        "conv: Conv2d: expected an input of C=3 channels, got (C=1, H=4, W=4); "
        "change in_channels to 1 or the layer before",
    ):
        network.forward(x[:, :1])
    with says(
        ShapeError,
        "dense: Linear: expected 16 features, got 36; change in_features to 36, or the size of the input",
    ):
        network.forward(np.zeros((1, 3, 5, 5), np.float32))
    with says(
        ShapeError,
        "Sequential: expected x as a batch (N, ...) with at least one cell along every axis, got shape (0, 3, 4, 4); "
        "add the missing axis in front with x[None]",
    ):
        network.forward(x[:0])
    record = network.forward(x, record=True)
    with says(
        OptionError,
        "Conv2d.backward: expected a record of this network, got one of another Sequential; "
        "give what its own forward(x, record=True) returned",
    ):
        network["conv"].backward(x, record)
    with says(
        OptionError, "Sequential.initialize: expected dtype as float32 or float64, got int64; choose one of them"
    ):
        network.initialize(0, dtype=np.int64)
    with says(
        ShapeError,
        "Linear: expected a flat input of 4 features, got shape (1, 2, 2); put Flatten() before it",
    ):
        Linear(4, 1).output_shape((1, 2, 2))
    with says(
        ShapeError,
        "Residual: expected body and shortcut to give one shape, got (4, 2, 2) and (3, 4, 4); "
        "give a shortcut such as Conv2d(3, 4, 1, stride=...)",
    ):
        Residual(Conv2d(3, 4, 3)).output_shape((3, 4, 4))
    with says(
        ShapeError,
        "Parallel: expected branches that give maps of one size, got 0 (4, 4, 4), 1 (4, 2, 2); "
        "change padding or stride",
    ):
        Parallel(Conv2d(3, 4, 1), Conv2d(3, 4, 3)).output_shape((3, 4, 4))
    with says(
        ShapeError,
        "Gated: expected a gate of the input's shape (3, 4, 4) or with sizes of 1, got (4, 4, 4); "
        "give as many channels as go in",
    ):
        Gated(Conv2d(3, 4, 1)).output_shape((3, 4, 4))
    with says(
        ShapeError,
        "Conv2d: expected groups to divide in_channels=3 and out_channels=4, got groups=2; choose a divisor of both",
    ):
        Conv2d(3, 4, 3, groups=2)
    with says(OptionError, "Sequential: expected names without a dot, got 'a.b'; choose another"):
        Sequential({"a.b": ReLU()})
    with says(OptionError, "Sequential: expected at least one layer, got none; give some"):
        Sequential()
    with says(
        OptionError,
        "Sequential: expected layers, or one mapping from names to layers, got int; "
        "write Sequential(ReLU(), ...) or Sequential({'relu': ReLU()})",
    ):
        Sequential(ReLU(), 3)
