"""AlexNet, read back from the picture: its lines, the windows of its first layer, and the boxes of its two columns."""

from functools import cache

import pytest

from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Branches
from cnnviz.subjects.alexnet import AlexNet
from tests.scenes.diagrams import check_bars, lines
from tests.scenes.findings import findings
from tests.scenes.watch import watch

ENTRY = find("ch09-s03-alexnet")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CONVS = ((11, 3, 96), (5, 48, 256), (3, 256, 384), (3, 192, 384), (3, 192, 256))  # kernel, maps read, filters
DENSE = ((256 * 6 * 6, 4096), (4096, 4096), (4096, 1000))
OF = [(kernel**2 * maps + 1) * filters for kernel, maps, filters in CONVS]
PARAMETERS = [0, OF[0], 0, OF[1], 0, *OF[2:], 0, *((reads + 1) * makes for reads, makes in DENSE)]
SEES = ["1", "11", "19", "51", "67", "99", "131", "163", "195", "all", "all", "all"]


@cache
def seen():
    return watch(SCENE)


def said(words):
    """The last picture of the beat with these words."""
    return [still for still in seen().pictures if still.beat and words in still.beat.text][-1]


def test_lines_are_those_of_the_paper():
    still = said("37,752,832 of them here")
    assert [line[-1] for line in lines(still)] == [f"{count:,}" for count in PARAMETERS]
    check_bars(still, PARAMETERS)
    assert sum(PARAMETERS) == 60_965_224
    assert [line[-1] for line in lines(said("One cell here"))] == SEES


def test_the_first_window_makes_55_steps():
    starts = [start for start in range(227) if start % 4 == 0 and start + 11 <= 227]
    net = AlexNet()
    assert net.origins == [(0, start) for start in starts]
    still = said("The first kernels")
    marks = {(mark.cell, mark.rows, mark.columns) for mark in still.marks}
    last = starts[-1]
    assert {((132, last), 11, 11), ((1, 12), 11, 11), ((131, last - 12), 13, 23)} <= marks
    assert "(227 − 11) / 4 + 1 = 55" in [label.text for label in still.labels]
    assert "(224 − 11) / 4 + 1 = 54.25" in [label.text for label in said("The paper prints").labels]


def check_columns(convs):
    still = seen().stills[-1]
    (drawn,) = (part for part in still.family if isinstance(part, Branches))
    for column in (0, 1):
        for row, (kernel, maps, filters) in enumerate(convs):
            room = drawn.room(column, row)
            inside = [
                label
                for label in still.labels
                if room.left < label.center[0] < room.right and room.bottom < label.center[1] < room.top
            ]
            half = (kernel**2 * maps + 1) * filters // 2
            texts = " ".join(s.text for s in sorted(inside, key=lambda s: (-round(s.center[1], 1), s.box[0])))
            assert texts == f"conv {kernel} × {kernel} {filters // 2} maps {half:,}"


def test_each_column_has_half():
    check_columns(CONVS[1:])
    texts = [label.text for label in seen().stills[-1].labels]
    full = sum(
        (kernel**2 * maps + 1) * filters for kernel, maps, filters in ((5, 96, 256), (3, 384, 384), (3, 384, 256))
    )
    grouped = OF[1] + OF[3] + OF[4]
    assert 60_965_224 + full - grouped == 62_378_344
    assert {"in columns: 60,965,224", "all connected: 62,378,344", f"saved: {full - grouped:,}"} <= {*texts}


def test_a_wrong_box_would_be_noticed():
    with pytest.raises(AssertionError):
        check_columns([(5, 96, 256), *CONVS[2:]])


@pytest.mark.full
@pytest.mark.parametrize(
    "network", ["vgg11", "alexnet-ungrouped", "mobilenet-v1", "1x28x28 > conv 8 k5 > pool 2 > flatten > dense 10"]
)
def test_other_networks_are_told(network):
    found = findings(watch(SCENE, "9:16", fps=8, network=network, image="photo:flower"))
    assert not [each for each in found if "untold" not in each]
