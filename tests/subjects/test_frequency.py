import pytest

from cnnviz.errors import OptionError, ShapeError
from cnnviz.subjects.frequency import Frequency


@pytest.mark.parametrize("limit", [-0.1, 0.6])
def test_a_frequency_beyond_the_fastest_is_refused(limit):
    with pytest.raises(OptionError) as caught:
        Frequency(cutoffs=(0.1, limit))
    assert str(caught.value) == f"cutoffs: expected numbers from 0 to 0.5, got {limit:g}; choose some in between"


def test_a_kernel_larger_than_the_picture_is_refused():
    with pytest.raises(ShapeError):
        Frequency(image="blackboard-4", kernel="gaussian-5")


@pytest.mark.parametrize(
    ("weights", "passes"), [("1,1", "slow"), ("1,-1", "fast"), ("0,1", "alike"), ("-1,-1", "slow"), ("0,0", "alike")]
)
def test_which_waves_pass_follows_from_the_weights(weights, passes):
    subject = Frequency(image="digit:3", kernel=weights)
    assert subject.passes(subject.filters[0]) == passes
