"""Flatten, read back from the picture: stripes, indices and what another order costs, by nested loops."""

import re

import numpy as np
import pytest

from cnnviz.data.split import digits_split
from cnnviz.errors import OptionError
from cnnviz.nn import zoo
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Band
from cnnviz.stage.color import rgb
from cnnviz.stage.mobjects.pixel_image import PixelImage
from cnnviz.subjects import Flatten
from tests import helpers
from tests.engine.says import says
from tests.scenes.findings import findings
from tests.scenes.watch import watch

ENTRY = find("ch06-s03-flatten")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CASES = {"usual": {}, "own": {"image": "digit:7#12", "place": "0,3,0", "aspect": "9:16", "theme": "light"}}


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request):
    return request.param, watch(SCENE, **request.param)


def in_order(maps, order):
    """All numbers in a line, and the index of each cell."""
    count, rows, columns = maps.shape
    cells = [(c, h, w) for c in range(count) for h in range(rows) for w in range(columns)]
    if order:
        cells = [(c, h, w) for h in range(rows) for w in range(columns) for c in range(count)]
    return [float(maps[cell]) for cell in cells], {cell: index for index, cell in enumerate(cells)}


def pooled(ink):
    """The maps behind the pooling, in nested loops."""
    weights = {name: p.array("test").astype(float) for name, p in zoo.tiny_cnn(pretrained=True).parameters().items()}
    x = ink[None, None] / 16
    for name in ("conv1", "conv2"):
        x = helpers.conv(x, weights[f"{name}.weight"], weights[f"{name}.bias"], padding=1)
        x = np.where(x > 0, x, 0)
    return helpers.max_pool(x, (2, 2))[0]


def check(options, watched):
    scene = watched.scene
    maps, place = scene.subject.maps, tuple(map(int, options.get("place", "13,2,1").split(",")))
    for order, band in enumerate(scene.bands):
        line, indices = in_order(maps, order)
        (image,) = [part for part in band.content if isinstance(part, PixelImage)]
        expected = [rgb(scene.theme.fill("output", value / maps.max())) for value in line]
        assert np.abs(image.pixel_array[0, :, :3].astype(int) - np.array(expected)).max() <= 1
        index = indices[place]
        last = [still for still in watched.pictures if still.beat and f"index {index}" in said(still)][-1]
        assert f"= {index}" in f"= {last.formulas[-1]}"
        (label,) = [each for each in last.labels if each.text == str(index) and not each.caption]
        stripe = band.place(index)
        half = 1.6  # of a lens, that stays within its line
        assert stripe.left - half < label.center[0] < stripe.right + half
        assert stripe.left == pytest.approx(band.box.left + index * band.box.width / len(line))
    marks = [mark for mark in last.marks if mark.grid is scene.large]
    assert {tuple(mark.cell) for mark in marks} == {place[1:]}


def said(still):
    return re.sub(r"index: (\d+)", r"index \1", still.beat.text)


def test_stripes_and_indices_are_those_of_loops(case):
    check(*case)


def test_nothing_is_wrong_with_an_own_digit(case):
    assert not findings(case[1])


def test_the_weight_meets_what_lies_at_its_place(case):
    options, watched = case
    scene, last = watched.scene, watched.stills[-1]
    place = tuple(map(int, options.get("place", "13,2,1").split(",")))
    index = in_order(scene.subject.maps, 0)[1][place]
    texts = [label.text for label in last.labels]
    for order, band in enumerate(scene.nearer):
        line, _ = in_order(scene.subject.maps, order)
        exact = line[index] * scene.subject.weight
        assert np.array_equal(band.values, np.array(line))
        assert scene.read[order].made.values == (scene.subject.right[order],)
        assert any(abs(number(text) - exact) <= 0.006 for text in texts if number(text) is not None)
    assert texts.count(f"weight {index}:") == 2


def number(text):
    """What a label says, where it is a number."""
    found = re.fullmatch(r"(?:≈ )?([−-]?[0-9]+[.]?[0-9]*)", text or "")
    return float(found[1].replace("−", "-")) if found else None


def test_the_maps_are_those_of_nested_loops():
    flat = Flatten("digit:5")
    from cnnviz.subjects import Forward

    assert np.allclose(flat.maps, pooled(Forward("digit:5").seen.picture.values[0]), atol=1e-4)


def test_what_each_order_reads_right():
    flat, test, network = Flatten(), digits_split().test, zoo.tiny_cnn(pretrained=True)
    weight, bias = (network.parameters()[f"dense1.{name}"].array("test") for name in ("weight", "bias"))
    all_maps = network.forward(test.images.astype(np.float32), True)["pool1"].output
    for order, right in enumerate(flat.right):
        lines = [in_order(maps, order)[0] for maps in all_maps]
        scores = [[float(row @ np.array(line)) + b for row, b in zip(weight, bias, strict=True)] for line in lines]
        assert right == sum(
            max(range(10), key=each.__getitem__) == label for each, label in zip(scores, test.labels, strict=True)
        )
    assert flat.asked == len(test)
    assert flat.right[0] > 5 * flat.right[1]


def test_a_stripe_in_a_wrong_place_would_be_noticed(monkeypatch):
    usual = Band.place
    monkeypatch.setattr(Band, "place", lambda self, index, count=1: usual(self, (index + 40) % len(self.values), count))
    with pytest.raises(AssertionError):
        check({}, watch(SCENE))


def test_what_is_refused():
    with says(OptionError, "place: expected one within 16 maps of 4 x 4, got 13,4,1"):
        Flatten(place="13,4,1")
