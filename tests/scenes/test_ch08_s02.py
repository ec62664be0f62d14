"""Ways down the loss, read back from the picture: the landscape, every point of every way, and losses by rate."""

import json
import statistics
from functools import cache

import numpy as np
import pytest

from cnnviz.nn.experiments import find as experiment
from cnnviz.nn.experiments.catalog import FOLDER
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Descent, Landscape, Trail
from cnnviz.stage.color import rgb
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.subjects import plane
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch

ENTRY = find("ch08-s02-optimizers")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CHART = json.loads((FOLDER / "optimizers.json").read_text("utf-8"))["charts"][0]


@cache
def seen():
    return watch(SCENE)


def said(words):
    """The last picture of the beat with these words."""
    return [still for still in seen().pictures if still.beat and words in still.beat.text][-1]


def check_ways(recorded):
    """All dots of all ways are one picture of recorded space; the losses are written in each way's color."""
    still = said("Adam scales")
    trails = [part for part in still.family if isinstance(part, Trail)]
    assert len(trails) == 1 + len(plane.WAYS)
    dots, points = [], []
    for trail, name in zip(trails[1:], plane.WAYS, strict=True):
        way = recorded.way(name)
        middles = np.stack(
            [part.mean(axis=0) for part in np.split(trail.dots.points[:, :2], len(trail.dots.points) // 16)]
        )
        assert len(middles) == (len(way) - len(way[1:]) if trail.leaves else len(way))
        dots.append(middles)
        points.append(way[: len(middles)])
        color = seen().scene.theme.role(trail.role)
        (written,) = (s for s in still.labels if s.color == color and s.text[-1].isalnum() and s.text[0].isdigit())
        assert near(written.text, way[-1, 2])
    space = np.column_stack([np.concatenate(points), np.ones(sum(map(len, points)))])
    seen_at = np.concatenate(dots)
    laid, *_ = np.linalg.lstsq(space, seen_at, rcond=None)
    assert space @ laid == pytest.approx(seen_at, abs=1e-5)
    assert laid[2, 0] == pytest.approx(0, abs=1e-5)
    assert laid[2, 1] > 0  # a higher loss stands higher


def test_ways_are_those_that_were_recorded():
    check_ways(plane.recorded())


def test_a_displaced_point_would_be_noticed():
    recorded = plane.recorded()
    ways = recorded.ways.copy()
    ways[1, 7, 0] += 0.01
    with pytest.raises(AssertionError):
        check_ways(plane.Plane(recorded.loss, ways))


def test_the_landscape_is_painted_by_its_losses():
    still = said("Here training begins")
    (land,) = (part for part in still.family if isinstance(part, Landscape))
    pixels, (low, high), loss = land.relief.pixel_array, plane.REACH, plane.recorded().loss
    look, brightness = seen().scene.theme, {}
    for row, column in ((17, 7), (12, 12), (8, 14), (5, 18)):
        x = low + column * (high - low) / (plane.SIDE - 1)
        y = high - row * (high - low) / (plane.SIDE - 1)
        at = land.spot(x, y, float(loss[row, column]))
        down = int((land.box.top - at[1]) / land.box.height * (len(pixels) - 1))
        across = int((at[0] - land.box.left) / land.box.width * (pixels.shape[1] - 1))
        patch = pixels[down - 3 : down + 4, across - 3 : across + 4]
        assert (patch[..., 3] == 255).all()
        ink = np.median(patch[..., :3].reshape(-1, 3), axis=0)
        fill = np.array(rgb(look.fill("gradient", min(1.0, float(loss[row, column]) / 3.0))))
        assert ink == pytest.approx(fill * (ink.sum() / fill.sum()), abs=8)
        brightness[float(loss[row, column])] = ink.sum()
    assert [brightness[at] for at in sorted(brightness)] == sorted(brightness.values())
    assert pixels[2, 2, 3] == 0


def check_losses(chart):
    last = seen().stills[-1]
    pictures = {part.title: part for part in last.family if isinstance(part, Descent)}
    for series in chart["series"]:
        picture = pictures[series["label"]]
        means = [statistics.fmean(point["values"]) for point in series["points"]]
        assert all(near(t, m) for t, m in zip(picture.texts, means, strict=True))
        assert all(near(t, point["at"]) for t, point in zip(picture.settings, series["points"], strict=True))
        shown = {label.text for label in last.labels}
        assert {*picture.texts, *picture.settings} <= shown
        dots = np.stack([ball.points[:, :2].mean(axis=0) for ball in picture.balls])
        columns = np.stack([column.points[:, 1] for column in picture.columns])
        heights = np.ptp(columns, axis=1)
        assert heights == pytest.approx(np.array(means) * heights[-1] / means[-1], abs=1e-3)
        assert dots[:, 1] - columns.max(axis=1) == pytest.approx(np.full(len(means), dots[0, 1] - columns[0].max()))
        best = picture.column(means.index(min(means)))
        rings = [part for part in last.family if isinstance(part, Rectangle) and part.get_stroke_width() == 4.0]
        assert any(np.allclose(ring.get_center()[:2], best.center, atol=1e-3) for ring in rings)


def test_losses_by_rate_and_the_best_of_each_are_those_that_were_measured():
    check_losses(CHART)


def test_a_forged_loss_would_be_noticed():
    forged = json.loads(json.dumps(CHART))
    forged["series"][1]["points"][2]["values"][0] += 0.1
    with pytest.raises(AssertionError):
        check_losses(forged)


def test_both_are_ahead_of_the_other_two_by_more_than_the_spread_of_either():
    rates = [[point["values"] for point in series["points"]] for series in CHART["series"]]
    best = sorted((min(series, key=statistics.fmean) for series in rates), key=statistics.fmean)
    beyond = {
        (one, other)
        for one in range(4)
        for other in range(one + 1, 4)
        if statistics.fmean(best[other]) - statistics.fmean(best[one])
        > max(map(statistics.stdev, (best[one], best[other])))
    }
    assert beyond == {(0, 2), (0, 3), (1, 2), (1, 3)}
    assert "Nesterov 0.9: 0.024 ± 0.005; Adam: 0.030 ± 0.008" in said("Both are ahead of the other two").beat.text


def test_ones_own_run_is_drawn():
    result = experiment("optimizers").run((0,), quick=True)
    assert not [each for each in findings(watch(SCENE, run=result)) if not each.startswith("stillness")]
