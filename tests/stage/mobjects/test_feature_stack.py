from itertools import pairwise

import numpy as np
import pytest

from cnnviz.stage import FeatureStack
from cnnviz.stage.color import rgb
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.pixel_image import PixelImage
from cnnviz.stage.theme import theme

ROOM = Box(-3.0, -2.0, 3.0, 2.5)
MAPS = np.arange(-24.0, 24.0).reshape(4, 3, 4)


def stack(values=MAPS, **options):
    return FeatureStack(values, ROOM, theme=theme("dark"), **options)


def images(layer):
    return [part for part in layer if isinstance(part, PixelImage)]


@pytest.mark.parametrize("shape", [(1, 6, 6), (8, 6, 6), (3, 40, 64), (8, 5, 12), (2, 12, 3), (64, 4, 4)])
def test_every_map_is_inside_the_room_and_has_square_cells(shape):
    made = stack(np.ones(shape))
    assert len(made.boxes) == shape[0]
    for box in made.boxes:
        assert ROOM.left - 1e-9 <= box.left < box.right <= ROOM.right + 1e-9
        assert ROOM.bottom - 1e-9 <= box.bottom < box.top <= ROOM.top + 1e-9
        assert box.width / shape[2] == pytest.approx(box.height / shape[1])
    filled = max(made.extent.width / ROOM.width, made.extent.height / ROOM.height)
    assert filled == pytest.approx(1.0)
    assert made.extent.center == pytest.approx(ROOM.center)


def test_of_each_map_behind_a_strip_stays_in_sight():
    boxes = stack(np.ones((8, 6, 6))).boxes
    for behind, before in pairwise(boxes):
        assert before.left - behind.left > 0.1
        assert behind.top - before.top > 0.06


def test_cells_are_painted_as_a_grid_would_fill_them():
    made, look = stack(), theme("dark")
    for channel, layer in enumerate(made.layers):
        (image,) = images(layer)
        for index, value in np.ndenumerate(MAPS[channel]):
            assert tuple(image.pixel_array[index]) == (*rgb(look.fill("output", value / 24.0)), 255)


def test_one_scale_may_hold_for_several_stacks():
    (image,) = images(stack(np.full((1, 1, 1), 5.0), scale=10.0).layers[0])
    assert tuple(image.pixel_array[0, 0, :3]) == rgb(theme("dark").fill("output", 0.5))


def test_it_grows_map_by_map_and_row_by_row():
    made = stack(hidden=True)
    assert [len(layer) for layer in made.layers] == [0, 0, 0, 0]
    empty = rgb(theme("dark").cell)
    made.place(0)
    assert (images(made.layers[0])[0].pixel_array[..., :3] == empty).all()
    made.paint(0, 5)
    (image,) = images(made.layers[0])
    assert (image.pixel_array.reshape(-1, 4)[:5, :3] != empty).any(axis=1).all()
    assert (image.pixel_array.reshape(-1, 4)[5:, :3] == empty).all()
    made.show(0)
    whole = stack().layers[0]
    assert np.array_equal(images(made.layers[0])[0].pixel_array, images(whole)[0].pixel_array)


def test_a_cell_is_where_it_is_drawn():
    made = stack()
    assert made.cell_box(2, (0, 0)).left == made.boxes[2].left
    assert made.cell_box(2, (2, 3)).bottom == pytest.approx(made.boxes[2].bottom)
    assert made.cell_box(2, (2, 3)).right == pytest.approx(made.boxes[2].right)


def test_zeros_and_not_a_number_are_empty_cells():
    made = stack(np.array([[[0.0, np.nan]]]))
    (image,) = images(made.layers[0])
    assert (image.pixel_array[..., :3] == rgb(theme("dark").cell)).all()


@pytest.mark.parametrize("shape", [(3, 3), (0, 3, 3), (1, 2, 3, 4)])
def test_other_shapes_are_refused(shape):
    with pytest.raises(ValueError, match="FeatureStack: expected maps of shape"):
        stack(np.zeros(shape))
