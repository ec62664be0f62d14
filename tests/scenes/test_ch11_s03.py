"""Routing, read back from the picture: couplings, agreements and lengths of each round, and what was measured."""

import itertools
import json
import math
import statistics
from functools import cache

import pytest

from cnnviz.nn.experiments.catalog import FOLDER
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage.pictures.score import Score
from cnnviz.subjects.agreement import WORDS
from tests.scenes.dots import check_scores
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch
from tests.subjects.test_agreement import routed

ENTRY = find("ch11-s03-routing")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
(CHART,) = json.loads((FOLDER / "capsules.json").read_text("utf-8"))["charts"]
ORDER = {"three rounds": 2, "one round": 3, "a CNN": 1}  # where they stand in the chart
SPELLED = {  # the same predictions as numbers: nothing is measured then, and what was routed stays as it is
    whole: ";".join(",".join(map(str, vector)) for vector in WORDS[word])
    for whole, word in (("face", "agree"), ("other", "differ"))
}
OWN = {"face": "differ", "other": "2,1;1.5,1;2,0.5", "theme": "light"}


@cache
def seen(**options):
    return watch(SCENE, **options)


def said(watched, words):
    """The last pictures of the beats with these words, in their order."""
    last = {still.beat.start: still for still in watched.pictures if still.beat and words in still.beat.text}
    return [last[start] for start in sorted(last)]


def told(watched):
    """The last pictures of the beats that say how long the results are, in their order."""
    last = {still.beat.start: still for still in watched.pictures if still.beat and "face" in still.beat.fields}
    return [last[start] for start in sorted(last)]


def column(still, grid):
    """What is written in the cells of one whole, part by part."""
    sheets = [sheet for sheet in still.grids if sheet.grid is grid]
    return [sheet.texts[cell] for sheet in sheets for cell in sorted(sheet.texts)]


def check_rounds(watched, u):
    stills = told(watched)
    assert len(stills) == 3
    before = None
    for still, (c, v, b) in zip(stills, routed(u), strict=True):
        for which, side in enumerate(watched.scene.sides):
            texts = column(still, side.couplings)
            assert len(texts) == len(u)
            assert all(near(text, row[which]) for text, row in zip(texts, c, strict=True))
            texts = column(still, side.agreements)
            assert len(texts) == (len(u) if before else 0)
            assert all(near(text, row[which]) for text, row in zip(texts, before or (), strict=True))
        before = b
        for name, length in zip(("face", "other"), map(math.hypot, *zip(*v, strict=True)), strict=True):
            assert still.beat.fields[name] == pytest.approx(length)
    if watched.scene.subject.is_usual:
        return  # the face straightens up afterwards
    drawn = [part for part in stills[-1].family if type(part).__name__ == "Sketch"]
    for side, vector in zip(watched.scene.sides, v, strict=True):
        tip = side.plane.point(vector)
        assert min(math.dist(point[:2], tip) for sketch in drawn for point in sketch.points) < 1e-6


def check_measured(chart):
    still = seen().stills[-1]
    scores = [part for part in still.family if isinstance(part, Score)]
    check_scores(
        still, scores, [(n, chart["series"][i]["points"][at]["values"]) for at in (0, 2) for n, i in ORDER.items()]
    )


def test_every_round_is_that_of_plain_sums():
    for watched in (seen(), seen(**SPELLED)):
        check_rounds(watched, list(zip(WORDS["agree"], WORDS["differ"], strict=True)))


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


def test_the_share_that_is_said_is_marked():
    (still,) = said(seen(), "Now the eye")
    (mark,) = still.marks
    (sheet,) = (sheet for sheet in still.grids if sheet.grid is mark.grid)
    assert mark.grid is seen().scene.sides[0].couplings
    assert near(sheet.texts[mark.cell], still.beat.fields["share"])


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
    *_, (couplings, _, _) = itertools.islice(routed([[[0.5, -1], [1, 0]], [[1, -2], [-1, 0.5]]]), 2)
    for which, side in enumerate(watched.scene.sides):
        texts = column(still, side.couplings)
        assert len(texts) == 2
        assert all(near(text, row[which]) for text, row in zip(texts, couplings, strict=True))


def test_outlines_point_where_the_parts_say():
    still = said(seen(**SPELLED), "For another thing")[-1]
    drawn = [part for part in still.family if type(part).__name__ == "Sketch"]
    for side, kind in zip(seen(**SPELLED).scene.sides, ("agree", "differ"), strict=True):
        for vector in WORDS[kind]:
            tip = side.plane.point(vector)
            assert min(math.dist(point[:2], tip) for sketch in drawn for point in sketch.points) < 1e-6


def test_a_wire_and_an_outline_are_as_wide_as_their_share():
    watched = seen()
    couplings = watched.scene.subject.routed[-1].couplings
    for side, column in zip(watched.scene.sides, couplings.T, strict=True):
        heights = [wire.points[:, 1].max() - wire.points[:, 1].min() for wire in side.wires]
        assert heights == [pytest.approx(0.5 * side.couplings.side * share) for share in column]
        widths = [side.plane.widths[part] for part in ("eye", "nose", "mouth")]
        assert widths == [pytest.approx(max(1.4 * share, 0.3)) for share in column]
