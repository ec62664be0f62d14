import json

import pytest

LINE = "3x130x130 > conv 10 k3 > pool 4 > conv 20 k5 p2 > pool 2 > flatten"


def test_the_worked_example(cnnviz):
    outcome = cnnviz("shapes", LINE)
    assert (outcome.code, outcome.err) == (0, "")
    assert (
        outcome.out
        == """\
name      layer             output      parameters       MACs  receptive field
------------------------------------------------------------------------------
input                       3x130x130                                        1
conv1     Conv2d 10 3x3     10x128x128         280  4,423,680                3
pool1     MaxPool2d 4x4     10x32x32             0          0                6
conv2     Conv2d 20 5x5 p2  20x32x32         5,020  5,120,000               22
pool2     MaxPool2d 2x2     20x16x16             0          0               26
flatten1  Flatten           5120                 0          0               26
------------------------------------------------------------------------------
total                       5120             5,300  9,543,680
"""
    )


def test_as_json(cnnviz):
    found = json.loads(cnnviz("shapes", LINE, "--json").out)
    assert (found["input"], found["output"], found["parameters"], found["macs"]) == (
        [3, 130, 130], [5120], 5_300, 9_543_680,
    )  # fmt: skip
    assert [layer["receptive_field"] for layer in found["layers"]] == [3, 6, 22, 26, 26]
    assert found["layers"][0] == {
        "name": "conv1",
        "layer": "Conv2d 10 3x3",
        "output": [10, 128, 128],
        "parameters": 280,
        "macs": 4_423_680,
        "receptive_field": 3,
        "jump": 1,
    }


def test_a_field_that_sees_everything_is_null(cnnviz):
    found = json.loads(cnnviz("shapes", "784 > dense 10", "--json").out)
    assert (found["layers"][0]["receptive_field"], found["layers"][0]["jump"], found["receptive_field"]) == (None,) * 3


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "1x8x8 > conv 4 k9",
            "conv1: output_shape: expected a kernel no larger than the padded input (H=8, W=8), "
            "got one that spans (H=9, W=9); use a smaller kernel or dilation, or more padding",
        ),
        (
            "1x8x8 > dense 4",
            "dense1: Linear: expected a flat input of 64 features, got shape (1, 8, 8); put Flatten() before it",
        ),
        (
            "1x8x8",
            "network: expected layers after the input, as in '1x28x28 > conv 8 k3', got none; add some",
        ),
    ],
)
def test_what_does_not_fit_gets_one_line(cnnviz, text, line):
    outcome = cnnviz("shapes", text)
    assert (outcome.code, outcome.out, outcome.err) == (2, "", f"cnnviz: {line}\n")


def test_help_shows_an_example(cnnviz):
    outcome = cnnviz("shapes", "--help")
    assert (outcome.code, outcome.err) == (0, "")
    assert "\n  cnnviz shapes " in outcome.out
