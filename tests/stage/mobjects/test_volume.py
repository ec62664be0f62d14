import pytest

from cnnviz.stage import Volume
from cnnviz.stage.color import mix
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.volume import SLOPE
from cnnviz.stage.text import Label
from cnnviz.stage.theme import theme

LOOK = theme("light")


def volume(*sizes, **options):
    return Volume(*sizes, theme=LOOK, **options)


def ends(part):
    (left, bottom, _), (right, top, _) = part.points.min(axis=0), part.points.max(axis=0)
    return left, bottom, right, top


@pytest.mark.parametrize("sizes", [(2.0, 1.0, 0.5), (0.3, 0.3, 1.8), (1.0, 2.0, 0.0)])
def test_the_box_is_as_large_as_asked_and_around_its_middle(sizes):
    width, height, depth = sizes
    made = volume(*sizes, at=(1.0, -0.5))
    assert made.extent.center == pytest.approx((1.0, -0.5))
    assert (made.front.width, made.front.height) == pytest.approx((width, height))
    assert (made.extent.width, made.extent.height) == pytest.approx((width + depth, height + depth * SLOPE))
    drawn = [ends(part) for part in made.get_family() if len(part.points)]
    assert min(box[0] for box in drawn) == pytest.approx(made.extent.left)
    assert max(box[3] for box in drawn) == pytest.approx(made.extent.top)


def test_the_front_is_the_lightest_face_and_the_last():
    made = volume(1.0, 1.0, 1.0, role="input")
    fills = [face.get_fill_color().to_hex().lower() for face in made.faces]
    assert ends(made.faces[-1]) == pytest.approx((made.front.left, made.front.bottom, made.front.right, made.front.top))
    assert fills[-1] == mix(LOOK.input, LOOK.ground, 0.25)
    assert len(set(fills)) == 3


def test_the_label_stands_below():
    made = volume(1.0, 1.0, 0.5, label="3 × 32 × 32")
    (label,) = [part for part in made.get_family() if isinstance(part, Label)]
    assert ends(label)[3] < made.extent.bottom
    assert (ends(label)[0] + ends(label)[2]) / 2 == pytest.approx(made.extent.center[0], abs=0.02)


def test_it_sinks_and_comes_back():
    made = volume(1.0, 1.0, 0.5)
    before = [face.get_fill_color().to_hex() for face in made.faces]
    made.sink(0.7)
    assert [face.get_fill_color().to_hex() for face in made.faces] != before
    made.sink(0.0)
    assert [face.get_fill_color().to_hex() for face in made.faces] == before


def test_few_maps_are_drawn_as_slices_and_many_are_not():
    slices = {count: volume(1.0, 1.0, 1.0, slices=count).submobjects[1] for count in (1, 3, 64)}
    assert len(slices[1].points) == len(slices[64].points) == 0
    assert len(slices[3].points) == 2 * 2 * 4


def test_the_frame_is_a_box():
    assert isinstance(volume(1.0, 1.0, 1.0).extent, Box)
