import numpy as np
import pytest

from cnnviz.errors import OptionError
from cnnviz.nn.augment import chain, color, contrast, crop, flip, move, noise
from tests.engine.says import says


class Fixed:
    """A generator that always draws the same."""

    def __init__(self, *rows):
        self.rows = rows

    def uniform(self, low, high, shape):  # noqa: ARG002
        return np.broadcast_to(np.array(self.rows, float)[:, None], shape)


class Each(Fixed):
    """The same, whatever the axes behind the first."""

    def uniform(self, low, high, shape):  # noqa: ARG002
        return np.broadcast_to(np.reshape(self.rows, (-1, *[1] * (len(shape) - 1))), shape)


def test_a_shift_by_whole_cells_moves_every_cell():
    x = np.arange(1.0, 17.0).reshape(1, 1, 4, 4)
    y = move(shift=2.0)(x, Fixed(0.5, -1.0, 0, 0))[0, 0]  # one down, two to the left
    expected = np.zeros((4, 4))
    expected[1:, :2] = x[0, 0, :3, 2:]
    np.testing.assert_allclose(y, expected, atol=1e-12)


def test_a_shift_by_half_a_cell_takes_the_mean_of_neighbors():
    x = np.array([2.0, 4.0, 6.0]).reshape(1, 1, 1, 3)
    np.testing.assert_allclose(move(shift=1.0)(x, Fixed(0, 0.5, 0, 0))[0, 0, 0], [1, 3, 5])


@pytest.mark.parametrize("sign", [1, -1])
def test_a_quarter_turn(sign):
    x = np.random.default_rng(0).random((2, 3, 5, 5))
    y = move(turn=90.0)(x, Fixed(0, 0, sign, 0))
    np.testing.assert_allclose(y, np.rot90(x, -sign, (2, 3)), atol=1e-12)


def test_growing_by_two_thirds_keeps_the_middle():
    x = np.zeros((1, 1, 5, 5))
    x[0, 0, 2, 1:4] = 1
    y = move(grow=0.5)(x, Fixed(0, 0, 0, 1.0))[0, 0, 2]
    np.testing.assert_allclose(y, [2 / 3, 1, 1, 1, 2 / 3])  # read at 2 - 2 / 1.5, 2 - 1 / 1.5, ...


def test_a_crop_is_the_window_enlarged():
    x = np.arange(25.0).reshape(1, 1, 5, 5)  # a plane: 5 down and 1 to the right, so reading between cells is exact
    half = Each(1.0, 1.0, -1.0, 1.0)  # half of rows and columns, at the top and at the right
    y = crop(0.5)(x, half)[0, 0]
    expected = np.add.outer(5 * np.linspace(0, 2, 5), np.linspace(2, 4, 5))
    np.testing.assert_allclose(y, expected, atol=1e-12)


def test_crops_stay_inside():
    x = np.ones((500, 1, 6, 4))
    np.testing.assert_allclose(crop(0.2)(x, np.random.default_rng(0)), 1, atol=1e-12)


def test_colors_change_as_they_say():
    x = np.array([0.9, 0.3, 0.0]).reshape(1, 3, 1, 1)  # a mean of 0.4
    for change, expected in (
        (color(brightness=0.2), [1.0, 0.4, 0.1]),  # half of it added
        (color(saturation=0.4), [0.3, 0.42, 0.48]),  # 1 + 0.4 * -3 times as far from the mean
        (color(tint=0.5), [1.35, 0.3, 0.0]),
    ):
        chance = Each(-3.0, 0.5, 1.0, 0.0, -1.0)
        np.testing.assert_allclose(change(x, chance).ravel(), expected, atol=1e-12)
    plain = np.random.default_rng(0).random((2, 1, 3, 3))
    np.testing.assert_allclose(color(saturation=1.0)(plain, np.random.default_rng(1)), plain)


@pytest.mark.parametrize(
    "change",
    [
        move(shift=1, turn=20, grow=0.2),
        noise(0.1),
        contrast(0.3),
        flip,
        crop(0.6),
        color(brightness=0.1, saturation=0.2, tint=0.2),
    ],
)
def test_dtype_shape_and_seed(change):
    x = np.random.default_rng(0).random((6, 2, 5, 4)).astype(np.float32)
    before = x.copy()
    y = change(x, np.random.default_rng(1))
    assert (y.dtype, y.shape) == (np.float32, x.shape)
    np.testing.assert_array_equal(x, before)
    np.testing.assert_array_equal(y, change(x, np.random.default_rng(1)))
    assert not np.array_equal(y, change(x, np.random.default_rng(2)))


def test_a_chain_makes_one_after_the_other():
    x = np.random.default_rng(0).random((3, 1, 4, 4))
    one = np.random.default_rng(5)
    np.testing.assert_array_equal(chain(noise(0.1), flip)(x, np.random.default_rng(5)), flip(noise(0.1)(x, one), one))


def test_what_is_refused():
    with says(OptionError, "move: expected turn as a number from 0 to 180, got 200; choose one in that range"):
        move(turn=200)
    with says(OptionError, "crop: expected least as a number from 0.01 to 1, got 0; choose one in that range"):
        crop(0)
    with says(OptionError, "color: expected tint as a number from 0 to 1, got 2; choose one in that range"):
        color(tint=2)
    with says(
        OptionError, "noise: expected deviation as a finite number of at least 0, got -1; choose one in that range"
    ):
        noise(-1)
