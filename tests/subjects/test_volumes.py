import subprocess
import sys
from itertools import pairwise
from math import prod

import numpy as np
import pytest

from cnnviz.errors import InputError, OptionError
from cnnviz.nn import Flatten, Sequential, load, zoo
from cnnviz.stage.language import say
from cnnviz.stage.stories import volume_words as words
from cnnviz.subjects.volumes import Volumes
from tests.engine.says import says


def subject(network=None, **options):
    return Volumes(network, **options)


def test_the_example_of_the_lecture():
    stations = subject().stations
    assert [s.label for s in stations] == [
        "3 × 32 × 32",
        "16 × 32 × 32",
        "16 × 16 × 16",
        "32 × 16 × 16",
        "32 × 8 × 8",
        "64 × 8 × 8",
        "64 × 4 × 4",
        "1,024",
    ]
    assert [s.parameters for s in stations if s.parameters] == [448, 4_640, 18_496]
    assert [s.heads for s in stations[:3]] == [((1, "input"),), ((1, "conv 3 × 3"),), ((1, "pool 2 × 2"),)]


def test_vgg_is_told_by_its_six_sizes():
    made = subject("vgg16")
    assert [s.label for s in made.stations][1:7] == [
        "64 × 224 × 224",
        "128 × 112 × 112",
        "256 × 56 × 56",
        "512 × 28 × 28",
        "512 × 14 × 14",
        "512 × 7 × 7",
    ]
    assert made.stations[3].heads == ((1, "pool"), (3, "conv"))
    assert made.parameters == 138_357_544


PICTURED = [name for name in zoo.names() if len(zoo.find("test", name).input) == 3]


@pytest.mark.parametrize("name", PICTURED)
def test_every_known_network_fits_and_loses_nothing(name):
    entry, made = zoo.find("test", name), subject(name)
    network = entry.build()
    assert made.parameters == network.parameter_count
    assert made.stations[0].shape == entry.input
    assert made.stations[-1].shape == network.output_shape(entry.input)
    shapes, shape = [entry.input], entry.input
    for layer in network.children().values():
        shape = layer.output_shape(shape)
        shapes.append(shape)
    assert [s for s in made.stations if s.shape not in shapes] == []
    assert all(s.values == prod(s.shape) for s in made.stations)
    pairs = list(pairwise(made.stations))
    said = [words.made(a, b) for a, b in pairs] + [words.again(pairs)]
    assert all(0 < len(say(sentence, **fields)) <= 90 for sentence, fields in said)


def test_a_network_of_somebodys_own():
    made = subject("1x28x40 > conv 8 k5 s2 > relu > bn > pool 2 > flatten > dense 10")
    assert [(s.label, s.parameters) for s in made.stations] == [
        ("1 × 28 × 40", 0),
        ("8 × 12 × 18", 224),
        ("8 × 6 × 9", 0),
        ("432", 0),
        ("10", 4_330),
    ]
    assert made.picture.values.shape == (1, 28, 40)
    assert subject("5x8x8 > conv 4").picture is None
    assert subject("3x20x1000 > pool 2").picture.values.shape == (3, 4, 224)


def test_the_takeaway_is_only_said_where_it_is_true():
    assert "small and deep" in words.takeaway(subject().stations)
    assert "small and deep" not in words.takeaway(subject("3x8x8 > conv 2 p1").stations)
    assert "small and deep" not in words.takeaway(subject("3x8x8 > flatten").stations)


def test_numbers_are_those_of_the_forward_pass_in_the_order_of_their_spread():
    made = subject("tiny-cnn", image="digit:3")
    x = (made.picture.values / made.picture.peak).astype(np.float32)[None]
    record = load("tiny-cnn").forward(x, record=True)
    for name, numbers in zip(("relu1", "relu2", "pool1"), made.numbers[1:4], strict=True):
        maps = record[name].output[0]
        order = sorted(range(len(maps)), key=lambda i: -maps[i].std())
        np.testing.assert_array_equal(numbers, [maps[i] for i in order])
    np.testing.assert_array_equal(made.numbers[-1], record.output[0])
    assert made.has_weights


def test_random_weights_stay_out_of_the_network_that_was_given():
    network = load("1x8x8 > conv 2 k3")
    made = subject(network)
    assert made.numbers[1].shape == (2, 6, 6)
    assert not made.has_weights
    assert network.parameters()["conv1.weight"].values is None


@pytest.mark.parametrize(
    "network", ["vgg16", "5x8x8 > conv 2 k3", "3x300x300 > conv 2 k3", "3x8x8 > flatten > dense 200000"]
)
def test_what_is_too_large_or_no_picture_has_shapes_alone(network):
    assert subject(network).numbers is None


@pytest.mark.parametrize(
    ("network", "kind", "text"),
    [
        (
            "3x32x32 > relu",
            OptionError,
            "volumes: expected layers that make another shape, got none; add a conv or a pool",
        ),
        (
            "784 > dense 10",
            OptionError,
            "volumes: expected a network that reads pictures (CHANNELSxROWSxCOLUMNS), got an input of 784 features; "
            "begin with 1x28x28 for instance",
        ),
        (
            "3x64x64" + " > conv 4 > conv 5" * 8,
            OptionError,
            "volumes: expected a network of at most 10 volumes of different size, got 17; leave layers out",
        ),
    ],
)
def test_what_does_not_fit_is_refused(network, kind, text):
    with says(kind, text):
        subject(network)


@pytest.mark.parametrize("network", ["nope", "3x8 > conv 2", "3x8x8 > conv x"])
def test_bad_networks_are_one_line(network):
    with pytest.raises(InputError) as caught:
        subject(network)
    assert "\n" not in str(caught.value)


def test_the_picture_is_the_one_that_was_asked_for():
    default, other = subject().picture.values, subject(image="photo:china").picture.values
    assert default.shape == other.shape == (3, 32, 32)
    assert not np.array_equal(default, other)


def test_shapes_do_not_load_manim():
    code = "import sys; from cnnviz.subjects.volumes import Volumes; Volumes(); sys.exit('manim' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_network_of_ones_own_is_taken_from_python_and_from_a_file(tmp_path):
    network = load("1x12x12 > conv 2 k3 > pool 2 > flatten > dense 3")
    network.initialize(0)
    network.save(tmp_path / "mine.npz")
    shown = (
        subject(network),
        subject(tmp_path / "mine.npz"),
        subject("1x12x12 > conv 2 k3 > pool 2 > flatten > dense 3"),
    )
    assert [made.name for made in shown] == ["your network", "mine", "your network"]
    assert len({made.stations for made in shown}) == 1
    with pytest.raises(OptionError, match=r"^network: expected a network that says the shape of its input, got none"):
        subject(Sequential(Flatten()))
