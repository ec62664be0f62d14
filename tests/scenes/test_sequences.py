"""A network of sequences in every scene of a network: drawn without a fault, with the numbers that loops find."""

from functools import cache

import numpy as np
import pytest

from cnnviz.data import load_sequence
from cnnviz.nn import BatchNorm2d, Conv1d, Flatten, GlobalAvgPool2d, Linear, MaxPool1d, ReLU, Residual, Sequential
from cnnviz.render.catalog import find, load_scene
from cnnviz.render.explain import STORY, explain, facts, movie_title
from cnnviz.subjects.network import PictureNetworkKind
from cnnviz.subjects.number import cell_text
from cnnviz.subjects.seen import see
from tests import helpers
from tests.scenes.findings import findings
from tests.scenes.watch import watch

LENGTH = 64
CHANNELS = pytest.mark.parametrize("channels", [3, pytest.param(1, marks=pytest.mark.full)])


@cache
def network(channels):
    """A small one with weights, a block in it, and 3 classes."""
    made = Sequential(
        {
            "conv1": Conv1d(channels, 6, 5, 2, 2),
            "relu1": ReLU(),
            "block": Residual(Sequential(Conv1d(6, 6, 3, padding=1), BatchNorm2d(6), ReLU())),
            "pool": MaxPool1d(2),
            "conv2": Conv1d(6, 8, 3, padding=1, dilation=1),
            "relu2": ReLU(),
            "mean": GlobalAvgPool2d(),
            "flat": Flatten(),
            "dense": Linear(8, 3),
        }
    )
    made.initialize(4)
    made.input_shape = channels, LENGTH
    made.classes = "rest", "walk", "run"
    return made


@cache
def known(channels):
    return PictureNetworkKind().read("network", network(channels))


@cache
def seen(slug, channels, aspect="16:9"):
    entry = find(slug)
    return watch(load_scene(entry.path, entry.class_name), aspect=aspect, network=known(channels))


@pytest.mark.parametrize("slug", STORY)
@CHANNELS
@pytest.mark.parametrize("aspect", ["16:9", pytest.param("9:16", marks=pytest.mark.full)])
def test_nothing_is_wrong_with_the_pictures(slug, channels, aspect):
    own = "untold", "never_looked_up"  # names of layers and classes are nobody's to translate
    assert [one for one in map(str, findings(seen(slug, channels, aspect))) if not one.startswith(own)] == []


def signal(channels):
    return load_sequence("heartbeat", channels, LENGTH).values[:, 0]


@CHANNELS
def test_the_first_filter_answers_what_loops_find(channels):
    scene = seen("ch10-s02-filters", channels).scene
    weights = {name: p.values.astype(float) for name, p in network(channels).parameters().items()}
    maps = helpers.conv(
        signal(channels)[None, :, None],
        weights["conv1.weight"][:, :, None],
        weights["conv1.bias"],
        stride=(1, 2),
        padding=(0, 2),
    )[0, :, 0]
    liveliest = int(maps.std(axis=1).argmax())
    inside = range(1, LENGTH // 2 - 1)  # stride 2, padding 2: 5 cells from 2 · place - 2 on
    strongest = max(inside, key=lambda place: abs(maps[liveliest][place]))
    assert scene.subject.cell == (0, strongest)
    texts = {label.text.strip("≈= ") for still in seen("ch10-s02-filters", channels).stills for label in still.labels}
    assert cell_text(float(maps[liveliest][strongest])) in texts
    np.testing.assert_allclose(scene.map.values[0], maps[liveliest], rtol=1e-5, atol=1e-6)


@CHANNELS
def test_a_cover_lies_on_all_channels_of_a_moment(channels):
    scene = seen("ch10-s05-occlusion", channels).scene
    s, x = scene.subject, signal(channels).astype(np.float32)
    assert s.size[0] == 1
    first = int(s.drop[0].argmax())
    covered = x.copy()
    covered[:, first * s.stride[1] : first * s.stride[1] + s.size[1]] = x.mean()
    whole, less = (network(channels).forward(each[None])[0, s.chosen] for each in (x, covered))
    assert s.drop[0, first] == pytest.approx(float(whole - less), rel=1e-3, abs=1e-6)
    assert {row for row, _ in scene.x.everywhere()} == set(range(channels))


def test_the_field_is_an_interval():
    levels = seen("ch05-s01-growth", 3).scene.subject.sights[0].levels
    assert [level.name for level in levels] == [
        "input",
        "conv 1 × 5, stride 2",
        "block 1 × 3",
        "max pool 1 × 2",
        "conv 1 × 3",
    ]
    assert [level.size for level in levels] == [(1, 1), (1, 5), (1, 9), (1, 11), (1, 19)]


@pytest.mark.parametrize("channels", [1, 3, 12])
def test_a_lecture_leaves_nothing_out(channels):
    made = see(known(channels), "tone")
    told = explain(made, "tone")
    assert [part.target for part in told.parts[1:]] == [*STORY]
    assert told.left_out == ()
    assert facts(made)[0] == f"{channels} × 64 in, 3 out"
    assert facts(made)[2] == "A sequence is drawn as a picture of one row"
    assert movie_title(known(channels)) == "What your network makes of a sequence"


def test_the_answer_is_that_of_the_network_itself():
    made = see(known(3), "heartbeat")
    scores = network(3).forward(signal(3).astype(np.float32)[None])
    np.testing.assert_array_equal(made.record.output, scores)
