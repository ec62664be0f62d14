"""A network for sequences is one for pictures of one row: the same numbers, forward and back."""

import numpy as np
import pytest

from cnnviz.errors import OptionError
from cnnviz.nn import (
    AvgPool1d,
    BatchNorm2d,
    Conv1d,
    ConvTranspose1d,
    Flatten,
    Gated,
    GlobalAvgPool2d,
    Graph,
    GroupNorm,
    LayerNorm,
    Linear,
    MaxPool1d,
    Parallel,
    ReLU,
    Residual,
    Sequential,
    Sigmoid,
    in_one_row,
)
from cnnviz.nn.arithmetic import Arithmetic
from cnnviz.nn.cutting import Pad, Slice
from cnnviz.nn.merge import Concat, Elementwise, MatMul
from cnnviz.nn.pointwise import PReLU
from cnnviz.nn.reduce import Reduce
from cnnviz.nn.resize import Resize
from cnnviz.nn.shaping import Permute, Reshape

LAYERS = {
    "conv": Conv1d(4, 6, 5, 2, 2, 1, 2),
    "conv, uneven": Conv1d(4, 2, 4, padding=[(3, 1)], dilation=2, bias=False),
    "conv, same": Conv1d(4, 2, 3, padding="same"),
    "conv, reflect": Conv1d(4, 2, 3, padding=1, padding_mode="reflect"),
    "transposed": ConvTranspose1d(4, 2, 4, 3, 1, 2, 2),
    "max": MaxPool1d(3, 2, 1, ceil_mode=True),
    "avg": AvgPool1d(3, 2, 1, count_include_pad=False),
    "global": Sequential(GlobalAvgPool2d(), Flatten(), Linear(4, 3)),
    "batch norm": BatchNorm2d(4),
    "group norm": GroupNorm(2, 4),
    "layer norm": LayerNorm((4, 12)),
    "prelu": PReLU((4, 1)),
    "plus": Arithmetic("multiply", (4, 1)),
    "slice": Slice(((0, None, 1), (1, 11, 2))),
    "pad": Pad(((0, 0), (2, 1))),
    "resize": Resize((24,), (2.0,)),
    "turned": Sequential(Permute((2, 1)), Linear(4, 5), Permute((2, 1))),
    "mean": Sequential(Reduce("mean", (2,), keepdim=False), Linear(4, 2)),
    "a picture of it": Sequential(Reshape((2, 4, 6)), Reshape((4, 12)), ReLU()),
    "block": Residual(Sequential(Conv1d(4, 4, 3, padding=1), ReLU())),
    "gate": Gated(Sequential(GlobalAvgPool2d(), Conv1d(4, 4, 1), Sigmoid())),
    "side by side": Parallel(Conv1d(4, 2, 1), MaxPool1d(3, 1, 1)),
    "wired": Graph(
        {
            "a": (Conv1d(4, 4, 3, padding=1), [""]),
            "long": (Concat(2), ["a", ""]),
            "cut": (Slice(((0, None, 1), (6, 18, 1))), ["long"]),
            "sum": (Elementwise("add"), ["cut", "a"]),
            "turned": (Permute((2, 1)), ["a"]),
            "attention": (MatMul(), ["sum", "turned"]),
        }
    ),
}


@pytest.mark.parametrize("name", LAYERS)
def test_every_number_and_gradient_is_the_same(name):
    network = Sequential({"first": Conv1d(4, 4, 1), "layer": LAYERS[name]})
    network.initialize(2, dtype=np.float64)
    network.input_shape = (4, 12)
    row = in_one_row(network)
    x = np.random.default_rng(0).normal(size=(2, 4, 12))
    record, laid = network.forward(x, True), row.forward(x[:, :, None], True)
    assert laid.output.ndim == (4 if record.output.ndim == 3 else record.output.ndim)
    np.testing.assert_allclose(laid.output.reshape(record.output.shape), record.output, rtol=1e-12, atol=1e-12)
    assert row.output_shape((4, 1, 12)) == laid.output.shape[1:]
    assert row.macs((4, 1, 12)) == network.macs((4, 12))
    dy = np.random.default_rng(1).normal(size=record.output.shape)
    back, again = network.backward(dy, record), row.backward(dy.reshape(laid.output.shape), laid)
    np.testing.assert_allclose(again.input[:, :, 0], back.input, rtol=1e-10, atol=1e-12)
    found = again.parameters()
    assert set(found) == set(back.parameters())
    for own, gradient in back.parameters().items():
        np.testing.assert_allclose(found[own].reshape(gradient.shape), gradient, rtol=1e-10, atol=1e-12)


def test_names_stay_and_fields_are_rows():
    network = Sequential(
        {"conv": Conv1d(1, 2, 7, 2, 3), "block": Residual(Conv1d(2, 2, 3, padding=1)), "pool": MaxPool1d(2)}
    )
    network.input_shape = (1, 32)
    rows = in_one_row(network).summary((1, 1, 32)).rows
    assert [row.name for row in rows] == [row.name for row in network.summary((1, 32)).rows]
    assert [row.receptive_field for row in rows] == [(1, 7), (1, 11), (1, 11), (1, 13)]


def test_only_sequences():
    network = Sequential(ReLU())
    network.input_shape = (3, 8, 8)
    with pytest.raises(OptionError) as caught:
        in_one_row(network)
    assert str(caught.value) == (
        "in_one_row: expected a network that reads sequences (C, L), got an input of (3, 8, 8)"
    )
