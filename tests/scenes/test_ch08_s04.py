"""Overfitting, read back from the picture: losses, dropped numbers, dots, means and what is said of them."""

import json
import statistics
from functools import cache

import numpy as np
import pytest

from cnnviz.data.split import digits_split
from cnnviz.nn.experiments import find as experiment
from cnnviz.nn.experiments.catalog import FOLDER
from cnnviz.nn.experiments.overfitting import NOTHING, taught
from cnnviz.nn.experiments.trial import few
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Pairs
from tests.scenes.dots import check_against, check_pairs
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch

ENTRY = find("ch08-s04-overfitting")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CHARTS = json.loads((FOLDER / "overfitting.json").read_text("utf-8"))["charts"]


@cache
def seen():
    return watch(SCENE)


def said(words):
    """The last picture of the beat with these words."""
    return [still for still in seen().pictures if still.beat and words in still.beat.text][-1]


def check_losses(charts):
    """Numbers beside the names, and the ends of both lines, at the last epoch."""
    still = said("It often rises")
    (curves,) = (part for part in still.family if type(part).__name__ == "Curves")
    plane = curves.plane
    for series, head, sample in zip(charts[3]["series"], curves.heads, ("––– ", "– – "), strict=True):
        last = statistics.fmean(series["points"][-1]["values"])
        (name,) = (label for label in still.labels if label.text == sample + series["label"])
        beside = [label for label in still.labels if abs(label.center[1] - name.center[1]) < 0.06]
        assert near(max(beside, key=lambda label: label.box[0]).text, last)
        x, y = ((head.points.min(axis=0) + head.points.max(axis=0)) / 2)[:2]
        assert x == pytest.approx(plane.right, abs=1e-6)
        share = np.log(last / curves.low) / np.log(curves.top / curves.low)
        assert (y - plane.bottom) / plane.height == pytest.approx(share, abs=1e-6)


def check_dots(charts):
    """Every seed of every remedy, with few examples and with many."""
    still = seen().stills[-1]
    (pairs,) = (part for part in still.family if isinstance(part, Pairs))
    series = charts[0]["series"]
    cases = {f"{point['at']:g} of each": place for place, point in enumerate(series[0]["points"])}
    assert pairs.cases == [*cases]
    measured = {case: {each["label"]: each["points"][i]["values"] for each in series} for case, i in cases.items()}
    check_pairs(still, pairs, measured)
    for case, values in measured.items():
        check_against(still, pairs, case, "nothing", values)


def test_losses_are_those_that_were_measured():
    check_losses(CHARTS)


def test_every_seed_is_a_dot_at_its_value():
    check_dots(CHARTS)


@pytest.mark.parametrize(("chart", "check"), [(3, check_losses), (0, check_dots)])
def test_a_forged_number_would_be_noticed(chart, check):
    forged = json.loads(json.dumps(CHARTS))
    forged[chart]["series"][1]["points"][-1]["values"][0] *= 1.05
    with pytest.raises(AssertionError):
        check(forged)


def test_the_mark_stands_at_the_epoch_that_is_named():
    means = [statistics.fmean(point["values"]) for point in CHARTS[3]["series"][1]["points"]]
    best = means.index(min(means))
    epoch = int(CHARTS[3]["series"][1]["points"][best]["at"])
    still = said("it is lowest after epoch")
    assert f"epoch {epoch}:" in still.beat.text
    (curves,) = (part for part in still.family if type(part).__name__ == "Curves")
    x = curves.plane.left + curves.plane.width * best / (len(means) - 1)
    assert any(len(part.points) == 4 and np.allclose(part.points[:, 0], x) for part in still.family)
    assert f"epoch {epoch}" in {label.text for label in still.labels}


def test_what_dropout_leaves_can_be_computed_from_what_is_written():
    still = said("on average, the sum stays")
    columns = [sheet for sheet in still.grids if len(sheet.texts) > 1]
    hidden, *steps = columns
    assert len(steps) == 3
    assert len({tuple(step.texts[cell] == "0" for cell in sorted(step.texts)) for step in steps}) == 3
    for step in steps:
        for cell, text in step.texts.items():
            assert text == "0" or near(text, round(float(hidden.texts[cell]) / 0.7, 6))
    *sums, mean = [sheet for sheet in still.grids if len(sheet.texts) == 1]
    for column, total in zip(columns, sums, strict=True):
        assert near(total.texts[0, 0], round(sum(map(float, column.texts.values())), 6))
    assert float(mean.texts[0, 0]) == pytest.approx(float(sums[0].texts[0, 0]), rel=0.01)


def test_what_is_lit_is_ahead_of_nothing_by_more_than_the_spread():
    for words, place in (("With 5 of each", 0), ("With 20 of each", 1)):
        values = {each["label"]: each["points"][place]["values"] for each in CHARTS[0]["series"]}
        base = values.pop("nothing")
        ahead = [
            each
            for each in values.values()
            if statistics.fmean(each) - statistics.fmean(base) > max(statistics.stdev(each), statistics.stdev(base))
        ]
        still = said(words)
        (pairs,) = (part for part in still.family if isinstance(part, Pairs))
        ys = [pairs.y(pairs.key(name, f"{words[5:]}")) for name in pairs.names]
        lit = [s for s in still.labels if s.color == seen().scene.theme.highlight]
        lit = [s for s in lit if any(abs(s.center[1] - y) < 0.05 for y in ys)]
        assert sum("±" in label.text for label in lit) == len(ahead)
        for each in ahead:
            assert any(label.text.startswith(f"{100 * statistics.fmean(each):.1f} ±") for label in lit)
        assert ("none does" if not ahead else f"{len(ahead)} of them do") in still.beat.text


def test_digits_that_the_first_network_reads_wrong_are_negative_and_the_rest_is_counted():
    split, words = digits_split(), "The first network reads"
    parts = few(split.train, 5, 0), few(split.test, 5, 0)
    network = taught(NOTHING, parts[0], 0, 80)
    sheets = [sheet.grid for sheet in said(words).grids]
    for sheet, part in zip(sheets, parts, strict=True):
        right = network.forward(part.images).argmax(axis=1) == part.labels
        for place, (image, one) in enumerate(zip(part.images[:, 0], right, strict=True)):
            top, left = 9 * (place % 5) + 1, 9 * (place // 5) + 1
            assert np.array_equal(sheet.values[top : top + 8, left : left + 8], image if one else -image)
        assert f"{sum(right)} of 50 right" in {label.text for label in said(words).labels}
        assert f"{sum(right)} of 50" in said(words).beat.text


@pytest.mark.full
def test_ones_own_run_is_drawn(tmp_path):
    path = tmp_path / "run.json"
    path.write_text(experiment("overfitting").run((0, 3), quick=True).json(), "utf-8")
    assert not [each for each in findings(watch(SCENE, run=str(path))) if not each.startswith("stillness")]
