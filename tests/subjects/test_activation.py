import numpy as np
import pytest

from cnnviz.errors import OptionError
from cnnviz.stage.activation import narration
from cnnviz.stage.activation.graph import FunctionGraph
from cnnviz.stage.layout import Box
from cnnviz.stage.theme import theme
from cnnviz.subjects.activation import Activation


def test_the_blackboard_map():
    subject = Activation("blackboard", "edge-x")
    assert subject.before.tolist() == [[-6, -6, 4], [-6, -6, 14], [-6, -6, 4]]
    assert subject.after.tolist() == [[0, 0, 4], [0, 0, 14], [0, 0, 4]]
    assert subject.cut == 6


def test_options_are_those_of_a_convolution():
    assert Activation(padding=1).before.shape == (8, 8)
    with pytest.raises(OptionError) as caught:
        Activation(stride=0)
    assert str(caught.value) == "trace_conv: expected stride of at least 1, got 0; choose 1 or more"


@pytest.mark.parametrize("kernel", ["sobel-x", "1,1;1,1", "-1", "-1,2;0.125,1/3"])
def test_every_sentence_is_short_enough_to_read(kernel):
    subject = Activation(kernel=kernel)
    sentences = [narration.opening(subject), narration.takeaway(subject), narration.RULE, narration.RUN]
    sentences += [narration.number(v, max(v, 0.0)) for v in (0.0, -0.33333, 1 / 3, -12345.0)]
    assert all(0 < len(sentence) <= 140 for sentence in sentences)


def test_a_map_without_negative_numbers_is_said_to_pass():
    subject = Activation(kernel="1,1;1,1")
    assert subject.cut == 0
    assert np.array_equal(subject.before, subject.after)
    assert narration.takeaway(subject) == (
        "Not one of the 49 numbers is negative: ReLU lets this map through unchanged."
    )


@pytest.mark.parametrize("x", [-10.0, -2.5, 0.0, 7.0])
def test_a_point_stands_on_the_graph_and_its_lines_lead_to_the_axes(x):
    box = Box(-2.0, -1.0, 2.0, 1.0)
    graph = FunctionGraph(lambda v: max(0.0, v), 10.0, box, theme=theme("dark"))
    lines, mark = graph.point(x)
    across, up = graph.at(x)
    assert (across, up) == pytest.approx((x / 5, -1 + max(0.0, x) / 5))
    assert mark.get_center()[:2] == pytest.approx((across, up))
    if x > 0:
        ends = lines.points[:, :2].tolist()
        assert [across, box.bottom] in ends
        assert [0.0, up] in ends


def test_one_and_none_are_said_as_such():
    subject = Activation("-1,2;3,4", "1")
    assert narration.takeaway(subject).endswith(": 1 of 4 numbers becomes 0.")
    assert narration.number(0.0, 0.0) == "0 is not negative, so it passes as it is."
