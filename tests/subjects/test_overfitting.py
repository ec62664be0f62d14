"""The numbers about overfitting are those of the experiment, recomputed; one's own run is read with care."""

import json
import math
import statistics
from itertools import pairwise

import numpy as np
import pytest

from cnnviz.data.source import shown
from cnnviz.data.split import digits_split
from cnnviz.errors import InputError, OptionError
from cnnviz.nn.experiments import find, measured
from cnnviz.nn.experiments.catalog import FOLDER
from cnnviz.subjects import Overfitting
from tests.engine.says import says

WROTE = "run: expected what `cnnviz experiment overfitting --json` writes, got "


@pytest.fixture(scope="module")
def shipped():
    return Overfitting()


def test_losses_are_the_means_of_the_file(shipped):
    whole = json.loads((FOLDER / "overfitting.json").read_text("utf-8"))
    for mine, series in zip((shipped.known, shipped.asked), whole["charts"][3]["series"], strict=True):
        assert mine == pytest.approx([statistics.fmean(point["values"]) for point in series["points"]])
    assert shipped.epochs[0] == 0
    assert len({b - a for a, b in pairwise(shipped.epochs)}) == 1
    assert shipped.asked[shipped.best] == min(shipped.asked)
    assert not shipped.rises  # what textbooks expect and the measurement does not show


def test_what_is_better_than_nothing_is_so_by_more_than_either_spread(shipped):
    assert (shipped.better(5.0), shipped.better(20.0)) == ((), ("dropout", "augmentation"))


def test_the_digits_are_five_of_each_from_those_to_learn_from(shipped):
    train = digits_split().train
    labels = []
    for digit in shipped.digits:
        (place,) = np.flatnonzero((train.images[:, 0] == digit).all(axis=(1, 2)))
        labels.append(int(train.labels[place]))
    assert sorted(labels) == sorted(list(range(10)) * 5)
    assert shipped.unseen.shape == shipped.digits.shape == shipped.moved.shape


def test_what_is_read_right_is_that_of_each_epoch(shipped):
    assert len(shipped.right) == len(shipped.epochs)
    known, asked = shipped.right[-1]
    assert (len(known), len(asked)) == (50, 50)
    assert known.all()
    assert sum(asked) < 45


def test_dropout_drops_some_and_divides_the_others(shipped):
    for y in shipped.dropped:
        kept = y != 0
        assert 0 < kept.sum() < len(y)
        assert y[kept].tolist() == pytest.approx([value / 0.7 for value in shipped.hidden[kept].tolist()], abs=0.005)


def test_ones_own_run_is_told(tmp_path):
    result = find("overfitting").run((0, 3), quick=True)
    path = tmp_path / "run.json"
    path.write_text(result.json(), "utf-8")
    own = Overfitting(run=path)
    assert own.seeds == 2
    assert (own.few, own.more) == (2.0, 2.0)
    assert own.asked == pytest.approx([point.mean for point in result.charts[3].series[1].points])
    assert Overfitting(run=result).asked == own.asked


def broken():
    """Files that are nearly right."""
    whole = json.loads(measured("overfitting").json())
    yield "[]"
    yield "{"
    yield "[" * 100_000
    yield json.dumps({**whole, "name": "transfer"})
    yield json.dumps({**whole, "charts": whole["charts"][:3]})
    yield json.dumps({**whole, "seeds": [0, 1]})
    for value in ("much", math.nan, None):
        spoiled = json.loads(json.dumps(whole))
        spoiled["charts"][0]["series"][1]["points"][0]["values"][2] = value
        yield json.dumps(spoiled)
    renamed = json.loads(json.dumps(whole))
    renamed["charts"][0]["series"][1]["label"] = "drop"
    yield json.dumps(renamed)


@pytest.mark.parametrize("text", list(broken()))
def test_a_file_that_is_none_is_refused_in_one_line(text, tmp_path):
    path = tmp_path / "run.json"
    path.write_text(text, "utf-8")
    with says(InputError, f"{WROTE}{shown(str(path))}; run it again"):
        Overfitting(run=path)


def test_what_is_no_file_is_refused(tmp_path):
    missing = tmp_path / "no.json"
    with says(OptionError, "run: expected a file or a result, got int; name a JSON file"):
        Overfitting(run=3)
    with says(InputError, f"run: expected a file, got {shown(str(missing))}, which does not exist; check the path"):
        Overfitting(run=missing)
    with says(InputError, f"{WROTE}a result of transfer; run it again"):
        Overfitting(run=measured("transfer"))
