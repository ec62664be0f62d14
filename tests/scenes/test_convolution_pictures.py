"""Large and color pictures: the enlarged window, the partial sums and the painted map equal nested loops."""

import numpy as np
import pytest

from cnnviz.data import load_image
from cnnviz.stage import ConvolutionLesson
from cnnviz.stage.color import rgb
from cnnviz.stage.mobjects.number_grid import NumberGrid
from cnnviz.stage.mobjects.pixel_image import PixelImage
from tests import helpers
from tests.scenes.watch import near, watch

SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], dtype=float)
CASES = {
    "gray": {"image": "photo:china", "size": 20, "padding": 1},
    "rgb": {"image": "photo:flower", "size": 9, "channels": "rgb", "theme": "light"},
    "stride": {"image": "photo:grace_hopper", "size": 26, "stride": 3, "dilation": 2},
}


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request):
    options = request.param
    picture = load_image(options["image"], size=options["size"], channels=options.get("channels", "gray"))
    weights = np.repeat(SOBEL[None, None], len(picture.values), axis=1)
    settings = {name: options[name] for name in ("stride", "padding", "dilation") if name in options}
    answer = helpers.conv(picture.values[None], weights, **settings)[0, 0]
    return watch(ConvolutionLesson, **options), picture, answer


def test_the_map_is_painted_cell_by_cell(case):
    watched, _, answer = case
    view, last = watched.scene.view, watched.stills[-1]
    image = [part for part in last.family if isinstance(part, PixelImage)][-1]
    assert image.pixel_array.shape[:2] == answer.shape
    scale = np.abs(answer).max()
    for index, value in np.ndenumerate(answer):
        assert tuple(image.pixel_array[index]) == (*rgb(view.theme.fill("output", value / scale)), 255)


def test_the_enlarged_window_and_its_sum(case):
    watched, picture, answer = case
    last, trace = watched.stills[-1], watched.scene.subject.trace
    patches = [part for part in last.family if isinstance(part, NumberGrid) and part.role == "input"]
    assert len(patches) == len(picture.values)
    for patch, values in zip(patches, trace[-1].values, strict=True):
        texts = [label.text for label in last.labels if _inside(label, patch.box)]
        assert all(near(text, value) for text, value in zip(texts, values.ravel(), strict=True))
    total = [label.text for label in last.labels if label.size == 40]
    assert near(total[-1], answer.ravel()[-1])
    partial = [label.text for label in last.labels if label.size == 22 and label.text != "="]
    assert [float(text.replace("−", "-")) for text in partial] == (
        [] if len(patches) == 1 else [float((SOBEL * v).sum()) for v in trace[-1].values]
    )


def test_text_stays_apart(case):
    from tests.scenes.test_every_scene import outside, overlapping, too_small

    watched, _, _ = case
    assert not outside(watched)
    assert not overlapping(watched)
    assert not too_small(watched)


def _inside(label, box):
    x, y = (label.box[0] + label.box[2]) / 2, (label.box[1] + label.box[3]) / 2
    return box.left < x < box.right and box.bottom < y < box.top
