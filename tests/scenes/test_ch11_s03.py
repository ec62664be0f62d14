"""Routing, read back from the picture: couplings, agreements and lengths of each round, and what was measured."""

import itertools
import json
import math
import statistics
from functools import cache

import pytest

from cnnviz.nn.experiments.catalog import FOLDER
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Spread
from cnnviz.subjects.agreement import WORDS
from tests.scenes.dots import check_spread
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch
from tests.subjects.test_agreement import routed

ENTRY = find("ch11-s03-routing")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
(CHART,) = json.loads((FOLDER / "capsules.json").read_text("utf-8"))["charts"]
ORDER = {"three rounds": 2, "one round": 3, "a CNN": 1}  # where they stand in the chart
OWN = {"face": "differ", "other": "2,1;1.5,1;2,0.5", "theme": "light"}


@cache
def seen(**options):
    return watch(SCENE, **options)


def said(watched, words):
    """The last pictures of the beats with these words, in their order."""
    last = {still.beat.start: still for still in watched.pictures if still.beat and words in still.beat.text}
    return [last[start] for start in sorted(last)]


def check_rounds(watched, u):
    stills = said(watched, "added up and squashed")
    assert len(stills) == 3
    before = None
    for still, (c, v, b) in zip(stills, routed(u), strict=True):
        texts = {sheet.grid.title: sheet.texts for sheet in still.grids}
        assert all(near(text, c[i][j]) for (i, j), text in texts["coupling"].items())
        assert before is None or all(near(text, before[i][j]) for (i, j), text in texts["agreement"].items())
        before = b
        for name, length in zip(("face", "other"), map(math.hypot, *zip(*v, strict=True)), strict=True):
            assert still.beat.fields[name] == pytest.approx(length)
    arrows = [part for part in stills[-1].family if type(part).__name__ == "Arrow"]
    for plane, vector in zip(watched.scene.planes, v, strict=True):
        tip = plane.point(vector)
        assert min(math.dist(point[:2], tip) for arrow in arrows for point in arrow.points) < 1e-6


def check_measured(chart):
    still = seen().stills[-1]
    spreads = [part for part in still.family if isinstance(part, Spread)]
    for spread, place in zip(spreads, (0, 2), strict=True):
        check_spread(still, spread, {n: chart["series"][i]["points"][place]["values"] for n, i in ORDER.items()})


def test_every_round_is_that_of_plain_sums():
    check_rounds(seen(), list(zip(WORDS["agree"], WORDS["differ"], strict=True)))


def test_what_was_measured_is_drawn_and_said():
    check_measured(CHART)
    three, one = (statistics.fmean(CHART["series"][i]["points"][2]["values"]) for i in (2, 3))
    assert f"{100 * one:.1f} % without" in said(seen(), "Rearranged faces fool")[0].beat.text
    assert ("gains nothing" in seen().scene.beats[-1].text) == (three >= one)


def test_forged_numbers_would_be_noticed():
    with pytest.raises(AssertionError):
        check_rounds(seen(), list(zip(WORDS["differ"], WORDS["agree"], strict=True)))
    forged = json.loads(json.dumps(CHART))
    forged["series"][3]["points"][2]["values"][0] += 0.02
    with pytest.raises(AssertionError):
        check_measured(forged)


@pytest.mark.full
def test_ones_own_predictions():
    watched = seen(**OWN)
    assert not findings(watched)
    check_rounds(watched, list(zip(WORDS["differ"], [[2, 1], [1.5, 1], [2, 0.5]], strict=True)))
    assert "speaks to the other thing" in said(watched, "Now the eye")[0].beat.text
    assert watched.scene.beats[-1].text == "Parts speak to the whole on which they agree."


@pytest.mark.full
@pytest.mark.parametrize("aspect", ["4:3", "9:16"])
def test_two_parts_and_as_many_rounds_as_one_likes(aspect):
    watched = watch(SCENE, aspect, face="0.5,-1;1,-2", other="1,0;-1,0.5", rounds="2")
    assert not findings(watched)
    still = watched.stills[-1]
    (table,) = (sheet for sheet in still.grids if sheet.grid.title == "coupling")
    *_, (couplings, _, _) = itertools.islice(routed([[[0.5, -1], [1, 0]], [[1, -2], [-1, 0.5]]]), 2)
    assert len(table.texts) == 4
    assert all(near(text, couplings[i][j]) for (i, j), text in table.texts.items())


def test_an_arrow_is_as_wide_as_its_share():
    watched = seen()
    couplings = watched.scene.subject.routed[-1].couplings
    for plane, column in zip(watched.scene.planes, couplings.T, strict=True):
        widths = [plane.arrows[part].wide for part in ("eye", "nose", "mouth")]
        assert widths == [pytest.approx(max(2 * share, 0.3)) for share in column]
