"""LeNet-5, read back from the picture: every line of its diagram as the paper has it, and the table of C3."""

from functools import cache

import numpy as np
import pytest

from cnnviz.render.catalog import find, load_scene
from cnnviz.subjects.blueprint import parts_of
from cnnviz.subjects.lenet_maps import front
from cnnviz.subjects.network import NetworkKind
from tests.scenes.diagrams import check_bars, lines
from tests.scenes.findings import findings
from tests.scenes.watch import watch

ENTRY = find("ch09-s02-lenet")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
PAPER = [  # name, shape, kernel a side, maps that a map of the layer is made of, parameters
    ("input", "1 × 32 × 32", 0),
    ("C1 conv 5 × 5", "6 × 28 × 28", 6 * (25 + 1)),
    ("S2 pool 2 × 2", "6 × 14 × 14", 6 * 2),
    ("C3 conv 5 × 5", "16 × 10 × 10", 1516),
    ("S4 pool 2 × 2", "16 × 5 × 5", 16 * 2),
    ("C5 conv 5 × 5", "120 × 1 × 1", 120 * (16 * 25 + 1)),
    ("F6 dense", "84", 84 * (120 + 1)),
    ("dense", "10", 0),
]
MACS = [0, 28 * 28 * 6 * 25, 0, 10 * 10 * 60 * 25, 0, 120 * 16 * 25, 84 * 120, 10 * 84]
TABLE = """
X...XXX..XXXX.XX
XX...XXX..XXXX.X
XXX...XXX..X.XXX
.XXX..XXXX..X.XX
..XXX..XXXX.XX.X
...XXX..XXXX.XXX
"""  # table I of the paper

CHANGES = ["60,000", "+ 900", "− 44", "+ 850", "= 61,706"]


@cache
def seen():
    return watch(SCENE)


def said(words):
    """The last picture of the beat with these words."""
    return [still for still in seen().pictures if still.beat and words in still.beat.text][-1]


def check_column(words, counts):
    still = said(words)
    written = [f"{count:,}" for count in counts]
    assert lines(still) == [(*line[:2], text) for line, text in zip(PAPER, written, strict=True)]
    check_bars(still, counts)


def test_parameters_are_those_of_the_paper():
    check_column("60,000 parameters", [line[2] for line in PAPER])


def test_work_is_that_of_the_paper():
    check_column("multiply-adds", MACS)


def mapped(layers, x):
    """Maps of a digit by nested loops: kernels of 5 x 5, sums of 2 x 2, both squashed."""
    weight = {name: part.values for name, part in layers.parameters().items()}
    c1 = [conv(x, k) + b for k, b in zip(weight["c1.weight"][:, 0], weight["c1.bias"], strict=True)]
    c1 = [squash(each) for each in c1]
    halves = [each.reshape(14, 2, 14, 2).sum(axis=(1, 3)) for each in c1]
    s2 = [squash(h * w + b) for h, w, b in zip(halves, weight["s2.weight"], weight["s2.bias"], strict=True)]
    kernels, c3 = iter(weight["c3.weight"]), []
    for column in range(16):
        read = [row for row, line in enumerate(TABLE.split()) if line[column] == "X"]
        c3.append(squash(sum(conv(s2[row], next(kernels)) for row in read) + weight["c3.bias"][column]))
    return {"C1": c1, "S2": s2, "C3": c3}


def conv(x, kernel):
    side = len(x) - 4
    return np.array([[(x[r : r + 5, c : c + 5] * kernel).sum() for c in range(side)] for r in range(side)])


def squash(x):
    return 1.7159 * np.tanh(2 / 3 * x)


def test_maps_are_what_the_layers_make_of_the_digit():
    shown = {}
    for name, words, side in (("C1", "each kernel answers", 28), ("S2", "Together", 14), ("C3", "Together", 10)):
        shown[name] = [grid for grid in said(words).grids if grid.values.shape == (side, side)]
    digit = said("What is a network").grids[0].values
    for name, made in mapped(front(), digit).items():
        assert len(shown[name]) == len(made)
        for grid, values in zip(shown[name], made, strict=True):
            assert np.allclose(grid.values, values, atol=1e-4)


def test_a_wrong_count_would_be_noticed():
    with pytest.raises(AssertionError):
        check_column("multiply-adds", [*MACS[:3], 10 * 10 * 96 * 25, *MACS[4:]])


def test_the_table_is_that_of_the_paper():
    table, sums = (grid for grid in said("Together").grids if grid.texts)
    read = {(r, c) for r, row in enumerate(TABLE.split()) for c, mark in enumerate(row) if mark == "X"}
    assert table.texts == dict.fromkeys(read, "25")
    for (_, column), text in sums.texts.items():
        assert int(text) == 25 * sum(c == column for _, c in read) + 1
    texts = [label.text for label in seen().stills[-1].labels]
    assert "6 × 76 + 9 × 101 + 1 × 151 = 1,516" in texts
    assert [text for text in texts if text in CHANGES] == CHANGES
    assert 60_000 + 900 - 44 + 850 == 61_706
    last = seen().scene.beats[-1].text
    assert "1,516 parameters do instead of 2,416" in last
    assert 16 * (6 * 25 + 1) == 2416
    assert "no two filters read the same maps" in last
    assert len({*zip(*TABLE.split(), strict=True)}) == 16
    assert 6 * 76 + 9 * 101 + 151 == sum(map(int, sums.texts.values())) == 1516


FOLDED = {
    "vgg16": ["input", "conv", "pool", "conv", "pool", "conv", "pool", "conv", "pool", "conv", "pool", *["dense"] * 3],
    "resnet152": ["input", "conv", "pool", *["block"] * 4, "mean", "dense"],
    "mobilenet-v1": ["input", "conv", *["separable"] * 5, "mean", "dense"],
    "googlenet": ["input", "conv", "pool", "conv", "conv", *["pool", "branches"] * 3, "mean", "dense"],
}


@pytest.mark.parametrize("name", FOLDED)
def test_parts_add_up_to_the_network(name):
    known = NetworkKind().read("network", name)
    parts = parts_of(known)
    assert [part.kind for part in parts] == FOLDED[name]
    assert sum(part.parameters for part in parts) == known.network.parameter_count
    assert sum(part.macs for part in parts) == known.network.macs(known.input)
    assert parts[-1].shape == known.network.output_shape(known.input)


@pytest.mark.full
@pytest.mark.parametrize("name", ["resnet50", "efficientnet-b0", "mobilenet-v1", "cnn-130", "1x28x40 > conv 8 k5 s2"])
@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
def test_any_network_is_read(name, aspect):
    found = findings(watch(SCENE, aspect, fps=8, network=name))
    assert not [each for each in found if "untold" not in each]  # a name is not translated
