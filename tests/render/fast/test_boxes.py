"""Which rectangles differ between two lists of pictures."""

from dataclasses import dataclass

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cnnviz.render.fast.boxes import apart, area, changed, hull, meet, overlap

SIZE = 12
corners = st.tuples(*[st.integers(0, SIZE - 1)] * 4)
rectangles = corners.map(lambda c: (min(c[0], c[2]), min(c[1], c[3]), max(c[0], c[2]) + 1, max(c[1], c[3]) + 1))


@dataclass(eq=False)
class Patch:
    box: tuple | None
    color: int


patches = st.builds(Patch, st.none() | rectangles, st.integers(1, 9))


@st.composite
def two_lists(draw):
    stock = draw(st.lists(patches, min_size=1, max_size=8))
    return [draw(st.lists(st.sampled_from(stock), max_size=10)) for _ in range(2)]


def painted(pictures):
    """Blend so that the order of any two shows."""
    sheet = np.zeros((SIZE, SIZE), int)
    for picture in pictures:
        if picture.box is not None:
            top, left, bottom, right = picture.box
            part = sheet[top:bottom, left:right]
            part[:] = (part * 31 + picture.color) % 1_000_003
    return sheet


def marked(boxes):
    sheet = np.zeros((SIZE, SIZE), int)
    for top, left, bottom, right in boxes:
        sheet[top:bottom, left:right] += 1
    return sheet


@given(two_lists())
def test_outside_of_what_changed_nothing_differs(lists):
    old, new = lists
    outside = marked(changed(old, new)) == 0
    assert (painted(old)[outside] == painted(new)[outside]).all()


@given(two_lists())
def test_equal_lists_do_not_differ(lists):
    assert changed(lists[0], list(lists[0])) == []


@given(st.lists(rectangles, max_size=8))
def test_apart_covers_and_does_not_meet(boxes):
    cover = marked(apart(boxes))
    assert cover.max() <= 1
    assert (cover[marked(boxes) > 0] == 1).all()


@given(rectangles, rectangles)
def test_two_rectangles(a, b):
    both = (marked([a]) > 0) & (marked([b]) > 0)
    assert meet(a, b) == both.any()
    assert (marked([o for o in [overlap(a, b)] if o]) == both).all()
    assert area(hull(a, b)) >= max(area(a), area(b))
    assert area(a) == marked([a]).sum()


def test_one_picture_more_costs_its_own_box_only():
    pictures = [Patch((i, 0, i + 1, 3), i) for i in range(6)]
    extra = Patch((8, 8, 9, 9), 1)
    for place in range(7):
        assert changed(pictures, [*pictures[:place], extra, *pictures[place:]]) == [(8, 8, 9, 9)]


def test_two_apart_changes_stay_apart():
    a, b, c = Patch((0, 0, 1, 1), 1), Patch((5, 5, 6, 6), 2), Patch((10, 10, 11, 11), 3)
    moved = Patch((0, 2, 1, 3), 1)
    assert changed([a, b, c], [moved, b]) == [(0, 0, 1, 1), (10, 10, 11, 11), (0, 2, 1, 3)]
