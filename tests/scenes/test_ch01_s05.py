"""Moving digits: where the digit stands, what the dense network makes of it, and every seed of what was measured."""

import json
import re
from dataclasses import replace
from math import exp

import numpy as np
import pytest

from cnnviz.data import digits_split
from cnnviz.nn.experiments import measured
from cnnviz.nn.experiments.catalog import FOLDER
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage.mobjects.tiles import Disks
from cnnviz.stage.pictures.seeds import Seeds
from cnnviz.subjects import moving
from tests.scenes.findings import findings
from tests.scenes.watch import watch

ENTRY = find("ch01-s05-moving-digits")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
APART, CLOSE = json.loads((FOLDER / "moving.json").read_text("utf-8"))["charts"]


@pytest.fixture(scope="module")
def seen():
    return watch(SCENE, digit=6, theme="light")


def said(seen, words):
    """The last picture of the beat with these words."""
    return [still for still in seen.pictures if still.beat and words in still.beat.text][-1]


def check_dots(seen, chart, place, which):
    """Every seed of every network is a dot at its height between 0 % and 100 %, and the means are written."""
    still = said(seen, "Having learned")
    seeds = [part for part in still.family if isinstance(part, Seeds)][which]
    dots = [part for part in seeds.submobjects if isinstance(part, Disks)][3 * place : 3 * place + 3]
    assert len(dots) == 3
    box = seeds.box
    inside = [s for s in still.labels if box.left - 0.01 < s.center[0] < box.right and s.center[1] > box.bottom]
    beside = [s for s in inside if s.center[0] < seeds.curves.plane.left - 0.1]
    ends = [next(s.center[1] for s in beside if s.text == share) for share in ("0", "100")]
    for drawn, each in zip(dots, chart["series"], strict=True):
        values = each["points"][place]["values"]
        middles = drawn.points.reshape(len(values), 16, 3)[..., :2].mean(axis=1)
        shares = (middles[:, 1] - ends[0]) / (ends[1] - ends[0])
        assert shares.tolist() == pytest.approx(values, abs=0.004)
        named = next(s for s in inside if each["label"] in s.text)
        beside = " ".join(s.text for s in inside if abs(s.center[1] - named.center[1]) < 0.1)
        assert f"{100 * np.mean(each['points'][-1]['values']):.1f} %" in beside


def test_every_seed_is_a_dot_at_its_value(seen):
    for chart, which in ((CLOSE, 0), (APART, 1)):
        for place in range(len(chart["series"][0]["points"])):
            check_dots(seen, chart, place, which)


def test_a_forged_number_would_be_noticed(seen):
    forged = json.loads(json.dumps(APART))
    forged["series"][1]["points"][2]["values"][0] += 0.01
    with pytest.raises(AssertionError):
        check_dots(seen, forged, 2, 1)


def test_the_sentences_follow_the_numbers(seen):
    texts = [caption.text for caption in seen.rendered.subcaptions]
    for place in range(1, 5):
        mlp, _, pooled = (100 * np.mean(each["points"][place]["values"]) for each in CLOSE["series"])
        before = 100 * np.mean(CLOSE["series"][2]["points"][place - 1]["values"])
        (told,) = [text for text in texts if re.match(rf"{place} cells? aside", text)]
        assert f"MLP reads {mlp:.1f}".removesuffix(".0") in told
        assert f"{pooled:.1f}".removesuffix(".0") in told
        assert ("is back at" in told) == (pooled > before)


def shares(ink):
    """What the dense network answers, cell by cell, with the weights it learned."""
    first, second = [layer for layer in moving._dense().children().values() if layer.children() or layer.parameters()]
    x = ink.ravel().tolist()
    for layer in (first, second):
        weight, bias = (p.array("test").tolist() for p in layer.parameters().values())
        x = [b + sum(w * v for w, v in zip(row, x, strict=True)) for row, b in zip(weight, bias, strict=True)]
        if layer is first:
            x = [max(v, 0.0) for v in x]
    total = sum(exp(v) for v in x)
    return [exp(v) / total for v in x]


def check_walk(seen):
    """The digit walks along the diagonal, and the shares and the answer are those of its place."""
    test = digits_split().test
    inks = test.images[test.labels == 6, 0]
    for by, words in ((0, "steps aside"), (1, "down and right"), (4, "ever met ink")):
        still = said(seen, words)
        (sheet,) = still.grids
        ink = sheet.values[4 + by : 12 + by, 4 + by : 12 + by]
        assert (inks == ink).all(axis=(1, 2)).any()
        assert sheet.values.sum() == pytest.approx(ink.sum())
        expected = shares(sheet.values)
        texts = [label.text for label in still.labels if not label.caption]
        assert f"read as {int(np.argmax(expected))}" in " ".join(texts)
        shown = [float(text.split()[0]) for text in texts if re.fullmatch(r"\d+\.\d( %)?", text)]
        assert min(abs(number - 100 * max(expected)) for number in shown) < 0.051


def test_the_digit_walks_and_is_read_as_the_network_reads_it(seen):
    check_walk(seen)
    assert "read as 6" in " ".join(label.text for label in said(seen, "steps aside").labels)


def test_the_frame_holds_all_ink_that_was_learned_from():
    row, column, rows, columns = moving.Moving().frame
    used = np.pad(digits_split().train.images.max(axis=(0, 1)) > 0, 4)
    assert used.sum() == used[row : row + rows, column : column + columns].sum()
    assert used[[row, row + rows - 1]].any(axis=1).all()
    assert used[:, [column, column + columns - 1]].any(axis=0).all()


@pytest.mark.full
def test_an_own_run_with_fewer_places_is_told():
    def thin(chart, kept):
        series = [replace(each, points=tuple(p for p in each.points if p.at in kept)) for each in chart.series]
        return replace(chart, series=tuple(series))

    apart, close = measured("moving").charts
    run = replace(measured("moving"), charts=(thin(apart, ("centered", "anywhere")), thin(close, (0.0, 2.0))))
    watched = watch(SCENE, run=run, aspect="9:16", digit=0)
    assert not findings(watched)
    assert next(c.text for c in watched.rendered.subcaptions if "aside:" in c.text).startswith("2 cells aside")
