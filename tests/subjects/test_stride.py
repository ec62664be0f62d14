import pytest

from cnnviz.errors import OptionError
from cnnviz.subjects import Stride


@pytest.mark.parametrize(
    ("given", "taken"), [((2, 3), [2, 3]), ("2,3", [2, 3]), (4, [4]), ([2], [2]), ("2, 3, 5", [2, 3, 5])]
)
def test_ways_to_write_strides(given, taken):
    subject = Stride(strides=given)
    assert [trace.stride for trace in subject.traces] == [(s, s) for s in taken]


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ((1, 2), "a whole number from 2 to 128, got 1"),
        ("2,x", "a whole number from 2 to 128, got 'x'"),
        ("2.5", "a whole number from 2 to 128, got '2.5'"),
        ((), "1 to 3 values, each N, got 0"),
        ((2, 3, 4, 5), "1 to 3 values, each N, got 4"),
    ],
)
def test_others_are_refused(given, line):
    with pytest.raises(OptionError) as caught:
        Stride(strides=given)
    assert str(caught.value) == f"strides: expected {line}"


def test_same_padding_is_that_of_stride_1():
    subject = Stride(image="digit:3", kernel="1,1;1,1", padding="same")
    assert subject.every.output_shape == (1, 8, 8)
    assert [trace.padding for trace in subject.traces] == [((0, 1), (0, 1))] * 2


def test_photographs_become_small():
    assert Stride(image="photo:china").picture.values.shape == (1, 21, 32)


def test_what_is_left_over_is_counted_on_each_axis():
    subject = Stride(image="ramp", kernel="1,1,1", size=(5, 9), strides=(3,))
    assert subject.left_over(subject.traces[0]) == (1, 0)
