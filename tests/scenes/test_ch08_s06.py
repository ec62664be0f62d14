"""Transfer, read back from the picture: what learns in each way, and every seed of what came out."""

import json
import statistics
from functools import cache

import pytest

from cnnviz.nn.experiments import find as experiment
from cnnviz.nn.experiments.catalog import FOLDER
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Spread
from tests.scenes.dots import check_spread
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
    spreads = [part for part in still.family if isinstance(part, Spread)]
    assert len(spreads) == 2
    for spread, place in zip(spreads, (0, -1), strict=True):
        assert spread.detail == f"{chart['series'][0]['points'][place]['at']:g} of each"
        check_spread(still, spread, {each["label"]: each["points"][place]["values"] for each in chart["series"]})


def test_every_seed_is_a_dot_at_its_value():
    check_dots(CHART)


def test_a_forged_number_would_be_noticed():
    forged = json.loads(json.dumps(CHART))
    forged["series"][3]["points"][0]["values"][2] += 0.01
    with pytest.raises(AssertionError):
        check_dots(forged)


def test_what_learns_is_counted_in_each_way():
    texts = {sheet.grid.title: sheet.texts for sheet in said("a control").grids if sheet.texts}
    learning = {(0, 0): "1248", (0, 1): "1285"}
    kept = {**learning, (0, 0): "0"}
    assert texts == {
        "frozen": kept,
        "fine-tuned": learning,
        "from scratch": learning,
        "frozen, never trained": kept,
    }


def test_the_best_way_is_lit_and_named():
    for words, place in (("With 5 of each", 0), ("With 50 of each", -1)):
        means = {each["label"]: statistics.fmean(each["points"][place]["values"]) for each in CHART["series"]}
        best = max(means, key=means.get)
        beat = said(words).beat
        assert best in beat.text
        lit = [s.text for s in said(words).labels if s.color == seen().scene.theme.highlight]
        assert any(text.startswith(f"{100 * means[best]:.1f} ±") for text in lit)
    assert "nothing is gained" in seen().scene.beats[-1].text


def test_ones_own_run_is_drawn():
    result = experiment("transfer").run((0, 3), quick=True)
    assert not [each for each in findings(watch(SCENE, run=result)) if not each.startswith("stillness")]
