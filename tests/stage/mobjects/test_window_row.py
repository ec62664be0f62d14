import pytest

from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.tiles import Tiles
from cnnviz.stage.mobjects.window_row import WindowRow
from cnnviz.stage.theme import theme
from cnnviz.subjects.output_size import OutputSize

DARK = theme("dark")
SIZES = [
    OutputSize(7, 3),
    OutputSize(32, 5, padding=(2, 2)),
    OutputSize(12, 3, dilation=3),
    OutputSize(33, 4, stride=3, padding=(1, 2)),
    OutputSize(5, 5),
]
EACH = pytest.mark.parametrize("size", SIZES, ids=str)


def made(size):
    return WindowRow(size, at=(1.0, -1.0), width=8.0, theme=DARK)


def boxes(tiles):
    """The rectangles of some tiles, from their corners."""
    groups = tiles.points.reshape(-1, 16, 3)
    return [Box(*group.min(axis=0)[:2], *group.max(axis=0)[:2]) for group in groups]


def test_tiles_are_where_their_boxes_are():
    wanted = [Box(0.0, 0.0, 1.0, 2.0), Box(3.0, -1.0, 4.0, 1.0)]
    assert boxes(Tiles(wanted, fill="#ffffff")) == wanted
    assert Tiles([]).points.shape == (0, 3)


@EACH
def test_each_window_has_a_square_under_each_cell_it_weighs(size):
    row = made(size)
    for index in range(size.out):
        squares = boxes(row.window(index)[1])
        assert len(squares) == size.kernel
        for tap, square in enumerate(squares):
            cell = row.cell(index * size.stride + tap * size.dilation)
            assert square.center[0] == pytest.approx(cell.center[0])
            assert square.width < cell.width
            assert square.top < cell.bottom


@EACH
def test_windows_do_not_touch(size):
    row = made(size)
    spans = []
    for index in range(size.out):
        points = row.window(index).get_all_points()
        spans.append((points[:, 0].min(), points[:, 0].max(), points[:, 1].mean()))
    for i, (_, right, y) in enumerate(spans):
        assert all(left > right or abs(other - y) > 1e-6 for left, _, other in spans[i + 1 :])


@EACH
def test_outputs_stand_in_the_middle_below_and_everything_fits(size):
    row = made(size)
    for index in range(size.out):
        window, output = row.window(index), row.output(index)
        assert output.center[0] == pytest.approx(window.get_center()[0], abs=1e-6)
        assert output.top < window.get_bottom()[1]
    last = row.cell(size.width + sum(size.padding) - 1)
    assert last.right - row.cell(0).left <= 8.0 + 1e-9
    assert (row.cell(0).top + row.output(0).bottom) / 2 == pytest.approx(-1.0)


@EACH
def test_what_is_left_over_is_marked(size):
    row = made(size)
    reach = (size.out - 1) * size.stride + size.dilation * (size.kernel - 1)
    cells = size.width + sum(size.padding)
    marked = boxes(row.left_over()[0]) if size.left_over else []
    assert [box.center[0] for box in marked] == pytest.approx([row.cell(i).center[0] for i in range(reach + 1, cells)])


def test_the_frame_lies_on_the_window():
    row = made(SIZES[3])
    row.look_at(4)
    (frame,) = boxes(row.frame)
    assert (frame.left, frame.right) == pytest.approx((row.cell(12).left, row.cell(15).right))
