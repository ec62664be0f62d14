import numpy as np
import pytest

from cnnviz.stage import MapWall
from cnnviz.stage.color import rgb
from cnnviz.stage.mobjects.pixel_image import PixelImage
from cnnviz.stage.theme import theme

LOOK = theme("dark")
MAPS = np.arange(-10.0, 14.0).reshape(4, 2, 3)


def wall(**options):
    return MapWall(MAPS, 2, 0.1, theme=LOOK, at=(1.0, 0.5), gap=(0.05, 0.1), **options)


def images(made):
    return [part for part in made if isinstance(part, PixelImage)]


def test_maps_stand_in_rows_from_the_upper_left():
    made = wall()
    assert made.box.center == pytest.approx((1.0, 0.5))
    assert (made.box.width, made.box.height) == pytest.approx((0.65, 0.5))
    assert made.map_box(0).top == made.map_box(1).top == pytest.approx(made.box.top)
    assert made.map_box(3).right == pytest.approx(made.box.right)
    assert made.map_box(1).left - made.map_box(0).right == pytest.approx(0.05)
    assert made.map_box(0).bottom - made.map_box(2).top == pytest.approx(0.1)


def test_a_map_is_dark_until_it_is_lit_and_then_as_a_grid_would_fill_it():
    made = wall()
    assert all((image.pixel_array[..., :3] == rgb(LOOK.cell)).all() for image in images(made))
    made.light(2)
    for index, value in np.ndenumerate(MAPS[2]):
        assert tuple(images(made)[2].pixel_array[index][:3]) == rgb(LOOK.fill("output", value / 13.0))
    assert (images(made)[1].pixel_array[..., :3] == rgb(LOOK.cell)).all()
    made.light_all()
    assert [image.pixel_array.shape[:2] for image in images(made)] == [(2, 3)] * 4


def test_a_window_may_reach_outside_its_map():
    made = wall()
    box, around, one = made.map_box(1), made.cell_box(1, (-1, -1), 4, 5), made.cell_box(1, (1, 2))
    assert (around.left, around.top) == pytest.approx((box.left - 0.1, box.top + 0.1))
    assert (around.right, around.bottom) == pytest.approx((box.right + 0.1, box.bottom - 0.1))
    assert (one.width, one.height) == pytest.approx((0.1, 0.1))
    assert (one.right, one.bottom) == pytest.approx((box.right, box.bottom))


def test_they_light_up_one_after_the_other():
    made = wall()
    lighting = made.lighting(run_time=1)
    for alpha, lit in ((0.0, 0), (0.3, 1), (0.5, 2), (1.0, 4)):
        lighting.interpolate(alpha)
        assert sum(image.pixel_array.shape[:2] == (2, 3) for image in images(made)) == lit


def test_maps_of_nothing_stay_dark():
    made = MapWall(np.zeros((2, 2, 2)), 2, 0.1, theme=LOOK)
    made.light_all()
    assert all((image.pixel_array[..., :3] == rgb(LOOK.cell)).all() for image in images(made))
