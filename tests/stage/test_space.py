"""Space: what is laid onto a plane comes back, and sheets fan out in order of depth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.stack import Stack
from cnnviz.stage.space import FRONT, View

UNITS = st.floats(-6, 6)


@given(UNITS, UNITS, UNITS, st.floats(-60, 60), st.floats(-40, 40))
def test_a_plane_can_be_undone(x, y, depth, yaw, pitch):
    plane = View(yaw, pitch).plane((1.0, -0.5), depth)
    assert plane.flat(plane.point((x, y), (0.3, 0.2)), (0.3, 0.2)) == pytest.approx((x, y), abs=1e-9)
    (laid,) = plane.lay(np.array([[x, y, 0.0]]), (0.3, 0.2))
    assert tuple(laid[:2]) == pytest.approx(plane.point((x, y), (0.3, 0.2)))


def test_from_the_front_nothing_moves():
    assert FRONT.plane((0.0, 0.0), 3.0).point((1.0, 2.0), (0.0, 0.0)) == (1.0, 2.0)


def test_sheets_stand_in_their_box_one_behind_the_other():
    stack = Stack([Grid(np.full((3, 3), value), "input") for value in (1, 2, 3)])
    stack.settle(-3.0, 2.0, 0.5)
    corners = [[sheet.corners((i, j))[0] for i in (0, 3) for j in (0, 3)] for sheet in stack.sheets]
    assert [round(a, 6) for a in sorted(c[0][0] for c in corners)] == [round(c[0][0], 6) for c in corners]
    xs, ys = zip(*(point for sheet in stack.sheets for point in sheet.corners((0, 0), 3, 3)), strict=True)
    found = min(xs), min(ys), max(xs), max(ys)
    assert found == pytest.approx((stack.box.left, stack.box.bottom, stack.box.right, stack.box.top))
