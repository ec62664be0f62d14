"""The high-pass sum: every answer on screen equals the products of the numbers on screen, added up."""

import numpy as np
import pytest

from cnnviz.data import AtMost, kernel, load_image
from cnnviz.errors import OptionError
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Outline
from cnnviz.subjects import HighPass
from tests import helpers
from tests.scenes.checks import off_palette, outside, overlapping, too_small, unread, unreadable, untrue
from tests.scenes.watch import value, watch

ENTRY = find("ch02-s06-high-pass")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CASES = {"known": {}, "own": {"center": 10, "neighbors": "30,20,0,5", "theme": "light"}}


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request):
    return request.param, watch(SCENE, **request.param)


def numbers(still, role):
    """The grids of a role of which something is written."""
    found = [{cell: value(text)[0] for cell, text in g.texts.items()} for g in still.grids if g.role == role]
    return [texts for texts in found if texts]


def check(watched):
    """Add up what is drawn; return the answers in the order in which they come."""
    found = []
    for still in watched.stills:
        patches, weights, answers = (numbers(still, role) for role in ("input", "kernel", "output"))
        shown = [answer[0, 0] for answer in answers]
        if patches and shown and found[-len(shown) :] != shown:
            for patch, answer in zip(patches, shown, strict=True):
                assert len(patch) == len(weights[0]) == 9
                assert answer == sum(patch[cell] * weights[0][cell] for cell in weights[0])
            found.append(shown[-1])
    return found


def test_answers_are_the_sums_of_what_is_drawn(case):
    options, watched = case
    c = options.get("center", 220)
    around = sum(map(int, options.get("neighbors", "140,225,250,205").split(",")))
    pixels = load_image("photo:china", size=AtMost(64)).values
    made = helpers.conv(pixels[None], kernel("high-pass").values[None, None])[0, 0]
    assert check(watched) == [4 * c - around, 0, made.max()]
    np.testing.assert_array_equal(watched.scene.y.values, abs(made))
    assert watched.scene.y.shown == set(np.ndindex(made.shape))


def test_patches_are_lifted_from_where_the_boxes_stand(case):
    scene = case[1].scene
    boxes = [part for part in case[1].stills[-1].family if type(part) is Outline and part.grid is scene.x]
    assert len(boxes) == 2
    for box, patch in zip(boxes, scene.patches[1:], strict=True):
        row, column = box.cell
        np.testing.assert_array_equal(patch.values, scene.x.values[row : row + 3, column : column + 3])


def test_a_picture_that_is_even_everywhere_has_no_uneven_patch():
    watched = watch(SCENE, image="7,7,7,7;7,7,7,7;7,7,7,7")
    assert check(watched) == [60, 0]
    assert not any("uneven" in beat.text for beat in watched.scene.beats)


def test_a_picture_without_a_window_is_refused():
    with pytest.raises(OptionError, match="at least 3 x 3 pixels"):
        HighPass(image="1,2;3,4")


def test_the_known_sum_is_sixty():
    assert HighPass().steps[0].result == 60


def test_it_is_laid_out_well(case):
    for broken in (outside, overlapping, too_small, unread, unreadable, off_palette, untrue):
        assert not broken(case[1]), broken.__name__


def test_a_forged_answer_would_be_noticed(monkeypatch):
    genuine = SCENE.reveal

    def forged(self, index):
        genuine(self, index)
        self.answers[index].rewrite({(0, 0): 7.0})

    monkeypatch.setattr(SCENE, "reveal", forged)
    with pytest.raises(AssertionError):
        check(watch(SCENE))
