"""The high-pass sum: every answer on screen equals the products of the numbers on screen, added up."""

import pytest

from cnnviz.render.catalog import find, load_scene
from cnnviz.subjects import HighPass
from tests.scenes.checks import off_palette, outside, overlapping, too_small, unread, unreadable, untrue
from tests.scenes.watch import value, watch

ENTRY = find("ch02-s06-high-pass")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CASES = {"known": {}, "own": {"center": 10, "neighbors": "30,20,0,5", "theme": "light"}}


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request):
    return request.param, watch(SCENE, **request.param)


def numbers(still, role):
    return [{cell: value(text)[0] for cell, text in g.texts.items()} for g in still.grids if g.role == role]


def check(watched):
    """Add up what is drawn; return the answers in the order in which they come."""
    found = []
    for still in watched.stills:
        patches, (kernel,), answers = (numbers(still, role) for role in ("input", "kernel", "output"))
        shown = [answer[0, 0] for answer in answers if answer]
        if patches and len(shown) > len(found):
            (patch,) = patches
            assert len(patch) == len(kernel) == 9
            assert shown[-1] == sum(patch[cell] * kernel[cell] for cell in kernel)
            found = shown
    return found


def test_answers_are_the_sums_of_what_is_drawn(case):
    options, watched = case
    c = options.get("center", 220)
    around = sum(map(int, options.get("neighbors", "140,225,250,205").split(",")))
    assert check(watched) == [4 * c - around, 0, c]


def test_the_known_sum_is_sixty():
    assert HighPass().traces[0][0].result == 60


def test_it_is_laid_out_well(case):
    for broken in (outside, overlapping, too_small, unread, unreadable, off_palette, untrue):
        assert not broken(case[1]), broken.__name__


def test_a_forged_answer_would_be_noticed(monkeypatch):
    genuine = SCENE.work_out

    def forged(self, step, index):
        self.results[index].values += 1
        self.results[index].rewrite({(0, 0): 7.0})
        genuine(self, step, index)

    monkeypatch.setattr(SCENE, "work_out", forged)
    with pytest.raises(AssertionError):
        check(watch(SCENE))
