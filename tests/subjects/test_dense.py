import numpy as np
import pytest
from PIL import Image

from cnnviz.errors import OptionError
from cnnviz.subjects.growth import DenseGrowth
from cnnviz.subjects.weight_sharing import WeightSharing
from tests import helpers


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"side": 20}, "side: expected a whole number from 32 to 512, got 20"),
        ({"side": 1024}, "side: expected a whole number from 32 to 512, got 1024"),
        ({"side": 100}, "side: expected a multiple of 8, got 100; it is halved three times"),
        ({"units": 0}, "units: expected a whole number from 1 to 4096, got 0"),
        ({"filters": 5000}, "filters: expected a whole number from 1 to 4096, got 5000"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(options, message):
    with pytest.raises(OptionError) as caught:
        DenseGrowth(**options)
    assert str(caught.value) == message


@pytest.mark.parametrize("shape", [(40, 90), (90, 40), (64, 64)])
def test_a_picture_of_any_shape_gives_squares(tmp_path, shape):
    Image.fromarray(np.arange(np.prod(shape) * 3, dtype=np.uint8).reshape(*shape, 3)).save(tmp_path / "a.png")
    growth = DenseGrowth(tmp_path / "a.png", side=32)
    assert [row.pixels.shape for row in growth.rows] == [(3, n, n) for n in (4, 8, 16, 32)]


def test_counts_are_those_of_a_hand():
    growth = DenseGrowth(side=64, units=3, filters=2)
    assert [row.dense for row in growth.rows] == [3 * (3 * n * n + 1) for n in (8, 16, 32, 64)]
    assert {row.convolution for row in growth.rows} == {2 * 28}


def test_each_kind_is_the_one_before_with_something_taken_away():
    kinds = WeightSharing()
    for place, (whole, own, one) in enumerate(zip(*(kind.blocks for kind in kinds.kinds), strict=True)):
        row, column = divmod(place, 2)
        assert np.array_equal(own, whole[2 * row : 2 * row + 2, 2 * column : 2 * column + 2])
        assert np.array_equal(one, kinds.local.blocks[0])


def test_the_convolution_equals_nested_loops():
    kinds = WeightSharing("digit:5", seed=3)
    weight = kinds.shared.blocks[0]
    answer = helpers.conv(kinds.picture.values[None], weight[None, None], stride=2)[0, 0]
    assert np.array_equal(kinds.shared.outputs, answer)
