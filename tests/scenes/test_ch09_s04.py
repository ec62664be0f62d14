"""VGG, read back from the picture: its lines, the ways through small kernels, and the weights that they save."""

import itertools
from functools import cache

import pytest

from cnnviz.render.catalog import find, load_scene
from cnnviz.subjects.vgg import Vgg
from tests.scenes.diagrams import check_bars, lines
from tests.scenes.findings import findings
from tests.scenes.watch import watch

ENTRY = find("ch09-s04-vgg")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
STAGES = ((2, 3, 64, 224), (2, 64, 128, 112), (3, 128, 256, 56), (3, 256, 512, 28), (3, 512, 512, 14))
# Configuration D of the paper: convolutions of each stage, maps in and out, cells a side
PARAMETERS, SEES = [0], [1]
for count, maps, out, _ in STAGES:
    PARAMETERS += [sum((9 * (maps if first else out) + 1) * out for first in [1] + [0] * (count - 1)), 0]
    jump = 2 ** ((len(SEES) - 1) // 2)
    SEES += [SEES[-1] + 2 * jump * count, SEES[-1] + 2 * jump * count + jump]
PARAMETERS += [(512 * 49 + 1) * 4096, (4096 + 1) * 4096, (4096 + 1) * 1000]


@cache
def seen():
    return watch(SCENE)


def said(words):
    """The last picture of the beat with these words."""
    return [still for still in seen().pictures if still.beat and words in still.beat.text][-1]


def test_parameters_and_fields_are_those_of_the_paper():
    still = said("138,357,544 parameters")
    assert [line[-1] for line in lines(still)] == [f"{count:,}" for count in PARAMETERS]
    check_bars(still, PARAMETERS)
    assert sum(PARAMETERS) == 138_357_544
    sees = [line[-1] for line in lines(said("One cell here"))]
    assert sees == [*map(str, SEES), "all", "all", "all"]
    assert SEES[-1] == 212


def test_a_wrong_line_would_be_noticed():
    with pytest.raises(AssertionError):
        check_bars(said("138,357,544 parameters"), [*PARAMETERS[:-1], PARAMETERS[-1] * 2])


def ways(kernels):
    """Walk every way from a cell through the windows of so many kernels, one step each."""
    found = {}
    steps = list(itertools.product((-1, 0, 1), repeat=2))
    for way in itertools.product(steps, repeat=kernels):
        end = sum(down for down, _ in way) + 3, sum(right for _, right in way) + 3
        found[end] = found.get(end, 0) + 1
    return found


@pytest.mark.parametrize(("kernels", "words"), [(1, "Through one"), (2, "Another one"), (3, "And one more")])
def test_ways_are_those_that_one_can_walk(kernels, words):
    (field,) = said(words).grids
    assert {cell: int(text) for cell, text in field.texts.items()} == ways(kernels)


def test_weights_are_counted_one_by_one():
    still = seen().stills[-1]
    (field,) = (sheet for sheet in still.grids if sheet.role == "input")
    assert {cell: int(text) for cell, text in field.texts.items()} == ways(3)
    *small, large = sorted((s for s in still.grids if s.role == "kernel"), key=lambda sheet: len(sheet.texts))
    assert sorted(int(text) for sheet in small for text in sheet.texts.values()) == list(range(1, 28))
    assert sorted(map(int, large.texts.values())) == list(range(1, 50))
    texts = [label.text for label in still.labels]
    assert f"{27 * 512 * 512:,}" in texts
    assert f"{49 * 512 * 512:,}" in texts


def test_the_run_is_the_longest_that_keeps_its_maps():
    assert (Vgg("vgg19").run, Vgg("vgg19").maps) == (4, 512)
    assert Vgg("lenet5").run == Vgg("resnet50").run == 0


@pytest.mark.full
@pytest.mark.parametrize("network", ["vgg19", "alexnet", "3x64x64 > conv 8 k3 p1 > conv 8 k3 p1 > pool 2 > conv 8 k3"])
@pytest.mark.parametrize("aspect", ["4:3", "9:16"])
def test_other_networks_are_told(network, aspect):
    found = findings(watch(SCENE, aspect, fps=8, network=network))
    assert not [each for each in found if "untold" not in each]
