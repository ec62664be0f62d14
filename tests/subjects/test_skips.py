"""What skips add and what was measured with them."""

import json
import statistics

import numpy as np
import pytest

from cnnviz.errors import InputError
from cnnviz.nn.experiments import find, measured
from cnnviz.nn.experiments.catalog import FOLDER
from cnnviz.subjects import Skips
from tests.engine.says import says


@pytest.fixture(scope="module")
def shipped():
    return Skips()


def test_numbers_are_those_of_the_file(shipped):
    gradients, errors = json.loads((FOLDER / "depth.json").read_text("utf-8"))["charts"]
    for series in gradients["series"]:
        means = [statistics.fmean(point["values"]) for point in series["points"] if point["at"] >= 2]
        assert shipped.gradients[series["label"]] == pytest.approx(means)
        assert len(means) == 32
    for series in errors["series"]:
        for point in series["points"]:
            mean = 100 * statistics.fmean(point["values"])
            assert shipped.error(series["label"], point["at"]) == pytest.approx(mean, abs=0.05)


def test_a_block_adds_what_comes_in(shipped):
    assert shipped.x.shape == shipped.change.shape == shipped.y.shape == (4, 4)
    for cell in np.ndindex(4, 4):
        assert shipped.y[cell] == pytest.approx(shipped.x[cell] + shipped.change[cell], abs=1e-6)
    assert shipped.x.min() >= 0  # behind a ReLU
    assert shipped.change.min() < 0 < shipped.change.max()


def test_ones_own_run_is_told():
    result = find("depth").run((0, 3), quick=True)
    own = Skips(run=result)
    assert own.depths == (3.0, 5.0)
    assert [len(values) for values in own.gradients.values()] == [4] * 4


def test_another_experiment_is_refused():
    with says(
        InputError, "run: expected what `cnnviz experiment depth --json` writes, got a result of transfer; run it again"
    ):
        Skips(run=measured("transfer"))
