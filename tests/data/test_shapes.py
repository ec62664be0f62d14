import numpy as np
import pytest

from cnnviz.data.shapes import SHAPES, shapes, shapes_split
from cnnviz.errors import OptionError
from tests.engine.says import says

# Area of each shape of radius 1, worked out by hand.
AREAS = {
    "disc": np.pi,
    "ring": np.pi * (1 - 0.55**2),
    "square": 2.0,
    "triangle": 3 * np.sqrt(3) / 4,
    "cross": 2 * 1.9 * 0.5 - 0.25,
    "bar": 1.9 * 0.5,
}


def test_the_ink_is_the_area():
    data = shapes(600, 32)
    for label, name in enumerate(SHAPES):
        ink = data.images[data.labels == label].sum(axis=(1, 2, 3)) / 32**2
        assert 0.2**2 * AREAS[name] * 0.95 < ink.min()
        assert ink.max() < 0.4**2 * AREAS[name] * 1.05
        assert ink.mean() == pytest.approx(AREAS[name] * (0.4**3 - 0.2**3) / 0.6, rel=0.1)  # mean of radius squared


def test_no_shape_is_cut_off_by_the_border():
    images = shapes(300, 32, seed=3).images[:, 0]
    border = np.concatenate([images[:, 0], images[:, -1], images[:, :, 0], images[:, :, -1]], axis=1)
    assert border.max() <= 1  # a shape may touch the border ...
    touched = (border.reshape(300, -1) > 0.5).sum(axis=1)
    assert touched.max() < 16  # ... with its rim only


def test_seeds_decide():
    one, two, three = shapes(12, seed=4), shapes(12, seed=4), shapes(12, seed=5)
    assert one.images.tobytes() == two.images.tobytes() != three.images.tobytes()
    assert (one.images.dtype, one.images.min(), one.images.max()) == (np.float32, 0, 1)
    assert np.bincount(one.labels).tolist() == [2] * 6


def test_parts_differ():
    split = shapes_split(8, counts=(12, 12, 12))
    assert split.train.images.tobytes() != split.validation.images.tobytes() != split.test.images.tobytes()


def test_what_is_refused():
    with says(OptionError, "shapes: expected size of at least 8, got 7; choose 8 or more"):
        shapes(1, 7)
    with says(OptionError, "shapes: expected size of at most 64, got 65; choose less"):
        shapes(1, 65)
