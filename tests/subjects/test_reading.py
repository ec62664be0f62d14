"""One number of each layer, followed through: each made of the one before, and equal to nested loops."""

import numpy as np
import pytest

from cnnviz.data.split import digits_split
from cnnviz.nn import zoo
from cnnviz.subjects.reading import read
from tests import helpers

TEST = digits_split().test


@pytest.fixture(scope="module")
def network():
    return zoo.tiny_cnn(pretrained=True)


@pytest.fixture(scope="module", params=[0, 5, 326])
def reading(request, network):
    return read(network, TEST.images[request.param, 0] * 16, int(TEST.labels[request.param]))


@pytest.fixture(scope="module")
def loops(reading, network):
    """Every layer in nested loops, from ink to shares."""
    weights = {name: p.array("test").astype(float) for name, p in network.parameters().items()}
    maps = {"input": reading.ink[None, None] / 16}
    for before, name in (("input", "1"), ("relu1", "2")):
        sums = helpers.conv(maps[before], weights[f"conv{name}.weight"], weights[f"conv{name}.bias"], padding=1)
        maps[f"conv{name}"], maps[f"relu{name}"] = sums, np.where(sums > 0, sums, 0)
    maps["pool1"] = helpers.max_pool(maps["relu2"], (2, 2))
    maps["flatten1"] = np.array([[maps["pool1"][0, c, i, j] for c in range(16) for i in range(4) for j in range(4)]])
    maps["dense1"] = helpers.linear(maps["flatten1"], weights["dense1.weight"], weights["dense1.bias"])
    return {name: values[0] for name, values in maps.items()} | {"shares": helpers.softmax(maps["dense1"])[0]}


def test_every_layer_equals_nested_loops(reading, loops):
    for layer in ("relu1", "relu2", "pool1", "flatten1", "dense1"):
        assert reading.maps(layer) == pytest.approx(loops[layer], abs=2e-5), layer
    assert reading.scores == pytest.approx(loops["dense1"], abs=2e-5)
    assert reading.shares == pytest.approx(loops["shares"], abs=1e-5)
    assert reading.answer == int(np.argmax(loops["shares"]))


def test_the_thread_is_one_number_after_the_other(reading, loops):
    thread = reading.thread()
    assert max(thread.second.result, 0) == pytest.approx(loops["relu2"].max(), abs=2e-5)
    assert thread.second.result == pytest.approx(loops["conv2"][thread.second.output_index], abs=2e-5)
    # The first number is the largest that the second one sees.
    _, row, column = thread.second.output_index
    around = loops["relu1"][:, max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2]
    assert loops["relu1"][thread.first.output_index] == pytest.approx(around.max())
    assert thread.first.result == pytest.approx(loops["conv1"][thread.first.output_index], abs=2e-5)
    # The pooled one is in the place that the second one wins.
    channel, i, j = thread.pooled.output_index
    assert (channel, i, j) == (thread.second.output_index[0], row // 2, column // 2)
    assert thread.pooled.result == pytest.approx(loops["pool1"][channel, i, j], abs=2e-5)
    assert thread.pooled.argmax == (row, column)
    assert loops["flatten1"][thread.place] == loops["pool1"][channel, i, j]
    assert thread.dense.result == pytest.approx(loops["dense1"][reading.answer], abs=2e-5)


def test_partial_sums_of_the_dense_layer_are_map_by_map(reading, network, loops):
    weight = network.parameters()["dense1.weight"].array("test").astype(float)
    for digit in (0, reading.answer):
        for channel in (0, 7, 15):
            span = slice(16 * channel, 16 * channel + 16)
            expected = sum(a * b for a, b in zip(loops["flatten1"][span], weight[digit, span], strict=True))
            assert reading.parts()[digit, channel] == pytest.approx(expected, abs=2e-5)


def test_a_picture_without_ink_has_a_thread_too(network):
    reading = read(network, np.zeros((8, 8)))
    thread = reading.thread()
    assert not reading.right
    assert thread.first.values.tolist() == np.zeros((1, 3, 3)).tolist()
