import numpy as np
import pytest

from cnnviz.errors import OptionError
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


def test_a_map_without_negative_numbers_passes():
    subject = Activation(kernel="1,1;1,1")
    assert subject.cut == 0
    assert np.array_equal(subject.before, subject.after)


def test_examples_are_the_first_of_each_sign_or_the_largest():
    subject = Activation("1,-2;3,-4", "1")
    assert [step.result for step in subject.examples()] == [1, -2]
    assert [step.result for step in subject.examples(largest=True)] == [3, -4]
    assert [step.result for step in Activation("1,2;3,4", "1").examples()] == [1]
