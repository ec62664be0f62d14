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
    """Ends of all lines on an axis of powers, and the numbers of the second and the last convolution."""
    for words, place in (("Plain: ", -1), ("Why? Before", 1)):
        stills = [still for still in seen().pictures if still.beat and words in still.beat.text]
        still = stills[-1] if place == -1 else stills[0]
        (curves,) = (part for part in still.family if type(part).__name__ == "Curves")
        for series in charts[0]["series"]:
            mean = statistics.fmean(series["points"][place]["values"])
            (name,) = (s for s in still.labels if s.text.lstrip("– ") == series["label"])
            beside = [s for s in still.labels if abs(s.center[1] - name.center[1]) < 0.06]
            assert near(max(beside, key=lambda s: s.box[0]).text, mean)
        if place == -1:
            for head, series in zip(curves.heads, charts[0]["series"], strict=True):
                x, y = ((head.points.min(axis=0) + head.points.max(axis=0)) / 2)[:2]
                mean = statistics.fmean(series["points"][-1]["values"])
                share = np.log(mean / curves.low) / np.log(curves.top / curves.low)
                assert x == pytest.approx(curves.plane.right, abs=1e-6)
                assert (y - curves.plane.bottom) / curves.plane.height == pytest.approx(share, abs=1e-6)


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


def test_the_count_along_the_axis_begins_with_the_second_convolution():
    still = said("Plain: ")
    (curves,) = (part for part in still.family if type(part).__name__ == "Curves")
    below = [s for s in still.labels if s.text.isdigit() and s.center[1] < curves.plane.bottom and not s.caption]
    for label in below:
        share = (label.center[0] - curves.plane.left) / curves.plane.width
        assert 2 + 31 * share == pytest.approx(int(label.text), abs=0.2)
    assert len(below) >= 2


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
