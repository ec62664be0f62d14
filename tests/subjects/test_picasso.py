"""The Picasso face: maps and their largest numbers are those of nested loops."""

import numpy as np
import pytest

from cnnviz.nn.experiments import find
from cnnviz.subjects import Picasso
from tests import helpers

PLACES = ((4, 4), (4, 11), (8, 8), (12, 8))
PARTS = {"eye": ["###", "#.#", "###"], "nose": ["#", "#", "#"], "mouth": ["#####"]}


def drawn(parts):
    """A picture of parts, cell by cell."""
    picture = np.zeros((16, 16))
    for part, (row, column) in zip(parts, PLACES, strict=True):
        rows = PARTS[part]
        for i, line in enumerate(rows):
            for j, cell in enumerate(line):
                if cell == "#":
                    picture[row - len(rows) // 2 + i, column - len(line) // 2 + j] = 1
    return picture


@pytest.mark.parametrize(
    ("parts", "same"),
    [
        (("eye", "mouth", "eye", "nose"), True),
        (("nose", "mouth", "eye", "eye"), True),
        (("eye", "eye", "nose", "nose"), False),
    ],
)
def test_maps_and_largest_numbers_are_those_of_nested_loops(parts, same):
    s = Picasso(parts=",".join(parts))
    assert s.same is same
    for which, words in enumerate((("eye", "eye", "nose", "mouth"), parts)):
        picture = drawn(words)
        assert s.pictures[which].tolist() == picture.tolist()
        for kind, weights in enumerate(s.filters):
            y = helpers.conv(picture[None, None], weights[None, None])[0, 0]
            assert s.maps[which][kind] == pytest.approx(np.maximum(y, 0), abs=1e-12)
            assert s.pooled[which][0, kind] == pytest.approx(max(0, y.max()))
            assert (s.pooled[which][0, kind] > 0.99) == (("eye", "nose", "mouth")[kind] in words)


def test_it_tells_ones_own_run():
    result = find("capsules").run((3,), quick=True)
    s = Picasso(run=result)
    assert s.seeds == 1
    assert [p.values for p in s.fooled.values()] == [result.charts[0].series[i].points[2].values for i in (0, 1)]
