import numpy as np
import pytest

from cnnviz.stage.color import rgb
from cnnviz.stage.mobjects.pixel_image import value_pixels
from cnnviz.stage.mobjects.scale_bar import ScaleBar, fill_scale, gray_scale
from cnnviz.stage.theme import theme

LOOK = theme("dark")


@pytest.mark.parametrize("align", ["left", "center", "right"])
def test_it_stands_where_it_is_told(align):
    colors, ends = fill_scale(LOOK, 64.0, signed=True)
    bar = ScaleBar(colors, ends, at=(1.0, 2.0), width=1.5, theme=LOOK, align=align)
    image = bar[0]
    assert image.width == pytest.approx(1.5)
    place = {"left": bar.get_left(), "center": image.get_center(), "right": bar.get_right()}[align]
    assert place[:2] == pytest.approx((1.0, 2.0), abs=0.05)  # ink begins a little inside a letter's width


def test_a_signed_scale_runs_from_the_strongest_negative_to_the_strongest_positive():
    colors, ends = fill_scale(LOOK, 64.0, signed=True)
    assert ends == ("−64", "64")
    assert (colors[0], colors[len(colors) // 2], colors[-1]) == (
        LOOK.fill("output", -1.0),
        LOOK.cell,
        LOOK.fill("output", 1.0),
    )


def test_an_unsigned_scale_begins_at_the_empty_cell():
    colors, ends = fill_scale(LOOK, 0.5, role="input", signed=False)
    assert (ends, colors[0], colors[-1]) == (("0", "0.5"), LOOK.cell, LOOK.fill("input", 1.0))


def test_grays_run_from_black_to_white():
    grays = gray_scale()
    assert (grays[0], grays[-1]) == ("#000000", "#ffffff")


def test_pixels_have_the_fills_of_cells():
    values = np.array([[3.0, -1.5], [0.0, np.nan]])
    pixels = value_pixels(values, "output", 3.0, LOOK)
    expected = [LOOK.fill("output", strength) for strength in (1.0, -0.5, 0.0, 0.0)]
    assert [tuple(pixel) for pixel in pixels.reshape(-1, 4).tolist()] == [(*rgb(color), 255) for color in expected]


def test_a_gamma_bends_pixels_and_their_scale_alike():
    values = np.array([[-64.0, -16.0, 0.0, 16.0, 64.0]])
    pixels = value_pixels(values, "output", 64.0, LOOK, gamma=0.5)[0, :, :3].tolist()
    assert pixels == [list(rgb(LOOK.fill("output", share))) for share in (-1.0, -0.5, 0.0, 0.5, 1.0)]
    colors, _ = fill_scale(LOOK, 64.0, signed=True, gamma=0.5)
    places = [round((value / 64 + 1) / 2 * (len(colors) - 1)) for value in values[0]]
    assert [list(rgb(colors[place])) for place in places] == pixels
