"""The Picasso face, read back from the picture: largest numbers of maps, and every network that was measured."""

import json
import statistics
from functools import cache

import numpy as np
import pytest

from cnnviz.nn.experiments.catalog import FOLDER
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage.pictures.score import Score
from tests.scenes.dots import check_scores
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch

ENTRY = find("ch11-s01-picasso-face")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
(CHART,) = json.loads((FOLDER / "capsules.json").read_text("utf-8"))["charts"]
MISSING = {"parts": "eye,eye,nose,nose", "theme": "light"}


@cache
def seen(**options):
    return watch(SCENE, **options)


def said(watched, words):
    """The last picture of the beat with these words."""
    return [still for still in watched.pictures if still.beat and words in still.beat.text][-1]


def lists(watched):
    """What is written as the largest numbers of the maps of each picture."""
    still = said(watched, "lists")
    found = [sheet for sheet in still.grids if sheet.grid.title == "largest"]
    return [[sheet.texts[0, kind] for kind in range(3)] for sheet in found]


def check_largest(watched):
    still = said(watched, "lists")
    maps = [sheet.grid for sheet in still.grids if sheet.grid.title in ("eye", "nose", "mouth")]
    assert len(maps) == 6
    texts = [text for row in lists(watched) for text in row]
    assert all(near(text, grid.values.max()) for text, grid in zip(texts, maps, strict=True))


def check_dots(chart):
    still = seen().stills[-1]
    scores = [part for part in still.family if isinstance(part, Score)]
    ours = [*zip(("windows of 5 × 5", "windows of 10 × 10"), chart["series"], strict=False)]
    check_scores(still, scores, [(name, each["points"][at]["values"]) for at in (0, 2) for name, each in ours])


def test_what_pooling_keeps_is_the_same_of_both():
    check_largest(seen())
    assert lists(seen()) == [["1"] * 3] * 2
    x, y = (sheet.grid.values for sheet in said(seen(), "second one a face").grids)
    assert x.sum() == y.sum() == 24
    assert not np.array_equal(x, y)


def test_every_network_is_a_dot_and_its_mean_is_said():
    check_dots(CHART)
    for words, series in zip(("Windows of 5", "One layer more"), CHART["series"], strict=False):
        mean = statistics.fmean(series["points"][2]["values"])
        assert f"{100 * mean:.1f} %" in said(seen(), words).beat.text


def test_a_forged_number_would_be_noticed():
    forged = json.loads(json.dumps(CHART))
    forged["series"][1]["points"][2]["values"][0] = 0.02
    with pytest.raises(AssertionError):
        check_dots(forged)


@pytest.mark.full
def test_a_missing_part_is_noticed():
    watched = seen(**MISSING)
    assert not findings(watched)
    check_largest(watched)
    first, second = lists(watched)
    assert first != second
    assert "a part is missing" in said(watched, "lists").beat.text
