import pytest

from cnnviz.errors import OptionError
from cnnviz.stage.stride.subject import StrideSubject


@pytest.mark.parametrize(
    ("given", "taken"), [((2, 3), [2, 3]), ("2,3", [2, 3]), (4, [4]), ([2], [2]), ("2, 3, 5", [2, 3, 5])]
)
def test_ways_to_write_strides(given, taken):
    subject = StrideSubject.from_options(strides=given)
    assert [trace.stride for trace in subject.traces] == [(s, s) for s in taken]


@pytest.mark.parametrize("given", [(1, 2), "2,x", (), (2, 3, 4, 5), "2.5", None])
def test_others_are_refused(given):
    with pytest.raises(OptionError) as caught:
        StrideSubject.from_options(strides=given)
    assert str(caught.value) == (
        f"strides: expected one to 3 whole numbers of at least 2, as in 2,3, got {given!r}; "
        f"stride 1 comes first by itself"
    )


def test_same_padding_is_that_of_stride_1():
    subject = StrideSubject.from_options("digit:3", "1,1;1,1", padding="same")
    assert subject.every.output_shape == (1, 8, 8)
    assert [trace.padding for trace in subject.traces] == [((0, 1), (0, 1))] * 2


def test_photographs_become_small():
    assert StrideSubject.from_options("photo:china").picture.values.shape == (1, 21, 32)


def test_what_is_left_over_is_counted_on_each_axis():
    subject = StrideSubject.from_options("ramp", "1,1,1", size=(5, 9), strides=(3,))
    assert subject.left_over(subject.traces[0]) == (1, 0)
