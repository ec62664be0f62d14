"""All compared, read back from the picture: every count beside its name, longest bars above."""

from functools import cache

import pytest

from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Ranking, Skyline
from tests.scenes.watch import near, watch

ENTRY = find("ch09-s08-all-compared")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
PARAMETERS = {  # as the papers and the curriculum have them
    "LeNet-5": 60_000,
    "AlexNet": 60_965_224,
    "VGG-16": 138_357_544,
    "GoogLeNet": 6_998_552,
    "ResNet-50": 25_557_032,
    "ResNet-152": 60_192_808,
    "MobileNet v1": 4_231_976,
    "EfficientNet-B0": 5_288_548,
}


class Noted(SCENE):
    """The same scene, which notes how long each bar is whenever it holds."""

    def hold(self, seconds):
        bars = getattr(self.chart, "bars", ())  # none before the chart is drawn
        boxes = [(bar.points.min(axis=0), bar.points.max(axis=0)) for bar in bars]
        self.notes = {**getattr(self, "notes", {}), round(self.renderer.time, 6): boxes}
        super().hold(seconds)


@cache
def seen():
    return watch(Noted)


def said(words):
    """The last picture of the beat with these words."""
    return [still for still in seen().stills if still.beat and words in still.beat.text][-1]


def check(words, expected):
    """Each name has its count beside it, and a bar of that length; the order is that of the counts."""
    watched = seen()
    still = said(words)
    names = sorted((s for s in still.labels if s.text in expected), key=lambda s: -s.center[1])
    assert [s.text for s in names] == sorted(expected, key=lambda name: -expected[name])
    (chart,) = (part for part in still.family if isinstance(part, Ranking))
    boxes = watched.scene.notes[round(still.start, 6)]
    for name in names:
        beside = [s for s in still.labels if abs(s.center[1] - name.center[1]) < 0.1 and s is not name]
        assert [s.text for s in beside] == [f"{expected[name.text]:,}"]
        low, high = boxes[list(chart.names).index(name.text)]
        assert low[1] < name.center[1] < high[1]
        share = (high[0] - low[0]) / chart.length
        assert share == pytest.approx(expected[name.text] / max(expected.values()), abs=0.005)


def test_parameters_are_those_of_the_papers():
    check("The largest is", PARAMETERS)


def test_another_count_would_be_noticed():
    with pytest.raises(AssertionError):
        check("The largest is", {**PARAMETERS, "AlexNet": 62_378_344})


def test_layers_of_the_plain_networks_are_those_of_their_names():
    still = said("The deepest is")
    at = {s.text: s.center[1] for s in still.labels}
    for name, count in (
        ("VGG-16", "16"),
        ("AlexNet", "8"),
        ("LeNet-5", "5"),
        ("ResNet-152", "152"),
        ("ResNet-50", "50"),
    ):
        assert at[count] == pytest.approx(at[name], abs=0.1)


def test_all_counts_stand_below_their_tower_in_the_end():
    still = seen().stills[-1]
    (skyline,) = (part for part in still.family if isinstance(part, Skyline))
    assert list(skyline.called) == list(PARAMETERS)
    for number, (name, count) in enumerate(PARAMETERS.items()):
        box = skyline.column(number)
        below = [s for s in still.labels if box.left < s.center[0] < box.right and not s.caption]
        (text,) = (s.text for s in below if abs(s.center[1] - skyline.y(0)) < 0.1)
        assert near(text, count), name
    lit = [s.text for s in still.labels if s.color == seen().scene.theme.highlight]
    assert lit == ["138M", "15G", "152"]
