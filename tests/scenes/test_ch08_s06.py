"""Transfer, read back from the picture: what learns in each way, and every seed of what came out."""

import json
import statistics
from functools import cache

import numpy as np
import pytest

from cnnviz.nn.experiments import find as experiment
from cnnviz.nn.experiments.catalog import FOLDER
from cnnviz.nn.experiments.transfer import NETWORK, taught
from cnnviz.nn.experiments.trial import built
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Pairs
from tests.scenes.dots import check_against, check_pairs
from tests.scenes.findings import findings
from tests.scenes.watch import watch

ENTRY = find("ch08-s06-transfer")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
(CHART,) = json.loads((FOLDER / "transfer.json").read_text("utf-8"))["charts"]


@cache
def seen():
    return watch(SCENE)


def said(words):
    """The last picture of the beat with these words."""
    return [still for still in seen().pictures if still.beat and words in still.beat.text][-1]


def check_dots(chart):
    still = seen().stills[-1]
    (pairs,) = (part for part in still.family if isinstance(part, Pairs))
    cases = {f"{point['at']:g} of each": place for place, point in enumerate(chart["series"][0]["points"])}
    assert pairs.cases == [next(iter(cases)), [*cases][-1]]
    check_pairs(
        still,
        pairs,
        {
            case: {each["label"]: each["points"][cases[case]]["values"] for each in chart["series"]}
            for case in pairs.cases
        },
    )
    (compared,), few = pairs.compared, next(iter(cases))
    assert compared == few
    measured = {each["label"]: each["points"][cases[few]]["values"] for each in chart["series"]}
    check_against(still, pairs, few, "from scratch", measured)


def test_every_seed_is_a_dot_at_its_value():
    check_dots(CHART)


def test_a_forged_number_would_be_noticed():
    forged = json.loads(json.dumps(CHART))
    forged["series"][3]["points"][0]["values"][2] += 0.01
    with pytest.raises(AssertionError):
        check_dots(forged)


def networks(still):
    """The grids of each way that are weights, by what stands above them, from the first layer to the last."""
    ways = [part for part in still.family if type(part).__name__ == "Way"]
    return {way.head.title: [*way.body.items[1:]] for way in ways}


def test_what_learns_is_counted_in_each_way_and_the_rest_is_locked():
    still = said("a control")
    under = {}
    for way, (first, _, last) in networks(still).items():
        for grid in (first, last):
            low, (left, right) = grid.box.bottom, (first.box.left, last.box.right)
            beside = [s for s in still.labels if low - 0.5 < s.center[1] < low and left <= s.center[0] <= right + 0.01]
            under[way] = [s.text for s in sorted(beside, key=lambda s: s.center[0])]
    every, kept = ["1,248 learn", "1,285 learn"], ["locked", "1,285 learn"]
    assert under == {"frozen": kept, "fine-tuned": every, "from scratch": every, "frozen, never trained": kept}


def test_filters_are_carried_over_and_the_last_layer_is_new():
    learned, new = (network.parameters() for network in (taught(0, 20), built(NETWORK, 0)))
    for way, (first, second, last) in networks(said("a control")).items():
        source = new if way in ("from scratch", "frozen, never trained") else learned
        for i in range(8):
            top, left = 4 * (i // 2), 4 * (i % 2)
            assert np.allclose(first.values[top : top + 3, left : left + 3], source["conv1.weight"].values[i, 0])
        for i, j in ((0, 0), (15, 7), (4, 2)):
            shown = second.values[4 * i : 4 * i + 3, 4 * j : 4 * j + 3]
            assert np.allclose(shown, source["conv2.weight"].values[i, j])
        for label in range(5):
            for i in range(16):
                top, left = 8 * label + 4 * (i // 8), 4 * (i % 8)
                weights = new["dense1.weight"].values[label].reshape(16, 4, 4)[i]
                assert np.allclose(last.values[top : top + 4, left : left + 4], weights)


def test_no_way_is_lit_where_none_is_ahead_by_more_than_the_spread():
    still = said("With few digits and with many")
    assert "none is ahead of all others" in still.beat.text
    assert not [s for s in still.labels if s.color == seen().scene.theme.highlight]
    lit = [s.text for s in seen().stills[-1].labels if s.color == seen().scene.theme.highlight]
    assert "".join(lit).startswith("92.2 ±")
    for place in (0, -1):
        values = {each["label"]: each["points"][place]["values"] for each in CHART["series"]}
        means = {name: statistics.fmean(each) for name, each in values.items()}
        second, best = sorted(means, key=means.get)[-2:]
        assert means[best] - means[second] <= max(statistics.stdev(values[name]) for name in (best, second))
    assert "frozen is behind from scratch: 88.9 % against 92.2 %" in seen().scene.beats[-1].text


def test_ones_own_run_is_drawn():
    result = experiment("transfer").run((0, 3), quick=True)
    assert not [each for each in findings(watch(SCENE, run=result)) if not each.startswith("stillness")]
