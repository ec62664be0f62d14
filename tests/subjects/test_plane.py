"""The recorded plane is that of the small network: losses, gradients and ways are computed again, otherwise."""

import json
import statistics

import numpy as np
import pytest

from cnnviz.data.split import digits_split
from cnnviz.errors import InputError
from cnnviz.nn import evaluate, zoo
from cnnviz.nn.experiments.catalog import FOLDER
from cnnviz.nn.zoo.tiny import SEED
from cnnviz.subjects import Optimizers, plane
from tests.engine.says import says

ENDS = np.linspace(*plane.REACH, plane.SIDE)


@pytest.fixture(scope="module")
def recorded():
    return plane.recorded()


@pytest.fixture(scope="module")
def field():
    return plane.Field()


def weights(network):
    return {name: parameter.array("test").astype(float) for name, parameter in network.parameters().items()}


def first(seed):
    network = zoo.tiny_cnn()
    network.initialize(seed)
    return weights(network)


def along(a, b):
    return sum(float((a[name] * b[name]).sum()) for name in a)


def loss_at(x, y):
    """The loss at a point of the plane, with axes made name by name and not from one long row."""
    network = zoo.tiny_cnn(pretrained=True)
    trained = weights(network)
    one, two = ({name: values - trained[name] for name, values in first(seed).items()} for seed in (SEED, SEED + 1))
    length = along(one, one) ** 0.5
    across = {name: values / length for name, values in one.items()}
    part = along(two, across)
    up = {name: values - part * across[name] for name, values in two.items()}
    length = along(up, up) ** 0.5
    for name, parameter in network.parameters().items():
        parameter.values = (trained[name] + x * across[name] + y * up[name] / length).astype(np.float32)
    return evaluate(network, digits_split().train.take(slice(plane.DIGITS))).loss


@pytest.mark.parametrize(("row", "column"), [(0, 0), (24, 24), (17, 7), (3, 20)])
def test_a_cell_is_the_loss_of_the_network_there(recorded, row, column):
    assert recorded.loss[row, column] == pytest.approx(loss_at(ENDS[column], ENDS[24 - row]), rel=1e-3, abs=1e-5)


def test_every_way_begins_at_the_first_weights(recorded):
    assert first(SEED).keys() == weights(zoo.tiny_cnn(pretrained=True)).keys()
    network = zoo.tiny_cnn()
    network.initialize(SEED)
    loss = evaluate(network, digits_split().train.take(slice(plane.DIGITS))).loss
    for name in plane.WAYS:
        assert recorded.way(name)[0, 2] == pytest.approx(loss, rel=1e-4)


def test_steps_of_plain_descent_go_against_the_slope(recorded, field):
    """The slope from differences of losses, twice as far apart as the steps of rounding allow."""
    h = 0.02
    for name, rate in (("SGD 0.3", 0.3), ("SGD 3", 3.0)):
        way = recorded.way(name)
        for step in (0, 6):
            at = way[step, :2]
            slope = [(field.loss(at + h * e) - field.loss(at - h * e)) / (2 * h) for e in np.eye(2)]
            assert (way[step, :2] - way[step + 1, :2]) / rate == pytest.approx(slope, rel=0.03, abs=2e-3)


def test_momentum_and_adam_remember(recorded):
    plain, momentum = recorded.way("SGD 0.3")[:, :2], recorded.way("momentum 0.3")[:, :2]
    assert momentum[1].tolist() == pytest.approx(plain[1].tolist())
    moves = np.diff(momentum, axis=0)
    assert np.linalg.norm(moves[1]) == pytest.approx(1.9 * np.linalg.norm(moves[0]), rel=0.05)
    adam = np.diff(recorded.way("Adam 0.3")[:, :2], axis=0)
    assert np.abs(adam[0]).tolist() == pytest.approx(
        [0.3, 0.3], abs=1e-3
    )  # its first step is the rate, whatever the slope


def test_the_largest_rate_is_given_up(recorded):
    way = recorded.way("SGD 60")
    assert way[-1, 2] > plane.LOST > way[-2, 2]
    assert [len(recorded.way(name)) for name in plane.WAYS] == [31, 31, 3, 31, 31]


@pytest.mark.full
def test_the_script_makes_the_recording_again(recorded):
    made = plane.record()
    assert made.loss == pytest.approx(recorded.loss, rel=1e-2, abs=1e-4)
    for name in ("SGD 0.3", "SGD 3", "momentum 0.3", "Adam 0.3"):
        assert made.way(name) == pytest.approx(recorded.way(name), rel=1e-2, abs=1e-2)


def test_a_changed_file_is_refused(tmp_path, monkeypatch):
    changed = tmp_path / "plane.npz"
    changed.write_bytes(plane.FILE.read_bytes()[:-1] + b"x")
    monkeypatch.setattr(plane, "FILE", changed)
    with says(InputError, "plane: expected the recording that ships with cnnviz, got another file; install it again"):
        plane.recorded()


def test_losses_by_rate_are_those_of_the_file():
    chart = json.loads((FOLDER / "optimizers.json").read_text("utf-8"))["charts"][0]
    mine = Optimizers()
    for losses, series in zip(mine.losses, chart["series"], strict=True):
        means = [statistics.fmean(point["values"]) for point in series["points"]]
        assert losses.tolist() == pytest.approx(means)
        assert mine.best(series["label"]) == means.index(min(means))
    assert mine.rates == tuple(point["at"] for point in chart["series"][0]["points"])
    assert mine.ranking[:2] == ["Nesterov 0.9", "Adam"]
    assert mine.ahead == 2  # 0.0236 ± 0.0048 and 0.0299 ± 0.0078, then 0.053 ± 0.011 and 0.058 ± 0.009
    assert mine.failed


def test_cells_are_where_the_losses_of_a_way_are(recorded):
    mine = Optimizers()
    for name in plane.WAYS:
        for (row, column), (x, y, _) in zip(mine.cells(name), recorded.way(name), strict=True):
            assert ENDS[0] + (24 - row) * (ENDS[1] - ENDS[0]) == pytest.approx(y)
            assert ENDS[0] + column * (ENDS[1] - ENDS[0]) == pytest.approx(x)
