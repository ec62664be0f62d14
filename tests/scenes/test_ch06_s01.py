"""The volumes, read back from the picture: shapes, bars, and faces that show the very numbers of nested loops."""

from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from cnnviz.nn import load
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Volume
from cnnviz.stage.color import rgb
from cnnviz.subjects.station import Station
from cnnviz.subjects.volumes import Volumes
from tests import helpers
from tests.scenes.findings import findings
from tests.scenes.sheets import Drawn
from tests.scenes.watch import value, watch


def scene():
    entry = find("ch06-s01-volumes")
    return load_scene(entry.path, entry.class_name)


@cache
def seen(**options):
    return watch(scene(), **options)


def blocks(still):
    return [part for part in still.family if isinstance(part, Volume)]


def columns(watched):
    """The texts below each block of the last picture: its words from above, then the numbers of its bars from left."""
    still = watched.stills[-1]
    words = [label for label in still.labels if not label.caption and label.text not in ("numbers", "parameters")]
    found, reach = [], max(block.box.height for block in blocks(still)) / 2 + 3.5
    for block in blocks(still):
        middle, high = block.box.center
        below = [label for label in words if high - reach < label.center[1] < block.box.bottom]
        own = [label for label in below if abs(label.center[0] - middle) < 0.06]
        bars = [label for label in below if 0.06 <= abs(label.center[0] - middle) < 0.5]
        own.sort(key=lambda label: -label.center[1])
        found.append([label.text for label in [*own, *sorted(bars, key=lambda label: label.center[0])]])
    return found


def check(watched, expected):
    assert [tuple(texts[-3:]) for texts in columns(watched)] == expected


LECTURE = [
    ("3 × 32 × 32", "3,072", "0"),
    ("16 × 32 × 32", "16,384", "448"),
    ("16 × 16 × 16", "4,096", "0"),
    ("32 × 16 × 16", "8,192", "4,640"),
    ("32 × 8 × 8", "2,048", "0"),
    ("64 × 8 × 8", "4,096", "18,496"),
    ("64 × 4 × 4", "1,024", "0"),
    ("1,024", "1,024", "0"),
]


def test_shapes_numbers_and_parameters():
    check(seen(), LECTURE)


def test_blocks_are_drawn_to_scale_and_their_faces_meet():
    watched = seen()
    drawn = blocks(watched.stills[-1])
    stations = watched.scene.subject.stations
    sides, depths = set(), set()
    for block, station in zip(drawn[:-1], stations[:-1], strict=True):
        top, left, front = (Drawn.of(face) for face in block.faces)
        sides |= {round(float(np.linalg.norm(front.down)) / station.shape[1], 4)}
        depths |= {round(float(np.linalg.norm(top.down)) / station.shape[0], 4)}
        np.testing.assert_allclose(top.corner + top.down, front.corner, atol=1e-6)
        np.testing.assert_allclose(left.corner + left.across, front.corner, atol=1e-6)
        np.testing.assert_allclose(left.down, front.down, atol=1e-6)
    assert len(sides) == len(depths) == 1
    assert all(a.box.right <= b.box.left for a, b in pairwise(drawn))


def layers(name, picture):
    """The maps of each volume of a chain of 3 x 3 convolutions and poolings, in nested loops."""
    network = load(name)
    if any(one.values is None for one in network.parameters().values()):
        network.initialize(0)
    x, made = np.asarray(picture, dtype=float)[None], []
    for layer, part in network.children().items():
        kind = layer.rstrip("0123456789")
        if kind == "conv":
            own = {key: one.array("test").astype(float) for key, one in part.parameters().items()}
            x = helpers.conv(x, own["weight"], own["bias"], padding=1)
            x = np.where(x > 0, x, 0.0)
            made.append(x[0])
        elif kind == "pool":
            x = helpers.max_pool(x, (2, 2))
            made.append(x[0])
    return made


def check_faces(watched, answers):
    """The faces show the first map, and of each map the first row and the first column, the liveliest map in front."""
    theme = watched.scene.theme
    for block, maps in zip(blocks(watched.stills[-1])[1:], answers, strict=False):
        order = sorted(range(len(maps)), key=lambda i: -maps[i].std())
        sorted_maps = np.array([maps[i] for i in order])
        faces = (sorted_maps[::-1, 0], sorted_maps[::-1, :, 0].T, sorted_maps[0])
        scale = max(np.abs(face).max() for face in faces)
        for face, values in zip(block.faces, faces, strict=True):
            np.testing.assert_allclose(face.values, values, atol=1e-4)
            shown = face._image.pixel_array[..., :3].reshape(-1, 3).astype(int)
            expected = [rgb(theme.fill("output", value / scale)) for value in values.ravel().tolist()]
            assert np.abs(shown - np.array(expected)).max() <= 1


def test_faces_show_what_nested_loops_compute():
    small = "1x8x8 > conv 3 k3 p1 > relu > pool 2 > conv 4 k3 p1 > relu > flatten"
    watched = seen(network=small, image="digit:3")
    check_faces(watched, layers(small, watched.scene.subject.picture.values / 16))
    assert any("has not learned" in caption.text for caption in watched.rendered.subcaptions)


@pytest.mark.full
def test_a_trained_network_is_shown_with_its_own_numbers():
    watched = seen(network="tiny-cnn", image="digit:3", theme="light")
    check_faces(watched, layers("tiny-cnn", watched.scene.subject.picture.values / 16))
    assert not any("has not learned" in caption.text for caption in watched.rendered.subcaptions)


def test_a_wrong_face_would_be_noticed(monkeypatch):
    monkeypatch.setattr("cnnviz.subjects.volumes._liveliest_first", lambda maps: maps[::-1])
    small = "1x8x8 > conv 3 k3 p1 > relu > pool 2 > conv 4 k3 p1 > relu > flatten"
    watched = watch(scene(), network=small, image="digit:3")
    with pytest.raises(AssertionError):
        check_faces(watched, layers(small, watched.scene.subject.picture.values / 16))


OTHERS = [
    {"network": "vgg16", "theme": "light"},
    {"network": "resnet50"},
    {"network": "efficientnet-b0"},
    {"network": "1x28x40 > conv 8 k5 s2 > pool 2 > flatten > dense 10"},
    {"network": "5x300x20 > conv 2 k7 s3", "image": "photo:china"},
]


@pytest.mark.full
@pytest.mark.parametrize("options", OTHERS, ids=lambda options: options["network"].split()[0])
@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
def test_other_networks_lay_out_as_well(options, aspect):
    watched = watch(scene(), aspect, fps=8, **options)
    assert not findings(watched)
    for texts, station in zip(columns(watched), Volumes(options["network"]).stations, strict=True):
        shown, tolerance = zip(*(value(text) for text in texts[-2:]), strict=True)
        numbers = station.values, station.parameters
        assert all(abs(a - b) <= slack for a, b, slack in zip(shown, numbers, tolerance, strict=True))


def test_a_wrong_number_would_be_noticed(monkeypatch):
    monkeypatch.setattr(Station, "values", property(lambda station: station.shape[0] + 1))
    with pytest.raises(AssertionError):
        check(watch(scene()), LECTURE)
