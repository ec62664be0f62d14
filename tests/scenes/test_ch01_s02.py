"""Dense layers: every pixel has its place in the line and a wire to each neuron, and all is counted in loops."""

import numpy as np
import pytest

from cnnviz.data import load_image
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Bars
from cnnviz.stage.mobjects.pixel_image import value_pixels
from cnnviz.stage.mobjects.shapes import Strokes
from cnnviz.stage.stories.flattening import Flat
from tests.scenes.watch import watch

ENTRY = find("ch01-s02-dense-growth")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CASES = {
    "given": {},
    "own": {"image": "photo:china", "digit": "digit:8", "side": 64, "units": 3, "filters": 2, "theme": "light"},
}


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request):
    return request.param, watch(SCENE, **request.param)


def counts(options):
    """Count weights and biases one by one, as far as that is not too long: a neuron at a time."""
    side, units, filters = (
        options.get(name, given) for name, given in (("side", 224), ("units", 512), ("filters", 64))
    )
    dense = []
    for halvings in (3, 2, 1, 0):
        total = 0
        for _ in range(units):
            total += 3 * (side // 2**halvings) ** 2 + 1
        dense.append(total)
    shared = sum(1 for _ in range(filters) for _ in np.ndindex(3, 3, 3)) + filters
    return dense, shared


def texts(still):
    return [label.text for label in still.labels]


def ending(seen, start):
    """The last picture of the beat whose sentence begins so."""
    return [still for still in seen.pictures if still.beat and still.beat.text.startswith(start)][-1]


def check(options, seen):
    dense, shared = counts(options)
    last = texts(seen.stills[-1])
    assert all(f"{count:,}" in last for count in (*dense, shared))
    (bars,) = (part for part in seen.stills[-1].family if isinstance(part, Bars))
    heights = [np.ptp(bar.points[:, 1]) for bar in bars.rectangles]
    np.testing.assert_allclose(heights, [bars.length * count / dense[-1] for count in (*dense, shared)], atol=1e-6)
    for text in ("64", "65", "= ", "1 neuron"):
        assert text.strip() in " ".join(texts(ending(seen, "All 64"))), text
    assert "650" in texts(ending(seen, "One neuron"))


def test_the_bars_and_their_texts_are_the_counts(case):
    check(*case)


def wired(options, seen):
    still = ending(seen, "One neuron")
    values = load_image(options.get("digit", "digit:3")).values[0]
    (line,) = (part for part in still.family if isinstance(part, Flat))
    image = line.made
    top, right, bottom = image.points[0, 1], image.points[1, 0], image.points[2, 1]
    pixels = image.pixel_array[..., :3].astype(int)
    look = seen.scene.theme
    ends = set()
    for fan in (part for part in still.family if type(part) is Strokes and len(part.points) % 256 == 0):
        for start, end in zip(fan.points[::4], fan.points[3::4], strict=True):
            ends.add((round(float(end[0]), 3), round(float(end[1]), 3)))
            place = (top - start[1]) / (top - bottom) * values.size
            assert start[0] == pytest.approx(right)
            assert place % 1 == pytest.approx(0.5, abs=1e-6)
    assert len(ends) == 10
    for index in range(values.size):
        meant = look.fill("input", float(values[index // 8, index % 8] / 16))
        assert np.abs(pixels[index, 0] - [int(meant[i : i + 2], 16) for i in (1, 3, 5)]).max() <= 1, index


def test_every_pixel_lies_in_the_line_row_after_row_and_has_a_wire_to_every_neuron(case):
    wired(*case)


def test_a_line_by_columns_would_be_noticed(monkeypatch):
    def by_columns(values, *how):
        return value_pixels(values.reshape(8, 8).T.reshape(-1, 1) if values.shape[1] == 1 else values, *how)

    monkeypatch.setattr("cnnviz.stage.stories.flattening.value_pixels", by_columns)
    with pytest.raises(AssertionError):
        wired({}, watch(SCENE))


def test_a_forged_count_would_be_noticed(monkeypatch):
    monkeypatch.setattr("cnnviz.subjects.growth.parameter_count", lambda *_, **__: 7)
    with pytest.raises(AssertionError):
        check({}, watch(SCENE))
