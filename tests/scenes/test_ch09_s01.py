"""Timeline, read back from the picture: errors of the papers, bars to scale, years in place, depths recounted."""

from functools import cache

import pytest

from cnnviz.nn import Conv2d, Linear, load
from cnnviz.nn.branch import Branches
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Bars, Skyline, Years
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.subjects.compared import TITLES
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch

ENTRY = find("ch09-s01-timeline")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
ERRORS = {  # as the papers print them, in percent, with one decimal
    "no CNN": 25.8,
    "AlexNet": 18.2,
    "5 × AlexNet": 16.4,
    "7 × AlexNet": 15.3,
    "VGG-16": 7.2,
    "GoogLeNet": 7.9,
    "7 × GoogLeNet": 6.7,
    "ResNet-152": 4.5,
    "6 × ResNet-152": 3.6,
    "EfficientNet-B0": 6.7,
}
DEPTHS = {"LeNet-5": 5, "AlexNet": 8, "VGG-16": 16, "GoogLeNet": 22, "ResNet-152": 152, "EfficientNet-B0": 82}
PARAMETERS = {
    "LeNet-5": 60_000,
    "AlexNet": 60_965_224,
    "VGG-16": 138_357_544,
    "GoogLeNet": 6_998_552,
    "ResNet-152": 60_192_808,
    "EfficientNet-B0": 5_288_548,
}


@cache
def seen():
    return watch(SCENE)


def said(words):
    """The last picture of the beat with these words."""
    return [still for still in seen().pictures if still.beat and words in still.beat.text][-1]


def check(words, expected, write):
    """Each name has its number beside it and a bar of that length, in the order of time."""
    still = said(words)
    (chart,) = (part for part in still.family if isinstance(part, Years))
    (bars,) = (part for part in still.family if isinstance(part, Bars))
    for row, (name, bar) in enumerate(zip(expected, bars.rectangles, strict=True)):
        beside = [s for s in still.labels if abs(s.center[1] - chart.y(row)) < 0.1 and s.box[0] > chart.bars_at]
        texts = [s.text for s in sorted(beside, key=lambda s: s.box[0])]
        assert " ".join(texts) == f"{name} {write(expected[name])}"
        low, high = bar.points.min(axis=0), bar.points.max(axis=0)
        assert low[1] < chart.y(row) < high[1]
        share = (high[0] - low[0]) / bars.length
        assert share == pytest.approx(expected[name] / max(expected.values()), abs=1e-6)


def percent(error):
    return f"{error:.1f} %"


def test_errors_are_those_of_the_papers():
    check("And a small one", ERRORS, percent)


def test_another_error_would_be_noticed():
    with pytest.raises(AssertionError):
        check("And a small one", {**ERRORS, "AlexNet": 16.4}, percent)


def columns(still):
    """What stands below each tower, by its name: year, layers, parameters."""
    (skyline,) = (part for part in still.family if isinstance(part, Skyline))
    found = {}
    for number, name in enumerate(skyline.called):
        box = skyline.column(number)
        lines = [s for s in still.labels if box.left < s.center[0] < box.right and not s.caption]
        own = [s for s in lines if skyline.box.bottom < s.center[1] < skyline.y(0) + 0.1]
        found[name] = [s.text for s in sorted(own, key=lambda s: -s.center[1])]
    return skyline, found


def check_networks(depths, parameters):
    skyline, found = columns(said("errors fell"))
    assert list(found) == list(depths)
    years = [int(year) for year, *_ in found.values()]
    assert years == [1998, 2012, 2014, 2014, 2015, 2019]
    assert [int(layers) for _, layers, *_ in found.values()] == list(depths.values())
    assert all(near(text, parameters[name]) for name, (*_, text) in found.items())
    assert [len(lines) for lines in found.values()] == [3] * len(depths)
    assert [len(tower.storeys) for tower in skyline.towers] == list(depths.values())


def test_depths_and_parameters():
    check_networks(DEPTHS, PARAMETERS)
    with pytest.raises(AssertionError):
        check_networks(DEPTHS, {**PARAMETERS, "VGG-16": 139_000_000})


def test_years_of_errors_stand_where_they_belong():
    still = said("And a small one")
    (chart,) = (part for part in still.family if isinstance(part, Years))
    at = {int(s.text): s.center[1] for s in still.labels if s.box[2] < chart.bars_at and s.text.isdigit()}
    assert list(at) == [2011, 2012, 2014, 2015, 2019]
    for year, y in at.items():
        rows = [chart.y(row) for row, made in enumerate(chart.years) if made == year]
        assert y == pytest.approx((rows[0] + rows[-1]) / 2, abs=0.02)


def check_errors_that_hang(errors):
    """Each hangs over its tower, to scale, and neither it nor its number reaches the tower."""
    still = said("errors fell")
    (skyline,) = (part for part in still.family if isinstance(part, Skyline))
    lows, highs = zip(*((p.points.min(axis=0), p.points.max(axis=0)) for p in hanging(still, skyline)), strict=True)
    assert len(lows) == len(errors)
    for low, high, (name, error) in zip(lows, highs, errors.items(), strict=True):
        number = skyline.called.index(name)
        assert (low[0] + high[0]) / 2 == pytest.approx(skyline.column(number).center[0])
        assert (high[1] - low[1]) / (highs[0][1] - lows[0][1]) == pytest.approx(error / 18.2)
        (text,) = (s for s in still.labels if s.text == percent(error) and abs(s.center[0] - low[0]) < 0.5)
        assert skyline.towers[number].get_top()[1] < text.box[1] < text.box[3] < low[1]


def hanging(still, skyline):
    """The rectangles that begin at the top of the towers' room, from left to right."""
    found = [p for p in still.family if type(p) is Rectangle and p.get_top()[1] == pytest.approx(skyline.box.top)]
    return sorted(found, key=lambda part: part.get_left()[0])


def test_the_errors_that_hang_are_to_scale():
    alone = {name: ERRORS[name] for name in DEPTHS if name in ERRORS}
    assert len(alone) == 5
    check_errors_that_hang(alone)
    with pytest.raises(AssertionError):
        check_errors_that_hang({**alone, "VGG-16": 7.9})


def longest(layer):
    """The weighted layers on the longest way, told by their weights alone."""
    if isinstance(layer, Conv2d | Linear):
        return 1
    inside = [longest(child) for child in layer.children().values()]
    return max(inside, default=0) if isinstance(layer, Branches) else sum(inside)


def test_depths_are_found_by_weights_too():
    for name in ("vgg16", "googlenet", "resnet152", "efficientnet-b0"):
        assert longest(load(name)) == DEPTHS[TITLES[name]]


@pytest.mark.full
@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
def test_ones_own_network_is_set_beside(aspect):
    watched = watch(SCENE, aspect, fps=8, network="tiny-cnn", year=2026)
    assert not [each for each in findings(watched) if "no catalogue" not in each]
    _, found = columns(watched.stills[-1])
    assert near(found["tiny-cnn"][-1], 3818)
