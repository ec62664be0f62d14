"""Places solved for four frames: nothing overlaps, nothing leaves the room, and cells are as large as they can be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnviz.stage.frame import ASPECTS, Frame
from cnnviz.stage.layout import LARGEST_CELL, Box
from cnnviz.stage.place import Column, Inset, Row, Table, arrange

SIDES = st.tuples(st.integers(1, 12), st.integers(1, 12))


class Cells:
    """A grid of cells without title or note."""

    def __init__(self, rows, columns):
        self.rows, self.columns, self.box = rows, columns, None

    def extent(self, cell):
        return self.columns * cell, self.rows * cell

    size = extent

    def settle(self, left, top, cell):
        self.box = Box(left, top - self.rows * cell, left + self.columns * cell, top)


def meet(a, b):
    near = 1e-9
    return min(a.right, b.right) - max(a.left, b.left) > near and min(a.top, b.top) - max(a.bottom, b.bottom) > near


@given(st.lists(SIDES, min_size=1, max_size=5), st.sampled_from(sorted(ASPECTS)))
def test_nothing_overlaps_and_nothing_leaves_the_room(sides, aspect):
    items, room = [Cells(*side) for side in sides], Frame(*ASPECTS[aspect]).stage
    cell = arrange(items, room)
    assert 0 < cell <= LARGEST_CELL
    boxes = [item.box for item in items]
    for i, a in enumerate(boxes):
        assert room.left - 1e-6 <= a.left
        assert a.right <= room.right + 1e-6
        assert room.bottom - 1e-6 <= a.bottom
        assert a.top <= room.top + 1e-6
        assert not any(meet(a, b) for b in boxes[i + 1 :])


@pytest.mark.parametrize(("aspect", "lines"), [("16:9", 1), ("4:3", 1), ("1:1", 1), ("9:16", 2)])
def test_a_row_becomes_lines_where_the_frame_is_narrow(aspect, lines):
    items = [Cells(8, 8), Cells(3, 3), Cells(6, 6)]
    arrange(items, Frame(*ASPECTS[aspect]).stage)
    assert len({round(item.box.top, 6) for item in items}) == lines


def test_rows_and_columns_count_as_one_item():
    a, b, c = Cells(2, 2), Cells(1, 2), Cells(4, 4)
    arrange([Column(a, b), c], Box(-4, -3, 4, 3))
    assert (a.box.left, round(a.box.bottom - b.box.top, 6)) == (b.box.left, 0.3)
    a, b = Cells(2, 2), Cells(1, 2)
    arrange([Row(a, b)], Box(-1, -3, 1, 3))
    assert (a.box.top, round(b.box.left - a.box.right, 6)) == (b.box.top, 0.4)


def test_a_table_begins_its_columns_at_one_edge():
    (a, b), (c, d) = (Cells(2, 3), Cells(5, 1)), (Cells(1, 4), Cells(3, 2))
    table = Table([a, b], [c, d], gap=(0.5, 0.25))
    assert table.extent(1.0) == (4 + 0.5 + 2, 5 + 0.25 + 3)
    table.settle(10.0, 20.0, 1.0)
    assert a.box.left == c.box.left == 10.0
    assert b.box.left == d.box.left == 14.5
    assert a.box.top == b.box.top == 20.0
    assert c.box.top == d.box.top == 14.75


def test_an_inset_begins_under_a_later_column():
    row = Cells(1, 6)
    inset = Inset(row, 2)
    assert inset.extent(0.5) == (4.0, 0.5)
    inset.settle(1.0, 0.0, 0.5)
    assert row.box.left == 2.0
