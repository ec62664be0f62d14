"""One number of each layer, followed through: each made of the one before, and equal to nested loops."""

import numpy as np
import pytest

from cnnviz.data.split import digits_split
from cnnviz.nn import load, zoo
from cnnviz.subjects.reading import follow
from tests import helpers

TEST = digits_split().test


@pytest.fixture(scope="module")
def network():
    return zoo.tiny_cnn(pretrained=True)


@pytest.fixture(scope="module", params=[0, 5, 326])
def loops(request, network):
    """Every layer of a digit in nested loops, from the picture to scores."""
    weights = {name: p.array("test").astype(float) for name, p in network.parameters().items()}
    maps = {"input": TEST.images[request.param][None].astype(float)}
    for before, name in (("input", "1"), ("relu1", "2")):
        sums = helpers.conv(maps[before], weights[f"conv{name}.weight"], weights[f"conv{name}.bias"], padding=1)
        maps[f"conv{name}"], maps[f"relu{name}"] = sums, np.where(sums > 0, sums, 0)
    maps["pool1"] = helpers.max_pool(maps["relu2"], (2, 2))
    maps["flatten1"] = np.array([[maps["pool1"][0, c, i, j] for c in range(16) for i in range(4) for j in range(4)]])
    maps["dense1"] = helpers.linear(maps["flatten1"], weights["dense1.weight"], weights["dense1.bias"])
    return {name: values[0] for name, values in maps.items()}


def test_the_thread_is_one_number_after_the_other(network, loops):
    record = network.forward(loops["input"][None].astype(np.float32), True)
    answer = int(np.argmax(loops["dense1"]))
    thread = follow(record, answer)
    first, second = thread.convs
    assert second.outcome == pytest.approx(loops["relu2"].max(), abs=2e-5)
    assert second.trace.at(second.cell).result == pytest.approx(loops["conv2"][second.cell], abs=2e-5)
    assert (first.squashed, second.squashed) == ("ReLU", "ReLU")
    # The first number is the largest that the second one sees.
    _, row, column = second.cell
    around = loops["relu1"][:, max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2]
    assert loops["relu1"][first.cell] == pytest.approx(around.max())
    assert first.trace.at(first.cell).result == pytest.approx(loops["conv1"][first.cell], abs=2e-5)
    # The pooled one is in the place that the second one wins.
    assert thread.pool.cell == (second.cell[0], row // 2, column // 2)
    assert thread.pool.outcome == pytest.approx(loops["pool1"][thread.pool.cell], abs=2e-5)
    assert thread.pool.trace.at(thread.pool.cell).argmax == (row, column)
    maps, cell = thread.flattened
    assert cell == thread.pool.cell
    assert maps[cell] == pytest.approx(loops["flatten1"][np.ravel_multi_index(cell, maps.shape)], abs=2e-5)
    assert thread.dense.result == pytest.approx(loops["dense1"][answer], abs=2e-5)


def test_a_picture_without_ink_has_a_thread_too(network):
    thread = follow(network.forward(np.zeros((1, 1, 8, 8), np.float32), True), 0)
    first = thread.convs[0]
    assert first.trace.at(first.cell).values.tolist() == np.zeros((1, 3, 3)).tolist()


def test_layers_that_do_not_follow_on_each_other_show_their_strongest():
    network = load("1x12x12 > conv 3 k3 > pool 2 > conv 4 k3 s2 g1 > bn > relu > flatten")
    network.initialize(1)
    x = np.random.default_rng(0).random((1, 1, 12, 12), np.float32)
    record = network.forward(x, True)
    thread = follow(record, None)
    first, second = thread.convs
    assert first.cell == np.unravel_index(record["conv1"].output.argmax(), (3, 10, 10))
    assert second.maps is not None
    assert second.squashed == "batch norm, ReLU"
    assert second.outcome == record["relu1"].output.max()
    assert thread.pool.cell == np.unravel_index(record["pool1"].output.argmax(), (3, 5, 5))
    assert thread.dense is None
