"""Softmax and cross-entropy, read back from the picture: columns, bars and formulas are those of plain sums."""

import math

import numpy as np
import pytest

from cnnviz.engine.ops.softmax import softmax as usual
from cnnviz.errors import OptionError
from cnnviz.render.catalog import find, load_scene
from cnnviz.subjects import Softmax
from cnnviz.subjects import softmax as module
from tests import helpers
from tests.engine.says import says
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch

ENTRY = find("ch06-s04-softmax")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CASES = {
    "usual": {},
    "far": {"scores": "-10,10,3.5,0.25,-1", "label": 0, "constant": -3.5, "aspect": "9:16", "theme": "light"},
    "two": {"scores": "1,1", "label": "1", "aspect": "1:1"},
}


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request):
    return request.param, watch(SCENE, **request.param)


def columns(scores, label):
    """Score, power, share, loss and gradient of each class, by nested loops."""
    shares = helpers.softmax(np.array([scores]))[0].tolist()
    losses = [helpers.cross_entropy(np.array([scores]), [right]) for right in range(len(scores))]
    gradient = [share - (row == label) for row, share in enumerate(shares)]
    return [scores, [math.exp(score) for score in scores], shares, [float(loss) for loss in losses], gradient]


def given(options):
    scores = [float(text) for text in options.get("scores", "2,1,0,-1").split(",")]
    return scores, int(options.get("label", 1)), float(options.get("constant", 5))


def still_with(watched, sentence):
    return [still for still in watched.pictures if still.beat and sentence in still.beat.text][-1]


def check_columns(still, expected):
    drawn = [sheet for sheet in still.grids if sheet.texts]
    assert len(drawn) == len(expected)
    for sheet, values in zip(drawn, expected, strict=True):
        assert len(sheet.texts) == len(values)
        assert all(near(text, values[row]) for (row, _), text in sheet.texts.items())


def check(options, watched):
    scores, label, constant = given(options)
    all_five = columns(scores, label)
    check_columns(still_with(watched, "divided by the sum"), all_five[:3])
    moved = columns([score + constant for score in scores], label)
    check_columns(still_with(watched, "The shares stay"), [*moved[:2], all_five[2]])
    check_columns(still_with(watched, "The gradient of each score"), all_five)
    for _ in range(10):
        scores = [score - down for score, down in zip(scores, columns(scores, label)[-1], strict=True)]
    check_columns(watched.stills[-1], columns(scores, label))
    (mark,) = watched.stills[-1].marks
    assert tuple(mark.cell) == (label, 0)


def test_columns_are_those_of_plain_sums(case):
    check(*case)


def test_nothing_is_wrong_with_own_numbers(case):
    assert not findings(case[1])


def test_bars_are_as_long_as_the_shares(case):
    options, watched = case
    bars = watched.scene.bars
    for row, share in enumerate(watched.scene.subject.steps[-1].shares):
        points = bars.rectangles[row].points
        assert np.ptp(points[:, 0]) == pytest.approx(bars.length * share)
    assert bars.best == given(options)[1]


def test_shares_without_their_sum_would_be_noticed(monkeypatch):
    monkeypatch.setattr(module, "softmax", lambda x: usual(x) * 0.9)
    with pytest.raises(AssertionError):
        check({}, watch(SCENE))


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"scores": "1,11"}, "scores: expected numbers from -10 to 10, got larger ones"),
        ({"constant": -20}, "constant: expected numbers from -10 to 10, got larger ones"),
        ({"scores": "1,2", "label": 2}, "label: expected one of the classes 0 to 1, got 2; give it a score"),
    ],
)
def test_what_is_refused(options, text):
    with says(OptionError, text):
        Softmax(**options)
