"""Inception, read back from the picture: the boxes of module 3a as the paper has them, with and without 1 x 1."""

from functools import cache

import pytest

from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Lanes
from cnnviz.subjects.inception import Inception
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


def check_lanes(still, branches, reads=192):
    """Each kernel has its weights below what it reads, and each lane its maps at the end and a bar with its numbers."""
    (drawn,) = (part for part in still.family if isinstance(part, Lanes))
    most = max(sum(count(*each) for each in lane) for lane in NAIVE)
    for number, lane in enumerate(branches):
        row = drawn.row(number)
        texts = {label.text for label in still.labels if row.bottom < label.center[1] < row.top}
        for kernel, read, makes in lane:
            assert ("pool 3 × 3" if kernel == "pool" else f"({kernel} × {kernel} × {read} + 1) × {makes}") in texts
        costs = [count(*each) for each in lane]
        assert f"{lane[-1][2]} maps" in texts
        assert (" + ".join(f"{each:,}" for each in costs if each) or "0") in texts
        bar = drawn.bars[number][0].box
        assert abs(bar.width / drawn.bars[1][0].box.width - sum(costs) / sum(count(*e) for e in branches[1])) < 0.05
        assert most >= sum(costs)
        assert abs(drawn.blocks[number, 0].box.width - drawn.blocks[0, 0].box.width) < 1e-6


def total(branches):
    return sum(count(*box) for boxes in branches for box in boxes)


def test_both_modules_are_those_of_the_paper():
    check_lanes(seen().stills[-1], MODULE)
    texts = [label.text for label in said("Stacked").labels]
    for (kernel, reads, makes), *_ in NAIVE[:3]:
        assert f"({kernel} × {kernel} × {reads} + 1) × {makes}" in texts
        assert f"{count(kernel, reads, makes):,}" in texts
    assert {"= 416 maps", "= 387,296"} <= {*texts}
    assert (total(MODULE), total(NAIVE)) == (163_696, 387_296)
    texts = [label.text for label in seen().stills[-1].labels]
    assert {"= 256 maps", "163,696 < 387,296"} <= {*texts}
    assert (sum(lane[-1][2] for lane in NAIVE), sum(lane[-1][2] for lane in MODULE)) == (416, 256)


def check_sum(words, branches):
    """What each row costs, and below the rows their sum and no other."""
    texts = [label.text for label in said(words).labels]
    for lane in branches:
        assert (" + ".join(f"{cost:,}" for each in lane if (cost := count(*each))) or "0") in texts
    totals = [text for text in texts if text.startswith("= ") and not text.endswith("maps")]
    assert totals == [f"= {total(branches):,}"]


def test_the_sums_are_those_of_the_rows_that_stand_there():
    halfway = [*NAIVE[:2], MODULE[2], NAIVE[3]]
    check_sum("Stacked", NAIVE)
    check_sum("goes first", halfway)
    assert total(halfway) == 249_584
    with pytest.raises(AssertionError):
        check_sum("goes first", NAIVE)


def test_a_wrong_box_would_be_noticed():
    with pytest.raises(AssertionError):
        check_lanes(seen().stills[-1], [*MODULE[:2], [(1, 192, 16), (5, 192, 32)], MODULE[3]])


def test_a_network_without_branches_has_no_module():
    assert Inception("vgg16").module is None


@pytest.mark.full
@pytest.mark.parametrize("network", ["resnet18", "lenet5"])
def test_other_networks_are_told(network):
    found = findings(watch(SCENE, "9:16", fps=8, network=network))
    assert not [each for each in found if "untold" not in each]
