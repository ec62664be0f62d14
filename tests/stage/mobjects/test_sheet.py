import numpy as np
import pytest

from cnnviz.stage.color import mix, rgb
from cnnviz.stage.mobjects.pixel_image import PixelImage
from cnnviz.stage.mobjects.sheet import Sheet, readable
from cnnviz.stage.text import Label
from cnnviz.stage.theme import theme

DARK = theme("dark")
VALUES = np.array([[1.0, -2.0, 3.0], [0.0, 5.0, -4.0]])


def sheet(cell, **options):
    return Sheet(VALUES, role="output", scale=5.0, cell=cell, theme=DARK, at=(1.0, 0.5), **options)


def labels(made):
    return [part for part in made.get_family() if isinstance(part, Label)]


def pixels(made):
    (image,) = [part for part in made.get_family() if isinstance(part, PixelImage)]
    return image.pixel_array


def test_numbers_are_written_where_they_can_be_read():
    assert len(labels(sheet(0.5))) == 6
    assert not labels(sheet(0.2))
    assert readable(VALUES, 0.5)
    assert not readable(VALUES * 1001, 0.5)


def test_cells_are_where_they_should_be():
    for made in (sheet(0.5), sheet(0.2)):
        box = made.cell_box((1, 2))
        assert (box.right, box.bottom) == pytest.approx((made.box.right, made.box.bottom))
        assert made.box.center == pytest.approx((1.0, 0.5))
        assert vars(made.cell_box((0, 0), 2, 3)) == pytest.approx(vars(made.box))


def test_cells_appear_sink_and_come_back():
    made = sheet(0.5, hidden=True)
    assert not labels(made)
    made.show(made.everywhere())
    assert len(labels(made)) == 6
    made.sink([(0, 2), (1, 1)])
    assert len(labels(made)) == 4
    full = DARK.fill("output", 0.6)
    assert made._grid.fills[0, 2].get_fill_color().to_hex().lower() == mix(full, DARK.ground, 0.8)
    made.show([(0, 2)])
    assert len(labels(made)) == 5
    assert made._grid.fills[0, 2].get_fill_color().to_hex().lower() == full


def test_pixels_do_the_same():
    made = sheet(0.2, hidden=True)
    assert not pixels(made).any()
    made.show([(0, 0), (0, 2)])
    made.sink([(0, 0)])
    assert tuple(pixels(made)[0, 2][:3]) == rgb(DARK.fill("output", 0.6))
    sunk = mix(DARK.fill("output", 0.2), DARK.ground, 0.8)
    assert np.abs(pixels(made)[0, 0][:3].astype(int) - rgb(sunk)).max() <= 1
    assert pixels(made)[1, 1, 3] == 0


def test_one_type_for_maps_that_are_compared():
    small = Sheet(VALUES * 11, role="output", scale=5.0, cell=0.5, theme=DARK)
    like = sheet(0.5, hidden=True, like=small)
    like.show(like.everywhere())
    assert {label.size for label in labels(like)} == {label.size for label in labels(small)}
    assert labels(sheet(0.5))[0].size > labels(small)[0].size


def test_copies_look_like_the_cells():
    made = sheet(0.5, hidden=True)
    copies = made.copies([(0, 0), (1, 1)])
    assert len(labels(copies)) == 2
    assert copies[2].get_fill_color().to_hex().lower() == DARK.fill("output", 1.0)
    assert tuple(copies[2].get_center()[:2]) == pytest.approx(made.cell_box((1, 1)).center)


def test_a_photograph_stays_gray():
    made = Sheet(VALUES, role="input", scale=5.0, cell=0.2, theme=DARK, photo=5.0)
    assert pixels(made)[1, 1].tolist() == [255, 255, 255, 255]
    assert pixels(made)[0, 1].tolist() == [0, 0, 0, 255]
