import numpy as np
import pytest

from cnnviz.stage import Bars
from cnnviz.stage.layout import Box
from cnnviz.stage.text import Words
from cnnviz.stage.theme import theme
from cnnviz.subjects.number import share_text

ROOM = Box(-2.0, -1.0, 2.0, 1.5)
DARK = theme("dark")


def bars(**options):
    return Bars("0123", ROOM, theme=DARK, **options)


def drawn(rectangle):
    (left, bottom, _), (right, top, _) = rectangle.points.min(axis=0), rectangle.points.max(axis=0)
    return left, bottom, right, top


def texts(made):
    return [part for part in made.get_family() if isinstance(part, Words) and len(part.points)]


@pytest.mark.parametrize("upward", [False, True])
def test_lengths_are_in_proportion_and_all_start_at_the_axis(upward):
    made, axis = bars(upward=upward), int(upward)
    made.show([0.0, 0.25, 0.5, 1.0])
    boxes = [drawn(bar) for bar in made.rectangles]
    assert {round(box[axis], 9) for box in boxes} == {round(made.axis, 9)}
    lengths = [box[axis + 2] - box[axis] for box in boxes]
    assert lengths == pytest.approx([0.0, made.length / 4, made.length / 2, made.length])


@pytest.mark.parametrize("upward", [False, True])
@pytest.mark.parametrize("best", [None, 3])
def test_everything_stays_in_the_room(upward, best):
    made = bars(upward=upward)
    made.show([0.0, 0.25, 0.5, 1.0], best)
    for part in made.get_family():
        if len(part.points):
            left, bottom, right, top = drawn(part)
            assert left >= ROOM.left - 1e-6
            assert right <= ROOM.right + 1e-6
            assert bottom >= ROOM.bottom - 1e-6
            assert top <= ROOM.top + 1e-6


def test_the_best_bar_stands_out_by_color_and_weight():
    made = bars()
    made.show([0.1, 0.1, 0.7, 0.1], best=2)
    fills = [bar.get_fill_color().to_hex().lower() for bar in made.rectangles]
    assert fills == [DARK.output, DARK.output, DARK.highlight, DARK.output]
    names = made._names.submobjects
    assert [part.get_fill_color().to_hex().lower() for part in names] == [DARK.text, DARK.highlight]
    made.show([0.4, 0.2, 0.2, 0.2])
    assert {bar.get_fill_color().to_hex().lower() for bar in made.rectangles} == {DARK.output}


def test_growing_bars_say_nothing_until_they_are_there_and_the_others_keep_their_texts():
    made = bars()
    made.show([0.0, 0.0, 1.0, 0.0])
    assert len(texts(made)) == 1 + 4  # the labels are one mobject
    growth = made.grow([1.0, 0.0, 0.0, 0.0], run_time=1)
    growth.interpolate(0.5)
    assert len(texts(made)) == 1 + 2
    np.testing.assert_allclose([text.get_y() for text in texts(made)[1:]], [made._place(1), made._place(3)], atol=0.02)
    assert made.values == pytest.approx((0.5, 0.0, 0.5, 0.0))
    growth.interpolate(1.0)
    assert made.values == pytest.approx((1.0, 0.0, 0.0, 0.0))


def test_a_bar_that_grows_can_be_pointed_out_from_the_start():
    made = bars()
    made.show([0.5, 0.0, 0.0, 0.0], best=0)
    made.grow([0.5, 0.7, 0.0, 0.0], best=1)
    assert made.best == 1
    assert len(texts(made)) == 2 + 3
    made.grow([0.5, 0.7, 0.2, 0.0])
    assert made.best == 1


def test_no_bar_reaches_beyond_the_peak():
    made = bars(peak=10.0, write=None)
    made.show([20.0, 10.0, 5.0, -3.0])
    lengths = [box[2] - box[0] for box in map(drawn, made.rectangles)]
    assert lengths == pytest.approx([made.length, made.length, made.length / 2, 0.0])


def test_there_is_one_value_for_each_label():
    with pytest.raises(ValueError, match="Bars: expected 4 values, one for each label, got 2"):
        bars().show([0.5, 0.5])


def test_a_share_never_reads_as_nothing_or_all_when_it_is_not():
    for share in np.concatenate([np.linspace(0, 1, 2001), 10.0 ** -np.arange(1, 12), 1 - 10.0 ** -np.arange(1, 12)]):
        text = share_text(float(share)).removesuffix(" %")
        if text.startswith("<"):
            assert 0 < share < 0.001
        elif text.startswith(">"):
            assert 0.999 < share < 1
        else:
            assert float(text) == pytest.approx(100 * share, abs=0.05 + 1e-9)
