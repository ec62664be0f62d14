import json
import re

import numpy as np
import pytest

from cnnviz.subjects.convolution import Convolution


def terms(line):
    """Read a line back: the output's place, what is claimed, and the sum of the products written."""
    place, sums, result = re.fullmatch(r"y\[([\d, ]+)\] = (.+) = (\S+)", line).groups()
    products = re.findall(r"\[?(-?[\d.e+-]+)\]?\*(-?[\d.e-]+)", sums)
    return tuple(int(i) for i in place.split(", ")), float(result), sum(float(x) * float(w) for x, w in products)


def test_the_blackboard_example(cnnviz):
    outcome = cnnviz("trace", "conv", "blackboard", "--kernel", "edge-x")
    lines = outcome.out.splitlines()
    assert (outcome.code, outcome.err) == (0, "")
    assert lines[0] == (
        "blackboard 1x5x5, kernel edge-x 3x3, stride (1, 1), padding ((0, 0), (0, 0)), dilation (1, 1), "
        "zeros: output 1x3x3, 9 steps"
    )
    assert lines[1] == "y[0, 0, 0] = 1*1 + 2*0 + 3*-1 + 6*1 + 7*0 + 8*-1 + 1*1 + 2*0 + 3*-1 = -6"
    assert [terms(line)[1] for line in lines[1:]] == [-6, -6, 4, -6, -6, 14, -6, -6, 4]


@pytest.mark.parametrize(
    "options",
    [
        ("digit:3",),
        ("digit:7", "--padding", "1", "--stride", "2,1"),
        ("photo:china", "--size", "8", "--channels", "rgb", "--padding", "same", "--padding-mode", "reflect"),
        ("ramp", "--kernel", "1,0.5;-2e-1,1", "--dilation", "2", "--padding", "0,1;2,0"),
    ],
)
def test_every_line_adds_up(cnnviz, options):
    for line in cnnviz("trace", "conv", *options).out.splitlines()[1:]:
        _, claimed, summed = terms(line)
        assert claimed == pytest.approx(summed, abs=1e-4)


def test_a_photograph_is_made_small_unasked(cnnviz):
    assert cnnviz("trace", "conv", "photo:china").out.startswith("china 1x43x64, kernel sobel-x 3x3, ")


def test_padding_stands_in_brackets(cnnviz):
    line = cnnviz("trace", "conv", "blackboard", "--kernel", "1,2;3,4", "--padding", "1").out.splitlines()[1]
    assert line == "y[0, 0, 0] = [0]*1 + [0]*2 + [0]*3 + 1*4 = 4"


def test_one_bracket_for_each_channel(cnnviz):
    line = cnnviz("trace", "conv", "blackboard", "--kernel", "2", "--channels", "rgb").out.splitlines()[1]
    assert line == "y[0, 0, 0] = (1*2) + (1*2) + (1*2) = 6"


def test_json_holds_the_output(cnnviz):
    trace = json.loads(cnnviz("trace", "conv", "digit:3", "--json").out)
    expected = Convolution(image="digit:3").trace
    drawn = np.empty(expected.output_shape)
    for step in trace["steps"]:
        drawn[tuple(step["output_index"])] = step["result"]
    np.testing.assert_array_equal(drawn, expected.fold())


def test_json_of_a_flood_is_refused(cnnviz):
    outcome = cnnviz("trace", "conv", "ramp", "--size", "128", "--kernel", ";".join(["1,2,3,4,5,6"] * 6), "--json")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        "cnnviz: trace conv: expected at most 500,000 products to write as JSON, got 544,644; "
        "pass a smaller --size or a larger --stride\n"
    )


def test_a_reader_that_stops_early_is_no_error(process):
    import subprocess
    import sys

    command = f"{sys.executable} -m cnnviz trace conv ramp --size 64 | head -n 2"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)
    assert len(done.stdout.splitlines()) == 2
    assert done.stderr == ""
