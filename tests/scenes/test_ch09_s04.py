"""VGG, read back from the picture: the ways through small kernels, and the weights that they save."""

import itertools
from functools import cache

import pytest

from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Grid
from cnnviz.subjects.vgg import Vgg
from tests.scenes.findings import findings
from tests.scenes.watch import watch

ENTRY = find("ch09-s04-vgg")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)


@cache
def seen():
    return watch(SCENE)


def said(words):
    """The last picture of the beat with these words."""
    return [still for still in seen().pictures if still.beat and words in still.beat.text][-1]


def ways(kernels):
    """Walk every way from a cell through the windows of so many kernels, one step each."""
    found = {}
    steps = list(itertools.product((-1, 0, 1), repeat=2))
    for way in itertools.product(steps, repeat=kernels):
        end = sum(down for down, _ in way) + 3, sum(right for _, right in way) + 3
        found[end] = found.get(end, 0) + 1
    return found


@pytest.mark.parametrize(("kernels", "words"), [(1, "Through one"), (2, "in all 5"), (3, "in all 7")])
def test_ways_are_those_that_one_can_walk(kernels, words):
    before, after = sorted(said(words).grids, key=lambda grid: len(grid.texts))
    assert numbers(after) == ways(kernels)
    assert numbers(before) == ways(kernels - 1)


def numbers(field):
    return {cell: int(text) for cell, text in field.texts.items()}


def test_a_wrong_way_would_be_noticed():
    field = max(said("in all 7").grids, key=lambda grid: len(grid.texts))
    assert numbers(field) != ways(2)


def test_weights_are_counted_one_by_one():
    still = seen().stills[-1]
    kernels = sorted(part.values.size for part in still.family if isinstance(part, Grid) and part.role == "kernel")
    assert kernels == [9, 9, 9, 49]
    texts = " ".join(label.text for label in still.labels)
    for count in (27, 49):
        assert f"{count}  × 512 × 512 =  {count * 512 * 512:,}".replace("  ", " ") in texts.replace("  ", " ")


def test_the_run_is_the_longest_that_keeps_its_maps():
    assert (Vgg("vgg19").run, Vgg("vgg19").maps) == (4, 512)
    assert Vgg("lenet5").run == Vgg("resnet50").run == 0


@pytest.mark.full
@pytest.mark.parametrize("network", ["vgg19", "alexnet", "3x64x64 > conv 8 k3 p1 > conv 8 k3 p1 > pool 2 > conv 8 k3"])
@pytest.mark.parametrize("aspect", ["4:3", "9:16"])
def test_other_networks_are_told(network, aspect):
    found = findings(watch(SCENE, aspect, fps=8, network=network))
    assert not [each for each in found if "untold" not in each]
