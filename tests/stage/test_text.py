import numpy as np
import pytest

from cnnviz.stage import layout
from cnnviz.stage.font import font
from cnnviz.stage.language import speak
from cnnviz.stage.text import LONGEST, Label, Line, plain, text_width, wrap
from tests.scenes.glyphs import read


def test_a_label_is_one_mobject_that_reads_as_its_text():
    label = Label("−12.3 × 4 = ?", 24, "#ffffff")
    assert label.submobjects == []
    assert read(label.points, layout.units(24)) == "−12.3 × 4 = ?"


@pytest.mark.parametrize(("align", "left"), [("left", 1.0), ("center", 1.0 - 0.5), ("right", 0.0)])
def test_a_label_stands_where_it_is_put(align, left):
    label = Label("HHH", 90, "#ffffff", at=(1.0, 2.0), align=align)
    start = 1.0 - {"left": 0, "center": 0.5, "right": 1}[align] * label.line_width
    assert 0 < label.points[:, 0].min() - start < 0.12
    assert (label.points[:, 1].min() + label.points[:, 1].max()) / 2 == pytest.approx(2.0, abs=1e-6)


def test_letters_below_the_line_do_not_lift_the_text():
    plain_label, deep = Label("xx", 40, "#ffffff"), Label("xg", 40, "#ffffff")
    count = len(font().outline("x"))
    assert np.allclose(plain_label.points[:count, 1], deep.points[:count, 1])


def test_kerning_pulls_a_pair_together():
    assert text_width("AV", 40) < text_width("A", 40) + text_width("V", 40)


def test_tabular_digits_do_not_jitter():
    widths = {round(Label(text, 23, "#ffffff", tabular=True).line_width, 9) for text in ("11", "08", "94")}
    assert len(widths) == 1
    assert text_width("11", 23) < text_width("08", 23)


def test_characters_the_font_lacks_are_drawn_all_the_same():
    label = Label("数 3", 30, "#ffffff")
    assert len(label.points) > 0
    assert label.height > 0.5 * layout.units(30) * font().cap_height


def test_nothing_hidden_in_a_users_text_survives():
    assert plain("a\x00b\u202ec\nd\u200be") == "abcde"
    assert len(plain("x" * 10_000)) == LONGEST


def test_empty_text_draws_nothing():
    assert len(Label("", 20, "#ffffff").points) == 0


def test_a_line_sets_its_runs_one_after_the_other():
    line = Line([("= ", "#111111"), ("42", "#222222")], 40, at=(0, 0))
    equals, number = line
    assert equals.points[:, 0].max() < number.points[:, 0].min()
    assert (equals.points[:, 0].min() + number.points[:, 0].max()) / 2 == pytest.approx(0, abs=0.05)


def test_wrap_breaks_no_shape_no_sum_and_no_number_from_its_noun():
    lines = wrap("Now a real layer, from 32 × 13 × 13 to 64 × 11 × 11: all its parameters, biases included.", 28, 12.2)
    assert lines == ["Now a real layer, from 32 × 13 × 13 to", "64 × 11 × 11: all its parameters, biases included."]
    for text, held in {
        "No further step fits, so the floor rounds down: 2 rows and 2 columns are never seen.": "2 rows",
        "Its share here, which is the largest one of all ten, is > 99.9 % and that is right.": "> 99.9 %",
        "The neuron up here on the third layer sees 3 + 2 × 2 = 7, and that is all of it, it seems.": "3 + 2 × 2 = 7,",
        "Nesterov, at its very best, has 0.024 ± 0.005, and that is as good as any.": "0.024 ± 0.005,",
    }.items():
        lines = wrap(text, 28, 9)
        assert len(lines) == 2
        assert any(held in line for line in lines)


def test_wrap_balances_two_lines():
    assert wrap("short", 28, 12) == ["short"]
    lines = wrap("The same nine weights serve every position of the picture and this is called weight sharing", 28, 10)
    assert len(lines) == 2
    widths = [text_width(line, 28) for line in lines]
    assert max(widths) - min(widths) < 1.5


def test_a_number_that_is_broken_into_lines_is_marked_once():
    speak("es")
    try:
        (line,) = wrap("Un paso de 0.003", 28, 20.0)
        assert plain(line) == "Un paso de 0,003"
    finally:
        speak("en")
