"""The volumes, read back from the picture: shapes, values and parameters as the lecture counts them by hand."""

from functools import cache
from itertools import pairwise

import pytest

from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Volume
from cnnviz.stage.volumes.station import Station
from cnnviz.subjects.volumes import Volumes
from tests.scenes.checks import off_palette, outside, overlapping, too_small, unread, unreadable
from tests.scenes.watch import watch


def scene():
    entry = find("ch06-s01-volumes")
    return load_scene(entry.path, entry.class_name)


@cache
def seen(**options):
    return watch(scene(), **options)


def columns(still, count):
    """The texts of each column from above, of the last picture; each belongs to the nearest shape label."""
    words = [
        label for label in still.labels if -2.6 < label.center[1] < 2.7 and label.text not in ("values", "parameters")
    ]
    shapes = sorted((label for label in words if abs(label.center[1] + 0.53) < 0.06), key=lambda label: label.center[0])
    assert len(shapes) == count
    found = {shape.text + str(place): [] for place, shape in enumerate(shapes)}
    for label in sorted(words, key=lambda label: -label.center[1]):
        place = min(range(count), key=lambda i: abs(shapes[i].center[0] - label.center[0]))
        found[shapes[place].text + str(place)].append(label.text)
    return list(found.values())


def check(watched, expected):
    found = columns(watched.stills[-1], len(expected))
    assert [tuple(texts[-3:]) for texts in found] == expected


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


def test_shapes_values_and_parameters():
    check(seen(), LECTURE)


def test_boxes_are_drawn_to_scale():
    watched = seen()
    boxes = [part for part in watched.stills[-1].family if isinstance(part, Volume)]
    boxes.sort(key=lambda box: box.extent.left)
    stations = watched.scene.subject.stations[:-1]
    sides = {round(box.front.height / station.shape[1], 6) for box, station in zip(boxes, stations, strict=False)}
    depths = {round(-box.back[0] / station.shape[0], 6) for box, station in zip(boxes, stations, strict=False)}
    assert len(sides) == len(depths) == 1
    assert all(a.extent.right < b.extent.left for a, b in pairwise(boxes))


OTHERS = [
    {"network": "vgg16", "theme": "light"},
    pytest.param({"network": "resnet50"}, marks=pytest.mark.full),
    pytest.param({"network": "1x28x40 > conv 8 k5 s2 > pool 2 > flatten > dense 10"}, marks=pytest.mark.full),
    pytest.param({"network": "5x300x20 > conv 2 k7 s3", "image": "photo:china"}, marks=pytest.mark.full),
]


@pytest.mark.parametrize("options", OTHERS, ids=lambda options: options["network"].split()[0])
def test_other_networks_lay_out_as_well(options):
    watched = seen(**options)
    for wrong in (outside, overlapping, too_small, unreadable, off_palette, unread):
        assert not wrong(watched), wrong.__name__
    made = Volumes(options["network"])
    check(watched, [(s.label, f"{s.values:,}", f"{s.parameters:,}") for s in made.stations])
    assert 20 <= watched.rendered.seconds <= 120


def test_a_wrong_number_would_be_noticed(monkeypatch):
    monkeypatch.setattr(Station, "values", property(lambda station: station.shape[0] + 1))
    with pytest.raises(AssertionError):
        check(watch(scene()), LECTURE)
