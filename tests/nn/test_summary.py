import json
import math

import pytest

from cnnviz.engine import LayerSpec, receptive_field
from cnnviz.errors import OptionError, ShapeError
from cnnviz.nn import (
    Conv2d,
    ConvTranspose2d,
    Flatten,
    Gated,
    GlobalAvgPool2d,
    Linear,
    MaxPool2d,
    Parallel,
    ReLU,
    Residual,
    Sequential,
)
from cnnviz.nn.field import Field
from tests.engine.says import says

NETWORK = Sequential(
    {
        "conv": Conv2d(3, 8, 3, padding=1),
        "block": Residual(Sequential({"a": Conv2d(8, 8, 3, padding=1), "relu": ReLU(), "b": Conv2d(8, 8, 1)})),
        "stack": Parallel({"near": Conv2d(8, 2, 1), "far": Conv2d(8, 4, 5, padding=2)}),
        "pool": MaxPool2d(2),
        "flat": Flatten(),
        "dense": Linear(96, 10),
    }
)


def test_a_network_with_branches_row_by_row():
    found = NETWORK.summary((3, 8, 8))
    assert [(row.name, row.output, row.parameters, row.macs, row.receptive_field) for row in found] == [
        ("conv", (8, 8, 8), 224, 13_824, 3),
        ("block.body.a", (8, 8, 8), 584, 36_864, 5),
        ("block.body.relu", (8, 8, 8), 0, 0, 5),
        ("block.body.b", (8, 8, 8), 72, 4_096, 5),
        ("block.add", (8, 8, 8), 0, 0, 5),
        ("stack.near", (2, 8, 8), 18, 1_024, 5),
        ("stack.far", (4, 8, 8), 804, 51_200, 9),
        ("stack.concat", (6, 8, 8), 0, 0, 9),
        ("pool", (6, 4, 4), 0, 0, 10),
        ("flat", (96,), 0, 0, 10),
        ("dense", (10,), 970, 960, math.inf),
    ]
    assert found.parameters == NETWORK.parameter_count == 2_672
    assert found.macs == NETWORK.macs((3, 8, 8)) == 107_968
    assert (found.output, found.receptive_field) == ((10,), 10)


def test_text_rich_and_json_say_the_same():
    from rich.console import Console

    found = NETWORK.summary((3, 8, 8))
    text = str(found).splitlines()
    assert text[3].split() == ["conv", "Conv2d", "8", "3x3", "p1", "8x8x8", "224", "13,824", "3"]
    assert text[-1].split() == ["total", "10", "2,672", "107,968"]
    assert all(len(line) <= len(text[1]) for line in text)
    console = Console(width=120, record=True, file=open("/dev/null", "w"))  # noqa: PTH123, SIM115
    with console.file:
        console.print(found)
    picture = console.export_text()
    plain = json.loads(found.json())
    for row, entry in zip(found, plain["layers"], strict=True):
        line = next(line for line in picture.splitlines() if f" {row.name} " in line)
        assert [cell.strip() for cell in line.strip("│").split("│")] == list(row.cells())
        assert entry["receptive_field"] == (None if row.receptive_field == math.inf else row.receptive_field)
        assert (entry["name"], tuple(entry["output"]), entry["macs"]) == (row.name, row.output, row.macs)


def test_the_field_on_its_way_is_that_of_the_whole_chain():
    layers = [
        LayerSpec(kernel_size=(3, 5), padding=(1, 0)),
        LayerSpec(kernel_size=2, stride=2),
        LayerSpec(branches=[(LayerSpec(kernel_size=3, padding=1, dilation=2),), ()]),
        LayerSpec(kernel_size=4, stride=2, padding=1, transposed=True),
        LayerSpec(kernel_size=3, stride=3),
    ]
    field = Field()
    for count, layer in enumerate(layers, 1):
        field = field.after([layer])
        whole = receptive_field(layers[:count])[-1]
        assert (field.size, field.jump) == (whole.size, whole.jump)


def test_a_field_that_sees_everything_goes_on_so():
    network = Sequential(
        Conv2d(2, 2, 3, padding=1), Gated(Sequential(GlobalAvgPool2d(), Conv2d(2, 2, 1))), Conv2d(2, 2, 3)
    )
    sizes = [row.receptive_field for row in network.summary((2, 6, 6))]
    assert sizes == [3, math.inf, math.inf, math.inf, math.inf]


def test_a_transposed_convolution_in_a_summary():
    network = Sequential(Conv2d(1, 4, 3, 2, 1), ConvTranspose2d(4, 1, 2, 2))
    rows = network.summary((1, 8, 8)).rows
    assert [(row.output, row.receptive_field, row.jump) for row in rows] == [((4, 4, 4), 3, 2), ((1, 8, 8), 3, 1)]
    assert rows[1].macs == 4 * 4 * 4 * 4  # 16 cells, 4 channels, 4 cells of kernel


@pytest.mark.parametrize(
    ("shape", "error", "line"),
    [
        ((3, 8, 9), ShapeError, None),
        ((), ShapeError, "summary: expected the shape of one example, as in (1, 28, 28), got (); leave out N"),
        (
            (3, 0, 8),
            OptionError,
            "summary: expected input_shape[1] of at least 1, got 0; choose 1 or more",
        ),
        (
            (8, 8),
            ShapeError,
            "conv: Conv2d: expected an input with the axes (C, H, W), got shape (8, 8); "
            "place this layer before the flattening",
        ),
        (
            (3, 16, 16),
            ShapeError,
            "dense: Linear: expected 96 features, got 384; change in_features to 384, or the size of the input",
        ),
    ],
)
def test_what_does_not_fit(shape, error, line):
    if line is None:
        assert NETWORK.summary(shape).output == (10,)  # the floor of 4.5
        return
    with says(error, line):
        NETWORK.summary(shape)


def test_errors_name_the_layer_however_deep():
    network = Sequential({"block": Residual(Sequential({"conv": Conv2d(4, 4, 3, padding=1)}))})
    with says(
        ShapeError,
        "block: body: conv: Conv2d: expected an input of C=4 channels, got (C=3, H=8, W=8); "
        "change in_channels to 3 or the layer before",
    ):
        network.summary((3, 8, 8))
