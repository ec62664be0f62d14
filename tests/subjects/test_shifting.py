import numpy as np
import pytest

from cnnviz.data import kernel
from cnnviz.errors import OptionError
from cnnviz.subjects import Shifting
from cnnviz.subjects.shifting import moved
from tests import helpers

CASES = [{}, {"image": "digit:1", "kernel": "laplacian", "kernel_size": 3}, {"image": "photo:flower", "kernel_size": 4}]


@pytest.mark.parametrize("options", CASES)
def test_maps_are_those_of_nested_loops(options):
    subject = Shifting(**options)
    weights = kernel(options.get("kernel", "sobel-x")).values
    for shifted in subject.shifted:
        np.testing.assert_array_equal(shifted.x, moved(subject.shifted[0].x, shifted.by))
        y = np.maximum(helpers.conv(shifted.x[None, None], weights[None, None], padding=1), 0)
        np.testing.assert_allclose(shifted.y, y[0, 0], atol=1e-9)
        np.testing.assert_allclose(shifted.pooled, helpers.max_pool(y, subject.kernel_size)[0, 0], atol=1e-9)
        assert shifted.whole[0, 0] == pytest.approx(y.max())


@pytest.mark.parametrize("options", CASES)
def test_the_map_moves_along_and_nothing_is_lost_at_the_rim(options):
    subject = Shifting(**options)
    for shifted in subject.shifted:
        np.testing.assert_allclose(shifted.y, moved(subject.shifted[0].y, shifted.by), atol=1e-9)
        assert shifted.x.sum() == pytest.approx(subject.shifted[0].x.sum())
    assert subject.shifted[subject.kernel_size].along(subject.shifted[0]) == 1


def test_a_window_that_is_too_large_is_one_line():
    with pytest.raises(OptionError) as caught:
        Shifting(kernel_size=9)
    assert str(caught.value) == "kernel_size: expected a whole number from 2 to 4, got 9"
