"""Augmentation, read back from the picture: copies by plain loops, the shares of the network, dots as measured."""

import json
import math
import statistics
from functools import cache

import numpy as np
import pytest

from cnnviz.data.digits import digits
from cnnviz.data.split import digits_split
from cnnviz.nn import zoo
from cnnviz.nn.experiments.catalog import FOLDER
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Pairs, Verdict
from tests.scenes.dots import check_against, check_pairs
from tests.scenes.findings import findings
from tests.scenes.watch import watch

ENTRY = find("ch08-s05-augmentation")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CHARTS = json.loads((FOLDER / "augmentation.json").read_text("utf-8"))["charts"]


@cache
def seen(**options):
    return watch(SCENE, **options)


def said(watched, words):
    """The last picture of the beat with these words."""
    return [still for still in watched.pictures if still.beat and words in still.beat.text][-1]


def pixels(sheet):
    """The picture of a grid as it is drawn, shape (3, H, W), from 0 to 255."""
    return np.moveaxis(sheet.grid._image.pixel_array[..., :3].astype(float), -1, 0)


def turned(picture, degrees):
    """Turn about the middle, each cell weighed from the four around its source; beyond the border there is 0."""
    count = len(picture)
    made, middle, angle = np.zeros_like(picture), (count - 1) / 2, math.radians(degrees)
    for i in range(count):
        for j in range(count):
            down, right = i - middle, j - middle
            row = math.cos(angle) * down - math.sin(angle) * right + middle
            column = math.sin(angle) * down + math.cos(angle) * right + middle
            for y in (math.floor(row), math.floor(row) + 1):
                for x in (math.floor(column), math.floor(column) + 1):
                    if 0 <= y < count and 0 <= x < count:
                        made[i, j] += (1 - abs(row - y)) * (1 - abs(column - x)) * picture[y, x]
    return made


def check_copies(watched):
    """Mirror, turn and brightness of the last epoch, by plain loops and the draws of its seed."""
    still = said(watched, "Each epoch")
    whole, *copies = still.grids
    drawn = {sheet.grid.title: pixels(sheet) for sheet in copies}
    assert list(drawn) == ["crop", "mirror", "turn", "shift", "brightness", "all at once"]
    picture = watched.scene.subject.picture.values
    assert np.allclose(pixels(whole), picture, atol=0.51)
    draw = np.random.default_rng(6)
    mirrored = picture[..., ::-1] if draw.random(1)[0] < 0.5 else picture
    assert np.allclose(drawn["mirror"], mirrored, atol=0.51)
    degrees = 20 * np.random.default_rng(6).uniform(-1, 1, (4, 1))[2, 0]
    by_hand = np.stack([turned(plane, degrees) for plane in picture])
    assert np.allclose(drawn["turn"], by_hand, atol=0.51)
    more = 255 / 4 * np.random.default_rng(6).uniform(-1, 1, (5, 1))[1, 0]
    assert np.allclose(drawn["brightness"], np.clip(picture + more, 0, 255), atol=0.51)


def check_shares(watched, digit, words):
    """The bars of both digits are what the network says to the ink that is drawn."""
    still = said(watched, words)
    verdicts = [part for part in still.family if isinstance(part, Verdict) and part.label == digit]
    ink = digits().of(digit)[0] / 16
    for verdict, x in zip(verdicts, (ink, ink[:, ::-1]), strict=True):
        assert np.array_equal(verdict.digit.values, 16 * x)
        scores = zoo.tiny_cnn(pretrained=True).forward(x[None, None].astype(np.float32))[0].tolist()
        powers = [math.exp(score - max(scores)) for score in scores]
        assert verdict.bars.values == pytest.approx([power / sum(powers) for power in powers], abs=1e-5)
        assert f"read as {np.argmax(powers)}" in {label.text for label in still.labels}


def check_dots(watched, charts):
    """Every seed of every change, on digits as they are and on moved ones."""
    still = watched.stills[-1]
    (pairs,) = (part for part in still.family if isinstance(part, Pairs))
    names = ("as written", "moved")
    cases = {
        name: {each["label"]: each["points"][1]["values"] for each in chart["series"]}
        for name, chart in zip(names, charts, strict=True)
    }
    check_pairs(still, pairs, cases)
    for case, measured in cases.items():
        check_against(still, pairs, case, "nothing", measured)


def test_copies_are_those_of_plain_loops():
    check_copies(seen())


def test_shares_are_those_of_the_network():
    check_shares(seen(), 2, "it reads 5")
    check_shares(seen(), 6, "it reads 2")


def test_every_seed_is_a_dot_at_its_value():
    check_dots(seen(), CHARTS)


def test_a_forged_number_would_be_noticed():
    forged = json.loads(json.dumps(CHARTS))
    forged[1]["series"][2]["points"][1]["values"][0] += 0.01
    with pytest.raises(AssertionError):
        check_dots(seen(), forged)


def test_the_best_is_lit_and_named_only_where_it_is_ahead_by_more_than_the_spread():
    for words, chart in (("As written", CHARTS[0]), ("Moved digits", CHARTS[1])):
        values = {each["label"]: each["points"][1]["values"] for each in chart["series"]}
        means = {name: statistics.fmean(each) for name, each in values.items()}
        second, best = sorted(means, key=means.get)[-2:]
        ahead = means[best] - means[second] > max(statistics.stdev(values[name]) for name in (best, second))
        still = said(seen(), words)
        assert (f"{100 * means[best]:.1f} % with {best}" in still.beat.text) == ahead
        assert ("no change is ahead" in still.beat.text) == (not ahead)
        rows = [s for s in still.labels if s.color == seen().scene.theme.highlight and s.text.endswith("%")]
        assert any(s.text.startswith(f"{100 * means[best]:.1f} ±") for s in rows) == ahead


@pytest.mark.full
def test_ones_own_picture_and_digits():
    watched = watch(SCENE, "9:16", image="photo:china", digits="8,3", theme="light")
    assert not findings(watched)
    check_copies(watched)
    check_shares(watched, 8, "it still reads")


@pytest.mark.full
def test_copies_that_stay_would_be_noticed(monkeypatch):
    import cnnviz.subjects.augmentation as module

    monkeypatch.setattr(module, "EPOCHS", 2)
    with pytest.raises(AssertionError):
        check_copies(watch(SCENE))


def test_digits_are_asked_as_they_are_and_moved():
    sheets = [sheet.grid.values for sheet in said(seen(), "then read others").grids]
    straight, moved = (values for values in sheets if len(values) > 8)
    test = digits_split().test.images[:, 0]
    for place in range(9):
        top, left = 9 * (place % 3) + 1, 9 * (place // 3) + 1
        assert np.array_equal(straight[top : top + 8, left : left + 8], test[place])
        assert not np.array_equal(moved[top : top + 8, left : left + 8], test[place])


def test_what_a_change_makes_of_a_digit_stands_before_what_it_gave():
    (pairs,) = (part for part in seen().stills[-1].family if isinstance(part, Pairs))
    drawn = {name: row[0].values for name, row in pairs.stamps.items()}
    ink = digits().of(6)[0] / 16
    assert np.allclose(drawn["nothing"], ink)
    assert np.allclose(drawn["mirror"], ink[:, ::-1])
    assert np.allclose(drawn["brightness"] - ink, (drawn["brightness"] - ink)[0, 0])
    turns = [turned(ink, degrees) for degrees in np.arange(-15, 15.5, 0.5)]
    assert min(np.abs(drawn["turn"] - each).max() for each in turns) < 0.02
    shifts = [moved_by(ink, down / 10, right / 10) for down in range(-10, 11) for right in range(-10, 11)]
    assert min(np.abs(drawn["shift"] - each).max() for each in shifts) < 0.1


def moved_by(picture, down, right):
    """Shift by parts of a cell, each cell weighed from the four around its source; beyond the border there is 0."""
    made = np.zeros_like(picture)
    for i, j in np.ndindex(picture.shape):
        row, column = i - down, j - right
        for y in (math.floor(row), math.floor(row) + 1):
            for x in (math.floor(column), math.floor(column) + 1):
                if 0 <= y < len(picture) and 0 <= x < len(picture):
                    made[i, j] += (1 - abs(row - y)) * (1 - abs(column - x)) * picture[y, x]
    return made
