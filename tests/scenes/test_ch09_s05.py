"""Inception, read back from the picture: the boxes of module 3a as the paper has them, with and without 1 x 1."""

from functools import cache

import pytest

from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Branches
from cnnviz.subjects.inception import Inception
from tests.scenes.diagrams import lines
from tests.scenes.findings import findings
from tests.scenes.watch import watch

ENTRY = find("ch09-s05-inception")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
NAIVE = [[(1, 192, 64)], [(3, 192, 128)], [(5, 192, 32)], [("pool", 192, 192)]]
MODULE = [
    [(1, 192, 64)],
    [(1, 192, 96), (3, 96, 128)],
    [(1, 192, 16), (5, 16, 32)],
    [("pool", 192, 192), (1, 192, 32)],
]  # table 1 of the paper: kernel, maps in, maps out


@cache
def seen():
    return watch(SCENE)


def said(words):
    """The last picture of the beat with these words."""
    return [still for still in seen().pictures if still.beat and words in still.beat.text][-1]


def count(kernel, reads, makes):
    return 0 if kernel == "pool" else (kernel * kernel * reads + 1) * makes


def check_boxes(still, branches):
    """Each box says its kernel, its maps and its parameters, from the left and from above."""
    (drawn,) = (part for part in still.family if isinstance(part, Branches))
    for column, boxes in enumerate(branches):
        for row, (kernel, reads, makes) in enumerate(boxes):
            room = drawn.room(column, row)
            inside = [
                label
                for label in still.labels
                if room.left < label.center[0] < room.right and room.bottom < label.center[1] < room.top
            ]
            texts = [label.text for label in sorted(inside, key=lambda label: -label.center[1])]
            named = "pool 3 × 3" if kernel == "pool" else f"conv {kernel} × {kernel}"
            assert texts == [named, f"{makes} maps", f"{count(kernel, reads, makes):,}"]


def total(branches):
    return sum(count(*box) for boxes in branches for box in boxes)


def test_both_modules_are_those_of_the_paper():
    check_boxes(said("Stacked"), NAIVE)
    check_boxes(seen().stills[-1], MODULE)
    assert (total(MODULE), total(NAIVE)) == (163_696, 387_296)
    texts = [label.text for label in seen().stills[-1].labels]
    assert {"192 × 28 × 28", "256 × 28 × 28", "with 1 × 1: 163,696", "as they are: 387,296"} <= {*texts}
    assert "416 × 28 × 28" in [label.text for label in said("Stacked").labels]


def test_a_wrong_box_would_be_noticed():
    with pytest.raises(AssertionError):
        check_boxes(seen().stills[-1], [*MODULE[:2], [(1, 192, 16), (5, 192, 32)], MODULE[3]])


def test_the_whole_network_adds_up():
    counts = [int(line[-1].replace(",", "")) for line in lines(said("6,998,552 parameters"))]
    assert sum(counts) == 6_998_552


def test_a_network_without_branches_has_no_module():
    assert Inception("vgg16").module is None


@pytest.mark.full
@pytest.mark.parametrize("network", ["resnet18", "lenet5"])
def test_other_networks_are_told(network):
    found = findings(watch(SCENE, "9:16", fps=8, network=network))
    assert not [each for each in found if "untold" not in each]
