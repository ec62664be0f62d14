"""The numbers about transfer are those of the experiment, and the counts those of its network."""

import json
import statistics

import numpy as np
import pytest

from cnnviz.data.split import digits_split
from cnnviz.errors import InputError
from cnnviz.nn.experiments import find, measured
from cnnviz.nn.experiments.catalog import FOLDER
from cnnviz.subjects import Transfer
from tests.engine.says import says


@pytest.fixture(scope="module")
def shipped():
    return Transfer()


def test_means_and_wins_are_those_of_the_file(shipped):
    (chart,) = json.loads((FOLDER / "transfer.json").read_text("utf-8"))["charts"]
    means = {s["label"]: {p["at"]: statistics.fmean(p["values"]) for p in s["points"]} for s in chart["series"]}
    for size in shipped.sizes:
        for way, at in means.items():
            assert shipped.percent(way, size) == pytest.approx(100 * at[size], abs=0.05)
        assert means["fine-tuned"][size] < means["from scratch"][size]
    assert shipped.wins == 0  # what textbooks do not expect
    assert not any(shipped.differ(size) for size in shipped.sizes)


def test_counts_are_those_of_the_layers(shipped):
    assert shipped.filters == 8 * (9 + 1) + 16 * (8 * 9 + 1)
    assert shipped.head == 5 * (16 * 4 * 4 + 1)
    assert shipped.trained("frozen").tolist() == shipped.trained("frozen, never trained").tolist() == [[0, 1285]]
    assert shipped.trained("fine-tuned").tolist() == shipped.trained("from scratch").tolist() == [[1248, 1285]]


def test_each_column_of_digits_is_of_one_kind(shipped):
    train = digits_split().train
    for sheet, first in ((shipped.before, 0), (shipped.after, 5)):
        assert sheet.shape == (37, 46)
        for row, column in np.ndindex(4, 5):
            digit = sheet[9 * row + 1 : 9 * row + 9, 9 * column + 1 : 9 * column + 9]
            (place,) = np.flatnonzero((train.images[:, 0] == digit).all(axis=(1, 2)))
            assert train.labels[place] == first + column


def test_ones_own_run_is_told():
    own = Transfer(run=find("transfer").run((0, 3), quick=True))
    assert (own.sizes, own.seeds) == ((2.0,), 2)


def test_another_experiment_is_refused():
    text = "run: expected what `cnnviz experiment transfer --json` writes, got a result of depth; run it again"
    with says(InputError, text):
        Transfer(run=measured("depth"))
