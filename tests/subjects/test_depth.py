import subprocess
import sys

import numpy as np
import pytest

from cnnviz.errors import OptionError, ShapeError
from cnnviz.subjects.depth import FILTERS, Depth
from tests import helpers


def subject(**options):
    return Depth(**options)


def test_defaults():
    made = subject()
    assert made.picture.name == "digit 3"
    assert [one.name for one in made.filters] == list(FILTERS[:4])
    assert made.maps.shape == (4, 6, 6)
    assert [made.parameters(count) for count in (1, 2, 4)] == [10, 20, 40]


def test_maps_are_those_of_nested_loops():
    made = subject(image="digit:5", filters=["1,2;3,4", "0,-1;1/2,0"])
    assert np.allclose(made.maps, helpers.conv(made.picture.values[None], made.trace.weight)[0])


@pytest.mark.parametrize(("filters", "count"), [(1, 1), (8, 8), ("sobel-x", 1), (["gaussian-5", "log"], 2)])
def test_there_are_as_many_maps_as_filters(filters, count):
    made = subject(filters=filters)
    assert len(made.maps) == len(made.filters) == count


@pytest.mark.parametrize(
    ("options", "kind", "text"),
    [
        ({"filters": 0}, OptionError, "filters: expected 1 to 8 filters, got 0; a scene has no room for more"),
        ({"filters": ["-1"] * 9}, OptionError, "filters: expected 1 to 8 values, each NAME|ROWS|FILE, got 9"),
        (
            {"filters": ["sobel-x", "gaussian-5"]},
            OptionError,
            "filters: expected kernels of one shape, as a layer has, got sobel-x (3 × 3) and gaussian-5 (5 × 5); "
            "choose kernels of one size",
        ),
        (
            {"image": "checkerboard", "size": 2},
            ShapeError,
            "trace_conv: expected a kernel no larger than the padded input (H=2, W=2), got one that spans "
            "(H=3, W=3); use a smaller kernel or dilation, or more padding",
        ),
    ],
)
def test_bad_options_are_one_line(options, kind, text):
    with pytest.raises(kind) as caught:
        subject(**options)
    assert str(caught.value) == text


def test_checking_a_subject_does_not_load_manim():
    code = "import sys; from cnnviz.subjects.depth import Depth; Depth(); sys.exit('manim' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
