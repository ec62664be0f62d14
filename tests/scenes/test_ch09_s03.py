"""AlexNet, read back from the picture: the map of its first layer, its lines, and the kernels of its two columns."""

from functools import cache

import numpy as np
import pytest

from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Lanes
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


def test_the_first_window_makes_55_steps():
    starts = [start for start in range(227) if start % 4 == 0 and start + 11 <= 227]
    net, still = AlexNet(), said("In steps of 4")
    colors = net.picture.values
    (drawn,) = (grid.values for grid in still.grids if grid.values.shape == (55, 55))
    assert len(starts) == 55
    for row, column in ((0, 0), (12, 20), (54, 54), (30, 7)):
        total = 0.0
        for channel in range(3):
            for i in range(11):
                for j in range(11):
                    sign = -1 if j < 5 else 1 if j > 5 else 0
                    total += sign * colors[channel, starts[row] + i, starts[column] + j]
        assert np.isclose(drawn[row, column], total)
    assert "(227 − 11) / 4 + 1 = 55 times a side" in still.beat.text


def check_columns(convs):
    """Below what a kernel reads stand its own weights, times those that one card has of it."""
    still = seen().stills[-1]
    (drawn,) = (part for part in still.family if isinstance(part, Lanes))
    for card in (0, 1):
        row = drawn.row(card)
        for place, (kernel, maps, filters) in enumerate(convs):
            left, right = drawn.spans[place]
            texts = {
                label.text
                for label in still.labels
                if left < label.center[0] < right and row.bottom < label.center[1] < row.top
            }
            half = (kernel**2 * maps + 1) * filters // 2
            assert {f"({kernel} × {kernel} × {maps} + 1)", f"× {filters // 2} = {half:,}"} <= texts


def test_each_column_has_half():
    check_columns(CONVS[1:])
    texts = [label.text for label in seen().stills[-1].labels]
    more = [
        (kernel**2 * maps + 1) * filters - own
        for (kernel, maps, filters), own in zip(
            ((5, 96, 256), (3, 384, 384), (3, 384, 256)), (OF[1], OF[3], OF[4]), strict=True
        )
    ]
    assert 60_965_224 + sum(more) == 62_378_344
    assert {*(f"+ {each:,}" for each in more), f"= {sum(more):,}"} <= {*texts}


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
