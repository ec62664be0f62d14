"""Drawn textures: each varies along the direction that its name says."""

import numpy as np
import pytest

from cnnviz.data import TEXTURES, textures
from cnnviz.errors import OptionError


def changes(picture):
    """How much a picture changes along the four directions: right, down, down-right, up-right."""
    right, down = picture[:, 1:] - picture[:, :-1], picture[1:] - picture[:-1]
    falling, rising = picture[1:, 1:] - picture[:-1, :-1], picture[:-1, 1:] - picture[1:, :-1]
    return [float(np.abs(step).mean()) for step in (right, down, falling, rising)]


def test_stripes_change_least_along_themselves():
    data = textures(140)
    least = {"stripes lying": 0, "stripes upright": 1, "stripes falling": 2, "stripes rising": 3}
    for image, label in zip(data.images[:, 0], data.labels, strict=True):
        assert 0 <= image.min() <= image.max() <= 1
        if TEXTURES[label] in least:
            assert int(np.argmin(changes(image))) == least[TEXTURES[label]]


def test_the_same_seed_gives_the_same_pictures():
    assert np.array_equal(textures(14, seed=3).images, textures(14, seed=3).images)
    assert not np.array_equal(textures(14, seed=3).images, textures(14, seed=4).images)


def test_none_at_all_are_refused():
    with pytest.raises(OptionError, match="textures: expected count"):
        textures(0)
