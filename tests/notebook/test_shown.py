"""What shows itself in a notebook: pictures, kernels, traces and quizzes."""

import io

import numpy as np
import pytest
from PIL import Image

from cnnviz.data import kernel, load_image
from cnnviz.engine.trace import trace_conv, trace_conv_transpose
from cnnviz.quizzes import make_quiz


@pytest.mark.parametrize(("name", "size"), [("digit:3", (320, 320)), ("photo:china", (640, 427))])
def test_a_picture_is_a_png(name, size):
    picture = load_image(name)
    shown = Image.open(io.BytesIO(picture._repr_png_()))
    assert shown.format == "PNG"
    times = shown.width // picture.values.shape[2]
    assert shown.size == tuple(times * side for side in picture.values.shape[:0:-1])
    assert max(shown.size) >= 320
    assert np.asarray(shown)[0, 0] == round(255 * picture.values[0, 0, 0] / picture.peak)
    assert shown.size == size or name != "digit:3"


def test_a_kernel_is_a_table_of_its_own_texts():
    shown = kernel("box-blur")._repr_html_()
    assert shown.count("<td") == 9
    assert shown.count(">1/9<") == 9
    assert "Box blur" in shown


def test_a_trace_shows_what_comes_of_it():
    x, weight = np.arange(9.0).reshape(1, 1, 3, 3), np.ones((1, 1, 2, 2))
    shown = trace_conv(x, weight)._repr_html_()
    assert "ConvTrace: 4 steps, one for each cell of 1 × 2 × 2" in shown
    assert [f">{value}<" in shown for value in (8, 12, 20, 24)] == [True] * 4
    assert trace_conv_transpose(x, weight)._repr_html_().count("<td") == 16
    assert "<td" not in trace_conv(np.zeros((1, 1, 40, 40)), weight)._repr_html_()


def test_a_quiz_is_its_questions():
    quiz = make_quiz(n=3, seed=1)
    assert isinstance(quiz, list)
    assert quiz._repr_html_().count("cnnviz-question") == 3
