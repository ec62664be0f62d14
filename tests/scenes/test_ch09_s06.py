"""ResNet, read back from the picture: sums of a block, gradients, and every error of every seed."""

import json
import statistics
from functools import cache

import numpy as np
import pytest

from cnnviz.nn.experiments import find as experiment
from cnnviz.nn.experiments.catalog import FOLDER
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Spread
from tests.scenes.dots import check_spread
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch

ENTRY = find("ch09-s06-resnet")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CHARTS = json.loads((FOLDER / "depth.json").read_text("utf-8"))["charts"]
KINDS = ("plain", "batch norm", "skips", "skips and batch norm")


@cache
def seen():
    return watch(SCENE)


def said(words):
    """The last picture of the beat with these words."""
    return [still for still in seen().pictures if still.beat and words in still.beat.text][-1]


def check_errors(charts):
    """Plain networks of every depth, then all kinds of the last one."""
    kinds = {each["label"]: each["points"] for each in charts[1]["series"]}
    assert set(kinds) == set(KINDS)
    by_depth = {f"{point['at']:g} convolutions": point["values"] for point in kinds["plain"]}
    for words, measured in (
        ("deeper got worse", by_depth),
        ("With skips and batch norm, depth", {kind: points[-1]["values"] for kind, points in kinds.items()}),
    ):
        (spread,) = (part for part in said(words).family if isinstance(part, Spread))
        check_spread(said(words), spread, measured)


def check_gradients(charts):
    """Levels of all layers between empty and full by powers of ten, and the numbers of both ends beside them."""
    still, chains = said("pull far harder"), seen().scene.chains
    for series in charts[0]["series"]:
        chain, means = chains[series["label"]], [statistics.fmean(p["values"]) for p in series["points"]]
        assert len(chain.blocks) == len(means) == 33
        box, name = seen().scene.row(series["label"]), series["label"]
        beside = [s for s in still.labels if box.bottom < s.center[1] < box.top and s.text != name]
        beside.sort(key=lambda s: not s.text.startswith("layer"))
        first, last = ([s for s in beside if (s.center[0] > box.center[0]) == right] for right in (False, True))
        for (layer, label), number, mean in ((first, 2, means[1]), (last, 33, means[-1])):
            assert layer.text == f"layer {number}"
            assert near(label.text.removeprefix("≈ "), mean)
        for block, level, mean in zip(chain.blocks[1:], chain.levels[1:], means[1:], strict=True):
            share = np.log10(mean / 1e-5) / 6
            assert level.get_bottom()[1] == pytest.approx(block.get_bottom()[1])
            assert level.height == pytest.approx(block.height * share, abs=1e-3)
        assert chain.levels[0].height == pytest.approx(0.0, abs=1e-6)


def test_every_error_is_a_dot_at_its_value():
    check_errors(CHARTS)


def test_gradients_are_those_that_were_measured():
    check_gradients(CHARTS)


@pytest.mark.parametrize(("chart", "check"), [(0, check_gradients), (1, check_errors)])
def test_a_forged_number_would_be_noticed(chart, check):
    forged = json.loads(json.dumps(CHARTS))
    forged[chart]["series"][2]["points"][-1]["values"][0] += 0.5
    with pytest.raises(AssertionError):
        check(forged)


def test_networks_have_as_many_blocks_as_they_are_deep_and_skips_lead_round_pairs():
    charts = {name: len(chain.blocks) for name, chain in seen().scene.chains.items()}
    assert charts == dict.fromkeys(KINDS, 33)
    arcs = {name: len(chain) - 1 - len(chain.blocks) - len(chain.levels) for name, chain in seen().scene.chains.items()}
    assert arcs == {"plain": 0, "batch norm": 0, "skips": 1, "skips and batch norm": 1}


def test_each_cell_of_the_sum_is_what_came_in_and_what_was_made_of_it():
    still = said("the input passes on")
    x, change, y = still.grids
    assert len(y.texts) == 16
    for cell, text in y.texts.items():
        assert near(text, x.values[cell] + change.values[cell])
    assert (
        any("0.63+(" in formula.replace(" ", "") for formula in said("A skip leads").formulas)
        or said("A skip leads").marks
    )


def test_claims_follow_from_the_numbers():
    means = {s["label"]: [statistics.fmean(p["values"]) for p in s["points"]] for s in CHARTS[1]["series"]}
    assert means["plain"][2] > means["plain"][1]
    assert said("deeper got worse").beat.fields["error"] == pytest.approx(100 * means["plain"][2], abs=0.05)
    pulled = [statistics.fmean(p["values"]) for p in CHARTS[0]["series"][0]["points"][1:]]
    assert max(pulled) <= 10 * pulled[-1]  # so "a few times more before"


@pytest.mark.full
def test_ones_own_run_is_drawn():
    result = experiment("depth").run((0, 3), quick=True)
    assert not [each for each in findings(watch(SCENE, run=result)) if not each.startswith("stillness")]
