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
from cnnviz.stage.mobjects.tiles import Tiles
from cnnviz.stage.pictures.readings import Readings
from cnnviz.subjects import moving
from tests.scenes.findings import findings
from tests.scenes.watch import watch

ENTRY = find("ch01-s05-moving-digits")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
APART, CLOSE = json.loads((FOLDER / "moving.json").read_text("utf-8"))["charts"]
for each in APART["series"]:  # digits in the middle are in the other table
    each["points"] = [point for point in each["points"] if point["at"] != "centered"]


@pytest.fixture(scope="module")
def seen():
    return watch(SCENE, digit=6, theme="light")


def said(seen, words):
    """The last picture of the beat with these words."""
    return [still for still in seen.pictures if still.beat and words in still.beat.text][-1]


def check_bars(seen, chart, place, which):
    """Every seed of every network is a bar, as high as its share of the cell, and the mean is written above."""
    still = said(seen, "Having learned")
    table = [part for part in still.family if isinstance(part, Readings)][which]
    for each in chart["series"]:
        values, room = each["points"][place]["values"], table.place(each["label"], place)
        drawn = [
            ring
            for part in table.content
            if isinstance(part, Tiles) and str(part.fill_color).lower() == table.theme.role(table.roles[each["label"]])
            for ring in part.points.reshape(-1, 16, 3)
            if room.left < ring[:, 0].mean() < room.right
        ]
        assert len(drawn) == len(values)
        whole = table.bars(each["label"], place, [1.0])[0].height
        heights = [np.ptp(ring[:, 1]) / whole for ring in sorted(drawn, key=lambda ring: ring[:, 0].min())]
        assert heights == pytest.approx(values, abs=0.002)
        inside = {
            label.text
            for label in still.labels
            if room.left < label.center[0] < room.right and room.bottom < label.center[1] < room.top
        }
        assert inside == {f"{100 * np.mean(values):.1f} %"}


def test_every_seed_is_a_bar_of_its_share(seen):
    for chart, which in ((CLOSE, 0), (APART, 1)):
        for place in range(len(chart["series"][0]["points"])):
            check_bars(seen, chart, place, which)


def test_the_canvases_show_the_digit_where_it_stands(seen):
    table = next(part for part in said(seen, "Having learned").family if isinstance(part, Readings))
    for by in range(5):
        rows, columns = np.nonzero(table.inks[by])
        assert (rows.min() - by, columns.min() - by) == tuple(index.min() for index in np.nonzero(table.inks[0]))
        assert (table.images[by].pixel_array == table.pixels(table.inks[by])).all()


def test_a_forged_number_would_be_noticed(seen):
    forged = json.loads(json.dumps(APART))
    forged["series"][1]["points"][1]["values"][0] += 0.01
    with pytest.raises(AssertionError):
        check_bars(seen, forged, 1, 1)


def test_the_sentences_follow_the_numbers(seen):
    texts = [caption.text for caption in seen.rendered.subcaptions]
    for place in range(1, 5):
        mlp, _, pooled = (100 * np.mean(each["points"][place]["values"]) for each in CLOSE["series"])
        before = 100 * np.mean(CLOSE["series"][2]["points"][place - 1]["values"])
        (told,) = [text for text in texts if re.match(rf"{place} cells? aside", text)]
        assert f"MLP reads {mlp:.1f}".removesuffix(".0") in told
        assert f"{pooled:.1f}".removesuffix(".0") in told
        assert ("is back at" in told) == (pooled > before)


def test_no_share_is_said_before_it_is_shown(seen):
    for still in seen.pictures:
        if still.beat and (found := re.match(r"(\d) cells? aside", still.beat.text)):
            table = next(part for part in still.family if isinstance(part, Readings))
            assert int(found[1]) in table.known, still.beat.text


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
