import numpy as np
import pytest

from cnnviz.data.canvas import placed, scattered_split
from cnnviz.data.split import Examples, digits_split
from cnnviz.errors import OptionError, ShapeError
from tests.engine.says import says


def found_at(canvas, picture):
    """Every place where the picture stands on the canvas with nothing around it."""
    rows, columns = picture.shape
    places = []
    for i in range(canvas.shape[0] - rows + 1):
        for j in range(canvas.shape[1] - columns + 1):
            expected = np.zeros_like(canvas)
            expected[i : i + rows, j : j + columns] = picture
            if np.array_equal(canvas, expected):
                places.append((i, j))
    return places


@pytest.mark.parametrize("size", [16, 20])
def test_every_digit_stands_whole_on_its_canvas(size):
    split, originals = scattered_split(size, copies=2), digits_split()
    assert split.train.images.shape == (2 * 1085, 1, size, size)
    for part, source in ((split.train, originals.train), (split.test, originals.test)):
        for n in range(0, len(part), 97):
            assert found_at(part.images[n, 0], source.images[n % len(source), 0])
            assert part.labels[n] == source.labels[n % len(source)]


def test_all_places_come_up_equally_often():
    block = Examples(np.ones((1, 1, 2, 2)), np.array([0]))
    images = placed(block, 5, copies=3200).images[:, 0]
    counts = np.zeros((4, 4))
    for image in images:
        counts[tuple(np.argwhere(image)[0])] += 1
    assert counts.sum() == 3200
    assert abs(counts - 200).max() < 60  # four standard deviations


def test_reach_is_counted_from_the_middle():
    block = Examples(np.ones((200, 1, 8, 8)), np.zeros(200, np.int64))
    starts = [tuple(np.argwhere(image)[0]) for image in placed(block, 16, reach=2).images[:, 0]]
    assert {i for i, _ in starts} == {j for _, j in starts} == {2, 3, 4, 5, 6}
    middle = [tuple(np.argwhere(image)[0]) for image in placed(block, 16, reach=0).images[:, 0]]
    assert set(middle) == {(4, 4)}


def test_seeds_decide_and_the_parts_do_not_depend_on_each_other():
    one, two, three = scattered_split(seed=1), scattered_split(seed=1), scattered_split(seed=2)
    assert one.train.images.tobytes() == two.train.images.tobytes()
    assert one.train.images.tobytes() != three.train.images.tobytes()
    more = scattered_split(seed=1, copies=3)
    assert more.test.images.tobytes() == one.test.images.tobytes()


def test_what_does_not_fit_is_refused():
    dots = Examples(np.ones((1, 1, 8, 8)), np.array([0]))
    with says(ShapeError, "placed: expected a canvas that holds pictures of 8 × 8, got 7 × 7; choose size=8 or more"):
        placed(dots, 7)
    with says(OptionError, "placed: expected size of at most 64, got 65; choose less"):
        placed(dots, 65)
    with says(OptionError, "placed: expected reach of at least 0, got -1; choose 0 or more"):
        placed(dots, 9, reach=-1)
    assert found_at(placed(dots, 8).images[0, 0], dots.images[0, 0]) == [(0, 0)]
