"""Two 3 x 3 and one 5 x 5, read back from the picture: maps, results and the large kernel are those of loops."""

import numpy as np
import pytest

from cnnviz.data.kernels import kernel
from cnnviz.errors import InputError, OptionError
from cnnviz.render.catalog import find, load_scene
from cnnviz.subjects import Stacked
from tests.engine.says import says
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch

ENTRY = find("ch05-s02-two-for-one")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
OWN = {"image": "photo:china", "first": "box-blur", "second": "sharpen", "wanted": "gaussian-5", "aspect": "4:3"}
CASES = {"usual": {}, "own": {**OWN, "theme": "light"}, "tall": {"aspect": "9:16", "first": "emboss"}}


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request):
    return request.param, watch(SCENE, **request.param)


def slid(x, weights):
    """A kernel over a picture, without padding."""
    side = len(x) - len(weights) + 1
    taps = [(a, b) for a in range(len(weights)) for b in range(len(weights))]
    return [[sum(x[i + a][j + b] * weights[a][b] for a, b in taps) for j in range(side)] for i in range(side)]


def joined(first, second):
    """The large kernel: wherever two taps add up to one place, their product counts there."""
    whole = [[0.0] * 5 for _ in range(5)]
    for a, b, c, d in np.ndindex(3, 3, 3, 3):
        whole[a + c][b + d] += first[a][b] * second[c][d]
    return whole


def drawn(watched, sentence, title):
    still = [still for still in watched.pictures if still.beat and sentence in still.beat.text][-1]
    (sheet,) = [sheet for sheet in still.grids if sheet.grid.title == title]
    return sheet.texts


def same(texts, rows):
    return len(texts) == len(rows) ** 2 and all(near(text, rows[i][j]) for (i, j), text in texts.items())


def check(options, watched):
    patch = watched.scene.subject.patch.tolist()
    first, second = (
        kernel(options.get(*each)).values.tolist() for each in (("first", "sobel-x"), ("second", TRIANGLE))
    )
    middle, whole = slid(patch, first), joined(first, second)
    result, bent = slid(middle, second), [[max(value, 0) for value in row] for row in middle]
    assert same(drawn(watched, "makes one number", "map between"), middle)
    assert same(drawn(watched, "in one go", "both in one"), whole)
    assert same(drawn(watched, "in one go", "result"), result)
    assert result[0][0] == pytest.approx(slid(patch, whole)[0][0])
    changed = slid(bent, second) != result
    assert same(drawn(watched, "ReLU between", "map between"), bent)
    assert same(drawn(watched, "still says" if changed else "ReLU between", "result"), slid(bent, second))
    if changed:
        assert same(drawn(watched, "still says", "in one go"), result)


TRIANGLE = "1,2,1;2,4,2;1,2,1"


def test_two_windows_and_one_make_what_loops_make(case):
    check(*case)


def test_nothing_is_wrong_with_own_kernels(case):
    assert not findings(case[1])


def test_what_is_near_is_made_of_two_and_what_can_be_made_is_found():
    cross, made = (
        Stacked(),
        Stacked(wanted=np.array(joined([[1, 2, 0], [0, 1, 3], [1, 1, 1]], [[2, 0, 1], [1, 1, 0], [0, 3, 1]]))),
    )
    assert made.missed < 0.005
    assert cross.missed == pytest.approx(np.linalg.norm(cross.nearest - cross.wanted.values) / 3)
    assert 0.2 < cross.missed < 0.3
    assert np.allclose(joined(*(each.tolist() for each in cross.pair)), cross.nearest)
    moved = Stacked(wanted=cross.nearest)
    assert moved.missed < 0.005  # it is itself made of two


def test_a_kernel_that_forgets_a_stamp_would_be_noticed(monkeypatch):
    usual = Stacked.prepare

    def prepare(self):
        usual(self)
        self.stamps[-1] = self.stamps[-2]

    monkeypatch.setattr(Stacked, "prepare", prepare)
    with pytest.raises(AssertionError):
        check({}, watch(SCENE))


def test_what_is_refused():
    with says(OptionError, "first: expected a kernel of 3 x 3, got 5 x 5; choose another one"):
        Stacked(first="log")
    with says(InputError, "stacked: expected a picture of at least 5 x 5, got 4 x 4; choose a larger one"):
        Stacked(np.eye(4))
